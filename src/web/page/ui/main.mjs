// The page at work: it takes a badge, has it checked, and shows the report.

import { unpackJson } from "../engine/inflate.mjs";
import { verify } from "../engine/verify.mjs";
import { TEXTS } from "../texts/say.mjs";
import { byId, language, told, write } from "./dom.mjs";
import { givenInAddress, listen } from "./given.mjs";
import { save } from "./save.mjs";
import { showBusy, showIdle, showReport } from "./show.mjs";
import { dayInWords } from "./words.mjs";

const query = new URLSearchParams(location.search);
const data = JSON.parse(byId("data").textContent);

// What was given, what came of it and when, and how often anything was asked.
const state = { given: null, holder: null, report: null, now: 0, asked: 0 };

const render = () => {
    if (state.report) {
        showReport(state.report, unpackJson(data.template), state.now);
    } else {
        showIdle();
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

// Checks what was given; of several checks under way, the last one asked for is shown.
const judge = async () => {
    const asked = ++state.asked;
    const now = Date.now();
    const world = { data, now, holder: state.holder, forceFallback: query.has("fallback") };
    const report = await verify(state.given, world);
    if (asked === state.asked) {
        Object.assign(state, { report, now });
        render();
        write("status", byId("headline").textContent);
        byId("verdict").dataset.runs++;
    }
};

const take = async (given) => {
    Object.assign(state, { given, holder: null, report: null });
    state.asked++;
    byId("holder").value = "";
    if (given) {
        showBusy();
        await judge();
        byId("headline").focus();
    } else {
        render();
    }
};

// The comparison is answered where it was asked: the focus stays.
const compare = (event) => {
    event.preventDefault();
    state.holder = byId("holder").value.trim() || null;
    judge();
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
    listen(take);
    byId("verdict").dataset.started = "";
    if (givenInAddress()) {
        take(givenInAddress());
    }
};

start();
