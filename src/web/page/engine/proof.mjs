// Data Integrity proofs, as the program's badge/vc/proof.rs checks them: the form first, then the key, then the signature.
// Every proof must be good; one bad proof spoils the badge.

import { Refusal, refuse } from "./refusal.mjs";
import { base58Decode, base58Encode, concat, utf8 } from "./bytes.mjs";
import { sha256 } from "./sha.mjs";
import { isObject, isText, jcs, listOf, member, sameJson, textOf } from "./json.mjs";
import { repeated } from "./text.mjs";
import { canonicalNquads } from "./rdf.mjs";
import { keyBytes, signatureFits } from "./ed25519.mjs";
import { resolveKey, splitMethod } from "./did.mjs";
import { readInstant } from "./time.mjs";

const PROOFS_MAX = 8;
export const RDFC = "eddsa-rdfc-2022";
export const JCS = "eddsa-jcs-2022";

export const issuerId = (credential) => {
    const issuer = member(credential, "issuer");
    return isText(issuer) ? issuer : textOf(issuer, "id");
};

const without = (value, name) => {
    const copy = { __proto__: null, ...value };
    delete copy[name];
    return copy;
};

const canonicalHash = (value, suite, world) =>
    sha256(utf8(suite === RDFC ? canonicalNquads(value, world.data.contexts) : jcs(value)));

// The proof object around a signature that was read out of a token.
export const proofObject = (document, cryptosuite, created, verificationMethod, signature) => ({
    ...(cryptosuite === JCS && { "@context": document["@context"] }),
    type: "DataIntegrityProof",
    cryptosuite,
    created,
    verificationMethod,
    proofPurpose: "assertionMethod",
    proofValue: `z${base58Encode(signature)}`,
});

// A time that may be absent; refused where it cannot be read.
const proofTime = (proof, name) => {
    const value = member(proof, name);
    return value === undefined ? null : readInstant(value) ?? refuse("proof-time", { name });
};

// The contexts that a proof repeats must be the document's: all of them for RDF, the first of them for JCS.
const checkRepeated = (own, repeats, suite) => {
    const front = suite === JCS && Array.isArray(own) && Array.isArray(repeats) && repeats.length
        ? own.slice(0, repeats.length)
        : own;
    if (!sameJson(front, repeats)) refuse("proof-context");
};

// What a proof says, once its form is right.
const readProof = (document, proof) => {
    if (!isObject(proof)) refuse("proof-no-object");
    const value = textOf(proof, "proofValue") ?? "";
    const signature = value.startsWith("z") ? base58Decode(value.slice(1), 64) : null;
    if (!signature) refuse("proof-value");
    const text = (name) => textOf(proof, name) ?? refuse("proof-member", { name });
    const found = (name) => ({ found: repeated(text(name)) });
    if (text("type") !== "DataIntegrityProof") refuse("proof-type", found("type"));
    const suite = text("cryptosuite");
    if (suite !== RDFC && suite !== JCS) refuse("proof-suite", found("cryptosuite"));
    if (text("proofPurpose") !== "assertionMethod") refuse("proof-purpose", found("proofPurpose"));
    if (member(proof, "previousProof") !== undefined) refuse("proof-chained");
    const repeats = member(proof, "@context");
    if (repeats !== undefined) checkRepeated(member(document, "@context"), repeats, suite);
    const method = text("verificationMethod");
    const [created, expires] = [proofTime(proof, "created"), proofTime(proof, "expires")];
    return { suite, method, created, expires, signature, config: without(proof, "proofValue") };
};

const checkSignature = async ({ suite, config, signature }, document, key, rdfcHash, world) => {
    const contexts = member(document, "@context");
    const signed = suite === JCS && config["@context"] ? { ...document, "@context": config["@context"] } : document;
    const options = suite === RDFC ? { ...config, "@context": contexts } : config;
    const optionsHash = canonicalHash(options, suite, world);
    const hash = suite === RDFC ? rdfcHash : canonicalHash(signed, suite, world);
    const good = await signatureFits(keyBytes(key), concat(optionsHash, hash), signature, world);
    if (!good) refuse("proof-signature");
};

// Whether the last proof of a rebuilt credential is good: it finds the right issuer and level at little cost.
export const isSigned = async (credential, key, world) => {
    const document = without(credential, "proof");
    try {
        await checkSignature(readProof(document, credential.proof.at(-1)), document, key, null, world);
        return true;
    } catch (e) {
        if (e instanceof Refusal) return false;
        throw e;
    }
};

const checkOne = async (proof, document, issuer, rdfcHash, world) => {
    const good = readProof(document, proof);
    const [holder, fragment] = splitMethod(good.method);
    if (fragment === undefined || holder !== issuer) {
        refuse("proof-not-issuer", { method: repeated(good.method), issuer: repeated(issuer) });
    }
    const key = resolveKey(good.method, world.data.documents, world.data.issuers);
    await checkSignature(good, document, key, rdfcHash, world);
    return { ...good, key };
};

// All proofs of a credential, each { suite, method, created, expires, key }.
export const checkProofs = async (credential, world) => {
    const document = without(credential, "proof");
    const proofs = listOf(member(credential, "proof"));
    const count = proofs.length;
    if (!count) refuse("proof-missing");
    if (count > PROOFS_MAX) refuse("proof-many", { count, most: PROOFS_MAX });
    const issuer = issuerId(document) ?? refuse("proof-no-issuer");
    const rdfcHash = canonicalHash(document, RDFC, world);
    const good = [];
    for (const [index, proof] of proofs.entries()) {
        try {
            good.push(await checkOne(proof, document, issuer, rdfcHash, world));
        } catch (e) {
            // A key that is missing is no reason to refuse, and stands by itself.
            if (!(e instanceof Refusal) || e.open) throw e;
            refuse("proof-bad", { number: index + 1, count, why: e.why });
        }
    }
    return good;
};
