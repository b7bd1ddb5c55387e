// The level that a badge names, compared with that level; as the program's badge/verify/level.rs and evidence.rs.

import { Refusal, reason, refuse } from "./refusal.mjs";
import { unpackJson } from "./inflate.mjs";
import { member, sameJson, textOf } from "./json.mjs";
import { looksSame, quoted } from "./text.mjs";
import { levelsOf } from "./levels.mjs";
import { achievementOf } from "./summary.mjs";
import { fillTemplate, templateOf } from "./template.mjs";
import { describedUnder, isCounted, readStated, secondsOf, wrongFigures } from "./figures.mjs";
import { supervisorsOf } from "./supervised.mjs";
import { awardTook, awardsOf, countedKind, isAward, wrongAward } from "./awards.mjs";

const nameOfIssuer = (credential) => textOf(member(credential, "issuer"), "name") ?? "";

const levelById = (credential, data) => {
    const urn = textOf(achievementOf(credential), "id");
    return urn === undefined ? undefined : levelsOf(data).find((level) => level.urn === urn);
};

const shippedOf = (data) => levelsOf(data).filter(({ kind }) => kind === "shipped");

const idOf = ({ human_code: code }) => code.replace(/-V\d+$/, "").toLowerCase();

// The code of what differs between a badge and what it is for; null for nothing.
const differs = (credential, level, data) => {
    const { name, credentialSubject: { achievement } } = templateOf(level, data);
    const holes = { level, issuer: { name: nameOfIssuer(credential) } };
    const [other, otherName] = isAward(level) ? ["award-terms", "award-name"] : ["evidence-level", "level-name"];
    if (!sameJson(achievementOf(credential), fillTemplate(achievement, holes))) return other;
    const own = member(credential, "name");
    return own === undefined || own === fillTemplate(name, holes) ? null : otherName;
};

// Refuses the code of a shipped level or award; of a later version of one nothing can be said.
const refuseCode = (code, levels) => {
    const codes = (level) => (isAward(level) ? ["award-code", "award-version"] : ["level-code", "level-version"]);
    const refused = (level) => refuse(codes(level)[0], { id: idOf(level), version: Number(level.version) });
    const same = levels.find(({ human_code: own }) => looksSame(code, own));
    if (same) refused(same);
    const [, id, digits] = /^(.*)-V\+?(\d+)$/s.exec(code) ?? [];
    const version = Number(digits);
    if (id === undefined || version > 0xffff_ffff) return;
    const versions = levels.filter((level) => idOf(level) === id.replace(/[A-Z]/g, (letter) => letter.toLowerCase()));
    const newest = versions.reduce((a, b) => (a && Number(a.version) > Number(b.version) ? a : b), null);
    if (newest && version > Number(newest.version)) {
        throw new Refusal(codes(newest)[1], { id: idOf(newest), version }, true);
    }
    if (newest) refused(newest);
};

// Whether an achievement requires what a level does.
const asksTheSame = (achievement, level) => {
    const required = (key) => textOf(describedUnder(achievement, key), "requiredValue");
    return required("net") === level.min_speed && required("accuracy") === level.min_accuracy;
};

// Refuses a badge that bears the code or the title of a shipped level or award and is not of that.
const refuseBorrowed = (credential, data) => {
    const achievement = achievementOf(credential);
    const code = textOf(achievement, "humanCode");
    const [levels, awards] = [shippedOf(data), awardsOf(data)];
    if (code !== undefined) refuseCode(code, [...levels, ...awards]);
    const names = [textOf(credential, "name"), textOf(achievement, "name")].filter((name) => name !== undefined);
    const bears = ({ title }) => names.some((name) => looksSame(name, title));
    const titled = levels.filter(bears).find((level) => !asksTheSame(achievement, level));
    if (titled && isCounted(credential)) refuse("level-title", { title: titled.title });
    const kind = countedKind(credential);
    const awarded = awards.filter(bears).find((award) => award.kind === kind);
    if (awarded) refuse("award-title", { title: awarded.title });
};

// What a badge is for, where it is no level: what it is known to be, and its kind; null for a badge of a test.
const awardOf = (credential, data) => {
    const known = levelById(credential, data);
    const award = known && isAward(known) ? known : null;
    const kind = award?.kind ?? countedKind(credential);
    return kind === undefined ? null : { award, kind };
};

const compared = (credential, data, found) => {
    const level = found ? found.award : levelById(credential, data) ?? null;
    const other = level && differs(credential, level, data);
    if (other) refuse(other);
    if (!level) refuseBorrowed(credential, data);
    let what;
    try {
        what = found
            ? wrongAward(credential, level, found.kind, data)
            : wrongFigures(credential, level, unpackJson(data.template));
    } catch (e) {
        if (!(e instanceof Refusal) || e.open) throw e;
        what = e.why;
    }
    if (what) refuse("evidence-impossible", { what });
};

// Refuses a badge that says of who supervised what cannot be.
const refuseSupervision = (credential, data) => {
    const { what } = supervisorsOf(credential, data);
    if (what) refuse("evidence-supervised", { what });
};

// Whether a badge is of what it names, and its figures can be. The log or record itself is not at hand here.
export const evidenceAnswer = (credential, data) => {
    try {
        refuseSupervision(credential, data);
        const found = awardOf(credential, data);
        compared(credential, data, found);
        return { is: "not-checked", why: reason(found ? "no-record" : "no-log") };
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

// What a function gives; null where it refuses.
const readable = (read) => {
    try {
        return read();
    } catch (e) {
        if (!(e instanceof Refusal)) throw e;
        return null;
    }
};

const tookSaid = (credential, data) => {
    const stated = readable(() => readStated(credential, unpackJson(data.template)));
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

const aboutAward = (credential, data, { award, kind }, name) => {
    const shipped = award && award.own === undefined && differs(credential, award, data) === null;
    const isOwn = kind === "course" && /^course-own-/i.test(textOf(achievementOf(credential), "humanCode") ?? "");
    const level = shipped
        ? reason("level-shipped", { id: idOf(award), version: Number(award.version) })
        : reason(isOwn ? "course-own" : "level-unknown", { name });
    return { level, text: reason(`text-${kind}`), took: readable(() => awardTook(credential, kind, data)) };
};

// Whether a badge is of something that comes with typeproof, and says of it what that says itself.
export const isShipped = (credential, data) => {
    const found = awardOf(credential, data);
    if (!found) return shippedLevel(credential, data) !== null;
    const { award } = found;
    return award !== null && award.own === undefined && differs(credential, award, data) === null;
};

// Whose level it is, where its text came from, how long the test took; `issuer` is a name that is believed, or null.
export const testOf = (credential, data, issuer) => {
    const name = issuer ?? quoted(nameOfIssuer(credential));
    const found = awardOf(credential, data);
    if (found) return aboutAward(credential, data, found, name);
    const shipped = shippedLevel(credential, data);
    const isOwn = /^own-/i.test(textOf(achievementOf(credential), "humanCode") ?? "");
    const other = reason(isOwn ? "level-own" : "level-unknown", { name });
    const level = shipped ? reason("level-shipped", { id: idOf(shipped), version: Number(shipped.version) }) : other;
    return { level, text: textSaid(credential, shipped), took: tookSaid(credential, data) };
};
