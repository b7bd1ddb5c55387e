//! Leaving without loss: who types on after the end, results that cannot be saved, tests that are given up.

use std::time::Duration;

use tempfile::TempDir;
use typeproof::desk::DeskError;
use typeproof::sitting::Task;
use typeproof::store::history::{AttemptRow, Ended, Filter};
use typeproof::tui::app::{Left, Start};
use typeproof::tui::drive::Program;
use typeproof::tui::input::{Input, KeyPress, Signal};

use super::{Bench, TEXT, desk, with_level};

fn rows(home: &TempDir) -> Vec<AttemptRow> {
    desk(home).history().unwrap().attempts(&Filter::default()).unwrap()
}

/// A test of a text, in which a little was typed long ago.
fn half_way() -> Bench {
    let mut bench = Bench::text(false);
    bench.type_in("Two cats ");
    bench.now += Duration::from_secs(10);
    bench
}

/// At 20 words a minute a key comes every 600 ms, at the end of a line Enter.
#[test]
fn a_slow_typist_types_on_without_harm() {
    let mut bench = Bench::new(Start::Test(Task::Time(5)), false);
    bench.gap = Duration::from_millis(600);
    bench.type_in("quarrels ");
    let prose = "qualms rarely help, spoils more ?";
    for _ in 0..3 {
        let shown = bench.type_in(prose);
        assert!(shown.contains("Result: "), "{shown}");
        for key in [KeyPress::Enter, KeyPress::Tab, KeyPress::Backspace, KeyPress::DeleteWord] {
            assert!(bench.press(key).contains("Result: "), "{key:?}");
        }
    }
    assert_eq!((bench.app.status(), bench.saved()), (None, 1));
    // Later no letter leaves either.
    for c in prose.chars().filter(|c| *c != '?') {
        bench.calm();
        assert!(bench.press(KeyPress::Char(c)).contains("Result: "), "{c}");
    }
    bench.calm();
    assert!(bench.press(KeyPress::Ctrl('t')).contains("The first key starts the clock."));
}

#[test]
fn keys_of_the_test_do_not_answer_its_result() {
    for key in [KeyPress::Esc, KeyPress::Tab, KeyPress::Ctrl('t'), KeyPress::Enter, KeyPress::Char(' ')] {
        let mut bench = with_level(false);
        bench.type_in(TEXT);
        let shown = bench.press(key);
        assert!(shown.contains("Passed.") && shown.contains("Keys work again"), "{key:?}: {shown}");
    }
    let mut bench = with_level(false);
    bench.type_in(TEXT);
    bench.now += Duration::from_secs(1);
    bench.press(KeyPress::Esc);
    assert_eq!(bench.app.status(), Some(0), "Esc soon leaves");
}

#[test]
fn enter_pressed_once_a_second_answers_after_three() {
    let mut bench = with_level(false);
    bench.type_in(TEXT);
    bench.gap = Duration::from_secs(1);
    for _ in 0..2 {
        assert!(bench.press(KeyPress::Enter).contains("Keys work again"));
    }
    assert!(!bench.press(KeyPress::Enter).contains("Result: "));
    // What is said of it goes when it is no longer true.
    let mut bench = with_level(false);
    bench.type_in(TEXT);
    bench.press(KeyPress::Enter);
    bench.now = bench.app.wake().expect("the page wakes for it");
    bench.app.tick(bench.now);
    assert!(!bench.draw().contains("Keys work again"));
    assert_eq!(bench.app.wake(), None);
}

#[test]
fn a_running_level_asks_once_before_it_is_quit() {
    let mut bench = with_level(false);
    bench.type_in("Two");
    bench.now += Duration::from_secs(10);
    assert!(bench.press(KeyPress::Ctrl('c')).contains("Press Ctrl-C again to quit"));
    bench.take(&Input::Repeat(KeyPress::Ctrl('c')));
    assert_eq!(bench.app.status(), None);
    bench.press(KeyPress::Ctrl('c'));
    assert_eq!(bench.app.status(), Some(130));
    let [row] = &rows(&bench.home)[..] else { panic!("one attempt") };
    assert!(row.ended == Ended::GaveUp && !row.passed && row.level.is_some());
    assert!(matches!(bench.app.left(), Some(Left::Kept { has_rest: false, .. })), "a level is taken anew");
    assert!(matches!(desk(&bench.home).rest(None), Err(DeskError::NothingGivenUp)));
    assert!(matches!(desk(&bench.home).rest(Some(&row.id)), Err(DeskError::NoRest(_))));
}

/// A slip of the hand ends no level, however early; beginning anew is meant.
#[test]
fn a_level_that_was_hardly_begun_is_not_left_by_one_key() {
    for key in [KeyPress::Ctrl('c'), KeyPress::Esc] {
        let mut bench = with_level(false);
        bench.type_in("T");
        let shown = bench.press(key);
        assert!(shown.contains("again to") && !shown.contains("is kept"), "{key:?}: {shown}");
        assert_eq!(bench.app.status(), None);
        bench.press(key);
        assert_eq!((bench.app.status(), bench.saved()), (Some(130), 0), "{key:?}");
    }
    let mut bench = with_level(false);
    bench.type_in("T");
    assert!(bench.press(KeyPress::Tab).contains("The first key starts the clock."));
}

