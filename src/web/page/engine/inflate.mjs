// Unpacks what the page carries: JSON as raw deflate (RFC 1951) in base64url. Every browser can inflate, but only while
// something waits; this does it at once.

import { base64urlDecode, fromUtf8 } from "./bytes.mjs";

// Extra bits of lengths and distances, and their bases (RFC 1951, section 3.2.5).
const LENGTH_BITS = Array.from({ length: 29 }, (_, at) => (at < 8 || at === 28 ? 0 : (at >> 2) - 1));
const DISTANCE_BITS = Array.from({ length: 30 }, (_, at) => (at < 4 ? 0 : (at >> 1) - 1));
const bases = (bits, first) => bits.map((_, at) => bits.slice(0, at).reduce((sum, each) => sum + (1 << each), first));
const LENGTHS = bases(LENGTH_BITS, 3).fill(258, 28);
const DISTANCES = bases(DISTANCE_BITS, 1);
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

// A Huffman code by the lengths of its words: how many there are of each length, and what they stand for, in order.
const huffman = (lengths) => {
    const byLength = Array.from({ length: 16 }, () => []);
    lengths.forEach((length, symbol) => length && byLength[length].push(symbol));
    return byLength;
};

const FIXED = [...Array(144).fill(8), ...Array(112).fill(9), ...Array(24).fill(7), ...Array(8).fill(8)];

class Inflater {
    constructor(bytes) {
        this.bytes = bytes;
        this.bit = 0;
        this.out = [];
    }

    bits(count) {
        let value = 0;
        for (let at = 0; at < count; at++, this.bit++) {
            value |= ((this.bytes[this.bit >> 3] >> (this.bit & 7)) & 1) << at;
        }
        return value;
    }

    symbol(code) {
        let word = 0;
        for (const symbols of code.slice(1)) {
            word = (word << 1) | this.bits(1);
            if (word < symbols.length) return symbols[word];
            word -= symbols.length;
        }
        throw new Error("a damaged page");
    }

    codes() {
        const [literals, distances, count] = [this.bits(5) + 257, this.bits(5) + 1, this.bits(4) + 4];
        const order = Array(19).fill(0);
        CODE_ORDER.slice(0, count).forEach((place) => (order[place] = this.bits(3)));
        const code = huffman(order);
        const lengths = [];
        while (lengths.length < literals + distances) {
            const symbol = this.symbol(code);
            if (symbol < 16) lengths.push(symbol);
            else if (symbol === 16) lengths.push(...Array(3 + this.bits(2)).fill(lengths.at(-1)));
            else lengths.push(...Array(symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7)).fill(0));
        }
        return [huffman(lengths.slice(0, literals)), huffman(lengths.slice(literals))];
    }

    block([literals, distances]) {
        for (let symbol = this.symbol(literals); symbol !== 256; symbol = this.symbol(literals)) {
            if (symbol < 256) this.out.push(symbol);
            else this.copy(symbol - 257, distances);
        }
    }

    copy(place, distances) {
        const length = LENGTHS[place] + this.bits(LENGTH_BITS[place]);
        const far = this.symbol(distances);
        const distance = DISTANCES[far] + this.bits(DISTANCE_BITS[far]);
        for (let at = 0; at < length; at++) this.out.push(this.out.at(-distance));
    }

    stored() {
        const start = (this.bit + 7) >> 3;
        const end = start + 4 + this.bytes[start] + 256 * this.bytes[start + 1];
        this.out.push(...this.bytes.slice(start + 4, end));
        this.bit = 8 * end;
    }

    whole() {
        for (let last = 0; !last; ) {
            last = this.bits(1);
            const kind = this.bits(2);
            if (kind === 0) this.stored();
            else this.block(kind === 1 ? [huffman(FIXED), huffman(Array(30).fill(5))] : this.codes());
        }
        return Uint8Array.from(this.out);
    }
}

const unpackedTexts = new Map();

// The value that was packed; each text is unpacked once.
export const unpackJson = (text) => {
    if (!unpackedTexts.has(text)) {
        unpackedTexts.set(text, JSON.parse(fromUtf8(new Inflater(base64urlDecode(text)).whole())));
    }
    return unpackedTexts.get(text);
};
