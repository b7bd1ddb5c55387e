// The picture that a badge gives, as the program draws it: badge/draw/picture/said.rs and layout.rs. SVG text to compare with,
// and shapes to paint.

import { fitText, hasLetters, outlineOf } from "./letters.mjs";
import { COUNTS_SAID, PRESENCE_SAID } from "./examination.mjs";
import { looksSame, quoted } from "./text.mjs";
import { readInstant } from "./time.mjs";

const F = Math.fround;
const SIDE = 600;
const DRAWING_VERSION = 3;
const FOOT = 592;
const [NAVY, KEYS, PALE, MIST, SLATE, LINE] = ["#123558", "#173d63", "#d3e0ec", "#f0f5fa", "#4a647e", "#b9c8d7"];
const MARGIN = 36;
const WIDTH = SIDE - 2 * MARGIN;
const RIBBON = [186, 238];
const CODE = [336, 326, 228];
const COLUMN = 264;
const QUIET = 4;
const MAKERS = ["a level made by ", "a course made by "];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December"];

export const DRAWING_MARK = `drawing-${DRAWING_VERSION}`;

// -- What is said

const titledName = (name, title) => (title === null ? name : `${name}, ${title},`);

const proctoredSaid = (told, kind) => {
    const identity = told.identity === null ? "Identity was not checked." : `Identity checked: ${told.identity}.`;
    return `Proctored: the issuer states that ${titledName(told.proctor, told.title)} supervised the ${kind} `
        + `${PRESENCE_SAID[told.presence]}, on the issuer's machine. ${identity} Examination ${told.exam}, ${told.exam_title}: `
        + `attempt ${told.attempt} of at most ${told.attempts}; ${COUNTS_SAID[told.counts]}.`;
};

const reviewedSaid = ({ reviewer, title, note }) => "Reviewed: the issuer states that "
    + `${titledName(reviewer, title)} replayed what was typed and got the same figures. Who typed was not observed.`
    + (note === null ? "" : ` The reviewer's note: ${quoted(note)}.`);

const supervisedOf = ({ assurance, kind, supervised }) => {
    if (supervised?.proctor) return proctoredSaid(supervised, kind);
    if (supervised) return reviewedSaid(supervised);
    const logs = kind === "test" ? "the keystroke log" : "all keystroke logs";
    return {
        "self-assessed": `Self-assessed: signed by a key on the learner's own machine. Nobody else observed the ${kind}.`,
        reviewed: `Reviewed: the issuer states that replaying ${logs} gave the same figures. Who typed was not observed.`,
        proctored: `Proctored: the issuer states that the ${kind} was typed on the issuer's machine, `
            + "under the eyes of a proctor.",
    }[assurance] ?? `The badge does not say how the ${kind} was supervised.`;
};
const SUPERVISED_ORDER = ["self-assessed", "reviewed", "proctored"];

const dateOf = (instant) => instant.split("T")[0];

const dayInEnglish = (instant) => {
    const ms = readInstant(instant);
    if (ms === null) return dateOf(instant);
    const time = new Date(ms);
    return `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()]} ${time.getUTCFullYear()}`;
};

const datesOf = ({ valid_from: from, valid_until: until }) =>
    `${from === null ? "undated" : dateOf(from)}, valid ${until === null ? "without end" : `until ${dateOf(until)}`}`;

// What was measured, as it is read.
const figureOf = ([name, value], required) => {
    const [short] = name.split(" (");
    const at = short.lastIndexOf(", ");
    const [what, unit] = at < 0 ? [short, ""] : [short.slice(0, at), short.slice(at + 2)];
    const shown = value.replace(/(?<=^\d+\.\d)\d+$/, "");
    const [, least] = required.find(([of]) => of === name) ?? [];
    const sign = unit === "percent" ? "%" : unit;
    return { what, value: shown, unit: sign, amount: `${shown} ${sign}`.trimEnd(), least };
};

