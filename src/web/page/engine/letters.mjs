// Sets text in the typeface of the program's pictures, to the last coordinate as badge/draw/picture/canvas.rs does. Arithmetic
// is that of single precision, as there.

import TYPEFACE from "../vendor/letters.json" with { type: "json" };
import { graphemes } from "./text.mjs";

const f = Math.fround;
// Units of the typeface along an em, and the steps by which text shrinks to its room.
const EM = 1000;
const SHRINK_STEP = 0.5;

// Thrown where a text has letters of the typeface that this page lacks: nothing can be said of such a picture.
export class UnknownLetter extends Error {}

const facesOf = ({ letters, advances, outlines, left, right, kern }) => ({
    place: new Map(letters.map((letter, at) => [letter, at])),
    kern: kern.map((row) => new Map(row.flatMap((each, at) => (at % 2 ? [] : [[each, row[at + 1]]])))),
    advances, outlines, left, right, widths: new Map(),
});

const FACES = { regular: facesOf(TYPEFACE.regular), bold: facesOf(TYPEFACE.bold) };

// Letters that stand together become one.
const TOGETHER = new RegExp(`${TYPEFACE.joined.join("|")}|.`, "gsu");

// Whether the typeface has every letter of a text.
export const hasLetters = (text) => [...text].every((letter) => {
    const code = letter.codePointAt(0);
    return TYPEFACE.ranges.some(([from, to]) => from <= code && code <= to);
});

// The letters of a text with the places where they go on, in units of the typeface.
const runOf = (text, { place, kern, advances, left, right }) => {
    const letters = (text.match(TOGETHER) ?? []).map((letter) => {
        if (!place.has(letter)) throw new UnknownLetter(letter);
        return place.get(letter);
    });
    return letters.map((letter, at) => {
        const next = letters[at + 1];
        const closer = next === undefined ? 0 : kern[left[letter]].get(right[next]) ?? 0;
        return { letter, advance: advances[letter] + closer };
    });
};

const widthOf = (text, size, weight) => {
    const face = FACES[weight];
    if (!face.widths.has(text)) {
        face.widths.set(text, runOf(text, face).reduce((sum, { advance }) => f(sum + f(advance / EM)), 0));
    }
    return f(face.widths.get(text) * size);
};

// A word, or the pieces that it has to be broken into.
const piecesOf = (word, size, width, weight) => {
    if (widthOf(word, size, weight) <= width) return [word];
    const pieces = [];
    let [piece, used] = ["", 0];
    for (const cluster of graphemes(word)) {
        const wide = widthOf(cluster, size, weight);
        if (f(used + wide) > width && piece) {
            pieces.push(piece);
            [piece, used] = ["", 0];
        }
        piece += cluster;
        used = f(used + wide);
    }
    return [...pieces, piece];
};

// The lines of a text at a size, none wider than `width`.
const wrapText = (text, size, width, weight) => {
    if (widthOf(text, size, weight) <= width) return text ? [text] : [];
    const space = widthOf(" ", size, weight);
    const lines = [];
    let [line, used] = ["", 0];
    for (const word of text.split(" ").filter(Boolean).flatMap((each) => piecesOf(each, size, width, weight))) {
        const wide = widthOf(word, size, weight);
        if (line && f(f(used + space) + wide) > width) {
            lines.push(line);
            [line, used] = ["", 0];
        }
        if (line) [line, used] = [`${line} `, f(used + space)];
        line += word;
        used = f(used + wide);
    }
    return line ? [...lines, line] : lines;
};

// The lines of a text at a size, if they are few enough and no word is broken; as even as they can be.
const unbrokenLines = (text, size, { weight, width, lines: most }) => {
    const known = text.split(" ").filter(Boolean).join(" ");
    const wrapped = (room) => {
        const lines = wrapText(text, size, room, weight);
        return lines.join(" ") === known && lines.length <= most ? lines : null;
    };
    const lines = wrapped(width);
    if (!lines) return null;
    for (let percent = 50; percent < 100; percent++) {
        const even = wrapped(f(f(width * percent) / 100));
        if (even?.length === lines.length) return even;
    }
    return lines;
};

// As many lines as there may be at the least size, and an ellipsis where more was to come.
const cutLines = (text, { weight, width, least, lines: most }) => {
    const lines = wrapText(text, least, width, weight);
    if (lines.length <= most) return lines;
    const clusters = graphemes(lines[most - 1]);
    const fronts = [...clusters, ""].map((_, at) => `${clusters.slice(0, at).join("").trimEnd()}…`);
    return [...lines.slice(0, most - 1), fronts.findLast((front) => widthOf(front, least, weight) <= width) ?? ""];
};

// Size, lines and width of a text: the largest size at which it fits without breaking a word, else the least.
export const fitText = (given, style) => {
    const text = given.replace(/(?<=\d) /g, "\u00a0");
    let [size, lines] = [style.size, null];
    for (let step = 0; size >= style.least && !lines; step++) {
        size = f(style.size - f(step * SHRINK_STEP));
        lines = size >= style.least ? unbrokenLines(text, size, style) : null;
    }
    if (!lines) [size, lines] = [style.least, cutLines(text, style)];
    const width = lines.reduce((widest, line) => Math.max(widest, widthOf(line, size, style.weight)), 0);
    return { lines, size, width };
};

// The outline of a line as path data with relative whole coordinates.
export const outlineOf = (text, weight) => {
    const face = FACES[weight];
    let [path, origin, last] = ["", 0, [0, 0]];
    for (const { letter, advance } of runOf(text, face)) {
        const outline = face.outlines[letter];
        const starts = [...outline.matchAll(/m(-?[\d.]+) ?(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
        if (starts.length) {
            const [x, y] = [origin + starts[0][0] - last[0], starts[0][1] - last[1]];
            path += `m${x} ${y}`.replace(" -", "-") + outline.replace(/^m-?[\d.]+ ?-?[\d.]+/, "");
            last = starts.reduce(([across, up], [dx, dy]) => [across + dx, up + dy], [origin, 0]);
        }
        origin += advance;
    }
    return path;
};
