// Who holds the key that a proof names, as the program's badge/vc/did.rs finds it: did:key from the name itself, others
// from the documents that came with the page. Nothing is fetched. A key is its Multikey text, and of RSA what rsaKey gives.

import { Refusal, refuse, refuseOpen } from "./refusal.mjs";
import { base58Decode, base58Encode, base64urlDecode, concat, fromUtf8 } from "./bytes.mjs";
import { checkKey, keyBytes } from "./ed25519.mjs";
import { isObject, isText, listOf, member, parseJson, textOf } from "./json.mjs";
import { checkedP256, p256Bytes, p256OfCoordinates } from "./p256.mjs";
import { rsaKey } from "./rsa.mjs";
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
        throw new Refusal("did-key", { method: repeated(method), why: e.why }, e.why?.code === "key-kind");
    }
};

const checked = (multikey) => {
    if (p256Bytes(multikey)) return checkedP256(multikey);
    return keyBytes(multikey) && multikey;
};

// The key of a JSON Web Key; null for a kind that is not known here.
export const keyOfJwk = (jwk) => {
    const [kty, crv] = [textOf(jwk, "kty"), textOf(jwk, "crv")];
    const coordinate = (name) => {
        const bytes = base64urlDecode(textOf(jwk, name) ?? "");
        return bytes?.length === 32 ? bytes : refuse("key-form");
    };
    if (kty === "RSA") return rsaKey(textOf(jwk, "n"), textOf(jwk, "e"));
    if (kty === "OKP" && crv === "Ed25519") return multikeyOf(checkKey(coordinate("x")));
    return kty === "EC" && crv === "P-256" ? p256OfCoordinates(coordinate("x"), coordinate("y")) : null;
};

// The key of a did:jwk, which is a JSON Web Key in base64url; its one method is `#0`.
const keyOfDidJwk = (text, fragment, method) => {
    if (fragment !== undefined && fragment !== "0") refuseOpen("did-other-fragment", { method: repeated(method) });
    return keyOfMethod(method, () => {
        const bytes = base64urlDecode(text) ?? refuse("key-form");
        let jwk;
        try {
            jwk = parseJson(bytes);
        } catch {
            refuse("key-form");
        }
        return keyOfJwk(jwk) ?? refuse("key-kind");
    });
};

const webAddress = (did) => {
    const parts = did.slice("did:web:".length).split(":");
    if (!parts.every((part) => /^[\w.%-]+$/.test(part) && !/^\.+$/.test(part))) {
        refuse("did-web-name", { did: repeated(did) });
    }
    const [host, ...path] = parts;
    return `https://${host.replace(/%3A/gi, ":")}/${path.join("/") || ".well-known"}/did.json`;
};

const keyOfEntry = (entry) => {
    const type = textOf(entry, "type");
    if (type === "Ed25519VerificationKey2018") {
        const text = textOf(entry, "publicKeyBase58");
        if (text === undefined) return null;
        return multikeyOf(checkKey(base58Decode(text, 32) ?? refuse("key-form")));
    }
    if (type === "Multikey" || type === "Ed25519VerificationKey2020") {
        const text = textOf(entry, "publicKeyMultibase");
        return text === undefined ? null : checked(text);
    }
    if (type !== "JsonWebKey" && type !== "JsonWebKey2020") return null;
    const jwk = member(entry, "publicKeyJwk");
    return jwk === undefined ? null : keyOfJwk(jwk);
};

// The key of a method that its holder's document lists for making assertions.
const listedKey = (document, holder, fragment, method) => {
    const names = { holder: repeated(holder), method: repeated(method) };
    const isIt = (entry) => {
        const id = isText(entry) ? entry : textOf(entry, "id");
        return id === method || id === `#${fragment}`;
    };
    const among = (list) => listOf(member(document, list)).filter(isIt);
    const [asserted] = among("assertionMethod");
    const entry = asserted === undefined || isObject(asserted)
        ? asserted
        : among("verificationMethod").find(isObject);
    if (entry === undefined) refuse("did-unlisted", names);
    if (textOf(entry, "controller") !== holder) refuse("did-controller", names);
    const mark = ["revoked", "expires"].find((each) => member(entry, each) !== undefined);
    if (mark) refuse("did-withdrawn", { ...names, mark });
    return keyOfMethod(method, () => keyOfEntry(entry)) ?? refuseOpen("did-form", names);
};

// The key of a verification method, by `documents`; where its holder's is missing, that of a trusted issuer whose
// entry says that the key is the DID's.
export const resolveKey = (method, documents, issuers) => {
    const [holder, fragment] = splitMethod(method);
    const shown = { method: repeated(method) };
    if (holder.startsWith("did:key:")) {
        const multikey = holder.slice("did:key:".length);
        if (fragment !== undefined && fragment !== multikey) refuseOpen("did-other-fragment", shown);
        return keyOfMethod(method, () => checked(multikey));
    }
    if (holder.startsWith("did:jwk:")) return keyOfDidJwk(holder.slice("did:jwk:".length), fragment, method);
    const web = holder.startsWith("did:web:");
    if (!web && !holder.startsWith("https://")) refuseOpen("did-unsupported", shown);
    const address = web ? webAddress(holder) : holder;
    const document = documents.find((each) => textOf(each, "id") === holder);
    if (document && fragment === undefined) refuseOpen("did-no-fragment", shown);
    if (document) return listedKey(document, holder, fragment, method);
    if (issuerByKey(issuers, fragment)?.did === holder) return fragment;
    throw new Refusal("did-no-document", { holder: repeated(holder), address: repeated(address) }, true);
};
