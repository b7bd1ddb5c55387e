//! What the coach knows of the learner: read from the history once, kept, and the same whichever way it came about.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use tempfile::TempDir;
use typeproof::coach::state::State;
use typeproof::coach::track::moment;
use typeproof::desk::Desk;
use typeproof::sitting::Task;
use typeproof::store::history::CoachRow;
use typeproof::store::paths::Paths;
use typeproof::typing::key::{Key, Stroke};
use typeproof::typing::session::Session;

const TEXTS: [&str; 4] =
    ["The cat sat, and was fed.", "né — “so” 12", "that then there", "a naïve 日本 cat, 3 < 4"];

fn desk(home: &TempDir) -> Desk {
    Desk::at(Paths::below(home.path()), None)
}

/// Types a text without errors and saves it, as begun on that day.
fn practise(desk: &mut Desk, text: &str, day: i64) -> Session {
    let task = Task::Text { name: "a".to_owned(), raw: text.to_owned(), lookalikes: Default::default() };
    let mut session = Session::new(Arc::clone(desk.sit(task).unwrap().session().exercise()));
    let mut at = 0;
    while let Some(key) = session.due() {
        session.press(Stroke { at, key });
        at += 180 + at % 41;
    }
    session.give_up(at);
    let start = DateTime::<Utc>::UNIX_EPOCH + Duration::days(day);
    desk.finish(session.clone(), None, start..start + Duration::seconds(9)).unwrap();
    session
}

fn kept(desk: &mut Desk) -> Option<CoachRow> {
    desk.history().unwrap().coach("us", "en").unwrap()
}

#[test]
fn what_is_kept_equals_what_is_read_from_the_whole_history() {
    let home = TempDir::new().unwrap();
    let mut one = desk(&home);
    let mut expected = State::default();
    assert_eq!(one.learner().unwrap(), &expected);
    assert_eq!(kept(&mut one), None, "nothing is written for nothing");
    for (day, text) in (1..).zip(TEXTS.iter().cycle().take(9)) {
        let session = practise(&mut one, text, day % 5 * 100);
        expected.add_session(moment(day % 5 * 100 * 86_400_000), &session);
        if day % 3 == 0 {
            assert_eq!(one.learner().unwrap(), &expected, "after {day}");
        }
    }
    let row = kept(&mut one).unwrap();
    assert_eq!(State::from_bytes(&row.state).unwrap(), expected);
    assert_eq!(desk(&home).learner().unwrap(), &expected, "whoever opens the history next");
    assert_eq!(kept(&mut one).unwrap(), row, "and writes nothing again");
    // Of a form that nobody knows any more everything is read again.
    one.history().unwrap().keep_coach(&CoachRow { state: b"old".to_vec(), ..row.clone() }).unwrap();
    assert_eq!(desk(&home).learner().unwrap(), &expected);
    assert_eq!(kept(&mut one).unwrap(), row);
}

/// What is kept is what counts: the history is not read again.
#[test]
fn the_history_is_read_once() {
    let home = TempDir::new().unwrap();
    let mut one = desk(&home);
    practise(&mut one, TEXTS[0], 1);
    one.learner().unwrap();
    let row = kept(&mut one).unwrap();
    let empty = CoachRow { state: State::default().to_bytes(), ..row };
    one.history().unwrap().keep_coach(&empty).unwrap();
    let mut other = desk(&home);
    assert_eq!(other.learner().unwrap(), &State::default());
    let session = practise(&mut other, TEXTS[2], 2);
    let mut expected = State::default();
    expected.add_session(moment(2 * 86_400_000), &session);
    assert_eq!(other.learner().unwrap(), &expected, "and goes on from there");
}

#[test]
fn another_program_that_saves_meanwhile_is_followed() {
    let home = TempDir::new().unwrap();
    let (mut one, mut other) = (desk(&home), desk(&home));
    let mut expected = State::default();
    for (day, text) in (1..).zip(TEXTS) {
        let desk = if day % 2 == 0 { &mut one } else { &mut other };
        let session = practise(desk, text, day);
        expected.add_session(moment(day * 86_400_000), &session);
        assert_eq!((one.learner().unwrap(), other.learner().unwrap()), (&expected, &expected));
    }
}

/// Takes a test on the keyboard of the settings, which the attempt states.
fn sat(desk: &mut Desk, text: &str) {
    let task = Task::Text { name: "a".to_owned(), raw: text.to_owned(), lookalikes: Default::default() };
    let mut sitting = desk.sit(task).unwrap();
    let start = std::time::Instant::now();
    for (n, c) in (0..).zip(text.chars()) {
        sitting.press(start + std::time::Duration::from_millis(100 * n), Key::Char(c));
    }
    desk.save(&sitting).unwrap();
}

#[test]
fn each_layout_has_a_state_of_its_own() {
    let home = TempDir::new().unwrap();
    let mut one = desk(&home);
    practise(&mut one, "abc", 1);
    for (layout, text) in [("de", "zoo"), ("dvorak", "quit")] {
        one.settings.layout = Some(layout.to_owned());
        sat(&mut one, text);
    }
    for (layout, known, unknown) in
        [("de", "az", "q"), ("dvorak", "aq", "z"), ("us", "a", "zq"), ("fr", "a", "zq")]
    {
        one.settings.layout = Some(layout.to_owned());
        assert_eq!(one.ground().layout, layout);
        let state = one.learner().unwrap();
        assert!(known.chars().all(|c| state.key(c).is_some()), "{layout}");
        assert!(unknown.chars().all(|c| state.key(c).is_none()), "{layout}");
        let row = one.history().unwrap().coach(layout, "en").unwrap();
        assert!(row.is_some(), "{layout} is kept by itself");
    }
}
