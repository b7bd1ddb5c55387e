// The figures of a badge and what figures no test gives, as the program's badge/figures.rs and verify/measured.rs have it.

import { refuse } from "./refusal.mjs";
import { listOf, member, textOf } from "./json.mjs";
import { readInstant } from "./time.mjs";
import { achievementOf, subjectOf } from "./summary.mjs";

const COUNTED_BY = "typeproof metrics 1:";
// Characters a second for which a text lasts, and characters of a word.
const TEXT_A_SECOND = 22;
const WORD_LENGTH = 5n;
const COUNT_MOST = 0xffff_ffff;
const PER_WPM = { wpm: 1n, cpm: 5n, kph: 300n };
const FIGURE_ROWS = ["net", "gross", "accuracy", "errors", "consistency"];

const bad = (code, params = {}) => ({ code, ...params });

export const hundredths = (n) => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, "0")}`;

export const halves = (n) => `${Math.floor(n / 2)}${n % 2 ? ".5" : ""}`;

// Milliseconds as seconds without needless zeros.
export const secondsOf = (ms) => String(ms / 1000);

// Basis points, rounded half up.
export const shareBp = (part, whole) => (whole ? Math.floor((part * 10_000 + Math.floor(whole / 2)) / whole) : 0);

// -- Reading

// The texts of counts of this name in the evidence of a badge.
export const countsIn = (credential, countedBy = COUNTED_BY) => listOf(member(credential, "evidence"))
    .map((item) => textOf(item, "narrative"))
    .filter((text) => text?.startsWith(countedBy));

// The description of the result under `#key` of an achievement.
export const describedUnder = (achievement, key) => {
    const id = textOf(achievement, "id");
    return listOf(member(achievement, "resultDescription"))
        .find((each) => id !== undefined && textOf(each, "id") === `${id}#${key}`);
};

// Whether a badge states counts or results as ours do.
export const isCounted = (credential) =>
    countsIn(credential).length > 0 || describedUnder(achievementOf(credential), "net") !== undefined;

// The numbers in the holes of a template, by their names; null where a text is not that template with whole numbers.
export const numbersIn = (template, text) => {
    const [first, ...pieces] = template.split("{");
    if (!text.startsWith(first)) return null;
    let rest = text.slice(first.length);
    const found = {};
    for (const piece of pieces) {
        const [name, behind] = piece.split("}");
        const [digits] = /^\d*/.exec(rest);
        rest = rest.slice(digits.length);
        if (!/^(0|[1-9]\d{0,9})$/.test(digits) || Number(digits) > COUNT_MOST || !rest.startsWith(behind)) return null;
        found[name.replace("claim.", "")] = Number(digits);
        rest = rest.slice(behind.length);
    }
    return rest === "" ? found : null;
};

// The value of the one result under `#key` of the achievement.
export const rowOf = (credential, key) => {
    const id = textOf(achievementOf(credential), "id");
    const rows = listOf(member(subjectOf(credential), "result"))
        .filter((each) => id !== undefined && textOf(each, "resultDescription") === `${id}#${key}`);
    const value = rows.length === 1 ? textOf(rows[0], "value") : undefined;
    return value === undefined ? refuse("figures-rows") : value;
};

// A number as it is written by `write`, of which a whole one is `unit` parts.
export const parsed = (text, unit, write) => {
    const number = Math.round(Number(/^[\d.]{1,14}$/.test(text) ? text : NaN) * unit);
    return number <= COUNT_MOST && write(number) === text ? number : refuse("figures-rows");
};

// The figures of a badge; null where it has no counts as ours have. Throws where they are not as ours are, or twice.
export const readStated = (credential, template) => {
    const narratives = countsIn(credential);
    if (!narratives.length) return null;
    const numbers = narratives.length > 1 ? null : numbersIn(template.evidence[0].narrative, narratives[0]);
    if (!numbers) refuse("figures-counts");
    const row = Object.fromEntries(FIGURE_ROWS.map((key) => [key, rowOf(credential, key)]));
    const figures = {
        ...numbers,
        net: parsed(row.net, 100, hundredths),
        gross: parsed(row.gross, 100, hundredths),
        errors: parsed(row.errors, 2, halves),
        consistency: parsed(row.consistency, 100, hundredths),
        accuracy: row.accuracy,
    };
    if (figures.typed !== Math.min(figures.standing + figures.incorrect_fixed, COUNT_MOST)) refuse("figures-sums");
    return figures;
};

// -- What no test gives

const otherFigure = (key, stated, found) =>
    stated === found ? null : bad("figures-other", { figure: bad(`evidence-figure-${key}`), stated, found });

const contradicts = (f) => {
    const [typed, judged] = [f.standing + f.incorrect_fixed, f.correct + f.incorrect_left];
    if (f.gross < f.net) return bad("figures-net");
    if (typed > COUNT_MOST || judged > COUNT_MOST) return bad("figures-sums");
    if (typed < f.right) return bad("figures-right");
    if (judged < f.standing) return bad("figures-neither");
    return f.consistency > 10_000 ? bad("figures-consistency") : null;
};

// What is wrong with the time of a test of this limit in seconds; null where the text is the limit.
const mistimed = (f, limit, least) => {
    const most = limit === null ? f.duration_ms : limit * 1000;
    const times = { limit: secondsOf(most), taken: secondsOf(f.duration_ms) };
    if (f.duration_ms === 0) return bad("figures-no-time");
    if (f.duration_ms > most) return bad("figures-long", times);
    const whole = f.correct + f.incorrect_left >= least;
    return f.duration_ms < most && !whole ? bad("figures-short", times) : null;
};

