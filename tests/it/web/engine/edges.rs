//! Where two readers of one badge might differ: odd JSON, names, dates, tokens.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use typeproof::badge::vc::proof::Suite;

use crate::support::cast::{self, COLLEGE, LEARNER, Who};
use crate::support::patch::apply;
use crate::support::vector::Vector;

/// What serde and a hand-written reader may take differently. Members named by numbers are not among them: JavaScript
/// puts those first, so the file that the page offers has another order, and no context of a badge knows such a member.
const TEXTS: [&str; 43] = [
    "-0",
    "-1",
    "1.0",
    "1e2",
    "1e400",
    "-1e400",
    "01",
    "-",
    "+1",
    ".5",
    "1.",
    "9007199254740991",
    "9007199254740992",
    "-9007199254740991",
    "18446744073709551616",
    r#""\ud800""#,
    r#""\ud800\ud800""#,
    r#""\ud83d\ude00""#,
    r#""\u00e""#,
    r#""\x""#,
    "\"\t\"",
    "\"\u{7f}\u{2028}\"",
    "[1,]",
    "[,]",
    "[1 2]",
    "[",
    "]",
    r#"{"a":1,}"#,
    r#"{"a" 1}"#,
    r#"{a:1}"#,
    r#"{"__proto__":1,"__proto__":2}"#,
    r#"{"__proto__":{"a":1}}"#,
    r#"{"constructor":1,"toString":2}"#,
    r#"{"a\u0041":1,"aA":2}"#,
    r#"{"~/\u202e'\"\\ é":{"x":[0,1.5]}}"#,
    "nul",
    "truee",
    "'a'",
    "\u{feff}{}",
    "\u{feff}\u{feff}{}",
    " \t\r\n{} ",
    "{}\u{a0}",
    "1 2",
];

/// What may be entered as the holder.
const HOLDERS: [&str; 25] = [
    "Maria‑Lindqvist",
    "`Maria’ ʼLindqvist‘",
    "−―－—",
    "Maria Lindqvist",
    "maria lindqvist",
    "  MARIA\u{a0}\u{2003}LINDQVIST\n",
    "Maria Lindqvist\u{200d}",
    "Maria",
    "Mari\u{430} Lindqvist",
    "Ma\u{301}ria Lindqvist",
    "\u{feff}Maria Lindqvist",
    "maria@example.org",
    " Maria@EXAMPLE.org\u{85}",
    "other@example.org",
    "@",
    "",
    " ",
    "\u{301}",
    "\u{202e}tsivqdniL",
    "„Maria“ \"L\" @ «x»",
    "İ\u{49}\u{307}ΑΣ",
    "<b>&amp;</b>{name}",
    "नि\u{94d}\u{200d}न",
    "👩\u{200d}👩\u{200d}👧",
    "sha256$00",
];

/// Dates in forms that parsers take or leave.
const DATES: [&str; 22] = [
    "2029-11-20t10:05:00z",
    "2029-11-20 10:05:00+01:30",
    "2029-02-30T10:00:00Z",
    "2028-02-29T10:00:00Z",
    "2029-11-20T24:00:00Z",
    "2029-12-31T23:59:60Z",
    "2029-11-20T10:05:61Z",
    "2029-11-20T10:05:00.123456789123Z",
    "2029-11-20T10:05:00.Z",
    "2029-11-20T10:05:00+23:59",
    "2029-11-20T10:05:00+24:00",
    "2029-11-20T10:05:00-01:60",
    "2029-11-20T10:05:00\u{2212}01:00",
    "2029-11-20T10:05:00",
    "2029-11-20T10:05Z",
    "2029-11-20",
    "12029-11-20T10:05:00Z",
    "9999-12-31T23:59:59Z",
    "0000-01-01T00:00:00Z",
    "2029-11-20T10:05:00+0100",
    " 2029-11-20T10:05:00Z",
    "2026-12-01T12:00:00.001Z",
];

