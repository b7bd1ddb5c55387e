// Words for people: days and times, the headline, what a figure is called.

import { say } from "../texts/say.mjs";
import { language, told } from "./dom.mjs";

const LOCALES = { en: "en-GB", de: "de-DE" };

const formatted = (time, options) =>
    new Intl.DateTimeFormat(LOCALES[language()], { timeZone: "UTC", ...options }).format(time);

// A day in words, e.g. 31 January 2026; what is no time stays as it is.
export const dayInWords = (text) => {
    const time = Date.parse(text);
    return Number.isNaN(time) ? text : formatted(time, { dateStyle: "long" });
};

// The time of day, or nothing.
export const clockTime = (text) => {
    const time = Date.parse(text);
    return Number.isNaN(time) ? "" : formatted(time, { timeStyle: "short" });
};

// How long a test took.
export const durationInWords = (from, to) => {
    const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
    return told("ui-minutes", { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
};

// The closing sentence, word for word as the command line has it.
export const sentence = (report) => {
    const whole = told(`ui-sentence-${report.lead}`, { why: say(report.why, language()) });
    return whole.endsWith("?") ? whole : `${whole}.`;
};

// The outcome as it is shown. A signature alone is no proof of skill: a valid badge whose test nobody else observed, or
// that does not say so, is told from those that somebody answers for.
export const outcomeShown = ({ outcome, facts: { assurance } }) => {
    const vouched = assurance === "reviewed" || assurance === "proctored";
    return outcome === "valid" && !vouched ? `valid-${assurance ?? "none"}` : outcome;
};

// One of three outcomes: unproven is no yes, so it is none.
export const outcomeWord = (shown) => told(`ui-${shown === "unproven" ? "cannot-tell" : shown}`);

// A reason with its days in words; the closing sentence has them as the program writes them.
export const sayInWords = (reason) => {
    const days = ["day", "list"].filter((name) => reason[name]).map((name) => [name, dayInWords(reason[name])]);
    return say({ ...reason, ...Object.fromEntries(days) }, language());
};

// Why, in a sentence for people who know nothing of signatures.
export const outcomeReason = (report) => {
    const { outcome, issuer, facts, why } = report;
    if (outcome === "valid") {
        return told(`ui-why-${outcomeShown(report)}`, { issuer: issuer?.name });
    }
    if (outcome === "unproven") {
        return told(facts.assurance === "self-assessed" ? "ui-why-self" : "ui-why-unknown");
    }
    const text = sayInWords(why);
    return text.endsWith("?") ? text : `${text}.`;
};

// What a result is, if it is named as the template names it: its key and its unit.
export const figure = (name, template) => {
    for (const known of template.credentialSubject.achievement.resultDescription) {
        const [before, after = ""] = known.name.split("{level.unit}");
        const unit = name.slice(before.length, name.length - after.length);
        if (name === before + unit + after) {
            return { key: known.id.split("#")[1], unit: known.resultType === "Percent" ? "%" : unit };
        }
    }
    return null;
};
