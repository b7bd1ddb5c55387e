//! Practice with the coach: from home to a text, why it was chosen, and on to what comes next.

use chrono::DateTime;
use typeproof::coach::mode::Mode;
use typeproof::sitting::{Practice, Task};
use typeproof::store::history::Filter;
use typeproof::tui::app::Start;
use typeproof::tui::drive::Program;
use typeproof::tui::input::{Input, KeyPress};
use typeproof::typing::attempt::Attempt;
use typeproof::typing::exercise::Source;
use typeproof::typing::key::{Key, Stroke};
use typeproof::typing::rules::OnError;
use typeproof::typing::session::Session;

use super::{Bench, TEXT, desk};

impl Bench {
    /// Types the text that is on the screen, whatever it is, with one wrong key in so many.
    fn type_all(&mut self, wrong_every: usize) -> String {
        let session = self.app.session().expect("a text to type");
        let text: Vec<char> = session.exercise().text.to_string().chars().collect();
        for (n, c) in text.into_iter().enumerate() {
            if n % wrong_every == wrong_every - 1 {
                self.take(&Input::Key(KeyPress::Char('#')));
                self.take(&Input::Key(KeyPress::Backspace));
            }
            self.take(&Input::Key(if c == '\n' { KeyPress::Enter } else { KeyPress::Char(c) }));
        }
        self.draw()
    }
}

#[test]
fn practice_is_chosen_typed_explained_and_goes_on() {
    let mut bench = Bench::new(Start::Home, false);
    let shown = bench.press(KeyPress::Char('p'));
    assert!(shown.contains("Nothing typed yet") && shown.contains("8 of 26"), "{shown}");
    // The layout is asked once, before the first text.
    assert!(bench.press(KeyPress::Enter).contains("Which layout does your keyboard have?"));
    let shown = bench.press(KeyPress::Enter);
    assert!(shown.contains("The first key starts the clock.") && shown.contains("why this text?"), "{shown}");
    assert!(shown.contains(" finger"), "practice shows the keyboard: {shown}");
    let shown = bench.press(KeyPress::F(3));
    assert!(shown.contains("This text practises"), "{shown}");
    let shown = bench.type_all(9);
    assert!(shown.contains("Result: Practice") && shown.contains("Enter: Go on · another text."), "{shown}");
    bench.calm();
    assert!(bench.press(KeyPress::Ctrl('y')).contains("This text practises"));
    let shown = bench.press(KeyPress::Enter);
    assert!(shown.contains("The first key starts the clock."), "{shown}");
    bench.type_all(1000);
    let mut desk = desk(&bench.home);
    let rows = desk.history().unwrap().attempts(&Filter::default()).unwrap();
    assert_eq!(rows.iter().map(|row| row.source.as_str()).collect::<Vec<_>>(), ["practice: guided"; 2]);
    let (_, bytes) = desk.history().unwrap().attempt(&rows[0].id).unwrap().unwrap();
    let exercise = Attempt::from_bytes(&bytes).unwrap().exercise;
    assert_eq!(exercise.source, Source::Coach("guided".to_owned()));
    assert!(desk.learner().unwrap().right() > 100);
    bench.calm();
    assert!(bench.press(KeyPress::Esc).contains("Practise"));
}

/// From the history an attempt is opened, played, typed again; and back leads there.
#[test]
fn the_history_is_looked_through_and_progress_seen() {
    let mut bench = Bench::text(false);
    bench.type_in(TEXT);
    let mut bench = Bench::in_home(bench.home, Start::Home, false);
    let shown = bench.press(KeyPress::Char('t'));
    assert!(
        shown.contains("1 attempt") && shown.contains("cats.txt") && shown.contains("120 WPM"),
        "{shown}"
    );
    let shown = bench.press(KeyPress::Enter);
    assert!(shown.contains("Result: cats.txt") && !shown.contains("Enter:"), "{shown}");
    assert!(bench.press(KeyPress::Ctrl('p')).contains("Replay: cats.txt"));
    assert!(bench.press(KeyPress::Esc).contains("Result: cats.txt"));
    assert!(bench.press(KeyPress::Esc).contains("1 attempt"));
    assert!(bench.press(KeyPress::Char('r')).contains("Replay: cats.txt"));
    assert!(bench.press(KeyPress::Esc).contains("1 attempt"));
    bench.press(KeyPress::Enter);
    let shown = bench.press(KeyPress::Tab);
    assert!(shown.contains("The first key starts the clock.") && shown.contains("cats sat"), "{shown}");
    bench.press(KeyPress::Esc);
    let shown = bench.press(KeyPress::Char('g'));
    assert!(shown.contains("Two tests make a graph"), "{shown}");
    assert!(bench.press(KeyPress::Tab).contains("by speed"));
    let shown = bench.press(KeyPress::Tab);
    assert!(shown.contains("speed ↓") && shown.contains("100 ms"), "{shown}");
    // All are equally slow, and the space, which comes first, is no key to pin.
    bench.press(KeyPress::Down);
    assert!(bench.press(KeyPress::Char('p')).contains("pinned"));
    assert_eq!(desk(&bench.home).wishes().pinned.len(), 1);
    bench.press(KeyPress::BackTab);
    bench.press(KeyPress::BackTab);
    let shown = bench.press(KeyPress::BackTab);
    assert!(shown.contains("0 of ‹ 15 › minutes"), "{shown}");
    assert!(bench.press(KeyPress::Char('+')).contains("0 of ‹ 20 › minutes"));
    assert_eq!(desk(&bench.home).settings.daily_goal_minutes, 20);
    assert!(bench.press(KeyPress::Esc).contains("Quit"));
}

