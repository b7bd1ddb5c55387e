//! Keystrokes by key and by pair: what counts, what has a time, how they add up, and the form in which they are kept.

use proptest::prelude::*;
use proptest::sample::select;
use typeproof::typing::bytes::BytesError;
use typeproof::typing::insight::{self, KeyFigures};
use typeproof::typing::key::Stroke;
use typeproof::typing::keystrokes::{Keystrokes, KeystrokesError, Times};
use typeproof::typing::rules::{Limit, Rules};
use typeproof::typing::session::Session;
use typeproof::typing::text::{Grapheme, Lookalikes};

use crate::support::typing::{attempt_file, exercise, keys, laws, typed};

fn key(text: &str) -> Grapheme {
    Grapheme::new(text).unwrap()
}

fn pair(before: &str, due: &str) -> (Grapheme, Grapheme) {
    (key(before), key(due))
}

/// Hits, misses, and the times of the timed hits.
fn times(hits: u32, misses: u32, ms: &[u64]) -> Times {
    let squares_ms2 = ms.iter().map(|ms| ms * ms).sum();
    Times { hits, misses, timed: ms.len() as u32, total_ms: ms.iter().sum(), squares_ms2 }
}

/// A session of keys by notation, each with its time.
fn timed(text: &str, notation: &str, at: &[u32]) -> Session {
    let rules = Rules::practice(Limit::Text);
    let mut session = Session::new(exercise(text, Lookalikes::default(), rules));
    for (key, at) in keys(notation).zip(at) {
        session.press(Stroke { at: *at, key });
    }
    session.give_up(session.last_at());
    session
}

