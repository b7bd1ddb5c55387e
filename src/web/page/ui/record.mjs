// What the badge says: the holder, the figures, the times, the issuer.

import { achievementOf } from "../engine/summary.mjs";
import { textOf } from "../engine/json.mjs";
import { looksSame, unquoted } from "../engine/text.mjs";
import { readInstant } from "../engine/time.mjs";
import { byId, language, make, told, write } from "./dom.mjs";
import { clockTime, dayInWords, durationInWords, figure, languageName, numberInWords } from "./words.mjs";
import { remarkInWords, sayInWords, whatObserved, withMark } from "./words.mjs";

const HEADINGS = { valid: "ui-says", unproven: "ui-claims", mismatch: "ui-claims" };
const PLAIN_LANGUAGE = /^[a-z]{2}$/;

const row = (label, how, value, required = "") => {
    const name = make("th", { scope: "row" }, label, make("small", {}, how));
    return make("tr", {}, name, make("td", {}, required), make("td", {}, ...value));
};

const resultRow = ([name, value], required, page) => {
    const known = figure(name, page);
    if (!known) {
        return row(name, "", [value]);
    }
    const [, least] = required.find(([of]) => of === name) ?? [];
    const unit = known.unit && `\u00a0${known.unit}`;
    const wanted = least === undefined ? "" : told("ui-at-least", { value: withMark(least) + unit });
    const number = make("span", { "data-figure": known.key, "data-value": value }, numberInWords(value));
    return row(told(`ui-${known.key}`), told(`ui-${known.key}-how`), [number, unit], wanted);
};

const figureRows = ({ summary, test: { took } }, page) => {
    const rows = summary.results.map((result) => resultRow(result, summary.required, page));
    if (summary.kind !== "test") {
        return rows;
    }
    const lasted = took?.code === "took-seconds"
        ? sayInWords({ ...took, seconds: withMark(took.seconds) })
        : summary.activity && durationInWords(...summary.activity);
    return lasted ? [...rows, row(told("ui-duration"), "", [lasted])] : rows;
};

// Who issued, as the program says it: the list's name counts, the badge's own is but a claim.
const issuerName = ({ issuer_name: name, issuer_id: id }, known) => {
    if (!known) {
        return told("ui-issuer-self", { name: unquoted(name || id) });
    }
    return !name || looksSame(name, known) ? known : told("ui-issuer-other", { known, name: unquoted(name) });
};

// A day in words, with the exact time beneath.
const dayElement = (text) => make("time", { datetime: text, title: text }, dayInWords(text));

const taken = ([from, to]) => [from, to].some((text) => readInstant(text) === null)
    ? [from, " – ", to]
    : [dayElement(from), told("ui-taken-at", { from: clockTime(from), to: clockTime(to) })];

const between = ([from, to]) => [dayElement(from), " – ", dayElement(to)];

const period = ({ valid_from: from, valid_until: until }) =>
    [from && dayElement(from), until && " – ", until && dayElement(until)].filter(Boolean);

// Fills a list of terms and values; what has no value is left out.
export const fillList = (id, entries) => {
    const filled = entries.filter(([, ...values]) => values.some(Boolean));
    const pair = ([code, ...values]) =>
        make("div", {}, make("dt", {}, told(code)), make("dd", { dir: "auto" }, ...values));
    byId(id).replaceChildren(...filled.map(pair));
};

const withTitle = (name, title) => (title === null ? name : told("ui-titled", { name, title }));

const proctored = (said) => {
    const where = told(said.presence === "in-person" ? "ui-in-person" : "ui-virtually");
    const identity = said.identity === null ? told("ui-no-identity") : told("ui-identity", { how: said.identity });
    const counts = { only: "ui-counts-only", best: "ui-counts-best", last: "ui-counts-last", mean: "ui-counts-mean" };
    const { exam, exam_title: title, attempt, attempts } = said;
    const sat = told("ui-sat", { exam, title, attempt, attempts, counts: told(counts[said.counts]) });
    return told("ui-proctored", { who: withTitle(said.proctor, said.title), where, identity, sat });
};

const reviewed = ({ reviewer, title, note }) => told("ui-reviewed", {
    who: withTitle(reviewer, title),
    note: note === null ? "" : told("ui-review-note", { note: unquoted(note) }),
});

// Who supervised, where a badge names them; null where it does not.
const supervisors = ({ supervised }) => {
    if (!supervised) {
        return null;
    }
    return supervised.proctor ? proctored(supervised) : reviewed(supervised);
};

const supervision = (summary, trusted) => {
    const { assurance } = summary;
    const words = supervisors(summary) ?? told(`ui-by-${assurance ?? "none"}`, { what: whatObserved(summary) });
    const claimed = !trusted && assurance && assurance !== "self-assessed";
    return claimed ? told("ui-by-itself", { words }) : words;
};

// The texts of a badge are in the language that it names.
const showOriginal = (credential) => {
    const spoken = textOf(achievementOf(credential), "inLanguage") ?? "";
    const named = PLAIN_LANGUAGE.test(spoken) ? spoken : language();
    for (const id of ["achievement", "criteria"]) {
        byId(id).lang = named;
    }
    const original = named === language() ? "ui-criteria" : "ui-criteria-original";
    write("criteria-title", told(original, { language: languageName(named) }));
};

// Whether a picture says otherwise than the badge in it. It is what its reader saw first, so that this stands above all that
// the badge says.
const isWarning = (drawing) => drawing === "drawing-differs" || drawing === "drawing-code";

const showDrawing = (drawing) => {
    write("drawing", isWarning(drawing) ? `${told("ui-drawing")}: ${sayInWords({ code: drawing })}.` : "");
};

export const showRecord = (report, page, shown) => {
    const { summary, outcome, issuer, answers } = report;
    const named = summary.holder.length > 0;
    write("record-title", told(HEADINGS[shown === "mismatch" ? shown : outcome] ?? "ui-unreliable"));
    showDrawing(report.drawing);
    write("holder-name", named ? summary.holder.join(", ") : told("ui-no-name"));
    write("photo", shown === "refused" ? "" : told(named ? "ui-photo" : "ui-no-name-hint"));
    write("achievement", summary.achievement);
    write("supervision", supervision(summary, answers.issuer.is === "yes"));
    write("criteria", summary.criteria);
    showOriginal(report.credential);
    const rows = figureRows(report, page);
    byId("figures").replaceChildren(...rows);
    byId("results").hidden = rows.length === 0;
    const isTest = summary.kind === "test";
    const done = isTest ? taken : between;
    fillList("facts", [
        [`ui-of-${summary.kind}`, sayInWords(report.test.level)],
        ["ui-text", sayInWords(report.test.text)],
        ["ui-lasted", isTest || !report.test.took ? "" : sayInWords(report.test.took)],
        [isTest ? "ui-taken" : "ui-between", ...(summary.activity ? done(summary.activity) : [])],
        ["ui-period", ...period(summary)],
        ["ui-issuer", issuerName(summary, issuer?.name), make("code", {}, summary.issuer_id)],
        ["ui-drawing", report.drawing && !isWarning(report.drawing) ? sayInWords({ code: report.drawing }) : ""],
        ["ui-remarks", summary.remarks.map((text) => remarkInWords(text, page)).join(" ")],
        ["ui-own-words", summary.own_words.map(([name, value]) => `${name}: ${value}`).join("; ")],
        ["ui-identifiers", summary.identifiers.map(([kind, value]) => `${value} (${kind})`).join(", ")],
    ]);
};
