//! What a learner asks for, what comes beyond letters, what stands between a learner and a speed, and the words of one test.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use typeproof::coach::between::Between;
use typeproof::coach::beyond::{Kind, Mark, garnish};
use typeproof::coach::drill::{drill, trouble};
use typeproof::coach::mode::Mode;
use typeproof::coach::state::State;
use typeproof::coach::track::DAY;
use typeproof::coach::tutor::{Plan, Tutor};
use typeproof::coach::vocabulary::Vocabulary;
use typeproof::coach::wishes::{Beyond, Wishes};
use typeproof::lessons::generator::Generator;

use super::typist::Typist;
use crate::support::typing::{laws, typed};

static ENGLISH: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| Arc::new(Vocabulary::english()));
const PLAN: Plan = Plan { target_wpm: 35.0, mode: Mode::Guided, seed: 7 };

fn tutor(wishes: Wishes) -> Tutor {
    Tutor::new(Arc::clone(&ENGLISH), PLAN, State::default()).with_wishes(wishes)
}

/// A coach after so many texts, typed at 250 ms a key.
fn practised(wishes: Wishes, texts: u64) -> Tutor {
    let mut tutor = tutor(wishes);
    let mut typist = Typist::new(4);
    for n in 0..texts {
        let text = tutor.next(n * 1000).text;
        tutor.typed(n * 1000, &text, &typist.types(&text));
    }
    tutor
}

fn letters_of(text: &str) -> std::collections::BTreeSet<char> {
    text.chars().filter(|c| *c != ' ').collect()
}

#[test]
fn pinned_keys_are_in_every_text_and_muted_ones_in_none() {
    let wishes = Wishes { pinned: vec!['q'], muted: vec!['e', 't'], ..Wishes::default() };
    let mut newcomer = tutor(wishes.clone());
    for proposal in [newcomer.next(0), newcomer.next(0), practised(wishes, 20).next(DAY)] {
        let found = letters_of(&proposal.text);
        assert!(found.contains(&'q') && !found.contains(&'e') && !found.contains(&'t'), "{}", proposal.text);
        let q = proposal.text.chars().filter(|c| *c == 'q').count();
        assert!(q >= 8, "{q} in {}", proposal.text);
    }
    let all_muted = Wishes { muted: ('a'..='z').collect(), ..Wishes::default() };
    let text = tutor(all_muted).next(0).text;
    assert!((20..=400).contains(&text.len()), "nothing would be left, so nothing is muted: {text}");
}

#[test]
fn letters_are_opened_in_the_order_that_was_asked_for() {
    let order: Vec<char> = "fjdkslaé;g".chars().collect();
    let mut tutor = tutor(Wishes { order, ..Wishes::default() });
    let first = letters_of(&tutor.next(0).text);
    let home: std::collections::BTreeSet<char> = "fjdkslag".chars().collect();
    assert!(first.is_subset(&home), "{first:?}");
    let named: String = tutor.order().iter().map(|letter| ENGLISH.letters()[*letter]).collect();
    assert!(named.starts_with("fjdkslag") && named.len() == 26, "{named}");
}

#[test]
fn beyond_letters_one_kind_comes_after_the_other() {
    let none = practised(Wishes::default(), 60).next(DAY).text;
    assert!(none.chars().all(|c| c.is_ascii_lowercase() || c == ' '), "{none}");
    let in_time = Wishes { beyond: Beyond::InTime, ..Wishes::default() };
    let early = tutor(in_time.clone()).next(0).text;
    assert!(early.chars().all(|c| c.is_ascii_lowercase() || c == ' '), "letters come first: {early}");
    let mut tutor = tutor(in_time);
    let mut typist = Typist::new(4);
    let mut came: Vec<Kind> = Vec::new();
    for n in 0..140 {
        let text = tutor.next(n * 1000).text;
        for kind in Kind::ALL {
            let has = text.chars().any(|c| kind.characters(&ENGLISH).contains(&c));
            if has && !came.contains(&kind) {
                came.push(kind);
            }
        }
        assert!((20..=400).contains(&text.chars().count()), "{text}");
        tutor.typed(n * 1000, &text, &typist.types(&text));
    }
    assert_eq!(came, Kind::ALL, "all of them come, in order");
    let now = self::tutor(Wishes { beyond: Beyond::Now, ..Wishes::default() }).next(0);
    let kinds = Kind::ALL.map(|kind| now.text.chars().any(|c| kind.characters(&ENGLISH).contains(&c)));
    assert!(kinds.iter().filter(|has| **has).count() >= 3, "{}", now.text);
    assert!(now.why.contains("Beyond small letters it has ") && now.why.lines().count() == 2, "{}", now.why);
}

