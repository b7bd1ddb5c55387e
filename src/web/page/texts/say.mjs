// All texts of the page, in English and German, and how a reason becomes a sentence. The words of reasons lie where the
// program has them; some are the page's own, where the program names an option of its command line.

import REASONS from "../../../badge/reasons/texts.json" with { type: "json" };
import { PAGE_TEXTS } from "./page.mjs";

const LANGUAGES = ["en", "de"];

const wordsOf = (lang) => {
    const reasons = Object.entries({ ...REASONS.both, ...REASONS.page });
    return Object.fromEntries(reasons.map(([code, words]) => [code, words[lang]]));
};

export const TEXTS = Object.fromEntries(LANGUAGES.map((lang) => [lang, { ...wordsOf(lang), ...PAGE_TEXTS[lang] }]));

// The text of a reason, its holes filled with the reason's parameters; one of them may be a reason itself.
export const say = (reason, lang) => {
    const value = (found) => (found?.code ? say(found, lang) : String(found ?? ""));
    const text = TEXTS[lang][reason.code] ?? TEXTS.en[reason.code] ?? reason.code;
    return text.replace(/\{(\w+)\}/g, (_, name) => value(reason[name]));
};
