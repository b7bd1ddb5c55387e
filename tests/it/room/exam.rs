//! An exam from the first screen to the last, over pipes in memory: what candidates see, what the proctor does, and what is
//! written down.

use std::time::Instant;

use typeproof::exam::definition::Start;
use typeproof::exam::event::{Incident, Note};
use typeproof::exam::{Definition, State};
use typeproof::room::hall::Problem;
use typeproof::typing::attempt::{self, Attempt};
use typeproof::typing::log::End;
use typeproof::typing::score::Score;

use super::exams::{TEXT, code, definition, open, open_on};
use super::guests::run;

#[test]
fn candidates_begin_together_and_their_results_follow_from_their_logs() {
    run(async {
        let room = open(definition(), 3);
        let (mut ada, mut grace) = (room.ready(1).await, room.ready(2).await);
        // The screen drawn anew says that what came before it was taken.
        ada.type_text("typed too early\x0c").await;
        ada.anything().await;
        assert_eq!(room.hall.go(), 2);
        ada.until(TEXT).await;
        grace.until(TEXT).await;
        ada.type_text(TEXT).await;
        ada.until("its result is kept").await;
        ada.until("Gross speed").await;
        grace.type_text("Two bats").await;
        room.notebook.until(|notebook| notebook.keys("2") == 8).await;
        let table = room.hall.table(Instant::now());
        let states: Vec<_> = table.rows.iter().map(|row| (row.number.as_str(), row.state)).collect();
        assert_eq!(states, [("1", State::Finished), ("2", State::Running), ("3", State::Registered)]);
        room.notebook.until(|notebook| notebook.logs().len() == 1).await;
        let log = room.notebook.logs().remove(0);
        let session = Attempt::from_bytes(&log).unwrap().replay().unwrap();
        let run = room.hall.seat("1", |seat| seat.runs()[0].clone()).unwrap();
        let outcome = run.outcome.unwrap();
        assert_eq!(outcome.score, Score::of(&session), "the figures on file are those of the log");
        assert_eq!(
            session.tally().typed as usize,
            TEXT.len(),
            "what was typed before the start is no part of it"
        );
        let digest = data_encoding::HEXLOWER.encode(&attempt::digest(&log));
        assert_eq!(outcome.attempt_sha256, Some(digest));
        room.check_journal().await;
    });
}

#[test]
fn a_lost_line_keeps_the_log_and_gives_a_fresh_passage_once() {
    run(async {
        let room = open(definition(), 1);
        for lost in 1..=2 {
            let mut guest = match lost {
                1 => room.ready(1).await,
                _ => {
                    let mut guest = room.prepare(1).await;
                    guest.until("ended before its time").await;
                    guest.press_until("\r", "You are ready.").await;
                    guest
                }
            };
            room.hall.go();
            guest.until(TEXT).await;
            guest.type_text("Two ca").await;
            room.notebook.until(|notebook| notebook.keys("1") == 6 * lost).await;
            drop(guest);
            room.notebook.until(|notebook| notebook.logs().len() == lost).await;
            let state = room.hall.seat("1", |seat| (seat.state(), seat.used(), seat.live().is_some()));
            assert_eq!(state, Some((State::Aborted, 0, false)));
        }
        let attempt = Attempt::from_bytes(&room.notebook.logs()[0]).unwrap();
        assert_eq!((attempt.log.close.end, attempt.log.events.len()), (End::GaveUp, 6));
        let passages = |run: usize| room.hall.seat("1", |seat| seat.runs()[run].begun.passages.clone());
        assert_ne!(passages(0), passages(1), "another text");
        // A third time the proctor has to allow it.
        let mut guest = room.prepare(1).await;
        guest.until("Wait for the proctor.").await;
        let table = room.hall.table(Instant::now());
        assert_eq!(table.rows[0].problem, Some(Problem::Aborted));
        room.check_journal().await;
    });
}

#[test]
fn the_proctor_ends_and_voids_a_test_with_a_reason_only() {
    run(async {
        let room = open(definition(), 2);
        let mut guest = room.ready(1).await;
        assert!(room.hall.void("1", "talked").unwrap_err().to_string().contains("no test"));
        assert!(room.hall.abort("1", "talked").unwrap_err().to_string().contains("nothing to abort"));
        room.hall.go();
        guest.until(TEXT).await;
        guest.type_text("Two cats").await;
        room.notebook.until(|notebook| notebook.keys("1") == 8).await;
        assert!(room.hall.void("1", "  ").is_err(), "no reason");
        room.hall.void("1", "talked to the neighbour").unwrap();
        guest.until("The proctor ended this test").await;
        guest.until("does not count").await;
        let run = room.hall.seat("1", |seat| (seat.state(), seat.runs()[0].clone())).unwrap();
        assert_eq!((run.0, run.1.reason.as_str()), (State::Void, "talked to the neighbour"));
        assert!(run.1.outcome.unwrap().attempt_sha256.is_some(), "what was typed stays on file");
        assert_eq!(room.hall.seat("1", |seat| seat.left()), Some(1), "a void test is used up");
        room.hall.extra("1", "the fire alarm rang").unwrap();
        assert_eq!(room.hall.seat("1", |seat| seat.left()), Some(2));
        let note = Note { code: Incident::Help, text: "a hint was given".to_owned(), run: Some(1) };
        room.hall.incident("1", note).unwrap();
        assert_eq!(room.hall.table(Instant::now()).rows[0].notes, (1, 1));
        assert!(room.hall.extra("99", "who?").is_err());
        room.check_journal().await;
    });
}

