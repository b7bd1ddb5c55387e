//! Characters made of signs: erased, finished and judged sign by sign, and told apart from their neighbours.

use std::sync::Arc;

use typeproof::typing::bytes::BytesError;
use typeproof::typing::conduct::Conduct;
use typeproof::typing::exercise::{Exercise, Source};
use typeproof::typing::key::{Key, Stroke};
use typeproof::typing::log::{End, Log};
use typeproof::typing::rules::{Correction, Limit, Rules};
use typeproof::typing::score::Score;
use typeproof::typing::session::{Phase, Session};
use typeproof::typing::text::{Layout, Lookalikes};

use crate::support::typing::{exercise, keys};

fn on(text: &str, rules: Rules) -> Arc<Exercise> {
    exercise(text, Lookalikes::Typographic, rules)
}

fn play(exercise: &Arc<Exercise>, notation: &str) -> Session {
    let mut session = Session::new(Arc::clone(exercise));
    for (i, key) in keys(notation).enumerate() {
        assert!(!matches!(session.phase(), Phase::Ended(_)), "{notation}: ended before key {i}");
        session.press(Stroke { at: i as u32 * 200, key });
    }
    session
}

/// Errors left, characters typed, right when typed, erased.
type Counts = (u32, u32, u32, u32);

fn counts(session: &Session) -> Counts {
    let c = Score::of(session).unwrap().counts;
    (c.incorrect_left, c.typed, c.right, c.incorrect_fixed)
}

/// Text, keys, counts; the last key ends the test.
const CASES: &[(&str, &str, &str, Counts)] = &[
    // Backspace takes what people there expect.
    ("Devanagari: the wrong sign alone", "ते ना", "ती⌫े ना", (0, 4, 3, 1)),
    ("Thai: the wrong tone mark alone", "ก้า มา", "ก่⌫้า มา", (0, 6, 5, 1)),
    ("Lao", "ກີ້ນ", "ກີ໊⌫້ນ", (0, 3, 2, 1)),
    ("Tamil", "கோ ப", "கொ⌫ோ ப", (0, 4, 3, 1)),
    ("Hebrew points", "שָׁ א", "שָׂ⌫ׁ א", (0, 4, 3, 1)),
    ("Arabic vowel signs", "بَت", "بِ⌫َت", (0, 3, 2, 1)),
    ("jamo", "한글", "\u{1112}\u{1161}\u{11ab}⌫\u{11ab}\u{1100}\u{1173}\u{11af}", (0, 3, 3, 1)),
    ("a syllable of an input method is one key", "한글", "함⌫한글", (0, 3, 2, 1)),
    ("both signs, one by one", "ते ना", "ते⌫⌫ते ना", (0, 4, 4, 1)),
    ("a conjunct, from its end", "क्षि ना", "क्षी⌫ि ना", (0, 4, 3, 1)),
    ("two wrong signs, one after the other", "ते ना", "ती⌫ो⌫े ना", (0, 5, 3, 2)),
    ("a character that was begun", "ते ना", "त⌫ते ना", (0, 4, 4, 1)),
    ("a character that was begun wrongly", "ते ना", "न⌫ते ना", (0, 4, 3, 1)),
    ("a sign too many leaves the letter right", "कमल", "कि⌫मल", (0, 4, 3, 1)),
    ("a whole word", "ते ना", "तेन⌦ते ना", (0, 5, 4, 2)),
    ("a composed letter is one key", "ड़ब", "\u{95c}⌫\u{95c}ब", (0, 3, 3, 1)),
    // Elsewhere the whole character.
    ("Latin", "né x", "ne\u{301}⌫⌫ne\u{301} x", (0, 6, 6, 2)),
    ("Latin without a composed form", "x\u{301}y", "x\u{300}⌫x\u{301}y", (0, 3, 2, 1)),
    ("Cyrillic", "е\u{301}х", "е\u{300}⌫е\u{301}х", (0, 3, 2, 1)),
    ("a flag", "🇩🇪 x", "🇩🇫⌫🇩🇪 x", (0, 4, 3, 1)),
    // The last character may be typed in parts.
    ("a letter, then its accent", "olé", "ole\u{301}", (0, 3, 3, 0)),
    ("a letter with two", "mộ", "mo\u{323}\u{302}", (0, 2, 2, 0)),
    ("a letter with one of two, then the other", "mộ", "mô\u{323}", (0, 2, 2, 0)),
    ("jamo at the end", "하한", "하\u{1112}\u{1161}\u{11ab}", (0, 2, 2, 0)),
    ("without its accent, and Enter", "olé", "ole↵", (1, 4, 2, 1)),
    ("without its accent, and a key too many", "olé", "olex", (2, 4, 2, 0)),
    ("another letter", "olé", "ola", (1, 3, 2, 0)),
    ("another accent", "olé", "ole\u{300}", (1, 3, 2, 0)),
    ("a composed form that decomposes", "बड़", "ब\u{95c}", (0, 2, 2, 0)),
    // One wrong sign is one error.
    ("a sign for another", "ते ना", "ती ना", (1, 3, 2, 0)),
    ("a sign for a letter", "กาม", "กำม", (1, 3, 2, 0)),
    ("a sign for a letter in the middle", "कमल", "किल", (1, 3, 2, 0)),
    ("a sign for the last letter of a word", "กา มา", "กำ มา", (1, 5, 4, 0)),
    ("a letter for a sign", "กำม", "กาม", (1, 2, 1, 0)),
    ("a letter for a sign, of a script without", "ते ना", "तx ना", (1, 3, 2, 0)),
    ("a sign left out", "กำม", "กม", (1, 2, 1, 0)),
    ("a sign left out at a word's end", "ते ना", "त ना", (1, 3, 2, 0)),
    ("a sign too many", "กาม", "ก้าม", (1, 3, 2, 0)),
    ("a sign too many at a word's end", "ते ना", "तें ना", (1, 3, 2, 0)),
    ("a sign on a wrong letter", "ते ना", "पे ना", (1, 3, 2, 0)),
    ("Latin stays one character", "ea é", "e\u{301}a é", (1, 4, 3, 0)),
];

