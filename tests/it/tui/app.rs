//! The program with screens, without a terminal: what is typed, what is shown, what is saved, how it ends.

use std::time::{Duration, Instant};

use ratatui::layout::{Rect, Size};
use tempfile::TempDir;
use typeproof::desk::{Desk, DeskError, Finished, Given};
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

#[test]
fn a_text_is_typed_scored_and_saved() {
    let mut bench = Bench::text(false);
    assert_eq!(bench.saved(), 0);
    let shown = bench.type_in(TEXT);
    // 22 characters after the first in 22 tenths of a second: 120 words a minute.
    assert!(
        shown.contains("Result: cats.txt") && shown.contains("120 WPM net   100 % accuracy   0 errors left")
    );
    assert_eq!(bench.saved(), 1);
    bench.calm();
    bench.press(KeyPress::Char('q'));
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
    let shown = bench.press(KeyPress::Char('r'));
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
fn a_test_given_up_is_not_saved() {
    let ways = [
        (Input::Key(KeyPress::Ctrl('c')), 130),
        (Input::Key(KeyPress::Esc), 130),
        (Input::Signal(Signal::Interrupt), 130),
        (Input::Signal(Signal::Terminate), 143),
        (Input::Signal(Signal::Quit), 131),
    ];
    for (input, status) in ways {
        for typed in ["", "Two ca"] {
            let mut bench = Bench::text(false);
            bench.type_in(typed);
            assert_eq!(bench.take(&input), Request::Nothing);
            assert_eq!((bench.app.status(), bench.saved()), (Some(status), 0), "{input:?} after {typed:?}");
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
    assert!(bench.press(KeyPress::F(1)).contains(" Keys "));
    let shown = bench.press(KeyPress::Char('x'));
    assert!(!shown.contains(" Keys ") && shown.contains("The first key starts the clock."), "{shown}");
    bench.type_in("T");
    assert!(!bench.press(KeyPress::F(1)).contains(" Keys "), "not over a running test");
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
    assert!(shown.contains("Not saved: ") && shown.contains("120 WPM net"), "{shown}");
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
fn every_screen_opens_and_leads_back() {
    let mut bench = Bench::new(Start::Home, false);
    for (key, heading) in [('l', "Levels"), ('b', "badge"), ('v', "erify"), ('h', "What this is")] {
        let shown = bench.press(KeyPress::Char(key));
        assert!(shown.contains(heading) && !shown.contains("Quit"), "{key}: {shown}");
        let shown = bench.press(KeyPress::Esc);
        assert!(shown.contains("Quit"), "{key}: {shown}");
    }
}

/// One way back for all: what lies beneath, whichever way one came.
#[test]
fn back_leads_where_one_came_from() {
    use KeyPress::{Char, Enter, Esc};
    let mut bench = with_level(false);
    bench.type_in(TEXT);
    bench.calm();
    bench.press(Enter);
    bench.type_in("Ada");
    bench.press(Enter);
    bench.press(Enter);
    let mut bench = Bench::in_home(bench.home, Start::Home, false);
    bench.gap = Duration::from_millis(50);
    let ways: [&[(KeyPress, &str)]; 4] = [
        // From home straight into a test: the list of levels lies between them.
        &[
            (Enter, "The first key starts the clock."),
            (KeyPress::Tab, "The first key starts the clock."),
            (Esc, "Levels"),
            (Esc, "Quit"),
        ],
        &[
            (Char('b'), "My badges"),
            (Enter, "Ada"),
            (Char('s'), "Share"),
            (Char('c'), "Written"),
            (Char('e'), "Written"),
            (Esc, "u link"),
            (Esc, "My badges"),
            (Char('v'), "Integrity"),
            (KeyPress::Ctrl('u'), "Verify a badge"),
            (Enter, "Nothing was entered"),
            (Esc, "My badges"),
            (Char('l'), "Levels"),
            (Esc, "Quit"),
        ],
        &[(Char('v'), "Verify a badge"), (Char('x'), "x"), (Enter, "could not be"), (Esc, "Quit")],
        &[(Char('f'), "The first key starts the clock."), (Esc, "Quit")],
    ];
    for way in ways {
        for (step, (key, shows)) in way.iter().enumerate() {
            let shown = bench.press(*key);
            assert!(shown.contains(shows), "step {step}, {key:?}: no {shows:?} in\n{shown}");
        }
    }
}

/// A test from the command line is left with the program, however far one went from it.
#[test]
fn the_last_place_is_left_with_the_program() {
    let mut bench = with_level(false);
    bench.type_in(TEXT);
    bench.calm();
    assert!(bench.press(KeyPress::Char('p')).contains("Replay: Cats"));
    assert!(bench.press(KeyPress::Esc).contains("Result: Cats"));
    assert!(bench.press(KeyPress::Char('l')).contains("Levels"));
    assert_eq!(bench.app.status(), None);
    bench.press(KeyPress::Esc);
    assert_eq!(bench.app.status(), Some(0));
}

#[test]
fn trouble_is_told_on_the_screen_that_asked() {
    let mut bench = Bench::new(Start::Home, false);
    bench.press(KeyPress::Char('f'));
    assert!(bench.press(KeyPress::Esc).contains("Quit"));
    bench.press(KeyPress::Char('v'));
    bench.type_in("nothing.json");
    assert!(bench.press(KeyPress::Enter).contains("could not be verified"));
    bench.press(KeyPress::Ctrl('u'));
    let file = bench.home.path().join("badge.json");
    std::fs::write(&file, "{}").unwrap();
    // As a shell or a file manager copies it.
    bench.type_in(&format!(" '{}' ", file.display()));
    let shown = bench.press(KeyPress::Enter);
    assert!(!shown.contains("there is no file") && shown.contains("Integrity"), "{shown}");
}

#[test]
fn a_path_is_taken_as_a_shell_takes_it() {
    let home = typeproof::store::paths::expanded("~/");
    assert!(home.is_absolute(), "{home:?}");
    let below = home.join("a badge.json");
    for (given, path) in [
        ("~/a badge.json", below.as_path()),
        (" '~/a badge.json' ", &below),
        ("\"/tmp/b.json\"\n", "/tmp/b.json".as_ref()),
        ("/tmp/it's.json", "/tmp/it's.json".as_ref()),
        ("'", "'".as_ref()),
        ("~ada/b.json", "~ada/b.json".as_ref()),
    ] {
        assert_eq!(Given::path(given), path, "{given:?}");
    }
}

#[test]
fn a_level_that_is_not_there_is_refused_before_anything_is_shown() {
    let home = tempfile::tempdir().unwrap();
    let refused = App::new(desk(&home), Start::Test(Task::Level("speed-9000".to_owned())), false);
    assert!(refused.err().unwrap().to_string().contains("speed-9000"));
}

#[test]
fn small_screens_say_what_they_need_and_come_back() {
    let mut bench = Bench::new(Start::Home, false);
    for (width, height) in [(39, 24), (80, 9), (20, 5), (1, 1)] {
        bench.screen.resize(Size::new(width, height));
        bench.app.resize(bench.screen.area());
        let shown = bench.draw();
        assert!(width < 20 || shown.replace('\n', " ").contains("40×10 needed"), "{shown}");
    }
    bench.screen.resize(Size::new(40, 10));
    bench.app.resize(bench.screen.area());
    assert!(bench.draw().contains("typeproof"));
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
fn a_passed_level_is_awarded_once_and_found_in_the_wallet() {
    let mut bench = with_level(false);
    let shown = bench.type_in(TEXT);
    assert!(shown.contains("Passed. Press Enter for your badge."), "{shown}");
    bench.calm();
    assert!(bench.press(KeyPress::Enter).contains("Whose badge is it?"));
    bench.type_in("Ada");
    bench.press(KeyPress::Enter);
    let shown = bench.press(KeyPress::Enter);
    assert!(shown.contains("Cats at 200 WPM") && shown.contains("Ada"), "{shown}");
    for _ in 0..2 {
        assert!(bench.press(KeyPress::Esc).contains("Result: Cats at 200 WPM"));
        assert!(bench.press(KeyPress::Enter).contains("Cats at 200 WPM"));
    }
    let badges = desk(&bench.home).history().unwrap().badges().unwrap();
    assert_eq!(badges.len(), 1, "coming back issues nothing again");
    assert_eq!(badges[0].name, "Ada");
    let files = std::fs::read_dir(bench.home.path().join("badges")).unwrap().count();
    assert_eq!(files, 6);
    assert!(bench.press(KeyPress::Char('b')).contains("Cats at 200 WPM"));
}

/// What an address answers to a request for its page.
#[cfg(feature = "network")]
fn fetched(address: &str) -> std::io::Result<String> {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(address)?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[cfg(feature = "network")]
#[test]
fn one_key_serves_the_page_until_the_program_ends() {
    let mut bench = with_level(false);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    std::fs::write(bench.home.path().join("settings.toml"), format!("verify_url = \"http://{address}/#\"\n"))
        .unwrap();
    bench = Bench::in_home(bench.home, Start::Test(Task::Level("cats".to_owned())), false);
    bench.gap = Duration::from_millis(50);
    bench.type_in(TEXT);
    bench.calm();
    bench.press(KeyPress::Enter);
    bench.type_in("Ada");
    bench.press(KeyPress::Enter);
    assert!(bench.press(KeyPress::Enter).contains("w serve"), "the key is offered");
    let words = |shown: String| shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = words(bench.press(KeyPress::Char('w')));
    assert!(shown.contains(&format!("{address} is in use")), "{shown}");
    drop(taken);
    let shown = words(bench.press(KeyPress::Char('w')));
    assert!(shown.contains(&format!("is served at http://{address}/ until the program ends")), "{shown}");
    assert!(fetched(&address).unwrap().contains("id=\"verdict\""));
    assert_eq!(bench.app.wake(), None, "nothing is asked again and again");
    let shown = words(bench.press(KeyPress::Char('w')));
    assert!(shown.contains(&format!("is served already, at http://{address}/")), "{shown}");
    // Another screen and back.
    bench.press(KeyPress::Esc);
    let shown = words(bench.press(KeyPress::Enter));
    assert!(
        shown.contains(&format!(
            "The page at http://{address}/ is served until the program ends: link and code"
        )),
        "{shown}"
    );
    bench.press(KeyPress::Ctrl('c'));
    assert!(bench.app.into_finished().is_some() && fetched(&address).is_err(), "it ends with the program");
}

#[test]
fn a_badge_of_the_wallet_is_written_in_every_form_by_one_key() {
    let mut bench = with_level(false);
    bench.type_in(TEXT);
    bench.calm();
    bench.press(KeyPress::Enter);
    bench.type_in("Ada");
    bench.press(KeyPress::Enter);
    bench.press(KeyPress::Enter);
    bench.press(KeyPress::Char('b'));
    let folder = bench.home.path().join("badges");
    let written = |extension: &str| {
        let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
        files.filter(|file| file.to_str().unwrap().ends_with(extension)).count()
    };
    let shown = bench.press(KeyPress::Char('c'));
    assert!(shown.contains("Written") && shown.contains(".pdf"), "{shown}");
    assert_eq!([written(".pdf"), written(".html")], [1, 0]);
    let shown = bench.press(KeyPress::Char('e'));
    assert!(shown.contains("nothing was overwritten") && shown.contains(".html"), "{shown}");
    let all = [".json", ".txt", ".png", ".svg", ".tpa", ".pdf", ".html", ".md", ".share.txt"];
    assert_eq!(all.map(written), [1, 2, 2, 1, 1, 1, 1, 1, 1]);
    assert!(bench.press(KeyPress::Char('l')).contains("https://www.linkedin.com/profile/add?"));
    assert!(bench.press(KeyPress::Esc).contains("Share"));
    assert!(bench.press(KeyPress::Esc).contains("My badges"));
}

#[test]
fn a_badge_not_made_at_once_is_claimed_later() {
    let mut bench = with_level(false);
    bench.type_in(TEXT);
    let home = bench.home;
    let lessons = home.path().join("lessons");
    assert!(lessons.exists());
    let mut bench = Bench::in_home(home, Start::Home, false);
    assert!(bench.press(KeyPress::Char('b')).contains("no badge yet: Enter claims it"));
    assert!(bench.press(KeyPress::Enter).contains("Whose badge is it?"));
    bench.type_in("Ada");
    bench.press(KeyPress::Enter);
    assert!(bench.press(KeyPress::Enter).contains("Your badge is awarded"));
    assert!(bench.press(KeyPress::Esc).contains("Your badge is in My badges"));
    bench.press(KeyPress::Esc);
    assert!(!bench.press(KeyPress::Char('b')).contains("no badge yet"));
    assert!(!bench.press(KeyPress::Char('v')).contains("no badge yet"));
    assert!(bench.press(KeyPress::Esc).contains("My badges"), "back to the list");
}

#[test]
fn what_was_typed_for_long_is_not_lost_by_one_key() {
    let keys =
        [(KeyPress::Tab, "Tab again"), (KeyPress::Esc, "Esc again"), (KeyPress::Ctrl('r'), "Tab again")];
    for (key, question) in keys {
        let mut bench = Bench::text(false);
        bench.type_in("Two");
        bench.now += Duration::from_secs(10);
        assert!(bench.press(key).contains(question));
        assert!(!bench.type_in(" ").contains(question), "typing goes on");
        assert!(bench.press(key).contains(question));
        let held = bench.take(&Input::Repeat(key));
        assert!(held == Request::Nothing && bench.draw().contains(question), "a key held down is no second press");
        bench.press(key);
        assert!(bench.app.status() == Some(130) || bench.draw().contains("The first key starts the clock."));
    }
}

#[test]
fn a_level_that_was_not_passed_says_what_was_missing() {
    let mut bench = with_level(false);
    bench.type_in("Two cats sat. One lef");
    bench.now += Duration::from_millis(800);
    let shown = bench.type_in("t.");
    assert!(shown.contains("Not passed.") && shown.contains("WPM short"), "{shown}");
    bench.calm();
    assert!(bench.press(KeyPress::Enter).contains("Not passed."), "there is no badge to go on to");
}