#[test]
fn a_pinned_mark_comes_at_once_and_alone() {
    let wishes = Wishes { pinned: vec![';'], beyond: Beyond::InTime, ..Wishes::default() };
    let text = tutor(wishes.clone()).next(0).text;
    let beyond: Vec<char> = text.chars().filter(|c| !c.is_ascii_lowercase() && *c != ' ').collect();
    assert!(beyond.len() > 3 && beyond.iter().all(|c| *c == ';'), "{text}");
    let muted = Wishes { muted: vec!['.', ',', '7'], beyond: Beyond::Now, pinned: vec![], ..wishes };
    for n in 0..20 {
        let plan = Plan { seed: n, ..PLAN };
        let mut tutor = Tutor::new(Arc::clone(&ENGLISH), plan, State::default()).with_wishes(muted.clone());
        let text = tutor.next(0).text;
        assert!(!text.contains(['.', ',']), "{text}");
    }
}

proptest! {
    #![proptest_config(laws(64))]

    /// A text holds its words in order, and beyond them nothing but the marks.
    #[test]
    fn marks_change_no_word(seed in any::<u64>(), chosen in prop::collection::vec(0_usize..70, 1..12)) {
        let all: Vec<char> = Kind::ALL.into_iter().flat_map(|kind| kind.characters(&ENGLISH)).collect();
        let marks: Vec<Mark> =
            chosen.iter().map(|at| Mark { character: all[at % all.len()], worth: 1.0 }).collect();
        let words = ["the", "quick", "fox", "jumps", "over", "lazy", "dogs", "now"];
        let (text, used) = garnish(&words, &marks, &mut Generator::new(seed));
        let plain = text.to_lowercase();
        let mut rest = plain.as_str();
        for word in words {
            let at = rest.find(word);
            prop_assert!(at.is_some(), "{word} in {text}");
            rest = &rest[at.unwrap() + word.len()..];
        }
        for c in &used {
            prop_assert!(text.contains(*c) && marks.iter().any(|mark| mark.character == *c), "{c} in {text}");
        }
        prop_assert!(!text.contains("  ") && text.trim() == text, "{text:?}");
    }
}

#[test]
fn what_stands_between_is_what_costs_most() {
    let mut tutor = tutor(Wishes::default());
    let mut typist = Typist::new(1).slow('h', 700);
    for n in 0..30 {
        let text = tutor.next(n * 1000).text;
        tutor.typed(n * 1000, &text, &typist.types(&text));
    }
    let between = Between::new(&tutor.need(DAY), &ENGLISH);
    assert!((between.target_wpm - 35.0).abs() < 0.01 && between.wpm > 20.0 && between.accuracy > 0.9);
    let worst = between.costs[0];
    assert!(worst.pair.1 == 'h' && worst.ms > 400.0 && worst.wpm > 0.1, "{worst:?}");
    assert!(between.costs.is_sorted_by(|a, b| a.wpm >= b.wpm));
    assert!(between.costs.iter().all(|cost| cost.tries > 0 && cost.ms > 12_000.0 / 35.0));
    assert!(Between::new(&self::tutor(Wishes::default()).need(0), &ENGLISH).costs.is_empty());
    let plan = Plan { mode: Mode::ToTarget, ..PLAN };
    let text = Tutor::new(Arc::clone(&ENGLISH), plan, tutor.state().clone()).next(DAY).text;
    let h = text.chars().filter(|c| *c == 'h').count() as f64 / text.len() as f64;
    assert!(h > 0.09, "{h} of {text}");
}

#[test]
fn the_words_of_a_test_are_practised_again() {
    let session = typed("one two, three three four", "one twx⌫o, thrxee⌫⌫⌫ee three four", 100);
    let (missed, _) = trouble(&session);
    assert_eq!(missed, ["three", "two,"], "as they stand in the text");
    assert_eq!(trouble(&typed("one two", "", 100)), (vec![], vec![]));
    let words: Vec<String> = ["their", "receive"].map(str::to_owned).to_vec();
    let text = drill(&words, &mut Generator::new(3));
    let count = |word: &str| text.split(' ').filter(|other| *other == word).count();
    assert_eq!((count("their"), count("receive")), (5, 5), "{text}");
    assert_eq!(drill(&[], &mut Generator::new(3)), "");
    let many: Vec<String> = (0..12).map(|n| format!("acknowledgement{n}")).collect();
    assert!(drill(&many, &mut Generator::new(3)).len() < 400);
}