// A name, and what stands in brackets at its end; or who made a level.
const titleOf = (name, isShipped) => {
    const made = MAKERS.map((maker) => name.lastIndexOf(`, ${maker}`)).find((at) => at >= 0);
    if (!isShipped && made !== undefined) return [name.slice(0, made), name.slice(made + 2)];
    const at = name.endsWith(")") ? name.lastIndexOf(" (") : -1;
    return at > 0 ? [name.slice(0, at), name.slice(at + 2, -1)] : [name, null];
};

const signerOf = ({ assurance, holder, issuer_name: issuer }) =>
    (assurance === "self-assessed" && holder.some((name) => looksSame(name, issuer)) ? "the holder" : issuer);

const issueOf = (summary) => {
    const taken = summary.activity?.[0] ?? summary.valid_from;
    const until = summary.valid_until;
    const [from, to] = (summary.activity ?? []).map(dateOf);
    const period = from === to ? from ?? "" : `${from} to ${to}`;
    const done = {
        test: ["Test taken", taken === null ? "" : dayInEnglish(taken)],
        practice: ["Practised", period],
        course: ["Taken", period],
    };
    return [
        done[summary.kind],
        ["Valid until", until === null ? "without end" : dayInEnglish(until)],
        ["Signed by", signerOf(summary)],
    ].filter(([, value]) => value);
};

const saidOf = (summary, isShipped) => {
    const [title, rule] = titleOf(summary.achievement, isShipped);
    const figures = summary.results.map((result) => figureOf(result, summary.required));
    const supervision = supervisedOf(summary);
    const measured = figures.map(({ what, amount, least }) =>
        `${what} ${amount}${least === undefined ? "" : ` (required ${least})`}`);
    const circumstances = [supervision, ...summary.remarks].join(" ");
    const description = `${summary.holder.join(", ")}. ${measured.join(", ")}. ${circumstances} `
        + `Issued by ${summary.issuer_name} on ${datesOf(summary)}.`;
    const isMaker = MAKERS.some((maker) => rule?.startsWith(maker));
    const whole = rule === null ? title : isMaker ? `${title}, ${rule}` : `${title} (${rule})`;
    return { summary, isShipped, title, rule, whole, figures, supervision, description, issue: issueOf(summary) };
};

// -- Where it stands

