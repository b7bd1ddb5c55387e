//! What is known of a learner depends on what was typed and when, not on the order in which history is read.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use typeproof::coach::mode::Mode;
use typeproof::coach::state::State;
use typeproof::coach::track::{DAY, KEPT};
use typeproof::coach::tutor::{Plan, Tutor};
use typeproof::coach::vocabulary::Vocabulary;
use typeproof::lessons::generator::Generator;
use typeproof::typing::key::Stroke;

use super::typist::Typist;

static ENGLISH: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| Arc::new(Vocabulary::english()));
const PLAN: Plan = Plan { target_wpm: 40.0, mode: Mode::Guided, seed: 3 };

/// A text as it was typed.
type Typed = (u64, String, Vec<Stroke>);

/// Practice over some days, as the coach itself proposed it, and the coach at its end.
fn practice(texts: u64) -> (Vec<Typed>, Tutor) {
    let mut tutor = Tutor::new(Arc::clone(&ENGLISH), PLAN, State::default());
    let mut typist = Typist::new(9).slow('h', 600);
    let mut history = Vec::new();
    for n in 0..texts {
        // Two texts at the same moment occur, too.
        let when = n / 2 * DAY / 7;
        let text = tutor.next(when).text;
        let strokes = typist.types(&text);
        tutor.typed(when, &text, &strokes);
        history.push((when, text, strokes));
    }
    (history, tutor)
}

fn rebuilt<'a>(history: impl IntoIterator<Item = &'a Typed>) -> State {
    let mut state = State::default();
    for (when, text, strokes) in history {
        state.add(*when, text, strokes);
    }
    state
}

static PRACTICE: LazyLock<(Vec<Typed>, Tutor)> = LazyLock::new(|| practice(40));

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_reading_does_not_matter(seed in any::<u64>(), texts in 1_usize..40) {
        let history = &PRACTICE.0[..texts];
        let mut shuffled: Vec<&Typed> = history.iter().collect();
        Generator::new(seed).shuffle(&mut shuffled);
        prop_assert_eq!(rebuilt(shuffled), rebuilt(history));
    }
}

#[test]
fn rebuilt_equals_kept() {
    let (history, kept) = &*PRACTICE;
    let state = rebuilt(history.iter().rev());
    assert_eq!(&state, kept.state());
    let mut rebuilt = Tutor::new(Arc::clone(&ENGLISH), PLAN, state);
    assert_eq!(rebuilt.next(9 * DAY), kept.clone().next(9 * DAY), "both go on with the same text");
}

#[test]
fn a_state_differs_when_something_else_was_typed() {
    let history = &PRACTICE.0;
    let all = rebuilt(history);
    assert_ne!(rebuilt(&history[1..]), all, "a text more");
    let mut later = history.clone();
    later.last_mut().unwrap().0 += 1;
    assert_ne!(rebuilt(&later), all, "a text at another time");
    let mut slower = history.clone();
    let typed = &mut slower.last_mut().unwrap().2;
    typed.last_mut().unwrap().at += 1;
    assert_ne!(rebuilt(&slower), all, "a key a millisecond later");
}

#[test]
fn the_latest_tries_decide() {
    let letter = ENGLISH.letters().binary_search(&'a').unwrap();
    let stroke = |at, c| Stroke { at, key: typeproof::typing::key::Key::Char(c) };
    let mut state = State::default();
    let mut ms = |first: u64, interval: u32| {
        for n in 0..KEPT as u64 * 2 {
            state.add(first + n, "ba", &[stroke(0, 'b'), stroke(interval, 'a')]);
        }
        let tutor = Tutor::new(Arc::clone(&ENGLISH), PLAN, state.clone());
        let key = tutor.need(first + 1000).keys[letter];
        (key.ms, key.uncertain_ms, key.tries)
    };
    let slow = ms(0, 800);
    let fast = ms(1000, 200);
    let older = ms(500, 900);
    assert!(slow.0 > 700.0 && fast.0 < 300.0 && fast.1 > 0.0, "{slow:?} {fast:?}");
    assert!(
        (older.0 - fast.0).abs() < 2.0,
        "what is read late but was typed early changes little: {older:?}"
    );
    assert_eq!(older.2, KEPT as u32 * 6, "but it is counted");
}
