// Whose page this is: a code can lead to any page, and must not name its own judge.

import { byId, make, told } from "./dom.mjs";

const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\])$/;

// Host and folder of an address: on a host that many share, ~one is not ~other. What is no .html file counts as a folder,
// and an escaped # ends the address.
const placeOf = ({ host, pathname }) => {
    const [path] = pathname.split(/%(?:25)?23/);
    return host + path.replace(/[^/]*\.html?$/i, "").replace(/(\/+)?$/, "/");
};

const isWithin = (url) => {
    try {
        return placeOf(location).startsWith(placeOf(new URL(url)));
    } catch {
        return false;
    }
};

// How the page's own address stands to the issuer's, which comes from the page's list and never from the badge.
const whereabouts = (issuer) => {
    if (location.protocol === "file:") {
        return "file";
    }
    if (LOCAL.test(location.hostname)) {
        return "local";
    }
    if (!issuer?.url) {
        return issuer ? "none" : "unknown";
    }
    return isWithin(issuer.url) ? "same" : "other";
};

export const showWhere = ({ issuer, host }) => {
    const line = (code, named, ...more) => make("p", {}, told(code, { host: named }), ...more);
    const where = whereabouts(issuer);
    const lines = [line(`ui-where-${where}`, placeOf(location).replace(/\/$/, ""))];
    if (issuer?.url) {
        lines.unshift(line("ui-where-own", "", make("a", { href: issuer.url, rel: "noreferrer" }, issuer.url)));
    }
    if (host && host !== location.host) {
        lines.push(line("ui-where-link", host));
    }
    byId("where-lines").replaceChildren(...lines, line("ui-where-rule"));
    byId("where").dataset.where = where;
    // Another address than the issuer's is the first thing to know; anything else can be read later.
    byId("record")[where === "other" ? "before" : "after"](byId("where"));
};