#[test]
fn signs_come_and_go_one_by_one() {
    for (why, text, notation, expected) in CASES {
        let exercise = on(text, Rules::practice(Limit::Text));
        let session = play(&exercise, notation);
        assert_eq!(session.phase(), Phase::Ended(End::Completed), "{why}");
        assert_eq!(counts(&session), *expected, "{why}");
        // The log says by which rules, and gives the same again.
        let log = session.log().unwrap();
        assert_eq!(log.conduct, Conduct::Second, "{why}");
        let bytes = log.to_bytes(&exercise);
        assert!(bytes.starts_with(b"TPL\x02\x02"), "{why}");
        let read = Log::from_bytes(&bytes, &exercise).unwrap();
        assert_eq!(Session::replay(Arc::clone(&exercise), &read).unwrap(), session, "{why}");
    }
}

#[test]
fn what_correction_forbids_signs_do_not_do() {
    let rules = |correction| Rules { correction, ..Rules::practice(Limit::Text) };
    let session = play(&on("ते ना", rules(Correction::None)), "ती⌫⌫ ना");
    assert_eq!(counts(&session), (1, 3, 2, 0));
    let session = play(&on("ते ना क", rules(Correction::CurrentWord)), "ते ⌫नी⌫ा क");
    assert_eq!(counts(&session), (0, 6, 5, 1));
}

