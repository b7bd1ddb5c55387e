// Bytes as text and back: UTF-8, hexadecimal, base64url and base58, each with one text for every bytes.

export const utf8 = (text) => new TextEncoder().encode(text);

// Throws for what is not UTF-8; a byte-order mark stays.
export const fromUtf8 = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

// A letter for each byte.
export const latin1 = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");

// The bytes without the mark that some editors write before UTF-8 text.
export const withoutMark = (bytes) =>
    bytes.subarray([0xef, 0xbb, 0xbf].every((byte, at) => bytes[at] === byte) ? 3 : 0);

const ASCII_SPACES = [0x09, 0x0a, 0x0c, 0x0d, 0x20];

// The bytes from the first that is no white space of ASCII, however many there are.
export const withoutSpace = (bytes) => {
    let at = 0;
    while (ASCII_SPACES.includes(bytes[at])) at += 1;
    return bytes.subarray(at);
};

export const concat = (...parts) => {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
    return whole;
};

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const sameBytes = (a, b) => hex(a) === hex(b);

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

export const base64urlEncode = (bytes) => {
    let text = "";
    for (let at = 0; at < bytes.length; at += 3) {
        const [a, b = 0, c = 0] = bytes.slice(at, at + 3);
        const bits = (a << 16) | (b << 8) | c;
        text += [18, 12, 6, 0].map((shift) => BASE64URL[(bits >> shift) & 63]).join("");
    }
    return text.slice(0, Math.ceil((bytes.length * 4) / 3));
};

// Null for other characters, an impossible length, or last bits that nobody writes.
export const base64urlDecode = (text) => {
    const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
    let [bits, count, at] = [0, 0, 0];
    for (const letter of text) {
        bits = ((bits & 0xfff) << 6) | BASE64URL.indexOf(letter);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes[at++] = bits >> count;
        }
    }
    return base64urlEncode(bytes) === text ? bytes : null;
};

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

const leading = (items, item) => {
    const other = items.findIndex((each) => each !== item);
    return other < 0 ? items.length : other;
};

export const base58Encode = (bytes) => {
    let value = BigInt(`0x0${hex(bytes)}`);
    let text = "";
    for (; value > 0n; value /= 58n) text = BASE58[Number(value % 58n)] + text;
    return "1".repeat(leading([...bytes], 0)) + text;
};

// Null unless the text stands for exactly this many bytes.
export const base58Decode = (text, length) => {
    const letters = [...text];
    if (letters.length > 2 * length || letters.some((letter) => !BASE58.includes(letter))) return null;
    const value = letters.reduce((sum, letter) => sum * 58n + BigInt(BASE58.indexOf(letter)), 0n);
    const digits = value ? value.toString(16) : "";
    const body = digits.padStart(digits.length + (digits.length % 2), "0");
    const zeros = leading(letters, "1");
    if (zeros + body.length / 2 !== length) return null;
    const bytes = new Uint8Array(length);
    for (let at = zeros; at < length; at++) bytes[at] = parseInt(body.substr((at - zeros) * 2, 2), 16);
    return bytes;
};

// A whole number of little-endian bytes.
export const littleEndian = (bytes) => BigInt(`0x${hex([...bytes].reverse())}`);

// A whole number of big-endian bytes.
export const bigEndian = (bytes) => BigInt(`0x0${hex(bytes)}`);

// A power by a modulus.
export const modularPower = (base, exponent, modulus) => {
    let result = 1n;
    for (let left = exponent, square = base % modulus; left > 0n; left >>= 1n, square = (square * square) % modulus) {
        if (left & 1n) result = (result * square) % modulus;
    }
    return result;
};
