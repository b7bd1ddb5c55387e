//! The desk: what is saved when, what is refused, and badges that others made.

use std::fs;

use chrono::Duration;
use typeproof::badge::carry::link;
use typeproof::desk::{Desk, DeskError, Log, credential_text};
use typeproof::lessons::judge::Shortfall;
use typeproof::sitting::Task;
use typeproof::store::history::{BadgeRow, Ended, Filter};
use typeproof::store::paths::Paths;
use typeproof::system;
use typeproof::trust::Assurance;
use typeproof::typing::key::Stroke;
use typeproof::typing::session::Session;

use crate::support::cast::COLLEGE;
use crate::support::stage::taken;

fn desk(home: &tempfile::TempDir) -> Desk {
    Desk::at(Paths::below(home.path()), None)
}

/// A badge that the college issued elsewhere.
fn foreign() -> BadgeRow {
    BadgeRow {
        id: "urn:uuid:0c0ffee0-0000-4000-8000-000000000000".to_owned(),
        attempt_id: None,
        level_id: None,
        issued_unix: 1_769_860_800,
        valid_until_unix: None,
        assurance: Assurance::Proctored,
        credential: credential_text(&COLLEGE.credential),
        token: link::url("https://badges.example.org/v", &COLLEGE.token),
        name: "Maria Lindqvist".to_owned(),
    }
}

#[test]
fn a_test_that_has_not_ended_is_not_saved() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = desk(&home);
    let exercise = desk.sit(Task::Words(3)).unwrap().session().exercise().clone();
    let ready = Session::new(exercise.clone());
    let mut running = Session::new(exercise);
    let key = running.due().unwrap();
    running.press(Stroke { at: 0, key });
    let now = system::now();
    for session in [ready, running] {
        assert!(matches!(desk.finish(session, None, now..now), Err(DeskError::NotEnded)));
    }
    assert_eq!(desk.history().unwrap().counts().unwrap().attempts, 0);
}

#[test]
fn a_test_given_up_is_kept_with_its_keys_and_passes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = desk(&home);
    desk.settings.holder_name = Some("Ada".to_owned());
    let level = desk.level("sprint-20").unwrap();
    let mut session = Session::new(desk.level_exercise(&level).unwrap());
    for n in 0..200 {
        let key = session.due().unwrap();
        session.press(Stroke { at: n * 100, key });
    }
    session.give_up(session.last_at());
    let now = system::now();
    let finished = desk.finish(session, Some(&level), now - Duration::seconds(20)..now).unwrap();
    let shortfalls = finished.verdict.as_ref().unwrap().as_ref().unwrap_err();
    assert!(shortfalls.contains(&Shortfall::NotFinished), "{shortfalls:?}");
    assert!(matches!(desk.award(&finished, None), Err(DeskError::NotPassed)));
    let history = desk.history().unwrap();
    let row = history.attempts(&Filter::default()).unwrap().remove(0);
    assert_eq!((row.ended, row.passed), (Ended::GaveUp, false));
    let hits: u32 =
        history.keystrokes(&Filter::default()).unwrap().keys.values().map(|times| times.hits).sum();
    assert_eq!(hits, 200);
}

#[test]
fn a_save_that_fails_can_be_tried_again() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = desk(&home);
    let mut session = desk.sit(Task::Words(3)).unwrap().session().clone();
    let key = session.due().unwrap();
    session.press(Stroke { at: 0, key });
    session.give_up(1_000);
    let path = desk.paths().history_file();
    fs::create_dir_all(&path).unwrap();
    let now = system::now();
    let failed = desk.finish(session.clone(), None, now..now);
    assert!(matches!(failed, Err(DeskError::Store(_))));
    fs::remove_dir(&path).unwrap();
    desk.finish(session, None, now..now).unwrap();
    assert_eq!(desk.history().unwrap().counts().unwrap().attempts, 1);
}

#[test]
fn a_badge_that_another_issued_is_kept_and_written_without_a_log() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = desk(&home);
    desk.history().unwrap().save_badge(&foreign()).unwrap();
    let row = desk.history().unwrap().badge("0c0ffee0").unwrap().unwrap();
    assert_eq!(row, foreign());
    let dir = tempfile::tempdir().unwrap();
    let files = desk.write_files(&row, dir.path(), Log::With).unwrap();
    let names: Vec<_> = files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
    assert!(names.iter().all(|name| name.starts_with("badge-0c0ffee0.")), "{names:?}");
    assert!(names.contains(&"badge-0c0ffee0.json") && !names.iter().any(|name| name.ends_with(".tpa")));
    assert_eq!(fs::read_to_string(&files[0]).unwrap(), foreign().credential);
}

/// The key that signed it was never here, so it is not lost.
#[test]
fn a_badge_that_another_issued_is_no_sign_of_a_lost_key() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = desk(&home);
    desk.settings.holder_name = Some("Ada".to_owned());
    desk.history().unwrap().save_badge(&foreign()).unwrap();
    let level = desk.level("sprint-20").unwrap();
    let finished = taken(&mut desk, &level, 190);
    // Of an attempt of this history it would be one.
    let own = BadgeRow { attempt_id: Some(finished.id.clone()), ..foreign() };
    let other = tempfile::tempdir().unwrap();
    let mut lost = self::desk(&other);
    lost.settings.holder_name = Some("Ada".to_owned());
    let again = taken(&mut lost, &level, 190);
    lost.history().unwrap().save_badge(&BadgeRow { attempt_id: Some(again.id.clone()), ..own }).unwrap();
    assert!(matches!(lost.award(&again, None), Err(DeskError::LostKey { .. })));
    desk.award(&finished, None).unwrap();
    assert_eq!(desk.history().unwrap().counts().unwrap().badges, 2);
}
