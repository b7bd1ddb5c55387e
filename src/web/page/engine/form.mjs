// The one form in which a badge is read, as the program's badge/verify/form.rs states it: where one text is read there is one
// text, and nowhere else is it said otherwise. An RDF proof signs statements, not their spelling.

import { refuseOpen } from "./refusal.mjs";
import { isObject, isText, sameJson, step } from "./json.mjs";
import { repeated } from "./text.mjs";

// What may stand at a place that is read; it may always be missing. An object of parts is: `one` object; `sole`, or a
// list of one; `many`, or a list of objects; `named`, or its id alone. "present": only whether it is there is read.
const one = (parts) => ({ as: "one", parts });
const sole = (parts) => ({ as: "sole", parts });
const many = (parts) => ({ as: "many", parts });
const named = (parts) => ({ as: "named", parts });

const NAMED_THING = { id: "text", name: "text" };
const ACHIEVEMENT = {
    ...NAMED_THING,
    criteria: one({ id: "text", narrative: "text" }),
    resultDescription: many({ ...NAMED_THING, rubricCriterionLevel: many(NAMED_THING) }),
};
const SUBJECT = {
    ...NAMED_THING,
    identifier: many({ identityHash: "text", identityType: "text", hashed: "flag", salt: "text" }),
    activityStartDate: "text",
    activityEndDate: "text",
    achievement: one(ACHIEVEMENT),
    result: many({ resultDescription: "text", achievedLevel: "text", value: "text" }),
};
const CREDENTIAL = {
    id: "text",
    issuer: named({ ...NAMED_THING, url: "text" }),
    validFrom: "text",
    validUntil: "text",
    issuanceDate: "text",
    expirationDate: "text",
    credentialSubject: sole(SUBJECT),
    evidence: many({ id: "text", narrative: "text" }),
    credentialStatus: "present",
};

const isNot = (path, what) => refuseOpen("form-other", { path, what: { code: `form-${what}` } });

const readObject = (value, parts, path, read) => {
    if (!isObject(value)) isNot(path, "object");
    if (isText(value.id)) read.push({ path, id: value.id, own: value, parts });
    for (const [name, form] of Object.entries(parts)) {
        if (value[name] !== undefined) readPart(value[name], form, step(path, name), read);
    }
};

const readPart = (value, form, path, read) => {
    const { as, parts } = form;
    if (form === "present") return;
    if (form === "text") return isText(value) || isNot(path, "text");
    if (form === "flag") return typeof value === "boolean" || isNot(path, "flag");
    if (as === "named" && isText(value)) return read.push({ path, id: value, own: null, parts });
    if (Array.isArray(value) && as === "sole" && value.length !== 1) isNot(path, "one");
    if (Array.isArray(value) && (as === "sole" || as === "many")) {
        return value.forEach((item, index) => readObject(item, parts, step(path, index), read));
    }
    return readObject(value, parts, path, read);
};

// Every object within a value that has an id.
const identified = (value) => {
    if (typeof value !== "object" || value === null) return [];
    const below = Object.values(value).flatMap(identified);
    return isText(value.id) && isObject(value) ? [value, ...below] : below;
};

// Refuses a credential that has another form than the one that is read.
export const checkForm = (credential) => {
    const read = [];
    readObject(credential, CREDENTIAL, "", read);
    const nodes = identified(credential);
    for (const { path, id, own, parts } of read) {
        for (const other of nodes.filter((node) => node !== own && node.id === id)) {
            const name = Object.keys(parts).find((each) =>
                each !== "id" && other[each] !== undefined && !sameJson(other[each], own?.[each]));
            if (name) refuseOpen("form-elsewhere", { id: repeated(id), path, name });
        }
    }
};
