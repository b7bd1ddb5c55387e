// The link that a QR symbol carries, and its payload: lenient with what happens to links, strict with the payload, as
// the program's badge/link.rs and digits.rs are. The host is reported and never believed.

import { refuse } from "./refusal.mjs";
import { base64urlDecode, utf8 } from "./bytes.mjs";
import { repeated, words } from "./text.mjs";

const LINK_BYTES_MAX = 4096;
const PAYLOAD_BYTES_MAX = 400;
const HOST_MAX = 259;
// Decimal digits that hold any value of 0 to 7 big-endian bytes.
const GROUP_DIGITS = [0, 3, 5, 8, 10, 13, 15, 17];
const DIGITS_MAX = Math.floor(PAYLOAD_BYTES_MAX / 7) * 17 + GROUP_DIGITS[PAYLOAD_BYTES_MAX % 7];

const decodeDigits = (text) => {
    const within = (why) => refuse("link-digits", { why });
    if (text.length > DIGITS_MAX) within({ code: "digits-many", digits: text.length, most: DIGITS_MAX });
    return Uint8Array.from(text.match(/.{1,17}/g).flatMap((group, before) => {
        const count = GROUP_DIGITS.indexOf(group.length);
        if (count < 0) within({ code: "digits-length", digits: text.length });
        const value = BigInt(group);
        if (value >> BigInt(8 * count)) within({ code: "digits-overflow", group: before + 1, text: group });
        return Array.from({ length: count }, (_, at) => Number((value >> BigInt(8 * (count - 1 - at))) & 255n));
    }));
};

const readPayload = (text) => {
    if (text === "") refuse("link-empty");
    if (/^\d+$/.test(text)) return decodeDigits(text);
    const letters = [...text];
    const foreign = letters.findIndex((letter) => !/[\w-]/.test(letter));
    if (foreign >= 0) {
        // It stands between ' and ', so that " needs no escape.
        const found = letters[foreign] === "\"" ? "\"" : repeated(letters[foreign]);
        refuse("link-character", { found, place: foreign + 1 });
    }
    const payload = base64urlDecode(text) ?? refuse("link-base64", { characters: text.length });
    if (payload.length > PAYLOAD_BYTES_MAX) {
        refuse("link-payload-long", { bytes: payload.length, most: PAYLOAD_BYTES_MAX });
    }
    return payload;
};

const afterScheme = (address) => /^https?:\/\/(.*)$/is.exec(address)?.[1];

// User names, escapes and letters beyond ASCII are refused: they are how one host is dressed up as another.
const hostOf = (address) => {
    const rest = afterScheme(address) ?? refuse("link-no-address");
    const [host] = rest.split(/[/?\\]/);
    const [, port = "1"] = /^(?:[a-z\d-]+\.)*[a-z\d-]+(?::(\d+))?$/i.exec(host) ?? refuse("link-host");
    const known = Number(port) > 0 && Number(port) < 65_536 && host.length <= HOST_MAX;
    return known ? host.toLowerCase() : refuse("link-host");
};

// What a text carries: { host, payload }, the host null for a bare payload.
export const readLink = (given) => {
    const bytes = utf8(given).length;
    if (bytes > LINK_BYTES_MAX) refuse("link-long", { bytes, most: LINK_BYTES_MAX });
    const text = words(given.replaceAll("%20", "")).join("").replace(/[).,]+$/, "");
    const mark = ["#", "%2523", "%23"].find((each) => text.includes(each));
    if (!mark && afterScheme(text) !== undefined) refuse("link-no-fragment");
    const at = mark ? text.indexOf(mark) : 0;
    const [address, payload] = [text.slice(0, at), text.slice(at + (mark ?? "").length)];
    return { host: address ? hostOf(address) : null, payload: readPayload(payload) };
};
