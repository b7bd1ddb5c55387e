// Runs the page's verifier over the jobs of a file, with WebCrypto and without: `node engine.mjs JOBS`. Prints JSON.

import { readFileSync } from "node:fs";
import { checkKey, signatureFits } from "../../src/web/page/engine/ed25519.mjs";
import { unpackJson } from "../../src/web/page/engine/inflate.mjs";
import { levelsOf } from "../../src/web/page/engine/levels.mjs";
import { fillTemplate } from "../../src/web/page/engine/template.mjs";
import { verify } from "../../src/web/page/engine/verify.mjs";
import { phrase } from "./phrase.mjs";
import { ENGINE_TEXTS } from "../../src/web/page/engine/engine-texts.mjs";
import { RDF_TEXTS } from "../../src/web/page/engine/rdf-texts.mjs";
import { BAKE_TEXTS } from "../../src/web/page/engine/bake-texts.mjs";

const tables = [ENGINE_TEXTS, RDF_TEXTS, BAKE_TEXTS];
const texts = Object.fromEntries(["en", "de"].map((lang) => [lang, Object.assign({}, ...tables.map((t) => t[lang]))]));
const leads = {
    "valid": "Valid: unchanged and in force; ",
    "unproven": "Unchanged and in force, but ",
    "refused": "Not valid: ",
    "cannot-tell": "Cannot tell: ",
};

const given = ({ kind, given: text }) =>
    kind === "file" ? { kind, bytes: new Uint8Array(Buffer.from(text, "base64")) } : { kind, text };

const run = async (job, base, forceFallback) => {
    const world = { data: { ...base, ...job.data }, now: job.now, holder: job.holder, forceFallback };
    const report = await verify(given(job), world);
    const why = phrase(texts.en, report.why);
    phrase(texts.de, report.why);
    const answer = ({ is, why: reason }) => {
        phrase(texts.de, reason);
        return [is, reason.code, phrase(texts.en, reason)];
    };
    const answers = Object.entries(report.answers).map(([name, each]) => [name, answer(each)]);
    return {
        outcome: report.outcome,
        answers: Object.fromEntries(answers),
        sentence: `${leads[report.lead]}${why}${why.endsWith("?") ? "" : "."}`,
        facts: report.facts,
        file: report.file,
    };
};

const fits = async (signed, forceFallback) => {
    const [key, message, signature] = [signed.key, signed.message, signed.signature].map((text) => Buffer.from(text, "hex"));
    try {
        return await signatureFits(checkKey(new Uint8Array(key)), message, new Uint8Array(signature), { forceFallback });
    } catch (e) {
        if (!e.why) throw e;
        return false;
    }
};

const { base, jobs, holes, signatures } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const results = [];
for (const job of jobs) results.push([await run(job, base, false), await run(job, base, true)]);
const filled = levelsOf(base).map((level) => fillTemplate(unpackJson(base.template), { level, ...holes }));
const fit = await Promise.all(signatures.map((signed) => Promise.all([fits(signed, false), fits(signed, true)])));
process.stdout.write(JSON.stringify({ results, filled, fits: fit }));
