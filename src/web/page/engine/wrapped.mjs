// What people have around a badge, as the program's badge/verify/wrapped.rs takes it off.

import { refuseOpen } from "./refusal.mjs";
import { fromUtf8, utf8 } from "./bytes.mjs";
import { isObject, isText, listOf, textOf } from "./json.mjs";
import { repeated } from "./text.mjs";

const WRAPPED_MAX = 4;
const OPEN_BADGES_2_CONTEXTS = "https://w3id.org/openbadges/v";
const WRAPPED_NAMES = ["credential", "verifiableCredential", "verifiablePresentation"];

// The bytes as UTF-8, if they begin with the mark of UTF-16.
export const asUtf8 = (bytes) => {
    const label = { "255,254": "utf-16le", "254,255": "utf-16be" }[bytes.slice(0, 2).join()];
    if (!label || bytes.length % 2) return bytes;
    try {
        return utf8(new TextDecoder(label, { fatal: true }).decode(bytes));
    } catch {
        return bytes;
    }
};

// The text of the bytes; null for what is not UTF-8.
export const textOfBytes = (bytes) => {
    try {
        return fromUtf8(bytes);
    } catch {
        return null;
    }
};

// What lies one layer deeper; undefined where there is no layer.
const wrappedIn = (value) => {
    if (Array.isArray(value)) {
        if (value.length > 1) refuseOpen("wrapped-several", { count: value.length });
        return value[0];
    }
    if (!isObject(value)) return undefined;
    const isPlain = !("credentialSubject" in value) && !("proof" in value);
    const isPresentation = listOf(value.type).includes("VerifiablePresentation");
    const name = isPlain || isPresentation ? WRAPPED_NAMES.find((each) => each in value) : undefined;
    return name === undefined ? undefined : value[name];
};

const refuseOlder = (value) => {
    const contexts = isObject(value) ? listOf(value["@context"]) : [];
    if (!contexts.some((url) => isText(url) && url.startsWith(OPEN_BADGES_2_CONTEXTS))) return;
    const id = textOf(value, "id");
    if (id?.startsWith("http")) refuseOpen("older-hosted", { url: repeated(id) });
    refuseOpen("older-badge");
};

// Takes the one badge out of what is around it: a credential, or the text of a token.
export const opened = (given) => {
    let value = given;
    for (let layers = 0; layers < WRAPPED_MAX; layers++) {
        const inner = wrappedIn(value);
        if (inner === undefined) {
            refuseOlder(value);
            return value;
        }
        value = inner;
    }
    return value;
};
