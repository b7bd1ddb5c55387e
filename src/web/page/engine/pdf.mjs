// Takes the badge out of a PDF document to which it is attached, as badge/carry/bake/pdf.rs does: what one takes the other
// takes.

import { refuse, refuseOpen } from "./refusal.mjs";
import { fromUtf8, latin1, withoutMark, withoutSpace } from "./bytes.mjs";

// As in badge/carry/bake/pdf.rs and below it, with the reasons there.
const PDF_OBJECTS_MAX = 100_000;
const PDF_ATTACHMENTS_MAX = 64;
const PDF_DEPTH_MAX = 32;
const PDF_MEMBERS_MAX = 4096;
const PDF_END_WITHIN = 2048;
const PDF_UPDATES_MAX = 256;
const PDF_UNPACKED_MAX = 4 << 20;
const PDF_ALL_UNPACKED_MAX = 32 << 20;

const PDF_SPACES = [0, 9, 10, 12, 13, 32];
const PDF_DELIMITERS = [..."()<>[]{}/%"].map((letter) => letter.charCodeAt(0));
const [PDF_PERCENT, PDF_SLASH, PDF_LESS, PDF_GREATER, PDF_TEXT, PDF_TEXT_ENDS] = [0x25, 0x2f, 0x3c, 0x3e, 0x28, 0x29];
const [PDF_LIST, PDF_LIST_ENDS, PDF_BACKSLASH, PDF_BRACE] = [0x5b, 0x5d, 0x5c, 0x7b];

const damagedPdf = () => refuse("bake-pdf-damaged");
const packedPdf = () => refuseOpen("bake-pdf-packed");
const tooManyObjects = (most) => refuseOpen("bake-parts", { most });

const isRegular = (byte) => byte !== undefined && !PDF_SPACES.includes(byte) && !PDF_DELIMITERS.includes(byte);

// -- Objects: a number, { name }, a list, a Map, { to } for a reference, null for anything else.

const isCount = (value) => typeof value === "number" && value >= 0;

// The number under a name of a dictionary, or undefined.
const countOf = (dictionary, name) => {
    const value = dictionary instanceof Map ? dictionary.get(name) : undefined;
    return isCount(value) ? value : undefined;
};

const referenceOf = (dictionary, name) => (dictionary instanceof Map ? dictionary.get(name)?.to : undefined);

const isCalled = (dictionary, wanted) => dictionary instanceof Map && dictionary.get("Type")?.name === wanted;

class PdfReader {
    constructor(bytes, at) {
        this.bytes = bytes;
        this.at = at;
    }

    peek(ahead = 0) {
        return this.bytes[this.at + ahead];
    }

    space() {
        for (;;) {
            const byte = this.peek();
            if (byte === PDF_PERCENT) while (![undefined, 10, 13].includes(this.peek())) this.at += 1;
            else if (PDF_SPACES.includes(byte)) this.at += 1;
            else return;
        }
    }

    regular() {
        const start = this.at;
        while (isRegular(this.peek())) this.at += 1;
        return latin1(this.bytes.subarray(start, this.at));
    }

    word() {
        this.space();
        return this.regular();
    }

    takes(word) {
        const before = this.at;
        if (this.word() === word) return true;
        this.at = before;
        return false;
    }

    number() {
        const word = this.word();
        return /^\d{1,10}$/.test(word) ? Number(word) : damagedPdf();
    }

    object(depth = 0) {
        this.space();
        const [first, second] = [this.peek(), this.peek(1)];
        if (depth > PDF_DEPTH_MAX) damagedPdf();
        if (first === PDF_SLASH) return { name: this.name() };
        if (first === PDF_LESS) return second === PDF_LESS ? this.dictionary(depth) : this.hexText();
        if (first === PDF_TEXT) return this.text();
        return first === PDF_LIST ? this.list(depth) : this.plain();
    }

    name() {
        this.at += 1;
        return this.regular().replace(/#(..)?/gs, (_, code) =>
            /^[\da-f]{2}$/i.test(code ?? "") ? String.fromCharCode(parseInt(code, 16)) : damagedPdf());
    }

    dictionary(depth) {
        this.at += 2;
        const members = new Map();
        for (this.space(); this.peek() !== PDF_GREATER || this.peek(1) !== PDF_GREATER; this.space()) {
            if (this.peek() !== PDF_SLASH) damagedPdf();
            const name = this.name();
            const value = this.object(depth + 1);
            if (members.size === PDF_MEMBERS_MAX || members.has(name)) damagedPdf();
            members.set(name, value);
        }
        this.at += 2;
        return members;
    }

