//! How much of a session was practice: the time in which keys were pressed, without the pauses.

use super::key::Millis;
use super::log::{EventKind, Log};

/// The longest time between two keys that is still practice, in milliseconds: five seconds. Who presses nothing for
/// longer does something else.
pub const LONGEST_PAUSE_MS: Millis = 5_000;

/// The milliseconds of practice in a log: the time from each key press to the next, wherever that is no longer than
/// [`LONGEST_PAUSE_MS`]. A longer pause counts nothing, and so does what lies before the first key and behind the last.
/// What the program typed by itself is no key press.
#[must_use]
pub fn practised_ms(log: &Log) -> u32 {
    let presses = log.events.iter().filter(|event| matches!(event.what, EventKind::Press(_)));
    let (mut last, mut practised) = (None, 0);
    for event in presses {
        let gap = last.map_or(0, |last| event.at.saturating_sub(last));
        practised += if gap <= LONGEST_PAUSE_MS { gap } else { 0 };
        last = Some(event.at);
    }
    practised
}
