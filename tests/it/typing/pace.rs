//! A pace stands where somebody stands who types so, and says when it moves next.

use proptest::prelude::*;
use typeproof::typing::pace::Pace;

use crate::support::typing::{laws, typed};

#[test]
fn a_steady_pace_types_a_word_of_five_characters_so_often() {
    // 60 words a minute are five characters a second; the first key starts the clock.
    let pace = Pace::steady(6_000).unwrap();
    let places: Vec<u32> = [0, 199, 200, 399, 400, 60_000].map(|at| pace.place(at)).to_vec();
    assert_eq!(places, [1, 1, 2, 2, 3, 301]);
    assert_eq!((pace.next(0), pace.next(200), pace.next(399)), (Some(200), Some(400), Some(400)));
    assert_eq!(Pace::steady(0), None);
    assert_eq!(Pace::steady(u32::MAX).unwrap().place(u32::MAX), u32::MAX);
    assert_eq!(Pace::steady(1).unwrap().next(u32::MAX), None, "beyond all time");
}

#[test]
fn a_run_is_followed_with_its_detours() {
    let pace = Pace::of_run(&typed("abc de", "axx⌫⌫bc de", 100));
    let places: Vec<u32> = (0..=9).map(|key| pace.place(key * 100)).collect();
    assert_eq!(places[..3], [1, 2, 3]);
    assert_eq!(places[5..], [2, 3, 4, 5, 6], "what was taken back is typed again");
    assert_eq!((pace.next(0), pace.next(900)), (Some(100), None));
    assert_eq!(Pace::of_run(&typed("abc", "", 100)).place(5_000), 0);
}

proptest! {
    #![proptest_config(laws(64))]

    #[test]
    fn the_next_move_is_the_first_one(wpm in 1_u32..40_000, at in 0_u32..3_600_000) {
        let pace = Pace::steady(wpm).unwrap();
        if let Some(next) = pace.next(at) {
            prop_assert!(next > at && pace.place(next) > pace.place(at));
            prop_assert_eq!(pace.place(next - 1), pace.place(at));
        }
    }
}
