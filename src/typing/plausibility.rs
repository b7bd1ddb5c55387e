//! Plausibility: does the timing of keys depend on what is typed, as that of people does? And are two logs one performance?
//!
//! # What is looked at
//!
//! People slow down before a capital letter, after a space, where one finger types twice; they are quick within common
//! letter groups. A program that draws its times at random does none of this, whatever it draws them from. So the time
//! before each key is compared with what thirteen [traits](traits::Trait) of the key and the two before it lead one to
//! expect. Three figures decide:
//!
//! - **text**: the correlation of these times with what is expected. It is near 0 for times that know nothing of the text.
//! - **words**: within words only, the skewness of the times plus 2.3 times the same correlation. It is near 0 for a program
//!   that draws even times and adds pauses between words, which the first figure can miss.
//! - **letters**: that correlation alone, where the first figure is low as well: whatever the times within words are drawn
//!   from, they then do not depend on the letters.
//!
//! The expectation is a [`Model`] of one language on one layout. Without one, and below [`LEAST_KEYSTROKES`], nothing is
//! said. Nothing here ever says that something was a program, and nothing here refuses anything: it answers a person who
//! decides.
//!
//! # What it cannot see
//!
//! [`LIMITS`] says so to everyone who reads a verdict.

pub mod evidence;
pub mod keys;
mod measure;
mod model;
pub mod rhythm;
pub mod samples;
pub mod traits;
mod verdict;

pub use model::Model;
pub use traits::Weights;
pub use verdict::{
    Assessment, Figures, LEAST_KEYSTROKES, LEAST_LETTERS_PERMILLE, LEAST_PAIRS, LEAST_PAIRS_IN_WORDS,
    LEAST_TEXT_PERMILLE, LEAST_WORDS_PERMILLE, LIMITS, LOW_TEXT_PERMILLE, NotAssessed, Oddity, Verdict,
    Written, hundredths,
};

use self::evidence::Evidence;
use super::log::{EventKind, Log};

/// Assesses the keys of a log.
///
/// A time across a pause of the program, a lost focus, a refused paste or what the program typed itself is not used.
#[must_use]
pub fn of_log(log: &Log, written: Written<'_>) -> Assessment {
    let mut evidence = Evidence::default();
    for event in &log.events {
        match event.what {
            EventKind::Press(key) => evidence.press(i64::from(event.at), key.into()),
            EventKind::Release(_) => {}
            _ => evidence.interrupt(),
        }
    }
    evidence.assess(written)
}
