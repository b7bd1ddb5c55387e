// RDF Dataset Canonicalization 1.0 (W3C RDFC-1.0) with SHA-256, on quads as rdf-jsonld.mjs makes them.

import { hex, utf8 } from "./bytes.mjs";
import { sha256 } from "./sha.mjs";

// Surrogates behind U+E000 and above, as their code points are.
const rank = (unit) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

// The order of code points, which is that of UTF-8 and not that of JavaScript.
export const byCodePoint = (a, b) => {
    const length = Math.min(a.length, b.length);
    let at = 0;
    while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
    return at === length ? a.length - b.length : rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
};

const digest = (text) => hex(sha256(utf8(text)));
const isBlank = (term) => term.startsWith("_:");
const nquad = ([subject, predicate, object, graph]) => `${subject} ${predicate} ${object}${graph && ` ${graph}`} .\n`;

const put = (groups, key, item) => groups.set(key, (groups.get(key) ?? new Set()).add(item));

const inOrder = (groups) => [...groups].sort(([a], [b]) => byCodePoint(a, b));

const once = (compute) => {
    const kept = new Map();
    return (key) => kept.get(key) ?? kept.set(key, compute(key)).get(key);
};

// The distinct quads, those of each blank node, and what a node looks like by its own quads (section 4.6).
export const indexed = (given) => {
    const quads = [...new Map(given.map((quad) => [nquad(quad), quad])).values()];
    const around = new Map();
    quads.forEach((quad) => quad.filter(isBlank).forEach((node) => put(around, node, quad)));
    const look = once((node) => {
        const face = (term) => (!isBlank(term) ? term : term === node ? "_:a" : "_:z");
        return digest([...around.get(node)].map((quad) => nquad(quad.map(face))).sort(byCodePoint).join(""));
    });
    return { quads, around, look };
};

// An issuer is a map from nodes to labels, in the order of their issue (section 4.5).
const issue = (issuer, prefix, node) => {
    if (!issuer.has(node)) issuer.set(node, `_:${prefix}${issuer.size}`);
    return issuer.get(node);
};

const orders = (items) => items.length < 2
    ? [items]
    : items.flatMap((item) => orders(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));

// Section 4.8, with the labels that are canonical so far.
const hashDeep = ({ around, look }, issued, node, given) => {
    const groups = new Map();
    for (const quad of around.get(node)) {
        for (const [at, position] of [[0, "s"], [2, "o"], [3, "g"]]) {
            const other = quad[at];
            if (!isBlank(other) || other === node) continue;
            const label = issued.get(other) ?? given.get(other) ?? look(other);
            put(groups, digest(position + (position === "g" ? "" : quad[1]) + label), other);
        }
    }
    // One order of related nodes: its path and the labels it issues, or null once it is no better than the best.
    const attempt = (order, from, best) => {
        let issuer = new Map(from);
        let path = "";
        const isWorse = () => best && path.length >= best.path.length && path > best.path;
        const deeper = order.filter((other) => !issued.has(other) && !issuer.has(other));
        for (const other of order) {
            path += issued.get(other) ?? issue(issuer, "b", other);
            if (isWorse()) return null;
        }
        for (const other of deeper) {
            const below = hashDeep({ around, look }, issued, other, issuer);
            path += `${issue(issuer, "b", other)}<${below.hash}>`;
            issuer = below.issuer;
            if (isWorse()) return null;
        }
        return { path, issuer };
    };
    let issuer = new Map(given);
    let data = "";
    for (const [hash, others] of inOrder(groups)) {
        let best = null;
        for (const order of orders([...others])) {
            const tried = attempt(order, issuer, best);
            if (tried && (!best || tried.path < best.path)) best = tried;
        }
        data += hash + best.path;
        issuer = best.issuer;
    }
    return { hash: digest(data), issuer };
};

// The labels of all blank nodes (section 4.4).
const canonicalLabels = (index) => {
    const issued = new Map();
    const groups = new Map();
    for (const node of index.around.keys()) put(groups, index.look(node), node);
    const ordered = inOrder(groups).map(([, nodes]) => [...nodes]);
    ordered.filter((nodes) => nodes.length === 1).forEach(([node]) => issue(issued, "c14n", node));
    for (const nodes of ordered.filter(({ length }) => length > 1)) {
        const open = nodes.filter((node) => !issued.has(node));
        const results = open.map((node) => hashDeep(index, issued, node, new Map([[node, "_:b0"]])));
        results.sort((a, b) => byCodePoint(a.hash, b.hash));
        results.forEach(({ issuer }) => [...issuer.keys()].forEach((node) => issue(issued, "c14n", node)));
    }
    return issued;
};

// Sorted N-Quads with canonical labels.
export const canonicalText = (index) => {
    const labels = canonicalLabels(index);
    const lines = index.quads.map((quad) => nquad(quad.map((term) => labels.get(term) ?? term)));
    return lines.sort(byCodePoint).join("");
};
