// Shows a report: headline, record, whose page this is, the five answers, details.

import { listOf, textOf } from "../engine/json.mjs";
import { cleanName, unquoted } from "../engine/text.mjs";
import { byId, make, told, write } from "./dom.mjs";
import { isHostedAddress } from "./given.mjs";
import { fillList, showRecord } from "./record.mjs";
import { showWhere } from "./where.mjs";
import { beginsPlain, clockTime, dayInWords, isChanged } from "./words.mjs";
import { outcomeAdvice, outcomeReason, outcomeShown, outcomeWord, sayInWords, sentence } from "./words.mjs";

const PARTS = ["unable", "intro", "record", "where", "answers", "checked", "next"];

const showParts = (outcome, word, why, parts, shown = outcome) => {
    Object.assign(byId("verdict").dataset, { outcome, shown });
    const reason = why ? [make("span", { class: "unseen" }, ": "), make("span", { class: "reason" }, why)] : [];
    byId("headline").replaceChildren(make("span", { class: "word" }, word), ...reason);
    document.title = `${word} · typeproof`;
    for (const id of PARTS) {
        byId(id).hidden = !parts.includes(id);
    }
};

export const showIdle = () => {
    write("give-title", told("ui-give"));
    showParts("idle", told("ui-title"), isHostedAddress() ? told("ui-gone") : "", ["intro"]);
};

export const showBusy = () => showParts("busy", told("ui-busy"), "", []);

// The page itself has failed: nothing is known of the badge.
export const showFailed = (error) => {
    const why = sayInWords({ code: "page-failed", error: cleanName(error) });
    showParts("cannot-tell", told("ui-cannot-tell"), why, ["unable"]);
};

// Which file it is, for of several only one is checked.
export const showGiven = (source) => {
    const { name, count } = source ?? {};
    const code = count > 1 ? "ui-given-first" : "ui-given";
    write("given", name === undefined ? "" : told(code, { name: unquoted(name), count }));
};

// An answer in the program's words, and what the question means. A badge whose signature is not good was not asked the
// rest: that is said in place of both.
const showAnswer = (name, { is, why }, instead) => {
    const item = document.querySelector(`[data-answer="${name}"]`);
    const [said, note] = [item.querySelector(".why"), item.querySelector(".note")];
    item.dataset.is = is;
    item.querySelector(".is").textContent = told(`ui-${is}`);
    said.textContent = sayInWords(why);
    said.classList.toggle("plain", beginsPlain(why));
    const isUnread = why.code === "unread" && instead !== "";
    said.hidden = isUnread;
    note.hidden = isUnread;
    item.querySelector(".instead")?.remove();
    if (isUnread) {
        said.after(make("p", { class: "instead" }, told(instead)));
    }
};

const listed = (value, name) => listOf(value ?? undefined).map((each) => textOf(each, name)).filter(Boolean);

const showDetails = ({ summary, credential, issuer, suites }) => {
    const [method = ""] = listed(credential?.proof, "verificationMethod");
    fillList("details", [
        ["ui-id", summary.id],
        ["ui-key", issuer?.key ?? method],
        ["ui-suites", suites.join(", ")],
        ["ui-status", listed(credential?.credentialStatus, "statusListCredential").join(" ")],
        ["ui-evidence", listed(credential?.evidence, "narrative").join(" ")],
    ]);
};

export const showReport = (report, page, now) => {
    const { outcome, answers, credential, file } = report;
    const time = new Date(now).toISOString();
    const shown = outcomeShown(report);
    const nothing = shown.startsWith("nothing");
    const known = credential !== null && !nothing;
    write("next", outcomeAdvice(report, page));
    write("sentence", sentence(report));
    byId("sentence").dataset.code = report.why.code;
    write("give-title", told("ui-give-other"));
    write("checked", told("ui-checked", { when: `${dayInWords(time)}, ${clockTime(time)}` }));
    const instead = known ? `ui-n-${isChanged(report) ? "changed" : "unread"}` : "";
    Object.entries(answers).forEach(([name, answer]) => showAnswer(name, answer, instead));
    showDetails(report);
    if (known) {
        showRecord(report, page, shown);
        showWhere(report);
    }
    const parts = ["checked", "next", ...(nothing ? [] : ["answers"]), ...(known ? ["record", "where"] : [])];
    showParts(outcome, outcomeWord(shown, report), outcomeReason(report, page), parts, shown);
    byId("answers").dataset.known = known;
    byId("download").hidden = file === null || answers.integrity.is !== "yes";
};
