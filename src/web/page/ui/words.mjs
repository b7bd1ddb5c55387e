// Words for people: days and times, the headline, what a figure is called.

import { readInstant } from "../engine/time.mjs";
import { TEXTS, say } from "../texts/say.mjs";
import { language, told } from "./dom.mjs";

const LOCALES = { en: "en-GB", de: "de-DE" };

const formatted = (time, options) =>
    new Intl.DateTimeFormat(LOCALES[language()], { timeZone: "UTC", ...options }).format(time);

const DAY = /^\d{4}-\d\d-\d\d$/;
const DECIMAL = /^\d+\.\d+$/;
// A decimal after its first place.
const PLACES = /(?<=^\d+\.\d)\d+$/;

// A day, or an instant as the program reads it; null for anything else.
const timeOf = (text) => readInstant(DAY.test(text) ? `${text}T00:00:00Z` : text);

// A day in words, e.g. 31 January 2026; what is no time stays as it is.
export const dayInWords = (text) => {
    const time = timeOf(text);
    return time === null ? text : formatted(time, { dateStyle: "long" });
};

// The time of day, or nothing.
export const clockTime = (text) => {
    const time = timeOf(text);
    return time === null ? "" : formatted(time, { timeStyle: "short" });
};

// How long a test took; nothing where its times cannot be read, or stand the other way round.
export const durationInWords = (from, to) => {
    const [begun, ended] = [readInstant(from), readInstant(to)];
    const seconds = Math.floor((ended - begun) / 1000);
    return begun === null || ended === null || seconds < 0
        ? ""
        : inMinutes(seconds);
};

const counted = (count, one, more) => told(count === 1 ? one : more, { count });

// Seconds in words: 5 minutes, 1 minute 30 seconds, 0 seconds.
const inMinutes = (all) => {
    const [minutes, seconds] = [Math.floor(all / 60), all % 60];
    return [
        ...(minutes > 0 ? [counted(minutes, "ui-minute", "ui-minutes")] : []),
        ...(seconds > 0 || minutes === 0 ? [counted(seconds, "ui-second", "ui-seconds")] : []),
    ].join(" ");
};

// A number with the decimal mark of the page's language.
export const withMark = (text) => (DECIMAL.test(text) && language() === "de" ? text.replace(".", ",") : text);

// A figure for people, with one decimal place: cut, so that nobody's figure is shown higher than it is.
export const numberInWords = (text) => withMark(text.replace(PLACES, ""));

// A language by its name in the page's language.
export const languageName = (code) => new Intl.DisplayNames([language()], { type: "language" }).of(code);

// The closing sentence, word for word as the command line has it.
export const sentence = (report) => {
    const whole = told(`sentence-${report.lead}`, { why: report.why });
    return whole.endsWith("?") ? whole : `${whole}.`;
};

// What cannot be read and so says nothing of any badge.
const NOTHING = new RegExp("^(json-(large|not-utf8|syntax)|given-.*|link-(?!host).*|digits-.*|bytes-.*"
    + "|claim-(damaged|version)|bake-(picture-large|other-.*|pdf|pdf-(?!several|large).*|none|incomplete|checksum|png|xml))$");
// What a signature that does not fit is refused for.
const CHANGED = ["token-signature", "proof-signature"];

const isNothing = ({ credential, summary, why, answers }) => credential === null
    ? NOTHING.test(why.code)
    : answers.integrity.is !== "yes" && !summary.achievement && !summary.issuer_id && !summary.holder.length;

// Whether the reason is that the signature does not fit; several proofs name the bad one.
export const isChanged = ({ why }) => CHANGED.includes(why.code === "proof-bad" ? why.why.code : why.code);

// What a badge comes to without the comparison with a person.
const itself = ({ answers: { issuer, standing } }) => {
    const open = issuer.is === "yes" ? "valid" : "unproven";
    return { yes: open, no: "refused", "not-checked": "cannot-tell" }[standing.is];
};

// Whether all that speaks against a badge is the person it was compared with.
const isMismatch = (report) => report.outcome === "refused" && report.why === report.answers.holder.why
    && itself(report) !== "refused";

// The outcome as it is shown. A signature alone is no proof of skill: a valid badge whose test nobody else observed, or
// that does not say so, is told from those that somebody answers for. Nothing is refused of which nothing is known, and
// a badge is not bad for being another's.
export const outcomeShown = (report) => {
    const { outcome, summary: { assurance } } = report;
    if (isNothing(report)) {
        return report.isEmpty ? "nothing-entered" : "nothing";
    }
    if (isMismatch(report)) {
        return "mismatch";
    }
    const vouched = assurance === "reviewed" || assurance === "proctored";
    return outcome === "valid" && !vouched ? `valid-${assurance ?? "none"}` : outcome;
};

