//! The program with screens, without a terminal: what is typed, what is shown, what is saved, how it ends.

mod courses;
mod hours;
mod keyboards;
mod leaving;
mod levels;
mod practice;
mod ways;

use std::time::{Duration, Instant};

use ratatui::layout::{Rect, Size};
use ratatui::style::Modifier;
use tempfile::TempDir;
use typeproof::desk::{Desk, DeskError, Finished};
use typeproof::lessons::judge::Shortfall;
use typeproof::sitting::Task;
use typeproof::store::history::{Ended, Filter};
use typeproof::store::paths::Paths;
use typeproof::tui::app::{App, Start};
use typeproof::tui::drive::{Program, Request};
use typeproof::tui::input::{Input, KeyPress, Signal};
use typeproof::tui::screen::{Colours, Screen};
use typeproof::typing::log::End;
use typeproof::typing::session::Phase;

use crate::support::picture;

const TEXT: &str = "Two cats sat. One left.";

/// The program in a home of its own.
struct Bench {
    home: TempDir,
    app: App,
    screen: Screen,
    now: Instant,
    /// Time between two keys.
    gap: Duration,
}

impl Bench {
    fn new(start: Start, quick: bool) -> Self {
        Self::in_home(tempfile::tempdir().unwrap(), start, quick)
    }

    fn in_home(home: TempDir, start: Start, quick: bool) -> Self {
        let app = App::new(desk(&home), start, quick).unwrap();
        let screen = Screen::new(Size::new(80, 24), Colours::All);
        let mut bench = Self { home, app, screen, now: Instant::now(), gap: Duration::from_millis(100) };
        bench.app.resize(Rect::new(0, 0, 80, 24));
        bench.draw();
        bench
    }

    fn text(quick: bool) -> Self {
        let test =
            Task::Text { name: "cats.txt".to_owned(), raw: TEXT.to_owned(), lookalikes: Default::default() };
        Self::new(Start::Test(test), quick)
    }

    fn draw(&mut self) -> String {
        if self.app.is_stale() {
            self.app.draw(&mut self.screen);
        }
        picture::text(self.screen.shown())
    }

    fn take(&mut self, input: &Input) -> Request {
        self.now += self.gap;
        let request = self.app.take(self.now, input);
        self.app.tick(self.now);
        request
    }

    fn press(&mut self, key: KeyPress) -> String {
        self.take(&Input::Key(key));
        self.draw()
    }

    fn type_in(&mut self, text: &str) -> String {
        for c in text.chars() {
            self.take(&Input::Key(KeyPress::Char(c)));
        }
        self.draw()
    }

    fn calm(&mut self) {
        self.now += Duration::from_secs(3);
    }

    fn saved(&self) -> usize {
        desk(&self.home).history().unwrap().attempts(&Filter::default()).unwrap().len()
    }
}

fn desk(home: &TempDir) -> Desk {
    Desk::at(Paths::below(home.path()), None)
}

/// What the screen shows is not drawn a second time: that would cost a buffer of the whole screen.
#[test]
fn what_was_drawn_is_not_drawn_again() {
    let mut bench = Bench::text(false);
    assert!(!bench.app.is_stale(), "all of it was drawn at first");
    bench.press(KeyPress::Char('T'));
    assert!(!bench.app.is_stale(), "a key");
    bench.app.resize(Rect::new(0, 0, 80, 24));
    bench.draw();
    assert!(!bench.app.is_stale(), "another size");
}

/// A short level of the user's own.
const LEVEL: &str = r#"
title = "Cats"
[[level]]
id = "cats"
title = "Cats at {speed} {unit}"
rules = { limit = "text" }
pass = { speed = 200, accuracy = 90 }
text = "Two cats sat. One left."
"#;

fn with_level(quick: bool) -> Bench {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join("lessons")).unwrap();
    std::fs::write(home.path().join("lessons/cats.toml"), LEVEL).unwrap();
    let mut bench = Bench::in_home(home, Start::Test(Task::Level("cats".to_owned())), quick);
    // No time goes by on the wall clock here, and a level bears only so much difference.
    bench.gap = Duration::from_millis(50);
    bench
}

#[test]
fn a_text_is_typed_scored_and_saved() {
    let mut bench = Bench::text(false);
    assert_eq!(bench.saved(), 0);
    let shown = bench.type_in(TEXT);
    // 22 characters after the first in 22 tenths of a second: 120 words a minute.
    assert!(
        shown.contains("Result: cats.txt")
            && shown.contains("120.0 WPM net   100.0 % accuracy   0 errors left")
    );
    assert_eq!(bench.saved(), 1);
    bench.calm();
    bench.press(KeyPress::Ctrl('q'));
    assert_eq!(bench.app.status(), Some(0));
    let finished: Finished = bench.app.into_finished().unwrap();
    assert_eq!((finished.score.gross_wpm_x100, finished.score.counts.duration_ms), (12_000, 2_200));
}

