// Runs the page's JSON-LD and canonicalisation over documents: `node rdf.mjs JOBS.json`, where the file holds
// { packed: contexts as the page has them, texts: [JSON documents] }. Prints { contexts, results }, a result being
// { text } or { refused: sentence, german, code }.

import { readFileSync } from "node:fs";
import { phrase } from "./phrase.mjs";
import { unpackJson } from "../../src/web/page/engine/inflate.mjs";
import { TEXTS } from "../../src/web/page/texts/say.mjs";
import { canonicalNquads } from "../../src/web/page/engine/rdf.mjs";

const { packed, texts } = JSON.parse(readFileSync(process.argv[2], "utf8"));

const run = (text) => {
    try {
        return { text: canonicalNquads(JSON.parse(text), packed) };
    } catch (error) {
        if (!error.why) throw error;
        const [refused, german] = [TEXTS.en, TEXTS.de].map((texts) => phrase(texts, error.why));
        return { refused, german, code: error.why.code };
    }
};

process.stdout.write(JSON.stringify({ contexts: unpackJson(packed), results: texts.map(run) }));
