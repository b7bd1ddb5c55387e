// Instants: milliseconds since 1970, read from RFC 3339 as strictly as the program does.

const RFC3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:)(\d\d)(?:\.(\d+))?(?:[Zz]|([+\-\u2212])(\d\d):([0-5]\d))$/;

const asIso = (ms) => new Date(ms).toISOString();

// Null for what is no text, no date of the calendar, or has no time zone. A leap second is the one before.
export const readInstant = (text) => {
    // A regex makes a text of what is none; objects of a badge cannot be made one.
    const found = typeof text === "string" ? RFC3339.exec(text) : null;
    const [, date, time, second, fraction = "", sign, hours = "0", minutes = "0"] = found ?? [];
    if (!date || hours > 23 || second > 60) return null;
    const plain = `${date}T${time}${second === "60" ? "59" : second}`;
    const ms = Date.parse(`${plain}Z`);
    if (Number.isNaN(ms) || asIso(ms).slice(0, 19) !== plain) return null;
    const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
    return ms + Number(fraction.padEnd(3, "0").slice(0, 3)) - (sign === "+" ? offset : sign ? -offset : 0);
};

// The instant of this many seconds since 1970 as a credential writes it; null beyond the year 9999.
export const writeInstant = (seconds) => (seconds < 253_402_300_800 ? `${asIso(seconds * 1000).slice(0, 19)}Z` : null);

export const dayOf = (ms) => asIso(ms).slice(0, 10);

export const minuteOf = (ms) => `${asIso(ms).slice(0, 16).replace("T", " ")} UTC`;

const instants = (credential, names) =>
    names.map((name) => readInstant(credential?.[name])).filter((instant) => instant !== null);

// From when a credential is valid, in the words of W3C Verifiable Credentials 2.0 and 1.1, the later counting; or null.
export const fromOf = (credential) => {
    const found = instants(credential, ["validFrom", "issuanceDate"]);
    return found.length ? Math.max(...found) : null;
};

export const UNTIL = ["validUntil", "expirationDate"];

// Until when, the earlier counting; or null.
export const untilOf = (credential) => {
    const found = instants(credential, UNTIL);
    return found.length ? Math.min(...found) : null;
};
