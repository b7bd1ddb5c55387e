// The page's one verifier: a badge file, a link or a token in, five answers out, as the program's badge/verify.rs gives.

import { Refusal, reason, refuse, refuseOpen } from "./refusal.mjs";
import { fromUtf8, utf8, withoutMark, withoutSpace } from "./bytes.mjs";
import { fileText, isObject, isText, listOf, member, parseJson } from "./json.mjs";
import { looksSame, quoted } from "./text.mjs";
import { linkWithin, readLink } from "./link.mjs";
import { readToken } from "./claim.mjs";
import { levelsByReference } from "./levels.mjs";
import { evidenceAnswer, testOf } from "./level.mjs";
import { templateOf } from "./template.mjs";
import { checkKey } from "./ed25519.mjs";
import { multikeyOf } from "./did.mjs";
import { checkProofs, isSigned, issuerId } from "./proof.mjs";
import { canonicalNquads, withoutVoids } from "./rdf.mjs";
import { checkForm } from "./form.mjs";
import { NO_SUMMARY, identifiersOf, subjectOf } from "./summary.mjs";
import { summarised } from "./supervised.mjs";
import { holderAnswer } from "./identity.mjs";
import { issuerByKey, issuersByHint, judgeIssuer } from "./trust.mjs";
import { rebuild } from "./credential.mjs";
import { UNTIL, dayOf, fromOf, minuteOf, readInstant, untilOf } from "./time.mjs";
import { unbake } from "./unbake.mjs";
import { checkJwt, credentialIn, isCompact, readJwt } from "./jwt.mjs";
import { asUtf8, opened, textOfBytes } from "./wrapped.mjs";
import { comparePicture } from "./compared.mjs";
import { statusAnswer } from "./status.mjs";

const QUESTIONS = ["integrity", "issuer", "holder", "evidence", "standing"];
// How far a proof's time may lie ahead of the time of asking: clocks differ.
const CLOCKS_DIFFER_MS = 5 * 60_000;
const NAMELESS_ISSUER = "a typeproof user";
const OPEN_BADGES_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context";
const CREDENTIALS = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"];

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
    const isUtf16 = ["255,254", "254,255"].includes(bytes.slice(0, 2).join());
    if (isUtf16 || isCompact(textOfBytes(bytes.subarray(0, 1 << 20)) ?? "")) return { document: bytes };
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
    const shape = (what) => ({ what: { code: `shape-${what}` } });
    const wrong = (what) => refuse("shape", shape(what));
    const other = (what) => refuseOpen("shape", shape(what));
    if (!isObject(credential)) other("object");
    const named = credential["@context"];
    // A document that names its contexts and says nothing: refused for them alone.
    canonicalNquads(named === undefined ? {} : { "@context": named }, world.data.contexts);
    const contexts = listOf(named);
    const types = Array.isArray(credential.type) ? credential.type : [];
    const [subject, issuer] = [subjectOf(credential), issuerId(credential)];
    const subjects = listOf(member(credential, "credentialSubject")).length;
    const badge = types.includes("OpenBadgeCredential") || types.includes("AchievementCredential");
    const achievement = member(member(subject, "achievement"), "name");
    const undated = (name) => credential[name] !== undefined && readInstant(credential[name]) === null;
    const ours = contexts.some((url) => url.startsWith(OPEN_BADGES_3));
    if (!CREDENTIALS.includes(contexts[0]) || !ours) other("contexts");
    if (!types.includes("VerifiableCredential") || !badge) other("type");
    if (subjects !== 1) other("subject");
    if (issuer === undefined) wrong("issuer");
    if (achievement === undefined) wrong("achievement");
    const nobody = ["id", "name"].every((name) => member(subject, name) === undefined);
    if (nobody && !identifiersOf(credential).length) wrong("nobody");
    if (fromOf(credential) === null) wrong("valid-from");
    if (UNTIL.some(undated)) wrong("valid-until");
};

