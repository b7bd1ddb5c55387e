//! What of a session was practice.

use typeproof::typing::conduct::Conduct;
use typeproof::typing::key::{Key, Millis};
use typeproof::typing::log::{Close, End, Event, EventKind, Log};
use typeproof::typing::practice::practised_ms;

/// A log with a key pressed at each of these times.
fn pressed(times: &[Millis]) -> Log {
    let press = |at: &Millis| Event { at: *at, what: EventKind::Press(Key::Char('a')) };
    let close = Close { end: End::GaveUp, at: times.last().copied().unwrap_or(0) };
    Log { conduct: Conduct::First, events: times.iter().map(press).collect(), close }
}

#[test]
fn pauses_over_five_seconds_do_not_count() {
    let cases: [(&[Millis], u32, &str); 9] = [
        (&[], 0, "nothing"),
        (&[700], 0, "one key"),
        (&[60_000, 60_200], 200, "a minute before the first key"),
        (&[0, 100, 250], 250, "keys at once"),
        (&[0, 5_000], 5_000, "five seconds"),
        (&[0, 5_001], 0, "a millisecond more"),
        (&[0, 200, 3_600_200, 3_600_500], 500, "an hour away"),
        (&[0, 0, 0], 0, "all at one moment"),
        (&[0, 4_999, 9_998, 14_997, 20_000], 14_997, "slow keys, and one too slow"),
    ];
    for (times, expected, what) in cases {
        assert_eq!(practised_ms(&pressed(times)), expected, "{what}");
    }
}

#[test]
fn only_pressed_keys_are_practice() {
    let others = [
        EventKind::Release(Key::Char('a')),
        EventKind::Paste(80),
        EventKind::FocusLost,
        EventKind::FocusGained,
        EventKind::Suspended,
        EventKind::Resumed,
    ];
    for other in others {
        let mut log = pressed(&[0, 8_000]);
        log.events.insert(1, Event { at: 4_000, what: other });
        assert_eq!(practised_ms(&log), 0, "{other:?} ends no pause");
    }
    let mut waited = pressed(&[0, 300]);
    waited.close.at = 4_000;
    assert_eq!(practised_ms(&waited), 300, "what follows the last key is no practice");
}
