// The page's one verifier: a badge file, a link or a token in, five answers out, as the program's badge/verify.rs gives.

import { Refusal, reason, refuse, refuseOpen } from "./refusal.mjs";
import { fromUtf8, utf8, withoutMark, withoutSpace } from "./bytes.mjs";
import { fileText, isObject, listOf, member, parseJson } from "./json.mjs";
import { looksSame, quoted } from "./text.mjs";
import { linkWithin, readLink } from "./link.mjs";
import { readToken } from "./claim.mjs";
import { levelsByReference } from "./levels.mjs";
import { evidenceAnswer, testOf } from "./level.mjs";
import { templateOf } from "./template.mjs";
import { checkKey } from "./ed25519.mjs";
import { multikeyOf } from "./did.mjs";
import { checkProofs, isSigned, issuerId } from "./proof.mjs";
import { canonicalNquads } from "./rdf.mjs";
import { checkForm } from "./form.mjs";
import { NO_SUMMARY, summaryOf, identifiersOf, subjectOf } from "./summary.mjs";
import { holderAnswer } from "./identity.mjs";
import { issuerByKey, issuersByHint, judgeIssuer } from "./trust.mjs";
import { rebuild } from "./credential.mjs";
import { dayOf, minuteOf, readInstant } from "./time.mjs";
import { unbake } from "./unbake.mjs";
import { comparePicture } from "./compared.mjs";
import { statusAnswer } from "./status.mjs";

const QUESTIONS = ["integrity", "issuer", "holder", "evidence", "standing"];
// How far a proof's time may lie ahead of the time of asking: clocks differ.
const CLOCKS_DIFFER_MS = 5 * 60_000;
const NAMELESS_ISSUER = "a typeproof user";
const OPEN_BADGES_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context";
const CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2";

const yes = (code, params) => ({ is: "yes", why: reason(code, params) });
const no = (code, params) => ({ is: "no", why: reason(code, params) });
const notChecked = (code, params) => ({ is: "not-checked", why: reason(code, params) });

// -- What was given

const [OBJECT_OPENS, LIST_OPENS, TAG_OPENS] = utf8("{[<");

// The one link in a Markdown text or a web page, which begin as JSON and SVG do; null for JSON, SVG and other bytes.
const markedLink = (bytes) => {
    const [first] = bytes;
    if (first !== LIST_OPENS && first !== TAG_OPENS) return null;
    let text;
    try {
        text = fromUtf8(bytes);
    } catch {
        return null;
    }
    return first === TAG_OPENS && /[<:]svg/.test(text) ? null : linkWithin(text);
};

// The bytes of a file: JSON, a picture, or a text with one link or token. Content decides, names do not.
const readFile = async (file) => {
    const bytes = withoutMark(file);
    const start = withoutSpace(bytes);
    const marked = markedLink(start);
    if (marked) return marked;
    if (start[0] === OBJECT_OPENS || start[0] === LIST_OPENS) return { document: bytes };
    const baked = await unbake(bytes);
    if (baked) return { document: utf8(baked.text), picture: bytes };
    let text;
    try {
        text = fromUtf8(bytes);
    } catch {
        refuse("given-no-text");
    }
    try {
        return readLink(text);
    } catch (e) {
        throw e.why?.code === "link-no-fragment" ? new Refusal("given-nothing-fetched") : e;
    }
};

const readGiven = ({ kind, text, bytes }) => {
    if (kind === "document") return { document: utf8(text) };
    return kind === "token" ? readLink(text) : readFile(bytes);
};

// -- A token

const didOf = (issuer) => ({ did: `did:key:${issuer.key}`, ...issuer });

const inlineIssuer = ({ key, issuerName, name }) => {
    try {
        return [didOf({ key: multikeyOf(checkKey(key)), name: issuerName ?? name ?? NAMELESS_ISSUER })];
    } catch {
        return refuse("token-key");
    }
};

// The issuers that a claim may mean, as a credential describes them.
const claimedIssuers = (claim, { issuers }) => {
    if (claim.key) return inlineIssuer(claim);
    const known = issuersByHint(issuers, claim.hint);
    return known.length ? known.map(didOf) : refuseOpen("token-issuer");
};

