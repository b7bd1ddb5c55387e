//! Shipped passages: enough, long enough, as hard as they say, and of equal difficulty.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::difficulty::Difficulty;
use typeproof::lessons::embedded;
use typeproof::lessons::language::Language;
use typeproof::lessons::passage::Passage;
use typeproof::lessons::shelves::{EASY, Entry};
use typeproof::lessons::terms::Origin;
use typeproof::typing::text::{Lookalikes, Text};

use super::difficulty::{self, BANDS, COMMON_PAIRS, measure};
use super::read;

/// Least characters of a shipped passage.
const SHORTEST: usize = 1_800;

fn all(catalogue: &Catalogue) -> Vec<&Passage> {
    embedded::PASSAGES
        .iter()
        .map(|(id, _)| catalogue.shelves().passage(id, &Origin::Shipped).expect(id))
        .collect()
}

#[test]
fn there_are_enough_and_each_is_long_enough() {
    let catalogue = Catalogue::embedded();
    let passages = all(&catalogue);
    assert!(passages.len() >= 40);
    let entries = catalogue.shelves().passages_in(Language::English, &Origin::Shipped);
    for (passage, Entry { id, kind, language }) in passages.iter().zip(entries) {
        let found = (passage.id.as_str(), passage.kind.as_str(), passage.language);
        assert_eq!(found, (id, kind, language), "the file's name begins with its kind");
        let text = Text::new(&passage.text, Lookalikes::Typographic).unwrap();
        assert!(text.graphemes().len() >= SHORTEST, "{id}: {}", text.graphemes().len());
        assert_eq!(text.to_string(), passage.text, "{id}: is typed as it stands");
        assert!(passage.text.chars().all(|c| c == '\n' || (' '..='~').contains(&c)), "{id}: ASCII");
    }
}

/// Whether every measure lies within [`BANDS`].
fn is_usual(measured: &Difficulty) -> bool {
    let [low, high] = BANDS.map(|band| difficulty::all(&band));
    difficulty::all(measured).iter().zip(low).zip(high).all(|((n, low), high)| (low..=high).contains(n))
}

#[test]
fn the_stated_difficulty_is_the_measured_one_and_usual() {
    for passage in all(&Catalogue::embedded()) {
        let now = measure(&passage.text);
        let lines = toml::to_string(&now).unwrap();
        assert_eq!(passage.difficulty, Some(now), "{}: paste\n[difficulty]\n{lines}", passage.id);
        // Easy ones have bands of their own.
        let fits = passage.kind == EASY || is_usual(&now);
        assert!(fits, "{}: {now:?} is outside of {BANDS:?}", passage.id);
    }
}

#[test]
fn released_passages_do_not_change() {
    let pins: BTreeMap<String, String> =
        toml::from_str(&read("tests/data/lessons/passage-digests.toml")).unwrap();
    let digest =
        |text: &str| -> String { Sha256::digest(text).iter().take(16).map(|b| format!("{b:02x}")).collect() };
    let now: BTreeMap<_, _> =
        all(&Catalogue::embedded()).iter().map(|p| (p.id.clone(), digest(&p.text))).collect();
    let lines: String = now.iter().map(|(id, d)| format!("{id} = \"{d}\"\n")).collect();
    assert_eq!(now, pins, "attempts name passages by id: give a changed text a new name. Now:\n{lines}");
}

#[test]
fn measures_of_small_texts() {
    let d = |word_length_x100, capitals_bp, punctuation_bp, digits_bp, rare_pairs_bp| Difficulty {
        word_length_x100,
        capitals_bp,
        punctuation_bp,
        digits_bp,
        rare_pairs_bp,
    };
    assert_eq!(measure(""), Difficulty::default());
    assert_eq!(measure("the"), d(300, 0, 0, 0, 0));
    assert_eq!(measure("The zq 7!"), d(233, 1_111, 1_111, 1_111, 3_333));
    assert_eq!(measure("a b\nc"), d(100, 0, 0, 0, 0));
    assert_eq!(measure("ÄÖ ä"), d(150, 5_000, 0, 0, 10_000));
    assert_eq!(COMMON_PAIRS.split(' ').count(), 100);
    assert!(!is_usual(&measure("zzz")));
}
