//! How long somebody practised: the time between keys, without the pauses.

use super::key::Millis;
use super::log::{EventKind, Log};

/// The longest time from one key to the next, in milliseconds, that counts as practice. Whoever takes longer does something
/// else meanwhile.
pub const LONGEST_PAUSE_MS: Millis = 5_000;

/// Milliseconds of practice in a log: the times from the start of the clock to the first key and from each key to the next,
/// except those over [`LONGEST_PAUSE_MS`], of which nothing counts.
#[must_use]
pub fn practised_ms(log: &Log) -> u64 {
    let presses = log.events.iter().filter(|event| matches!(event.what, EventKind::Press(_)));
    let mut before = 0;
    let times = presses.map(|event| event.at.saturating_sub(std::mem::replace(&mut before, event.at)));
    times.filter(|ms| *ms <= LONGEST_PAUSE_MS).map(u64::from).sum()
}
