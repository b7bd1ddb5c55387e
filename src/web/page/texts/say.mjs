// All texts of the page, in English and German, and how a reason becomes a sentence.

import { ENGINE_TEXTS } from "./engine.mjs";
import { RDF_TEXTS } from "./rdf.mjs";
import { BAKE_TEXTS } from "./bake.mjs";
import { PAGE_TEXTS } from "./page.mjs";

const merged = (lang) => ({ ...ENGINE_TEXTS[lang], ...RDF_TEXTS[lang], ...BAKE_TEXTS[lang], ...PAGE_TEXTS[lang] });

export const TEXTS = { en: merged("en"), de: merged("de") };

// The text of a reason, its holes filled with the reason's parameters; one of them may be a reason itself.
export const say = (reason, lang) => {
    const value = (found) => (found?.code ? say(found, lang) : String(found ?? ""));
    const text = TEXTS[lang][reason.code] ?? TEXTS.en[reason.code] ?? reason.code;
    return text.replace(/\{(\w+)\}/g, (_, name) => value(reason[name]));
};
