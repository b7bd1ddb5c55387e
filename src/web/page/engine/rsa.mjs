// RSA signatures over SHA-256 (RFC 8017): PKCS #1 v1.5 and PSS. All of it is public, so plain arithmetic does.

import { refuse } from "./refusal.mjs";
import { base64urlDecode, bigEndian, concat, modularPower, sameBytes } from "./bytes.mjs";
import { sha256 } from "./sha.mjs";

const RSA_BITS_MIN = 2048;
const RSA_BITS_MAX = 4096;
const RSA_HASH_BYTES = 32;
// What stands before a SHA-256 digest (RFC 8017, section 9.2, note 1).
const DIGEST_INFO = Uint8Array.from(
    [0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20],
);

// The key of a JSON Web Key's modulus and exponent: { n, e, bits }.
export const rsaKey = (modulus, exponent) => {
    const [n, e] = [modulus, exponent].map((text) => bigEndian(base64urlDecode(text ?? "") ?? refuse("key-form")));
    const bits = n ? n.toString(2).length : 0;
    if (bits < RSA_BITS_MIN) refuse("key-weak");
    if (bits > RSA_BITS_MAX || e < 3n || !(e & 1n) || e >= 1n << 33n || !(n & 1n)) refuse("key-point");
    return { n, e, bits };
};

export const rsaBytes = (value, length) => {
    const digits = value.toString(16).padStart(2 * length, "0");
    return Uint8Array.from(digits.match(/../g), (two) => parseInt(two, 16));
};

// The encoded message that a signature stands for, in so many bytes; null where it is none of this key.
const rsaOpened = ({ n, e, bits }, signature, length) => {
    const s = bigEndian(signature);
    if (signature.length !== Math.ceil(bits / 8) || s >= n) return null;
    const message = modularPower(s, e, n);
    return message < 1n << BigInt(8 * length) ? rsaBytes(message, length) : null;
};

// RFC 8017, section 8.2.2.
export const rsaFits = (key, message, signature) => {
    const length = Math.ceil(key.bits / 8);
    const digest = concat(DIGEST_INFO, sha256(message));
    const padding = new Uint8Array(length - digest.length - 3).fill(0xff);
    const expected = concat(Uint8Array.of(0, 1), padding, Uint8Array.of(0), digest);
    const found = rsaOpened(key, signature, length);
    return found !== null && sameBytes(found, expected);
};

const pssMask = (seed, length) => {
    const blocks = Array.from({ length: Math.ceil(length / RSA_HASH_BYTES) }, (_, at) =>
        sha256(concat(seed, Uint8Array.of(at >>> 24, at >>> 16, at >>> 8, at))));
    return concat(...blocks).slice(0, length);
};

// RFC 8017, section 8.1.2, with a salt as long as the digest.
export const pssFits = (key, message, signature) => {
    const bits = key.bits - 1;
    const length = Math.ceil(bits / 8);
    const found = rsaOpened(key, signature, length);
    if (!found || found.at(-1) !== 0xbc) return false;
    const [masked, digest] = [found.slice(0, length - RSA_HASH_BYTES - 1), found.slice(length - RSA_HASH_BYTES - 1, -1)];
    const first = 0xff >> (8 * length - bits);
    if (masked[0] & ~first) return false;
    const plain = masked.map((byte, at) => byte ^ pssMask(digest, masked.length)[at]);
    plain[0] &= first;
    const saltAt = plain.length - RSA_HASH_BYTES;
    if (plain[saltAt - 1] !== 1 || plain.slice(0, saltAt - 1).some((byte) => byte !== 0)) return false;
    return sameBytes(sha256(concat(new Uint8Array(8), sha256(message), plain.slice(saltAt))), digest);
};
