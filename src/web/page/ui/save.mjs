// Saves the badge's file, under the name that the program gives it.

import { achievementOf } from "../engine/summary.mjs";
import { textOf } from "../engine/json.mjs";
import { make } from "./dom.mjs";

const STEM_MAX = 80;
const ID_MAX = 8;

const slug = (text, limit) =>
    text.split(/[^A-Za-z0-9]+/).filter(Boolean).join("-").toLowerCase().slice(0, limit).replace(/-+$/, "");

// The level and the beginning of the badge's id, e.g. speed-60-3f2a9c10.
const fileName = ({ credential, summary }) => {
    const level = textOf(achievementOf(credential), "humanCode")?.replace(/-V\d+$/, "") ?? summary.achievement;
    const id = slug(summary.id.split(/[:/]/).pop(), ID_MAX);
    const stem = slug(`${slug(level, STEM_MAX - ID_MAX - 1)} ${id}`, STEM_MAX);
    return `${stem || "badge"}.json`;
};

export const save = (report) => {
    const url = URL.createObjectURL(new Blob([report.file], { type: "application/vc+ld+json" }));
    make("a", { href: url, download: fileName(report) }).click();
    // The browser has taken the file long before.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
