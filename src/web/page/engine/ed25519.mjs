// Ed25519: keys as Multikey texts, and signatures checked as strictly as the program does (ed25519-dalek's
// verify_strict), by WebCrypto where the browser has it, otherwise by the arithmetic of @noble/ed25519.

import * as noble from "../vendor/noble-ed25519.mjs";
import { refuse } from "./refusal.mjs";
import { base58Decode, concat, littleEndian, sameBytes, utf8 } from "./bytes.mjs";
import { sha512 } from "./sha.mjs";

// The point that bytes stand for, be it in an encoding that nobody writes; null where there is none.
const pointOf = (bytes) => {
    try {
        return noble.Point.fromBytes(bytes, true);
    } catch {
        return null;
    }
};

// Refuses bytes that are not the one encoding of a point, and points of small order.
export const checkKey = (bytes) => {
    const point = pointOf(bytes) ?? refuse("key-point");
    if (point.isSmallOrder()) refuse("key-weak");
    if (!sameBytes(point.toBytes(), bytes)) refuse("key-point");
    return bytes;
};

// The 32 bytes of a Multikey text: `z`, and base58 of 0xed, 0x01 and the key.
export const keyBytes = (multikey) => {
    const bytes = multikey.startsWith("z") ? base58Decode(multikey.slice(1), 34) : null;
    if (!bytes) refuse("key-form");
    if (bytes[0] !== 0xed || bytes[1] !== 1) refuse("key-kind");
    return checkKey(bytes.slice(2));
};

const byArithmetic = (key, message, signature) => {
    const { Point } = noble;
    const order = Point.CURVE().n;
    const r = signature.slice(0, 32);
    const k = littleEndian(sha512(concat(r, key, message))) % order;
    const s = littleEndian(signature.slice(32));
    // Without the cofactor, and by bytes, as verify_strict has it: R = s·B − k·A.
    const found = Point.BASE.multiply(s, false).subtract(pointOf(key).multiply(k, false));
    return sameBytes(found.toBytes(), r);
};

const byBrowser = async (key, message, signature) => {
    const { subtle } = globalThis.crypto;
    const imported = await subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
    return subtle.verify("Ed25519", imported, signature, message);
};

// RFC 8032, section 7.1, test 2: what a browser must accept, and with another message refuse, to be asked at all.
const KNOWN_KEY = "z6MkiaMbhXHNA4eJVCCj8dbzKzTgYDKf6crKgHVHid1F1WCT";
const KNOWN_SIGNATURE = "3w2b4gJH2VXfrwycUgMiE3TZJTztazKppFVojCQ9NDMDHq8PVTHxQdQovxMFxqeqeQf1xaADvhkj2nMuB1kzouA7";

const answersRightly = async () => {
    const ask = (message) => byBrowser(keyBytes(KNOWN_KEY), utf8(message), base58Decode(KNOWN_SIGNATURE, 64));
    try {
        return (await ask("r")) === true && (await ask("s")) === false;
    } catch {
        return false;
    }
};

let browserAnswers = null;

// Whether the signature (64 bytes) of this key (32 bytes, checked) over the message is good.
export const signatureFits = async (key, message, signature, { forceFallback }) => {
    const point = pointOf(signature.slice(0, 32));
    const small = !point || point.isSmallOrder();
    if (small || littleEndian(signature.slice(32)) >= noble.Point.CURVE().n) return false;
    const asked = [key, message, signature];
    if (forceFallback || !(await (browserAnswers ??= answersRightly()))) return byArithmetic(...asked);
    return byBrowser(...asked).catch(() => byArithmetic(...asked));
};