#[test]
fn one_session_a_candidate_until_the_proctor_frees_the_seat() {
    run(async {
        let room = open(definition(), 2);
        let mut first = room.ready(1).await;
        let (_, refused) = room.knock(1, &code(0).to_string()).await;
        assert!(refused.unwrap().contains("signed in on another machine"));
        assert!(room.hall.rebind("1", "").is_err(), "no reason");
        let new = room.hall.rebind("1", "the machine broke").unwrap();
        first.until("The proctor freed this seat").await;
        first.end().await;
        let (_, refused) = room.knock(1, &code(0).to_string()).await;
        assert!(refused.unwrap().contains("do not belong together"), "the old code is none any more");
        let mut second = room.sit_with(1, &new.to_string().to_lowercase().replace('-', " ")).await;
        second.type_text("n").await;
        second.until("Tell the proctor that the name was not yours").await;
        room.check_journal().await;
    });
}

#[test]
fn a_pause_and_messages_reach_who_waits() {
    run(async {
        let exam = Definition { start: Start::OneByOne, ..definition() };
        let room = open(exam, 2);
        let mut guest = room.ready(1).await;
        room.hall.pause(true);
        guest.press_until("\r", "paused").await;
        room.hall.say("1", "please\x1b[2J wait \u{202e}a moment");
        guest.until("Proctor: please").await;
        room.hall.pause(false);
        guest.press_until("\r", TEXT).await;
        guest.type_text("Two").await;
        room.hall.say_to_all("Five minutes left");
        guest.until("Five minutes left").await;
        guest.type_text(&TEXT[3..]).await;
        guest.until("its result is kept").await;
        room.hall.close();
        let (_, refused) = room.knock(2, &code(1).to_string()).await;
        assert!(refused.unwrap().contains("closed"));
        room.check_journal().await;
    });
}

#[test]
fn a_warm_up_is_typed_and_counts_for_nothing() {
    run(async {
        let room = open(Definition { warm_up_s: 60, ..definition() }, 3);
        let mut guest = room.prepare(3).await;
        guest.until("Warm-up: not scored").await;
        guest.type_text("warm warm words").await;
        guest.until("You are ready.").await;
        assert_eq!(room.notebook.keys("3"), 0);
        assert_eq!(room.hall.seat("3", |seat| seat.runs().len()), Some(0));
        // This candidate's screens are plain: no colour was ever written.
        room.hall.go();
        guest.until(TEXT).await;
        guest.type_text("Two cots").await;
        room.notebook.until(|notebook| notebook.keys("3") == 8).await;
        let coloured = (0..24).any(|y| {
            (0..80).any(|x| {
                guest.terminal.screen().cell(y, x).is_some_and(|cell| cell.fgcolor() != vt100::Color::Default)
            })
        });
        assert!(!coloured);
        room.check_journal().await;
    });
}

#[test]
fn where_nothing_can_be_written_no_test_begins() {
    run(async {
        let room = open(definition(), 1);
        let mut guest = room.ready(1).await;
        room.notebook.fill(true);
        room.hall.say_to_all("a line for the journal");
        while room.hall.trouble().is_none() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        room.hall.go();
        guest.until("Nothing can be written down").await;
        assert!(room.hall.table(Instant::now()).trouble.unwrap().contains("no space is left"));
        room.notebook.fill(false);
        while room.hall.trouble().is_some() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        room.hall.go();
        guest.until(TEXT).await;
        room.check_journal().await;
    });
}

#[test]
fn a_test_cannot_be_left_or_begun_anew() {
    run(async {
        let room = open(definition(), 1);
        let mut guest = room.ready(1).await;
        room.hall.go();
        guest.until(TEXT).await;
        guest.type_text("Two").await;
        // Escape, interrupt, restart, quit, end of file, and keys that choose layouts.
        guest.type_text("\x03\x12\x04\x1c\x1bOQ\t").await;
        guest.type_text("\x1b[A").await;
        guest.type_text(&TEXT[3..]).await;
        guest.until("its result is kept").await;
        assert_eq!(room.hall.seat("1", |seat| seat.runs().len()), Some(1));
    });
}

#[test]
fn a_room_that_is_killed_amid_tests_opens_where_it_was() {
    run(async {
        let room = open(definition(), 6);
        let mut guests = Vec::new();
        for number in 1..=5 {
            guests.push(room.ready(number).await);
        }
        room.hall.go();
        for (n, guest) in guests.iter_mut().enumerate() {
            guest.until(TEXT).await;
            guest.type_text(&TEXT[..=n * 2]).await;
        }
        let typed = |n: usize| n * 2 + 1;
        let all = (1..=5).map(|n| (n.to_string(), typed(n - 1)));
        let all: Vec<_> = all.collect();
        room.notebook.until(|notebook| all.iter().all(|(number, keys)| notebook.keys(number) == *keys)).await;
        // Killed many times, each time with the last bytes half written.
        for cut in 0..40 {
            let again = open_on(room.notebook.as_after_a_kill(cut), definition(), 6);
            let states = |wanted: State| {
                (1..=6).filter(|n| again.hall.seat(&n.to_string(), |s| s.state()) == Some(wanted)).count()
            };
            assert_eq!(states(State::Running), 0, "cut {cut}");
            assert!(states(State::Aborted) >= 4, "cut {cut}");
            assert!((1..=6).all(|n| again.hall.seat(&n.to_string(), |s| s.live().is_none()).unwrap()));
            again.check_journal().await;
            if cut == 0 {
                assert_eq!(again.notebook.logs().len(), 5, "what was typed is kept");
                let mut ada = again.prepare(1).await;
                ada.until("ended before its time").await;
                ada.press_until("\r", "You are ready.").await;
                again.hall.go();
                ada.until(TEXT).await;
                ada.type_text(TEXT).await;
                ada.until("its result is kept").await;
                again.check_journal().await;
            }
        }
    });
}
