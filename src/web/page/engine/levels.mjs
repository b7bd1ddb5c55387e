// The constant texts of every level that the page knows.

import { base64urlDecode, hex } from "./bytes.mjs";
import { unpackJson } from "./inflate.mjs";

// A version 8 UUID of the first bytes of a digest, as a URN.
export const urnOf = (digest) => {
    const bytes = digest.slice(0, 16);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return `urn:uuid:${hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}`;
};

// All levels: what fills the template's {level. } holes, with the digest's bytes and the days of validity.
export const levelsOf = (data) => unpackJson(data.levels).map((level) => {
    const digest = base64urlDecode(level.digest);
    return { ...level, digest, urn: urnOf(digest) };
});

// The levels whose digest begins with these bytes (hex).
export const levelsByReference = (data, reference) =>
    levelsOf(data).filter(({ digest }) => hex(digest.slice(0, 4)) === reference);
