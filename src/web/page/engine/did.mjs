// Who holds the key that a proof names, as the program's badge/vc/did.rs finds it: did:key from the name itself, others
// from the documents that came with the page. Nothing is fetched. A key is its Multikey text.

import { Refusal, refuse } from "./refusal.mjs";
import { base58Encode, base64urlDecode, concat } from "./bytes.mjs";
import { checkKey, keyBytes } from "./ed25519.mjs";
import { isObject, isText, member, textOf } from "./json.mjs";
import { repeated } from "./text.mjs";
import { issuerByKey } from "./trust.mjs";

export const multikeyOf = (bytes) => `z${base58Encode(concat(Uint8Array.of(0xed, 1), bytes))}`;

// Splits a method at its first `#`: [holder, fragment], the fragment undefined where there is none.
export const splitMethod = (method) => {
    const at = method.indexOf("#");
    return at < 0 ? [method] : [method.slice(0, at), method.slice(at + 1)];
};

// A key that `read` gives; what is wrong with it is said of the method.
const keyOfMethod = (method, read) => {
    try {
        return read();
    } catch (e) {
        return refuse("did-key", { method: repeated(method), why: e.why });
    }
};

const checked = (multikey) => keyBytes(multikey) && multikey;

const webAddress = (did) => {
    const parts = did.slice("did:web:".length).split(":");
    if (!parts.every((part) => /^[\w.%-]+$/.test(part) && !/^\.+$/.test(part))) {
        refuse("did-web-name", { did: repeated(did) });
    }
    const [host, ...path] = parts;
    return `https://${host.replace(/%3A/gi, ":")}/${path.join("/") || ".well-known"}/did.json`;
};

const keyOfEntry = (entry) => {
    const [type, jwk] = [textOf(entry, "type"), member(entry, "publicKeyJwk")];
    if (type === "Multikey" || type === "Ed25519VerificationKey2020") {
        const text = textOf(entry, "publicKeyMultibase");
        return text === undefined ? null : checked(text);
    }
    if (type !== "JsonWebKey" && type !== "JsonWebKey2020") return null;
    const x = textOf(jwk, "x");
    if (textOf(jwk, "kty") !== "OKP" || textOf(jwk, "crv") !== "Ed25519" || x === undefined) return null;
    const bytes = base64urlDecode(x);
    return bytes?.length === 32 ? multikeyOf(checkKey(bytes)) : refuse("key-form");
};

// The key of a method that its holder's document lists for making assertions.
const listedKey = (document, holder, fragment, method) => {
    const names = { holder: repeated(holder), method: repeated(method) };
    const isIt = (entry) => {
        const id = isText(entry) ? entry : textOf(entry, "id");
        return id === method || id === `#${fragment}`;
    };
    const among = (list) => (Array.isArray(member(document, list)) ? document[list] : []).filter(isIt);
    const [asserted] = among("assertionMethod");
    const entry = asserted === undefined || isObject(asserted)
        ? asserted
        : among("verificationMethod").find(isObject);
    if (entry === undefined) refuse("did-unlisted", names);
    if (textOf(entry, "controller") !== holder) refuse("did-controller", names);
    const mark = ["revoked", "expires"].find((each) => member(entry, each) !== undefined);
    if (mark) refuse("did-withdrawn", { ...names, mark });
    return keyOfMethod(method, () => keyOfEntry(entry)) ?? refuse("did-form", names);
};

// The Multikey of a verification method, by `documents`; where its holder's is missing, that of a trusted issuer whose
// entry says that the key is the DID's.
export const resolveKey = (method, documents, issuers) => {
    const [holder, fragment] = splitMethod(method);
    const shown = { method: repeated(method) };
    if (fragment === undefined) refuse("did-no-fragment", shown);
    if (holder.startsWith("did:key:")) {
        const multikey = holder.slice("did:key:".length);
        if (fragment !== multikey) refuse("did-other-fragment", shown);
        return keyOfMethod(method, () => checked(multikey));
    }
    const web = holder.startsWith("did:web:");
    if (!web && !holder.startsWith("https://")) refuse("did-unsupported", shown);
    const address = web ? webAddress(holder) : holder;
    const document = documents.find((each) => textOf(each, "id") === holder);
    if (document) return listedKey(document, holder, fragment, method);
    if (issuerByKey(issuers, fragment)?.did === holder) return fragment;
    throw new Refusal("did-no-document", { holder: repeated(holder), address: repeated(address) }, true);
};
