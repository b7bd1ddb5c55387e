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

const replaced = (value, [name, ...below], part) =>
    ({ ...value, [name]: below.length ? replaced(value[name], below, part) : part });

// The template of a level's credentials: at a level of a user's file other parts stand in some places.
export const templateOf = (level, data) => {
    const template = unpackJson(data.template);
    return level.own === undefined
        ? template
        : Object.entries(unpackJson(data.own_template))
            .reduce((filled, [pointer, part]) => replaced(filled, pointer.split("/").slice(1), part), template);
};
