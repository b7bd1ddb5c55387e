//! Shipped passages: enough of every language, long enough, as hard as they say, and of equal difficulty.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::difficulty::Difficulty;
use typeproof::lessons::embedded;
use typeproof::lessons::language::Language;
use typeproof::lessons::passage::Passage;
use typeproof::lessons::shelves::{EASY, Entry};
use typeproof::lessons::terms::Origin;
use typeproof::typing::text::{Lookalikes, Text};

use super::difficulty::{self, bands, measure};
use super::read;
use typeproof::lessons::difficulty::common_pairs;

/// Least characters of a shipped passage.
const SHORTEST: usize = 1_800;

/// Most words in a row that two passages may have in common.
const MOST_IN_COMMON: usize = 6;

fn all(catalogue: &Catalogue) -> Vec<&Passage> {
    embedded::PASSAGES
        .iter()
        .map(|(id, _)| catalogue.shelves().passage(id, &Origin::Shipped).expect(id))
        .collect()
}

#[test]
fn there_are_enough_and_each_is_long_enough() {
    let catalogue = Catalogue::embedded();
    let mut entries = Vec::new();
    for (language, least) in Language::ALL.into_iter().zip([48, 12, 12, 12]) {
        let found = catalogue.shelves().passages_in(language, &Origin::Shipped);
        assert!(found.len() >= least, "{language}: {}", found.len());
        let kinds: BTreeSet<&str> =
            found.iter().map(|entry| entry.kind).filter(|kind| *kind != EASY).collect();
        assert_eq!(kinds.len(), 7, "{language}: {kinds:?}");
        entries.extend(found);
    }
    let passages = all(&catalogue);
    assert_eq!(passages.len(), entries.len());
    for (passage, Entry { id, kind, language }) in passages.iter().zip(entries) {
        let found = (passage.id.as_str(), passage.kind.as_str(), passage.language);
        assert_eq!(found, (id, kind, language), "the file's name begins with language and kind");
        let text = Text::new(&passage.text, Lookalikes::Typographic).unwrap();
        assert!(text.graphemes().len() >= SHORTEST, "{id}: {}", text.graphemes().len());
        assert_eq!(text.to_string(), passage.text, "{id}: is typed as it stands");
    }
}

/// The letters beyond a to z of a language that its passages may use. French ligatures, and French capitals with accents,
/// have no key in France.
const fn special_letters(language: Language) -> &'static str {
    match language {
        Language::English => "",
        Language::German => "äöüßÄÖÜé",
        Language::French => "àâçéèêëîïôùûü",
        Language::Spanish => "áéíñóúüÁÉÍÑÓÚ",
    }
}

#[test]
fn a_passage_has_the_characters_of_its_language_only() {
    for passage in all(&Catalogue::embedded()) {
        let letters = special_letters(passage.language);
        let marks = if passage.language == Language::Spanish { "¿¡" } else { "" };
        let usual =
            |c: char| c == '\n' || (' '..='~').contains(&c) || letters.contains(c) || marks.contains(c);
        let strange: BTreeSet<char> = passage.text.chars().filter(|c| !usual(*c)).collect();
        assert!(strange.is_empty(), "{}: {strange:?}", passage.id);
    }
}

/// In France a space stands before these marks, in the other languages none does.
#[test]
fn spaces_stand_where_the_language_has_them() {
    for passage in all(&Catalogue::embedded()) {
        let characters: Vec<char> = passage.text.chars().collect();
        for (at, pair) in characters.windows(2).enumerate() {
            let high = ['?', '!', ':', ';'].contains(&pair[1]);
            let within_time =
                pair[0].is_ascii_digit() && characters.get(at + 2).is_some_and(char::is_ascii_digit);
            let spaced = pair[0] == ' ';
            let expected = high && passage.language == Language::French && !within_time;
            let closing = high || [',', '.', ')'].contains(&pair[1]);
            if closing {
                let around: String = characters[at.saturating_sub(12)..=at + 1].iter().collect();
                assert_eq!(spaced, expected, "{}: {around}", passage.id);
            }
        }
    }
}

#[test]
fn no_wording_is_in_two_passages() {
    let catalogue = Catalogue::embedded();
    let mut homes: BTreeMap<Vec<&str>, &str> = BTreeMap::new();
    for passage in all(&catalogue) {
        let words: Vec<&str> = passage.text.split_whitespace().collect();
        for run in words.windows(MOST_IN_COMMON + 1) {
            let home = homes.entry(run.to_vec()).or_insert(&passage.id);
            assert_eq!(*home, passage.id, "both have {run:?}");
        }
    }
}

/// Whether every measure lies within the bands of the language.
fn is_usual(measured: &Difficulty, language: Language) -> bool {
    let [low, high] = bands(language);
    difficulty::all(measured).iter().zip(low).zip(high).all(|((n, low), high)| (low..=high).contains(n))
}

#[test]
fn the_stated_difficulty_is_the_measured_one_and_usual() {
    for passage in all(&Catalogue::embedded()) {
        let (id, language) = (&passage.id, passage.language);
        let now = measure(&passage.text, language);
        let lines = toml::to_string(&now).unwrap();
        assert_eq!(passage.difficulty, Some(now), "{id}: paste\n[difficulty]\n{lines}");
        // Easy ones have bands of their own.
        assert!(
            passage.kind == EASY || is_usual(&now, language),
            "{id}: {now:?} is outside of {:?}",
            bands(language)
        );
    }
}

/// No measure may spread more widely in one language than this.
#[test]
fn the_bands_of_every_language_are_narrow() {
    for language in Language::ALL {
        let [low, high] = bands(language);
        for (at, (low, high)) in low.into_iter().zip(high).enumerate() {
            let most_percent = [120, 250, 160, 360, 140, 235][at];
            assert!(low <= high && high * 100 <= low * most_percent, "{language}, measure {at}");
        }
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
    let measured = |text, language| difficulty::all(&measure(text, language));
    let english = |text| measured(text, Language::English);
    assert_eq!(measure("", Language::English), Difficulty::default());
    assert_eq!(english("the"), [300, 0, 0, 0, 0, 0]);
    assert_eq!(english("The zq 7!"), [233, 1_111, 1_111, 1_111, 3_333, 0]);
    assert_eq!(english("a b\nc"), [100, 0, 0, 0, 0, 0]);
    assert_eq!(english("ÄÖ ä"), [150, 5_000, 0, 0, 10_000, 7_500]);
    assert_eq!(measured("der Bär", Language::German), [300, 1_429, 0, 0, 5_000, 1_429]);
    assert_eq!(measured("le thé", Language::French), [250, 0, 0, 0, 6_667, 1_667]);
    assert_eq!(measured("¿Qué?", Language::Spanish), [500, 2_000, 4_000, 0, 5_000, 2_000]);
    for language in Language::ALL {
        let pairs: BTreeSet<&str> = common_pairs(language).split(' ').collect();
        assert_eq!(pairs.len(), 100, "{language}");
        assert!(!is_usual(&measure("zzz", language), language));
    }
}
