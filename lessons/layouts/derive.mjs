#!/usr/bin/env node
// Makes the layout files of this folder from xkb-data (Debian: `apt-get install xkb-data`).
//
//   node derive.mjs            writes the files
//   node derive.mjs --check    compares them with what it would write, and writes nothing
//
// XKB_SYMBOLS names the folder of symbols where it is not the usual one. Of each key it takes four characters: plain, with
// Shift, with AltGr, and with both. Of a character that several keys type, the easiest way stays. A name of a symbol that
// is not listed below stops it.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const VERSION = "2.35.1";
const SYMBOLS = process.env.XKB_SYMBOLS ?? "/usr/share/X11/xkb/symbols";

const LAYOUTS = [
  { id: "us", name: "US (QWERTY)", from: "us(basic)", keyboard: "ansi", aliases: ["qwerty"], locales: ["en_US", "en"] },
  { id: "uk", name: "UK (QWERTY)", from: "gb(basic)", keyboard: "iso", aliases: ["gb"], locales: ["en_GB", "en_IE"] },
  { id: "de", name: "German (QWERTZ)", from: "de(basic)", keyboard: "iso", aliases: ["qwertz"], locales: ["de_DE", "de_AT", "de"] },
  { id: "fr", name: "French (AZERTY)", from: "fr(azerty)", keyboard: "iso", aliases: ["azerty"], locales: ["fr_FR", "fr"] },
  { id: "es", name: "Spanish (QWERTY)", from: "es(basic)", keyboard: "iso", aliases: [], locales: ["es_ES", "es"] },
  { id: "dvorak", name: "Dvorak", from: "us(dvorak)", keyboard: "ansi", aliases: [], locales: [] },
  { id: "colemak", name: "Colemak", from: "us(colemak)", keyboard: "ansi", aliases: [], locales: [] },
  // Its lower row lies one key further left under the left hand, so each key there is the next finger's.
  {
    id: "colemak-dh", name: "Colemak-DH", from: "us(colemak_dh)", keyboard: "ansi", aliases: ["colemak-mod-dh"],
    locales: [], fingers: { lower: "2 3 4 4 4 5 5 6 7 8" },
  },
  { id: "workman", name: "Workman", from: "us(workman)", keyboard: "ansi", aliases: [], locales: [] },
];

const numbered = (row, from, to) =>
  Array.from({ length: to - from + 1 }, (_, n) => row + String(from + n).padStart(2, "0"));
const KEYS = {
  ansi: {
    digits: ["TLDE", ...numbered("AE", 1, 12)],
    upper: [...numbered("AD", 1, 12), "BKSL"],
    home: numbered("AC", 1, 11),
    lower: numbered("AB", 1, 10),
  },
  iso: {
    digits: ["TLDE", ...numbered("AE", 1, 12)],
    upper: numbered("AD", 1, 12),
    home: [...numbered("AC", 1, 11), "BKSL"],
    lower: ["LSGT", ...numbered("AB", 1, 10)],
  },
};
// What the key left of Z types where a layout does not say: as symbols/pc, "pc105", has it.
const EXTRA = new Map([["LSGT", { symbols: ["less", "greater", "bar", "brokenbar"], own: false }]]);
const LAYERS = ["plain", "shift", "altgr", "altgr-shift"];
const NOTHING = "--";

// Names of symbols in the order of their characters (Latin-1), and others that occur.
const ASCII = `space exclam quotedbl numbersign dollar percent ampersand apostrophe parenleft parenright asterisk plus
  comma minus period slash 0 1 2 3 4 5 6 7 8 9 colon semicolon less equal greater question at A B C D E F G H I J K L M N
  O P Q R S T U V W X Y Z bracketleft backslash bracketright asciicircum underscore grave a b c d e f g h i j k l m n o p
  q r s t u v w x y z braceleft bar braceright asciitilde`;
const LATIN = `nobreakspace exclamdown cent sterling currency yen brokenbar section diaeresis copyright ordfeminine
  guillemotleft notsign hyphen registered macron degree plusminus twosuperior threesuperior acute mu paragraph
  periodcentered cedilla onesuperior masculine guillemotright onequarter onehalf threequarters questiondown Agrave Aacute
  Acircumflex Atilde Adiaeresis Aring AE Ccedilla Egrave Eacute Ecircumflex Ediaeresis Igrave Iacute Icircumflex
  Idiaeresis ETH Ntilde Ograve Oacute Ocircumflex Otilde Odiaeresis multiply Ooblique Ugrave Uacute Ucircumflex
  Udiaeresis Yacute THORN ssharp agrave aacute acircumflex atilde adiaeresis aring ae ccedilla egrave eacute ecircumflex
  ediaeresis igrave iacute icircumflex idiaeresis eth ntilde ograve oacute ocircumflex otilde odiaeresis division oslash
  ugrave uacute ucircumflex udiaeresis yacute thorn ydiaeresis`;
