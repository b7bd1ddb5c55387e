// JSON Web Tokens as badges have them, as the program's badge/vc/jwt.rs and badge/verify/envelope.rs read them. The token says
// itself how it is signed, so only algorithms with a public key are known here.

import { Refusal, reason, refuse, refuseOpen } from "./refusal.mjs";
import { base64urlDecode, hex, utf8 } from "./bytes.mjs";
import { sha256 } from "./sha.mjs";
import { isObject, isText, member, parseJson, textOf } from "./json.mjs";
import { repeated } from "./text.mjs";
import { keyBytes, signatureFits } from "./ed25519.mjs";
import { p256Bytes, p256Fits } from "./p256.mjs";
import { pssFits, rsaBytes, rsaFits } from "./rsa.mjs";
import { keyOfJwk, resolveKey, splitMethod } from "./did.mjs";
import { issuerId } from "./proof.mjs";
import { subjectOf } from "./summary.mjs";
import { fromOf, untilOf, writeInstant } from "./time.mjs";

const JWT_ALGORITHMS = ["EdDSA", "Ed25519", "ES256", "RS256", "PS256"];
const JWT_CLAIMS = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "vc", "nonce"];
const FINGERPRINT_DIGITS = 32;

// Whether bytes look like a compact token.
export const isCompact = (text) => /^\s*ey[\w-]*\.[\w-]*\.[\w-]*\s*$/.test(text);

const wrongPart = (part) => refuse("jwt-form", { part: reason(part) });

// Takes a compact token apart.
export const readJwt = (text) => {
    const parts = text.trim().split(".");
    if (parts.length !== 3) wrongPart("jwt-parts");
    const bytes = (part, name) => base64urlDecode(part) ?? wrongPart(name);
    const object = (part, name) => {
        const value = parseJson(bytes(part, name));
        return isObject(value) ? value : wrongPart(name);
    };
    const [header, claims] = [object(parts[0], "jwt-header"), object(parts[1], "jwt-claims")];
    const signature = bytes(parts[2], "jwt-signature-part");
    return { header, claims, signed: utf8(`${parts[0]}.${parts[1]}`), signature };
};

// The credential within a token, not yet believed.
export const credentialIn = ({ claims }) => {
    const within = member(claims, "vc");
    const plain = Object.entries(claims).filter(([name]) => !JWT_CLAIMS.includes(name));
    const members = Object.assign(Object.create(null), isObject(within) ? within : Object.fromEntries(plain));
    for (const [claim, name] of [["iss", "issuer"], ["jti", "id"]]) {
        if (!(name in members) && member(claims, claim) !== undefined) members[name] = claims[claim];
    }
    const dates = [["nbf", "issuanceDate", "validFrom"], ["exp", "expirationDate", "validUntil"]];
    for (const [claim, name, newer] of dates) {
        const seconds = member(claims, claim);
        const stated = name in members || newer in members;
        if (!stated && Number.isInteger(seconds)) members[name] = writeInstant(seconds) ?? undefined;
    }
    return members;
};

// The key that the header holds; undefined where it holds none.
const jwtOwnKey = (header) => {
    const jwk = member(header, "jwk");
    if (jwk === undefined) return undefined;
    try {
        return keyOfJwk(jwk) ?? refuse("key-kind");
    } catch (e) {
        if (!(e instanceof Refusal)) throw e;
        throw new Refusal("jwt-own-key", { why: e.why }, e.why.code === "key-kind");
    }
};

const jwtKey = (header, issuer, { data }) => {
    const kid = textOf(header, "kid");
    if (kid === undefined) return jwtOwnKey(header) ?? refuse("jwt-no-key");
    const method = kid.includes(":") ? kid : `${issuer}#${kid.replace(/^#+/, "")}`;
    if (splitMethod(method)[0] !== issuer) {
        return jwtOwnKey(header) ?? refuseOpen("did-unsupported", { method: repeated(method) });
    }
    try {
        return resolveKey(method, data.documents, data.issuers);
    } catch (e) {
        const own = e instanceof Refusal && e.open ? jwtOwnKey(header) : undefined;
        if (own) return own;
        throw e;
    }
};

const jwtFits = async (algorithm, key, { signed, signature }, world) => {
    const isRsa = !isText(key);
    if (algorithm === "RS256") return isRsa && rsaFits(key, signed, signature);
    if (algorithm === "PS256") return isRsa && pssFits(key, signed, signature);
    const point = isRsa ? null : p256Bytes(key);
    if (algorithm === "ES256") return Boolean(point) && p256Fits(point, signed, signature);
    if (isRsa || point || signature.length !== 64) return false;
    return signatureFits(keyBytes(key), signed, signature, world);
};

// How a person may compare a key.
const shownKey = (key) => {
    if (isText(key)) return key;
    const bytes = rsaBytes(key.n, Math.ceil(key.bits / 8));
    return `sha256:${hex(sha256(bytes)).slice(0, FINGERPRINT_DIGITS)}`;
};

const checkClaims = (claims, credential) => {
    const text = (name) => (member(claims, name) === undefined ? undefined : textOf(claims, name) ?? "");
    const [iss, jti, sub] = ["iss", "jti", "sub"].map(text);
    const subject = textOf(subjectOf(credential), "id");
    const sameTime = (name, instant) => {
        const seconds = member(claims, name);
        if (seconds === undefined) return true;
        return typeof seconds === "number" && instant !== null && Math.floor(seconds) === Math.floor(instant / 1000);
    };
    const same = [
        ["iss", iss === undefined || iss === issuerId(credential)],
        ["jti", jti === undefined || jti === textOf(credential, "id")],
        ["sub", sub === undefined || subject === undefined || sub === subject],
        ["nbf", sameTime("nbf", fromOf(credential))],
        ["exp", sameTime("exp", untilOf(credential))],
    ];
    const [name] = same.find(([, isSame]) => !isSame) ?? [];
    if (name) refuse("jwt-claim", { name });
};

// The good signature of a token, as checkProofs gives those of a credential.
export const checkJwt = async (jwt, credential, world) => {
    const algorithm = textOf(jwt.header, "alg") ?? "";
    if (/^none$/i.test(algorithm) || algorithm.startsWith("HS") || !algorithm) {
        refuse("jwt-unsigned", { found: repeated(algorithm) });
    }
    if (!JWT_ALGORITHMS.includes(algorithm)) refuseOpen("jwt-algorithm", { found: repeated(algorithm) });
    if (["crit", "b64"].some((name) => member(jwt.header, name) !== undefined)) refuseOpen("jwt-algorithm", { found: "crit" });
    const key = jwtKey(jwt.header, issuerId(credential) ?? "", world);
    if (!(await jwtFits(algorithm, key, jwt, world))) refuse("jwt-signature");
    checkClaims(jwt.claims, credential);
    return { good: [{ suite: algorithm, created: null, expires: null, key: shownKey(key) }], unchecked: [] };
};