#[test]
fn a_text_given_up_is_kept_and_gone_on_with() {
    let ways: [(&[KeyPress], Option<u8>); 3] = [
        (&[KeyPress::Esc, KeyPress::Esc], Some(130)),
        (&[KeyPress::Ctrl('c'), KeyPress::Ctrl('c')], Some(130)),
        (&[KeyPress::Tab, KeyPress::Tab], None),
    ];
    for (keys, status) in ways {
        let mut bench = half_way();
        keys.iter().for_each(|key| drop(bench.press(*key)));
        assert_eq!(bench.app.status(), status, "{keys:?}");
        let [row] = &rows(&bench.home)[..] else { panic!("{keys:?}: one attempt") };
        assert!(row.ended == Ended::GaveUp && !row.passed);
        assert_eq!(bench.app.left(), Some(&Left::Kept { id: row.id.clone(), has_rest: true }));
        let keystrokes = desk(&bench.home).history().unwrap().keystrokes(&Filter::default()).unwrap();
        assert!(!keystrokes.keys.is_empty(), "it counts for practice");

        let rest = desk(&bench.home).rest(None).unwrap();
        let Task::Text { name, raw, .. } = &rest else { panic!("{rest:?}") };
        assert_eq!((&**name, &**raw), ("cats.txt, the rest", "sat. One left."));
        assert_eq!(desk(&bench.home).rest(Some(&row.id[..8])).unwrap(), rest);
        // The rest of the rest keeps its name; what was typed to its end has none.
        let mut bench = Bench::in_home(bench.home, Start::Test(rest), false);
        bench.type_in("sat. On");
        bench.now += Duration::from_secs(10);
        bench.press(KeyPress::Esc);
        bench.press(KeyPress::Esc);
        let rest = desk(&bench.home).rest(None).unwrap();
        let Task::Text { name, raw, .. } = &rest else { panic!("{rest:?}") };
        assert_eq!((&**name, &**raw), ("cats.txt, the rest", "One left."));
        let mut bench = Bench::in_home(bench.home, Start::Test(rest), false);
        assert!(bench.type_in("One left.").contains("Result: cats.txt, the rest"));
        assert_eq!(bench.app.left(), None);
        assert_eq!(desk(&bench.home).newest_rest(None).unwrap(), None, "a text that is done is not offered");
        let rows = rows(&bench.home);
        let whole = rows.iter().find(|row| row.ended == Ended::Completed).unwrap();
        assert!(matches!(desk(&bench.home).rest(Some(&whole.id)), Err(DeskError::NoRest(_))));
        assert!(matches!(desk(&bench.home).rest(Some("ffff")), Err(DeskError::NoAttempt(_))));
    }
}

#[test]
fn home_offers_the_rest_of_a_text() {
    let mut bench = half_way();
    bench.press(KeyPress::Esc);
    bench.press(KeyPress::Esc);
    let mut bench = Bench::in_home(bench.home, Start::Home, false);
    let shown = bench.draw();
    assert!(shown.contains("r  Resume") && shown.contains("cats.txt · 3 words left"), "{shown}");
    assert!(shown.contains("0 tests taken · 1 unfinished"), "{shown}");
    assert!(bench.press(KeyPress::Char('r')).contains("cats.txt, the rest"));
    assert!(bench.type_in("sat. One left.").contains("Result: cats.txt, the rest"));
    bench.now += Duration::from_secs(10);
    let shown = bench.press(KeyPress::Esc);
    assert!(!shown.contains("Resume") && shown.contains("1 test taken · 1 unfinished"), "{shown}");
    assert!(bench.press(KeyPress::Char('r')).contains("Free test"), "the key does nothing now");
}

#[test]
fn leaving_a_text_says_where_it_goes_on() {
    let mut bench = Bench::in_home(half_way().home, Start::Home, false);
    bench.press(KeyPress::Char('f'));
    bench.type_in("x");
    bench.now += Duration::from_secs(20);
    bench.press(KeyPress::Esc);
    let shown = bench.press(KeyPress::Esc);
    assert!(!shown.contains("What you typed is kept."), "words have no rest: {shown}");
}

#[test]
fn much_text_is_kept_however_fast_it_was_typed() {
    let raw = "Two cats sat. ".repeat(9);
    let task = Task::Text { name: "cats.txt".to_owned(), raw: raw.clone(), lookalikes: Default::default() };
    let mut bench = Bench::new(Start::Test(task), false);
    bench.type_in(&raw[..60]);
    assert!(bench.press(KeyPress::Esc).contains("Esc again"));
    bench.press(KeyPress::Esc);
    assert_eq!((bench.app.status(), bench.saved()), (Some(130), 1));
}

