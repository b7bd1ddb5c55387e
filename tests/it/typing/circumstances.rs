//! What is no typing by the times of a log alone, what fast hands and slow lines do, and how attempt files keep what was
//! seen besides.

use std::sync::Arc;

use typeproof::typing::attempt::Attempt;
use typeproof::typing::circumstances::{Circumstances, untypable};
use typeproof::typing::conduct::Conduct;
use typeproof::typing::hidden::Hidden;
use typeproof::typing::key::{Key, Millis};
use typeproof::typing::keyboard::Keyboard;
use typeproof::typing::log::{Close, End, Event, EventKind, Log};

use crate::support::typing::typed;

fn log(times: &[Millis]) -> Log {
    let press = |at: &Millis| Event { at: *at, what: EventKind::Press(Key::Char('a')) };
    let close = Close { end: End::TimeUp, at: times.last().copied().unwrap_or(0) };
    Log { conduct: Conduct::First, events: times.iter().map(press).collect(), close }
}

/// Keys at an even pace.
fn even(from: Millis, pace: Millis, count: u32) -> Vec<Millis> {
    (0..count).map(|n| from + n * pace).collect()
}

/// A line that delivers only every so many milliseconds what was typed at an even pace.
fn stalled(pace: Millis, every: Millis, count: u32) -> Vec<Millis> {
    even(0, pace, count).into_iter().map(|at| at.div_ceil(every) * every).collect()
}

#[test]
fn no_hand_types_so() {
    let slow_then_all = [even(0, 200, 100), vec![20_000; 80]].concat();
    let pause_then_all = [vec![0], vec![45_000; 1_400]].concat();
    let twice = [vec![0; 40], vec![500; 40]].concat();
    let in_the_middle = [even(0, 150, 200), even(30_000, 2, 120), even(31_000, 150, 200)].concat();
    let cases: [(&str, Vec<Millis>); 13] = [
        ("a thousand characters at time 0", vec![0; 1_000]),
        ("a hundred at time 0", vec![0; 100]),
        ("fifty-one at time 0", vec![0; 51]),
        ("a character a millisecond", even(0, 1, 200)),
        ("a character every five milliseconds", even(0, 5, 200)),
        ("every ten", even(0, 10, 300)),
        ("every twenty, for long", even(0, 20, 600)),
        ("every thirty, for longer", even(0, 30, 3_000)),
        ("slowly, then the rest at once", slow_then_all),
        ("nothing for 45 seconds, then a page", pause_then_all),
        ("forty at once, twice in half a second", twice),
        ("a burst in the middle", in_the_middle),
        ("a page every ten seconds", stalled(1, 10_000, 5_000)),
    ];
    for (what, times) in cases {
        let burst = untypable(&log(&times)).unwrap_or_else(|| panic!("{what} passes"));
        let fastest = 50 + burst.within_ms * 30 / 1_000;
        assert!(burst.characters > fastest, "{what}: {burst:?}");
    }
    let burst = untypable(&log(&vec![0; 1_000])).unwrap();
    assert_eq!((burst.characters, burst.within_ms), (1_000, 0));
}

#[test]
fn fast_hands_slow_lines_and_stenotypes_pass() {
    // Rollover bursts: four keys within 20 ms, then what is left of the time that a fast hand takes for four.
    let rollover: Vec<Millis> = (0..500).flat_map(|n| [0, 7, 13, 20].map(|ms| n * 200 + ms)).collect();
    let grid: Vec<Millis> = even(0, 47, 4_000).into_iter().map(|at| at / 20 * 20).collect();
    // A word of eight characters in one stroke, four strokes a second.
    let stenotype: Vec<Millis> = (0..300).flat_map(|n| [n * 300; 8]).collect();
    let cases: [(&str, Vec<Millis>); 9] = [
        ("nothing", vec![]),
        ("250 words a minute", even(0, 48, 5_000)),
        ("300 words a minute for ten seconds", even(0, 40, 250)),
        ("20 ms rollover", rollover),
        ("ssh on its grid of 20 ms", grid),
        ("150 words a minute over a line that stalls for two seconds", stalled(80, 2_000, 2_000)),
        ("120 words a minute over a line that stalls for eight", stalled(100, 8_000, 2_000)),
        ("a stenotype", stenotype),
        ("a key held down, 30 times a second", even(500, 34, 2_000)),
    ];
    for (what, times) in cases {
        assert_eq!(untypable(&log(&times)), None, "{what}");
    }
}