/// Texts that sentences repeat, in names of the badge.
fn names() -> Vec<String> {
    let long = "e\u{301}".repeat(70);
    let texts = [
        "\u{202e}gro.elpmaxe\u{202c}",
        "City\u{200b} College",
        "CITY  COLLEGE",
        "Ｃｉｔｙ College",
        "„Best“ \"Certificates\"",
        "a\u{0}b\u{1b}[31mred",
        "\u{fffd}\u{e000}",
        "👩\u{200d}👩\u{200d}👧".repeat(40).leak(),
        "x".repeat(3_000).leak(),
    ];
    let piles = ["a\u{301}", "ก\u{e49}", "न\u{94d}\u{200d}", "\u{34f}\u{489}", "\u{903}", "\u{1037}"]
        .map(|piece| format!("a{}b", piece.chars().cycle().skip(1).take(90).collect::<String>()));
    let quotes = "x\u{2ba}\u{2dd}\u{2ee}\u{5f4}\u{2036}\u{201a}\u{2039}\u{203a}\u{275d}\u{275e}\u{2760}\u{2e42}\u{301d}\u{301e}\
        \u{301f}\u{1f676}\u{1f677}\u{1f678}\u{2034}\u{2037}\u{2057} O'Brien’s x''y z’' '\"' ``ʼʹ׳";
    let marked = ["ที่นี่น้ำ བསྒྲུབས་ཧཱུྃ", "क्ष्म्यों र्त्स्न्यें", "လျှော့ မျှော် လှုံ့ဆော်"];
    let more = marked.into_iter().chain([quotes]).map(str::to_owned).chain(piles);
    texts.into_iter().map(str::to_owned).chain([long]).chain(more).collect()
}

/// The college's badge, changed and signed anew.
fn signed(case: &Value) -> Vector {
    let changed = apply(case, &COLLEGE.credential);
    let signed = cast::sign_with(Who::College, &changed, &Suite::ALL, Some("2026-11-20T10:05:00Z"));
    Vector::credential("changed and signed anew", &signed)
}

/// Each byte of a token with one of its bits changed.
fn flipped(token: &[u8]) -> Vec<Vector> {
    let flip = |at: usize| {
        let mut bytes = token.to_vec();
        bytes[at] ^= 1 << (at % 8);
        Vector::token("a bit changed", BASE64URL_NOPAD.encode(&bytes))
    };
    (0..token.len()).map(flip).collect()
}

/// An address with as much white space as a badge has room for, in the middle and at both ends.
pub fn spacious() -> Vec<Vector> {
    let space = " ".repeat(16_000);
    let address = |address: String| {
        let set = json!({"set": {
            "/credentialSubject/identifier/0/identityHash": address,
            "/credentialSubject/identifier/0/identityType": "emailAddress",
            "/credentialSubject/identifier/0/hashed": false,
        }});
        signed(&set).holder(&format!("a@{space}b"))
    };
    vec![
        address(format!("a{space}{space}{space}b")),
        address(format!("{space}a@b{space}")),
        address("\u{3000}\u{85}a@b\u{2029}\u{feff}".repeat(2_000)),
    ]
}

/// All of them.
pub fn made() -> Vec<Vector> {
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let texts = TEXTS.map(str::to_owned).into_iter().chain([deep(32), deep(33)]);
    let texts = texts.map(|text| Vector::document("odd JSON", text));
    let badge = Vector::credential("another holder", &COLLEGE.credential);
    let holders = HOLDERS.map(|holder| badge.clone().holder(holder));
    let long = badge.clone().holder(&"e\u{301}".repeat(65));
    let dates = DATES.map(|date| signed(&json!({"set": {"/validUntil": date}})));
    let begins = DATES.map(|date| signed(&json!({"set": {"/validFrom": date}})));
    let issuers = names().into_iter().map(|name| signed(&json!({"set": {"/issuer/name": name}})));
    let unknown =
        names().into_iter().map(|name| signed(&json!({"set": {"/issuer/name": name}})).trusting(&[]));
    let kinds = names().into_iter().map(|name| {
        signed(&json!({"set": {"/credentialSubject/identifier/0/identityType": name}}))
            .holder("Maria Lindqvist")
    });
    let tokens = [&LEARNER.token, &COLLEGE.token].into_iter().flat_map(|token| flipped(token));
    let all = texts
        .chain(holders)
        .chain([long])
        .chain(dates)
        .chain(begins)
        .chain(issuers)
        .chain(unknown)
        .chain(kinds);
    all.chain(tokens).collect()
}