const escapeXml = (text) => text.replace(/[\p{Cc}\ufffe\uffff]/gu, "")
    .replace(/[&<>"']/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign]);

// A coordinate with at most two decimals.
const inHundredths = (value) => {
    const hundred = F(value * 100);
    return String(Math.sign(hundred) * Math.round(Math.abs(hundred)) / 100 + 0);
};

const textStyle = (weight, ink, size, width, more = {}) =>
    ({ weight, ink, size, width, least: F(size * F(0.6)), lines: 1, ...more });

class Sheet {
    constructor() {
        this.svg = "";
        this.shapes = [];
    }

    add(svg, shape) {
        this.svg += svg;
        if (shape) this.shapes.push(shape);
    }

    group(name, draw) {
        this.svg += `<g id="${name}">`;
        draw();
        this.svg += "</g>";
    }

    // A rectangle filled from edge to edge of the picture, as a path.
    band(fill, path, box) {
        this.add(`<path fill="${fill}" d="${path}"/>`, { fill, box });
    }

    rounded(x, y, width, height, radius, fill, stroke = null, around = "") {
        const [left, top, wide, high, round] = [x, y, width, height, radius].map(inHundredths);
        const edge = stroke ? ` stroke="${stroke}" stroke-width="1.5"` : "";
        const paint = around ? "" : ` fill="${fill}"${edge}`;
        this.add(`<rect x="${left}" y="${top}" width="${wide}" height="${high}" rx="${round}"${paint || " "}/>`,
            { fill, stroke, box: [left, top, wide, high].map(Number), radius: Number(round) });
    }

    line(text, { weight, ink }, size, x, baseline) {
        const [left, low, scale] = [x, baseline, size].map(inHundredths);
        const outline = outlineOf(text, weight);
        this.add(`<path fill="${ink}" transform="translate(${left} ${low})scale(${scale})scale(.001 -.001)" d="${outline}"/>`,
            { fill: ink, outline, at: [Number(left), Number(low)], scale: Number(scale) / 1000 });
    }

    text(text, style, x, baseline, leading) {
        const fitted = fitText(text, style);
        fitted.lines.forEach((line, n) => {
            this.line(line, style, fitted.size, x, F(baseline + F(F(n * fitted.size) * F(leading))));
        });
        return fitted;
    }
}

const drawKeycap = (sheet, isShipped, x, y, side) => {
    const at = (part) => F(F(part * side) / 64);
    sheet.rounded(x, y, side, side, at(12), isShipped ? PALE : SLATE);
    sheet.rounded(F(x + at(7)), F(y + at(4)), at(50), at(46), at(8), "#fff");
    const [word, size, baseline] = isShipped ? ["T", 44, 42.5] : ["OWN", 18, 33.5];
    const letter = textStyle("bold", NAVY, at(size), side);
    const fitted = fitText(word, letter);
    sheet.line(word, letter, fitted.size, F(x + F(F(side - fitted.width) / 2)), F(y + at(baseline)));
};

const drawKeyboard = (sheet) => {
    sheet.add(`<g fill="${KEYS}">`);
    for (let row = 0; row < 4; row++) {
        for (let key = 0; key < 14; key++) {
            sheet.rounded(-40 + row * 14 + key * 48, -4 + row * 48, 42, 42, 8, KEYS, null, "group");
        }
    }
    sheet.add("</g>");
};

const drawHead = (sheet, { isShipped, title, rule }) => {
    sheet.band(NAVY, `M0 0h${SIDE}v${RIBBON[0]}H0z`, [0, 0, SIDE, RIBBON[0]]);
    drawKeyboard(sheet);
    drawKeycap(sheet, isShipped, MARGIN, 48, 88);
    const left = MARGIN + 88 + 24;
    const width = SIDE - MARGIN - left;
    sheet.group("title", () => {
        const isLegible = title && hasLetters(title);
        const large = textStyle("bold", "#fff", 36, width, { least: 20, lines: 2 });
        const small = textStyle("regular", PALE, 17, width, { least: 12, lines: 2 });
        const head = fitText(isLegible ? title : "See the badge's data for its title", large);
        const below = rule !== null && hasLetters(rule) ? fitText(rule, small) : null;
        const leading = F(head.size * F(1.15));
        const more = below ? F(10 + F(F(below.size * 1.25) * below.lines.length)) : 0;
        const height = F(F(leading * head.lines.length) + more);
        let baseline = F(F(F(RIBBON[0] - height) / 2) + F(head.size * F(0.92)));
        for (const line of head.lines) {
            sheet.line(line, large, head.size, left, baseline);
            baseline = F(baseline + leading);
        }
        if (!below) return;
        baseline = F(baseline + F(F(F(10 + below.size) - leading) + F(head.size * F(0.1))));
        for (const line of below.lines) {
            sheet.line(line, small, below.size, left, baseline);
            baseline = F(baseline + F(below.size * 1.25));
        }
    });
};

const drawRibbon = (sheet, { summary: { assurance, remarks, supervised }, supervision }) => {
    const [top, bottom] = RIBBON;
    const level = SUPERVISED_ORDER.indexOf(assurance) + 1;
    const ground = { proctored: PALE, reviewed: MIST }[assurance] ?? "#fff";
    sheet.band(ground, `M0 ${top}h${SIDE}v${bottom - top}H0z`, [0, top, SIDE, bottom - top]);
    const dashes = level < 2 ? ` stroke-dasharray="5 4"` : "";
    sheet.add(`<path fill="none" stroke="${NAVY}" stroke-width="1"${dashes} d="M0 ${bottom - 0.5}h${SIDE}"/>`);
    for (let x = 0; x < SIDE; x += level < 2 ? 9 : SIDE) {
        sheet.shapes.push({ fill: NAVY, box: [x, bottom - 1, level < 2 ? 5 : SIDE, 1] });
    }
    const at = supervision.indexOf(": ");
    const [word, rest] = at < 0 ? ["Not stated", supervision] : [supervision.slice(0, at), supervision.slice(at + 2)];
    sheet.group("supervision", () => {
        for (let mark = 0; mark < 3; mark++) {
            const [fill, stroke] = mark < level ? [NAVY, NAVY] : ["#fff", SLATE];
            sheet.rounded(MARGIN + 0.75 + mark * 20, top + 18.75, 14.5, 14.5, 4, fill, stroke);
        }
        sheet.text(word.toUpperCase(), textStyle("bold", NAVY, 16, 136), MARGIN + 68, top + 32, 1);
        const left = MARGIN + 68 + 136 + 8;
        const [size, lines] = remarks.length || supervised ? [10, 4] : [13, 2];
        const plain = textStyle("regular", NAVY, size, SIDE - MARGIN - left, { least: 9, lines });
        const [first = "", ...others] = [...rest];
        const words = [first.toUpperCase() + others.join(""), ...remarks].join(" ");
        const fitted = fitText(words, plain);
        const middle = (top + bottom) / 2;
        const up = F(F(fitted.lines.length - 1) * fitted.size);
        const start = F(F(middle + F(fitted.size * F(0.36))) - F(up * F(0.62)));
        sheet.text(words, plain, left, start, 1.24);
    });
};

const drawHolder = (sheet, { summary: { holder } }) => {
    sheet.group("holder", () => {
        const name = textStyle("bold", NAVY, 34, WIDTH, { least: 14 });
        const note = textStyle("regular", SLATE, 17, WIDTH);
        const named = holder.join(", ");
        sheet.text("HOLDER", textStyle("bold", SLATE, 11, WIDTH), MARGIN, 263, 1);
        if (!named) sheet.text("Named in the badge's data by a hash", note, MARGIN, 294, 1);
        else if (hasLetters(named)) sheet.text(named, name, MARGIN, 298, F(1.1));
        else {
            const missing = "See the badge's data for the name: it has letters that cannot be drawn here";
            sheet.text(missing, note, MARGIN, 294, 1);
        }
    });
};

const drawFigures = (sheet, [first, ...others]) => {
    if (!first) return;
    const value = sheet.text(first.value, textStyle("bold", NAVY, 48, 180), MARGIN, 358, 1);
    const beside = F(F(MARGIN + value.width) + 10);
    const width = F(MARGIN + COLUMN - beside);
    sheet.text(first.unit, textStyle("bold", NAVY, 16, width), beside, 339, 1);
    sheet.text(first.what.toLowerCase(), textStyle("regular", SLATE, 13, width), beside, 357, 1);
    if (first.least !== undefined) {
        const compared = `Required ${first.least} · Achieved ${first.value}`;
        sheet.text(compared, textStyle("bold", NAVY, 14, COLUMN), MARGIN, 382, 1);
    }
    const cell = COLUMN / 2;
    others.slice(0, 4).forEach(({ what, amount, least }, n) => {
        const [x, y] = [MARGIN + (n % 2) * cell, 409 + Math.floor(n / 2) * 37];
        sheet.text(amount, textStyle("bold", NAVY, 16, cell - 8), x, y, 1);
        const asked = least === undefined ? what : `${what} (required ${least})`;
        sheet.text(asked, textStyle("regular", SLATE, 12, cell - 8), x, y + 14, 1);
    });
};

const drawIssue = (sheet, lines) => {
    sheet.band(LINE, `M${MARGIN} 470h${COLUMN}v1h-${COLUMN}z`, [MARGIN, 470, COLUMN, 1]);
    let baseline = 496;
    for (const [label, value] of lines) {
        sheet.text(label, textStyle("regular", SLATE, 13, 84), MARGIN, baseline, 1);
        const style = textStyle("bold", NAVY, 14, COLUMN - 88, { least: 10, lines: 3 });
        const shown = hasLetters(value) ? value : "see the badge's data";
        const { lines: { length }, size } = sheet.text(shown, style, MARGIN + 88, baseline, 1.25);
        baseline = F(baseline + F(24 + F(F((length - 1) * size) * 1.25)));
    }
};

// Left and top of a code of so many modules along a side, and the length of one: all in whole units.
export const codePlace = (modules) => {
    const [left, top, room] = CODE;
    const module = Math.floor(room / modules);
    const gap = Math.floor((room - module * modules) / 2);
    return [left + gap, top + gap, module];
};

const drawCode = (sheet, rows, opens) => {
    const [left, top, room] = CODE;
    const [x, y, module] = codePlace(rows.length);
    sheet.group("code", () => {
        let path = "";
        rows.forEach((row, line) => {
            for (let at = 0; at < row.length; at++) {
                if (!row[at]) continue;
                let length = 1;
                while (row[at + length]) length += 1;
                path += `M${at} ${line}h${length}v1h-${length}z`;
                sheet.shapes.push({ fill: "#000", box: [x + at * module, y + line * module, length * module, module] });
                at += length;
            }
        });
        const place = `translate(${x} ${y})scale(${module})`;
        sheet.add(`<path fill="#000" shape-rendering="crispEdges" transform="${place}" d="${path}"/>`);
    });
    const caption = opens ? "Scan to verify" : "The whole signed badge as a code";
    const style = textStyle("regular", SLATE, 12, room);
    const { size, width } = fitText(caption, style);
    sheet.group("caption", () => {
        sheet.line(caption, style, size, F(left + F(F(room - width) / 2)), top + room + QUIET * module + 10);
    });
};

const drawNoCode = (sheet) => {
    const [left, top, room] = CODE;
    sheet.rounded(left, top, room, room, 10, MIST);
    sheet.group("verify", () => {
        const width = room - 40;
        sheet.text("How to verify", textStyle("bold", NAVY, 17, width), left + 20, top + 42, 1);
        const text = "The signed badge is inside this picture's file. Give the file to a verifier of Open Badges 3.0, or to "
            + "the command typeproof verify.";
        sheet.text(text, textStyle("regular", NAVY, 14, width, { least: 11, lines: 8 }), left + 20, top + 70, 1.4);
    });
};

// The drawing of a badge beside a code: { svg, shapes }. A code is rows of modules, true for dark, or null; `opens` whether
// others can open its link. Throws where the page lacks a letter.
export const drawBadge = (summary, isShipped, code, opens) => {
    const said = saidOf(summary, isShipped);
    const sheet = new Sheet();
    sheet.band("#fff", `M0 0h${SIDE}v${SIDE}H0z`, [0, 0, SIDE, SIDE]);
    drawHead(sheet, said);
    drawRibbon(sheet, said);
    drawHolder(sheet, said);
    sheet.group("figures", () => drawFigures(sheet, said.figures));
    sheet.group("issue", () => drawIssue(sheet, said.issue));
    code ? drawCode(sheet, code, opens) : drawNoCode(sheet);
    sheet.band(NAVY, `M0 ${FOOT}h${SIDE}v${SIDE - FOOT}H0z`, [0, FOOT, SIDE, SIDE - FOOT]);
    sheet.group(DRAWING_MARK, () => {
        for (let key = 0; key < DRAWING_VERSION; key++) sheet.rounded(MARGIN + key * 6, FOOT + 2, 4, 4, 1, PALE);
    });
    const [title, description] = [escapeXml(said.whole), escapeXml(said.description)];
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 0 ${SIDE} ${SIDE}" `
        + `stroke="none" role="img" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><title>${title}</title>`
        + `<desc>${description}</desc>${sheet.svg}</svg>`;
    return { svg, shapes: sheet.shapes };
};