#[test]
fn keys_and_pairs_of_a_short_test() {
    let session = timed("ababa", "abx⌫aba", &[0, 100, 150, 180, 300, 390, 450]);
    let counted = Keystrokes::of(&session);
    let expected = [(key("a"), times(3, 1, &[200, 60])), (key("b"), times(2, 0, &[100, 90]))];
    assert_eq!(counted.keys.into_iter().collect::<Vec<_>>(), expected);
    let expected = [(pair("a", "b"), times(2, 0, &[100, 90])), (pair("b", "a"), times(2, 1, &[200, 60]))];
    assert_eq!(counted.pairs.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn a_pair_has_a_time_only_straight_after_its_first_key() {
    // Back from the third place to the second: its key has a time, the pair with the first has none.
    let counted = Keystrokes::of(&timed("abcd", "axy⌫⌫bcd", &[0, 100, 200, 300, 400, 500, 600, 700]));
    assert_eq!(counted.pairs[&pair("a", "b")], times(1, 1, &[]));
    assert_eq!(counted.pairs[&pair("b", "c")], times(1, 1, &[100]));
    assert_eq!(counted.keys[&key("b")], times(1, 1, &[300]));
    // After a wrong key that stays there is no pair that was typed.
    let counted = Keystrokes::of(&timed("abc", "axc", &[0, 100, 200]));
    assert_eq!(counted.pairs[&pair("b", "c")], times(1, 0, &[]));
}

#[test]
fn what_never_came_up_is_not_counted() {
    let counted = Keystrokes::of(&typed("abc", "", 100));
    assert_eq!(counted, Keystrokes::default());
    let counted = Keystrokes::of(&typed("abc", "a", 100));
    assert_eq!((counted.keys.len(), counted.pairs.len()), (1, 0));
    assert_eq!(counted.keys[&key("a")].mean_ms(), 0, "the first key starts the clock");
}

#[test]
fn keystrokes_of_several_tests_add_up() {
    let [one, other] = [typed("abba", "abba", 100), typed("abc", "axc", 300)].map(|s| Keystrokes::of(&s));
    let mut sum = one.clone();
    sum.add_bytes(&other.to_bytes()).unwrap();
    assert_eq!(sum.keys[&key("a")], times(3, 0, &[100]));
    assert_eq!(sum.keys[&key("b")], times(2, 1, &[100, 100]));
    assert_eq!(sum.keys[&key("c")], times(1, 0, &[300]));
    let mut turned = other;
    turned.add_bytes(&one.to_bytes()).unwrap();
    assert_eq!(turned, sum);
    let mut nothing = Keystrokes::default();
    nothing.add_bytes(&sum.to_bytes()).unwrap();
    assert_eq!(nothing, sum);
}

proptest! {
    #![proptest_config(laws(300))]

    #[test]
    fn whatever_is_typed_is_read_back_and_agrees_with_the_result(
        text in select(vec!["abab abc", "né 🇩🇪 a — b", "aa\nbb aa"]),
        notation in "[ab né⌫⌦↵—🇩🇪c]{0,40}",
        pace in 1..2_000u32,
    ) {
        let session = typed(text, &notation, pace);
        let counted = Keystrokes::of(&session);
        prop_assert_eq!(Keystrokes::from_bytes(&counted.to_bytes()), Ok(counted.clone()));
        prop_assert_eq!(Keystrokes::of_attempt(&attempt_file(&session)), Ok(counted.clone()));
        let all = |times: &mut dyn Iterator<Item = &Times>| times.fold((0, 0), |sum, t| (sum.0 + t.hits, sum.1 + t.misses));
        let (hits, misses) = all(&mut counted.keys.values());
        prop_assert_eq!(hits, session.tally().right);
        prop_assert!(hits + misses <= session.tally().typed);
        let (paired, paired_misses) = all(&mut counted.pairs.values());
        prop_assert!(paired <= hits && paired_misses <= misses);
        for times in counted.keys.values().chain(counted.pairs.values()) {
            prop_assert!(times.timed <= times.hits);
            prop_assert!(times.total_ms * times.total_ms <= times.squares_ms2 * u64::from(times.timed), "Cauchy");
        }
        let shown = insight::keys(&session);
        prop_assert_eq!(shown.len(), counted.keys.len());
        for KeyFigures { grapheme, hits, misses, mean_ms } in shown {
            let kept = counted.keys[&grapheme];
            prop_assert_eq!((kept.hits, kept.misses, kept.mean_ms()), (hits, misses, mean_ms));
        }
    }
}

/// One key `a` with one untimed hit, and no pair.
const ONE_KEY: [u8; 9] = [1, 1, 1, b'a', 1, 0, 0, 0, 0];

#[test]
fn what_was_not_written_so_is_refused() {
    let written = [ONE_KEY.as_slice(), &[0]].concat();
    let read = Keystrokes::from_bytes(&written).unwrap();
    assert_eq!((read.keys[&key("a")], read.to_bytes()), (times(1, 0, &[]), written.clone()));
    let a = &ONE_KEY[2..];
    let mut b = a.to_vec();
    b[1] = b'b';
    let altered: [(&str, Vec<u8>); 15] = [
        ("nothing", vec![]),
        ("version 0", [&[0], &written[1..]].concat()),
        ("version 2", [&[2], &written[1..]].concat()),
        ("a byte more", [&written[..], &[0]].concat()),
        ("a key that is missing", vec![1, 2, 1, b'a', 1, 0, 0, 0, 0, 0]),
        ("keys in descending order", [&[1, 2], &b[..], a, &[0]].concat()),
        ("a key twice", [&[1, 2], a, a, &[0]].concat()),
        ("a key without characters", vec![1, 1, 0, 1, 0, 0, 0, 0, 0]),
        ("a key that is no UTF-8", vec![1, 1, 1, 0xff, 1, 0, 0, 0, 0, 0]),
        ("a key that is too long", [&[1, 1, 129, 1], &[b'a'; 129][..], &[1, 0, 0, 0, 0, 0]].concat()),
        ("more times than hits", vec![1, 1, 1, b'a', 1, 0, 2, 0, 0, 0]),
        ("hits beyond 32 bits", vec![1, 1, 1, b'a', 0x80, 0x80, 0x80, 0x80, 0x10, 0, 0, 0, 0, 0]),
        ("a number in a longer form", vec![1, 1, 1, b'a', 0x81, 0, 0, 0, 0, 0, 0]),
        ("a sum beyond 64 bits", [&[1, 1, 1, b'a', 1, 0, 1], &[0xff; 9][..], &[2, 0, 0]].concat()),
        ("more keys than a text has", vec![1, 0xff, 0xff, 0xff, 0x7f]),
    ];
    for (name, bytes) in altered {
        assert!(Keystrokes::from_bytes(&bytes).is_err(), "{name}");
    }
    let all = Keystrokes::of(&typed("né 🇩🇪 a — b", "né 🇩🇪 a x b", 77)).to_bytes();
    for length in 0..all.len() {
        assert!(Keystrokes::from_bytes(&all[..length]).is_err(), "cut at {length}");
    }
}

#[test]
fn an_attempt_that_cannot_be_read_has_no_keystrokes() {
    let whole = attempt_file(&typed("abc", "abc", 100));
    for bytes in [&[][..], b"TPA\x01", &whole[..whole.len() - 1], &[&whole[..], &[0]].concat()] {
        let refused = Keystrokes::of_attempt(bytes);
        assert!(matches!(refused, Err(KeystrokesError::Bytes(_))), "{refused:?}");
    }
    assert_eq!(
        Keystrokes::of_attempt(b"no attempt"),
        Err(KeystrokesError::Bytes(BytesError::Magic("a typeproof attempt, version 1 to 3")))
    );
}
