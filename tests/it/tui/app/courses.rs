//! Courses through the real update loop: from home to the first lesson, what a result leads on to, and a whole course.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use typeproof::badge::verify::{self, Check};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::generator::Generator;
use typeproof::sitting::Task;
use typeproof::store::history::Filter;
use typeproof::system::Clocks;
use typeproof::trust::TrustList;
use typeproof::tui::app::{App, Start};
use typeproof::tui::drive::Program;
use typeproof::tui::input::KeyPress;
use typeproof::typing::attempt::Attempt;
use typeproof::typing::key::Key;

use super::{Bench, desk};
use crate::badge::interop::assert_accepted;
use crate::support::records::{at, save};
use crate::support::{courses, node};

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
            let passed = if lesson.is_test { "You have completed the course." } else { "Lesson passed." };
            assert!(shown.contains(passed), "{}: {shown}", lesson.name());
            if !lesson.is_test {
                bench.press(KeyPress::Enter);
            }
        }
        badge_of_the_course(&mut bench, id, lessons.len());
        let progress = desk(&bench.home).course_progress(id).unwrap();
        assert_eq!((progress.passed(), progress.next), (lessons.len(), None));
        let grounds = progress.grounds().unwrap();
        let mut desk = desk(&bench.home);
        for (attempt, lesson) in grounds.iter().zip(&lessons) {
            let result = desk.reopen(attempt).unwrap().lesson.unwrap();
            assert!(result.ground && result.lesson.named == lesson.named);
        }
    }
}

/// From the result of the final test to the badge, which others accept and whose record bears it out.
fn badge_of_the_course(bench: &mut Bench, id: &str, lessons: usize) {
    let shown = bench.press(KeyPress::Enter);
    assert!(shown.contains("Whose badge is it?"), "{shown}");
    bench.type_in("Ada Lovelace");
    bench.press(KeyPress::Enter);
    let shown = bench.press(KeyPress::Enter);
    let title = if id == "numbers" { "Numbers" } else { "Foundations" };
    for part in [title, "typing course", "Ada Lovelace", "us, en"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(shown.contains("Nobody else observed the course."), "{shown}");
    let files: Vec<_> =
        std::fs::read_dir(bench.home.path().join("badges")).unwrap().map(|f| f.unwrap().path()).collect();
    let file = |end: &str| {
        let named = |file: &&PathBuf| {
            file.to_str().is_some_and(|name| name.contains(&format!("course-{id}-")) && name.ends_with(end))
        };
        files.iter().find(named).unwrap()
    };
    let badge = std::fs::read_to_string(file(".json")).unwrap();
    let record = std::fs::read(file(".tpr")).unwrap();
    let check = Check {
        trust: &TrustList::default(),
        catalogue: &Catalogue::embedded(),
        now: typeproof::system::now(),
        documents: &[],
        holder: Some("Ada Lovelace"),
        attempt: Some(&record),
        statuses: &[],
    };
    let report = verify::document(badge.as_bytes(), &check);
    let verdict = &report.verdict;
    assert!(
        verdict.integrity.is_yes() && verdict.holder.is_yes() && verdict.standing.is_yes(),
        "{verdict:?}"
    );
    let followed = format!("all {lessons} keystroke logs of the record were replayed");
    assert!(verdict.evidence.is_yes() && verdict.evidence.why().contains(&followed), "{verdict:?}");
    if node::ready() {
        let now = typeproof::system::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        assert_accepted(&[(id, &badge, &now)]);
    }
    // The badge is there once, for the result, the course's page and the wallet.
    let shown = bench.press(KeyPress::Esc);
    assert!(shown.contains("You have completed the course, and have its badge"), "{shown}");
    assert!(desk(&bench.home).due_courses().unwrap().is_empty());
    let home = std::mem::replace(&mut bench.home, tempfile::tempdir().unwrap());
    let mut later = Bench::in_home(home, course(id), false);
    assert!(later.draw().contains("lessons passed · b shows your badge"), "{}", later.draw());
    let shown = later.press(KeyPress::Char('b'));
    assert!(shown.contains("Your badge") && shown.contains("Ada Lovelace"), "{shown}");
    assert_eq!(desk(&later.home).history().unwrap().badges().unwrap().len(), 1);
    bench.home = later.home;
}

/// Lessons may be taken in any order, but the badge's final test comes after all others.
#[test]
fn a_final_test_taken_too_early_is_taken_once_more() {
    let home = tempfile::tempdir().unwrap();
    let early = {
        let mut all = courses::COMPLETED.clone();
        all.swap(2, 3);
        let (third, last) = (all[3].started_unix_ms, all[2].started_unix_ms);
        (all[2].started_unix_ms, all[3].started_unix_ms) = (third, last);
        all
    };
    save(&mut desk(&home), &early[..3]);
    let mut bench = Bench::in_home(home, Start::Course(courses::SQL.to_owned()), false);
    assert!(!bench.draw().contains("badge"), "{}", bench.draw());
    save(&mut desk(&bench.home), &early[3..]);
    let lesson = |home: &_| desk(home).history().unwrap().attempts(&Filter::default()).unwrap()[0].clone();
    let named = lesson(&bench.home).lesson.unwrap().named;
    let why = desk(&bench.home).completion(&named, None).unwrap_err().to_string();
    assert_eq!(
        why,
        "the badge of the course code-sql needs its final test after all other lessons: take it once more"
    );
    let test = Attempt { started_unix_ms: at("2026-11-20T09:00:00Z"), ..courses::COMPLETED[3].clone() };
    save(&mut desk(&bench.home), &[test]);
    let mut desk = desk(&bench.home);
    let due = desk.due_courses().unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].last, lesson(&bench.home).id, "the second test, not the first");
    let mut bench = Bench::in_home(bench.home, Start::Home, false);
    let shown = bench.press(KeyPress::Char('b'));
    assert!(
        shown.contains("Code: SQL (typing course)") && shown.contains("no badge yet, press Enter"),
        "{shown}"
    );
    assert!(bench.press(KeyPress::Enter).contains("Whose badge is it?"));
    bench.type_in("Ada");
    bench.press(KeyPress::Enter);
    assert!(bench.press(KeyPress::Enter).contains("Your badge is awarded"));
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
