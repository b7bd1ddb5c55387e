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
const nquad = (quad) => `${quad.filter(Boolean).join(" ")} .\n`;

const put = (groups, key, item) => groups.set(key, (groups.get(key) ?? new Set()).add(item));

const inOrder = (groups) => [...groups.keys()].sort().map((hash) => [hash, [...groups.get(hash)]]);

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
    : items.flatMap((first) => orders(items.filter((it) => it !== first)).map((rest) => [first, ...rest]));

// Section 4.8, with the labels that are canonical so far. It leaves out the cuts of its steps 5.4.4.3 and
// 5.4.5.5, which only save time: few nodes may look alike here.
const hashDeep = (index, issued, node, given) => {
    const groups = new Map();
    for (const quad of index.around.get(node)) {
        for (const [at, position] of [[0, "s"], [2, "o"], [3, "g"]]) {
            const other = quad[at];
            if (!isBlank(other) || other === node) continue;
            const label = issued.get(other) ?? given.get(other) ?? index.look(other);
            put(groups, digest(position + (position === "g" ? "" : quad[1]) + label), other);
        }
    }
    // One order of related nodes: its path, and the labels it issues.
    const attempt = (order, from) => {
        let labels = new Map(from);
        const open = order.filter((other) => !issued.has(other) && !labels.has(other));
        let path = order.map((other) => issued.get(other) ?? issue(labels, "b", other)).join("");
        for (const other of open) {
            const below = hashDeep(index, issued, other, labels);
            path += `${labels.get(other)}<${below.hash}>`;
            labels = below.labels;
        }
        return { path, labels };
    };
    let labels = new Map(given);
    let data = "";
    for (const [hash, others] of inOrder(groups)) {
        const tried = orders(others).map((order) => attempt(order, labels));
        const best = tried.reduce((a, b) => (b.path < a.path ? b : a));
        data += hash + best.path;
        labels = best.labels;
    }
    return { hash: digest(data), labels };
};

// The labels of all blank nodes (section 4.4).
const canonicalLabels = (index) => {
    const issued = new Map();
    const groups = new Map();
    for (const node of index.around.keys()) put(groups, index.look(node), node);
    const ordered = inOrder(groups).map(([, nodes]) => nodes);
    ordered.filter((nodes) => nodes.length === 1).forEach(([node]) => issue(issued, "c14n", node));
    for (const nodes of ordered.filter(({ length }) => length > 1)) {
        const open = nodes.filter((node) => !issued.has(node));
        const results = open.map((node) => hashDeep(index, issued, node, new Map([[node, "_:b0"]])));
        results.sort((a, b) => byCodePoint(a.hash, b.hash));
        results.forEach(({ labels }) => labels.forEach((_, node) => issue(issued, "c14n", node)));
    }
    return issued;
};

// Sorted N-Quads with canonical labels.
export const canonicalText = (index) => {
    const labels = canonicalLabels(index);
    const lines = index.quads.map((quad) => nquad(quad.map((term) => labels.get(term) ?? term)));
    return lines.sort(byCodePoint).join("");
};
