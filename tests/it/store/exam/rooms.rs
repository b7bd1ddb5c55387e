//! Rooms that share a database, and a database that is lost and comes back.

use typeproof::exam::event::What;
use typeproof::exam::journal::Journal;
use typeproof::store::exam::ledger::{Ledger, Of};
use typeproof::store::exam::{Claimed, ExamRow, Mirror, Taken};

use crate::support::databases::all;
use crate::support::exam::{connected, definition, did, opened, roster};

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
