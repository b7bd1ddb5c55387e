// The link that a QR symbol carries, and its payload: lenient with what happens to links, strict with the payload, as
// the program's badge/carry/link.rs and digits.rs are. The host is reported and never believed.

import { Refusal, refuse } from "./refusal.mjs";
import { base64urlDecode, utf8 } from "./bytes.mjs";
import { asciiLower, repeated, trimmed, withoutEnd, words } from "./text.mjs";

const LINK_BYTES_MAX = 4096;
// A text that is looked through for a link, and the fewest digits that are taken for a badge there.
const LINK_TEXT_MAX = 64 * 1024;
const DIGITS_MIN = 100;
// Characters of the longest word below which a text is not taken for a badge, whole or not.
const WORD_LEAST = 86;
const PAYLOAD_BYTES_MAX = 400;
const HOST_MAX = 259;
// What stands directly before an address without https://, and around digits by themselves; and behind a link.
const OPENING = /[()[\]<>"'\x60*„“”«»‘’]/;
const TRAILING = /[).,]/;
// Decimal digits that hold any value of 0 to 7 big-endian bytes.
const GROUP_DIGITS = [0, 3, 5, 8, 10, 13, 15, 17];
const DIGITS_MAX = Math.floor(PAYLOAD_BYTES_MAX / 7) * 17 + GROUP_DIGITS[PAYLOAD_BYTES_MAX % 7];

const decodeDigits = (text) => {
    const within = (why) => refuse("link-digits", { why });
    if (text.length > DIGITS_MAX) within({ code: "digits-many", digits: text.length, most: DIGITS_MAX });
    return Uint8Array.from(text.match(/.{1,17}/g).flatMap((group, before) => {
        const count = GROUP_DIGITS.indexOf(group.length);
        if (count < 0) within({ code: "digits-length", digits: text.length });
        const value = BigInt(group);
        if (value >> BigInt(8 * count)) within({ code: "digits-overflow", group: before + 1, text: group });
        return Array.from({ length: count }, (_, at) => Number((value >> BigInt(8 * (count - 1 - at))) & 255n));
    }));
};

const digitsBefore = (text) => /^\d*/.exec(text)[0].length;

const readPayload = (text) => {
    if (text === "") refuse("link-empty");
    if (/^\d+$/.test(text)) return decodeDigits(text);
    const letters = [...text];
    // Behind so many digits nothing but digits is read.
    const known = digitsBefore(text) < DIGITS_MIN ? /[\w-]/ : /\d/;
    const foreign = letters.findIndex((letter) => !known.test(letter));
    if (foreign >= 0) {
        // It stands between ' and ', so that " needs no escape.
        const found = letters[foreign] === "\"" ? "\"" : repeated(letters[foreign]);
        refuse("link-character", { found, place: foreign + 1 });
    }
    const payload = base64urlDecode(text) ?? refuse("link-base64", { characters: text.length });
    if (payload.length > PAYLOAD_BYTES_MAX) {
        refuse("link-payload-long", { bytes: payload.length, most: PAYLOAD_BYTES_MAX });
    }
    return payload;
};

const afterScheme = (address) => /^https?:\/\/(.*)$/is.exec(address)?.[1];

// User names, escapes and letters beyond ASCII are refused: they are how one host is dressed up as another.
const hostOf = (rest) => {
    const [host] = rest.split(/[/?\\]/);
    const [, port = "1"] = /^(?:[a-z\d-]+\.)*[a-z\d-]+(?::(\d+))?$/i.exec(host) ?? refuse("link-host");
    const known = Number(port) > 0 && Number(port) < 65_536 && host.length <= HOST_MAX;
    return known ? host.toLowerCase() : refuse("link-host");
};

// A text that is a link or a bare payload, and nothing else.
const wholeLink = (given) => {
    const bytes = utf8(given).length;
    if (bytes > LINK_BYTES_MAX) refuse("link-long", { bytes, most: LINK_BYTES_MAX });
    const text = withoutEnd(words(given.replaceAll("%20", "")).join(""), TRAILING);
    const mark = ["#", "%2523", "%23"].find((each) => text.includes(each));
    if (!mark && text.includes("://")) refuse("link-no-fragment");
    const at = mark ? text.indexOf(mark) : 0;
    const [address, payload] = [text.slice(0, at), text.slice(at + (mark ?? "").length)];
    const rest = address && (afterScheme(address) ?? refuse("link-no-address"));
    if (!mark && payload.length < WORD_LEAST && /[^\d]/.test(payload)) refuse("link-none");
    return { host: address ? hostOf(rest) : null, payload: readPayload(payload) };
};

