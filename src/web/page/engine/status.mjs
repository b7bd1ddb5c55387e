// Whether a badge's place in its issuer's lists of revoked badges is free, as badge/verify/status.rs answers. The
// lists come with the page, decoded and believed when it was built.

import { reason } from "./refusal.mjs";
import { repeated } from "./text.mjs";
import { isObject, listOf, textOf } from "./json.mjs";
import { dayOf, readInstant } from "./time.mjs";

// How many places in lists one badge may name.
const ENTRIES_MAX = 8;
const PURPOSES = ["revocation", "suspension"];

const statusIs = (is) => (code, params) => ({ is, why: reason(code, params) });
const [free, marked, unchecked] = ["yes", "no", "not-checked"].map(statusIs);

// A place in a list as a badge names it; null where it is not read.
const readEntry = (entry) => {
    if (!isObject(entry) || !listOf(entry.type).includes("BitstringStatusListEntry")) return null;
    const [purpose, place, url] = ["statusPurpose", "statusListIndex", "statusListCredential"]
        .map((name) => textOf(entry, name));
    const plain = /^(0|[1-9]\d*)$/.test(place ?? "") && Number(place) < 2 ** 32;
    const oneBit = entry.statusSize === undefined || entry.statusSize === 1;
    if (!PURPOSES.includes(purpose) || !plain || !oneBit || url === undefined) return null;
    return { purpose, index: Number(place), url };
};

// What an entry answers; `made` is the list's time.
const entryAnswer = (entry, issuerId, lists, now) => {
    const read = readEntry(entry);
    if (!read) return unchecked("status-unread");
    const { purpose, index, url } = read;
    const named = lists.filter((list) => list.url === url && list.purpose === purpose);
    const own = named.filter((list) => list.issuer === issuerId)
        .map((list) => ({ ...list, made: readInstant(list.from), end: readInstant(list.until) }))
        .sort((a, b) => b.made - a.made)[0];
    if (!own && named.length) return unchecked("status-other-issuer", { issuer: repeated(named[0].issuer) });
    if (!own) return unchecked("status-missing", { url: repeated(url) });
    const list = dayOf(own.made);
    const isMarked = own.revoked.includes(index);
    if (own.made > now) return unchecked("status-future", { list });
    // What is revoked stays so, however old the list is.
    if (isMarked && purpose === "revocation") return marked("status-revoked", { list });
    if (own.end !== null && now >= own.end) {
        return unchecked("status-ran-out", { day: dayOf(own.end), url: repeated(url) });
    }
    if (isMarked) return marked("status-suspended", { list });
    return index >= own.length ? unchecked("status-outside", { index }) : { is: "yes", made: own.made };
};

// Every place that the badge names must be free; the oldest list says of which day the answer is.
export function statusAnswer(credential, issuerId, world) {
    const named = listOf(credential.credentialStatus);
    const entries = named.length > ENTRIES_MAX ? [] : named;
    const answers = entries.map((entry) => entryAnswer(entry, issuerId, world.data.status, world.now));
    const worst = answers.find(({ is }) => is === "no") ?? answers.find(({ is }) => is === "not-checked");
    if (!answers.length) return unchecked("status-unread");
    if (worst) return worst;
    const list = dayOf(Math.min(...answers.map(({ made }) => made)));
    const until = readInstant(credential.validUntil);
    if (until === null) return free("status-listed-endless", { list });
    return free("status-listed", { day: dayOf(until), list });
}