    list(depth) {
        this.at += 1;
        const items = [];
        for (this.space(); this.peek() !== PDF_LIST_ENDS; this.space()) items.push(this.object(depth + 1));
        this.at += 1;
        return items;
    }

    hexText() {
        while (this.peek() !== PDF_GREATER) {
            if (this.peek() === undefined) damagedPdf();
            this.at += 1;
        }
        this.at += 1;
        return null;
    }

    text() {
        let open = 0;
        do {
            const byte = this.peek() ?? damagedPdf();
            if (byte === PDF_BACKSLASH) this.at += 1;
            if (byte === PDF_TEXT) open += 1;
            if (byte === PDF_TEXT_ENDS) open -= 1;
            this.at += 1;
        } while (open > 0);
        return null;
    }

    plain() {
        const word = this.word();
        if (/^-\d{1,10}$/.test(word)) return Number(word);
        if (!/^\d{1,10}$/.test(word)) return /^(true|false|null|[\d+.-]+)$/.test(word) ? null : damagedPdf();
        const before = this.at;
        if (/^\d{1,10}$/.test(this.word()) && this.word() === "R") {
            return Number(word) < 2 ** 32 ? { to: Number(word) } : damagedPdf();
        }
        this.at = before;
        return Number(word);
    }
}

// -- Streams

// Inflates up to `most` bytes, and says whether that is all. The frame around the data (RFC 1950) is two bytes before and a
// checksum of four behind, for which a badge has better ones.
const inflated = async (packed, most) => {
    const [method, flags] = packed;
    const isFramed = packed.length > 6 && (method & 15) === 8 && (method * 256 + flags) % 31 === 0 && !(flags & 32);
    if (!isFramed) damagedPdf();
    const data = new Blob([packed.subarray(2, -4)]);
    const reader = data.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    const bytes = new Uint8Array(most);
    let size = 0;
    for (;;) {
        const { done, value } = await reader.read().catch(damagedPdf);
        if (done) return { bytes: bytes.subarray(0, size), isWhole: true };
        bytes.set(value.subarray(0, most - size), size);
        size += value.length;
        if (size > most) {
            await reader.cancel().catch(() => {});
            return { bytes, isWhole: false };
        }
    }
};

// Undoes the prediction of bytes from those to the left and above.
const unpredicted = (parameters, bytes) => {
    const predictor = countOf(parameters, "Predictor") ?? 1;
    if (predictor === 1) return bytes;
    const columns = countOf(parameters, "Columns") ?? 1;
    const isPlain = (countOf(parameters, "Colors") ?? 1) === 1 && (countOf(parameters, "BitsPerComponent") ?? 8) === 8;
    const fits = columns > 0 && columns <= PDF_UNPACKED_MAX && bytes.length % (columns + 1) === 0;
    if (predictor < 10 || !isPlain || !fits) packedPdf();
    const rows = bytes.length / (columns + 1);
    const out = new Uint8Array(rows * columns);
    for (let row = 0; row < rows; row++) {
        const kind = bytes[row * (columns + 1)];
        if (kind > 2) packedPdf();
        for (let column = 0; column < columns; column++) {
            const at = row * columns + column;
            const left = kind === 1 && column > 0 ? out[at - 1] : 0;
            const above = kind === 2 && row > 0 ? out[at - columns] : 0;
            out[at] = bytes[row * (columns + 1) + 1 + column] + left + above;
        }
    }
    return out;
};

// Unpacks a stream that is not packed, or by deflate alone: { bytes, isWhole }.
const unpackStream = async (dictionary, data, most) => {
    const alone = (name) => {
        const value = dictionary instanceof Map ? dictionary.get(name) : undefined;
        if (!Array.isArray(value)) return value;
        return value.length < 2 ? value[0] : packedPdf();
    };
    const [filter, parameters] = [alone("Filter"), alone("DecodeParms")];
    if (filter === undefined) return { bytes: data.subarray(0, most), isWhole: data.length <= most };
    if (filter?.name !== "FlateDecode") packedPdf();
    const found = await inflated(data, most);
    return found.isWhole && parameters !== undefined
        ? { bytes: unpredicted(parameters, found.bytes), isWhole: true }
        : found;
};

const wholeStream = async (dictionary, data) => {
    const { bytes, isWhole } = await unpackStream(dictionary, data, PDF_UNPACKED_MAX);
    return isWhole ? bytes : packedPdf();
};

