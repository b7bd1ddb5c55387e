// Reads a QR code whose modules are known one by one, as the program's badge/carry/symbol/read.rs: nothing is corrected,
// and what a scanner would have to correct is not read.

const VERSION_BITS = [0x07c94, 0x085bc, 0x09a99, 0x0a4d3];
// Codewords of error correction in each block, and blocks, by level (L, M, Q, H) and version.
const CORRECTION = [
    [7, 10, 15, 20, 26, 18, 20, 24, 30, 18],
    [10, 16, 26, 18, 24, 16, 18, 22, 22, 26],
    [13, 22, 18, 26, 18, 24, 18, 22, 20, 24],
    [17, 28, 22, 16, 22, 28, 26, 26, 24, 28],
];
const BLOCKS = [
    [1, 1, 1, 1, 1, 2, 2, 2, 2, 4],
    [1, 1, 1, 2, 2, 4, 4, 4, 5, 5],
    [1, 1, 2, 2, 4, 4, 6, 6, 8, 8],
    [1, 1, 2, 4, 4, 4, 5, 6, 8, 8],
];
const ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const MASKS = [
    (x, y) => (x + y) % 2,
    (x, y) => y % 2,
    (x) => x % 3,
    (x, y) => (x + y) % 3,
    (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
    (x, y) => ((x * y) % 2) + ((x * y) % 3),
    (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
    (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

const range = (count) => Array.from({ length: count }, (_, at) => at);
const farther = (dx, dy) => Math.max(Math.abs(dx), Math.abs(dy));

// The colour of a module that is the same in every code of a size; undefined of those with data, and of the format.
const fixedModule = (size, x, y) => {
    const [version, last] = [(size - 17) / 4, size - 7];
    for (const [left, top] of [[0, 0], [last, 0], [0, last]]) {
        const far = farther(x - left - 3, y - top - 3);
        if (far <= 4) return far !== 2 && far !== 4;
    }
    if (x === 8 && y === size - 8) return true;
    const [long, short] = [Math.min(x, y), Math.max(x, y) - (size - 11)];
    if (version >= 7 && long < 6 && short >= 0 && short < 3) {
        return ((VERSION_BITS[version - 7] >> (long * 3 + short)) & 1) === 1;
    }
    const places = version < 2 ? [] : version < 7 ? [6, last] : [6, (6 + last) / 2, last];
    const [left, top] = [x, y].map((at) => places.find((place) => Math.abs(place - at) <= 2));
    const isOnFinder = (left === 6 && (top === 6 || top === last)) || (left === last && top === 6);
    if (left !== undefined && top !== undefined && !isOnFinder) return farther(x - left, y - top) !== 1;
    return x === 6 || y === 6 ? (x + y) % 2 === 0 : undefined;
};

const isFormat = (size, x, y) => {
    const isNear = (at) => at < 9 && at !== 6;
    return (x === 8 && (isNear(y) || y + 7 >= size)) || (y === 8 && (isNear(x) || x + 8 >= size));
};

// Level and mask, where both copies say the same and are whole.
const formatOf = (rows) => {
    const size = rows.length;
    const first = (bit) => (bit < 6 ? [8, bit] : bit < 8 ? [8, bit + 1] : bit < 9 ? [7, 8] : [14 - bit, 8]);
    const second = (bit) => (bit < 8 ? [size - 1 - bit, 8] : [8, size - 15 + bit]);
    const [one, other] = [first, second].map((place) => range(15).reduce((bits, bit) => {
        const [x, y] = place(bit);
        return bits | (rows[y][x] << bit);
    }, 0) ^ 0x5412);
    const data = one >> 10;
    const check = range(10).reduce((rest) => (rest << 1) ^ ((rest >> 9) * 0x537), data);
    return one === other && one === ((data << 10) | check) ? { level: [1, 0, 3, 2][data >> 3], mask: data & 7 } : null;
};

// The codewords in the order in which they are drawn.
const codewordsOf = (rows, mask) => {
    const size = rows.length;
    const bits = [];
    const rights = range((size - 1) / 2).map((pair) => size - 1 - 2 * pair).map((x) => (x <= 6 ? x - 1 : x));
    for (const [pair, right] of rights.entries()) {
        for (const step of range(size)) {
            const y = pair % 2 === 0 ? size - 1 - step : step;
            for (const x of [right, right - 1]) {
                if (fixedModule(size, x, y) === undefined && !isFormat(size, x, y)) {
                    bits.push(rows[y][x] !== (MASKS[mask](x, y) === 0) ? 1 : 0);
                }
            }
        }
    }
    return range(bits.length >> 3).map((at) => parseInt(bits.slice(at * 8, at * 8 + 8).join(""), 2));
};

// The product of two elements of the field of 256.
const times = (a, b) => range(8).reduce((product, bit) => {
    const doubled = (product << 1) ^ ((product >> 7) * 0x11d);
    return doubled ^ (((b >> (7 - bit)) & 1) * a);
}, 0);

// Whether a block is a word of its code: it is 0 at each of the code's zeros.
const isWhole = (block, correction) => {
    let zero = 1;
    return range(correction).every(() => {
        const value = block.reduce((sum, word) => times(sum, zero) ^ word, 0);
        zero = times(zero, 2);
        return value === 0;
    });
};

// The codewords with data, in their order; null where a block is not whole.
const dataOf = (codewords, correction, blocks) => {
    const least = Math.floor(codewords.length / blocks) - correction;
    const long = codewords.length % blocks;
    const parts = range(blocks).map((block) => {
        const at = [
            ...range(least).map((row) => row * blocks + block),
            ...(block + long >= blocks ? [least * blocks + block + long - blocks] : []),
        ];
        const check = range(correction).map((row) => (least + row) * blocks + long + block);
        const words = [...at, ...check].map((place) => codewords[place]);
        return isWhole(words, correction) ? words.slice(0, at.length) : null;
    });
    return parts.includes(null) ? null : parts.flat();
};

// The text of the data; null where it is not ASCII in the modes that links have.
const symbolText = (data, version) => {
    const bits = data.map((word) => word.toString(2).padStart(8, "0")).join("");
    let at = 0;
    const take = (count) => {
        at += count;
        return at > bits.length ? null : parseInt(bits.slice(at - count, at), 2);
    };
    const wide = version >= 10 ? 2 : 0;
    let text = "";
    for (;;) {
        const mode = take(4);
        if (!mode) return text;
        const lengths = { 1: 10 + wide, 2: 9 + wide, 4: 8 + 4 * wide };
        let left = lengths[mode] ? take(lengths[mode]) : null;
        if (left === null) return null;
        while (left > 0) {
            const count = Math.min(left, { 1: 3, 2: 2, 4: 1 }[mode]);
            const value = take({ 1: count * 3 + 1, 2: count * 5 + 1, 4: 8 }[mode]);
            if (value === null || value >= { 1: 10 ** count, 2: 45 ** count, 4: 128 }[mode]) return null;
            const pair = () => (count > 1 ? ALPHANUMERIC[Math.floor(value / 45)] : "") + ALPHANUMERIC[value % 45];
            text += mode === 1 ? String(value).padStart(count, "0") : mode === 2 ? pair() : String.fromCharCode(value);
            left -= count;
        }
    }
};

// The text of a code of version 1 to 10, row by row, true for dark; null for one that has a module other than it should be.
export const readSymbol = (rows) => {
    const size = rows.length;
    const version = (size - 17) / 4;
    const isSquare = Number.isInteger(version) && version >= 1 && version <= 10 && rows.every((row) => row.length === size);
    const isSound = () => rows.every((row, y) => row.every((dark, x) => (fixedModule(size, x, y) ?? dark) === dark));
    const format = isSquare && isSound() ? formatOf(rows) : null;
    if (!format) return null;
    const [correction, blocks] = [CORRECTION, BLOCKS].map((table) => table[format.level][version - 1]);
    const data = dataOf(codewordsOf(rows, format.mask), correction, blocks);
    return data && symbolText(data, version);
};
