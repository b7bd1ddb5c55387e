//! Indentation that the program types: it is in the log, and in no figure.

use std::sync::Arc;

use proptest::prelude::*;
use typeproof::typing::attempt::Attempt;
use typeproof::typing::bytes::BytesError;
use typeproof::typing::conduct::Conduct;
use typeproof::typing::exercise::{Exercise, Source};
use typeproof::typing::insight;
use typeproof::typing::key::{Key, Stroke};
use typeproof::typing::keystrokes::Keystrokes;
use typeproof::typing::log::{End, Event, EventKind, Log};
use typeproof::typing::rules::{Correction, Limit, Rules};
use typeproof::typing::score::Score;
use typeproof::typing::session::{Phase, ReplayError, Session};
use typeproof::typing::text::{Grapheme, Layout, Lookalikes};

use crate::support::typing::{attempt_file, keys, laws};

const CODE: &str = "fn f() {\n    if x {\n        y();\n    }\n}\n";

fn code(text: &str, layout: Layout, correction: Correction) -> Arc<Exercise> {
    let rules = Rules { correction, ..Rules::practice(Limit::Text) };
    let form = (Lookalikes::Exact, layout);
    Arc::new(Exercise::laid_out(Source::Own("code".into()), 0, text, form, rules).unwrap())
}

fn automatic(text: &str) -> Arc<Exercise> {
    code(text, Layout::Automatic, Correction::Free)
}

fn play(exercise: &Arc<Exercise>, notation: &str) -> Session {
    let mut session = Session::new(Arc::clone(exercise));
    for (i, key) in keys(notation).enumerate() {
        assert!(!matches!(session.phase(), Phase::Ended(_)), "{notation}: ended before key {i}");
        session.press(Stroke { at: i as u32 * 200, key });
    }
    session
}

/// Errors left, characters typed, right when typed, erased, standing, presented.
fn counts(session: &Session) -> [u32; 6] {
    let c = Score::of(session).unwrap().counts;
    [c.incorrect_left, c.typed, c.right, c.incorrect_fixed, c.standing, c.presented]
}

fn by_program(session: &Session) -> usize {
    session.events().iter().filter(|event| matches!(event.what, EventKind::Automatic(_))).count()
}

#[test]
fn the_program_types_what_lines_begin_with() {
    let session = play(&automatic(CODE), "fn f() {↵if x {↵y();↵}↵}");
    assert_eq!(session.phase(), Phase::Ended(End::Completed));
    assert_eq!(by_program(&session), 16);
    assert_eq!(counts(&session), [0, 24, 24, 0, 24, 24]);
    // The same keys on the same code without its indentation make the same figures.
    let flat = play(&code(CODE, Layout::Folded, Correction::Free), "fn f() {↵if x {↵y();↵}↵}");
    assert_eq!(Score::of(&session), Score::of(&flat));
    assert_eq!(Keystrokes::of(&session), Keystrokes::of(&flat));
    let elsewhere = |session: &Session| insight::elsewhere(session, &Score::of(session).unwrap());
    assert_eq!(elsewhere(&session), elsewhere(&flat));
}

#[test]
fn tabs_are_typed_by_the_program_too() {
    let exercise = automatic("if x {\n\ty\n\t\tz\n}");
    assert!(!exercise.asks_for_tabs());
    let session = play(&exercise, "if x {↵⇥y↵z↵}");
    assert_eq!(counts(&session), [0, 12, 12, 0, 12, 12], "Tab types nothing");
    let tab = EventKind::Automatic(Key::Tab);
    assert_eq!(session.events().iter().filter(|event| event.what == tab).count(), 3);
}

#[test]
fn nothing_is_typed_before_the_first_key() {
    let session = Session::new(automatic("    a\n  b\n    c"));
    assert_eq!((session.caret(), session.due()), ((0, 0), Some(Key::Char('a'))));
    let session = play(session.exercise(), "a↵b↵c");
    assert_eq!(by_program(&session), 2, "what all lines have in common is taken off");
}

