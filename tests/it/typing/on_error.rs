//! What a wrong key does: the caret goes on, waits, or the test ends. A log says which, and plays back the same.

use std::sync::Arc;

use typeproof::typing::key::{Millis, Stroke};
use typeproof::typing::log::{End, Log};
use typeproof::typing::rules::{Limit, OnError, Rules};
use typeproof::typing::score::Score;
use typeproof::typing::session::{Phase, Session};
use typeproof::typing::text::Lookalikes;

use crate::support::typing::{exercise, keys};

/// A text typed by notation under a rule, as far as it goes, and what stands.
fn typed(text: &str, notation: &str, on_error: OnError) -> (Session, String) {
    let rules = Rules { on_error, ..Rules::practice(Limit::Text) };
    let exercise = exercise(text, Lookalikes::default(), rules);
    let mut session = Session::new(Arc::clone(&exercise));
    for (i, key) in keys(notation).enumerate() {
        session.press(Stroke { at: i as Millis * 100, key });
    }
    session.give_up(session.last_at());
    let log = session.log().unwrap();
    let bytes = log.to_bytes(&exercise);
    assert_eq!(Log::from_bytes(&bytes, &exercise).unwrap(), log, "the log is read back equal");
    assert_eq!(Session::replay(exercise, &log).unwrap(), session, "and plays back the same");
    let words = session.words().iter();
    let stands =
        words.flat_map(|word| word.typed.iter().chain(&word.separator)).map(|t| t.grapheme.to_string());
    let stands = stands.collect();
    (session, stands)
}

#[test]
fn the_caret_waits_for_the_right_key() {
    for (text, notation, stands, completed, wrong) in [
        ("abc", "abc", "abc", true, 0),
        ("abc", "axbc", "abc", true, 1),
        ("abc", "xxxabc", "abc", true, 3),
        ("abc", "ab ", "ab", false, 1),
        ("ab cd", "ab cd", "ab cd", true, 0),
        ("ab cd", "a b cd", "ab cd", true, 1),
        ("ab cd", "abx cd", "ab cd", true, 1),
        ("ab cd", "ab  cd", "ab cd", true, 1),
        ("ab cd", "ab↵ cd", "ab cd", true, 1),
        ("ab\ncd", "ab ↵cd", "ab\ncd", true, 1),
        ("ab cd", "ab⌫b cd", "ab cd", true, 0),
        ("né", "ne\u{301}", "né", true, 0),
        ("né", "nxé", "né", true, 1),
        ("“a”", "\"a\"", "“a”", true, 0),
    ] {
        let (session, found) = typed(text, notation, OnError::Stop);
        let ended = session.phase() == Phase::Ended(End::Completed);
        assert_eq!((found.as_str(), ended), (stands, completed), "{text:?} {notation:?}");
        let tally = session.tally();
        assert_eq!(tally.typed - tally.right, wrong, "{text:?} {notation:?}: every wrong key counts");
        let score = Score::of(&session).unwrap();
        assert_eq!(score.counts.incorrect_left, 0, "{text:?} {notation:?}: nothing wrong is left");
    }
}

#[test]
fn the_first_error_ends_the_test() {
    for (text, notation, ends_at) in [
        ("abc", "axc", Some(100)),
        ("abc", "xbc", Some(0)),
        ("ab cd", "ab xd", Some(300)),
        ("ab cd", "a bcd", Some(100)),
        ("ab cd", "abc", Some(200)),
        ("abc", "abx", Some(200)),
        ("abc", "abc", None),
        ("né a", "ne\u{301} a", None),
    ] {
        let (session, _) = typed(text, notation, OnError::End);
        let expected = if ends_at.is_some() { End::GaveUp } else { End::Completed };
        assert_eq!(session.phase(), Phase::Ended(expected), "{text:?} {notation:?}");
        if let Some(at) = ends_at {
            assert_eq!(session.duration(), Some(at), "{text:?} {notation:?}");
        }
    }
}

#[test]
fn usual_rules_are_written_as_ever() {
    let rules = Rules::practice(Limit::Text);
    let json = serde_json::to_string(&rules).unwrap();
    assert!(!json.contains("on-error"), "{json}");
    let stop = Rules { on_error: OnError::Stop, ..rules };
    let json = serde_json::to_string(&stop).unwrap();
    assert!(json.contains("\"on-error\":\"stop\""), "{json}");
    assert_eq!(serde_json::from_str::<Rules>(&json).unwrap(), stop);
    assert!(serde_json::from_str::<Rules>(&json.replace("stop", "die")).is_err());
}