// -- Where objects are: { at }, { stream, index }, or null for one that was deleted.

class PdfFile {
    constructor(bytes) {
        this.bytes = bytes;
        this.places = new Map();
        this.streams = new Map();
        this.unpacked = 0;
    }

    // Reads where everything is, the newest addition first, and gives the number of the catalogue.
    async open() {
        const seen = new Set();
        let root;
        for (let at = this.lastTable(); at !== undefined; ) {
            if (seen.has(at) || seen.size === PDF_UPDATES_MAX) damagedPdf();
            seen.add(at);
            const trailer = await this.table(at);
            if (trailer instanceof Map && trailer.has("Encrypt")) refuseOpen("bake-pdf-encrypted");
            const hidden = countOf(trailer, "XRefStm");
            if (hidden !== undefined) await this.table(hidden);
            root ??= referenceOf(trailer, "Root");
            at = countOf(trailer, "Prev");
        }
        return root ?? damagedPdf();
    }

    lastTable() {
        const from = Math.max(0, this.bytes.length - PDF_END_WITHIN);
        const tail = latin1(this.bytes.subarray(from));
        const [start, end] = [tail.lastIndexOf("startxref"), tail.lastIndexOf("%%EOF")];
        if (start < 0 || end < start) refuse("bake-pdf-cut");
        const reader = new PdfReader(this.bytes, from + start);
        reader.word();
        return reader.number();
    }

    async table(at) {
        const reader = new PdfReader(this.bytes, at);
        if (!reader.takes("xref")) return this.tableStream(at);
        while (!reader.takes("trailer")) {
            const [first, count] = [reader.number(), reader.number()];
            for (let number = first; number < first + count; number++) {
                const [place] = [reader.number(), reader.number()];
                const kind = reader.word();
                if (kind !== "n" && kind !== "f") damagedPdf();
                this.put(number, kind === "n" ? { at: place } : null);
            }
        }
        return reader.object();
    }

    async tableStream(at) {
        const { dictionary, data } = this.streamAt(at);
        if (!isCalled(dictionary, "XRef")) damagedPdf();
        const bytes = await wholeStream(dictionary, data);
        const numbers = (name) => {
            const value = dictionary.get(name);
            return value === undefined || (Array.isArray(value) && value.every(isCount)) ? value : damagedPdf();
        };
        const [kind, first, second, ...more] = numbers("W") ?? damagedPdf();
        const width = kind + first + second;
        if (second === undefined || more.length || kind > 1 || first > 6 || second > 6 || width === 0) damagedPdf();
        const sections = numbers("Index") ?? [0, countOf(dictionary, "Size") ?? damagedPdf()];
        let row = 0;
        const field = (from, length) =>
            bytes.subarray(row + from, row + from + length).reduce((value, byte) => value * 256 + byte, 0);
        for (let each = 0; each < sections.length; each += 2) {
            const [start, count] = [sections[each], sections[each + 1] ?? damagedPdf()];
            for (let number = start; number < start + count; number++, row += width) {
                if (row + width > bytes.length) damagedPdf();
                const what = kind === 0 ? 1 : field(0, 1);
                if (what > 2) damagedPdf();
                const [one, two] = [field(kind, first), field(kind + first, second)];
                if (what === 2 && one >= 2 ** 32) damagedPdf();
                this.put(number, [null, { at: one }, { stream: one, index: two }][what]);
            }
        }
        return dictionary;
    }

    // Notes where an object is, unless a newer table has said so.
    put(number, place) {
        if (number >= 2 ** 32) damagedPdf();
        if (!this.places.has(number)) this.places.set(number, place);
        if (this.places.size > PDF_OBJECTS_MAX) tooManyObjects(PDF_OBJECTS_MAX);
    }

    // The object of this number; undefined where there is none.
    async object(number) {
        const place = this.places.get(number);
        if (!place) return undefined;
        if (place.stream !== undefined) return this.packedObject(number, place);
        return this.begin(place.at, number).object();
    }

    begin(at, wanted) {
        const reader = new PdfReader(this.bytes, at);
        const [number] = [reader.number(), reader.number()];
        return (wanted === undefined || number === wanted) && reader.takes("obj") ? reader : damagedPdf();
    }

    async packedObject(number, { stream, index }) {
        if (!this.streams.has(stream)) {
            const opened = await this.openStream(stream);
            this.unpacked += opened.bytes.length;
            if (this.unpacked > PDF_ALL_UNPACKED_MAX) packedPdf();
            this.streams.set(stream, opened);
        }
        const { places, bytes } = this.streams.get(stream);
        const [own, at] = places[index] ?? damagedPdf();
        return own === number ? new PdfReader(bytes, at).object() : damagedPdf();
    }