/// What stands after each of these, when it is finished rightly.
#[test]
fn erasing_takes_indentation_back_with_its_line_break() {
    for (why, notation, expected) in [
        ("at a line's beginning", "fn f() {↵⌫↵if x {↵y();↵}↵}", [0, 25, 25, 1, 24, 24]),
        ("twice", "fn f() {↵⌫⌫{↵if x {↵y();↵}↵}", [0, 26, 26, 2, 24, 24]),
        ("within a line", "fn f() {↵iz⌫f x {↵y();↵}↵}", [0, 25, 24, 1, 24, 24]),
        ("a word within a line", "fn f() {↵iz⌦if x {↵y();↵}↵}", [0, 26, 25, 2, 24, 24]),
        ("a word at a line's beginning", "fn f() {↵⌦{↵if x {↵y();↵}↵}", [0, 26, 26, 2, 24, 24]),
        ("a word of an indented line", "fn f() {↵if x {↵y();↵⌦y();↵}↵}", [0, 29, 29, 5, 24, 24]),
        ("a space too many", "fn f() {↵ ⌫↵if x {↵y();↵}↵}", [0, 26, 25, 2, 24, 24]),
    ] {
        let session = play(&automatic(CODE), notation);
        assert_eq!(session.phase(), Phase::Ended(End::Completed), "{why}");
        assert_eq!(counts(&session), expected, "{why}");
    }
}

#[test]
fn where_lines_cannot_be_reopened_indentation_stays() {
    let exercise = code(CODE, Layout::Automatic, Correction::CurrentWord);
    let session = play(&exercise, "fn f() {↵⌫⌦if x {↵y();↵}↵}");
    assert_eq!(counts(&session), [0, 24, 24, 0, 24, 24]);
    let exercise = code(CODE, Layout::Automatic, Correction::None);
    let session = play(&exercise, "fn f() {↵⌫⌦if x {↵z();↵}↵}");
    assert_eq!(counts(&session), [1, 24, 23, 0, 24, 24]);
}

#[test]
fn the_log_says_what_the_program_typed() {
    let exercise = automatic(CODE);
    let session = play(&exercise, "fn f() {↵if⌫⌫⌫↵iz⌦if x {↵y();↵}↵}");
    let log = session.log().unwrap();
    assert_eq!(log.conduct, Conduct::Third);
    let bytes = log.to_bytes(&exercise);
    assert!(bytes.starts_with(b"TPL\x03\x03"));
    let read = Log::from_bytes(&bytes, &exercise).unwrap();
    assert_eq!(read, log);
    assert_eq!(Session::replay(Arc::clone(&exercise), &read).unwrap(), session);
    assert_eq!(Attempt::from_bytes(&attempt_file(&session)).unwrap().replay().unwrap(), session);
    let at = |index: usize| log.events[index];
    assert_eq!((at(9).what, at(9).at), (EventKind::Automatic(Key::Char(' ')), at(8).at));
    // A replay up to a moment shows it too.
    let part = Session::replay_until(Arc::clone(&exercise), &log, at(8).at);
    assert_eq!(part.caret(), (3, 4));
    assert_eq!(part.words()[3].typed[0].grapheme, Grapheme::One(' '));
}

#[test]
fn what_needs_no_newer_format_is_written_in_the_older() {
    for (text, automatic, kept) in [
        ("a b\nc", Conduct::First, Conduct::First),
        ("né\nं", Conduct::Second, Conduct::Second),
        ("a\n b", Conduct::Third, Conduct::Second),
    ] {
        let conduct = |layout| Session::new(code(text, layout, Correction::Free)).conduct();
        assert_eq!((conduct(Layout::Automatic), conduct(Layout::Kept)), (automatic, kept), "{text:?}");
    }
}

