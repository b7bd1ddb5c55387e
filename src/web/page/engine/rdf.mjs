// JSON-LD in safe mode, as in the program (badge/vc/rdf.rs): a document becomes canonical RDF only if nothing of it
// is lost on the way, and only if canonicalising it cannot be made to take for ever.

import { refuse, refuseOpen } from "./refusal.mjs";
import { isObject, step } from "./json.mjs";
import { repeated } from "./text.mjs";
import { isIri } from "./rdf-iri.mjs";
import { unpackJson } from "./inflate.mjs";
import { NIL, REST, toQuads } from "./rdf-jsonld.mjs";
import { byCodePoint, canonicalText, indexed } from "./rdf-canon.mjs";

// The limits of badge/vc/context.rs and badge/vc/rdf.rs, with their reasons.
const CONTEXTS_MAX = 8;
const ALIKE_MAX = 4;
const ALIKE_TOTAL_MAX = 64;
const UNKNOWN_NAMED_MAX = 5;

const sum = (items, count) => items.reduce((total, item, at) => total + count(item, at), 0);

const refuseVoid = (path, code) => refuse("rdf-void", { path, what: { code } });

// How many quads a member must become; refuses what JSON-LD drops or takes for something else.
const countMember = (name, value, above, known) => {
    const path = step(above, name);
    // An endorsement is a credential of its own and names its contexts again; nothing that is read of the badge lies there.
    if (name === "@context" && above.split("/").includes("endorsement")) return contextsNamed(value, known) && 0;
    if (name.startsWith("@") && !/\p{White_Space}/u.test(name)) refuseOpen("rdf-name", { path });
    if (/^$|^_:|\p{White_Space}/u.test(name)) refuse("rdf-name", { path });
    if (/:|^[A-Z]/.test(name)) refuseOpen("rdf-alias", { path });
    if (name === "id") return typeof value === "string" && isIri(value) ? 0 : refuse("rdf-id", { path });
    return name === "type" ? countTypes([value].flat(), path) : countValue(value, path, known);
};

const countTypes = (types, path) => {
    const isPlain = (type) => typeof type === "string" && !type.startsWith("_:");
    return types.length && types.every(isPlain) ? types.length : refuse("rdf-type", { path });
};

const countMembers = (object, path, known) =>
    sum(Object.entries(object), ([name, value]) => countMember(name, value, path, known));

const countValue = (value, path, known) => {
    if (value === null) return 0;
    if (typeof value !== "object") return 1;
    if (!Array.isArray(value)) {
        if (!Object.keys(value).length) refuseVoid(path, "rdf-void-object");
        return 1 + countMembers(value, path, known);
    }
    return sum(value, (item, at) => {
        if (Array.isArray(item)) refuseVoid(`${path}/${at}`, "rdf-void-nested");
        return countValue(item, `${path}/${at}`, known);
    });
};

const contextsNamed = (value, known) => {
    const named = value === null || value === undefined ? [] : [value].flat();
    if (!named.length) refuse("rdf-context-missing");
    if (named.length > CONTEXTS_MAX) refuseOpen("rdf-context-many", { count: named.length, most: CONTEXTS_MAX });
    return named.map((url, at) => {
        if (typeof url !== "string") refuseOpen("rdf-context-inline", { number: at + 1 });
        return Object.hasOwn(known, url) ? known[url] : refuseOpen("rdf-context-unknown", { url: repeated(url) });
    });
};

// Whether a value says nothing in JSON-LD: null, or a list of nothing else.
const saysNothing = (value) =>
    value === null || (Array.isArray(value) && value.every((item) => item === null));

// A value without the members that say nothing; objects still have no prototype.
export const withoutVoids = (value) => {
    if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutVoids);
    if (!isObject(value)) return value;
    const stays = ([name, item]) => name === "@context" || !saysNothing(item);
    const members = Object.entries(value).filter(stays).map(([name, item]) => [name, withoutVoids(item)]);
    return Object.assign(Object.create(null), Object.fromEntries(members));
};