const OTHERS = {
  EuroSign: "€", OE: "Œ", oe: "œ", Dstroke: "Đ", dstroke: "đ", ENG: "Ŋ", eng: "ŋ", Hstroke: "Ħ", hstroke: "ħ",
  Lstroke: "Ł", lstroke: "ł", Tslash: "Ŧ", tslash: "ŧ", kra: "ĸ", idotless: "ı", Greek_OMEGA: "Ω", endash: "–",
  emdash: "—", trademark: "™", leftsinglequotemark: "‘", rightsinglequotemark: "’", leftdoublequotemark: "“",
  rightdoublequotemark: "”", singlelowquotemark: "‚", doublelowquotemark: "„", oneeighth: "⅛", threeeighths: "⅜",
  fiveeighths: "⅝", seveneighths: "⅞", leftarrow: "←", uparrow: "↑", rightarrow: "→", downarrow: "↓",
};
const DEAD = {
  grave: "`", acute: "´", circumflex: "^", tilde: "~", macron: "¯", breve: "˘", abovedot: "˙", diaeresis: "¨",
  abovering: "˚", doubleacute: "˝", caron: "ˇ", cedilla: "¸", ogonek: "˛",
  // What no single character of Latin text is typed with.
  belowdot: null, belowmacron: null, hook: null, horn: null,
};
const CHARACTERS = new Map(Object.entries(OTHERS));
for (const [names, first] of [[ASCII, 0x20], [LATIN, 0xa0]]) {
  names.trim().split(/\s+/).forEach((name, n) => CHARACTERS.set(name, String.fromCodePoint(first + n)));
}

/** A token of a layout file for the name of a symbol. */
function token(name) {
  const dead = name.match(/^dead_(\w+)$/);
  if (dead) {
    if (!(dead[1] in DEAD)) throw new Error(`no sign is known for ${name}`);
    return DEAD[dead[1]] === null ? NOTHING : `*${DEAD[dead[1]]}`;
  }
  const code = name.match(/^(?:U|0x100)([0-9A-Fa-f]{4,})$/);
  const character = CHARACTERS.get(name) ?? (code && String.fromCodePoint(parseInt(code[1], 16)));
  if (!character) throw new Error(`no character is known for ${name}`);
  return /\s/u.test(character) ? NOTHING : character;
}

/** The keys of a variant such as `us(basic)`: names of symbols, and whether the variant itself has them or includes them. */
function variant(reference) {
  const [, file, name = "basic"] = reference.match(/^(\w+)(?:\((\w+)\))?$/);
  const text = readFileSync(join(SYMBOLS, file), "utf8").replaceAll(/\/\/.*$/gm, "");
  const body = text.match(new RegExp(`xkb_symbols\\s+"${name}"\\s*\\{([\\s\\S]*?)^\\s*\\};`, "m"));
  if (!body) throw new Error(`${file} has no variant ${name}`);
  const keys = new Map();
  for (const part of body[1].matchAll(/include\s+"([^"]+)"|key\s+<(\w+)>\s*\{([^}]*)\}/g)) {
    if (part[1]) {
      // What else is included is about modifiers and the keypad.
      if (/^(us|latin|latin\(type4\))(\(basic\))?$/.test(part[1])) {
        variant(part[1]).forEach(({ symbols }, key) => keys.set(key, { symbols, own: false }));
      }
    } else if (Object.values(KEYS.iso).flat().includes(part[2])) {
      const [, symbols] = part[3].match(/\[([^\]\[]*)\]\s*$/);
      keys.set(part[2], { symbols: symbols.split(",").map((symbol) => symbol.trim()), own: true });
    }
  }
  return keys;
}

/** The rows of every layer that has anything, each character on the key that types it most easily. */
function layers(layout) {
  const keys = new Map([...EXTRA, ...variant(layout.from)]);
  const rows = KEYS[layout.keyboard];
  const order = Object.values(rows).flat();
  // What the variant itself says comes first, and the key left of Z last: that repeats what another key types.
  const worth = (key) => (key === "LSGT" ? 2 : keys.get(key).own ? 0 : 1);
  order.sort((a, b) => worth(a) - worth(b));
  const taken = new Set();
  return LAYERS.map((layer, level) => {
    const tokens = new Map();
    for (const key of order) {
      const made = token(keys.get(key).symbols[level] ?? "space");
      tokens.set(key, made !== NOTHING && taken.has(made) ? NOTHING : made);
      taken.add(made);
    }
    const lines = Object.entries(rows).map(([row, names]) => [row, names.map((key) => tokens.get(key))]);
    return [layer, lines];
  }).filter(([, lines]) => lines.some(([, tokens]) => tokens.some((made) => made !== NOTHING)));
}

function quoted(text) {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function file(layout) {
  const list = (names) => `[${names.map(quoted).join(", ")}]`;
  const [source, name] = layout.from.split(/[()]/);
  let text = `# Made by derive.mjs from xkb-data ${VERSION}, ${source}, "${name}". The notice is NOTICE.\n\n`;
  text += `name = ${quoted(layout.name)}\nkeyboard = ${quoted(layout.keyboard)}\n`;
  if (layout.aliases.length) text += `aliases = ${list(layout.aliases)}\n`;
  if (layout.locales.length) text += `locales = ${list(layout.locales)}\n`;
  const table = (name, lines) =>
    `\n[${name}]\n${lines.map(([row, tokens]) => `${row} = ${quoted(tokens)}\n`).join("")}`;
  if (layout.fingers) text += table("fingers", Object.entries(layout.fingers));
  for (const [layer, lines] of layers(layout)) text += table(layer, lines.map(([row, t]) => [row, t.join(" ")]));
  return text;
}

const folder = dirname(fileURLToPath(import.meta.url));
const check = process.argv.includes("--check");
let different = 0;
for (const layout of LAYOUTS) {
  const path = join(folder, `${layout.id}.toml`);
  const text = file(layout);
  if (!check) {
    writeFileSync(path, text);
  } else if (readFileSync(path, "utf8") !== text) {
    console.error(`${layout.id}.toml is not what derive.mjs makes of xkb-data ${VERSION}`);
    different += 1;
  }
}
process.exitCode = different ? 1 : 0;
