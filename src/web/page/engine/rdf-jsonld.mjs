// JSON-LD 1.1 to RDF, as far as safe documents and the bundled contexts need it. A quad is an array of N-Quads
// terms: subject, predicate, object, graph; the default graph is "". What has no meaning makes no quad; the
// caller counts.

import { refuse } from "./refusal.mjs";
import { isBlankLabel, isIri } from "./rdf-iri.mjs";
import { byCodePoint } from "./rdf-canon.mjs";

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XSD = "http://www.w3.org/2001/XMLSchema#";
export const REST = `<${RDF}rest>`;
export const NIL = `<${RDF}nil>`;

// Canonical N-Quads escape as JSON does, in capitals, and a few characters more.
const escapedCharacter = (c) => /[\x7f\ufffe\uffff]/.test(c)
    ? `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`
    : JSON.stringify(c).slice(1, -1).replace(/u..../, (code) => code.toUpperCase().replace("U", "u"));

const literalTerm = (text, datatype) => {
    const lexical = text.replace(/[\0-\x1f"\\\x7f\ufffe\uffff]/g, escapedCharacter);
    return `"${lexical}"${datatype && datatype !== `${XSD}string` ? `^^<${datatype}>` : ""}`;
};

// JSON-LD 1.1 API, section 8.6: a number with a fraction is written with sixteen digits.
const numberTerm = (value, datatype) => {
    if (Number.isInteger(value) && datatype !== `${XSD}double`) {
        return literalTerm(String(value), datatype ?? `${XSD}integer`);
    }
    return literalTerm(value.toExponential(15).replace(/(\d)0*e\+?/, "$1E"), datatype ?? `${XSD}double`);
};

const scalarTerm = (value, datatype) => {
    if (typeof value === "number") return numberTerm(value, datatype);
    return literalTerm(String(value), datatype ?? (typeof value === "boolean" ? `${XSD}boolean` : undefined));
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

// The same meaning, whether protected or not. The page's data have members in order.
const meaning = (term) => JSON.stringify({ ...term, isProtected: 0 });

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
        if (isFixed && meaning(old) !== meaning(term)) refuse("rdf-jsonld", { term: name });
        terms.set(name, isFixed ? old : term);
    };
    Object.keys(local).filter((name) => !name.startsWith("@")).forEach(define);
};

const contextOf = (terms = [], previous = null) => ({ terms: new Map(terms), previous, scoped: new Map() });

// Section 4.1. Where a context does not propagate, the one before comes back in the next object.
const processContext = (active, local, override = false, propagate = true) => {
    if (local === null) {
        const [name] = [...active.terms].find(([, term]) => term.isProtected && !override) ?? [];
        if (name) refuse("rdf-jsonld", { term: name });
        return contextOf();
    }
    const context = contextOf(active.terms, active.previous ?? (propagate ? null : active));
    defineTerms(context, local, override);
    return context;
};

// Each made once: a document may have a thousand objects of one type.
const scopedContext = (context, name, override, propagate) => {
    const local = context.terms.get(name)?.context;
    if (local === undefined) return null;
    const key = `${name} ${override} ${propagate}`;
    const made = context.scoped.get(key) ?? processContext(context, local, override, propagate);
    context.scoped.set(key, made);
    return made;
};

// Whether an object only refers to a node. As in the program's library, a type behind the id changes nothing.
const isReference = (object, context) => {
    const meanings = Object.keys(object).map((name) => expandIri(context, name, true));
    return meanings[0] === "@id" && meanings.slice(1).every((meaning) => meaning === "@type");
};

const objectContext = (object, context, name) => {
    const outer = context.previous && !isReference(object, context) ? context.previous : context;
    return scopedContext(context, name, true, true) ?? outer;
};

// The quads of a document's members under contexts. A place is where a value stands: its graph, how it is linked to
// what is above, and whether every property on the way has a meaning.
// `known` are all contexts by their addresses, for objects that name some themselves.
export const toQuads = (document, contexts, known) => {
    const quads = [];
    let count = 0;
    // A label with a space is no document's own.
    const fresh = () => `_: ${count++}`;
    const state = (...quad) => quad.includes(null) || quads.push(quad);

    const emitScalar = (value, outer, name, place) => {
        const context = scopedContext(outer, name, false, true) ?? outer;
        const type = context.terms.get(name)?.type;
        const isName = type === "@id" || type === "@vocab";
        if (!isName) return place.link(scalarTerm(value, type));
        if (typeof value !== "string") return place.link(scalarTerm(value));
        const word = type === "@vocab" ? expandIri(context, value, true) : value;
        const inner = type === "@vocab" && context.previous ? context.previous : context;
        return place.link(nodeTerm(expandIri(inner, word, false)));
    };

    const emitItem = (item, context, name, place) => {
        if (typeof item !== "object") return emitScalar(item, context, name, place);
        const outer = objectContext(item, context, name);
        const named = item["@context"] === undefined ? [] : [item["@context"]].flat();
        const inner = named.reduce((active, url) => processContext(active, known[url]), outer);
        if (context.terms.get(name)?.container !== "@graph") return emitObject(item, inner, place);
        const graph = fresh();
        place.link(graph);
        return emitObject(item, inner, { ...place, graph, link: () => {} });
    };

    const emitList = (items, context, name, place) => {
        const cells = items.map(fresh);
        place.link(cells[0] ?? NIL);
        items.forEach((item, at) => {
            const link = (term) => state(cells[at], `<${RDF}first>`, term, place.graph);
            emitItem(item, context, name, { ...place, link });
            state(cells[at], REST, cells[at + 1] ?? NIL, place.graph);
        });
    };

    const emitProperty = (value, context, name, place) => {
        const { type, container } = context.terms.get(name) ?? {};
        const items = [value].flat().filter((item) => item !== null);
        if (type === "@json") place.link(literalTerm(JSON.stringify(value), `${RDF}JSON`));
        else if (container === "@list" && value !== null) emitList(items, context, name, place);
        else items.forEach((item) => emitItem(item, context, name, place));
    };

    // Only the last type with a context of its own counts, as in the program's library.
    const emitObject = (object, outer, { graph, link, isKnown }) => {
        const members = Object.entries(object);
        const meant = (keyword) =>
            members.flatMap(([name, value]) => (expandIri(outer, name, true) === keyword ? value : []));
        const types = meant("@type").sort(byCodePoint);
        const context = types.reduce((last, type) => scopedContext(outer, type, false, false) ?? last, outer);
        const [id] = meant("@id");
        const subject = id ? nodeTerm(expandIri(context, id, false)) : fresh();
        link(subject);
        const classes = types.map((type) => nodeTerm(expandIri(outer, type, true)));
        classes.forEach((term) => state(subject, `<${RDF}type>`, term, graph));
        for (const [name, value] of members) {
            const iri = expandIri(context, name, true);
            if (isKeyword(iri)) continue;
            const predicate = isKnown && isIri(iri) ? `<${iri}>` : null;
            const stated = (term) => state(subject, predicate, term, graph);
            emitProperty(value, context, name, { graph, isKnown: predicate !== null, link: stated });
        }
    };

    const context = contexts.reduce((active, local) => processContext(active, local), contextOf());
    emitObject(document, context, { graph: "", isKnown: true, link: () => {} });
    return quads;
};
