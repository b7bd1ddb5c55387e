// Who supervised, as a badge of typeproof says it among its evidence: read strictly, and never without the supervision that
// it is about; as the program's badge/verify/supervised.rs.

import { base64urlDecode, base64urlEncode } from "./bytes.mjs";
import { listOf, member, sameJson, textOf } from "./json.mjs";
import { Refusal } from "./refusal.mjs";
import { holderName } from "./claim.mjs";
import { COUNTS_SAID, IDENTITY_BYTES_MAX, LOG_URI, NOTE_BYTES_MAX, PASSAGE_URI, PRESENCE_SAID } from "./examination.mjs";
import { supervisionHoles, uuidBytes, wrongProctoring } from "./examination.mjs";
import { isCounted } from "./figures.mjs";
import { fillTemplate, supervisedParts } from "./template.mjs";
import { assuranceOf, summaryOf } from "./summary.mjs";

const OURS = /^typeproof (practice|course) 1:/;
// The names of the evidence of badges that name their examination and attempt, and not who supervised.
const UNSUPERVISED = ["Examination", "Attempt"];

const itemsOf = (credential) => listOf(member(credential, "evidence"));

const isOurs = (credential) => isCounted(credential)
    || itemsOf(credential).some((item) => OURS.test(textOf(item, "narrative") ?? ""));

// What stands in the holes of a text, by their names; null where it is not that text with something in its holes.
const captured = (template, text) => {
    const [front, ...pieces] = template.split("{");
    if (!text.startsWith(front)) return null;
    let rest = text.slice(front.length);
    const found = {};
    for (const [at, piece] of pieces.entries()) {
        const [name, behind] = piece.split("}");
        const isLast = at === pieces.length - 1;
        const end = isLast ? rest.length - behind.length : rest.indexOf(behind);
        if (end < 0 || (isLast && !rest.endsWith(behind))) return null;
        found[name.replace("claim.", "")] = rest.slice(0, end);
        rest = rest.slice(end + behind.length);
    }
    return rest === "" ? found : null;
};

// What stands in the holes of a part; null where an item is not that part with something in its holes.
const takenFrom = (part, item) => {
    const found = {};
    for (const [name, given] of Object.entries(part).filter(([name]) => name !== "?")) {
        const pattern = given["="] ?? given;
        const text = textOf(item, name);
        if (typeof pattern === "string" && text !== undefined) {
            const here = captured(pattern, text);
            if (!here) return null;
            Object.assign(found, here);
        }
    }
    return found;
};

const phrase = (text, most) => {
    try {
        return text === undefined ? null : holderName(text, most);
    } catch (e) {
        if (!(e instanceof Refusal)) throw e;
        return null;
    }
};

// The same where it may be left out.
const perhaps = (text) => (text === undefined ? undefined : phrase(text));

const digestIn = (text, front, length) => {
    if (!text?.startsWith(front)) return null;
    try {
        const bytes = base64urlDecode(text.slice(front.length));
        return bytes.length === length && base64urlEncode(bytes) === text.slice(front.length) ? bytes : null;
    } catch (e) {
        if (!(e instanceof Refusal)) throw e;
        return null;
    }
};

const keyOf = (words, text) => Object.keys(words).find((key) => words[key] === text) ?? null;

const number = (text) => (/^\d{1,10}$/.test(text ?? "") && Number(text) <= 0xffff_ffff ? Number(text) : null);

const after = (text, front) => (text.startsWith(front) ? text.slice(front.length) : null);

const reviewIn = ({ reviewer, reviewer_title: title, review_note: note, reviewed_badge: badge }) => {
    if (note === undefined || badge === undefined) return null;
    const noted = note === "" ? undefined : phrase(after(note, " Note: ") ?? undefined, NOTE_BYTES_MAX);
    const read = { reviewer: phrase(reviewer), title: perhaps(title), note: noted,
        badge: uuidBytes(badge) };
    return Object.values(read).includes(null) ? null : { review: read };
};

const proctoringIn = (texts) => {
    const identity = after(texts.identity ?? "", "Identity checked: ");
    const read = {
        proctor: phrase(texts.proctor),
        title: perhaps(texts.proctor_title),
        presence: keyOf(PRESENCE_SAID, texts.presence),
        identity: identity === null ? undefined : phrase(identity, IDENTITY_BYTES_MAX),
        exam: texts.sat ?? null,
        examTitle: phrase(texts.sat_title),
        attempt: number(texts.sitting),
        attempts: number(texts.sittings),
        counts: keyOf(COUNTS_SAID, texts.counts),
        passage: digestIn(texts.passage, PASSAGE_URI, 8),
        journal: digestIn(texts.journal, LOG_URI, 16),
    };
    return Object.values(read).includes(null) ? null : { proctoring: read };
};

const saidIn = (texts) => {
    if (texts.proctor !== undefined) return texts.reviewer === undefined ? proctoringIn(texts) : null;
    return texts.reviewer === undefined ? null : reviewIn(texts);
};

const byGenre = (a, b) => (textOf(a, "genre") < textOf(b, "genre") ? -1 : 1);

// Whether the items are what is written of this supervision, in whatever order.
const isWrittenSo = (parts, said, items) => {
    const expected = fillTemplate(parts, { claim: supervisionHoles(said) });
    return sameJson([...expected].sort(byGenre), [...items].sort(byGenre));
};

const FORM = { what: { code: "supervised-form" } };

// Who supervised: { review } or { proctoring }, nothing where a badge does not say so, { what } where it says what cannot be.
export const supervisorsOf = (credential, data) => {
    const parts = supervisedParts(data);
    const genres = parts.map(({ genre }) => genre);
    const items = itemsOf(credential).filter((item) => genres.includes(textOf(item, "genre")));
    if (!items.length || !isOurs(credential)) return {};
    const texts = items.map((item) => takenFrom(parts.find(({ genre }) => genre === item.genre), item));
    const said = texts.includes(null) ? null : saidIn(Object.assign({}, ...texts));
    if (!said) return FORM;
    const isOld = (item) => UNSUPERVISED.includes(textOf(item, "name"));
    if ((said.proctoring && itemsOf(credential).some(isOld)) || !isWrittenSo(parts, said, items)) return FORM;
    const wrong = said.proctoring && wrongProctoring(said.proctoring);
    if (wrong) return { what: { code: wrong } };
    const stated = said.proctoring ? "proctored" : "reviewed";
    return assuranceOf(credential) === stated ? said : { what: { code: "supervised-other" } };
};

// The same as the summary of a badge has it.
const supervisedSummary = (credential, data) => {
    const { review, proctoring } = supervisorsOf(credential, data);
    const holes = supervisionHoles({ review, proctoring });
    if (review) {
        const { reviewer, title = null, note = null } = review;
        return { reviewer, title, note, badge: holes.reviewed_badge };
    }
    if (!proctoring) return undefined;
    const { proctor, title = null, presence, identity = null, exam, examTitle, attempt, attempts, counts } = proctoring;
    return { proctor, title, presence, identity, exam, exam_title: examTitle, attempt, attempts, counts,
        passage: holes.passage, journal: holes.journal };
};

// What a badge says, and who supervised.
export const summarised = (credential, data) =>
    ({ ...summaryOf(credential), supervised: supervisedSummary(credential, data) });
