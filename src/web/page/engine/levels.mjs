// The constant texts of everything that the page knows: levels, milestones of practice, courses.

import { base64urlDecode, hex } from "./bytes.mjs";
import { unpackJson } from "./inflate.mjs";

// A version 8 UUID of the first bytes of a digest, as a URN.
export const urnOf = (digest) => {
    const bytes = digest.slice(0, 16);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return `urn:uuid:${hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}`;
};

// All of them: what fills the template's {level. } holes, with the digest's first bytes and the days of validity. Members
// whose value is a number are places among what levels share; texts there have signs for a level's own numbers.
export const levelsOf = (data) => {
    const { shared, levels } = unpackJson(data.levels);
    return levels.map((packed) => {
        const numbers = { "{s}": packed.min_speed, "{a}": packed.min_accuracy };
        const value = (member) => {
            const found = typeof member === "number" ? shared[member] : member;
            return typeof found === "string" ? found.replace(/\{[sa]\}/g, (sign) => numbers[sign]) : found;
        };
        const level = Object.fromEntries(Object.entries(packed).map(([name, member]) => [name, value(member)]));
        const digest = base64urlDecode(level.digest);
        return { ...level, digest, urn: urnOf(digest) };
    });
};

// What kind of achievement one is: a test at a level, practice or a course.
export const kindOfLevel = ({ kind }) => (kind === "practice" || kind === "course" ? kind : "test");

// Those of a kind whose digest begins with these bytes (hex).
export const levelsByReference = (data, reference, kind) => levelsOf(data)
    .filter((level) => kindOfLevel(level) === kind && hex(level.digest.slice(0, 4)) === reference);