// Rebuilds the badge from a token, with every level and key that its hints allow.
const rebuilt = async (payload, world) => {
    const claim = readToken(payload);
    const levels = levelsByReference(world.data, claim.level, claim.kind);
    if (!levels.length) refuseOpen("token-level", { level: claim.level });
    const issuers = claimedIssuers(claim, world.data);
    if (claim.status !== undefined && !issuers.some((issuer) => issuer.status_list)) refuseOpen("token-status");
    for (const level of levels) {
        for (const issuer of issuers) {
            const credential = rebuild(claim, level, issuer, templateOf(level, world.data));
            if (credential && await isSigned(credential, issuer.key, world)) return credential;
        }
    }
    return refuse("token-signature");
};

// -- What is asked of an Open Badge before its proofs

const checkBadge = (credential, world) => {
    const wrong = (what) => refuse("shape", { what: { code: `shape-${what}` } });
    if (!isObject(credential)) wrong("object");
    const named = credential["@context"];
    // A document that names its contexts and says nothing: refused for them alone.
    canonicalNquads(named === undefined ? {} : { "@context": named }, world.data.contexts);
    const contexts = listOf(named);
    const types = Array.isArray(credential.type) ? credential.type : [];
    const [subject, issuer] = [subjectOf(credential), issuerId(credential)];
    const subjects = listOf(member(credential, "credentialSubject")).length;
    const badge = types.includes("OpenBadgeCredential") || types.includes("AchievementCredential");
    const achievement = member(member(subject, "achievement"), "name");
    const dated = (name) => readInstant(credential[name]) !== null;
    if (contexts[0] !== CREDENTIALS_V2 || !contexts[1]?.startsWith(OPEN_BADGES_3)) wrong("contexts");
    if (!types.includes("VerifiableCredential") || !badge) wrong("type");
    if (subjects !== 1) wrong("subject");
    if (issuer === undefined) wrong("issuer");
    if (achievement === undefined) wrong("achievement");
    if (member(subject, "id") === undefined && !identifiersOf(credential).length) wrong("nobody");
    if (!dated("validFrom")) wrong("valid-from");
    if (credential.validUntil !== undefined && !dated("validUntil")) wrong("valid-until");
};

// -- The answers

const calledOtherwise = (known, { issuer_name: own }) =>
    own === "" || looksSame(known, own) ? "" : reason("issuer-otherwise", { name: quoted(own) });

const supervised = ({ assurance }) =>
    assurance ? reason("supervised", { assurance: reason(assurance) }) : reason("unsupervised");

// What one proof's key says of the issuer, at one date; `rank` orders the worst first.
const issuerStanding = (key, date, summary, { data }) => {
    const issuer = issuerByKey(data.issuers, key);
    if (!issuer) return { rank: 1, ...no("issuer-unknown", { key, name: quoted(summary.issuer_name) }) };
    const assurance = summary.assurance ?? "self-assessed";
    const standing = judgeIssuer(issuer, date, assurance);
    const params = { name: issuer.name, assurance: reason(assurance), highest: reason(issuer.highest) };
    if (standing !== "trusted") return { rank: 0, ...no(`issuer-${standing}`, params) };
    const otherwise = calledOtherwise(issuer.name, summary);
    return { rank: 2, ...yes("issuer-trusted", { name: issuer.name, supervised: supervised(summary), otherwise }) };
};

// The key must have been in use on the badge's date, and when the proof says that it was made. The worst counts.
const issuerAnswer = (credential, summary, proofs, world) => {
    const issued = readInstant(credential.validFrom);
    const dates = proofs.flatMap(({ key, created }) => [[key, issued], ...(created === null ? [] : [[key, created]])]);
    const answers = dates.map(([key, date]) => issuerStanding(key, date, summary, world));
    return answers.reduce((worst, each) => (each.rank < worst.rank ? each : worst));
};

