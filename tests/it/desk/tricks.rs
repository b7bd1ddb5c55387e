//! What somebody who has only the program tries, to get a badge that says more than was done.

use std::fs;
use std::path::Path;

use chrono::Duration;
use rusqlite::Connection;
use serde_json::Value;
use typeproof::badge::verify::verdict::Outcome;
use typeproof::desk::{Award, Desk, DeskError, Finished, Given, Request};
use typeproof::lessons::judge::Shortfall;
use typeproof::lessons::terms::Origin;
use typeproof::store::history::AttemptRow;
use typeproof::store::paths::Paths;
use typeproof::system;
use typeproof::trust::TrustList;
use typeproof::typing::attempt::{self, Attempt};
use typeproof::typing::exercise::{Exercise, Source};
use typeproof::typing::key::Stroke;
use typeproof::typing::session::{Phase, Session};

use crate::support::cast::NINE_LINES;
use crate::support::stage::taken;

fn desk(home: &Path) -> Desk {
    let mut desk = Desk::at(Paths::below(home), None);
    desk.settings.holder_name = Some("Ada Lovelace".to_owned());
    desk
}

fn lesson(home: &Path, name: &str, text: &str) {
    fs::create_dir_all(home.join("lessons")).unwrap();
    fs::write(home.join("lessons").join(name), text).unwrap();
}

/// Types what is due until the test ends.
fn type_all(session: &mut Session, pace_ms: u32) {
    for n in 0.. {
        let key = session.due().unwrap();
        session.press(Stroke { at: n * pace_ms, key });
        session.tick((n + 1) * pace_ms - 1);
        if matches!(session.phase(), Phase::Ended(_)) {
            return;
        }
    }
}

fn missing(finished: &Finished) -> &[Shortfall] {
    finished.verdict.as_ref().unwrap().as_ref().unwrap_err()
}

fn name_of(award: &Award) -> &str {
    award.credential.pointer("/credentialSubject/achievement/name").and_then(Value::as_str).unwrap()
}

/// Somebody else's program, without these lessons, that trusts nobody.
fn elsewhere(credential: &Value) -> typeproof::badge::verify::Report {
    let home = tempfile::tempdir().unwrap();
    let request = Request { trust: Some(TrustList::default()), ..Request::default() };
    desk(home.path()).verify(&Given::Document(credential.to_string().into_bytes()), &request)
}

#[test]
fn a_file_does_not_take_a_shipped_levels_place() {
    let home = tempfile::tempdir().unwrap();
    lesson(home.path(), "speed.toml", NINE_LINES);
    let mut desk = desk(home.path());
    let shipped = desk.level("speed-60").unwrap();
    assert_eq!((shipped.pass.speed.0, &shipped.origin), (6_000, &Origin::Shipped));
    assert!(desk.level_exercise(&shipped).unwrap().text.graphemes().len() > 6_000);
    let own = desk.level("own-speed-60").unwrap();
    let finished = taken(&mut desk, &own, 100);
    assert!(missing(&finished).iter().all(|short| matches!(short, Shortfall::Clock { .. })));
    // The clock of the test and that of the wall agree: it took 0.8 seconds.
    let mut session = Session::new(desk.level_exercise(&own).unwrap());
    type_all(&mut session, 100);
    let now = system::now();
    let finished = desk.finish(session, Some(&own), now - Duration::milliseconds(800)..now).unwrap();
    let award = desk.award(&finished, None).unwrap();
    assert_eq!(
        name_of(&award),
        "Own level speed-60: 1 WPM net (at most 5 minutes), a level made by Ada Lovelace, not one of typeproof's"
    );
    let report = elsewhere(&award.credential);
    assert_eq!(report.verdict.outcome(), Outcome::Unproven, "{}", report.verdict.sentence());
    let test = report.test.unwrap();
    assert_eq!(test.level.to_string(), "a level made by \"Ada Lovelace\", not one of typeproof's");
    assert_eq!(test.text.to_string(), "the issuer's own text");
    assert_eq!(test.took.unwrap().to_string(), "0.8 seconds");
}