#[test]
fn what_is_typed_on_after_the_end_answers_nothing() {
    let mut bench = Bench::text(false);
    bench.type_in(TEXT);
    let shown = bench.type_in("qrlhp\n and on and on");
    assert!(shown.contains("Result: cats.txt"));
    assert_eq!((bench.app.status(), bench.saved()), (None, 1));
    bench.calm();
    let shown = bench.press(KeyPress::Ctrl('t'));
    assert!(shown.contains("The first key starts the clock."));
}

#[test]
fn a_quick_test_ends_with_its_last_character() {
    let mut bench = Bench::text(true);
    bench.type_in(TEXT);
    assert_eq!((bench.app.status(), bench.saved()), (Some(0), 1));
    assert!(bench.app.into_finished().is_some());
}

#[test]
fn a_test_given_up_at_once_is_not_saved() {
    for input in [Input::Key(KeyPress::Ctrl('c')), Input::Key(KeyPress::Esc)] {
        for typed in ["", "Two ca"] {
            let mut bench = Bench::text(false);
            bench.type_in(typed);
            assert_eq!(bench.take(&input), Request::Nothing);
            assert_eq!((bench.app.status(), bench.saved()), (Some(130), 0), "{input:?} after {typed:?}");
            assert!(bench.app.into_finished().is_none());
        }
    }
}

#[test]
fn a_line_that_drops_leaves_an_unfinished_attempt() {
    for input in [Input::Signal(Signal::Hangup), Input::Closed] {
        for (typed, saved) in [("", 0), ("T", 1), ("Two ca", 1)] {
            let mut bench = Bench::text(false);
            bench.type_in(typed);
            assert_eq!(bench.take(&input), Request::Nothing);
            // A hangup is followed by the end of the input, and saves nothing twice.
            bench.take(&Input::Closed);
            assert_eq!((bench.app.status(), bench.saved()), (Some(129), saved), "{input:?} after {typed:?}");
            assert!(bench.app.into_finished().is_none(), "nothing was finished");
            let mut desk = desk(&bench.home);
            for row in desk.history().unwrap().attempts(&Filter::default()).unwrap() {
                assert_eq!((row.ended, row.passed), (Ended::GaveUp, false));
                let session = desk.reopen(&row.id).unwrap().session;
                assert_eq!(session.phase(), Phase::Ended(End::GaveUp));
                assert_eq!(session.tally().typed as usize, typed.len(), "every key is in the log");
            }
        }
    }
}

/// Everything the level asks for was reached, and yet the test was not finished.
#[test]
fn an_unfinished_attempt_passes_nothing_and_yields_no_badge() {
    let mut bench = with_level(false);
    bench.type_in("Two cats sat. One left");
    bench.take(&Input::Closed);
    let mut desk = desk(&bench.home);
    desk.settings.holder_name = Some("Ada".to_owned());
    let row = desk.history().unwrap().attempts(&Filter::default()).unwrap().remove(0);
    assert!(row.net_wpm_x100 > 20_000 && row.accuracy_bp == 10_000, "fast and right: {row:?}");
    assert!(!row.passed && desk.history().unwrap().passed_levels().unwrap().is_empty());
    let finished = desk.reopen(&row.id).unwrap();
    assert_eq!(finished.verdict.as_ref().unwrap().as_ref().err().unwrap()[0], Shortfall::NotFinished);
    assert!(matches!(desk.award(&finished, None), Err(DeskError::NotPassed)));
    let mut home = Bench::in_home(bench.home, Start::Home, false);
    let shown = home.press(KeyPress::Char('b'));
    assert!(shown.contains("No badges yet"), "{shown}");
}

#[test]
fn leaving_home_is_no_failure() {
    for key in [KeyPress::Ctrl('c'), KeyPress::Char('q')] {
        let mut bench = Bench::new(Start::Home, false);
        bench.press(key);
        assert_eq!(bench.app.status(), Some(0));
    }
}

#[test]
fn stop_and_restart() {
    let mut bench = Bench::text(false);
    bench.type_in("Two ");
    assert_eq!(bench.take(&Input::Key(KeyPress::Ctrl('z'))), Request::Stop, "^Z stops the process");
    let shown = bench.press(KeyPress::Tab);
    assert!(shown.contains("The first key starts the clock.") && shown.contains("0 of 5 words"));
    assert!(bench.type_in(TEXT).contains("Result: cats.txt"));
}

#[test]
fn figures_are_hidden_and_that_is_remembered() {
    let mut bench = Bench::text(false);
    assert!(bench.type_in("Two cats").contains("WPM"));
    assert!(!bench.press(KeyPress::Ctrl('f')).contains("WPM"));
    assert!(!desk(&bench.home).settings.live_stats);
    assert!(bench.press(KeyPress::Ctrl('f')).contains("WPM"));
    assert!(bench.type_in(" sat. One left.").contains("Result"));
}

#[test]
fn help_is_shown_where_no_text_is_typed() {
    let mut bench = Bench::text(false);
    assert!(bench.press(KeyPress::F(1)).contains(" Keys: "));
    let shown = bench.press(KeyPress::Char('x'));
    assert!(!shown.contains(" Keys: ") && shown.contains("The first key starts the clock."), "{shown}");
    bench.type_in("T");
    assert!(!bench.press(KeyPress::F(1)).contains(" Keys: "), "not over a running test");
}

