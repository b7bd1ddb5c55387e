// ECDSA on P-256 (FIPS 186-5) over SHA-256: keys as Multikey texts, and signatures of two whole numbers side by side. All of
// it is public, so plain arithmetic does.

import { refuse } from "./refusal.mjs";
import { base58Decode, base58Encode, concat, hex } from "./bytes.mjs";
import { sha256 } from "./sha.mjs";

const P = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const BASE = {
    x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
    y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};
// The multicodec prefix of a P-256 key (varint of 0x1200).
const PREFIX = Uint8Array.of(0x80, 0x24);

const mod = (value, by = P) => ((value % by) + by) % by;

const number = (bytes) => BigInt(`0x${hex(bytes)}`);

// The inverse, by Euclid's algorithm.
const inverse = (value, by = P) => {
    let [a, b, x, y] = [mod(value, by), by, 1n, 0n];
    while (a > 1n) {
        const quotient = b / a;
        [a, b] = [b % a, a];
        [x, y] = [y - quotient * x, x];
    }
    return mod(x, by);
};

const power = (base, exponent) => {
    let result = 1n;
    for (let left = exponent, square = base; left > 0n; left >>= 1n, square = mod(square * square)) {
        if (left & 1n) result = mod(result * square);
    }
    return result;
};

// The sum of two points; null is the point at infinity.
const add = (a, b) => {
    if (!a || !b) return a ?? b;
    if (a.x === b.x && mod(a.y + b.y) === 0n) return null;
    const slope = a.x === b.x
        ? mod((3n * a.x * a.x - 3n) * inverse(2n * a.y))
        : mod((b.y - a.y) * inverse(b.x - a.x));
    const x = mod(slope * slope - a.x - b.x);
    return { x, y: mod(slope * (a.x - x) - a.y) };
};

const times = (scalar, point) => {
    let sum = null;
    for (const bit of scalar.toString(2)) {
        sum = add(sum, sum);
        if (bit === "1") sum = add(sum, point);
    }
    return sum;
};

const ySquared = (x) => mod(x * x * x - 3n * x + B);

// The point of a compressed key: its sign, and x.
const pointOf = ([sign, ...bytes]) => {
    const x = number(bytes);
    const square = ySquared(x);
    const root = power(square, (P + 1n) / 4n);
    const isPoint = (sign === 2 || sign === 3) && x < P && mod(root * root) === square;
    if (!isPoint) refuse("key-point");
    return { x, y: (root & 1n) === BigInt(sign & 1) ? root : P - root };
};

// The 33 bytes of a Multikey text of this curve; null for one of another kind.
export const p256Bytes = (multikey) => {
    const bytes = multikey.startsWith("z") ? base58Decode(multikey.slice(1), 35) : null;
    return bytes?.[0] === PREFIX[0] && bytes[1] === PREFIX[1] ? bytes.slice(2) : null;
};

// The Multikey text itself, if it names a point of the curve.
export const checkedP256 = (multikey) => pointOf(p256Bytes(multikey)) && multikey;

// The Multikey text of a JSON Web Key's coordinates, 32 bytes each.
export const p256OfCoordinates = (x, y) => {
    const isPoint = number(x) < P && mod(number(y) ** 2n) === ySquared(number(x)) && number(y) < P;
    return isPoint ? `z${base58Encode(concat(PREFIX, Uint8Array.of(2 + (y[31] & 1)), x))}` : refuse("key-point");
};

// Whether the signature (64 bytes) of this key (33 bytes) over the message is good.
export const p256Fits = (key, message, signature) => {
    const [r, s] = [number(signature.slice(0, 32)), number(signature.slice(32))];
    if (signature.length !== 64 || r === 0n || s === 0n || r >= ORDER || s >= ORDER) return false;
    const w = inverse(s, ORDER);
    const first = times(mod(number(sha256(message)) * w, ORDER), BASE);
    const point = add(first, times(mod(r * w, ORDER), pointOf(key)));
    return point !== null && mod(point.x, ORDER) === r;
};
