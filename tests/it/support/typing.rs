//! Typing in tests: keys by notation, an exercise of any text, and how many cases a law is tried with.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use typeproof::typing::attempt::Attempt;
use typeproof::typing::exercise::{Exercise, Source};
use typeproof::typing::key::{Key, Millis, Stroke};
use typeproof::typing::rules::{Limit, Rules};
use typeproof::typing::session::Session;
use typeproof::typing::text::Lookalikes;

/// The keys that `notation` stands for.
pub fn keys(notation: &str) -> impl Iterator<Item = Key> + '_ {
    notation.chars().map(|c| match c {
        '⌫' => Key::Backspace,
        '⌦' => Key::DeleteWord,
        '↵' => Key::Enter,
        '⇥' => Key::Tab,
        c => Key::Char(c),
    })
}

/// An exercise of `text` that came from nowhere.
pub fn exercise(text: &str, lookalikes: Lookalikes, rules: Rules) -> Arc<Exercise> {
    Arc::new(Exercise::new(Source::Own("case".into()), 0, text, lookalikes, rules).unwrap())
}

/// This number of cases, the same ones in every run.
pub fn laws(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_260_101),
        ..ProptestConfig::default()
    }
}

/// A free test of `text`, typed by notation with so many milliseconds a key, and given up where that does not end it.
pub fn typed(text: &str, notation: &str, pace_ms: Millis) -> Session {
    let exercise = exercise(text, Lookalikes::default(), Rules::practice(Limit::Text));
    let mut session = Session::new(exercise);
    for (i, key) in keys(notation).enumerate() {
        session.press(Stroke { at: i as Millis * pace_ms, key });
    }
    session.give_up(session.last_at());
    session
}

/// The attempt file of a session that has ended.
pub fn attempt_file(session: &Session) -> Vec<u8> {
    let attempt = Attempt {
        exercise: Arc::clone(session.exercise()),
        level: None,
        started_unix_ms: 1_769_860_800_000,
        wall_ms: i64::from(session.duration().unwrap()),
        circumstances: None,
        keyboard: None,
        log: session.log().unwrap(),
    };
    attempt.to_bytes()
}