#[test]
fn what_was_hardly_begun_is_not_kept() {
    let mut bench = Bench::text(false);
    bench.type_in("Two cats ");
    bench.press(KeyPress::Esc);
    assert_eq!((bench.app.status(), bench.saved(), bench.app.left()), (Some(130), 0, None));
}

#[test]
fn signals_lose_nothing() {
    for signal in [Signal::Terminate, Signal::Hangup, Signal::Interrupt, Signal::Quit] {
        let mut bench = Bench::text(false);
        bench.type_in("Two cats ");
        bench.take(&Input::Signal(signal));
        assert_eq!((bench.app.status(), bench.saved()), (signal.exit_status(), 1), "{signal:?}");
        let mut bench = Bench::text(false);
        bench.take(&Input::Signal(signal));
        assert_eq!((bench.app.status(), bench.saved()), (signal.exit_status(), 0), "{signal:?}");
    }
}

/// A level that is given up has shown its passages: they count as seen, and another comes next.
#[test]
fn giving_up_is_no_way_to_peek() {
    let level = || Start::Test(Task::Level("speed-20".to_owned()));
    let mut bench = Bench::new(level(), false);
    bench.type_in("Whatever it asks for ");
    bench.now += Duration::from_secs(10);
    bench.press(KeyPress::Esc);
    bench.press(KeyPress::Esc);
    let [row] = &rows(&bench.home)[..] else { panic!("one attempt") };
    assert!(!row.passages.is_empty() && !row.passed);
    let seen = desk(&bench.home).history().unwrap().seen_passages().unwrap();
    assert!(
        row.passages.iter().all(|id| seen.iter().any(|(each, times)| each == id && *times > 0)),
        "{seen:?}"
    );
    let first = row.passages[0].clone();
    let mut next = Bench::in_home(bench.home, level(), false);
    next.type_in("Whatever it asks for ");
    next.now += Duration::from_secs(10);
    next.press(KeyPress::Esc);
    next.press(KeyPress::Esc);
    let again = rows(&next.home).into_iter().find(|each| each.id != row.id).unwrap();
    assert_ne!(again.passages[0], first);
}

/// A result in a home whose history cannot be written, and what stands in the way.
fn unsaved() -> (Bench, std::path::PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let blocked = home.path().join("history.sqlite3");
    std::fs::create_dir(&blocked).unwrap();
    let test =
        Task::Text { name: "cats.txt".to_owned(), raw: TEXT.to_owned(), lookalikes: Default::default() };
    let mut bench = Bench::in_home(home, Start::Test(test), false);
    assert!(bench.type_in(TEXT).contains("Not saved: "));
    bench.calm();
    (bench, blocked)
}

#[test]
fn an_unsaved_result_is_not_lost_by_one_key() {
    let keys = [KeyPress::Esc, KeyPress::Tab, KeyPress::Ctrl('t'), KeyPress::Ctrl('q'), KeyPress::Ctrl('c')];
    for key in keys {
        let (mut bench, _) = unsaved();
        let shown = bench.press(key);
        assert!(
            shown.contains("Still not saved: ") && shown.contains("Result: cats.txt"),
            "{key:?}: {shown}"
        );
        bench.take(&Input::Repeat(key));
        assert!(bench.app.status().is_none() && bench.draw().contains("Result: cats.txt"), "held down");
        // Any other key, and it is asked anew; Enter tries again as often as one likes.
        for _ in 0..3 {
            assert!(bench.press(KeyPress::Enter).contains("Not saved: "), "{key:?}");
        }
        assert!(bench.press(key).contains("Still not saved: "), "{key:?}");
        bench.press(key);
        let left = bench.app.status().is_some() || !bench.draw().contains("Result: cats.txt");
        assert!(left, "{key:?}: the second time it leaves");
    }
}

/// Where what should come next cannot be opened, the result is still there.
#[test]
fn an_unsaved_result_stays_where_nothing_else_opens() {
    let (mut bench, blocked) = unsaved();
    bench.press(KeyPress::Ctrl('n'));
    let shown = bench.press(KeyPress::Ctrl('n'));
    assert!(shown.contains("Result: cats.txt") && shown.contains("could not be opened"), "{shown}");
    assert!(bench.press(KeyPress::Enter).contains("Not saved: "));
    std::fs::remove_dir(&blocked).unwrap();
    bench.press(KeyPress::Enter);
    assert_eq!(bench.saved(), 1);
}

#[test]
fn an_unsaved_result_is_saved_on_leaving_where_that_works_now() {
    for key in [KeyPress::Esc, KeyPress::Ctrl('c'), KeyPress::Tab] {
        let (mut bench, blocked) = unsaved();
        std::fs::remove_dir(&blocked).unwrap();
        bench.press(key);
        assert_eq!(bench.saved(), 1, "{key:?}");
    }
    let (mut bench, blocked) = unsaved();
    std::fs::remove_dir(&blocked).unwrap();
    bench.take(&Input::Signal(Signal::Terminate));
    assert_eq!((bench.app.status(), bench.saved()), (Some(143), 1));
}
