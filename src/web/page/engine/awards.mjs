// Badges of practice and of courses: what they state, as the program's badge/verify/gathered.rs, practice.rs and course.rs
// have it.

import { Refusal, reason, refuse } from "./refusal.mjs";
import { member, textOf } from "./json.mjs";
import { readInstant } from "./time.mjs";
import { remarksOf, subjectOf } from "./summary.mjs";
import { levelsOf } from "./levels.mjs";
import { templateOfKind } from "./template.mjs";
import { countsIn, hundredths, numbersIn, parsed, partsOf, rowOf } from "./figures.mjs";
import { hoursOf, isGround, wrongFinal, wrongGathered } from "./gathered.mjs";

// The names of our definitions, by kind.
const COUNTED_AS = { practice: "typeproof practice 1:", course: "typeproof course 1:" };

// The rows that have the number of exercises, by kind.
const EXERCISES = { practice: "exercises", course: "lessons" };

export const isAward = ({ kind }) => Object.hasOwn(COUNTED_AS, kind);

// The kind that a badge is counted as; undefined for a test, or for what another program measured.
export const countedKind = (credential) =>
    Object.keys(COUNTED_AS).find((kind) => countsIn(credential, COUNTED_AS[kind]).length);

// All that typeproof awards besides levels; courses of users' files are not among it.
export const awardsOf = (data) => levelsOf(data).filter((level) => isAward(level) && level.own === undefined);

// In how many exercises a badge says that something was noted; null where it says so in other words than ours.
const remarkedIn = (credential, evidence) => {
    const [remark, more] = remarksOf(credential);
    if (remark === undefined) return 0;
    const pattern = evidence.find((part) => part["?"] === "claim.remarked").narrative;
    return more === undefined ? numbersIn(pattern, remark)?.remarked || null : null;
};

// What a badge states to have been gathered; null where it has no such counts. Throws where they are not as ours are.
export const statedGathered = (credential, kind, data) => {
    const narratives = countsIn(credential, COUNTED_AS[kind]);
    if (!narratives.length) return null;
    const { evidence } = templateOfKind(kind, data);
    const numbers = narratives.length > 1 ? null : numbersIn(evidence[0].narrative, narratives[0]);
    const remarked = numbers && remarkedIn(credential, evidence);
    if (!numbers || remarked === null) refuse("figures-counts");
    const { practised_s: practised, days, exercises, span_s: span } = numbers;
    const gathered = { practised, days, exercises, remarked, span };
    const rows = [["hours", hundredths(hoursOf(gathered))], ["days", days], [EXERCISES[kind], exercises]];
    if (rows.some(([key, value]) => rowOf(credential, key) !== String(value))) refuse("figures-rows");
    return gathered;
};

const impossibleGathered = (credential, gathered) => {
    const [from, to] = ["activityStartDate", "activityEndDate"]
        .map((name) => readInstant(member(subjectOf(credential), name)));
    const signed = readInstant(member(credential, "validFrom"));
    if (from === null || to === null || from < 0) return "practice-times";
    if (Math.trunc((to - from) / 1000) !== gathered.span) return "practice-times";
    if (signed !== null && signed < to) return "practice-early";
    return wrongGathered(gathered, Math.floor(from / 1000));
};

// The number in a row with two places.
const numberIn = (credential, key) => parsed(rowOf(credential, key), 100, hundredths);

// The figures of the final test of a badge of a course, and its layout and language.
const statedFinal = (credential) => {
    const [net, gross, accuracy] = ["final-net", "final-gross", "final-accuracy"].map((key) => numberIn(credential, key));
    const ground = rowOf(credential, "ground");
    return isGround(ground) ? { ended: { net, gross, accuracy }, ground } : refuse("figures-rows");
};

// Why the numbers of the final test cannot be, or null.
const impossibleCourse = (credential, course, { exercises }) => {
    const { ended, ground } = statedFinal(credential);
    const wrong = wrongFinal(ended);
    if (wrong) return { code: `figures-${wrong}` };
    if (!course) return null;
    const [speed, accuracy] = [course.min_speed, course.min_accuracy].map(partsOf);
    if (ended.net < speed || ended.accuracy < accuracy) return { code: "figures-course-below" };
    const count = course.lessons[ground];
    const [layout, language] = ground.split(", ");
    if (count === undefined) throw new Refusal("course-ground", { layout, language }, true);
    return count === exercises ? null : { code: "figures-course-lessons", count };
};

// Why the numbers of a badge of practice or of a course cannot be, or null.
export const wrongAward = (credential, award, kind, data) => {
    const gathered = statedGathered(credential, kind, data) ?? refuse("figures-counts");
    if (kind === "course") statedFinal(credential);
    const wrong = impossibleGathered(credential, gathered);
    if (wrong) return { code: `figures-${wrong}` };
    if (kind === "course") return impossibleCourse(credential, award, gathered);
    return award && gathered.practised < Number(award.hours) * 3600 ? { code: "figures-practice-below" } : null;
};

// Hours over days.
export const awardTook = (credential, kind, data) => {
    const gathered = statedGathered(credential, kind, data);
    if (!gathered) return null;
    if (kind === "course") statedFinal(credential);
    const hours = hundredths(hoursOf(gathered));
    return gathered.days === 1 ? reason("took-hours-day", { hours }) : reason("took-hours", { hours, days: gathered.days });
};
