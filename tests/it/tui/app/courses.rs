//! Courses through the real update loop: from home to the first lesson, what a result leads on to, and a whole course.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use typeproof::lessons::generator::Generator;
use typeproof::sitting::Task;
use typeproof::store::history::Filter;
use typeproof::system::Clocks;
use typeproof::tui::app::{App, Start};
use typeproof::tui::drive::Program;
use typeproof::tui::input::KeyPress;
use typeproof::typing::key::Key;

use super::{Bench, desk};

/// Clocks that go with the time of the inputs: two days ago, so that nothing ends in the future.
fn clocks(at: Instant) -> Clocks {
    static BEGAN: OnceLock<(Instant, DateTime<Utc>)> = OnceLock::new();
    let (instant, wall) = *BEGAN.get_or_init(|| (at, typeproof::system::now() - chrono::TimeDelta::days(2)));
    let since = at.saturating_duration_since(instant);
    Clocks { wall: wall + since, monotonic: at, machine: None }
}

/// The program of somebody who has not done anything yet.
fn newcomer(start: Start, settings: &str) -> Bench {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("settings.toml"), settings).unwrap();
    let mut bench = Bench::in_home(home, Start::Home, false);
    bench.app = App::new(desk(&bench.home), start, false).unwrap().with_clocks(clocks);
    bench.app.resize(ratatui::layout::Rect::new(0, 0, 80, 24));
    bench.draw();
    bench
}

/// Somebody who types what is due, `pace_ms` a key, and misses so many of a thousand keys and puts them right.
fn type_all(bench: &mut Bench, pace_ms: u64, wrong_in_1000: u64, luck: &mut Generator) -> String {
    bench.gap = Duration::from_millis(pace_ms);
    for _ in 0..4_000 {
        let Some(due) = bench.app.due() else { break };
        if luck.below(1_000) < wrong_in_1000 && due != Key::Char('~') {
            bench.press(KeyPress::Char('~'));
            bench.press(KeyPress::Backspace);
        }
        let key = match due {
            Key::Char(c) => KeyPress::Char(c),
            Key::Enter => KeyPress::Enter,
            other => panic!("{other:?} is due"),
        };
        bench.press(key);
    }
    bench.calm();
    bench.draw()
}

fn course(id: &str) -> Start {
    Start::Course(id.to_owned())
}

