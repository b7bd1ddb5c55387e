// Whether a picture shows what the badge in it says, as the program's badge/draw/picture/compared.rs: the badge is drawn anew,
// beside the code that the picture has, and the two are compared; then the code is read.

import { base58Encode, fromUtf8, latin1, withoutMark } from "./bytes.mjs";
import { readToken } from "./claim.mjs";
import { DRAWING_MARK, codePlace, drawBadge } from "./drawn.mjs";
import { listOf, textOf } from "./json.mjs";
import { UnknownLetter } from "./letters.mjs";
import { isShipped } from "./level.mjs";
import { urnOf } from "./levels.mjs";
import { readLink } from "./link.mjs";
import { pixelsOf } from "./pixels.mjs";
import { PIXELS, paintShapes } from "./raster.mjs";
import { sha256 } from "./sha.mjs";
import { readSymbol } from "./symbol.mjs";
import { summarised } from "./supervised.mjs";
import { trimmed } from "./text.mjs";

// How far a channel of a pixel may be from ours: within one colour, and where ours has an edge, which others smooth otherwise.
const TOLERANCE = 8;
const EDGE_TOLERANCE = 80;
const VERSIONS = Array.from({ length: 10 }, (_, at) => 21 + 4 * at);
const FOOT_FROM = 592 * 2 * PIXELS;
const CAPTION_FROM = 560 * 2 * PIXELS;
const BAKED = /<openbadges:credential>.*?<\/openbadges:credential>/s;

// Whether rows have the size of a code and its three finder patterns.
const isCode = (rows) => {
    const size = rows.length;
    const isFinder = (left, top) => Array.from({ length: 49 }, (_, at) => [at % 7, Math.floor(at / 7)]).every(([x, y]) =>
        (rows[top + y]?.[left + x] === true) === (Math.max(Math.abs(x - 3), Math.abs(y - 3)) !== 2));
    return VERSIONS.includes(size) && [[0, 0], [size - 7, 0], [0, size - 7]].every((place) => isFinder(...place));
};

// The code in an SVG picture, as far as it can be read; whatever else is in its path is missing in the drawing of it.
const codeInSvg = (text) => {
    const group = text.split('<g id="code">').slice(1).join('<g id="code">').split("</g>")[0];
    const path = group.split(' d="').slice(1).join(' d="');
    const rows = Array.from({ length: VERSIONS.at(-1) }, () => Array(VERSIONS.at(-1)).fill(false));
    let size = 0;
    for (const run of path.split("M").slice(1)) {
        const [, x, y, length] = /^(\d{1,3}) (\d{1,3})h(\d{1,3})/.exec(run)?.map(Number) ?? [];
        if (!rows[y] || x + length > rows.length) return null;
        rows[y].fill(true, x, x + length);
        size = Math.max(size, y + 1);
    }
    const cut = rows.slice(0, size).map((row) => row.slice(0, size));
    return isCode(cut) ? cut : null;
};

// The code that stands in the place of codes in a picture, of whichever size it is.
const codeInPixels = (rgba) => {
    const isDark = (x, y) => {
        const at = (y * PIXELS + x) * 4;
        return rgba[at] + rgba[at + 1] + rgba[at + 2] < 3 * 128;
    };
    for (const size of VERSIONS) {
        const [left, top, module] = codePlace(size);
        const middle = (start, n) => Math.floor((start + (n + 0.5) * module) * 2);
        const rows = Array.from({ length: size }, (_, y) =>
            Array.from({ length: size }, (__, x) => isDark(middle(left, x), middle(top, y))));
        if (isCode(rows)) return rows;
    }
    return null;
};

// The pixels of our drawing, and how far each may be from them: little where all around it have its colour.
const paintedWithEdges = (shapes) => {
    const rgb = paintShapes(shapes);
    const bounds = new Uint8Array(PIXELS * PIXELS).fill(TOLERANCE);
    for (const step of [1, PIXELS]) {
        for (let at = 0; at < (PIXELS * PIXELS - step) * 3; at++) {
            if (Math.abs(rgb[at] - rgb[at + step * 3]) > TOLERANCE) {
                bounds[Math.floor(at / 3)] = EDGE_TOLERANCE;
                bounds[Math.floor(at / 3) + step] = EDGE_TOLERANCE;
            }
        }
    }
    return { rgb, bounds };
};

// The first pixel from one on that is not ours; the number of all pixels where there is none.
const firstOther = (rgba, { rgb, bounds }, from = 0) => {
    for (let at = from; at < PIXELS * PIXELS; at++) {
        for (let part = 0; part < 3; part++) {
            if (Math.abs(rgba[at * 4 + part] - rgb[at * 3 + part]) > bounds[at]) return at;
        }
        if (rgba[at * 4 + 3] < 255 - TOLERANCE) return at;
    }
    return PIXELS * PIXELS;
};

// { same, code } of a picture of ours; null of one that is not.
const comparedSvg = (given, draw) => {
    if (!given.includes(`id="${DRAWING_MARK}"`)) return null;
    const text = given.replace(BAKED, "");
    const code = codeInSvg(text);
    return { code, same: [true, false].some((opens) => draw(code, opens).svg === text) };
};

const comparedPng = async (bytes, draw) => {
    const shown = await pixelsOf(bytes, PIXELS);
    if (!shown) return null;
    const code = codeInPixels(shown.rgba);
    const all = PIXELS * PIXELS;
    const opening = paintedWithEdges(draw(code, true).shapes);
    if (firstOther(shown.rgba, opening, FOOT_FROM) < all) return null;
    const other = firstOther(shown.rgba, opening);
    // Only what stands below the code depends on whether others can open its link.
    const second = () => firstOther(shown.rgba, paintedWithEdges(draw(code, false).shapes));
    const isOurs = other === all || (other >= CAPTION_FROM && second() === all);
    return { code, same: isOurs && !shown.isAnimated };
};

// Whether a code carries the badge: the claim whose digest is the badge's id, and signatures that are the badge's.
const isOfBadge = (code, credential) => {
    try {
        const claim = readToken(readLink(readSymbol(code) ?? "").payload);
        const values = listOf(credential.proof).map((proof) => textOf(proof, "proofValue"));
        const signatures = [claim.jcs, claim.rdfc].filter(Boolean).map((bytes) => `z${base58Encode(bytes)}`);
        return urnOf(sha256(claim.body)) === credential.id && signatures.every((value) => values.includes(value));
    } catch {
        return false;
    }
};

// What became of comparing a picture with the drawing that its badge gives: the code of a reason.
export const comparePicture = async (bytes, credential, data) => {
    const summary = summarised(credential, data);
    const shipped = isShipped(credential, data);
    const draw = (code, opens) => drawBadge(summary, shipped, code, opens);
    let found;
    try {
        found = latin1(bytes.subarray(1, 4)) === "PNG"
            ? await comparedPng(bytes, draw)
            : comparedSvg(trimmed(fromUtf8(withoutMark(bytes))), draw);
    } catch (e) {
        // A letter that this page lacks, or bytes that are no text; whatever else it is, nothing can be said.
        if (!(e instanceof UnknownLetter || e instanceof TypeError || e instanceof RangeError)) throw e;
        found = null;
    }
    if (!found) return "drawing-unsigned";
    if (!found.same) return "drawing-differs";
    return found.code && !isOfBadge(found.code, credential) ? "drawing-code" : "drawing-same";
};