// Why a credential is no Open Badge as it is read here; null where it is one.
const shapeRefusal = (credential, world) => {
    try {
        checkBadge(credential, world);
        return null;
    } catch (e) {
        if (e instanceof Refusal) return e;
        throw e;
    }
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
    const issued = fromOf(credential);
    const dates = proofs.flatMap(({ key, created }) => [[key, issued], ...(created === null ? [] : [[key, created]])]);
    const answers = dates.map(([key, date]) => issuerStanding(key, date, summary, world));
    return answers.reduce((worst, each) => (each.rank < worst.rank ? each : worst));
};

const standingAnswer = async (credential, proofs, world) => {
    const { now } = world;
    const [from, until] = [fromOf(credential), untilOf(credential)];
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
    // A version, or a layout or language, that is not known here leaves open what the badge is for.
    const isOpen = ["level-version", "award-version", "course-ground"].includes(evidence.why.code);
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

const judged = async (credential, summary, { good: proofs, unchecked }, world) => {
    const { rank, ...issuer } = issuerAnswer(credential, summary, proofs, world);
    const suites = proofs.map(({ suite }) => suite);
    const answers = {
        integrity: unchecked.length
            ? yes("unchanged-partly", { suites: suites.join(", "), why: unchecked[0] })
            : yes("unchanged", { suites: suites.join(", ") }),
        issuer,
        holder: holderAnswer(credential, summary, world.holder),
        evidence: evidenceAnswer(credential, world.data),
        standing: await standingAnswer(credential, proofs, world),
    };
    const signer = proofs.map(({ key }) => issuerByKey(world.data.issuers, key)).find(Boolean) ?? null;
    return { answers, issuerRefused: rank === 0, issuer: signer, suites };
};

// The report on a badge's credential; `check` gives its good signatures.
const credentialReport = async (given, world, check) => {
    // What says nothing in JSON-LD is not signed either, so nothing but the proofs is asked of it.
    const credential = withoutVoids(given);
    const summary = summarised(credential, world.data);
    let found;
    try {
        const shape = shapeRefusal(credential, world);
        if (shape && (!shape.open || !isObject(credential))) throw shape;
        // What was altered is refused, in whatever form it is.
        const proofs = await check().catch((e) => {
            throw shape && e instanceof Refusal && e.open ? shape : e;
        });
        if (shape) throw shape;
        checkForm(credential);
        found = await judged(credential, summary, proofs, world);
    } catch (e) {
        if (!(e instanceof Refusal)) throw e;
        found = unreadable(e);
    }
    const { issuer = null, suites = [] } = found;
    const asked = found.suites && world.holder !== null;
    const test = testOf(credential, world.data, issuer?.name ?? null);
    return { ...verdict(found, asked), summary, credential, file: fileText(given), issuer, suites, test };
};

const nothingRead = (refusal) => ({
    ...verdict(unreadable(refusal), false),
    summary: NO_SUMMARY, credential: null, file: null, issuer: null, suites: [], test: null,
});

const proofsReport = (credential, world) =>
    credentialReport(credential, world, () => checkProofs(credential, world));

const tokenReport = (text, world) => {
    const jwt = readJwt(text);
    const credential = credentialIn(jwt);
    return credentialReport(credential, world, () => checkJwt(jwt, credential, world));
};

const documentReport = (given, world) => {
    const bytes = asUtf8(given);
    const text = textOfBytes(bytes);
    if (text !== null && isCompact(text)) return tokenReport(text, world);
    const inside = opened(parseJson(bytes));
    return isText(inside) && inside.startsWith("ey") ? tokenReport(inside, world) : proofsReport(inside, world);
};

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
        const report = read.payload
            ? await proofsReport(await rebuilt(read.payload, world), world)
            : await documentReport(read.document, world);
        return { ...report, host, drawing: read.picture ? await drawingOf(read.picture, report, world) : null };
    } catch (e) {
        const refusal = e instanceof Refusal ? e : new Refusal("page-failed", { error: String(e) }, true);
        return { ...nothingRead(refusal), host, drawing: null };
    }
}