// A text in one line, without the marks of quoted mail. Digits that a next line of nothing else goes on
// with stand together.
const unwrapped = (text) => {
    const out = [];
    let last = "";
    for (const each of text.split("\n")) {
        const line = words(each.replace(/^[>\p{White_Space}]+/u, "")).join(" ");
        const goesOn = /[\d#]/.test(last) && /^\d+[^a-z\d]*$/i.test(line);
        out.push(goesOn ? "" : " ", line);
        last = line.at(-1) ?? " ";
    }
    return out.join("");
};

// The host of the last address in what stands before a #. Without https:// it must have a dot to be one.
const hostWithin = (address) => {
    const before = asciiLower(address);
    const addresses = [[":", "/"], ["%3a", "%2f"], ["%253a", "%252f"]].map(([colon, slash]) => {
        const mark = colon + slash + slash;
        const at = before.lastIndexOf(mark);
        return { at, host: before.slice(at + mark.length).split(slash)[0].replaceAll(colon, ":") };
    });
    const { at, host } = addresses.reduce((last, each) => (each.at > last.at ? each : last));
    if (at >= 0) return /https?$/.test(before.slice(Math.max(0, at - 5), at)) ? hostOf(host) : refuse("link-no-address");
    const [name] = before.split(OPENING).at(-1).split("/");
    return name.includes(".") ? hostOf(name) : refuse("link-no-address");
};

// The link that two are: the same one twice, or one whose payload stands by itself as well.
const oneOf = (one, other) => {
    const isSame = String(one.payload) === String(other.payload)
        && (one.host === other.host || one.host === null || other.host === null);
    return isSame ? { host: one.host ?? other.host, payload: one.payload } : refuse("link-several");
};

// The one link that a text holds somewhere, any number of times, with its payload by itself beside it or in its place;
// or null.
export const linkWithin = (given) => {
    if (utf8(given).length > LINK_TEXT_MAX) return null;
    let found = null;
    for (const word of words(unwrapped(given).replaceAll("%2523", "#").replaceAll("%23", "#"))) {
        const pieces = word.split("#");
        const linked = pieces.slice(1).map((piece, before) => [pieces[before], /^[a-z\d]*/i.exec(piece)[0]]);
        const alone = pieces
            .flatMap((piece, at) => piece.split(OPENING).slice(at > 0 ? 1 : 0))
            .map((text) => [null, withoutEnd(text, TRAILING)])
            .filter(([, text]) => text.length <= DIGITS_MAX && digitsBefore(text) === text.length);
        for (const [address, text] of [...linked, ...alone]) {
            if (digitsBefore(text) < DIGITS_MIN) continue;
            const link = { host: address === null ? null : hostWithin(address), payload: readPayload(text) };
            found = found ? oneOf(found, link) : link;
        }
    }
    return found;
};

// Whether what is wrong with a text as a link says anything of it: it was meant as one. Prose has no such words.
const isMeant = (given, { code, bytes }) => {
    const isOneLine = !trimmed(given).includes("\n");
    if (code === "link-empty" || bytes > LINK_TEXT_MAX) return true;
    if (code === "link-no-fragment") return isOneLine;
    if (isOneLine && /#|%23|%2523/.test(given)) return true;
    return words(given).some((word) => [...word].length >= WORD_LEAST);
};

const attempt = (read, given) => {
    try {
        return { link: read(given) };
    } catch (e) {
        if (!(e instanceof Refusal)) throw e;
        return { refusal: e };
    }
};

// What a text carries: { host, payload }, the host null for a bare payload.
export const readLink = (given) => {
    const [whole, inner] = [wholeLink, linkWithin].map((read) => attempt(read, given));
    // An address with another link among its parameters, say.
    if (inner.refusal?.why.code === "link-several") throw inner.refusal;
    if (whole.link) return whole.link;
    if (inner.link) return inner.link;
    if (!inner.refusal && !isMeant(given, whole.refusal.why)) refuse("link-none");
    throw inner.refusal ?? whole.refusal;
};
