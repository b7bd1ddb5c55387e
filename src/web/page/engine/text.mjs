// Names and other texts from outside: what may be shown, cut and compared, as the program's trust/name.rs has it.

import { refuse } from "./refusal.mjs";
import { utf8 } from "./bytes.mjs";

// The longest name in grapheme clusters and in bytes.
const NAME_GRAPHEMES_MAX = 64;
const NAME_BYTES_MAX = 512;
// How much of a foreign text a reason repeats, in characters.
const REPEATED_MAX = 160;
// The longest text, and the longest name or value, that is shown, in characters.
const TEXT_SHOWN_MAX = 2000;
const NAME_SHOWN_MAX = 100;
const REMARK_SHOWN_MAX = 160;
const TITLE_SHOWN_MAX = 200;
// How many marks a letter may bear: more stand over the lines around it. Burmese words need five.
const MARKS_MAX = 5;

// Controls, marks of direction, invisible and default-ignorable characters, the blank of braille.
const DECEPTIVE = new RegExp("[\\p{Cc}\\u{ad}\\u{34f}\\u{61c}\\u{115f}\\u{1160}\\u{17b4}\\u{17b5}\\u{180b}-\\u{180f}"
    + "\\u{200b}\\u{200e}\\u{200f}\\u{2028}-\\u{202e}\\u{2060}-\\u{206f}\\u{2800}\\u{3164}\\u{fe00}-\\u{fe0f}\\u{feff}"
    + "\\u{ffa0}\\u{fff0}-\\u{fffb}\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}]", "u");
const QUOTES = new RegExp("[\"„“”‟«»″＂\\u{2ba}\\u{2dd}\\u{2ee}\\u{5f4}\\u{201a}\\u{2034}\\u{2036}\\u{2037}\\u{2039}"
    + "\\u{203a}\\u{2057}\\u{275d}\\u{275e}\\u{2760}\\u{2e42}\\u{301d}-\\u{301f}\\u{1f676}-\\u{1f678}]", "gu");
// Two of these in a row look like one of those.
const APOSTROPHES = /['\u{60}´ʹʻʼ׳‘’‛′＇]{2,}/gu;
const SPACES = /\p{White_Space}+/u;

// Letters and marks of the scripts that are written with joiners.
const takesJoiners = (letter = "") => /[\u{600}-\u{109f}\u{1780}-\u{18af}]/u.test(letter)
    && /[\p{Alphabetic}\p{M}]/u.test(letter);

const isShown = (letter, at, letters) => /[\u200c\u200d]/.test(letter)
    ? takesJoiners(letters[at - 1]) && takesJoiners(letters[at + 1])
    : !DECEPTIVE.test(letter);

export const displayable = (text) => [...text].filter(isShown).join("");

export const words = (text) => text.split(SPACES).filter(Boolean);

export const asciiLower = (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

// A text without the characters at its end that fit. A regex that ends in `+$` takes the square of the time.
export const withoutEnd = (text, fits) => {
    let end = text.length;
    while (end > 0 && fits.test(text[end - 1])) end -= 1;
    return text.slice(0, end);
};

// The same at both ends.
export const withoutEnds = (text, fits) => {
    let start = 0;
    while (start < text.length && fits.test(text[start])) start += 1;
    return withoutEnd(text.slice(start), fits);
};

export const trimmed = (text) => withoutEnds(text, /\p{White_Space}/u);

// A text without the marks beyond the first few on a letter; joiners between them do not start anew.
const withFewMarks = (text) => {
    let marks = 0;
    return [...text].filter((letter) => {
        const isMark = /\p{M}/u.test(letter);
        if (isMark) marks += 1;
        else if (!/[\u200c\u200d]/.test(letter)) marks = 0;
        return !isMark || marks <= MARKS_MAX;
    }).join("");
};

const cut = (text, most, mark = "…") => {
    const letters = [...text];
    return letters.length > most ? letters.slice(0, most).join("") + mark : text;
};

// Text for a page: without what may not be shown, few marks on a letter, white space folded, cut.
export const cleanText = (text) => {
    const shown = displayable(withFewMarks(displayable(words(text).join(" "))));
    return cut(words(shown).join(" "), TEXT_SHOWN_MAX, "");
};

export const cleanName = (text) => cut(cleanText(text), NAME_SHOWN_MAX);

// The name of an achievement: that of somebody's own level ends by saying whose it is.
export const cleanTitle = (text) => cut(cleanText(text), TITLE_SHOWN_MAX);

// A remark of a badge: ours are longer than names.
export const cleanRemark = (text) => cut(cleanText(text), REMARK_SHOWN_MAX);

// Grapheme clusters; older browsers lack the segmenter and get letters with their marks.
export const graphemes = (text) => Intl.Segmenter
    ? Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
    : text.match(/\P{M}\p{M}*|\p{M}+/gu) ?? [];

// Somebody else's text to stand in quotation marks of ours: without any of its own, and cut.
export const unquoted = (text) => {
    const clusters = graphemes(cleanText(text).replace(QUOTES, "").replace(APOSTROPHES, ""));
    const more = clusters.length > NAME_GRAPHEMES_MAX ? "…" : "";
    return `${clusters.slice(0, NAME_GRAPHEMES_MAX).join("")}${more}`;
};

// The same in quotation marks, which it cannot close.
export const quoted = (text) => `"${unquoted(text)}"`;

const SHORT = { "\t": "\\t", "\r": "\\r", "\n": "\\n", "\0": "\\0", '"': '\\"', "'": "\\'", "\\": "\\\\" };

const escaped = (letter) => SHORT[letter]
    ?? (/(?! )[\p{C}\p{Z}\p{Grapheme_Extend}]/u.test(letter) ? `\\u{${letter.codePointAt(0).toString(16)}}` : letter);

// A piece of foreign text as a reason may repeat it: control and format characters escaped, at most 160 characters.
export const repeated = (text) => {
    const letters = [...text];
    return letters.slice(0, REPEATED_MAX).map(escaped).join("") + (letters.length > REPEATED_MAX ? "…" : "");
};

// The same between quotation marks.
export const inQuotes = (text) => `"${[...text].map((letter) => (letter === "'" ? "'" : escaped(letter))).join("")}"`;

// Whether two names look the same: in NFKC, in lower case, without white space.
export const looksSame = (a, b) => {
    const plain = (name) => words(displayable(name).normalize("NFKC").toLowerCase()).join("");
    return plain(a) === plain(b);
};

// The name trimmed, in NFC and with single spaces; refuses what cannot stand in a badge.
export const checkedName = (text) => {
    if (utf8(text).length > NAME_BYTES_MAX) refuse("name-long", { most: NAME_GRAPHEMES_MAX });
    if (displayable(text) !== text) refuse("name-control", { name: inQuotes(text) });
    const name = words(text).join(" ").normalize("NFC");
    if (/^\p{M}*$/u.test(name)) refuse("name-empty");
    if (graphemes(name).length > NAME_GRAPHEMES_MAX) refuse("name-long", { most: NAME_GRAPHEMES_MAX });
    return name;
};
