// What a key's signature is worth: the judgement of the program's trust/list.rs over the issuers in the page.

import { hex } from "./bytes.mjs";
import { sha256 } from "./sha.mjs";
import { keyBytes } from "./ed25519.mjs";
import { dayOf } from "./time.mjs";
import { ASSURANCES } from "./claim.mjs";

// An issuer with several keys, each with a life of its own, becomes one for each key.
const byKeys = (issuers) =>
    issuers.flatMap(({ keys = [{}], ...issuer }) => keys.map((key) => ({ ...issuer, ...key })));

export const issuerByKey = (issuers, key) => byKeys(issuers).find((issuer) => issuer.key === key) ?? null;

// How an issuer described itself, now and formerly, the newest first: badges of then are rebuilt with it.
const describedBy = ({ former = [], ...issuer }) => {
    const { name, url, email, image, ...rest } = issuer;
    return [issuer, ...[...former].reverse().map((profile) => ({ ...rest, ...profile }))];
};

// Every issuer whose key's SHA-256 begins with these four bytes.
export const issuersByHint = (issuers, hint) => byKeys(issuers)
    .filter(({ key }) => hex(sha256(keyBytes(key)).slice(0, 4)) === hint)
    .flatMap(describedBy);

// "trusted", or why not, of a key that is in the list, for a badge of this time and assurance.
export const judgeIssuer = (issuer, issued, assurance) => {
    const day = dayOf(issued);
    if (issuer.state === "compromised") return "compromised";
    if (day < issuer.from) return "too-early";
    if (issuer.state === "retired" && day > issuer.until) return "retired";
    const above = ASSURANCES.indexOf(assurance) > ASSURANCES.indexOf(issuer.highest);
    return above ? "above-highest" : "trusted";
};
