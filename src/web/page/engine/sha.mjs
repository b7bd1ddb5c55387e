// SHA-256 and SHA-512 (FIPS 180-4), synchronous: browsers lend theirs neither synchronously nor over plain HTTP.

const WORD = (1n << 64n) - 1n;

// The first 64 bits behind the point of a prime's square or cube root (FIPS 180-4, sections 4.2 and 5.3).
const fraction = (prime, degree) => {
    let root = 0n;
    for (let bit = 1n << 67n; bit > 0n; bit >>= 1n) {
        if ((root + bit) ** degree <= BigInt(prime) << (64n * degree)) root += bit;
    }
    return root & WORD;
};

const primes = (count) => {
    const found = [];
    for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime)) found.push(n);
    return found;
};

const CUBE_ROOTS = primes(80).map((prime) => fraction(prime, 3n));
const SQUARE_ROOTS = primes(8).map((prime) => fraction(prime, 2n));
const high32 = (word) => Number(word >> 32n);
const K256 = CUBE_ROOTS.slice(0, 64).map(high32);

// The message with its one bit, zeros and length, as whole blocks.
const padded = (bytes, block) => {
    const whole = new Uint8Array(Math.ceil((bytes.length + 1 + block / 8) / block) * block);
    whole.set(bytes);
    whole[bytes.length] = 0x80;
    new DataView(whole.buffer).setUint32(whole.length - 4, bytes.length * 8);
    return new DataView(whole.buffer);
};

const turn32 = (x, n) => (x >>> n) | (x << (32 - n));

export const sha256 = (bytes) => {
    const view = padded(bytes, 64);
    const state = SQUARE_ROOTS.map(high32);
    const w = new Int32Array(64);
    for (let block = 0; block < view.byteLength; block += 64) {
        for (let i = 0; i < 64; i++) {
            const [x, y] = [w[i - 15], w[i - 2]];
            w[i] = i < 16
                ? view.getInt32(block + 4 * i)
                : w[i - 16] + (turn32(x, 7) ^ turn32(x, 18) ^ (x >>> 3)) + w[i - 7]
                    + (turn32(y, 17) ^ turn32(y, 19) ^ (y >>> 10));
        }
        let [a, b, c, d, e, f, g, h] = state;
        for (let i = 0; i < 64; i++) {
            const one = h + (turn32(e, 6) ^ turn32(e, 11) ^ turn32(e, 25)) + ((e & f) ^ (~e & g)) + K256[i] + w[i];
            const two = (turn32(a, 2) ^ turn32(a, 13) ^ turn32(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
        }
        [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = (state[i] + word) | 0));
    }
    const digest = new DataView(new ArrayBuffer(32));
    state.forEach((word, i) => digest.setInt32(4 * i, word));
    return new Uint8Array(digest.buffer);
};

const turn64 = (x, n) => ((x >> n) | (x << (64n - n))) & WORD;

export const sha512 = (bytes) => {
    const view = padded(bytes, 128);
    const state = [...SQUARE_ROOTS];
    const w = [];
    for (let block = 0; block < view.byteLength; block += 128) {
        for (let i = 0; i < 80; i++) {
            const [x, y] = [w[i - 15], w[i - 2]];
            w[i] = i < 16
                ? view.getBigUint64(block + 8 * i)
                : (w[i - 16] + (turn64(x, 1n) ^ turn64(x, 8n) ^ (x >> 7n)) + w[i - 7]
                    + (turn64(y, 19n) ^ turn64(y, 61n) ^ (y >> 6n))) & WORD;
        }
        let [a, b, c, d, e, f, g, h] = state;
        for (let i = 0; i < 80; i++) {
            const one = h + (turn64(e, 14n) ^ turn64(e, 18n) ^ turn64(e, 41n)) + ((e & f) ^ (~e & g))
                + CUBE_ROOTS[i] + w[i];
            const two = (turn64(a, 28n) ^ turn64(a, 34n) ^ turn64(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
            [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & WORD, c, b, a, (one + two) & WORD];
        }
        [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = (state[i] + word) & WORD));
    }
    const digest = new DataView(new ArrayBuffer(64));
    state.forEach((word, i) => digest.setBigUint64(8 * i, word));
    return new Uint8Array(digest.buffer);
};
