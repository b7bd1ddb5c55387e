// The constant texts of every level that the page knows, unpacked from the form in which the page carries them.

import { base64urlDecode, hex } from "./bytes.mjs";

// Unfolds a packed text: each symbol stands for a pair of symbols or letters before it.
export const unpack = ({ symbols, pairs, text }) => {
    const known = new Map();
    const word = (symbol) => known.get(symbol) ?? symbol;
    const letters = [...pairs];
    [...symbols].forEach((symbol, at) => known.set(symbol, word(letters[2 * at]) + word(letters[2 * at + 1])));
    return Array.from(text, word).join("");
};

// A version 8 UUID of the first bytes of a digest, as a URN.
export const urnOf = (digest) => {
    const bytes = digest.slice(0, 16);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return `urn:uuid:${hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}`;
};

const unpacked = new WeakMap();

const withUrn = (level) => {
    const digest = base64urlDecode(level.digest);
    return { ...level, digest: hex(digest), urn: urnOf(digest) };
};

// All levels: what fills the template's {level. } holes, with the digest (hex) and the days of validity.
export const levelsOf = (data) => {
    if (!unpacked.has(data)) unpacked.set(data, JSON.parse(unpack(data.levels)).map(withUrn));
    return unpacked.get(data);
};

// The levels whose digest begins with these bytes (hex).
export const levelsByReference = (data, reference) =>
    levelsOf(data).filter(({ digest }) => digest.startsWith(reference));
