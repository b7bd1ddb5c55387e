//! Rooms that share a database, and a database that is lost and comes back.

use typeproof::exam::event::What;
use typeproof::exam::journal::{Entry, Journal};
use typeproof::exam::seat::Standing;
use typeproof::exam::seats::OFFICE;
use typeproof::exam::{Actor, Seats};
use typeproof::store::exam::ledger::{Ledger, Of};
use typeproof::store::exam::{Claimed, ExamError, ExamRow, Mirror, Taken, elsewhere};

use crate::support::databases::all;
use crate::support::exam::{
    connected, definition, did, event, exercise, finished, opened, proctor, roster, started,
};

fn row() -> ExamRow {
    ExamRow { id: "typing-test".into(), definition: String::new(), roster_sha256: [0; 32], opened_unix_ms: 1 }
}

fn taken(room: &str) -> Taken {
    Taken { room: room.into(), address: String::new(), at_unix_ms: 1 }
}

#[test]
fn a_room_brings_its_journal_into_the_database() {
    for database in all("a room brings its journal") {
        database.open().keep_exam(&row(), &roster()).unwrap();
        let dir = tempfile::TempDir::new().unwrap();
        let (exam, roster, opened) = (definition(""), roster(), opened("a"));
        let of = Of { exam: &exam, roster: &roster, opened: &opened };
        let (mut ledger, found) = Ledger::open(dir.path(), of, 1).unwrap();
        let mirror = Mirror::start(database.open(), "typing-test", "a");
        mirror.follow(found.entries);
        let claimed = mirror.ask(|storage| storage.claim("typing-test", "17", &taken("a")));
        assert_eq!(claimed.blocking_recv().unwrap().unwrap(), Claimed::Yes(1));
        for event in [connected(1), did(What::Confirmed)] {
            mirror.follow(vec![ledger.happen("17", event).unwrap().entry]);
        }
        let other = Mirror::start(database.open(), "typing-test", "b");
        let held =
            other.ask(|storage| storage.claim("typing-test", "17", &taken("b"))).blocking_recv().unwrap();
        assert!(matches!(held.unwrap(), Claimed::Held(_)));
        drop(mirror);
        let journal = Journal::read(&database.open().journal("typing-test", "a").unwrap());
        assert_eq!((journal.head(), journal.damage.len()), (ledger.head(), 0), "{}", database.name);
        // The room that was killed brings what the database lacks, and what it has is passed over.
        drop(ledger);
        let (ledger, found) = Ledger::open(dir.path(), of, 2).unwrap();
        let mirror = Mirror::start(database.open(), "typing-test", "a");
        mirror.follow(found.entries);
        drop(mirror);
        assert_eq!(database.open().head("typing-test", "a").unwrap(), ledger.head());
    }
}

const TWO: &str = "[warm-up]\nseconds = 0\n[attempts]\nnumber = 2\n";

/// Takes a test in a room, and gives its entries.
fn test(ledger: &mut Ledger, claim: u64, run: u32, pace_ms: u32) -> Vec<Entry> {
    let mut entries = Vec::new();
    for event in [connected(claim), did(What::Confirmed), did(What::Ready)] {
        entries.push(ledger.happen("17", event).unwrap().entry);
    }
    entries.push(ledger.begin("17", started(run, run), &exercise()).unwrap().entry);
    let taken = finished(run, pace_ms);
    entries.push(ledger.end("17", &taken, (1, Actor::Room, ""), What::Finished).unwrap().entry);
    entries
}

#[test]
fn a_candidate_goes_on_in_another_room() {
    for database in all("a candidate goes on in another room") {
        let mut storage = database.open();
        storage.keep_exam(&row(), &roster()).unwrap();
        let dir = tempfile::TempDir::new().unwrap();
        let (exam, roster) = (definition(TWO), roster());
        let opened = [opened("a"), opened("b")];
        let open = |room: usize| {
            let of = Of { exam: &exam, roster: &roster, opened: &opened[room] };
            Ledger::open(dir.path(), of, 1).unwrap()
        };
        let (mut a, found) = open(0);
        storage.append("typing-test", "a", &found.entries).unwrap();
        assert_eq!(elsewhere(&mut *storage, "typing-test", "b", "17").unwrap(), []);
        storage.append("typing-test", "a", &test(&mut a, 1, 1, 200)).unwrap();
        let (mut b, found) = open(1);
        storage.append("typing-test", "b", &found.entries).unwrap();
        let events = elsewhere(&mut *storage, "typing-test", "b", "17").unwrap();
        assert_eq!(events.len(), 5, "{}", database.name);
        let adopted =
            b.happen("17", event(Actor::Room, "", What::Adopted { events: events.clone() })).unwrap();
        storage.append("typing-test", "b", &[adopted.entry]).unwrap();
        storage.append("typing-test", "b", &test(&mut b, 2, 2, 150)).unwrap();
        let again = event(Actor::Room, "", What::Adopted { events });
        assert!(b.happen("17", again).is_err(), "this room knows the candidate");
        assert!(a.seats().get("17").unwrap().runs().len() == 1);
        // Both tests are of the candidate, whichever room is asked; and a third room sees all of it.
        let entries =
            |room: &str| Journal::read(&database.open().journal("typing-test", room).unwrap()).entries;
        let journals = [("a".to_owned(), entries("a")), ("b".to_owned(), entries("b"))];
        let (seats, conflicts) = Seats::merged(&exam, &roster, &journals);
        assert_eq!((conflicts, seats.get("17").unwrap().used()), (Vec::new(), 2));
        assert_eq!(elsewhere(&mut *storage, "typing-test", "c", "17").unwrap().len(), 10);
        // What the office does comes last.
        let head = Default::default();
        let void = Entry::of_seat(head, "17", event(proctor(), "help was given", What::Voided { run: 1 }));
        let journals = [vec![(OFFICE.to_owned(), vec![void])], journals.to_vec()].concat();
        let (seats, conflicts) = Seats::merged(&exam, &roster, &journals);
        assert!(conflicts.is_empty());
        assert_eq!(seats.get("17").unwrap().runs()[0].standing, Standing::Void);
        // Opened again, the room knows what it adopted.
        drop(b);
        assert_eq!(open(1).0.seats().get("17").unwrap().runs().len(), 2);
    }
}

#[test]
fn the_office_is_no_room() {
    let dir = tempfile::TempDir::new().unwrap();
    let (exam, roster, opened) = (definition(TWO), roster(), opened(OFFICE));
    let why = Ledger::open(dir.path(), Of { exam: &exam, roster: &roster, opened: &opened }, 1)
        .map(drop)
        .unwrap_err();
    assert!(matches!(why, ExamError::Forked { .. }), "{why}");
}