// The outcome in a few words. What the learner's own key signed is genuine as far as it goes, and says how far that is.
export const outcomeWord = (shown, { why, summary: { assurance } }) => {
    if (shown === "unproven") {
        return told(assurance === "self-assessed" ? "ui-unproven-self-assessed" : "ui-unproven");
    }
    const differs = shown === "mismatch" ? /^holder-no|e-mail$/.exec(why.code)?.[0] : undefined;
    const more = { "holder-no": "-none", "e-mail": "-e-mail" }[differs] ?? "";
    return told(`ui-${shown}${more}`);
};

// A reason with its days in words; the closing sentence has them as the program writes them.
export const sayInWords = (reason) => {
    const days = ["day", "list"].filter((name) => reason[name]).map((name) => [name, dayInWords(reason[name])]);
    return say({ ...reason, ...Object.fromEntries(days) }, language());
};

// What the holes of remarks are called among reasons.
const REMARKS = { together: ["remark-together", "count"], early: ["remark-early", "count"],
    wall_clock_s: ["remark-wall-clock", "seconds"], remarked: ["remark-exercises", "count"] };

// A remark of a badge in the page's language, where it is one of typeproof's; else as it stands.
export const remarkInWords = (text, { evidence }) => {
    for (const { narrative } of evidence) {
        const [before, hole, after] = narrative.split(/\{claim\.(\w+)\}/);
        const number = text.slice(before.length, text.length - (after ?? "").length);
        if (REMARKS[hole] && text === before + number + after && /^\d+$/.test(number)) {
            const [code, name] = REMARKS[hole];
            return told("ui-remark", { what: { code, [name]: number } });
        }
    }
    return text;
};

// Whether a reason begins with a word of ours, which may take a capital: a foreign name keeps its own.
export const beginsPlain = ({ code }) => /^\p{Ll}/u.test(TEXTS[language()][code] ?? "");

const asSentence = (reason) => {
    const text = sayInWords(reason);
    const whole = beginsPlain(reason) ? text[0].toUpperCase() + text.slice(1) : text;
    return /[?.]$/.test(whole) ? whole : `${whole}.`;
};

// What was or was not observed, in the case of an object.
export const whatObserved = ({ kind }) => told(`ui-what-${kind}`);

const whyOpen = ({ summary }, { trusts }) => {
    if (summary.assurance === "self-assessed") {
        return told("ui-why-self", { what: whatObserved(summary) });
    }
    return told(trusts ? "ui-why-unknown" : "ui-why-nobody");
};

// Why, in a sentence for people who know nothing of signatures.
export const outcomeReason = (report, page) => {
    const { outcome, issuer, why } = report;
    const shown = outcomeShown(report);
    if (outcome === "valid") {
        return told(`ui-why-${shown}`, { issuer: issuer?.name, what: whatObserved(report.summary) });
    }
    if (outcome === "unproven") {
        return whyOpen(report, page);
    }
    if (shown === "nothing-entered") {
        return "";
    }
    return isChanged(report) ? told("ui-why-changed") : asSentence(why);
};

// What to do, by what is shown; nothing where the reason says it.
export const outcomeAdvice = (report, page) => {
    const shown = outcomeShown(report);
    if (shown === "mismatch") {
        const [outcome, { why }] = [itself(report), report.answers.standing];
        const whyItself = outcomeReason({ ...report, outcome, why }, page);
        return told("ui-next-mismatch", { itself: whyItself });
    }
    if (shown.startsWith("valid-")) {
        return told("ui-next-unproven");
    }
    return shown === "cannot-tell" ? "" : told(`ui-next-${shown.startsWith("nothing") ? "nothing" : shown}`);
};

// What a result is, if it is named as the template names it, with a unit that levels have: its key and its unit.
export const figure = (name, { descriptions, units }) => {
    for (const known of descriptions) {
        const [before, after] = known.name.split("{level.unit}");
        const unit = after === undefined ? "" : name.slice(before.length, name.length - after.length);
        if (name === before + unit + (after ?? "") && (after === undefined || units.has(unit))) {
            return { key: known.id.split("#")[1], unit: known.resultType === "Percent" ? "%" : unit };
        }
    }
    return null;
};
