// Decodes a PNG picture of one size into pixels (PNG, third edition). Its chunks have been checked when the badge was taken
// out of it.

import { concat, latin1 } from "./bytes.mjs";

const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
// First column and row of each pass of Adam7, and the steps to the next ones.
const PASSES = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];

const chunksOf = (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const chunks = [];
    for (let at = 8; at + 12 <= bytes.length;) {
        const end = at + 12 + view.getUint32(at);
        chunks.push([latin1(bytes.subarray(at + 4, at + 8)), bytes.subarray(at + 8, end - 4)]);
        at = end;
    }
    return chunks;
};

// So many bytes of a zlib stream; null where there are fewer.
const unpackPixels = async (data, length) => {
    const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
    const out = new Uint8Array(length);
    let at = 0;
    try {
        for (let part = await reader.read(); !part.done && at < length; part = await reader.read()) {
            const piece = part.value.subarray(0, length - at);
            out.set(piece, at);
            at += piece.length;
        }
    } catch {
        // What follows the pixels is not looked at.
    }
    reader.cancel().catch(() => {});
    return at === length ? out : null;
};

const paeth = (left, above, corner) => {
    const guess = left + above - corner;
    const [a, b, c] = [left, above, corner].map((value) => Math.abs(guess - value));
    return a <= b && a <= c ? left : b <= c ? above : corner;
};

// Undoes the filter of one row, of which each byte depends on those before.
const unfilter = (kind, row, above, step) => {
    for (let at = 0; at < row.length; at++) {
        const left = at < step ? 0 : row[at - step];
        if (kind === 1) row[at] += left;
        else if (kind === 2) row[at] += above[at];
        else if (kind === 3) row[at] += (left + above[at]) >> 1;
        else if (kind === 4) row[at] += paeth(left, above[at], at < step ? 0 : above[at - step]);
    }
};

// What the samples of a pixel are in red, green, blue and opacity, by the kind of picture.
const colourer = (colour, depth, palette, clear) => {
    const most = 2 ** Math.min(depth, 8) - 1;
    const keys = Array.from(clear).filter((_, at) => at % 2 === (depth === 16 ? 0 : 1));
    const opacity = (samples) => (clear.length && samples.every((sample, at) => sample === keys[at]) ? 0 : 255);
    const grey = (sample) => Math.round((sample * 255) / most);
    return {
        0: (a) => [grey(a), grey(a), grey(a), opacity([a])],
        2: (a, b, c) => [a, b, c, opacity([a, b, c])],
        3: (a) => [palette[a * 3], palette[a * 3 + 1], palette[a * 3 + 2], clear[a] ?? 255],
        4: (a, b) => [a, a, a, b],
        6: (a, b, c, d) => [a, b, c, d],
    }[colour];
};

// The first eight bits of each sample of a row.
const samplesOf = (row, depth, count) => {
    if (depth === 8) return row;
    if (depth === 16) return row.filter((_, at) => at % 2 === 0);
    return Uint8Array.from({ length: count }, (_, at) =>
        (row[(at * depth) >> 3] >> (8 - depth - ((at * depth) & 7))) & ((1 << depth) - 1));
};

// Red, green, blue and opacity of a PNG of this side, and whether other images follow; null of everything else.
export const pixelsOf = async (bytes, side) => {
    const chunks = chunksOf(bytes);
    const find = (kind) => chunks.find(([own]) => own === kind)?.[1];
    const header = find("IHDR");
    const view = header?.length === 13 ? new DataView(header.buffer, header.byteOffset, 13) : null;
    if (view?.getUint32(0) !== side || view.getUint32(4) !== side) return null;
    const [depth, colour, , , interlaced] = header.subarray(8);
    const channels = CHANNELS[colour];
    if (!channels || ![1, 2, 4, 8, 16].includes(depth)) return null;
    const passes = (interlaced ? PASSES : [[0, 0, 1, 1]]).map(([x, y, across, down]) =>
        ({ x, y, across, down, wide: Math.ceil((side - x) / across), high: Math.ceil((side - y) / down) }));
    const lengthOf = (wide) => Math.ceil((wide * channels * depth) / 8);
    const length = passes.reduce((sum, { wide, high }) => sum + high * (1 + lengthOf(wide)), 0);
    const packed = await unpackPixels(concat(...chunks.filter(([kind]) => kind === "IDAT").map(([, data]) => data)), length);
    if (!packed) return null;
    const colours = colourer(colour, depth, find("PLTE") ?? [], find("tRNS") ?? []);
    const rgba = new Uint8Array(side * side * 4);
    let from = 0;
    for (const { x, y, across, down, wide, high } of passes) {
        let above = new Uint8Array(lengthOf(wide));
        for (let line = 0; line < high; line++) {
            const row = packed.subarray(from + 1, from + 1 + above.length);
            if (packed[from] > 4) return null;
            unfilter(packed[from], row, above, Math.max((channels * depth) >> 3, 1));
            from += 1 + above.length;
            above = row;
            const samples = samplesOf(row, depth, wide * channels);
            for (let n = 0; n < wide; n++) {
                const own = n * channels;
                rgba.set(colours(samples[own], samples[own + 1], samples[own + 2], samples[own + 3]),
                    ((y + line * down) * side + x + n * across) * 4);
            }
        }
    }
    return { rgba, isAnimated: chunks.some(([kind]) => kind === "acTL") };
};