#[test]
fn from_home_to_the_first_lesson_and_back() {
    let mut bench = newcomer(Start::Home, "layout = \"us\"\n");
    let shown = bench.press(KeyPress::Char('s'));
    assert!(shown.contains("Foundations") && shown.contains("Next: Lesson 1: f and j"), "{shown}");
    let shown = bench.press(KeyPress::Right);
    assert!(shown.contains("Course: Foundations") && shown.contains("next is 1"), "{shown}");
    let shown = bench.press(KeyPress::Enter);
    for part in [
        "Foundations · Lesson 1: f and j",
        "Type f and j",
        "left index finger, where it rests",
        "To pass: 95 %",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let shown = bench.press(KeyPress::Enter);
    assert!(
        shown.contains("Lesson 1: f and j") && shown.contains("The first key starts the clock"),
        "{shown}"
    );
    for part in ["Lesson 1: f and j", "Course: Foundations", "Courses", "typeproof"] {
        let shown = bench.press(KeyPress::Esc);
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn a_lesson_that_is_passed_leads_on_to_the_next() {
    let mut bench = newcomer(course("foundations"), "layout = \"us\"\n");
    bench.press(KeyPress::Enter);
    bench.press(KeyPress::Enter);
    let shown = type_all(&mut bench, 1_000, 0, &mut Generator::new(1));
    assert!(shown.contains("Lesson passed.") && shown.contains("Lesson 2: d and k"), "{shown}");
    let shown = bench.press(KeyPress::Enter);
    assert!(shown.contains("Foundations · Lesson 2: d and k"), "{shown}");
    let attempts = desk(&bench.home).history().unwrap().attempts(&Filter::default()).unwrap();
    let lesson = attempts[0].lesson.as_ref().unwrap();
    let named = &lesson.named;
    let found =
        (named.course.as_str(), named.lesson.as_str(), named.layout.as_str(), named.language.as_str());
    assert_eq!(found, ("foundations", "keys-1", "us", "en"));
    assert!(attempts[0].passed && lesson.ground);
    let progress = desk(&bench.home).course_progress("foundations").unwrap();
    assert_eq!((progress.passed(), progress.next), (1, Some(1)));
    assert_eq!(progress.standings[0].passed.as_deref(), Some(attempts[0].id.as_str()));
    assert_eq!(progress.grounds(), None, "the others are still to come");
    // Home goes on with the course.
    let mut bench = Bench::in_home(bench.home, Start::Home, false);
    let shown = bench.draw();
    assert!(shown.contains("Lesson 2: d and k") && shown.contains("minutes"), "{shown}");
}

#[test]
fn a_lesson_that_is_not_passed_says_what_was_missing_and_by_how_much() {
    let mut bench = newcomer(course("foundations"), "layout = \"us\"\n");
    bench.press(KeyPress::Enter);
    bench.press(KeyPress::Enter);
    let shown = type_all(&mut bench, 4_000, 200, &mut Generator::new(1));
    let accuracy = shown.find("95 required").unwrap_or_else(|| panic!("{shown}"));
    let speed = shown.find("6 required").unwrap_or_else(|| panic!("{shown}"));
    assert!(
        shown.contains("Not passed.") && shown.contains("points short") && shown.contains("WPM short"),
        "{shown}"
    );
    assert!(accuracy < speed, "accuracy first: {shown}");
    assert!(shown.contains("Again · Lesson 1: f and j. Take it slower"), "{shown}");
    let shown = bench.press(KeyPress::Enter);
    assert!(shown.contains("Lesson 1: f and j") && shown.contains("Your best so far is"), "{shown}");
}

#[test]
fn a_gate_of_ones_own_counts_for_oneself_and_not_for_the_badge() {
    let mut bench =
        newcomer(course("foundations"), "layout = \"us\"\nlesson_accuracy = 80\nlesson_speed = 50\n");
    let shown = bench.press(KeyPress::Enter);
    assert!(shown.contains("To pass: 80 % right, 3 WPM") && shown.contains("gate is your own"), "{shown}");
    bench.press(KeyPress::Enter);
    let shown = type_all(&mut bench, 2_600, 80, &mut Generator::new(1));
    assert!(shown.contains("Lesson passed. It does not count for the course's badge"), "{shown}");
    let progress = desk(&bench.home).course_progress("foundations").unwrap();
    assert!(progress.standings[0].passed.is_some() && progress.standings[0].ground.is_none());
    assert_eq!(progress.next, Some(1));
    // What was passed stays passed when the settings ask for more again.
    std::fs::write(bench.home.path().join("settings.toml"), "lesson_accuracy = 99\n").unwrap();
    let mut desk = desk(&bench.home);
    let progress = desk.course_progress("foundations").unwrap();
    assert_eq!((progress.passed(), progress.lessons[1].gate.accuracy.unwrap().0), (1, 9_900));
    // Another layout has lessons of its own.
    assert_eq!(desk.course_progress("numbers").unwrap().passed(), 0);
    assert!(desk.course_progress("nothing").is_err());
}

#[test]
fn code_is_typed_with_enter_and_without_indentation() {
    let mut bench = newcomer(course("code-python"), "layout = \"us\"\n");
    bench.press(KeyPress::Enter);
    bench.press(KeyPress::Enter);
    let shown = type_all(&mut bench, 400, 10, &mut Generator::new(2));
    assert!(shown.contains("Lesson passed."), "{shown}");
    let desk = &mut desk(&bench.home);
    let id = desk.history().unwrap().attempts(&Filter::default()).unwrap()[0].id.clone();
    let finished = desk.reopen(&id).unwrap();
    assert!(finished.session.conduct() == typeproof::typing::conduct::Conduct::Third);
    let result = finished.lesson.unwrap();
    assert!(result.verdict.is_ok() && result.ground);
    assert!(finished.attempt.to_bytes().windows(4).any(|bytes| bytes == b"TPL\x03"));
}

/// From the first key to the final test, each lesson from the page of the one before it.
#[test]
fn a_whole_course_is_passed() {
    for id in ["foundations", "numbers"] {
        let mut bench = newcomer(course(id), "layout = \"us\"\n");
        let mut luck = Generator::new(7);
        let lessons = desk(&bench.home).course_progress(id).unwrap().lessons;
        bench.press(KeyPress::Enter);
        for lesson in &lessons {
            let page = bench.draw();
            assert!(page.contains(&lesson.name()), "{}: {page}", lesson.name());
            bench.press(KeyPress::Enter);
            let wpm_x100 = lesson.gate.speed.0 / lesson.rules.unit.per_wpm();
            let pace = 1_200_000 / u64::from(wpm_x100) * 8 / 10;
            let shown = type_all(&mut bench, pace, 4, &mut luck);
            assert!(shown.contains("Lesson passed."), "{}: {shown}", lesson.name());
            bench.press(KeyPress::Enter);
        }
        let progress = desk(&bench.home).course_progress(id).unwrap();
        assert_eq!((progress.passed(), progress.next), (lessons.len(), None));
        let grounds = progress.grounds().unwrap();
        let mut desk = desk(&bench.home);
        for (attempt, lesson) in grounds.iter().zip(&lessons) {
            let result = desk.reopen(attempt).unwrap().lesson.unwrap();
            assert!(result.ground && result.lesson.named == lesson.named);
        }
        let shown = bench.press(KeyPress::Esc);
        assert!(!shown.is_empty());
    }
}

#[test]
fn a_lesson_that_is_not_there_is_said() {
    let desk = || {
        let mut desk = desk(&tempfile::tempdir().unwrap());
        desk.settings.layout = Some("us".to_owned());
        desk
    };
    let start =
        |course: &str, lesson: &str| Start::Lesson { course: course.to_owned(), lesson: lesson.to_owned() };
    let said = |start: Start| App::new(desk(), start, false).err().map(|why| why.to_string());
    assert_eq!(
        said(start("foundations", "dance")).as_deref(),
        Some(
            "there is no lesson \"dance\" in the course foundations: `typeproof course foundations` lists them"
        )
    );
    assert_eq!(
        said(start("dance", "1")).as_deref(),
        Some("there is no course \"dance\": `typeproof course` lists them")
    );
    let task = Task::Lesson { course: "numbers".to_owned(), lesson: "row-9".to_owned() };
    assert!(said(Start::Test(task)).is_some());
}
