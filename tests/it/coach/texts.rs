//! Texts hold allowed letters only, are of a fit length, and follow from what is known and nothing else.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use typeproof::coach::mode::Mode;
use typeproof::coach::state::State;
use typeproof::coach::track::DAY;
use typeproof::coach::tutor::{Plan, Tutor};
use typeproof::coach::vocabulary::Vocabulary;

use super::typist::{Typist, typed};

static ENGLISH: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| Arc::new(Vocabulary::english()));
const PLAN: Plan = Plan { target_wpm: 35.0, mode: Mode::Guided, seed: 7 };

fn tutor(plan: Plan) -> Tutor {
    Tutor::new(Arc::clone(&ENGLISH), plan, State::default())
}

/// A coach after some texts that a typist typed with one slow key.
fn practised(plan: Plan, texts: u64, slow: char) -> Tutor {
    let mut tutor = tutor(plan);
    let mut typist = Typist::new(1).slow(slow, 900);
    for n in 0..texts {
        let text = tutor.next(n * DAY / 100).text;
        tutor.typed(n * DAY / 100, &text, &typist.types(&text));
    }
    tutor
}

fn bits(letters: &str) -> u64 {
    letters.chars().map(|c| 1 << ENGLISH.letters().binary_search(&c).unwrap()).fold(0, |all, bit| all | bit)
}

fn share(text: &str, letter: char) -> f64 {
    text.chars().filter(|c| *c == letter).count() as f64 / text.chars().count() as f64
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_text_for_allowed_letters_holds_no_other(allowed in 1_u64..1 << 26, seed in any::<u64>(), mode in 0_usize..6) {
        let allowed = allowed << 1;
        let plan = Plan { seed, mode: Mode::ALL[mode], ..PLAN };
        let proposal = tutor(plan).propose(DAY, allowed);
        let chars: Vec<char> = proposal.text.chars().collect();
        prop_assert!((20..=400).contains(&chars.len()), "{}", proposal.text);
        for c in chars {
            let place = ENGLISH.letters().binary_search(&c).unwrap();
            prop_assert!(c == ' ' || allowed >> place & 1 == 1, "{c} in {}", proposal.text);
        }
        prop_assert_eq!(proposal.why.lines().count(), 2);
    }
}

#[test]
fn real_words_are_taken_whenever_enough_fit() {
    let words: Vec<&str> = ENGLISH.words().iter().map(|word| word.text.as_str()).collect();
    for (letters, real) in
        [("etaoinsr", true), ("etaoinsrhldcumfpgwybvkxjqz", true), ("fj", false), ("q", false)]
    {
        let text = tutor(PLAN).propose(0, bits(letters)).text;
        let all_real = text.split(' ').all(|word| words.binary_search(&word).is_ok());
        assert_eq!(all_real, real, "{letters}: {text}");
    }
}

#[test]
fn a_seed_gives_the_same_texts_twice_and_another_seed_others() {
    let texts = |seed| {
        let mut tutor = practised(Plan { seed, ..PLAN }, 6, 'z');
        (tutor.next(DAY), tutor.next(DAY))
    };
    let (first, second) = texts(7);
    assert_ne!(first.text, second.text, "a text that is passed over is not proposed again");
    assert_eq!(texts(7), (first.clone(), second));
    assert_ne!(texts(8).0, first);
}

#[test]
fn all_letters_are_open_early_and_stay_open() {
    let mut tutor = tutor(PLAN);
    let mut typist = Typist::new(3);
    let mut seen = std::collections::BTreeSet::new();
    let first = tutor.next(0).text;
    assert!(
        first.chars().filter(|c| *c != ' ').collect::<std::collections::BTreeSet<_>>().len() <= 8,
        "{first}"
    );
    let mut typed = 0;
    for n in 0..25 {
        let text = tutor.next(n * 1000).text;
        seen.extend(text.chars());
        typed += text.len();
        tutor.typed(n * 1000, &text, &typist.types(&text));
    }
    assert_eq!(seen.len(), 27, "all letters and the space within {typed} characters");
}

#[test]
fn what_is_slow_is_practised_more_and_named() {
    for (slow, mode) in [('b', Mode::Guided), ('b', Mode::WeakKeys), ('k', Mode::WeakKeys)] {
        let plan = Plan { mode, ..PLAN };
        let proposal = practised(plan, 30, slow).propose(DAY, u64::MAX);
        let usual = ENGLISH.key_share()[ENGLISH.letters().binary_search(&slow).unwrap()];
        assert!(share(&proposal.text, slow) > 3.0 * usual, "{mode:?} {slow}: {}", proposal.text);
        let named = proposal.why.starts_with(&format!("This text practises {slow}"));
        assert!(named && proposal.why.contains("your target is 343 ms"), "{mode:?}: {}", proposal.why);
    }
}

#[test]
fn the_modes_about_words_take_the_learners_own() {
    for mode in [Mode::SlowWords, Mode::MissedWords] {
        let plan = Plan { mode, ..PLAN };
        let newcomer = tutor(plan).propose(0, u64::MAX);
        assert!(newcomer.why.starts_with("This text practises"), "guided at first: {}", newcomer.why);
        let mut tutor = tutor(plan);
        let mut typist = Typist::new(5).missing(12);
        for n in 0..30 {
            let text = tutor.next(n * 1000).text;
            tutor.typed(n * 1000, &text, &typist.types(&text));
        }
        let proposal = tutor.propose(DAY, u64::MAX);
        let known: Vec<&str> = tutor.state().words().map(|(word, _)| word).collect();
        assert!(proposal.text.split(' ').all(|word| known.contains(&word)), "{}", proposal.text);
        assert!(proposal.why.starts_with("Words "), "{}", proposal.why);
    }
}

#[test]
fn what_was_not_typed_for_days_is_due_again() {
    let tutor = practised(PLAN, 30, 'b');
    let place = ENGLISH.letters().binary_search(&'e').unwrap();
    let worth = |day: u64| tutor.need(day * DAY).keys[place].ms;
    assert!(worth(1) < worth(3) && worth(3) < worth(7), "an estimate ages");
}

#[test]
fn mashing_gains_nothing() {
    let time = |strokes: &[typeproof::typing::key::Stroke]| {
        let mut state = State::default();
        state.add(0, "ab", strokes);
        let track = state.key('b').unwrap();
        (track.mean_ms(), track.missed() > 0.0)
    };
    assert_eq!(time(&typed(&[(0, "a"), (300, "b")])), (Some(300.0), false));
    assert_eq!(time(&typed(&[(0, "a"), (100, "x"), (150, "Backspace"), (300, "b")])), (Some(300.0), true));
    assert_eq!(
        time(&typed(&[(0, "a"), (100, "x"), (150, "y"), (300, "b")])),
        (Some(300.0), true),
        "a caret that waits"
    );
    assert_eq!(time(&typed(&[(0, "a"), (100, "x")])), (None, true), "what stayed wrong has no time");
    assert_eq!(time(&typed(&[(0, "a"), (90_000, "b")])), (Some(5000.0), false), "a pause is no typing");
    let again = [(0, "a"), (300, "b"), (400, "Backspace"), (500, "Backspace"), (600, "a"), (610, "b")];
    assert_eq!(time(&typed(&again)), (Some(300.0), false), "what was right is not counted again");
}
