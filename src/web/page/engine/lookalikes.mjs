// Texts that look alike, whatever letters they are written in, as the program's trust/lookalike.rs has it.

import LOOKALIKES from "../../../trust/lookalikes.json" with { type: "json" };
import { displayable } from "./text.mjs";
import { ASSURANCES } from "./claim.mjs";

const ALIKE_LETTERS = new Map(Object.entries(LOOKALIKES)
    .flatMap(([letter, alike]) => [...alike].map((each) => [each, letter])));

const SUPERVISION = ["supervis", "proctor", "invigilat", "reviewed", "observed", "self-assessed", "aufsicht",
    "nachgeprüft", "überwach"];

const ALIKE = { 0: "o", 1: "i", l: "i", "|": "i", 5: "s", $: "s", "@": "a" };

const letterOf = (letter) => ALIKE_LETTERS.get(letter) ?? letter;

// Letters and digits alone, in lower case, without marks; each letter that looks like one of ASCII is that one.
export const looks = (text) => {
    const known = [...displayable(text)].map(letterOf).join("");
    const plain = known.normalize("NFKD").replace(/\p{M}/gu, "");
    const lower = [...plain].flatMap((letter) => [...letterOf(letter).toLowerCase()]).map(letterOf);
    const folded = lower.map((letter) => ALIKE[letter] ?? letter)
        .filter((letter) => /[\p{Alphabetic}\p{N}]/u.test(letter));
    return folded.join("").replaceAll("rn", "m").replaceAll("vv", "w");
};

// Whether a text speaks of supervision, in whatever letters.
export const speaksOfSupervision = (text) => {
    const found = looks(text);
    return SUPERVISION.some((word) => found.includes(looks(word)));
};

// The place in ASSURANCES of the word that a text looks like; -1 for none.
export const assuranceLike = (text) => {
    const found = looks(text);
    return ASSURANCES.findIndex((word) => looks(word) === found);
};
