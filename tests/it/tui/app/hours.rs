//! Hours of practice on the screen: they are told when they are reached, and My badges has their badge to claim.

use super::*;
use crate::support::records::{TEN_HOURS, save, with_pauses};

#[test]
fn hours_that_were_reached_are_claimed_in_the_wallet() {
    let home = tempfile::tempdir().unwrap();
    save(&mut desk(&home), &TEN_HOURS[..]);
    let mut bench = Bench::in_home(home, Start::Home, false);
    let shown = bench.press(KeyPress::Char('b'));
    assert!(
        shown.contains("My badges") && shown.contains("reached, no badge yet: Enter claims it"),
        "{shown}"
    );
    let shown = bench.press(KeyPress::Enter);
    assert!(shown.contains("name"), "whose badge is it? {shown}");
    bench.type_in("Ada Lovelace");
    bench.press(KeyPress::Enter);
    let shown = bench.press(KeyPress::Enter);
    for part in ["10 hours of typing", "Ada Lovelace", "practice-10h-", ".tpr"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(shown.contains("Nobody else observed the practice"), "{shown}");
    let badges = desk(&bench.home).history().unwrap().badges().unwrap();
    assert_eq!(badges.len(), 1);
    assert!(desk(&bench.home).due_practice().unwrap().is_empty(), "once is enough");
}

#[test]
fn the_test_that_completes_the_hours_says_so() {
    let home = tempfile::tempdir().unwrap();
    let mut all = TEN_HOURS.clone();
    all.truncate(4);
    // Half a second is missing.
    let pauses = [vec![5_000; 1_399], vec![4_500]].concat();
    all.push(with_pauses("2026-11-23T20:00:00Z", pauses));
    save(&mut desk(&home), &all);
    let test =
        Task::Text { name: "cats.txt".to_owned(), raw: TEXT.to_owned(), lookalikes: Default::default() };
    let mut bench = Bench::in_home(home, Start::Test(test), false);
    // No time goes by on the wall clock here, and practice bears only so much difference.
    bench.gap = Duration::from_millis(50);
    let shown = bench.type_in(TEXT);
    assert!(shown.contains("You have practised 10 hours"), "{shown}");
}
