//! What every storage of exams does and refuses, whatever database it is in.

use std::sync::{Arc, Barrier};
use std::thread;

use typeproof::exam::Actor;
use typeproof::exam::code::SeatCode;
use typeproof::exam::event::{RoomWhat, What};
use typeproof::exam::journal::{Entry, Head, Journal};
use typeproof::store::exam::{Claimed, ExamError, ExamRow, LogRow, Storage, Taken};

use crate::support::databases::{Database, all};
use crate::support::exam::{candidate, connected, did, opened, roster};

fn exam(id: &str) -> ExamRow {
    ExamRow {
        id: id.into(),
        definition: "title".into(),
        roster_sha256: [7; 32],
        opened_unix_ms: 1_800_000_000_000,
    }
}

fn with_exam(database: &Database) -> Box<dyn Storage> {
    let mut storage = database.open();
    storage.keep_exam(&exam("e"), &roster()).unwrap();
    storage
}

fn taken(room: &str) -> Taken {
    Taken { room: room.into(), address: "192.0.2.7".into(), at_unix_ms: 1_800_000_000_000 }
}

fn entries(count: usize) -> Vec<Entry> {
    let first = RoomWhat::Opened(opened("a"));
    let mut entries = vec![Entry::of_room(Head::default(), 1, Actor::Room, String::new(), first)];
    while entries.len() < count {
        let event =
            if entries.len() % 2 == 1 { connected(entries.len() as u64) } else { did(What::Disconnected) };
        entries.push(Entry::of_seat(entries.last().unwrap().head(), "17", event));
    }
    entries
}

#[test]
fn an_exam_is_kept_once_and_the_same() {
    for database in all("an exam is kept") {
        let mut storage = with_exam(&database);
        storage.keep_exam(&exam("e"), &roster()).unwrap();
        let later = ExamRow { opened_unix_ms: 1_900_000_000_000, ..exam("f") };
        storage.keep_exam(&later, &[candidate("1", "Émile 試験")]).unwrap();
        let mut again = database.open();
        assert_eq!(again.exam("e").unwrap(), Some(exam("e")), "{}", database.name);
        assert_eq!(again.exam("none").unwrap(), None);
        assert_eq!(again.exams().unwrap(), [later, exam("e")]);
        assert_eq!(again.roster("e").unwrap(), roster());
        assert_eq!(again.roster("f").unwrap()[0].name, "Émile 試験");
        for other in [
            ExamRow { definition: "other".into(), ..exam("e") },
            ExamRow { roster_sha256: [8; 32], ..exam("e") },
        ] {
            let why = again.keep_exam(&other, &roster()).unwrap_err();
            assert!(matches!(why, ExamError::Other { .. }), "{why}");
        }
        let twice = [candidate("1", "A"), candidate("1", "B")];
        assert!(again.keep_exam(&exam("g"), &twice).is_err());
        assert_eq!(again.exam("g").unwrap(), None, "all or nothing");
    }
}

#[test]
fn codes_are_kept_and_changed() {
    for database in all("codes are kept") {
        let mut storage = with_exam(&database);
        let codes = [1, 2].map(|n| SeatCode::of([n; 5]).digest([n; 16]));
        assert_eq!(storage.code("e", "17").unwrap(), None);
        storage.keep_codes("e", &[("17".into(), codes[0]), ("18".into(), codes[1])]).unwrap();
        assert_eq!(storage.code("e", "17").unwrap(), Some(codes[0]));
        storage.keep_codes("e", &[("17".into(), codes[1])]).unwrap();
        assert_eq!(database.open().code("e", "17").unwrap(), Some(codes[1]));
        assert_eq!(storage.code("e", "99").unwrap(), None);
        let why = storage.keep_codes("e", &[("18".into(), codes[0]), ("99".into(), codes[0])]).unwrap_err();
        assert!(matches!(why, ExamError::NoCandidate { .. }), "{why}");
        assert_eq!(storage.code("e", "18").unwrap(), Some(codes[1]), "all or nothing");
    }
}

#[test]
fn a_seat_has_one_session() {
    for database in all("a seat has one session") {
        let (mut a, mut b) = (with_exam(&database), database.open());
        assert_eq!(a.claim("e", "17", &taken("a")).unwrap(), Claimed::Yes(1));
        assert_eq!(a.claim("e", "17", &taken("a")).unwrap(), Claimed::Yes(1), "the same question again");
        let Claimed::Held(held) = b.claim("e", "17", &taken("b")).unwrap() else { panic!("two live seats") };
        assert_eq!((held.claim, held.taken.room.as_str()), (1, "a"));
        assert_eq!(b.claims("e").unwrap(), [held]);
        b.release("e", "17", 2).unwrap();
        assert!(matches!(b.claim("e", "17", &taken("b")).unwrap(), Claimed::Held(_)), "not its claim");
        a.release("e", "17", 1).unwrap();
        assert_eq!(b.claim("e", "17", &taken("b")).unwrap(), Claimed::Yes(2));
        // The proctor frees it; what the former session gives back then is nothing.
        a.free("e", "17").unwrap();
        assert_eq!(a.claim("e", "17", &taken("a")).unwrap(), Claimed::Yes(4));
        b.release("e", "17", 2).unwrap();
        assert!(matches!(b.claim("e", "17", &taken("b")).unwrap(), Claimed::Held(_)));
        for why in [b.claim("e", "99", &taken("b")).map(drop), b.free("e", "99"), b.free("none", "17")] {
            assert!(matches!(why, Err(ExamError::NoCandidate { .. })), "{why:?}");
        }
    }
}

