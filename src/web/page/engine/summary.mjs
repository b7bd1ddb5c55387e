// What a badge says, read from the very document whose proofs were checked, cleaned; as the program's badge/verify/summary.rs.

import { cleanName, cleanRemark, cleanText, cleanTitle } from "./text.mjs";
import { listOf, member, textOf } from "./json.mjs";
import { issuerId } from "./proof.mjs";
import { ASSURANCES } from "./claim.mjs";
import { assuranceLike, speaksOfSupervision } from "./lookalikes.mjs";

const shown = (value, name) => cleanName(textOf(value, name) ?? "");

export const subjectOf = (credential) => listOf(member(credential, "credentialSubject"))[0] ?? null;

export const identifiersOf = (credential) => listOf(member(subjectOf(credential), "identifier"));

export const isHashed = (identifier) => member(identifier, "hashed") === true;

export const isName = (identifier) => textOf(identifier, "identityType") === "name";

// The kind of an identifier, as the badge calls it.
export const kindOf = (identifier) => shown(identifier, "identityType") || "identifier";

// The subject's names in plain text: those among its identifiers, and its own, which says as much.
export const namesOf = (credential) => {
    const named = identifiersOf(credential).filter((each) => !isHashed(each) && isName(each));
    const own = textOf(subjectOf(credential), "name");
    return [...named.map((each) => textOf(each, "identityHash") ?? ""), ...(own === undefined ? [] : [own])];
};

export const achievementOf = (credential) => member(subjectOf(credential), "achievement");

const resultsOf = (credential) => listOf(member(subjectOf(credential), "result"));

const descriptionsOf = (achievement) => listOf(member(achievement, "resultDescription"));

// The rubric levels of this id, in whatever description.
const rubricLevels = (achievement, id) => descriptionsOf(achievement)
    .flatMap((description) => listOf(member(description, "rubricCriterionLevel")))
    .filter((level) => textOf(level, "id") === id);

// The strongest of our assurances that one result states, as its place in ASSURANCES; -1 for none.
const stated = (result, achievement) => {
    const level = textOf(result, "achievedLevel");
    const names = level === undefined ? [] : rubricLevels(achievement, level).map((each) => textOf(each, "name"));
    const texts = [...names, level?.split(/[#/:?=]/).at(-1), textOf(result, "value")];
    return Math.max(...texts.map((text) => assuranceLike(text ?? "")));
};

// The strongest assurance that a badge states anywhere in our terms; undefined where it states none.
export const assuranceOf = (credential) =>
    ASSURANCES[Math.max(-1, ...resultsOf(credential).map((result) => stated(result, achievementOf(credential))))];

// Whether a result stands where a typeproof badge states its supervision.
const isSupervision = (result, achievement) => {
    const id = textOf(achievement, "id");
    return id !== undefined && textOf(result, "resultDescription") === `${id}#assurance`;
};

const descriptionOf = (result, achievement) => {
    const id = textOf(result, "resultDescription");
    return id === undefined ? undefined
        : descriptionsOf(achievement).find((each) => textOf(each, "id") === id);
};

const PLAIN_NUMBER = /^[\d.]{1,12}$/;

// The name of a result and what is required of it; nothing where that is no number.
const required = (result, achievement) => {
    const description = descriptionOf(result, achievement);
    const least = textOf(description, "requiredValue") ?? "";
    return PLAIN_NUMBER.test(least) ? [[shown(description, "name"), least]] : [];
};

// The name and the value of a result, and whether it speaks of supervision; nothing for one that is not described.
const described = (result, achievement) => {
    const description = descriptionOf(result, achievement);
    if (!description) return [];
    const level = textOf(result, "achievedLevel");
    const rank = stated(result, achievement);
    const value = textOf(result, "value");
    const rubric = level === undefined ? undefined : rubricLevels(achievement, level)[0];
    if (rank < 0 && !(level === undefined ? value !== undefined : rubric)) return [];
    const text = rank >= 0 ? ASSURANCES[rank] : rubric ? shown(rubric, "name") : cleanName(value);
    const name = shown(description, "name");
    return [{ row: [name, text], speaks: rank >= 0 || [name, text].some(speaksOfSupervision) }];
};

// What a typeproof badge says was noted of the test: narratives among its evidence.
export const remarksOf = (credential) => listOf(member(credential, "evidence"))
    .map((each) => textOf(each, "narrative"))
    .filter((text) => text?.startsWith("Noted by the program: "));

const KINDS = { "typeproof practice 1": "practice", "typeproof course 1": "course" };

// What kind of achievement a badge says that it is for, by how it is counted: it chooses words, and nothing else.
const kindOfBadge = (credential) => listOf(member(credential, "evidence"))
    .map((each) => textOf(each, "narrative")?.split(":"))
    .map((parts) => (parts?.length > 1 ? KINDS[parts[0]] : undefined))
    .find(Boolean) ?? "test";

export const NO_SUMMARY = {
    id: "", kind: "test", achievement: "", holder: [], identifiers: [], issuer_name: "", issuer_id: "", assurance: null,
    results: [], required: [], own_words: [], remarks: [],
    criteria: "", activity: null, valid_from: null, valid_until: null,
};

const cleanOrNull = (text) => (text === undefined ? null : cleanName(text));

// Reads a credential; what is missing stays empty.
export const summaryOf = (credential) => {
    const [subject, achievement] = [subjectOf(credential), achievementOf(credential)];
    const plain = identifiersOf(credential).filter((identifier) => !isHashed(identifier));
    const measured = resultsOf(credential).filter((result) => !isSupervision(result, achievement));
    const results = measured.flatMap((result) => described(result, achievement));
    const rows = (wanted) => results.filter(({ speaks }) => speaks === wanted).map(({ row }) => row);
    const times = ["activityStartDate", "activityEndDate"].map((name) => cleanOrNull(textOf(subject, name)));
    return {
        id: shown(credential, "id"),
        kind: kindOfBadge(credential),
        achievement: cleanTitle(textOf(achievement, "name") ?? ""),
        holder: namesOf(credential).map(cleanName),
        identifiers: plain.filter((each) => !isName(each)).map((each) => [kindOf(each), shown(each, "identityHash")]),
        issuer_name: shown(member(credential, "issuer"), "name"),
        issuer_id: cleanText(issuerId(credential) ?? ""),
        assurance: assuranceOf(credential) ?? null,
        results: rows(false),
        required: measured.flatMap((result) => required(result, achievement)),
        own_words: rows(true),
        remarks: remarksOf(credential).map(cleanRemark),
        criteria: cleanText(textOf(member(achievement, "criteria"), "narrative") ?? ""),
        activity: times.includes(null) ? null : times,
        valid_from: cleanOrNull(textOf(credential, "validFrom") ?? textOf(credential, "issuanceDate")),
        valid_until: cleanOrNull(textOf(credential, "validUntil") ?? textOf(credential, "expirationDate")),
    };
};
