// ECDSA on P-256 (FIPS 186-5) over SHA-256: keys as Multikey texts, and signatures of two whole numbers side by side. All of
// it is public, so plain arithmetic does.

import { refuse } from "./refusal.mjs";
import { base58Decode, base58Encode, bigEndian, concat, modularPower } from "./bytes.mjs";
import { sha256 } from "./sha.mjs";

const P256 = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const P256_B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const P256_BASE = {
    x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
    y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};
// The multicodec prefix of a P-256 key (varint of 0x1200).
const P256_PREFIX = Uint8Array.of(0x80, 0x24);

const p256Mod = (value, by = P256) => ((value % by) + by) % by;

// The inverse, by Euclid's algorithm.
const p256Inverse = (value, by = P256) => {
    let [a, b, x, y] = [p256Mod(value, by), by, 1n, 0n];
    while (a > 1n) {
        const quotient = b / a;
        [a, b] = [b % a, a];
        [x, y] = [y - quotient * x, x];
    }
    return p256Mod(x, by);
};

// The sum of two points; null is the point at infinity.
const p256Add = (a, b) => {
    if (!a || !b) return a ?? b;
    if (a.x === b.x && p256Mod(a.y + b.y) === 0n) return null;
    const slope = a.x === b.x
        ? p256Mod((3n * a.x * a.x - 3n) * p256Inverse(2n * a.y))
        : p256Mod((b.y - a.y) * p256Inverse(b.x - a.x));
    const x = p256Mod(slope * slope - a.x - b.x);
    return { x, y: p256Mod(slope * (a.x - x) - a.y) };
};

const p256Times = (scalar, point) => {
    let sum = null;
    for (const bit of scalar.toString(2)) {
        sum = p256Add(sum, sum);
        if (bit === "1") sum = p256Add(sum, point);
    }
    return sum;
};

const p256Square = (x) => p256Mod(x * x * x - 3n * x + P256_B);

// The point of a compressed key: its sign, and x.
const p256Point = ([sign, ...bytes]) => {
    const x = bigEndian(bytes);
    const square = p256Square(x);
    const root = modularPower(square, (P256 + 1n) / 4n, P256);
    const isPoint = (sign === 2 || sign === 3) && x < P256 && p256Mod(root * root) === square;
    if (!isPoint) refuse("key-point");
    return { x, y: (root & 1n) === BigInt(sign & 1) ? root : P256 - root };
};

// The 33 bytes of a Multikey text of this curve; null for one of another kind.
export const p256Bytes = (multikey) => {
    const bytes = multikey.startsWith("z") ? base58Decode(multikey.slice(1), 35) : null;
    return bytes?.[0] === P256_PREFIX[0] && bytes[1] === P256_PREFIX[1] ? bytes.slice(2) : null;
};

// The Multikey text itself, if it names a point of the curve.
export const checkedP256 = (multikey) => p256Point(p256Bytes(multikey)) && multikey;

// The Multikey text of a JSON Web Key's coordinates, 32 bytes each.
export const p256OfCoordinates = (x, y) => {
    const isPoint = bigEndian(x) < P256 && p256Mod(bigEndian(y) ** 2n) === p256Square(bigEndian(x)) && bigEndian(y) < P256;
    return isPoint ? `z${base58Encode(concat(P256_PREFIX, Uint8Array.of(2 + (y[31] & 1)), x))}` : refuse("key-point");
};

// Whether the signature (64 bytes) of this key (33 bytes) over the message is good.
export const p256Fits = (key, message, signature) => {
    const [r, s] = [bigEndian(signature.slice(0, 32)), bigEndian(signature.slice(32))];
    if (signature.length !== 64 || r === 0n || s === 0n || r >= P256_ORDER || s >= P256_ORDER) return false;
    const w = p256Inverse(s, P256_ORDER);
    const first = p256Times(p256Mod(bigEndian(sha256(message)) * w, P256_ORDER), P256_BASE);
    const point = p256Add(first, p256Times(p256Mod(r * w, P256_ORDER), p256Point(key)));
    return point !== null && p256Mod(point.x, P256_ORDER) === r;
};
