//! From screen to screen: what opens, where back leads, what is refused on the way.

use std::time::Duration;

use ratatui::layout::Size;
use typeproof::desk::Given;
use typeproof::sitting::Task;
use typeproof::tui::app::{App, Start};
use typeproof::tui::drive::Program;
use typeproof::tui::input::KeyPress;

use super::{Bench, TEXT, desk, with_level};

#[test]
fn every_screen_opens_and_leads_back() {
    let mut bench = Bench::new(Start::Home, false);
    for (key, heading) in [
        ('p', "Practice"),
        ('l', "Levels"),
        ('t', "History"),
        ('g', "Progress"),
        ('b', "badge"),
        ('v', "erify"),
        ('h', "What this is"),
    ] {
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
    let ways: [&[(KeyPress, &str)]; 5] = [
        // From home straight into practice or a test: what can be practised, or the list of levels, lies between them.
        &[
            (Enter, "Which layout does your keyboard have?"),
            (Enter, "The first key starts the clock."),
            (KeyPress::Tab, "The first key starts the clock."),
            (Esc, "Guided"),
            (Esc, "Quit"),
        ],
        &[
            (Char('l'), "Levels"),
            (Enter, "The first key starts the clock."),
            (KeyPress::Tab, "The first key starts the clock."),
            (Esc, "Levels"),
            (Esc, "Quit"),
        ],
        &[
            (Char('b'), "My badges"),
            (Enter, "Ada"),
            (Char('s'), "Share"),
            (Char('c'), "These files were written"),
            (Char('e'), "These files were written"),
            (Esc, "u digits"),
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
    assert!(bench.press(KeyPress::Ctrl('p')).contains("Replay: Own level cats"));
    assert!(bench.press(KeyPress::Esc).contains("Result: Own level cats"));
    assert!(bench.press(KeyPress::Ctrl('n')).contains("Levels"));
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
    assert!(!shown.contains("no such file") && shown.contains("Integrity"), "{shown}");
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
