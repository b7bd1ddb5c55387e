// The level that a badge names, compared with that level; as the program's badge/verify/level.rs and evidence.rs.

import { Refusal, reason, refuse } from "./refusal.mjs";
import { unpackJson } from "./inflate.mjs";
import { member, sameJson, textOf } from "./json.mjs";
import { looksSame, quoted } from "./text.mjs";
import { levelsOf } from "./levels.mjs";
import { achievementOf } from "./summary.mjs";
import { fillTemplate, templateOf } from "./template.mjs";
import { describedUnder, isCounted, readStated, secondsOf, wrongFigures } from "./figures.mjs";

const nameOfIssuer = (credential) => textOf(member(credential, "issuer"), "name") ?? "";

const levelById = (credential, data) => {
    const urn = textOf(achievementOf(credential), "id");
    return urn === undefined ? undefined : levelsOf(data).find((level) => level.urn === urn);
};

const shippedOf = (data) => levelsOf(data).filter(({ kind }) => kind === "shipped");

const idOf = ({ human_code: code }) => code.replace(/-V\d+$/, "").toLowerCase();

// The code of what differs between a badge and its level; null for nothing.
const differs = (credential, level, data) => {
    const { name, credentialSubject: { achievement } } = templateOf(level, data);
    const holes = { level, issuer: { name: nameOfIssuer(credential) } };
    if (!sameJson(achievementOf(credential), fillTemplate(achievement, holes))) return "evidence-level";
    const own = member(credential, "name");
    return own === undefined || own === fillTemplate(name, holes) ? null : "level-name";
};

// Refuses the code of a shipped level; of a later version of one nothing can be told.
const refuseCode = (code, levels) => {
    const refused = (level) => refuse("level-code", { id: idOf(level), version: Number(level.version) });
    const same = levels.find(({ human_code: own }) => looksSame(code, own));
    if (same) refused(same);
    const [, id, digits] = /^(.*)-V\+?(\d+)$/s.exec(code) ?? [];
    const version = Number(digits);
    if (id === undefined || version > 0xffff_ffff) return;
    const versions = levels.filter((level) => idOf(level) === id.replace(/[A-Z]/g, (letter) => letter.toLowerCase()));
    const newest = versions.reduce((a, b) => (a && Number(a.version) > Number(b.version) ? a : b), null);
    if (newest && version > Number(newest.version)) {
        throw new Refusal("level-version", { id: idOf(newest), version }, true);
    }
    if (newest) refused(newest);
};

// Whether an achievement requires what a level does.
const asksTheSame = (achievement, level) => {
    const required = (key) => textOf(describedUnder(achievement, key), "requiredValue");
    return required("net") === level.min_speed && required("accuracy") === level.min_accuracy;
};

// Refuses a badge that bears the code or the title of a shipped level and is not that level.
const refuseBorrowed = (credential, levels) => {
    const achievement = achievementOf(credential);
    const code = textOf(achievement, "humanCode");
    if (code !== undefined) refuseCode(code, levels);
    const names = [textOf(credential, "name"), textOf(achievement, "name")].filter((name) => name !== undefined);
    const bears = ({ title }) => names.some((name) => looksSame(name, title));
    const titled = levels.filter(bears).find((level) => !asksTheSame(achievement, level));
    if (titled && isCounted(credential)) refuse("level-title", { title: titled.title });
};

const compared = (credential, data) => {
    const level = levelById(credential, data) ?? null;
    const other = level && differs(credential, level, data);
    if (other) refuse(other);
    if (!level) refuseBorrowed(credential, shippedOf(data));
    let what;
    try {
        what = wrongFigures(credential, level, unpackJson(data.template));
    } catch (e) {
        if (!(e instanceof Refusal)) throw e;
        what = e.why;
    }
    if (what) refuse("evidence-impossible", { what });
};

// Whether a badge is of the level that it names, and its figures can be. The log itself is not at hand here.
export const evidenceAnswer = (credential, data) => {
    try {
        compared(credential, data);
        return { is: "not-checked", why: reason("no-log") };
    } catch (e) {
        if (!(e instanceof Refusal)) throw e;
        return { is: e.open ? "not-checked" : "no", why: e.why };
    }
};

// -- What is said of a test besides its figures

const textSaid = (credential, shipped) => {
    const criteria = textOf(member(achievementOf(credential), "criteria"), "narrative") ?? "";
    if (shipped?.words !== undefined) return reason("text-words", { list: shipped.words });
    if (shipped) return reason("text-passages");
    if (criteria.startsWith("Copying a text ")) return reason("text-own");
    if (criteria.startsWith("Copying entries ")) return reason("text-own-words");
    return reason(criteria.startsWith("Copying passages") ? "text-own-passages" : "text-unsaid");
};

// A decimal after its first place.
const TENTHS = /(?<=^\d+\.\d)\d+$/;

const tookSaid = (credential, data) => {
    let stated;
    try {
        stated = readStated(credential, unpackJson(data.template));
    } catch (e) {
        if (!(e instanceof Refusal)) throw e;
    }
    if (!stated) return null;
    const { duration_ms: ms } = stated;
    const [minutes, seconds] = [Math.floor(ms / 60_000), secondsOf(ms % 60_000).replace(TENTHS, "")];
    if (!minutes) return reason("took-seconds", { seconds });
    if (ms % 60_000) return reason("took-both", { minutes, seconds });
    return minutes === 1 ? reason("took-minute") : reason("took-minutes", { minutes });
};

// The shipped level that a badge is of; null where it is of none.
const shippedLevel = (credential, data) => {
    const known = levelById(credential, data);
    return known?.kind === "shipped" && differs(credential, known, data) === null ? known : null;
};

export const isShipped = (credential, data) => shippedLevel(credential, data) !== null;

// Whose level it is, where its text came from, how long the test took; `issuer` is a name that is believed, or null.
export const testOf = (credential, data, issuer) => {
    const shipped = shippedLevel(credential, data);
    const name = issuer ?? quoted(nameOfIssuer(credential));
    const isOwn = /^own-/i.test(textOf(achievementOf(credential), "humanCode") ?? "");
    const other = reason(isOwn ? "level-own" : "level-unknown", { name });
    const level = shipped ? reason("level-shipped", { id: idOf(shipped), version: Number(shipped.version) }) : other;
    return { level, text: textSaid(credential, shipped), took: tookSaid(credential, data) };
};