#[test]
fn own_passages_do_not_take_the_place_of_shipped_ones() {
    let home = tempfile::tempdir().unwrap();
    for (id, _) in typeproof::lessons::embedded::PASSAGES {
        let kind = id.rsplit_once('-').unwrap().0;
        lesson(
            home.path(),
            &format!("{id}.toml"),
            &format!("title = \"A\"\nkind = \"{kind}\"\ntext = \"aaaa aaaa\"\n"),
        );
    }
    lesson(home.path(), "numbers.txt", "1\n2\n");
    let mut desk = desk(home.path());
    for id in ["speed-60", "sprint-20", "opm-40", "ten-key-8000"] {
        let level = desk.level(id).unwrap();
        let text = desk.level_exercise(&level).unwrap().text.to_string();
        assert!(!text.contains("aaaa") && text.len() > 1_000, "{id}: {text}");
    }
}

/// An attempt file as somebody would write it into the database: a shipped level's rules, and another text.
fn forged(desk: &mut Desk, source: Source, text: &str) -> String {
    let level = desk.level("sprint-20").unwrap();
    let exercise = Exercise::new(source, 1, text, level.lookalikes, level.rules).unwrap();
    let mut session = Session::new(exercise.into());
    type_all(&mut session, 100);
    let log = session.log().unwrap();
    let started = system::now() - Duration::milliseconds(log.close.at.into());
    let attempt = Attempt {
        exercise: session.exercise().clone(),
        level: Some(level.named()),
        started_unix_ms: started.timestamp_millis(),
        wall_ms: log.close.at.into(),
        circumstances: None,
        keyboard: None,
        log,
    };
    let taken = taken(desk, &level, 190);
    let (row, _) = desk.history().unwrap().attempt(&taken.id).unwrap().unwrap();
    let bytes = attempt.to_bytes();
    let id = "f".repeat(32);
    let row = AttemptRow { id: id.clone(), passed: true, digest: attempt::digest(&bytes), ..row };
    desk.history().unwrap().save_attempt(&row, &bytes).unwrap();
    id
}

#[test]
fn a_shipped_level_is_passed_on_no_other_text() {
    let text = "aaaa aaaa ".repeat(200);
    for source in [
        Source::Passages(vec!["letter-01".to_owned()]),
        Source::Passages(Vec::new()),
        Source::Words { list: "common".to_owned(), count: 400 },
        Source::Own("level sprint-20 version 1".to_owned()),
    ] {
        let home = tempfile::tempdir().unwrap();
        let mut desk = desk(home.path());
        let id = forged(&mut desk, source.clone(), &text);
        let finished = desk.reopen(&id).unwrap();
        assert_eq!(missing(&finished), [Shortfall::WrongText], "{source:?}");
        assert!(matches!(desk.award(&finished, None), Err(DeskError::NotPassed)), "{source:?}");
    }
}

/// One's own database is open to its owner: the award asks the log and nothing else of it.
#[test]
fn a_database_edited_between_test_and_award_gives_no_badge() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = desk(home.path());
    let level = desk.level("sprint-20").unwrap();
    let (passed, failed) = (taken(&mut desk, &level, 190), taken(&mut desk, &level, 900));
    assert!(passed.verdict.as_ref().unwrap().is_ok() && failed.verdict.as_ref().unwrap().is_err());
    let file = desk.paths().history_file();
    let edit = |sql: &str| {
        let database = Connection::open(&file).unwrap();
        assert_eq!(database.execute(sql, [&failed.id, &passed.id]).unwrap(), 1, "{sql}");
    };
    edit(
        "UPDATE attempts SET passed = 1, net_wpm_x100 = 12000, accuracy_bp = 10000 WHERE id = ?1 AND ?2 <> ''",
    );
    let claimed = desk.reopen(&failed.id).unwrap();
    assert!(matches!(desk.award(&claimed, None), Err(DeskError::NotPassed)));
    // The log of the passed attempt under the failed one's id, and the other way round.
    edit(
        "UPDATE attempts SET (attempt, digest) = (SELECT attempt, digest FROM attempts WHERE id = ?1) WHERE id = ?2",
    );
    assert!(matches!(desk.award(&passed, None), Err(DeskError::Altered(id)) if id == passed.id));
    assert!(matches!(desk.reopen(&passed.id).unwrap().verdict, Some(Err(_))));
    // A log that is not what was saved.
    edit("UPDATE attempts SET digest = CAST(x'00' || substr(digest, 2) AS BLOB) WHERE id = ?2 AND ?1 <> ''");
    assert!(matches!(desk.award(&passed, None), Err(DeskError::Store(_))));
    assert_eq!(desk.history().unwrap().counts().unwrap().badges, 0);
}