#[test]
fn the_words_that_were_missed_are_one_key_away() {
    let mut bench = Bench::text(false);
    bench.type_in("Two czts szt. One left.");
    bench.calm();
    let shown = bench.press(KeyPress::Ctrl('e'));
    assert!(shown.contains("Practice: missed words") && shown.contains("cats"), "{shown}");
    let words = bench.app.session().unwrap().exercise().text.to_string();
    assert!(words.split(' ').all(|word| ["cats", "sat."].contains(&word)), "{words}");
    let shown = bench.press(KeyPress::F(3));
    assert!(shown.contains("in each a key was missed"), "{shown}");
}

#[test]
fn home_suggests_the_level_that_two_of_three_runs_pass_and_never_one_below() {
    let mut bench = Bench::new(Start::Home, false);
    assert!(bench.draw().contains("A minute of common words shows where you stand"));
    // 60 words a minute for half a minute and more.
    let text = TEXT.repeat(8);
    for run in 0..3 {
        let task =
            Task::Text { name: "cats.txt".to_owned(), raw: text.clone(), lookalikes: Default::default() };
        let mut typing = Bench::in_home(bench.home, Start::Test(task), false);
        typing.gap = std::time::Duration::from_millis(198);
        typing.type_all(10_000);
        bench = Bench::in_home(typing.home, Start::Home, false);
        let shown = bench.draw();
        if run == 0 {
            assert!(shown.contains("but not in most runs"), "{shown}");
        } else {
            let runs = if run == 1 { "two of three runs" } else { "each of your last three runs" };
            assert!(shown.contains("Typing 60 WPM"), "{shown}");
            assert!(shown.contains(&format!("You pass 60 WPM in {runs}: take the level.")), "{shown}");
        }
    }
}

#[test]
fn what_the_learner_asks_for_is_kept() {
    let mut bench = Bench::new(Start::Home, false);
    bench.press(KeyPress::Char('p'));
    assert!(bench.press(KeyPress::Right).contains("your target: ‹ 40 WPM ›"));
    bench.press(KeyPress::Char('b'));
    let settings = desk(&bench.home).settings;
    assert_eq!(settings.target_wpm, Some(40));
    assert!(bench.press(KeyPress::Char('a')).contains("the coach aims at: ‹ 35 WPM ›"));
    assert_eq!(desk(&bench.home).settings.target_wpm, None);
}

#[test]
fn practice_of_every_kind_has_a_text_from_the_first_day() {
    let start = |practice| {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("settings.toml"), "layout = \"us\"\n").unwrap();
        Bench::in_home(home, Start::Test(Task::Practice(practice)), false)
    };
    for mode in Mode::ALL {
        let bench = start(Practice::Mode(mode));
        assert_eq!(bench.app.session().unwrap().due().map(|key| matches!(key, Key::Char(_))), Some(true));
    }
    assert!(start(Practice::Level("speed-40".to_owned())).app.session().is_some());
}

