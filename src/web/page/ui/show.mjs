// Shows a report: headline, record, whose page this is, the five answers, details.

import { byId, make, told, write } from "./dom.mjs";
import { isHostedAddress } from "./given.mjs";
import { fillList, showRecord } from "./record.mjs";
import { showWhere } from "./where.mjs";
import { clockTime, dayInWords, outcomeReason, outcomeShown, outcomeWord, sayInWords, sentence } from "./words.mjs";

const PARTS = ["intro", "record", "where", "answers", "checked", "next"];

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

export const showBusy = () => {
    showParts("busy", told("ui-busy"), "", []);
    write("status", told("ui-busy"));
};

const showAnswer = ([name, { is, why }]) => {
    const item = document.querySelector(`[data-answer="${name}"]`);
    item.dataset.is = is;
    item.querySelector(".is").textContent = told(`ui-${is}`);
    item.querySelector(".why").textContent = sayInWords(why);
};

const listed = (value, member) =>
    [value ?? []].flat().map((each) => each?.[member]).filter((text) => typeof text === "string");

const showDetails = ({ facts, credential, issuer, suites }) => {
    const [method = ""] = listed(credential?.proof, "verificationMethod");
    fillList("details", [
        ["ui-id", facts.id],
        ["ui-key", issuer?.key ?? method],
        ["ui-suites", suites.join(", ")],
        ["ui-status", listed(credential?.credentialStatus, "statusListCredential").join(" ")],
        ["ui-evidence", listed(credential?.evidence, "narrative").join(" ")],
    ]);
};

export const showReport = (report, template, now) => {
    const { outcome, answers, credential, file } = report;
    const time = new Date(now).toISOString();
    const known = credential !== null;
    const shown = outcomeShown(report);
    const advised = outcome !== "cannot-tell" && answers.holder.is !== "no";
    write("next", advised ? told(`ui-next-${shown.startsWith("valid-") ? "unproven" : outcome}`) : "");
    write("sentence", sentence(report));
    byId("sentence").dataset.code = report.why.code;
    write("give-title", told("ui-give-other"));
    write("checked", told("ui-checked", { when: `${dayInWords(time)}, ${clockTime(time)}` }));
    Object.entries(answers).forEach(showAnswer);
    showDetails(report);
    if (known) {
        showRecord(report, template);
        showWhere(report);
    }
    const more = known ? ["record", "where"] : [];
    const parts = ["answers", "checked", "next", ...more];
    showParts(outcome, outcomeWord(shown), outcomeReason(report), parts, shown);
    byId("answers").dataset.known = known;
    byId("download").hidden = file === null || answers.integrity.is !== "yes";
};