/// Plain texts are logged as before; the same keys under the rules of format 1 mean what they meant.
#[test]
fn old_logs_keep_their_rules() {
    let plain = play(&on("so ok", Rules::practice(Limit::Text)), "so ok").log().unwrap();
    assert_eq!(plain.conduct, Conduct::First);
    assert!(plain.to_bytes(&on("so ok", Rules::practice(Limit::Text))).starts_with(b"TPL\x01"));

    let exercise = on("ते ना", Rules::practice(Limit::Text));
    let new = play(&exercise, "ती⌫े ना").log().unwrap();
    let mut old = Session::started_by(Arc::clone(&exercise), Conduct::First);
    for event in &new.events {
        old.record(event.at, event.what);
    }
    old.give_up(2_000);
    assert_eq!(
        old.words()[0].typed.len(),
        1,
        "Backspace took all of the character, and the sign stands alone"
    );
    let log = old.log().unwrap();
    let bytes = log.to_bytes(&exercise);
    assert!(bytes.starts_with(b"TPL\x01"));
    let read = Log::from_bytes(&bytes, &exercise).unwrap();
    assert_eq!(Session::replay(Arc::clone(&exercise), &read).unwrap(), old);
    // The same keys by the other rules are another session.
    let other = Session::replay(exercise, &Log { conduct: Conduct::Second, ..log }).unwrap();
    assert_eq!((counts(&old).0, counts(&other).0), (1, 0));
}

#[test]
fn a_log_names_rules_that_there_are() {
    let exercise = on("ते ना", Rules::practice(Limit::Text));
    let bytes = play(&exercise, "ते ना").log().unwrap().to_bytes(&exercise);
    for (rules, error) in [
        (&[0][..], BytesError::Value("rules of the caret", 0)),
        (&[1], BytesError::Value("rules of the caret", 1)),
        (&[3], BytesError::Value("rules of the caret", 3)),
        (&[0x82, 0], BytesError::LongForm("rules of the caret")),
    ] {
        let altered = [b"TPL\x02", rules, &bytes[5..]].concat();
        assert_eq!(Log::from_bytes(&altered, &exercise), Err(error));
    }
    assert_eq!(Log::from_bytes(b"TPL\x02", &exercise), Err(BytesError::Truncated("rules of the caret")));
}

fn kept(text: &str) -> Arc<Exercise> {
    let rules = Rules::practice(Limit::Text);
    let form = (Lookalikes::Exact, Layout::Kept);
    Arc::new(Exercise::laid_out(Source::Own("code".into()), 0, text, form, rules).unwrap())
}

#[test]
fn white_space_that_is_kept_is_typed() {
    let code = kept("if x:\n    y\n\n\tz  = 1\n");
    assert_eq!(counts(&play(&code, "if x:↵    y↵↵⇥z  = 1")), (0, 20, 20, 0));
    // A space too many in the margin goes nowhere, and so does Enter.
    assert_eq!(counts(&play(&code, "if x:↵     ↵y↵↵⇥z  = 1")), (0, 22, 20, 2));
    // Spaces are no tab, and no tab is a space.
    assert_eq!(counts(&play(&code, "if x:↵    y↵↵ ⇥z  = 1")).0, 0, "a space before a tab is one too many");
    assert_eq!(counts(&play(&code, "if x:↵⇥   y↵↵⇥z  = 1")), (1, 20, 19, 0));
    let mut session = play(&code, "if x:↵y↵z");
    assert_eq!(session.phase(), Phase::Running, "without its indentation a text does not end");
    session.give_up(session.last_at());
    assert!(counts(&session).0 > 0);
    let log = play(&code, "if x:↵    y↵↵⇥z  = 1").log().unwrap();
    assert_eq!(Log::from_bytes(&log.to_bytes(&code), &code).unwrap(), log);
}

#[test]
fn tab_types_nothing_where_the_text_has_none() {
    let mut session = Session::new(on("ab", Rules::practice(Limit::Text)));
    assert_eq!(session.press(Stroke { at: 0, key: Key::Tab }), Phase::Ready);
    session.press(Stroke { at: 0, key: Key::Char('a') });
    session.press(Stroke { at: 50, key: Key::Tab });
    assert_eq!((session.tally().typed, session.events().len()), (1, 1));
}
