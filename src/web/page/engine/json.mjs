// JSON read once and strictly, as the program's badge/vc/json.rs reads it: what is shown and what is checked is one value.
// Objects have no prototype, so that no member name means anything to JavaScript.

import { Refusal, refuse, refuseOpen } from "./refusal.mjs";
import { fromUtf8, utf8 } from "./bytes.mjs";
import { repeated } from "./text.mjs";

// The largest document read, in bytes.
const SIZE_MAX = 512 * 1024;
// How many objects and arrays may stand inside one another.
const DEPTH_MAX = 32;

const STRING = /"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\x00-\x1f]*)*"/y;
const NUMBER = /-?(?:0(?!\d)|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const SPACE = /[ \t\r\n]*/y;

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export const isText = (value) => typeof value === "string";

// The member of an object; nothing of everything else.
export const member = (value, name) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);

// The member if it is a text.
export const textOf = (value, name) => (isText(member(value, name)) ? value[name] : undefined);

// A value that may be one or a list of them, as a list.
export const listOf = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

// Appends one step to a JSON pointer (RFC 6901).
export const step = (path, name) => `${path}/${repeated(String(name).replaceAll("~", "~0").replaceAll("/", "~1"))}`;

class JsonReader {
    constructor(text) {
        this.text = text;
        this.at = 0;
    }

    syntax() {
        const before = this.text.slice(0, this.at).split("\n");
        refuse("json-syntax", { line: before.length, column: utf8(before.at(-1)).length + 1 });
    }

    take(pattern) {
        pattern.lastIndex = this.at;
        const found = pattern.exec(this.text);
        if (found) this.at = pattern.lastIndex;
        return found;
    }

    // The next character that is no white space; passed over if it is the one wanted.
    next(wanted) {
        this.take(SPACE);
        const found = this.text[this.at];
        if (found === wanted) this.at += 1;
        return found;
    }

    string() {
        const found = this.take(STRING) ?? this.syntax();
        const text = JSON.parse(found[0]);
        return /\p{Cs}/u.test(text) ? this.syntax() : text;
    }

    number(path) {
        const [text] = this.take(NUMBER) ?? this.syntax();
        const value = Number(text);
        if (!Number.isFinite(value)) this.syntax();
        const isExact = !Number.isInteger(value) || Number.isSafeInteger(value);
        // Minus nought is nought, to JSON-LD and to canonical JSON.
        return isExact ? value + 0 : refuseOpen("json-number", { path, most: Number.MAX_SAFE_INTEGER });
    }

    value(path, depth) {
        const first = this.next();
        if ("{[".includes(first ?? " ")) {
            if (depth >= DEPTH_MAX) refuseOpen("json-deep", { path, most: DEPTH_MAX });
            this.at += 1;
            return first === "{" ? this.object(path, depth + 1) : this.array(path, depth + 1);
        }
        if (first === '"') return this.string();
        const literal = this.take(LITERAL);
        return literal ? { true: true, false: false, null: null }[literal[0]] : this.number(path);
    }

    array(path, depth) {
        const items = [];
        if (this.next("]") === "]") return items;
        for (;;) {
            items.push(this.value(step(path, items.length), depth));
            if (this.next("]") === "]") return items;
            if (this.next(",") !== ",") this.syntax();
        }
    }

    object(path, depth) {
        const members = Object.create(null);
        if (this.next("}") === "}") return members;
        for (;;) {
            if (this.next() !== '"') this.syntax();
            const name = this.string();
            if (name in members) refuse("json-duplicate", { path, name: repeated(name) });
            if (this.next(":") !== ":") this.syntax();
            members[name] = this.value(step(path, name), depth);
            if (this.next("}") === "}") return members;
            if (this.next(",") !== ",") this.syntax();
        }
    }

    whole() {
        const value = this.value("", 0);
        return this.next() === undefined ? value : this.syntax();
    }
}

const asText = (bytes) => {
    try {
        return fromUtf8(bytes);
    } catch {
        const [front] = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).split("\ufffd");
        throw new Refusal("json-not-utf8", { at: utf8(front).length });
    }
};

// The value of a JSON document; a leading byte-order mark is passed over.
export const parseJson = (bytes) => {
    if (bytes.length > SIZE_MAX) refuseOpen("json-large", { size: bytes.length, most: SIZE_MAX });
    return new JsonReader(asText(bytes).replace(/^\ufeff/, "")).whole();
};

// The text of a badge's file.
export const fileText = (value) => `${JSON.stringify(value, null, 2)}\n`;

// Canonical JSON (RFC 8785): members by UTF-16 code units; numbers as JavaScript writes them.
export const jcs = (value) => {
    if (Array.isArray(value)) return `[${value.map(jcs).join()}]`;
    if (!isObject(value)) return JSON.stringify(value);
    return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${jcs(value[name])}`).join()}}`;
};

// Whether two values say the same, whatever the order of their members.
export const sameJson = (a, b) => a !== undefined && b !== undefined && jcs(a) === jcs(b);
