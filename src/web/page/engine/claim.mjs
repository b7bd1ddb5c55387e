// The bytes that a QR code carries, as the program's badge/claim.rs and token.rs describe them: read strictly, one byte
// string for one claim.

import { Refusal, refuse } from "./refusal.mjs";
import { fromUtf8, hex, utf8 } from "./bytes.mjs";
import { checkedName, inQuotes } from "./text.mjs";
import { COUNTS, EXAM_ID_MAX, IDENTITY_BYTES_MAX, NOTE_BYTES_MAX, PRESENCES } from "./examination.mjs";
import { isExamId, wrongProctoring } from "./examination.mjs";
import { isGround, wrongFinal, wrongGathered } from "./gathered.mjs";

// What was measured, by the first byte.
const FORMS = { 1: "test", 4: "practice", 7: "course" };
// 2024-01-01T00:00:00Z in seconds.
const EPOCH = 1_704_067_200;
const U32_MAX = 0xffff_ffff;
const HOLDER_NAME_BYTES_MAX = 40;
const EXAM_BYTES_MAX = 16;
const ID_BYTES_MAX = 16;
const SIGNATURE_BYTES = 64;
const FLAG = { inlineKey: 1, name: 2, email: 4, ownValidity: 32, extras: 64, issuerName: 128 };
const EXTRA = { later: 1, exam: 2, attempt: 4, status: 8, noted: 16, supervised: 32 };

export const ASSURANCES = ["self-assessed", "reviewed", "proctored"];

const damaged = (code, params) => refuse("claim-damaged", { why: { code, ...params } });
const contradiction = (what) => refuse("claim-figures", { what: { code: `figures-${what}` } });

class TokenReader {
    constructor(bytes) {
        this.bytes = bytes;
        this.at = 0;
    }

    take(length, what) {
        if (this.at + length > this.bytes.length) damaged("bytes-truncated", { what });
        this.at += length;
        return this.bytes.slice(this.at - length, this.at);
    }

    byte(what) {
        return this.take(1, what)[0];
    }

    // A number of seven bits a byte, low first, in its shortest form.
    varint(most, what) {
        let value = 0n;
        for (let shift = 0n; ; shift += 7n) {
            const byte = BigInt(this.byte(what));
            value |= (byte & 127n) << shift;
            if ((byte === 0n && shift > 0n) || (byte > 1n && shift === 63n)) damaged("bytes-long-form", { what });
            if (byte > 127n) continue;
            return value > BigInt(most) ? damaged("bytes-value", { what, value: String(value) }) : Number(value);
        }
    }

    text(most, what) {
        const bytes = this.take(this.varint(most, what), what);
        try {
            return fromUtf8(bytes);
        } catch {
            return damaged("bytes-text", { what });
        }
    }

    // A name as HolderName takes it; one that is not written as it should be is refused at the end.
    name(what = "name", most = HOLDER_NAME_BYTES_MAX) {
        return this.checked(this.text(most, what), most);
    }

    // The same, or nothing where its length is 0.
    perhaps(what, most = HOLDER_NAME_BYTES_MAX) {
        const entered = this.text(most, what);
        return entered === "" ? undefined : this.checked(entered, most);
    }

    checked(entered, most) {
        const name = holderName(entered, most);
        this.odd ||= name !== entered;
        return name;
    }

    finish() {
        const count = this.bytes.length - this.at;
        if (count) damaged("bytes-trailing", { count });
    }
}

// A few words as Phrase takes them.
export const holderName = (entered, most = HOLDER_NAME_BYTES_MAX) => {
    const refused = (why) => refuse("claim-name", { why });
    let name;
    try {
        name = checkedName(entered);
    } catch (e) {
        refused(e.why);
    }
    const size = utf8(name).length;
    const shown = inQuotes(name);
    if (size > most) refused({ code: "holder-long", name: shown, size, most });
    if (/[{}]/.test(name)) refused({ code: "holder-braces", name: shown });
    return name;
};

const readFigures = (reader) => {
    const next = () => reader.varint(U32_MAX, "figures");
    const [net, above, standing, incorrectLeft, omitted] = Array.from({ length: 5 }, next);
    const [incorrectFixed, fixes, wrong, errorsX2, consistency, duration] = Array.from({ length: 6 }, next);
    const fits = (sum) => (sum >= 0 && sum <= U32_MAX ? sum : contradiction("sums"));
    return {
        net,
        gross: fits(net + above),
        standing,
        correct: fits(fits(standing + omitted) - incorrectLeft),
        incorrectLeft,
        incorrectFixed,
        fixes,
        typed: standing + incorrectFixed,
        right: fits(fits(standing + incorrectFixed) - wrong),
        errorsX2,
        consistency,
        duration,
    };
};

const readGathered = (reader) => {
    const [practised, days, exercises, remarked, span] =
        Array.from({ length: 5 }, () => reader.varint(U32_MAX, "figures"));
    return { practised, days, exercises, remarked, span };
};

const readFinal = (reader) => {
    const [net, above, accuracy] = Array.from({ length: 3 }, () => reader.varint(U32_MAX, "figures"));
    const gross = net + above;
    return { net, gross: gross > U32_MAX ? contradiction("sums") : gross, accuracy };
};

const readMeasured = (reader, kind) => {
    if (kind === "test") return { figures: readFigures(reader) };
    const gathered = readGathered(reader);
    if (kind === "practice") return { gathered };
    const ended = readFinal(reader);
    const ids = ["layout", "language"].map((what) => reader.text(ID_BYTES_MAX, what));
    return { gathered, ended, ground: ids.join(", ") };
};

