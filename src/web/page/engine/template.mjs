// The one expansion: a template with named holes, as the program's badge/template.rs describes it.

import { isObject } from "./json.mjs";
import { unpackJson } from "./inflate.mjs";

const find = (holes, path) => path.split(".").reduce((at, name) => at?.[name], holes);

// Whether a part is to appear: its "?" path, if any, leads somewhere.
const wanted = (part, holes) => typeof part?.["?"] !== "string" || find(holes, part["?"]) !== undefined;

const fillText = (text, holes) => /^\{=.*\}$/.test(text)
    ? find(holes, text.slice(2, -1))
    : text.replace(/\{([^}]*)\}/g, (_, path) => find(holes, path));

export const fillTemplate = (template, holes) => {
    if (typeof template === "string") return fillText(template, holes);
    const fill = (part) => fillTemplate(part, holes);
    if (Array.isArray(template)) return template.filter((part) => wanted(part, holes)).map(fill);
    if (!isObject(template)) return template;
    if ("=" in template) return fill(template["="]);
    const kept = Object.entries(template).filter(([name, part]) => name !== "?" && wanted(part, holes));
    return Object.fromEntries(kept.map(([name, part]) => [name, fill(part)]));
};

const replaced = (value, [name, ...below], part) => (name === "-" ? [...value, ...part]
    : { ...value, [name]: below.length ? replaced(value[name], below, part) : part });

// The parts of the evidence that name who supervised.
export const supervisedParts = (data) => unpackJson(data.overlays).supervised["/evidence/-"];

// The template with the overlays of these names, one over the other; who supervised may be said in all of them.
const overlaid = (names, data) => {
    const { supervised, ...overlays } = unpackJson(data.overlays);
    return [...names.map((name) => overlays[name] ?? {}), supervised].flatMap(Object.entries)
        .reduce((filled, [pointer, part]) => replaced(filled, pointer.split("/").slice(1), part), unpackJson(data.template));
};

// The template of credentials of a kind: where it has an overlay, other parts stand in some places.
export const templateOfKind = (kind, data) => overlaid([kind], data);

// The template of an achievement's credentials: of a level or a course, of a user's file or not, or of practice.
export const templateOf = ({ kind, own }, data) => {
    if (own === undefined) return overlaid([kind], data);
    return overlaid(kind === "course" ? [kind, "own-course"] : ["own"], data);
};