type Change<'a> = &'a dyn Fn(&mut Vec<Event>);

#[test]
fn an_altered_log_is_refused() {
    let exercise = automatic(CODE);
    let log = play(&exercise, "fn f() {↵if x {↵y();↵}↵}").log().unwrap();
    let space = EventKind::Automatic(Key::Char(' '));
    let first = log.events.iter().position(|event| event.what == space).unwrap();
    let altered = |change: Change<'_>| {
        let mut log = log.clone();
        change(&mut log.events);
        Session::replay(Arc::clone(&exercise), &log).unwrap_err()
    };
    let stray = Event { at: log.events[3].at, what: space };
    let cases: [(&str, Change<'_>, ReplayError); 6] = [
        ("one less", &|events| _ = events.remove(first), ReplayError::Close),
        ("all less", &|events| events.retain(|event| event.what != space), ReplayError::Close),
        ("one more", &|events| events.insert(first + 4, events[first]), ReplayError::AfterEnd(first + 5)),
        ("elsewhere", &|events| events.insert(4, stray), ReplayError::AfterEnd(5)),
        ("another", &|events| events[first].what = EventKind::Automatic(Key::Tab), ReplayError::Close),
        ("by hand", &|events| events[first].what = EventKind::Press(Key::Char(' ')), ReplayError::Close),
    ];
    for (why, change, expected) in cases {
        assert_eq!(altered(change), expected, "{why}");
    }
    let mut begins = log.clone();
    begins.events.insert(0, Event { at: 0, what: space });
    assert_eq!(Session::replay(exercise, &begins), Err(ReplayError::Start));
}

#[test]
fn bad_bytes_are_named() {
    let exercise = automatic(CODE);
    let bytes = play(&exercise, "fn f() {↵if x {↵y();↵}↵}").log().unwrap().to_bytes(&exercise);
    for (rules, error) in [
        (&[0][..], BytesError::Value("rules of the caret", 0)),
        (&[2], BytesError::Value("rules of the caret", 2)),
        (&[4], BytesError::Value("rules of the caret", 4)),
        (&[0x83, 0], BytesError::LongForm("rules of the caret")),
    ] {
        let altered = [b"TPL\x03", rules, &bytes[5..]].concat();
        assert_eq!(Log::from_bytes(&altered, &exercise), Err(error));
    }
    assert_eq!(Log::from_bytes(b"TPL\x03", &exercise), Err(BytesError::Truncated("rules of the caret")));
    // The older format has no word for what the program typed.
    let older = [b"TPL\x02\x02", &bytes[5..]].concat();
    assert_eq!(Log::from_bytes(&older, &exercise), Err(BytesError::Value("event code", 11)));
}

proptest! {
    #![proptest_config(laws(256))]

    #[test]
    fn whatever_is_pressed_can_be_replayed(pressed in "[fix(){};yz ↵⌫⌦]{0,60}", lines in "([a-c]{1,3}\n {0,3}){1,5}[a-c]") {
        let exercise = automatic(&lines);
        let mut session = Session::new(Arc::clone(&exercise));
        for (i, key) in keys(&pressed).enumerate() {
            session.press(Stroke { at: i as u32 * 90, key });
        }
        session.give_up(session.last_at());
        let log = session.log().unwrap();
        let read = Log::from_bytes(&log.to_bytes(&exercise), &exercise).unwrap();
        prop_assert_eq!(&read, &log);
        prop_assert_eq!(Session::replay(Arc::clone(&exercise), &read).unwrap(), session.clone());
        let score = Score::of(&session).unwrap();
        let presses = log.events.iter().filter(|event| matches!(event.what, EventKind::Press(key) if !matches!(key, Key::Backspace | Key::DeleteWord)));
        prop_assert_eq!(score.counts.typed as usize, presses.count(), "what the program typed is in no figure");
        prop_assert!(score.counts.standing <= score.counts.typed);
    }
}
