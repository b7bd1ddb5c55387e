// What a badge can say of who supervised, as the program's badge/claim/supervision.rs and holes.rs have it.

import { base64urlEncode, hex } from "./bytes.mjs";
import { urnOf } from "./levels.mjs";

// How long things are at most, in bytes.
export const EXAM_ID_MAX = 48;
export const IDENTITY_BYTES_MAX = 32;
export const NOTE_BYTES_MAX = 100;

export const LOG_URI = "ni:///sha-256-128;";
export const PASSAGE_URI = "ni:///sha-256-64;";

// By their numbers in a code: the word, and how a sentence has it.
export const PRESENCES = ["in-person", "virtually"];
export const COUNTS = ["only", "best", "last", "mean"];
export const PRESENCE_SAID = { "in-person": "in person", virtually: "virtually" };
export const COUNTS_SAID = {
    only: "the only attempt counts",
    best: "the best attempt counts",
    last: "the last attempt counts",
    mean: "the mean of all attempts counts",
};

export const isExamId = (text) => /^[A-Za-z0-9_\-./]{1,48}$/.test(text);

// The code of what cannot be of an examination; null for nothing.
export const wrongProctoring = ({ exam, attempt, attempts, counts }) => {
    if (!isExamId(exam)) return "figures-exam";
    const fits = attempt > 0 && attempt <= attempts && (counts === "only") === (attempts === 1);
    return fits ? null : "figures-attempts";
};

const reviewHoles = ({ reviewer, title, note, badge }) => ({
    reviewer,
    reviewer_title: title,
    review_note: note === undefined ? "" : ` Note: ${note}`,
    reviewed_badge: urnOf(badge),
});

const proctoringHoles = (told) => ({
    proctor: told.proctor,
    proctor_title: told.title,
    presence: PRESENCE_SAID[told.presence],
    identity: told.identity === undefined ? "Identity was not checked" : `Identity checked: ${told.identity}`,
    sat: told.exam,
    sat_title: told.examTitle,
    sitting: String(told.attempt),
    sittings: String(told.attempts),
    counts: COUNTS_SAID[told.counts],
    passage: `${PASSAGE_URI}${base64urlEncode(told.passage)}`,
    journal: `${LOG_URI}${base64urlEncode(told.journal)}`,
});

// What fills the holes of the parts that name who supervised; nothing where nobody is named.
export const supervisionHoles = ({ review, proctoring }) =>
    ({ ...(review && reviewHoles(review)), ...(proctoring && proctoringHoles(proctoring)) });

// The bytes of a UUID in a URN; null for another text.
export const uuidBytes = (urn) => {
    const digits = /^urn:uuid:([0-9a-f-]+)$/.exec(urn)?.[1].replaceAll("-", "");
    const bytes = digits?.length === 32 ? Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16)) : null;
    return bytes && hex(bytes) === digits ? bytes : null;
};
