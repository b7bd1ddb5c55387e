// Runs what the page does with pictures and with lists of revoked badges: `node unbake.mjs JOBS.json`, where the file
// holds { files: [base64], statuses: [{ credential, issuer, lists, now }] }. Prints { files, statuses, unused }: of a
// file { taken } (null for no picture) or { refused, open, german }, of a badge { is, why, german }.

import { readFileSync } from "node:fs";
import { unbake } from "../../src/web/page/engine/unbake.mjs";
import { statusAnswer } from "../../src/web/page/engine/status.mjs";
import { TEXTS } from "../../src/web/page/texts/say.mjs";

const codes = new Set();

const say = (why, language) => {
    codes.add(why.code);
    const value = (name) => (why[name]?.code ? say(why[name], language) : String(why[name]));
    return TEXTS[language][why.code].replace(/\{(\w+)\}/g, (_, name) => value(name));
};

const ofFile = async (base64) => {
    try {
        const found = await unbake(new Uint8Array(Buffer.from(base64, "base64")));
        return { taken: found && found.text };
    } catch (error) {
        if (!error.why) throw error;
        return { refused: say(error.why, "en"), open: error.open, german: say(error.why, "de") };
    }
};

const ofStatus = ({ credential, issuer, lists, now }) => {
    const { is, why } = statusAnswer(credential, issuer, { data: { status: lists }, now: Date.parse(now) });
    return { is, why: say(why, "en"), german: say(why, "de") };
};

const jobs = JSON.parse(readFileSync(process.argv[2], "utf8"));
const files = [];
for (const file of jobs.files) files.push(await ofFile(file));
const statuses = jobs.statuses.map(ofStatus);
const own = Object.keys(TEXTS.en).filter((code) => /^(bake|status)-/.test(code));
const unused = own.filter((code) => !codes.has(code));
process.stdout.write(JSON.stringify({ files, statuses, unused }));