    async openStream(stream) {
        const { number, dictionary, data } = this.streamAt(this.places.get(stream)?.at ?? damagedPdf());
        const [count, first] = ["N", "First"].map((name) => countOf(dictionary, name) ?? damagedPdf());
        if (count > PDF_OBJECTS_MAX || number !== stream || !isCalled(dictionary, "ObjStm")) damagedPdf();
        const bytes = await wholeStream(dictionary, data);
        const reader = new PdfReader(bytes, 0);
        const places = Array.from({ length: count }, () => [reader.number(), first + reader.number()]);
        return { places, bytes };
    }

    // The stream at a place: { number, dictionary, data }, its bytes as they stand in the file.
    streamAt(at) {
        const number = new PdfReader(this.bytes, at).number();
        const reader = this.begin(at);
        const dictionary = reader.object();
        if (!reader.takes("stream")) damagedPdf();
        const [first, second] = [reader.peek(), reader.peek(1)];
        const line = first === 10 ? 1 : first === 13 && second === 10 ? 2 : damagedPdf();
        const stated = dictionary instanceof Map ? dictionary.get("Length") : undefined;
        const length = stated?.to === undefined ? stated : this.lengthOf(stated.to);
        if (!isCount(length)) damagedPdf();
        const [start, end] = [reader.at + line, reader.at + line + length];
        const isWhole = end <= this.bytes.length && new PdfReader(this.bytes, end).takes("endstream");
        return isWhole ? { number, dictionary, data: this.bytes.subarray(start, end) } : damagedPdf();
    }

    lengthOf(number) {
        return this.begin(this.places.get(number)?.at ?? damagedPdf(), number).object();
    }

    // What a stream holds, up to `most` bytes: { bytes, isWhole }.
    async unpackedOf(wanted, most) {
        const { number, dictionary, data } = this.streamAt(this.places.get(wanted)?.at ?? damagedPdf());
        return number === wanted ? unpackStream(dictionary, data, most) : damagedPdf();
    }
}

// -- Attachments

// The objects that an object names, and what it has under EF.
const lookThrough = (object, named, embedded) => {
    if (object?.to !== undefined) named.push(object.to);
    else if (Array.isArray(object)) object.forEach((item) => lookThrough(item, named, embedded));
    else if (object instanceof Map) {
        for (const [name, value] of object) {
            if (name === "EF") embedded.push(value);
            lookThrough(value, named, embedded);
        }
    }
};

// The numbers of the streams that hold attached files, in order.
const attachments = async (file, root) => {
    const [seen, streams] = [new Set([root]), new Set()];
    const waiting = [root];
    for (let next = 0; next < waiting.length; next++) {
        const object = await file.object(waiting[next]);
        const [named, embedded] = [[], []];
        lookThrough(object, named, embedded);
        for (const place of embedded) {
            const names = place?.to === undefined ? place : await file.object(place.to);
            for (const name of ["F", "UF", "DOS", "Mac", "Unix"]) {
                const to = referenceOf(names, name);
                if (to !== undefined) streams.add(to);
            }
        }
        for (const number of named) {
            if (!seen.has(number)) waiting.push(number);
            seen.add(number);
        }
        if (seen.size > PDF_OBJECTS_MAX) tooManyObjects(PDF_OBJECTS_MAX);
    }
    return [...streams].sort((a, b) => a - b);
};

// The text of the one badge that is attached: of the one attachment that is a JSON object, of at most so many bytes.
export const fromPdf = async (bytes, most) => {
    const file = new PdfFile(bytes);
    const streams = await attachments(file, await file.open());
    if (streams.length > PDF_ATTACHMENTS_MAX) tooManyObjects(PDF_ATTACHMENTS_MAX);
    let found = null;
    for (const number of streams) {
        const { bytes: attached, isWhole } = await file.unpackedOf(number, most);
        if (withoutSpace(withoutMark(attached))[0] !== PDF_BRACE) continue;
        if (!isWhole) refuseOpen("bake-pdf-large", { most });
        let text;
        try {
            text = fromUtf8(attached);
        } catch {
            refuse("bake-form", { what: { code: "bake-form-utf-8" } });
        }
        if (found !== null) refuse("bake-pdf-several");
        found = text;
    }
    return found ?? refuseOpen("bake-pdf");
};
