//! The desk: which passages a person gets, and what is kept where something is in the way.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::Duration;
use typeproof::badge::carry::link;
use typeproof::badge::token::Token;
use typeproof::desk::{Desk, credential_text, full_link};
use typeproof::sitting::Task;
use typeproof::store::history::BadgeRow;
use typeproof::store::paths::Paths;
use typeproof::system;
use typeproof::trust::Assurance;
use typeproof::typing::exercise::Source;
use typeproof::typing::key::Stroke;
use typeproof::typing::session::Session;

use crate::support::cast::{COLLEGE, LEARNER};

fn desk(home: &tempfile::TempDir) -> Desk {
    Desk::at(Paths::below(home.path()), None)
}

fn passages(source: &Source) -> &[String] {
    match source {
        Source::Passages(ids) => ids,
        _ => &[],
    }
}

#[test]
fn restarting_brings_no_passage_back_before_all_were_shown() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = desk(&home);
    let level = desk.level("sprint-20").unwrap();
    let mut shown = Vec::new();
    for _ in 0..48 {
        shown.push(passages(&desk.level_exercise(&level).unwrap().source)[0].clone());
    }
    let different: BTreeSet<_> = shown.iter().collect();
    assert_eq!(different.len(), 48, "{shown:?}");
}

#[test]
fn passages_that_were_never_reached_stay_unseen() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = desk(&home);
    let level = desk.level("speed-60").unwrap();
    let exercise = desk.level_exercise(&level).unwrap();
    assert!(passages(&exercise.source).len() >= 3, "a fast typist needs several");
    let mut session = Session::new(exercise.clone());
    for n in 0..200 {
        let key = session.due().unwrap();
        session.press(Stroke { at: n * 100, key });
    }
    session.tick(300_000);
    let now = system::now();
    let finished = desk.finish(session, Some(&level), now - Duration::minutes(5)..now).unwrap();
    assert!(matches!(finished.verdict, Some(Err(_))), "200 characters in five minutes pass nothing");
    let seen = desk.history().unwrap().seen_passages().unwrap();
    let first = passages(&exercise.source)[0].as_str();
    assert_eq!(seen.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), [first]);
}

#[test]
fn a_free_test_is_listed_as_what_was_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = desk(&home);
    for (test, expected) in [(Task::Words(3), "3 common words"), (Task::Time(5), "common words, 5 s")] {
        let mut session = Session::new(Arc::clone(desk.sit(test).unwrap().session().exercise()));
        let key = session.due().unwrap();
        session.press(Stroke { at: 0, key });
        session.give_up(5_000);
        let now = system::now();
        let id = desk.finish(session, None, now - Duration::seconds(5)..now).unwrap().id;
        assert_eq!(desk.history().unwrap().attempt(&id).unwrap().unwrap().0.source, expected);
    }
}

/// Where there is room the link has both signatures, behind the same address; elsewhere it is the short one.
#[test]
fn the_full_link_has_both_signatures_where_they_fit() {
    let long = format!("https://badges.example.org/{}", "v".repeat(60));
    for (badge, base, both) in [
        (&*COLLEGE, "http://127.0.0.1:8520/", true),
        (&*COLLEGE, "https://badges.example.org/v", true),
        (&*COLLEGE, long.as_str(), false),
        (&*LEARNER, "http://127.0.0.1:8520/", false),
    ] {
        let row = BadgeRow {
            id: "urn:uuid:1".to_owned(),
            attempt_id: None,
            level_id: Some("speed-60".to_owned()),
            issued_unix: 0,
            valid_until_unix: None,
            assurance: Assurance::Proctored,
            credential: credential_text(&badge.credential),
            token: link::url(base, &badge.token),
            name: String::new(),
        };
        let full = full_link(&row);
        assert!(full.starts_with(&format!("{base}#")), "{full}");
        let token = Token::read(&link::read(&full).unwrap().payload).unwrap();
        assert_eq!(token.rdfc.is_some(), both, "{full}");
        let short = Token { rdfc: None, ..token }.to_bytes().unwrap();
        assert_eq!(link::url(base, &short), row.token);
        // A row that cannot be read keeps the link it has.
        let broken = BadgeRow { credential: "{".to_owned(), ..row };
        assert_eq!(full_link(&broken), broken.token);
    }
}

#[cfg(unix)]
#[test]
fn a_home_is_its_owners_alone_whichever_part_makes_it() {
    use std::os::unix::fs::PermissionsExt;
    let parts: [fn(&mut Desk); 3] = [
        |desk| {
            desk.settings.live_stats = false;
            desk.save_settings().unwrap();
        },
        |desk| {
            desk.history().unwrap();
        },
        |desk| drop(desk.own_key().create(None, &[7; 32].into()).unwrap()),
    ];
    for make in parts {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        make(&mut Desk::at(Paths::below(&home), None));
        assert_eq!(home.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }
}

#[test]
fn a_passage_is_noted_as_seen_when_it_stands_on_the_screen() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = desk(&home);
    desk.sit(Task::Level("sprint-40".to_owned())).unwrap();
    assert!(desk.has_shown());
    assert!(desk.history().unwrap().seen_passages().unwrap().is_empty());
    desk.note_shown().unwrap();
    assert!(!desk.has_shown());
    let seen = desk.history().unwrap().seen_passages().unwrap();
    desk.note_shown().unwrap();
    assert_eq!(desk.history().unwrap().seen_passages().unwrap(), seen, "it is noted once");
    assert_eq!(seen.len(), 1);
}
