// Takes the badge out of a PNG or SVG picture, or a PDF document, as badge/carry/bake.rs does: what one takes the other takes.

import { reason, refuse, refuseOpen } from "./refusal.mjs";
import { fromUtf8, latin1, utf8, withoutMark, withoutSpace } from "./bytes.mjs";
import { fromPdf } from "./pdf.mjs";
import { parseJson, sameJson } from "./json.mjs";
import { withoutEnd } from "./text.mjs";

// The largest picture and the largest badge, in bytes.
const PICTURE_MAX = 16 << 20;
const BADGE_MAX = 512 * 1024;
// How many chunks of a PNG and how many parts of an SVG are read, with the reasons of badge/bake/png.rs and xml.rs.
const PNG_CHUNKS_MAX = 10_000;
const XML_PARTS_MAX = 100_000;
const BAKE_KEYWORD = "openbadgecredential";
const BAKE_KEYWORD_2 = "openbadges";
const BAKE_NAMESPACE = "https://purl.imsglobal.org/ob/v3p0";
const BAKE_NAMESPACE_2 = "http://openbadges.org";
const PNG_SIGNATURE = "\x89PNG\r\n\x1a\n";
// How files begin that people take for badges, and what they are.
const OTHER_FILES = [["\xff\xd8\xff", "JPEG"], ["GIF8", "GIF"], ["RIFF", "WebP"]];

const checkParts = (count, most) => count > most && refuseOpen("bake-parts", { most });
const badForm = (what) => refuse("bake-form", { what: reason(`bake-form-${what}`) });
const badPng = (what) => refuse("bake-png", { what: reason(`bake-png-${what}`) });
const badXml = (what) => refuse("bake-xml", { what: reason(`bake-xml-${what}`) });

// -- PNG

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
});

const crc32 = (bytes) => {
    let sum = -1;
    for (const byte of bytes) sum = (sum >>> 8) ^ CRC_TABLE[(sum ^ byte) & 255];
    return ~sum >>> 0;
};

// The next piece of a PNG, its checksum good.
const pngChunk = (bytes, at) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    if (at + 12 > bytes.length) refuse("bake-incomplete");
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) refuse("bake-incomplete");
    const kind = latin1(bytes.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(kind)) badPng("name");
    const checksum = crc32(bytes.subarray(at + 4, end - 4));
    if (checksum !== view.getUint32(end - 4)) refuse("bake-checksum", { chunk: kind });
    return { kind, data: bytes.subarray(at + 8, end - 4), end };
};

// The keyword of a text chunk; nothing of the others.
const keywordOf = ({ kind, data }) => {
    if (!["iTXt", "tEXt", "zTXt"].includes(kind)) return null;
    const end = data.indexOf(0);
    return latin1(data.subarray(0, Math.min(end < 0 ? data.length : end, 80)));
};

const pngText = ({ kind, data }) => {
    if (kind !== "iTXt") badForm("kind");
    const [compressed, method] = data.subarray(BAKE_KEYWORD.length + 1);
    if (compressed === 1) refuseOpen("bake-compressed");
    if (compressed !== 0 || method !== 0) badForm("malformed");
    const language = data.indexOf(0, BAKE_KEYWORD.length + 3);
    const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
    if (translated < 0) badForm("malformed");
    try {
        return fromUtf8(data.subarray(translated + 1));
    } catch {
        return badForm("utf-8");
    }
};

// Whether two texts are the same badge: letter for letter, or as JSON.
const isSameBadge = (a, b) => {
    if (a === b) return true;
    try {
        return sameJson(...[a, b].map((text) => parseJson(utf8(text))));
    } catch {
        return false;
    }
};

const fromPng = (bytes) => {
    if (latin1(bytes.subarray(0, 8)) !== PNG_SIGNATURE) badPng("beginning");
    let [found, older, at, kind] = [null, false, 8, ""];
    for (let count = 1; kind !== "IEND"; count++) {
        checkParts(count, PNG_CHUNKS_MAX);
        const chunk = pngChunk(bytes, at);
        const isFirst = at === 8;
        ({ kind, end: at } = chunk);
        if (isFirst !== (kind === "IHDR")) badPng(isFirst ? "no-header" : "headers");
        if (kind === "IEND" && at < bytes.length) badPng("behind");
        const keyword = keywordOf(chunk);
        older ||= keyword === BAKE_KEYWORD_2;
        if (keyword !== BAKE_KEYWORD) continue;
        const text = pngText(chunk);
        // Some tools bake the same badge once more instead of replacing it.
        if (found !== null && !isSameBadge(found, text)) refuse("bake-several");
        found = text;
    }
    return found ?? refuseOpen(older ? "bake-open-badges-2" : "bake-none");
};

