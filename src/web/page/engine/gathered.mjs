// What many exercises come to together, and what they cannot: as the program's badge/claim/measured.rs has it.

const DAY_S = 86_400;

// Hundredths of hours, cut.
export const hoursOf = ({ practised }) => Math.floor(practised / 36);

// The part of a code behind "figures-" of what no exercises come to, of which the first began at `start` (seconds since
// 1970); null for nothing.
export const wrongGathered = ({ practised, days, exercises, remarked, span }, start) => {
    const day = (time) => Math.floor(time / DAY_S);
    const touched = day(start + span) - day(start) + 1;
    if (practised === 0) return "practice-none";
    if (practised > span) return "practice-long";
    if (days === 0 || days > touched || days > exercises || practised > (days + 1) * DAY_S) return "practice-days";
    return remarked > exercises ? "practice-remarked" : null;
};

// The same of a final test.
export const wrongFinal = ({ net, gross, accuracy }) => {
    if (gross < net) return "net";
    return accuracy > 10_000 ? "share" : null;
};

// Whether a text is a layout and a language as a badge of a course states them: `us, en`.
export const isGround = (text) => /^[a-z0-9-]{1,16}, [a-z0-9-]{1,16}$/.test(text);
