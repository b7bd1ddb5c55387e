// Runs the page's verifier over the jobs of a file, with WebCrypto and without: `node engine.mjs JOBS`. Prints JSON.

import { readFileSync } from "node:fs";
import * as ed25519 from "../../src/web/page/engine/ed25519.mjs";
import { levelsOf } from "../../src/web/page/engine/levels.mjs";
import { fillTemplate, templateOf } from "../../src/web/page/engine/template.mjs";
import { verify } from "../../src/web/page/engine/verify.mjs";
import { phrase } from "./phrase.mjs";
import { TEXTS } from "../../src/web/page/texts/say.mjs";

const given = ({ kind, given: text }) =>
    kind === "file" ? { kind, bytes: new Uint8Array(Buffer.from(text, "base64")) } : { kind, text };

// A reason's code, and those of the reasons within it whose words its own words show.
const codes = ({ code, ...params }) => {
    const shown = TEXTS.en[code].match(/\{\w+\}/g)?.map((hole) => params[hole.slice(1, -1)]) ?? [];
    return [code, ...shown.filter((value) => value?.code).flatMap(codes)];
};

const run = async (job, base, forceFallback) => {
    const world = { data: { ...base, ...job.data }, now: job.now, holder: job.holder, forceFallback };
    const report = await verify(given(job), world);
    const sentence = phrase(TEXTS.en, { code: `sentence-${report.lead}`, why: report.why });
    const answer = ({ is, why: reason }) => {
        phrase(TEXTS.de, reason);
        return [is, codes(reason), phrase(TEXTS.en, reason)];
    };
    const answers = Object.entries(report.answers).map(([name, each]) => [name, answer(each)]);
    return {
        outcome: report.outcome,
        answers: Object.fromEntries(answers),
        sentence: `${sentence}${sentence.endsWith("?") ? "" : "."}`,
        summary: report.summary,
        file: report.file,
    };
};

const fits = async ({ checkKey, signatureFits }, signed, forceFallback = false) => {
    const [key, message, signature] = ["key", "message", "signature"]
        .map((name) => new Uint8Array(Buffer.from(signed[name], "hex")));
    try {
        return await signatureFits(checkKey(key), message, signature, { forceFallback });
    } catch (e) {
        if (!e.why) throw e;
        return false;
    }
};

// Browsers that lack Ed25519, or have it wrong, or fail after a while: the answers must be the same.
const { subtle } = globalThis.crypto;
const lacking = async () => {
    throw new DOMException("no Ed25519 here", "NotSupportedError");
};
let asked = 0;
const ODD_BROWSERS = [
    undefined,
    {},
    { subtle: { importKey: lacking, verify: lacking } },
    { subtle: { importKey: async () => ({}), verify: async () => true } },
    { subtle: { importKey: async () => ({}), verify: async () => false } },
    { subtle: { importKey: async () => ({}), verify: async () => undefined } },
    {
        subtle: {
            importKey: (...all) => subtle.importKey(...all),
            verify: (...all) => (++asked > 2 ? lacking() : subtle.verify(...all)),
        },
    },
];

const inOddBrowsers = async (signatures) => {
    const own = globalThis.crypto;
    const found = [];
    for (const [number, crypto] of ODD_BROWSERS.entries()) {
        Object.defineProperty(globalThis, "crypto", { value: crypto, configurable: true });
        const fresh = await import(`../../src/web/page/engine/ed25519.mjs?browser=${number}`);
        for (const [at, signed] of signatures.entries()) (found[at] ??= []).push(await fits(fresh, signed));
    }
    Object.defineProperty(globalThis, "crypto", { value: own, configurable: true });
    return found;
};

const { base, jobs, holes, signatures } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const results = [];
for (const job of jobs) results.push([await run(job, base, false), await run(job, base, true)]);
const filled = levelsOf(base).map((level) => fillTemplate(templateOf(level, base), { level, ...holes }));
const fit = [];
for (const signed of signatures) fit.push([await fits(ed25519, signed), await fits(ed25519, signed, true)]);
const odd = await inOddBrowsers(signatures);
const all = fit.map((answers, at) => [...answers, ...odd[at]]);
process.stdout.write(JSON.stringify({ results, filled, fits: all }));