#[test]
fn of_many_who_ask_at_once_one_has_the_seat() {
    for database in all("concurrent claims") {
        let _made = with_exam(&database);
        let database = Arc::new(database);
        for round in 0..5 {
            let together = Arc::new(Barrier::new(6));
            let rooms = (0..6).map(|room| {
                let (database, together) = (Arc::clone(&database), Arc::clone(&together));
                thread::spawn(move || {
                    let mut storage = database.open();
                    together.wait();
                    let taken = Taken { at_unix_ms: round, ..taken(&format!("room-{room}")) };
                    storage.claim("e", "18", &taken).unwrap()
                })
            });
            let rooms: Vec<_> = rooms.collect();
            let claims: Vec<Claimed> = rooms.into_iter().map(|room| room.join().unwrap()).collect();
            let won: Vec<_> = claims.iter().filter(|claim| matches!(claim, Claimed::Yes(_))).collect();
            assert_eq!(won.len(), 1, "{}: {claims:?}", database.name);
            database.open().free("e", "18").unwrap();
        }
    }
}

#[test]
fn a_journal_grows_and_nothing_else() {
    for database in all("a journal grows") {
        let mut storage = with_exam(&database);
        let all = entries(9);
        assert_eq!(storage.head("e", "a").unwrap(), Head::default());
        storage.append("e", "a", &all[..4]).unwrap();
        storage.append("e", "a", &all[2..9]).unwrap();
        storage.append("e", "a", &[]).unwrap();
        assert_eq!(storage.head("e", "a").unwrap(), all[8].head(), "{}", database.name);
        let journal = Journal::read(&database.open().journal("e", "a").unwrap());
        assert_eq!((journal.entries, journal.damage), (all.clone(), Vec::new()));
        storage.append("e", "b", &all[..1]).unwrap();
        assert_eq!(storage.rooms("e").unwrap(), ["a", "b"]);
        // Another journal under its name, a gap, and an entry that does not follow.
        let other = Entry::of_seat(all[3].head(), "18", connected(1));
        for (room, wrong) in [("a", vec![other]), ("b", all[3..5].to_vec()), ("c", all[1..3].to_vec())] {
            let why = storage.append("e", room, &wrong).unwrap_err();
            assert!(matches!(why, ExamError::Forked { .. }), "{why}");
        }
        assert_eq!(storage.head("e", "b").unwrap(), all[0].head(), "all or nothing");
        assert!(storage.append("none", "a", &all[..1]).is_err());
    }
}

#[test]
fn logs_are_kept_purged_and_erased() {
    for database in all("logs are kept") {
        let mut storage = with_exam(&database);
        let log = |number: &str, run, byte| LogRow {
            number: number.into(),
            room: "a".into(),
            run,
            attempt: vec![byte; 300],
        };
        for row in [log("17", 2, 2), log("17", 1, 1), log("18", 1, 3), log("17", 1, 9)] {
            storage.keep_log("e", &row).unwrap();
        }
        assert_eq!(storage.logs("e", "17").unwrap(), [log("17", 1, 9), log("17", 2, 2)], "{}", database.name);
        assert!(storage.keep_log("e", &log("99", 1, 1)).is_err());
        let person = storage.person("17").unwrap();
        assert_eq!((person.len(), person[0].exam.as_str(), person[0].logs), (1, "e", 2));
        assert_eq!(person[0].candidate, roster()[0]);
        storage.erase("e", "17").unwrap();
        assert!(storage.logs("e", "17").unwrap().is_empty());
        let erased = &storage.roster("e").unwrap()[0];
        assert_eq!((erased.number.as_str(), erased.name.as_str(), &erased.email), ("17", "", &None));
        assert_eq!(storage.code("e", "17").unwrap(), None);
        assert!(matches!(storage.erase("e", "99"), Err(ExamError::NoCandidate { .. })));
        assert_eq!(storage.purge("e").unwrap(), 1);
        assert_eq!(storage.purge("e").unwrap(), 0);
        assert!(storage.logs("e", "18").unwrap().is_empty());
        assert!(storage.person("99").unwrap().is_empty());
    }
}

#[test]
fn passages_are_seen_in_whatever_exam() {
    for database in all("passages are seen") {
        let mut storage = with_exam(&database);
        let passages = |all: &[&str]| all.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>();
        storage.saw("17", &passages(&["b", "a"]), 1).unwrap();
        storage.saw("17", &passages(&["b", "c"]), 2).unwrap();
        assert_eq!(storage.seen("17").unwrap(), passages(&["a", "b", "c"]), "{}", database.name);
        assert!(storage.seen("18").unwrap().is_empty());
    }
}

#[test]
fn rooms_that_come_first_together_make_the_tables_once() {
    for database in all("tables are made once") {
        let database = Arc::new(database);
        let together = Arc::new(Barrier::new(4));
        let rooms: Vec<_> = (0..4)
            .map(|_| {
                let (database, together) = (Arc::clone(&database), Arc::clone(&together));
                thread::spawn(move || {
                    let mut storage = database.open();
                    together.wait();
                    storage.keep_exam(&exam("e"), &roster()).unwrap();
                })
            })
            .collect();
        rooms.into_iter().for_each(|room| room.join().unwrap());
        assert_eq!(database.open().roster("e").unwrap().len(), 3, "{}", database.name);
    }
}