// Refuses what says nothing under a name that no context defines.
const checkVoids = (document, contexts) => {
    const names = new Set();
    eachMember(document, (name, value) => saysNothing(value) && names.add(name));
    if (!names.size) return;
    const terms = definedWords(contexts);
    const unknown = [...names].filter((name) => !terms.has(name));
    if (unknown.length) refuseLoss(unknown.length, unknown.sort(byCodePoint).slice(0, UNKNOWN_NAMED_MAX));
};

const eachMember = (value, see) => {
    if (Array.isArray(value)) value.forEach((item) => eachMember(item, see));
    else if (isObject(value)) {
        for (const [name, item] of Object.entries(value)) {
            see(name, item);
            eachMember(item, see);
        }
    }
};

// Every member name and every type within a value.
const wordsWithin = (value) => {
    const found = new Set();
    eachMember(value, (name, item) => {
        found.add(name);
        if (name === "type") [item].flat().forEach((type) => typeof type === "string" && found.add(type));
    });
    return found;
};

const refuseLoss = (lost, unknown) => {
    if (!unknown.length) refuse("rdf-loss", { lost });
    refuse("rdf-loss-named", { lost, words: unknown.map((word) => `"${repeated(word)}"`).join(", ") });
};

const definedWords = (contexts) =>
    new Set(["@context", "id", "type", ...contexts.flatMap((context) => [...wordsWithin(context)])]);

const unknownWords = (document, contexts) => {
    const terms = definedWords(contexts);
    const unknown = [...wordsWithin(document)].filter((word) => !terms.has(word) && !word.includes(":"));
    return unknown.sort(byCodePoint).slice(0, UNKNOWN_NAMED_MAX);
};

// How many values quads state: a list of n values is 2n + 1 quads, counted as n.
const statements = (quads) => {
    const rests = quads.filter(([, predicate]) => predicate === REST);
    return quads.length - sum(rests, ([, , object]) => (object === NIL ? 2 : 1));
};

const checkIds = (document, quads) => {
    const nodes = new Set(quads.flatMap(([subject, , object]) => [subject, object]));
    eachMember(document, (name, id) => name === "id" && !nodes.has(`<${id}>`) && refuseLoss(1, []));
};

// Blank nodes must hang like leaves on a tree, and few may look alike.
const checkGraph = (quads, { around, look }) => {
    const linked = quads.map(([, , object]) => object).filter((term) => around.has(term));
    if (new Set(linked).size < linked.length) refuseOpen("rdf-tangled");
    const counts = new Map();
    for (const node of around.keys()) counts.set(look(node), (counts.get(look(node)) ?? 0) + 1);
    const alike = [...counts.values()].filter((count) => count > 1);
    const most = Math.max(0, ...alike);
    const all = sum(alike, (count) => count);
    if (most > ALIKE_MAX) refuseOpen("rdf-alike", { count: most });
    if (all > ALIKE_TOTAL_MAX) refuseOpen("rdf-alike", { count: all });
};

// Texts such as `@foo` and `_:b`, where an address belongs, say of something only that it is there; their words are lost.
const checkHollow = (quads, { around }) => {
    const described = new Set(quads.flatMap(([subject, , , graph]) => [subject, graph]));
    const hollow = quads.filter(([, , object]) => around.has(object) && !described.has(object));
    if (hollow.length) refuseLoss(hollow.length, []);
};

// The document's RDF as canonical N-Quads. `packed` are the contexts as the page's data holds them.
export const canonicalNquads = (document, packed) => {
    if (!isObject(document)) refuse("rdf-not-object");
    const { "@context": _, ...members } = document;
    const known = unpackJson(packed);
    const values = countMembers(members, "", known);
    const contexts = contextsNamed(document["@context"], known);
    checkVoids(members, contexts);
    const quads = toQuads(members, contexts, known);
    const stated = statements(quads);
    if (stated < values) refuseLoss(values - stated, unknownWords(document, contexts));
    if (stated > values) refuseOpen("rdf-surplus", { extra: stated - values });
    checkIds(document, quads);
    const index = indexed(quads);
    checkGraph(quads, index);
    checkHollow(quads, index);
    return canonicalText(index);
};
