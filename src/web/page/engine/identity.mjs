// Whether a badge is about the person who was named, as the program's badge/verify/identity.rs answers.

import { reason } from "./refusal.mjs";
import { hex, utf8 } from "./bytes.mjs";
import { sha256 } from "./sha.mjs";
import { asciiLower, checkedName, quoted, trimmed } from "./text.mjs";
import { textOf } from "./json.mjs";
import { identifiersOf, isHashed, isName, kindOf, namesOf } from "./summary.mjs";

const hashOf = (identifier) => textOf(identifier, "identityHash") ?? "";

const isEmail = (identifier) => textOf(identifier, "identityType") === "emailAddress";

// What somebody may compare who has the person in front of them.
const toCompare = ({ holder }) => {
    if (!holder.length) return reason("holder-unnamed");
    return holder.length === 1
        ? reason("holder-compare", { name: holder[0] })
        : reason("holder-compare-names", { count: holder.length, names: holder.join(", ") });
};

// The name with the apostrophe and the hyphen of a typewriter for those of typography, in lower case.
const typedName = (name) => checkedName(name)
    .replace(/[’ʼ‘\x60]/g, "'")
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, "-")
    .toLowerCase();

// Names are the same when they are so in NFC, without regard to case, spacing, and the kind of apostrophes and dashes.
const sameName = (a, b) => {
    try {
        return typedName(a) === typedName(b);
    } catch {
        return false;
    }
};

// A text in small letters, with capitals at its beginning and behind what is no letter.
const withInitials = (text) => text.toLowerCase().replace(/(^|[^\p{L}\p{N}])(\p{L})/gu, (all, front, letter) =>
    front + letter.toUpperCase());

// A text in small letters with a capital at its beginning.
const withCapital = (text) => {
    const [first = "", ...rest] = text;
    return first.toUpperCase() + rest.join("").toLowerCase();
};

// How an address may have been written when it was hashed: each side of the `@` as given, in small letters, and with
// capital initials.
const spellings = (given) => {
    const at = given.lastIndexOf("@");
    if (at < 0) return [given, given.toLowerCase()];
    const each = (side) => [side, side.toLowerCase(), withCapital(side), withInitials(side)];
    return each(given.slice(0, at)).flatMap((name) => each(given.slice(at + 1)).map((host) => `${name}@${host}`));
};

const fits = (identifier, given) => {
    const [text, own] = [trimmed(given), hashOf(identifier)];
    if (isHashed(identifier)) {
        const salt = textOf(identifier, "salt") ?? "";
        const hashes = spellings(text).map((each) => `sha256$${hex(sha256(utf8(each + salt)))}`);
        return own.startsWith("sha256$") && hashes.includes(asciiLower(own));
    }
    if (isName(identifier)) return sameName(own, given);
    if (isEmail(identifier)) return asciiLower(trimmed(own)) === asciiLower(text);
    return text !== "" && own === text;
};

// Whether `given` may be what an identifier hides that is hashed otherwise than by SHA-256.
const mayBeHidden = (identifiers, summary, given) => {
    const unread = (each) => isHashed(each) && !/^sha256\$[\da-f]{64}$/i.test(hashOf(each));
    return identifiers.some(unread) && (given.includes("@") || !summary.holder.length);
};

// A badge that bears nothing of that kind says neither yes nor no.
const another = (identifiers, { holder }, given) => {
    const name = quoted(given);
    const no = (code) => ({ is: "no", why: reason(code, { name, names: holder.join(", ") }) });
    const open = (code) => ({ is: "not-checked", why: reason(code, { name }) });
    if (name.includes("@")) return identifiers.some(isEmail) ? no("holder-other-e-mail") : open("holder-no-e-mail");
    return holder.length ? no("holder-other") : open("holder-no-name");
};

const found = (identifier, summary) => {
    if (isEmail(identifier)) return reason("holder-e-mail");
    if (isHashed(identifier)) return reason("holder-hashed");
    return isName(identifier)
        ? reason("holder-name", { compare: toCompare(summary) })
        : reason("holder-identifier", { kind: quoted(kindOf(identifier)) });
};

// Compares a name, or an e-mail address, with the badge's identifiers. Without one, says what to compare.
export const holderAnswer = (credential, summary, given) => {
    if (given === null) return { is: "not-checked", why: toCompare(summary) };
    const identifiers = identifiersOf(credential);
    const match = identifiers.find((identifier) => fits(identifier, given));
    if (match) return { is: "yes", why: found(match, summary) };
    if (namesOf(credential).some((name) => sameName(name, given))) {
        return { is: "yes", why: reason("holder-name", { compare: toCompare(summary) }) };
    }
    return mayBeHidden(identifiers, summary, given)
        ? { is: "not-checked", why: reason("holder-hidden") }
        : another(identifiers, summary, given);
};
