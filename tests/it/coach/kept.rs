//! What is known of a learner as bytes: the same again, one form only, and refused when damaged.

use proptest::prelude::*;
use typeproof::coach::state::State;
use typeproof::coach::track::{DAY, moment};
use typeproof::typing::bytes::BytesError;

use crate::support::typing::{laws, typed};

/// Texts with what was typed for them: errors, marks, clusters, words left out.
const TYPED: [(&str, &str); 7] = [
    ("the cat, the hat", "the cat, the hat"),
    ("the cat", "teh⌫⌫he cat"),
    ("né 🇩🇪 a — b", "né 🇩🇪 x⌫a — b"),
    ("one two three", "on two three"),
    ("abba", ""),
    ("“Yes,” 12 < 34", "\"Yes,\" 12 < 34"),
    ("a b", "axxxxx b"),
];

fn state(numbers: &[usize], pace: u32) -> State {
    let mut state = State::default();
    for (n, at) in numbers.iter().enumerate() {
        let (text, keys) = TYPED[at % TYPED.len()];
        state.add_session(n as u64 / 2 * DAY / 3, &typed(text, keys, pace + *at as u32));
    }
    state
}

proptest! {
    #![proptest_config(laws(48))]

    #[test]
    fn what_is_written_is_read_back_equal(numbers in prop::collection::vec(0_usize..999, 0..60), pace in 1_u32..9_000) {
        let state = state(&numbers, pace);
        let bytes = state.to_bytes();
        prop_assert_eq!(State::from_bytes(&bytes).unwrap(), state);
    }

    #[test]
    fn sessions_may_be_read_in_any_order(numbers in prop::collection::vec(0_usize..999, 0..60), turned in 0_usize..60) {
        let sessions: Vec<_> = numbers.iter().map(|at| {
            let (text, keys) = TYPED[at % TYPED.len()];
            ((*at as u64 % 5) * DAY, typed(text, keys, *at as u32 + 20))
        }).collect();
        let read = |order: &[usize]| {
            let mut state = State::default();
            order.iter().for_each(|n| state.add_session(sessions[*n].0, &sessions[*n].1));
            state.to_bytes()
        };
        let order: Vec<usize> = (0..sessions.len()).collect();
        let mut other: Vec<usize> = order.iter().rev().copied().collect();
        other.rotate_left(turned % sessions.len().max(1));
        prop_assert_eq!(read(&other), read(&order));
    }

    #[test]
    fn damaged_bytes_are_refused_or_are_another_state(at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let state = state(&(0..20).collect::<Vec<_>>(), 150);
        let mut bytes = state.to_bytes();
        let place = at.index(bytes.len());
        bytes[place] ^= 1 << bit;
        if let Ok(other) = State::from_bytes(&bytes) {
            prop_assert_eq!(other.to_bytes(), bytes, "one form only");
            prop_assert_ne!(other, state);
        }
    }
}

#[test]
fn what_no_history_leads_to_is_refused() {
    let bytes = state(&[0, 1, 2, 3, 5], 200).to_bytes();
    for length in 0..bytes.len() {
        assert!(State::from_bytes(&bytes[..length]).is_err(), "cut at {length}");
    }
    let followed = [&bytes[..], &[0]].concat();
    assert_eq!(State::from_bytes(&followed), Err(BytesError::Trailing(1)));
    let cases: [(&[u8], &str); 9] = [
        (&[], "cut off at: version"),
        (&[2, 0, 0, 0, 0, 0], "this is not what a coach knows, version 1"),
        (&[1, 0, 2], "number of latest texts: 2 cannot be"),
        (&[1, 0, 0, 1, 0x80, 0xb0, 3], "character: 55296 cannot be"),
        (&[1, 0, 0, 2, 98, 0, 0, 97, 0, 0, 0, 0], "order of tracks: 1 cannot be"),
        (&[1, 0, 0, 1, 98, 2, 1, 0, 0, 1, 0, 0], "tries: 2 cannot be"),
        (&[1, 0, 0, 1, 98, 2, 2, 0, 9, 1, 0, 8, 1, 0, 0], "tries: 2 cannot be"),
        (&[1, 0, 0, 1, 98, 1, 41], "latest tries: 41 cannot be"),
        (&[1, 0, 0, 0, 0, 1, 1, 0xff, 0, 0], "a word: "),
    ];
    for (bytes, why) in cases {
        let refused = State::from_bytes(bytes).unwrap_err().to_string();
        assert!(refused.contains(why), "{bytes:?}: {refused}");
    }
}

/// A session says itself what was due, so words that were left early move nothing else.
#[test]
fn a_session_is_read_as_it_was_typed() {
    let mut state = State::default();
    state.add_session(0, &typed("one two", "on two", 100));
    let ms = |key: char| state.key(key).and_then(typeproof::coach::track::Track::mean_ms);
    assert_eq!((ms('n'), ms('t'), ms('w')), (Some(100.0), Some(100.0), Some(100.0)));
    assert_eq!(
        state.key('e').map(|e| (e.tries(), e.missed())),
        Some((1, 1.0)),
        "the space came in its place"
    );
    let words: Vec<&str> = state.words().map(|(word, _)| word).collect();
    assert_eq!(words, ["one", "two"]);
    let mut marks = State::default();
    marks.add_session(0, &typed("\"yes,\" (no)", "\"yes,\" (no)", 100));
    let words: Vec<&str> = marks.words().map(|(word, _)| word).collect();
    assert_eq!(words, ["no", "yes"], "marks around a word are none of it");
    assert!(marks.key(',').is_some() && marks.pair(('s', ',')).is_some());
}

#[test]
fn moments_follow_the_clock() {
    assert_eq!(moment(86_400_000), DAY);
    assert_eq!(moment(43_200_000), DAY / 2);
    assert_eq!((moment(-1), moment(i64::MIN)), (0, 0));
    assert!(moment(i64::MAX) > 100_000 * DAY);
}