/// Where the keys have no room at once, going down shows the rest; a key that is none of the overlay's closes it.
#[test]
fn all_keys_are_shown_on_the_smallest_screen() {
    let mut bench = Bench::new(Start::Home, false);
    bench.press(KeyPress::Char('l'));
    bench.screen.resize(Size::new(40, 10));
    bench.app.resize(bench.screen.area());
    let mut all = bench.press(KeyPress::Char('?'));
    assert!(all.contains("Keys: ↓ shows more"), "{all}");
    for _ in 0..20 {
        all += &bench.press(KeyPress::Down);
    }
    let shown = bench.press(KeyPress::Char('x'));
    for words in [
        "start the chosen level",
        "another pathway",
        "to the ends",
        "leave the program",
        "suspend the program",
    ] {
        assert!(all.contains(words), "no {words:?} in {all}");
    }
    assert!(shown.contains("Levels") && bench.app.status().is_none(), "{shown}");
    assert!(bench.press(KeyPress::Char('?')).contains(" Keys"));
    bench.press(KeyPress::Ctrl('c'));
    assert_eq!(bench.app.status(), Some(0), "the program can be left from the overlay");
}

/// Whatever a letter does can be done without one.
#[test]
fn a_key_can_be_chosen_by_arrows_and_pressed_by_enter() {
    let choose = |bench: &mut Bench, words: &str, way: KeyPress| {
        bench.press(KeyPress::F(1));
        for _ in 0..30 {
            let drawn = bench.draw();
            let window = bench.screen.shown();
            let chosen = window.area.rows().find(|row| {
                let reversed = |x: u16| window[(x, row.y)].modifier.contains(Modifier::REVERSED);
                row.columns().filter(|at| reversed(at.x)).count() > 5
                    && drawn.lines().nth(row.y.into()).is_some_and(|line| line.contains(words))
            });
            if chosen.is_some() {
                return bench.press(KeyPress::Enter);
            }
            bench.press(way);
        }
        panic!("{words:?} was not chosen: {}", bench.draw());
    };
    for way in [KeyPress::Down, KeyPress::Up, KeyPress::Tab, KeyPress::BackTab] {
        let mut bench = Bench::text(false);
        bench.type_in(TEXT);
        bench.calm();
        assert!(choose(&mut bench, "replay", way).contains("Replay: cats.txt"));
        assert!(choose(&mut bench, "Esc", way).contains("Result: cats.txt"));
        let shown = choose(&mut bench, "redraw the screen", way);
        assert!(shown.contains("Result: cats.txt") && !shown.contains(" Keys: "), "{shown}");
        choose(&mut bench, "leave the program", way);
        assert_eq!(bench.app.status(), Some(0));
    }
}

#[test]
fn a_result_that_cannot_be_saved_is_kept_and_saved_later() {
    let home = tempfile::tempdir().unwrap();
    // A folder stands where the database belongs.
    let blocked = home.path().join("history.sqlite3");
    std::fs::create_dir(&blocked).unwrap();
    let test =
        Task::Text { name: "cats.txt".to_owned(), raw: TEXT.to_owned(), lookalikes: Default::default() };
    let mut bench = Bench::in_home(home, Start::Test(test), true);
    let shown = bench.type_in(TEXT);
    assert!(shown.contains("Not saved: ") && shown.contains("120.0 WPM net"), "{shown}");
    assert_eq!(bench.app.status(), None, "even a quick test stays");
    bench.calm();
    assert!(bench.press(KeyPress::Char('s')).contains("Not saved: "));
    std::fs::remove_dir(&blocked).unwrap();
    bench.calm();
    bench.press(KeyPress::Char('s'));
    assert_eq!((bench.app.status(), bench.saved()), (Some(0), 1));
    let finished = bench.app.into_finished().unwrap();
    assert!(finished.attempt.wall_ms < 2_000, "the wall clock is the one of the test's end");
}

#[test]
fn what_was_typed_for_long_is_not_lost_by_one_key() {
    let keys = [
        (KeyPress::Tab, "Tab again"),
        (KeyPress::Esc, "Esc again"),
        (KeyPress::Ctrl('r'), "Tab again"),
        (KeyPress::Ctrl('c'), "Ctrl-C again"),
    ];
    for (key, question) in keys {
        let mut bench = Bench::text(false);
        bench.type_in("Two");
        bench.now += Duration::from_secs(10);
        assert!(bench.press(key).contains(question));
        assert!(!bench.type_in(" ").contains(question), "typing goes on");
        assert!(bench.press(key).contains(question));
        let held = bench.take(&Input::Repeat(key));
        assert!(
            held == Request::Nothing && bench.draw().contains(question),
            "a key held down is no second press"
        );
        bench.press(key);
        assert!(bench.app.status() == Some(130) || bench.draw().contains("The first key starts the clock."));
    }
}
