// Data Integrity proofs, as the program's badge/vc/proof.rs checks them: the form first, then the key, then the signature.
// Every proof must be good; one bad proof spoils the badge.

import { Refusal, refuse, refuseOpen } from "./refusal.mjs";
import { base58Decode, base58Encode, concat, utf8 } from "./bytes.mjs";
import { sha256 } from "./sha.mjs";
import { isObject, isText, jcs, listOf, member, sameJson, textOf } from "./json.mjs";
import { repeated } from "./text.mjs";
import { canonicalNquads } from "./rdf.mjs";
import { keyBytes, signatureFits } from "./ed25519.mjs";
import { resolveKey, splitMethod } from "./did.mjs";
import { p256Bytes, p256Fits } from "./p256.mjs";
import { readInstant } from "./time.mjs";

const PROOFS_MAX = 8;
export const RDFC = "eddsa-rdfc-2022";
export const JCS = "eddsa-jcs-2022";
// The forerunner of RDFC, which is a proof's type and no cryptosuite.
const OLD = "Ed25519Signature2020";
// On P-256.
const [RDFC_P256, JCS_P256] = ["ecdsa-rdfc-2019", "ecdsa-jcs-2019"];
const NAMED_SUITES = [RDFC, JCS, RDFC_P256, JCS_P256];

const isOverJson = (suite) => suite === JCS || suite === JCS_P256;

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
    sha256(utf8(isOverJson(suite) ? jcs(value) : canonicalNquads(value, world.data.contexts)));

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
    const front = isOverJson(suite) && Array.isArray(own) && Array.isArray(repeats) && repeats.length
        ? own.slice(0, repeats.length)
        : own;
    if (!sameJson(front, repeats)) refuse("proof-context");
};

// What a proof says, once its form is right.
const readProof = (document, proof) => {
    if (!isObject(proof)) refuse("proof-no-object");
    const text = (name) => textOf(proof, name) ?? refuse("proof-member", { name });
    const found = (name) => ({ found: repeated(text(name)) });
    if (![OLD, "DataIntegrityProof"].includes(text("type"))) refuseOpen("proof-type", found("type"));
    const suite = text("type") === OLD ? OLD : text("cryptosuite");
    if (suite !== OLD && !NAMED_SUITES.includes(suite)) refuseOpen("proof-suite", found("cryptosuite"));
    const value = textOf(proof, "proofValue") ?? "";
    const digits = value.startsWith("z") ? value.slice(1) : "";
    const signature = base58Decode(digits, 64) ?? base58Decode(digits, 96) ?? refuse("proof-value");
    if (text("proofPurpose") !== "assertionMethod") refuse("proof-purpose", found("proofPurpose"));
    if (member(proof, "previousProof") !== undefined) refuseOpen("proof-chained");
    const repeats = member(proof, "@context");
    if (repeats !== undefined) checkRepeated(member(document, "@context"), repeats, suite);
    const method = text("verificationMethod");
    const [created, expires] = [proofTime(proof, "created"), proofTime(proof, "expires")];
    return { suite, method, created, expires, signature, config: without(proof, "proofValue") };
};

const V2_CONTEXT = "https://www.w3.org/ns/credentials/v2";
const OLD_CONTEXT = "https://w3id.org/security/suites/ed25519-2020/v1";
const DATA_INTEGRITY = ["https://w3id.org/security/data-integrity/v2", "https://w3id.org/security/data-integrity/v1", V2_CONTEXT];

// The contexts under which proof options become RDF: the document's, and the suite's own where those lack it.
const optionContexts = (document, suite) => {
    const contexts = member(document, "@context");
    const giving = suite === OLD ? [OLD_CONTEXT] : DATA_INTEGRITY;
    return listOf(contexts).some((url) => giving.includes(url)) ? contexts : [...listOf(contexts), giving[0]];
};

const checkSignature = async ({ suite, config, signature }, document, key, rdfcHash, world) => {
    const overJson = isOverJson(suite);
    const point = isText(key) ? p256Bytes(key) : null;
    if (!isText(key) || Boolean(point) !== (suite === RDFC_P256 || suite === JCS_P256)) refuse("proof-other-key");
    const signed = overJson && config["@context"] ? { ...document, "@context": config["@context"] } : document;
    const options = overJson ? config : { ...config, "@context": optionContexts(document, suite) };
    const optionsHash = canonicalHash(options, suite, world);
    const message = concat(optionsHash, overJson ? canonicalHash(signed, suite, world) : rdfcHash);
    const good = point
        ? p256Fits(point, message, signature)
        : signature.length === 64 && await signatureFits(keyBytes(key), message, signature, world);
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
    const [holder] = splitMethod(good.method);
    if (holder !== issuer) {
        refuse("proof-not-issuer", { method: repeated(good.method), issuer: repeated(issuer) });
    }
    const key = resolveKey(good.method, world.data.documents, world.data.issuers);
    await checkSignature(good, document, key, rdfcHash, world);
    return { ...good, key };
};

// The good proofs of a credential, each { suite, method, created, expires, key }, and why others could not be checked. One
// good proof is enough; one bad proof spoils the badge.
export const checkProofs = async (credential, world) => {
    const document = without(credential, "proof");
    const proofs = listOf(member(credential, "proof"));
    const count = proofs.length;
    if (!count) refuse("proof-missing");
    if (count > PROOFS_MAX) refuseOpen("proof-many", { count, most: PROOFS_MAX });
    const issuer = issuerId(document) ?? refuse("proof-no-issuer");
    const rdfcHash = canonicalHash(document, RDFC, world);
    const [good, unchecked] = [[], []];
    for (const [index, proof] of proofs.entries()) {
        try {
            good.push(await checkOne(proof, document, issuer, rdfcHash, world));
        } catch (e) {
            if (!(e instanceof Refusal)) throw e;
            // A key that is missing stands by itself, whichever proof it is of.
            const bad = new Refusal("proof-bad", { number: index + 1, count, why: e.why }, e.open);
            if (!e.open) throw bad;
            unchecked.push({ alone: e.why.code === "did-no-document" ? e : bad, numbered: bad });
        }
    }
    if (!good.length) throw unchecked[0].alone;
    return { good, unchecked: unchecked.map(({ numbered }) => numbered.why) };
};