#[test]
fn remarks_are_plain_sentences_and_ordinary_tests_have_none() {
    let said = |seen: Circumstances| seen.remarks().iter().map(ToString::to_string).collect::<Vec<_>>();
    let nothing = Circumstances::default();
    for ordinary in [
        nothing,
        Circumstances { together: 3, ..nothing },
        Circumstances { wall_ahead_ms: -2_000, machine_ahead_ms: 2_000, ..nothing },
        Circumstances { early: 2, ..nothing },
    ] {
        assert_eq!(said(ordinary), [""; 0]);
    }
    for (seen, sentence) in [
        (
            Circumstances { together: 4, ..nothing },
            "4 characters came at the same moment, as from a program and not from a hand",
        ),
        (Circumstances { early: 3, ..nothing }, "3 characters were there before the text was on the screen"),
        (
            Circumstances { early: 40, ..nothing },
            "40 characters were there before the text was on the screen",
        ),
        (
            Circumstances { wall_ahead_ms: -3_600_000, ..nothing },
            "the computer's date and time were changed by 3600.0 s while the program ran",
        ),
        (
            Circumstances { machine_ahead_ms: 60_240, ..nothing },
            "the clock that timed the test was 60.2 s slow",
        ),
        (
            Circumstances { machine_ahead_ms: i64::MIN, ..nothing },
            "the clock that timed the test was 9223372036854775.8 s fast",
        ),
    ] {
        assert_eq!(said(seen), [sentence]);
    }
}

/// A file without circumstances is what it was; one with them says so in its first bytes, and cannot say otherwise.
#[test]
fn attempt_files_keep_the_circumstances() {
    let session = typed("abc", "abc", 100);
    let plain = Attempt {
        exercise: Arc::clone(session.exercise()),
        level: None,
        started_unix_ms: 1_769_860_800_000,
        wall_ms: 200,
        circumstances: None,
        keyboard: None,
        log: session.log().unwrap(),
    };
    let hidden = Hidden::default();
    let seen = Circumstances { together: 900, early: 3, wall_ahead_ms: -9, machine_ahead_ms: 5_000, hidden };
    let told = Attempt { circumstances: Some(seen), ..plain.clone() };
    let us = Keyboard::of("us");
    let typed_on = Attempt { keyboard: Some(us.clone()), ..plain.clone() };
    let emulated = Keyboard { set_to: Some("us".to_owned()), ..Keyboard::of("own-mine") };
    let both = Attempt { keyboard: Some(emulated), ..told.clone() };
    let blind = Circumstances { hidden: Hidden { errors: true, figures: false }, ..Circumstances::default() };
    assert!(blind.remarks().is_empty(), "it is no remark on a badge");
    let blind = Attempt { circumstances: Some(blind), ..typed_on.clone() };
    for (attempt, version) in [(&plain, 1), (&told, 2), (&typed_on, 3), (&both, 3), (&blind, 3)] {
        let bytes = attempt.to_bytes();
        assert_eq!(&bytes[..4], [b'T', b'P', b'A', version]);
        assert_eq!(&Attempt::from_bytes(&bytes).unwrap(), attempt);
        for other in [0, 1, 2, 3, 4].into_iter().filter(|other| *other != version) {
            let mut bytes = bytes.clone();
            bytes[3] = other;
            assert!(Attempt::from_bytes(&bytes).is_err(), "version {other} for {version}");
        }
    }
    for (layout, set_to) in
        [("", None), ("US", None), ("us\u{1b}", None), ("us", Some("us")), ("us", Some("x y"))]
    {
        let keyboard = Keyboard { layout: layout.to_owned(), set_to: set_to.map(str::to_owned) };
        let bytes = Attempt { keyboard: Some(keyboard), ..plain.clone() }.to_bytes();
        assert!(Attempt::from_bytes(&bytes).is_err(), "{layout:?} {set_to:?}");
    }
}

#[test]
fn a_keyboard_is_read_as_it_is_written() {
    for text in ["us", "colemak-dh on de", "own-mine on own-yours"] {
        assert_eq!(Keyboard::parse(text).map(|keyboard| keyboard.to_string()).as_deref(), Some(text));
    }
    for text in ["", " on us", "us on ", "us on us", "us on de on fr", "U S", "us\n", &"a".repeat(53)] {
        assert_eq!(Keyboard::parse(text), None, "{text:?}");
    }
}

#[test]
fn what_was_hidden_is_written_and_read() {
    for (errors, figures, text) in
        [(true, false, "errors"), (false, true, "figures"), (true, true, "errors and figures")]
    {
        let hidden = Hidden { errors, figures };
        assert_eq!((hidden.to_string().as_str(), Hidden::parse(text)), (text, Some(hidden)));
    }
    assert_eq!((Hidden::default().to_string().as_str(), Hidden::parse("")), ("", None));
    assert_eq!(Hidden::parse("figures and errors"), None);
}