#[test]
fn a_level_file_edited_while_the_program_runs_changes_no_badge() {
    let home = tempfile::tempdir().unwrap();
    let file = |speed: &str| {
        format!(
            "title = \"T\"\n[[level]]\nid = \"verse\"\ntitle = \"Verse\"\nrules = {{ limit = \"text\" }}\npass = {{ speed = {speed} }}\ntext = \"One verse to type.\"\n"
        )
    };
    lesson(home.path(), "t.toml", &file("20"));
    let mut running = desk(home.path());
    let level = running.level("verse").unwrap();
    let mut session = Session::new(running.level_exercise(&level).unwrap());
    type_all(&mut session, 190);
    let now = system::now();
    let ms = session.duration().unwrap();
    let finished =
        running.finish(session, Some(&level), now - Duration::milliseconds(ms.into())..now).unwrap();
    lesson(home.path(), "t.toml", &file("200"));
    // A program begun now knows the level as it is now, and asks what it asks.
    let mut begun = desk(home.path());
    let again = begun.reopen(&finished.id).unwrap();
    assert!(matches!(missing(&again), [Shortfall::Speed { .. }]));
    // The running one issues what was taken, and says what that asked.
    let award = running.award(&finished, None).unwrap();
    assert!(name_of(&award).contains("Own level “Verse”: 20 WPM net"), "{}", name_of(&award));
}

#[test]
fn a_clock_moved_during_the_test_passes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = desk(home.path());
    let level = desk.level("sprint-20").unwrap();
    for seconds in [0, 57, 63, 3_600, -60] {
        let mut session = Session::new(desk.level_exercise(&level).unwrap());
        type_all(&mut session, 190);
        let now = system::now();
        let finished = desk.finish(session, Some(&level), now - Duration::seconds(seconds)..now).unwrap();
        assert!(
            matches!(missing(&finished), [Shortfall::Clock { .. }]),
            "{seconds} s: {:?}",
            missing(&finished)
        );
        assert!(matches!(desk.award(&finished, None), Err(DeskError::NotPassed)));
    }
}

/// With the clock set ahead from before the test until after it, the badge would hold longer than it may.
#[test]
fn a_clock_set_ahead_for_a_test_gives_no_badge_before_that_time() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = desk(home.path());
    let level = desk.level("sprint-20").unwrap();
    let mut session = Session::new(desk.level_exercise(&level).unwrap());
    type_all(&mut session, 190);
    let ahead = system::now() + Duration::days(400);
    let finished = desk.finish(session, Some(&level), ahead - Duration::seconds(60)..ahead).unwrap();
    assert!(finished.verdict.as_ref().unwrap().is_ok());
    assert!(matches!(desk.award(&finished, None), Err(DeskError::Future(id)) if id == finished.id));
}

#[test]
fn the_same_keys_in_two_programs_at_once_pass_one_test() {
    let home = tempfile::tempdir().unwrap();
    let (mut one, mut two) = (desk(home.path()), desk(home.path()));
    let level = one.level("sprint-20").unwrap();
    let mut here = Session::new(one.level_exercise(&level).unwrap());
    // As the screen does with its first drawing. Before that nobody has seen the text, and another program may draw it too.
    one.note_shown().unwrap();
    let mut there = Session::new(two.level_exercise(&level).unwrap());
    assert_ne!(here.exercise().text, there.exercise().text, "no text twice before all were seen");
    for n in 0..400 {
        let Some(key) = here.due() else { break };
        here.press(Stroke { at: n * 190, key });
        there.press(Stroke { at: n * 190, key });
    }
    here.tick(60_000);
    there.tick(60_000);
    let now = system::now();
    let times = || now - Duration::seconds(60)..now;
    assert!(one.finish(here, Some(&level), times()).unwrap().verdict.unwrap().is_ok());
    assert!(two.finish(there, Some(&level), times()).unwrap().verdict.unwrap().is_err());
}

#[test]
fn one_attempt_is_not_issued_under_another_name() {
    let home = tempfile::tempdir().unwrap();
    let (mut one, mut two) = (desk(home.path()), desk(home.path()));
    let level = one.level("sprint-20").unwrap();
    let finished = taken(&mut one, &level, 190);
    let reopened = two.reopen(&finished.id).unwrap();
    one.award(&finished, None).unwrap();
    two.settings.holder_name = Some("Eve".to_owned());
    for (desk, finished) in [(&mut two, &reopened), (&mut one, &finished)] {
        let why = desk.award(finished, None).unwrap_err();
        assert!(why.to_string().contains("has its badge already"), "{why}");
    }
    assert_eq!(one.history().unwrap().counts().unwrap().badges, 1);
}
