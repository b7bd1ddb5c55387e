// The page at work: it takes a badge, has it checked, and shows the report.

import { unpackJson } from "../engine/inflate.mjs";
import { levelsOf } from "../engine/levels.mjs";
import { verify } from "../engine/verify.mjs";
import { TEXTS } from "../texts/say.mjs";
import { byId, language, told, write } from "./dom.mjs";
import { listen } from "./given.mjs";
import { save } from "./save.mjs";
import { showBusy, showFailed, showGiven, showIdle, showReport } from "./show.mjs";
import { dayInWords } from "./words.mjs";

const query = new URLSearchParams(location.search);
const data = JSON.parse(byId("data").textContent);

// How long a frame is waited for, in milliseconds: a tab in the background paints none.
const FRAME_MAX = 200;

// What was given and under which name, what came of it and when, and how often anything was asked; what failed.
const state = { source: null, given: null, holder: null, report: null, now: 0, asked: 0, failure: null };

// All results that badges of ours state, as their templates describe them.
const allDescriptions = ({ template, overlays }) => {
    const own = unpackJson(template).credentialSubject.achievement.resultDescription;
    const others = Object.values(unpackJson(overlays)).map((parts) => parts["/credentialSubject/achievement/resultDescription"]);
    return [own, ...others].flat().filter(Boolean);
};

// What the page knows by itself: how a badge is made, the units of its levels, whether it trusts anybody.
const known = () => ({
    descriptions: allDescriptions(data),
    evidence: [unpackJson(data.template), ...Object.values(unpackJson(data.overlays))]
        .flatMap((parts) => parts.evidence ?? parts["/evidence"] ?? []),
    units: new Set(levelsOf(data).map(({ unit }) => unit)),
    trusts: data.issuers.length > 0,
});

const showState = () => {
    showGiven(state.source);
    if (state.failure) {
        showFailed(state.failure);
    } else if (state.report) {
        showReport(state.report, known(), state.now);
    } else {
        state.source ? showBusy() : showIdle();
    }
    write("status", state.source ? byId("headline").textContent : "");
};

// Shows how things stand. Whatever goes wrong in that is shown too, in place of any other state.
const render = () => {
    try {
        showState();
    } catch (error) {
        Object.assign(state, { report: null, failure: String(error) });
        showState();
    }
};

const speak = (lang) => {
    document.documentElement.lang = lang;
    const built = dayInWords(data.built);
    for (const element of document.querySelectorAll("[data-t]")) {
        element.textContent = told(element.dataset.t, { built });
    }
    for (const each of Object.keys(TEXTS)) {
        byId(`lang-${each}`).setAttribute("aria-pressed", each === lang);
    }
    render();
};

const preferred = () => {
    const wanted = [query.get("lang"), ...navigator.languages].map((each) => each?.slice(0, 2).toLowerCase());
    return wanted.find((each) => Object.hasOwn(TEXTS, each)) ?? "en";
};

// Until the page is painted as it stands: the check leaves it no time for that.
const painted = () => new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, FRAME_MAX);
});

// Checks what was given and says whether that is shown: only what was asked for last is.
const judge = async () => {
    const asked = ++state.asked;
    const now = Date.now();
    const { given } = state;
    const world = { data, now, holder: state.holder, forceFallback: query.has("fallback") };
    const report = { ...(await verify(given, world)), isEmpty: given.isEmpty };
    if (asked !== state.asked) {
        return false;
    }
    Object.assign(state, { report, now, failure: null });
    render();
    byId("verdict").dataset.runs++;
    return true;
};

// The one way in. From here on, nothing that was given before counts any more.
const take = async (source) => {
    const asked = ++state.asked;
    Object.assign(state, { source, given: null, holder: null, report: null, failure: null });
    byId("holder").value = "";
    render();
    if (!source) {
        return;
    }
    const [given] = await Promise.all([source.read(), painted()]);
    if (asked !== state.asked) {
        return;
    }
    // What is shown names the file; the field would still name it after the next badge.
    byId("file").value = "";
    state.given = given;
    if (await judge()) {
        byId("headline").focus();
    }
};

// The comparison is answered where it was asked: the focus stays.
const compare = (event) => {
    event.preventDefault();
    if (state.given) {
        state.holder = byId("holder").value.trim() || null;
        judge();
    }
};

const start = () => {
    for (const element of document.querySelectorAll("nav, #give")) {
        element.hidden = false;
    }
    speak(preferred());
    for (const lang of Object.keys(TEXTS)) {
        byId(`lang-${lang}`).addEventListener("click", () => speak(lang));
    }
    byId("compare-form").addEventListener("submit", compare);
    byId("download").addEventListener("click", () => save(state.report));
    byId("print").addEventListener("click", () => window.print());
    byId("trusts-nobody").hidden = data.issuers.length > 0;
    listen(take);
    byId("verdict").dataset.started = "";
};

start();