// -- SVG, read by a scanner of XML that refuses what it does not know

const XML_DEPTH_MAX = 256;
const XML_NAMESPACES_MAX = 256;
const XML_ATTRIBUTES_MAX = 256;
const XML_ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const XML_NAME = /[^ \t\r\n<>/="'&!?[\]()]+/y;
const XML_SPACE = /[ \t\r\n]*/y;

const codePoint = (digits, radix) => {
    const plain = radix === 16 ? /^[\da-fA-F]+$/ : /^\d+$/;
    const value = plain.test(digits) ? parseInt(digits, radix) : 0;
    const exists = value > 0 && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
    return exists ? String.fromCodePoint(value) : undefined;
};

const xmlCharacter = (entity) => {
    const named = Object.hasOwn(XML_ENTITIES, entity) ? XML_ENTITIES[entity] : undefined;
    const [, x, digits] = /^#(x?)(.*)$/s.exec(entity) ?? [];
    const found = named ?? (digits === undefined ? undefined : codePoint(digits, x ? 16 : 10));
    const shown = () => [...entity].slice(0, 20).filter((letter) => /[!-~]/.test(letter)).join("");
    return found ?? refuse("bake-entity", { name: shown() });
};

// A text with its entities and numbers written out.
const xmlText = (text) => {
    const [first, ...pieces] = text.split("&");
    return first + pieces.map((piece) => {
        const end = piece.indexOf(";");
        if (end < 0) badXml("ampersand");
        return xmlCharacter(piece.slice(0, end)) + piece.slice(end + 1);
    }).join("");
};

class XmlScanner {
    constructor(text) {
        this.text = text;
        this.at = 0;
        this.open = [];
        this.namespaces = [];
        this.hasRoot = false;
        this.parts = 0;
    }

    sees(mark) {
        return this.text.startsWith(mark, this.at);
    }

    take(pattern) {
        pattern.lastIndex = this.at;
        const [found] = pattern.exec(this.text) ?? badXml("tag");
        this.at += found.length;
        return found;
    }

    // What stands between a beginning of this length and an end.
    skip(length, end) {
        const from = this.at + length;
        const to = this.text.indexOf(end, from);
        if (to < 0) badXml("early");
        this.at = to + end.length;
        return this.text.slice(from, to);
    }

    // The same for what says nothing, be it empty or not.
    pass(length, end) {
        this.skip(length, end);
        return {};
    }

    // The next part: { start: element }, { end: true }, { text }, {} for what says nothing, null at the end.
    next() {
        if (!this.sees("<")) return this.readText();
        if (this.sees("</")) return this.readEnd();
        this.parts += 1;
        checkParts(this.parts, XML_PARTS_MAX);
        if (this.sees("<!--")) return this.pass(4, "-->");
        if (this.sees("<![CDATA[") && this.open.length) return { text: this.skip(9, "]]>") };
        if (this.sees("<?")) return this.pass(2, "?>");
        if (this.sees("<!DOCTYPE") && !this.hasRoot) {
            return this.skip(9, ">").includes("[") ? refuse("bake-declarations") : {};
        }
        return this.readStart();
    }

    readText() {
        const to = this.text.indexOf("<", this.at);
        const text = this.text.slice(this.at, to < 0 ? undefined : to);
        this.at += text.length;
        if (!this.open.length && /[^ \t\r\n]/.test(text)) badXml("outside");
        if (to >= 0) return { text: xmlText(text) };
        if (this.open.length) badXml("early");
        return this.hasRoot ? null : badXml("nothing");
    }

    readEnd() {
        const name = withoutEnd(this.skip(2, ">"), /[ \t\r\n]/);
        const element = this.open.pop();
        if (element?.name !== name) badXml("crosswise");
        this.namespaces = element.around;
        return { end: true };
    }

    readStart() {
        if (!this.open.length && this.hasRoot) badXml("second");
        this.at += 1;
        const element = { name: this.take(XML_NAME), attributes: new Map(), around: this.namespaces };
        for (;;) {
            const space = this.take(XML_SPACE);
            if (this.sees(">") || this.sees("/>")) break;
            if (!space) badXml(this.at === this.text.length ? "early" : "tag");
            this.readAttribute(element.attributes);
        }
        element.isEmpty = this.sees("/");
        this.at += element.isEmpty ? 2 : 1;
        this.hasRoot = true;
        this.parts += element.attributes.size;
        checkParts(this.parts, XML_PARTS_MAX);
        this.enter(element);
        return { start: element };
    }

    readAttribute(attributes) {
        const name = this.take(XML_NAME);
        this.take(XML_SPACE);
        this.take(/=/y);
        this.take(XML_SPACE);
        const value = this.take(/"[^"]*"|'[^']*'/y).slice(1, -1);
        const tooMany = attributes.size === XML_ATTRIBUTES_MAX;
        if (value.includes("<") || attributes.has(name) || tooMany) badXml("tag");
        attributes.set(name, xmlText(value));
    }

    enter(element) {
        const colon = element.name.indexOf(":");
        element.prefix = element.name.slice(0, Math.max(colon, 0));
        element.local = element.name.slice(colon + 1);
        const declared = [...element.attributes].filter(([name]) => /^xmlns(:|$)/.test(name))
            .map(([name, address]) => [name.slice(6), address]);
        element.scope = declared.length ? [...this.namespaces, ...declared] : this.namespaces;
        if (element.isEmpty) return;
        this.open.push(element);
        this.namespaces = element.scope;
        if (this.open.length > XML_DEPTH_MAX || element.scope.length > XML_NAMESPACES_MAX) badXml("deep");
    }
}

const isNamed = (element, namespace, local) => element?.local === local
    && element.scope.findLast(([prefix]) => prefix === element.prefix)?.[1] === namespace;

const fromSvg = (text) => {
    const scanner = new XmlScanner(text);
    let [found, older, depth] = [null, false, 0];
    for (let part = scanner.next(); part; part = scanner.next()) {
        const { start, end, text: piece } = part;
        const isFirst = start && scanner.open.length === (start.isEmpty ? 0 : 1);
        if (isFirst && start.local !== "svg") refuseOpen("bake-other-xml");
        if (depth && piece === undefined && !end) badForm("element");
        older ||= isNamed(start, BAKE_NAMESPACE_2, "assertion");
        if (isNamed(start, BAKE_NAMESPACE, "credential")) {
            if (found !== null) refuse("bake-several");
            // A badge that is a token stands in an attribute.
            const token = start.attributes.get("verify");
            [found, depth] = [token ?? "", start.isEmpty || token !== undefined ? 0 : scanner.open.length];
        }
        if (depth && piece !== undefined) found += piece;
        if (end && depth === scanner.open.length + 1) depth = 0;
    }
    return found ?? refuseOpen(older ? "bake-open-badges-2" : "bake-none");
};

const svgText = (bytes) => {
    try {
        return fromUtf8(bytes);
    } catch {
        return badXml("utf-8");
    }
};

const textIn = (bytes, written, kind) => {
    if (kind === "PDF") return fromPdf(bytes, BADGE_MAX);
    return kind === "PNG" ? fromPng(bytes) : fromSvg(svgText(written));
};

// The badge in a picture or a PDF document; null when the bytes are neither and nothing like one.
export async function unbake(bytes) {
    const start = latin1(bytes.subarray(0, 4));
    const written = withoutSpace(withoutMark(bytes));
    const [, other] = OTHER_FILES.find(([beginning]) => start.startsWith(beginning)) ?? [];
    const kind = { "\x89PNG": "PNG", "%PDF": "PDF" }[start];
    if (!kind && !other && latin1(written.subarray(0, 1)) !== "<") return null;
    if (bytes.length > PICTURE_MAX) refuseOpen("bake-picture-large", { size: bytes.length, most: PICTURE_MAX });
    if (other) refuseOpen("bake-other-picture", { kind: other });
    const text = await textIn(bytes, written, kind);
    const size = utf8(text).length;
    if (size > BADGE_MAX) refuseOpen("bake-badge-large", { size, most: BADGE_MAX });
    return { kind: "document", text };
}
