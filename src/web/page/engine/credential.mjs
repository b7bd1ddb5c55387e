// A credential is template, achievement and claim: what a token's signatures are of is rebuilt as the program's
// badge/credential.rs does, byte for byte.

import { base64urlEncode } from "./bytes.mjs";
import { sha256 } from "./sha.mjs";
import { fillTemplate } from "./template.mjs";
import { JCS, RDFC, proofObject } from "./proof.mjs";
import { urnOf } from "./levels.mjs";
import { writeInstant } from "./time.mjs";
import { halves, hundredths, shareBp } from "./figures.mjs";
import { hoursOf } from "./gathered.mjs";
import { supervisionHoles } from "./examination.mjs";

const figureHoles = (figures) => ({
    net: hundredths(figures.net),
    gross: hundredths(figures.gross),
    accuracy: hundredths(shareBp(figures.right, figures.typed)),
    errors: halves(figures.errorsX2),
    consistency: hundredths(figures.consistency),
    correct: String(figures.correct),
    incorrect_left: String(figures.incorrectLeft),
    incorrect_fixed: String(figures.incorrectFixed),
    fixes: String(figures.fixes),
    typed: String(figures.typed),
    right: String(figures.right),
    standing: String(figures.standing),
    duration_ms: String(figures.duration),
});

const gatheredHoles = (gathered) => ({
    hours: hundredths(hoursOf(gathered)),
    practised_s: String(gathered.practised),
    days: String(gathered.days),
    exercises: String(gathered.exercises),
    span_s: String(gathered.span),
    remarked: gathered.remarked ? String(gathered.remarked) : undefined,
});

const courseHoles = ({ gathered: { exercises }, ended: { net, gross, accuracy }, ground }) => ({
    "final-net": hundredths(net),
    "final-gross": hundredths(gross),
    "final-accuracy": hundredths(accuracy),
    lessons: String(exercises),
    ground,
});

const measuredHoles = ({ figures, gathered, ended, ground }) => ({
    ...(figures && figureHoles(figures)),
    ...(gathered && gatheredHoles(gathered)),
    ...(ended && courseHoles({ gathered, ended, ground })),
});

const claimHoles = (claim, level) => {
    const end = claim.start + (claim.gathered?.span ?? Math.ceil(claim.figures?.duration / 1000));
    const issued = end + claim.issuedAfter;
    const optional = (n) => (n === undefined ? undefined : String(n));
    return {
        ...measuredHoles(claim),
        id: urnOf(sha256(claim.body)),
        assurance: claim.assurance,
        start: writeInstant(claim.start),
        end: writeInstant(end),
        valid_from: writeInstant(issued),
        valid_until: writeInstant(issued + (claim.validDays ?? level.valid_days) * 86_400),
        log: `ni:///sha-256-128;${base64urlEncode(claim.log)}`,
        name: claim.name,
        email: claim.email,
        salt: claim.salt,
        exam: claim.exam,
        attempt: optional(claim.attempt),
        status: optional(claim.status),
        together: optional(claim.noted?.together || undefined),
        early: optional(claim.noted?.early || undefined),
        wall_clock_s: optional(claim.noted?.wallClock || undefined),
        ...supervisionHoles(claim),
    };
};

// The credential with the proofs that the token has signatures of; null where it could not have been issued. The
// signatures are not checked here. `issuer`: { key, did, name, url?, status_list? }.
export const rebuild = (claim, level, issuer, template) => {
    const holes = claimHoles(claim, level);
    const { key, did: id, ...profile } = issuer;
    const unwritable = Object.values(holes).includes(null);
    if (unwritable || (claim.status !== undefined && !issuer.status_list)) return null;
    const document = fillTemplate(template, { level, issuer: { id, ...profile }, claim: holes });
    const signatures = [[RDFC, claim.rdfc], [JCS, claim.jcs]].filter(([, signature]) => signature);
    const proof = signatures.map(([suite, signature]) =>
        proofObject(document, suite, holes.valid_from, `${id}#${key}`, signature));
    return { ...document, proof };
};