// What the program noted of the test besides its keys: three numbers, 0 for nothing, and not all of them.
const readNoted = (reader) => {
    const [together, early, wallClock] = Array.from({ length: 3 }, () => reader.varint(U32_MAX, "what was noted"));
    reader.odd ||= !together && !early && !wallClock;
    return { together, early, wallClock };
};

const readReview = (reader) => ({
    reviewer: reader.name("reviewer"),
    title: reader.perhaps("title"),
    note: reader.perhaps("note", NOTE_BYTES_MAX),
    badge: reader.take(16, "reviewed badge"),
});

const readProctoring = (reader) => {
    const [proctor, title] = [reader.name("proctor"), reader.perhaps("title")];
    const exam = reader.text(EXAM_ID_MAX, "examination");
    const examTitle = reader.name("title of the examination");
    const identity = reader.perhaps("identity", IDENTITY_BYTES_MAX);
    const kind = reader.byte("kind of examination");
    const [attempt, attempts] = ["attempt", "attempts"].map((what) => reader.varint(U32_MAX, what));
    const counts = COUNTS[kind >> 1] ?? damaged("bytes-value", { what: "kind of examination", value: kind });
    const [passage, journal] = [reader.take(8, "passage"), reader.take(16, "journal")];
    return { proctor, title, presence: PRESENCES[kind & 1], identity, exam, examTitle, attempt, attempts, counts,
        passage, journal };
};

// Who supervised; nobody did what is self-assessed, so such bytes are not canonical.
const readSupervised = (reader, claim) => {
    if (claim.assurance === "reviewed") claim.review = readReview(reader);
    else if (claim.assurance === "proctored") claim.proctoring = readProctoring(reader);
    else reader.odd = true;
};

const readExtras = (reader, claim) => {
    const extras = reader.byte("extras");
    if (extras & EXTRA.later) claim.issuedAfter = reader.varint(U32_MAX, "seconds to the issue");
    if (extras & EXTRA.exam) claim.exam = reader.text(EXAM_BYTES_MAX, "examination");
    if (extras & EXTRA.attempt) claim.attempt = reader.varint(U32_MAX, "attempt");
    if (extras & EXTRA.status) claim.status = reader.varint(U32_MAX, "status index");
    if (extras & EXTRA.noted && claim.kind === "test") claim.noted = readNoted(reader);
    reader.odd ||= extras & EXTRA.noted && claim.kind !== "test";
    if (extras & EXTRA.supervised) readSupervised(reader, claim);
    reader.odd ||= extras === 0 || extras > 63 || (extras & EXTRA.later && !claim.issuedAfter);
};

const readBody = (reader) => {
    const form = reader.byte("version");
    const kind = FORMS[form] ?? refuse("claim-version", { found: form });
    const flags = reader.byte("flags");
    const has = (flag) => (flags & flag) !== 0;
    const claim = { kind, issuedAfter: 0, level: hex(reader.take(4, "level")) };
    if (has(FLAG.inlineKey)) claim.key = reader.take(32, "issuer key");
    else claim.hint = hex(reader.take(4, "issuer hint"));
    if (has(FLAG.inlineKey) && has(FLAG.issuerName)) claim.issuerName = reader.name();
    reader.odd ||= has(FLAG.issuerName) && !has(FLAG.inlineKey);
    if (has(FLAG.name)) claim.name = reader.name();
    if (has(FLAG.email)) {
        claim.email = `sha256$${hex(reader.take(32, "e-mail hash"))}`;
        claim.salt = hex(reader.take(8, "salt"));
    }
    Object.assign(claim, readMeasured(reader, kind));
    claim.start = EPOCH + reader.varint(U32_MAX, "start");
    claim.log = reader.take(16, "log digest");
    if (has(FLAG.ownValidity)) claim.validDays = reader.varint(U32_MAX, "days of validity");
    claim.assurance = ASSURANCES[(flags >> 3) & 3] ?? damaged("bytes-value", { what: "assurance", value: 3 });
    if (has(FLAG.extras)) readExtras(reader, claim);
    return claim;
};

const checkFigures = (figures) => {
    if (figures.correct + figures.incorrectLeft > U32_MAX) contradiction("sums");
    if (figures.correct + figures.incorrectLeft < figures.standing) contradiction("neither");
    if (figures.consistency > 10_000) contradiction("consistency");
};

const checkProctored = ({ figures, exam, attempt, proctoring }) => {
    if (!figures) contradiction("proctored");
    if (exam !== undefined || attempt !== undefined) contradiction("exam");
    const wrong = wrongProctoring(proctoring);
    if (wrong) refuse("claim-figures", { what: { code: wrong } });
};

const checkClaim = (claim) => {
    const { figures, gathered, ended, ground, start, exam = "-", name, email, proctoring } = claim;
    if (figures) checkFigures(figures);
    const wrong = (gathered && wrongGathered(gathered, start)) ?? (ended && wrongFinal(ended));
    if (wrong) contradiction(wrong);
    if (ground !== undefined && !isGround(ground)) contradiction("course-ground");
    if (!isExamId(exam) || exam.length > EXAM_BYTES_MAX) contradiction("exam");
    if (proctoring) checkProctored(claim);
    if (name === undefined && email === undefined) refuse("claim-nobody");
};

// What a token asserts, and the signatures behind it: { body, jcs, rdfc? } besides the claim's members.
export const readToken = (bytes) => {
    const reader = new TokenReader(bytes);
    const claim = readBody(reader);
    claim.body = bytes.slice(0, reader.at);
    claim.jcs = reader.take(SIGNATURE_BYTES, "signature");
    if (reader.at < bytes.length) claim.rdfc = reader.take(SIGNATURE_BYTES, "second signature");
    reader.finish();
    checkClaim(claim);
    if (reader.odd) throw new Refusal("claim-not-canonical");
    return claim;
};
