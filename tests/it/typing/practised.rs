//! How long was practised: pauses do not count, and nothing but keys does.

use typeproof::typing::conduct::Conduct;
use typeproof::typing::key::Key;
use typeproof::typing::log::{Close, End, Event, EventKind, Log};
use typeproof::typing::practised::{LONGEST_PAUSE_MS, practised_ms};

/// A log with keys at these times, something else where the second is false, closed an hour later.
fn log(events: &[(u32, bool)]) -> Log {
    let kind = |key: bool| if key { EventKind::Press(Key::Char('a')) } else { EventKind::FocusLost };
    let events: Vec<Event> = events.iter().map(|(at, key)| Event { at: *at, what: kind(*key) }).collect();
    let at = events.last().map_or(0, |event| event.at) + 3_600_000;
    Log { conduct: Conduct::First, events, close: Close { end: End::GaveUp, at } }
}

#[test]
fn the_times_between_keys_are_added_up_but_for_pauses() {
    for (events, expected) in [
        (&[][..], 0),
        (&[(0, true)], 0),
        (&[(0, true), (200, true), (500, true)], 500),
        (&[(0, true), (LONGEST_PAUSE_MS, true)], 5_000),
        (&[(0, true), (LONGEST_PAUSE_MS + 1, true)], 0),
        (&[(0, true), (200, true), (60_000, true), (60_300, true)], 500),
        // What begins with a signal begins with the way to the first key.
        (&[(900, true), (1_000, true)], 1_000),
        (&[(9_000, true), (9_100, true)], 100),
        // A window that loses the focus breaks no pause into two.
        (&[(0, true), (3_000, false), (6_000, true)], 0),
        (&[(0, true), (100, false), (200, true), (300, false)], 200),
        (&[(0, true), (0, true), (0, true)], 0),
    ] {
        assert_eq!(practised_ms(&log(events)), expected, "{events:?}");
    }
}
