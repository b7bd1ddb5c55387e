// Which texts name a node of an RDF graph: absolute IRIs (RFC 3987) and labels of blank nodes (N-Quads).

const DELIMITERS = "a-zA-Z0-9!$&'()*+,\\-.;=_~";
const LETTERS = `${DELIMITERS}\\u{a0}-\\u{d7ff}\\u{f900}-\\u{ffef}\\u{10000}-\\u{dffff}\\u{e1000}-\\u{effff}`;
const PRIVATE = "\\u{e000}-\\u{f8ff}\\u{f0000}-\\u{10ffff}";
const letters = (more) => `(?:[${LETTERS}${more}]|%[0-9A-Fa-f]{2})*`;
const AUTHORITY = `//(?:${letters(":")}@)?(?:\\[([^\\]]*)\\]|${letters("")})(?::[0-9]*)?(?=[/?#]|$)`;
const IRI = new RegExp(`^[a-zA-Z][a-zA-Z0-9+.\\-]*:(?:${AUTHORITY}|(?!//))${letters(":@/")}`
    + `(?:\\?${letters(`:@/?${PRIVATE}`)})?(?:#${letters(":@/?")})?$`, "u");
const FUTURE = new RegExp(`^v[0-9a-f]+\\.[${DELIMITERS}:]+$`, "i");

const FIRST = "0-9_:A-Za-z\\u{c0}-\\u{d6}\\u{d8}-\\u{f6}\\u{f8}-\\u{2ff}\\u{370}-\\u{37d}\\u{37f}-\\u{1fff}"
    + "\\u{200c}\\u{200d}\\u{2070}-\\u{218f}\\u{2c00}-\\u{2fef}\\u{3001}-\\u{d7ff}\\u{f900}-\\u{fdcf}"
    + "\\u{fdf0}-\\u{fffd}\\u{10000}-\\u{effff}";
const FURTHER = `[${FIRST}\\-\\u{b7}\\u{300}-\\u{36f}\\u{203f}\\u{2040}]`;
const LABEL = new RegExp(`^[${FIRST}]${FURTHER}*(?:\\.+${FURTHER}+)*$`, "u");

// Whether an address in brackets is one of IP version 6, or of a later version.
const isIpAddress = (text) => {
    if (!/^[0-9a-f:.]+$/i.test(text)) return FUTURE.test(text);
    try {
        return Boolean(new URL(`http://[${text}]/`));
    } catch {
        return false;
    }
};

export const isIri = (text) => {
    const found = !/\p{Noncharacter_Code_Point}/u.test(text) && IRI.exec(text);
    return Boolean(found) && (found[1] === undefined || isIpAddress(found[1]));
};

export const isBlankLabel = (text) => LABEL.test(text);