/// The screen is drawn when the pace moves, and what is typed against is marked.
#[test]
fn a_pace_is_typed_against() {
    let mut bench = Bench::text(false);
    bench.type_in(TEXT);
    let home = bench.home;
    std::fs::write(home.path().join("settings.toml"), "pace = \"60\"\n").unwrap();
    let task =
        Task::Text { name: "cats.txt".to_owned(), raw: TEXT.to_owned(), lookalikes: Default::default() };
    let mut bench = Bench::in_home(home, Start::Test(task), false);
    let marked = |bench: &Bench| {
        let buffer = bench.screen.shown();
        let yellow = |at: &ratatui::layout::Position| buffer[*at].fg == ratatui::style::Color::Yellow;
        let cells: Vec<_> = buffer.area.rows().flat_map(ratatui::layout::Rect::columns).collect();
        cells.iter().map(|cell| cell.as_position()).filter(yellow).map(|at| at.x).collect::<Vec<_>>()
    };
    assert_eq!(marked(&bench), Vec::<u16>::new(), "nobody moves before the first key");
    bench.press(KeyPress::Char('T'));
    let (start, first) = (bench.now, marked(&bench));
    assert_eq!(first.len(), 1);
    for step in 1..6 {
        let wake = bench.app.wake().unwrap();
        assert_eq!(wake, start + std::time::Duration::from_millis(200 * step));
        bench.app.tick(wake);
        bench.draw();
        assert_eq!(marked(&bench), [first[0] + step as u16]);
    }
    let bytes = {
        bench.app.tick(bench.app.wake().unwrap());
        bench.app.draw(&mut bench.screen).len()
    };
    assert!(bytes < 60, "a move costs {bytes} bytes");
}

#[test]
fn options_are_set_kept_and_hold_where_no_level_has_rules() {
    let mut bench = Bench::new(Start::Home, false);
    let shown = bench.press(KeyPress::Char('o'));
    assert!(shown.contains("Pace caret") && shown.contains("the caret goes on"), "{shown}");
    bench.press(KeyPress::Down);
    assert!(bench.press(KeyPress::Right).contains("the caret waits for the right key"));
    let task =
        Task::Text { name: "cats.txt".to_owned(), raw: TEXT.to_owned(), lookalikes: Default::default() };
    let mut bench = Bench::in_home(bench.home, Start::Test(task), false);
    let shown = bench.type_in("Txwo cats sat. One left.");
    assert!(shown.contains("Result: cats.txt") && shown.contains("0 errors left"), "{shown}");
    let row = desk(&bench.home).history().unwrap().attempts(&Filter::default()).unwrap().remove(0);
    let (_, bytes) = desk(&bench.home).history().unwrap().attempt(&row.id).unwrap().unwrap();
    let rules = Attempt::from_bytes(&bytes).unwrap().exercise.rules;
    assert_eq!(rules.on_error, OnError::Stop, "the attempt says so");
    let level = Bench::in_home(bench.home, Start::Test(Task::Level("speed-40".to_owned())), false);
    assert_eq!(
        level.app.session().unwrap().exercise().rules.on_error,
        OnError::GoOn,
        "a level has its own rules"
    );
}

#[test]
fn a_former_run_is_typed_against() {
    let mut bench = Bench::text(false);
    bench.type_in(TEXT);
    let mut bench = Bench::in_home(bench.home, Start::Home, false);
    bench.press(KeyPress::Char('t'));
    let shown = bench.press(KeyPress::Char('g'));
    assert!(shown.contains("The first key starts the clock.") && shown.contains("Two cats"), "{shown}");
    bench.press(KeyPress::Char('T'));
    let wake = bench.app.wake().unwrap();
    assert_eq!(wake, bench.now + std::time::Duration::from_millis(100), "as fast as that run");
}

/// A history that is new to the coach is read in parts: the screen says how far it is, keys answer meanwhile, and it goes on
/// where it was left.
#[test]
fn a_long_history_is_read_in_parts() {
    let home = tempfile::tempdir().unwrap();
    let mut saving = desk(&home);
    let task = Task::Text { name: "a".into(), raw: "as a".into(), lookalikes: Default::default() };
    let exercise = saving.sit(task).unwrap().session().exercise().clone();
    let times = DateTime::UNIX_EPOCH..DateTime::UNIX_EPOCH;
    for _ in 0..260 {
        let mut session = Session::new(exercise.clone());
        while let Some(key) = session.due() {
            session.press(Stroke { at: session.last_at() + 150, key });
        }
        saving.finish(session, None, times.clone()).unwrap();
    }
    drop(saving);
    let mut bench = Bench::in_home(home, Start::Home, false);
    let shown = bench.press(KeyPress::Char('p'));
    assert!(shown.contains("of 260 attempts read"), "{shown}");
    assert!(bench.app.wake().is_some_and(|wake| wake <= std::time::Instant::now()), "it goes on at once");
    let shown = bench.press(KeyPress::Esc);
    assert!(shown.contains("Practise"), "{shown}");
    bench.press(KeyPress::Char('p'));
    let reads = |bench: &mut Bench| bench.draw().contains("attempts read");
    let mut parts = 0;
    while reads(&mut bench) {
        bench.app.tick(bench.now);
        parts += 1;
        assert!(parts < 9);
    }
    assert!(bench.draw().contains("You type about"), "{}", bench.draw());
    assert!(desk(&bench.home).read_on(1).unwrap(), "what was read is kept");
}
