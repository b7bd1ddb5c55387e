//! Reasons: each code has words in both languages with the same holes, each is used, and no sentence has changed.

mod errors;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use typeproof::badge::reasons::{self, Language, Reason};
use typeproof::badge::verify::verdict::Answer;

use errors::errors;

/// The words of one part of the texts: by code, and by language.
type Part = BTreeMap<String, BTreeMap<String, String>>;

/// The three parts: for both, for the program alone, for the page alone.
fn parts() -> BTreeMap<String, Part> {
    serde_json::from_str(reasons::TEXTS).unwrap()
}

/// The names of a text's holes.
fn holes(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|piece| piece.split_once('}').unwrap().0).collect()
}

#[test]
fn every_code_has_words_in_both_languages_with_the_same_holes() {
    let parts = parts();
    assert_eq!(parts.keys().collect::<Vec<_>>(), ["both", "page", "program"]);
    for (code, words) in parts.values().flatten() {
        assert_eq!(words.keys().collect::<Vec<_>>(), ["de", "en"], "{code}");
        assert_eq!(holes(&words["en"]), holes(&words["de"]), "{code}");
        assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{code}");
    }
    assert!(parts["both"].len() > 150, "{}", parts["both"].len());
    for own in ["program", "page"] {
        assert!(parts[own].keys().all(|code| !parts["both"].contains_key(code)), "{own}: each in one place");
    }
}

#[test]
fn no_sentence_of_an_error_has_changed() {
    let golden = include_str!("../../data/badge/refusals.txt");
    assert_eq!(errors(), golden.lines().collect::<Vec<_>>());
}

/// The texts in quotation marks of all sources below a folder, without comments: those that could be codes, and those
/// that end in a hyphen, to which the page's script adds the rest.
fn literals(folder: &Path, extension: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(literals(&entry, extension));
        } else if entry.extension().is_some_and(|own| own == extension) {
            let text = fs::read_to_string(&entry).unwrap();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let plain = |text: &&str| {
                let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
                !text.is_empty() && text.bytes().all(letter)
            };
            let quoted = |line: &str| {
                let pieces =
                    line.replace("${", "\"").split(['"', '`']).map(str::to_owned).collect::<Vec<_>>();
                pieces.into_iter().filter(|text| plain(&text.as_str())).collect::<Vec<_>>()
            };
            found.extend(code.flat_map(quoted));
        }
    }
    found
}

fn sources(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder)
}

/// The codes that a reader has words for.
fn codes(own: &str) -> BTreeSet<String> {
    let mut parts = parts();
    let both = parts.remove("both").unwrap().into_keys();
    both.chain(parts.remove(own).unwrap().into_keys()).collect()
}

#[test]
fn every_code_is_used_by_the_program() {
    let used = literals(&sources(""), "rs");
    let unused: Vec<String> = codes("program").into_iter().filter(|code| !used.contains(code)).collect();
    assert!(unused.is_empty(), "no reason has the code {unused:?}");
}

#[test]
fn every_code_is_used_by_the_page() {
    let used = literals(&sources("web/page"), "mjs");
    let made = |code: &str| {
        let ends = code.match_indices('-').map(|(at, _)| code.split_at(at + 1));
        ends.into_iter().any(|(front, rest)| used.contains(front) && used.contains(rest))
    };
    let unused: Vec<String> =
        codes("page").into_iter().filter(|code| !used.contains(code) && !made(code)).collect();
    assert!(unused.is_empty(), "no reason has the code {unused:?}");
}

#[test]
fn every_code_that_the_program_uses_has_words() {
    let known = codes("program");
    let family = |code: &str| code.split_once('-').map(|(first, _)| first.to_owned());
    let families: BTreeSet<String> = known.iter().filter_map(|code| family(code)).collect();
    let used = literals(&sources("badge"), "rs");
    let unknown: Vec<&String> = used
        .iter()
        .filter(|code| family(code).is_some_and(|first| families.contains(&first)))
        .filter(|code| !known.contains(*code))
        .collect();
    assert!(unknown.is_empty(), "there are no words for {unknown:?}");
}

#[test]
fn an_answer_as_json_has_its_code_and_its_parameters() {
    let expired = Reason::new("proof-bad")
        .with("number", 1u32)
        .with("count", 2u32)
        .with("why", Reason::new("proof-type").with("found", "X"));
    let expected = json!({
        "answer": "no",
        "why": "signature 1 of 2: it is of a kind that is not known here; ask the issuer where the badge can be checked",
        "code": "proof-bad",
        "parameters": {
            "number": 1,
            "count": 2,
            "why": {"code": "proof-type", "parameters": {"found": "X"}},
        },
    });
    assert_eq!(json!(Answer::No(expired.clone())), expected);
    assert_eq!(
        expired.text(Language::German),
        "Unterschrift 1 von 2: sie ist von einer Art, die hier nicht bekannt ist; fragen Sie den Aussteller, wo sich das Abzeichen prüfen lässt"
    );
}

#[test]
fn what_fills_a_hole_is_not_looked_at_again() {
    let name = "{name} {issuer} {";
    let reason = Reason::new("issuer-unknown").with("key", name).with("name", "x");
    assert!(reason.to_string().contains(": its key is {name} {issuer} {, and it calls itself x"), "{reason}");
}
