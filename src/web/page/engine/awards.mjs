// Badges of practice: what they state, as the program's badge/verify/gathered.rs and practice.rs have it.

import { reason, refuse } from "./refusal.mjs";
import { member, textOf } from "./json.mjs";
import { readInstant } from "./time.mjs";
import { remarksOf, subjectOf } from "./summary.mjs";
import { levelsOf } from "./levels.mjs";
import { templateOfKind } from "./template.mjs";
import { countsIn, hundredths, numbersIn, rowOf } from "./figures.mjs";
import { hoursOf, wrongGathered } from "./gathered.mjs";

// The names of our definitions, by kind.
const COUNTED_AS = { practice: "typeproof practice 1:" };

export const isAward = ({ kind }) => Object.hasOwn(COUNTED_AS, kind);

// The kind that a badge is counted as; undefined for a test, or for what another program measured.
export const countedKind = (credential) =>
    Object.keys(COUNTED_AS).find((kind) => countsIn(credential, COUNTED_AS[kind]).length);

// All that typeproof awards besides levels.
export const awardsOf = (data) => levelsOf(data).filter(isAward);

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
    const rows = [["hours", hundredths(hoursOf(gathered))], ["days", days], ["exercises", exercises]];
    if (rows.some(([key, value]) => rowOf(credential, key) !== String(value))) refuse("figures-rows");
    return gathered;
};

const impossiblePractice = (credential, gathered) => {
    const [from, to] = ["activityStartDate", "activityEndDate"]
        .map((name) => readInstant(member(subjectOf(credential), name)));
    const signed = readInstant(member(credential, "validFrom"));
    if (from === null || to === null || from < 0) return "practice-times";
    if (Math.trunc((to - from) / 1000) !== gathered.span) return "practice-times";
    if (signed !== null && signed < to) return "practice-early";
    return wrongGathered(gathered, Math.floor(from / 1000));
};

// Why the numbers of a badge of practice cannot be, or null.
export const wrongAward = (credential, award, kind, data) => {
    const gathered = statedGathered(credential, kind, data) ?? refuse("figures-counts");
    const wrong = impossiblePractice(credential, gathered);
    if (wrong) return { code: `figures-${wrong}` };
    return award && gathered.practised < Number(award.hours) * 3600 ? { code: "figures-practice-below" } : null;
};

// Hours over days.
export const awardTook = (credential, kind, data) => {
    const gathered = statedGathered(credential, kind, data);
    if (!gathered) return null;
    const hours = hundredths(hoursOf(gathered));
    return gathered.days === 1 ? reason("took-hours-day", { hours }) : reason("took-hours", { hours, days: gathered.days });
};