const standingAnswer = async (credential, proofs, world) => {
    const { now } = world;
    const [from, until] = [readInstant(credential.validFrom), readInstant(credential.validUntil)];
    const made = proofs.map(({ created }) => created).filter((created) => created !== null);
    if (now < from) return no("not-yet-valid", { time: minuteOf(from) });
    if (until !== null && now >= until) return no("expired", { day: dayOf(until) });
    if (proofs.some(({ expires }) => expires !== null && now >= expires)) return no("proof-expired");
    if (made.some((created) => created > now + CLOCKS_DIFFER_MS)) return no("proof-in-future");
    if (until !== null && made.some((created) => created >= until)) return no("proof-after-end", { day: dayOf(until) });
    if (credential.credentialStatus !== undefined) return statusAnswer(credential, issuerId(credential), world);
    return until === null ? yes("in-force-endless") : yes("in-force", { day: dayOf(until) });
};

// -- The verdict

const unreadable = ({ why, open: missing }) => {
    const rest = () => notChecked("unread");
    const answers = Object.fromEntries(QUESTIONS.map((name) => [name, rest()]));
    return { answers: { ...answers, integrity: { is: missing ? "not-checked" : "no", why } } };
};

// What the answers come to, and the answer that decides.
const verdict = ({ answers, issuerRefused = false }, holderAsked) => {
    const { integrity, issuer, holder, evidence, standing } = answers;
    const refusing = [integrity, holder, evidence, standing].find(({ is }) => is === "no");
    // A version of something that is not known here leaves open what the badge is for.
    const isOpen = ["level-version", "award-version"].includes(evidence.why.code);
    const asked = [...(holderAsked ? [holder] : []), ...(isOpen ? [evidence] : [])];
    const missing = [integrity, standing, ...asked].find(({ is }) => is === "not-checked");
    const [outcome, decides] = issuerRefused && integrity.is !== "no"
        ? ["refused", issuer]
        : refusing
            ? ["refused", refusing]
            : missing
                ? ["cannot-tell", missing]
                : [issuer.is === "yes" ? "valid" : "unproven", issuer];
    return { outcome, lead: outcome, why: decides.why, answers };
};

const judged = async (credential, summary, proofs, world) => {
    const { rank, ...issuer } = issuerAnswer(credential, summary, proofs, world);
    const suites = proofs.map(({ suite }) => suite);
    const answers = {
        integrity: yes("unchanged", { suites: suites.join(", ") }),
        issuer,
        holder: holderAnswer(credential, summary, world.holder),
        evidence: evidenceAnswer(credential, world.data),
        standing: await standingAnswer(credential, proofs, world),
    };
    const signer = proofs.map(({ key }) => issuerByKey(world.data.issuers, key)).find(Boolean) ?? null;
    return { answers, issuerRefused: rank === 0, issuer: signer, suites };
};

const credentialReport = async (credential, world) => {
    const summary = summaryOf(credential);
    let found;
    try {
        checkBadge(credential, world);
        const proofs = await checkProofs(credential, world);
        checkForm(credential);
        found = await judged(credential, summary, proofs, world);
    } catch (e) {
        if (!(e instanceof Refusal)) throw e;
        found = unreadable(e);
    }
    const { issuer = null, suites = [] } = found;
    const asked = found.suites && world.holder !== null;
    const test = testOf(credential, world.data, issuer?.name ?? null);
    return { ...verdict(found, asked), summary, credential, file: fileText(credential), issuer, suites, test };
};

const nothingRead = (refusal) => ({
    ...verdict(unreadable(refusal), false),
    summary: NO_SUMMARY, credential: null, file: null, issuer: null, suites: [], test: null,
});

// Whether the picture shows what the badge in it says, as the code of a reason. A badge that is not unchanged says nothing to
// compare with.
const drawingOf = async (picture, { answers, credential }, { data }) =>
    (answers.integrity.is === "yes" ? comparePicture(picture, credential, data) : "drawing-unsigned");

// Verifies what was given; bad input never throws.
export async function verify(given, world) {
    let host = null;
    try {
        const read = await readGiven(given);
        host = read.host ?? null;
        const credential = read.payload ? await rebuilt(read.payload, world) : parseJson(read.document);
        const report = await credentialReport(credential, world);
        return { ...report, host, drawing: read.picture ? await drawingOf(read.picture, report, world) : null };
    } catch (e) {
        const refusal = e instanceof Refusal ? e : new Refusal("page-failed", { error: String(e) }, true);
        return { ...nothingRead(refusal), host, drawing: null };
    }
}
