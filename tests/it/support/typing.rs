//! Typing in tests: keys by notation, an exercise of any text, and how many cases a law is tried with.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use typeproof::typing::exercise::{Exercise, Source};
use typeproof::typing::key::Key;
use typeproof::typing::rules::Rules;
use typeproof::typing::text::Lookalikes;

/// The keys that `notation` stands for.
pub fn keys(notation: &str) -> impl Iterator<Item = Key> + '_ {
    notation.chars().map(|c| match c {
        '⌫' => Key::Backspace,
        '⌦' => Key::DeleteWord,
        '↵' => Key::Enter,
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
