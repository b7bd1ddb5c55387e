// JSON-LD 1.1 to RDF, as far as safe documents and the bundled contexts need it. A quad is an array of N-Quads terms:
// subject, predicate, object, graph; the default graph is "". What has no meaning makes no quad: the caller counts.

import { refuse } from "./refusal.mjs";
import { isBlankLabel, isIri } from "./rdf-iri.mjs";
import { byCodePoint } from "./rdf-canon.mjs";

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XSD = "http://www.w3.org/2001/XMLSchema#";
export const REST = `<${RDF}rest>`;
export const NIL = `<${RDF}nil>`;

const SHORT_ESCAPES = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\" };
const escapedCharacter = (c) => SHORT_ESCAPES[c] ?? `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

const literalTerm = (text, datatype) => {
    const quotedText = text.replace(/[\0-\x1f"\\\x7f\ufffe\uffff]/g, escapedCharacter);
    return `"${quotedText}"${datatype && datatype !== `${XSD}string` ? `^^<${datatype}>` : ""}`;
};

// Numbers are whole ones, as the reader of badges leaves them.
const scalarTerm = (value, datatype) => {
    const own = { boolean: `${XSD}boolean`, number: `${XSD}integer` }[typeof value];
    return literalTerm(String(value), datatype ?? own);
};

// The node that an expanded text names, or null.
const nodeTerm = (text) => {
    if (text.startsWith("_:")) return isBlankLabel(text.slice(2)) ? text : null;
    return isIri(text) ? `<${text}>` : null;
};

const isKeyword = (text) => /^@[A-Za-z]+$/.test(text);

// JSON-LD 1.1 API, section 5.2, without a base: a keyword and what stays relative name no node.
const expandIri = ({ terms }, text, vocab) => {
    const term = terms.get(text);
    if (term && (vocab || isKeyword(term.iri))) return term.iri;
    const colon = text.indexOf(":");
    const prefix = colon > 0 && terms.get(text.slice(0, colon));
    return prefix?.isPrefix && !text.startsWith("//", colon + 1) ? prefix.iri + text.slice(colon + 1) : text;
};

// The same meaning (the page keeps members in order); that one may be protected and the other not does not matter.
const sameTerm = (a, b) => JSON.stringify({ ...a, isProtected: 0 }) === JSON.stringify({ ...b, isProtected: 0 });

// Section 4.2, for the members that the bundled contexts have.
const defineTerms = (context, local, override) => {
    const { terms } = context;
    const defined = new Set();
    const define = (name) => {
        if (defined.has(name) || !Object.hasOwn(local, name)) return;
        defined.add(name);
        const old = terms.get(name);
        terms.delete(name);
        const given = typeof local[name] === "string" ? { "@id": local[name] } : local[name];
        const resolve = (iri) => {
            [iri, iri.split(":")[0]].forEach(define);
            return expandIri(context, iri, true);
        };
        const iri = resolve(given["@id"]);
        const term = {
            iri,
            type: given["@type"] && resolve(given["@type"]),
            container: given["@container"],
            context: given["@context"],
            isPrefix: /[:/?#[\]@]$/.test(iri),
            isProtected: local["@protected"] === true,
        };
        const isFixed = old?.isProtected && !override;
        if (isFixed && !sameTerm(old, term)) refuse("rdf-jsonld", { why: { code: "rdf-jsonld-protected", term: name } });
        terms.set(name, isFixed ? old : term);
    };
    Object.keys(local).filter((name) => !name.startsWith("@")).forEach(define);
};

// Section 4.1. Where a context does not propagate, the one before comes back in the next object.
const processContext = (active, local, override = false, propagate = true) => {
    if (local === null) {
        const [name] = [...active.terms].find(([, term]) => term.isProtected && !override) ?? [];
        if (name) refuse("rdf-jsonld", { why: { code: "rdf-jsonld-nullified", term: name } });
        return { terms: new Map(), previous: null };
    }
    const context = { terms: new Map(active.terms), previous: active.previous ?? (propagate ? null : active) };
    defineTerms(context, local, override);
    return context;
};

const scopedContext = (context, name, override, propagate) => {
    const local = context.terms.get(name)?.context;
    return local === undefined ? null : processContext(context, local, override, propagate);
};

// Whether an object only refers to a node. As the program's library has it, a type behind the id changes nothing.
const isReference = (object, context) => {
    const meanings = Object.keys(object).map((name) => expandIri(context, name, true));
    return meanings[0] === "@id" && meanings.slice(1).every((meaning) => meaning === "@type");
};

const objectContext = (object, context, name) => {
    const outer = context.previous && !isReference(object, context) ? context.previous : context;
    return scopedContext(context, name, true, true) ?? outer;
};

// The quads of a document's members under contexts. A place is where a value stands: its graph, how it is linked to what is
// above, and whether every property on the way has a meaning.
export const toQuads = (members, contexts) => {
    const quads = [];
    let count = 0;
    // A label with a space is no document's own.
    const fresh = () => `_: ${count++}`;
    const state = (...quad) => quad.includes(null) || quads.push(quad);

    const emitScalar = (value, outer, name, place) => {
        const context = scopedContext(outer, name, false, true) ?? outer;
        const type = context.terms.get(name)?.type;
        const isName = type === "@id" || type === "@vocab";
        if (!isName || typeof value !== "string") return place.link(scalarTerm(value, isName ? undefined : type));
        if (type === "@id") return place.link(nodeTerm(expandIri(context, value, false)));
        return place.link(nodeTerm(expandIri(context.previous ?? context, expandIri(context, value, true), false)));
    };

    const emitItem = (item, context, name, place) => {
        if (typeof item !== "object") return emitScalar(item, context, name, place);
        const inner = objectContext(item, context, name);
        if (context.terms.get(name)?.container !== "@graph") return emitObject(item, inner, place);
        const graph = fresh();
        place.link(graph);
        return emitObject(item, inner, { ...place, graph, link: () => {} });
    };

    const emitList = (items, context, name, place) => {
        const cells = items.map(fresh);
        place.link(cells[0]);
        items.forEach((item, at) => {
            emitItem(item, context, name, { ...place, link: (term) => state(cells[at], `<${RDF}first>`, term, place.graph) });
            state(cells[at], REST, cells[at + 1] ?? NIL, place.graph);
        });
    };

    const emitProperty = (value, context, name, place) => {
        const { type, container } = context.terms.get(name) ?? {};
        const items = [value].flat();
        if (type === "@json") place.link(literalTerm(JSON.stringify(value), `${RDF}JSON`));
        else if (container === "@list") emitList(items, context, name, place);
        else items.forEach((item) => emitItem(item, context, name, place));
    };

    // Only the last type with a context of its own counts, as in the program's library.
    const emitObject = (object, outer, { graph, link, isKnown }) => {
        const meant = (keyword) => Object.entries(object).filter(([name]) => expandIri(outer, name, true) === keyword);
        const types = meant("@type").flatMap(([, value]) => value).sort(byCodePoint);
        const context = types.reduce((last, type) => scopedContext(outer, type, false, false) ?? last, outer);
        const [id] = meant("@id");
        const subject = id ? nodeTerm(expandIri(context, id[1], false)) : fresh();
        link(subject);
        types.forEach((type) => state(subject, `<${RDF}type>`, nodeTerm(expandIri(outer, type, true)), graph));
        for (const [name, value] of Object.entries(object)) {
            const iri = expandIri(context, name, true);
            if (isKeyword(iri)) continue;
            const predicate = isKnown && isIri(iri) ? `<${iri}>` : null;
            const place = { graph, isKnown: predicate !== null, link: (term) => state(subject, predicate, term, graph) };
            emitProperty(value, context, name, place);
        }
    };

    const empty = { terms: new Map(), previous: null };
    const context = contexts.reduce((active, local) => processContext(active, local), empty);
    emitObject(members, context, { graph: "", isKnown: true, link: () => {} });
    return quads;
};