const limitOf = ({ limit }) => limit.seconds ?? null;

// n / d rounded half up, 0 for d = 0.
const ratio = (n, d) => {
    const found = d === 0n ? 0n : (n + d / 2n) / d;
    return Number(found > BigInt(COUNT_MOST) ? COUNT_MOST : found);
};

const timed = (f, rules) => BigInt(rules.clock === "first-key" ? Math.max(f.standing - 1, 0) : f.standing);

const timeOfTest = (f, rules) =>
    BigInt(rules["time-base"] === "allotted" ? (limitOf(rules) ?? 0) * 1000 || f.duration_ms : f.duration_ms);

const grossOf = (f, rules) =>
    ratio(timed(f, rules) * 6_000_000n * PER_WPM[rules.unit], WORD_LENGTH * timeOfTest(f, rules));

const penaltyOf = (f, { penalty }, ms) => {
    const errors = BigInt(f.errors);
    const part = (each, unit) => errors * BigInt(each) * unit;
    if (penalty["words-per-error"] !== undefined) return part(penalty["words-per-error"], WORD_LENGTH * 6_000_000n);
    if (penalty["characters-per-error"] !== undefined) return part(penalty["characters-per-error"], 6_000_000n);
    const points = penalty["wpm-x100-per-error"];
    return points === undefined ? 0n : part(points, WORD_LENGTH * ms);
};

// Under "wrong-words" any net speed up to gross may be: no count says how many characters those words have.
const netOf = (f, rules) => {
    if (rules.penalty === "wrong-words") return f.net;
    const ms = timeOfTest(f, rules);
    const left = timed(f, rules) * 12_000_000n - penaltyOf(f, rules, ms);
    return ratio((left > 0n ? left : 0n) * PER_WPM[rules.unit], WORD_LENGTH * ms * 2n);
};

const impossible = (f, { rules, least }) => {
    const errors = rules["error-unit"] === "character" ? f.incorrect_left * 2 : f.errors;
    return mistimed(f, limitOf(rules), least)
        ?? otherFigure("gross", hundredths(f.gross), hundredths(grossOf(f, rules)))
        ?? otherFigure("net", hundredths(f.net), hundredths(netOf(f, rules)))
        ?? otherFigure("errors", halves(f.errors), halves(errors));
};

// The seconds of a duration that stands in a text between these.
const durationIn = (text, before, behind) => {
    const at = text.lastIndexOf(before);
    const rest = at < 0 ? "" : text.slice(at + before.length);
    const found = /^\+?(\d+) (minute|second)s?$/.exec(rest.includes(behind) ? rest.slice(0, rest.indexOf(behind)) : "");
    const seconds = found ? Number(found[1]) * (found[2] === "minute" ? 60 : 1) : null;
    return seconds !== null && Number(found[1]) <= COUNT_MOST && seconds <= COUNT_MOST ? seconds : null;
};

// What no rules give, and no test that lasts as long as the badge says.
const impossibleAnyhow = (f, credential) => {
    const achievement = achievementOf(credential);
    const name = textOf(describedUnder(achievement, "net"), "name") ?? "";
    const unit = Object.keys(PER_WPM).find((each) => name.startsWith(`Net speed, ${each.toUpperCase()} `));
    if (unit) {
        const most = grossOf(f, { unit, clock: "start-signal" });
        const wrong = mistimed(f, null, 1)
            ?? (f.gross > most ? otherFigure("gross", hundredths(f.gross), hundredths(most)) : null);
        if (wrong) return wrong;
    }
    const criteria = textOf(member(achievement, "criteria"), "narrative") ?? "";
    const title = textOf(achievement, "name") ?? "";
    const stated = [durationIn(criteria, "The test lasts ", "."), durationIn(title, "(", ")"), durationIn(title, "(", ",")];
    const wrong = stated.filter((each) => each !== null)
        .map((seconds) => mistimed(f, seconds, Math.max(seconds * TEXT_A_SECOND, 1) - 1));
    return wrong.find((each) => each !== null) ?? null;
};

const untimely = (f, credential) => {
    const subject = subjectOf(credential);
    const [from, to] = ["activityStartDate", "activityEndDate"].map((name) => readInstant(member(subject, name)));
    const lasts = from === null || to === null ? NaN : Math.trunc((to - from) / 1000);
    return lasts === Math.ceil(f.duration_ms / 1000) ? null : bad("figures-times");
};

// A number of a level in hundredths.
export const partsOf = (text) => (text === undefined ? undefined : Math.round(Number(text) * 100));

// Whether they reach what a level asks, as far as they say.
const reach = (f, { rules, min_speed: speed, min_accuracy: accuracy }) => {
    const [most, share] = [rules["max-errors"] ?? Infinity, rules["max-error-share"]];
    const counted = f.correct + f.incorrect_left;
    const few = share?.of !== "characters" || BigInt(f.errors) * 5_000n <= BigInt(share.bp) * BigInt(counted);
    return f.net >= partsOf(speed) && shareBp(f.right, f.typed) >= (partsOf(accuracy) ?? 0) && f.errors <= most * 2 && few;
};

// Why the figures of a badge cannot be, or null. A badge that is not counted as ours are is not looked at.
export const wrongFigures = (credential, level, template) => {
    const f = readStated(credential, template);
    if (!f) return level ? bad("figures-counts") : null;
    const wrong = contradicts(f)
        ?? otherFigure("accuracy", f.accuracy, hundredths(shareBp(f.right, f.typed)))
        ?? (level ? impossible(f, level) : impossibleAnyhow(f, credential))
        ?? untimely(f, credential);
    return wrong ?? (level && !reach(f, level) ? bad("figures-below") : null);
};
