//! The ledger of a room: killed at any byte it opens again where it was, and a full disk loses nothing.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use tempfile::TempDir;
use typeproof::exam::event::{RoomWhat, What};
use typeproof::exam::journal::Journal;
use typeproof::exam::seat::Standing;
use typeproof::exam::{Actor, State};
use typeproof::store::exam::ledger::{Found, Ledger, Of, journal_file, strokes_file};
use typeproof::store::exam::{ExamError, LATEST};
use typeproof::store::files::FileError;
use typeproof::store::files::append::{Disk, Growing};
use typeproof::typing::attempt::Attempt;

use crate::exam::seat::any_event;
use crate::support::exam::{
    connected, definition, did, event, exercise, finished, nothing, opened, presses, proctor, roster, started,
};
use crate::support::typing::laws;

const NO_WARM_UP: &str =
    "[warm-up]\nseconds = 0\n[attempts]\nnumber = 9\n[disconnect]\npolicy = \"resume\"\n";
const AT: i64 = 1_800_000_100_000;

fn open(dir: &Path) -> Result<(Ledger, Found), ExamError> {
    let (exam, roster, opened) = (definition(NO_WARM_UP), roster(), opened("a"));
    Ledger::open(dir, Of { exam: &exam, roster: &roster, opened: &opened }, AT)
}

/// A room in which candidate 17 types, and 18 has finished.
fn fill(ledger: &mut Ledger) {
    for number in ["17", "18"] {
        for event in [connected(1), did(What::Confirmed), did(What::Ready)] {
            ledger.happen(number, event).unwrap();
        }
        ledger.begin(number, started(1, 1), &exercise()).unwrap();
    }
    ledger.press("18", 1, &presses(43, 200));
    ledger.end("18", &finished(1, 200), (AT, Actor::Room, ""), What::Finished).unwrap();
    for typed in presses(12, 150).chunks(4) {
        ledger.press("17", 1, typed);
    }
    assert!(ledger.flush().wait());
}

/// The bytes of journal and keystrokes.
fn files(dir: &Path) -> [Vec<u8>; 2] {
    [journal_file(dir, "a"), strokes_file(dir, "a")].map(|path| fs::read(path).unwrap())
}

#[test]
fn a_room_opens_again_where_it_was() {
    let dir = TempDir::new().unwrap();
    let (mut ledger, found) = open(dir.path()).unwrap();
    assert_eq!((found.entries.len(), found.notices.len()), (1, 0));
    fill(&mut ledger);
    let before = ledger.seats().clone();
    drop(ledger);
    let (ledger, found) = open(dir.path()).unwrap();
    // Nobody is connected any more, and the test that ran is aborted with what was typed.
    let claims: Vec<&str> = found.claims.iter().map(|(number, _)| number.as_str()).collect();
    assert_eq!(claims, ["17", "18"]);
    let (number, taken) = &found.taken[0];
    assert_eq!((number.as_str(), found.taken.len()), ("17", 1));
    assert_eq!(taken.outcome.score.unwrap().counts.typed, 12);
    assert!(found.notices[0].to_string().contains("1 test was running"), "{}", found.notices[0]);
    let seat = ledger.seats().get("17").unwrap();
    assert_eq!((seat.state(), seat.runs()[0].standing), (State::Aborted, Standing::Aborted));
    assert_eq!(seat.runs()[0].begun, before.get("17").unwrap().runs()[0].begun);
    let done = ledger.seats().get("18").unwrap();
    assert_eq!((done.state(), done.live()), (State::Finished, None));
    assert_eq!(done.runs(), before.get("18").unwrap().runs());
    // Both attempt files are there, and play.
    let logs: Vec<_> =
        fs::read_dir(dir.path().join("logs")).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(logs.len(), 2);
    for log in logs {
        Attempt::from_bytes(&fs::read(log).unwrap()).unwrap().replay().unwrap();
    }
}

#[test]
fn a_test_goes_on_with_what_was_typed_before_the_room_ended() {
    let dir = TempDir::new().unwrap();
    fill(&mut open(dir.path()).unwrap().0);
    let (mut ledger, _) = open(dir.path()).unwrap();
    ledger.happen("17", event(proctor(), "the power failed", What::Resumed)).unwrap();
    ledger.happen("17", connected(2)).unwrap();
    ledger.happen("17", did(What::Continued)).unwrap();
    assert_eq!(ledger.typed("17", 1).unwrap().events, presses(12, 150));
    let more = &presses(20, 150)[12..];
    ledger.press("17", 1, more);
    drop(ledger);
    let (ledger, found) = open(dir.path()).unwrap();
    assert_eq!(found.taken[0].1.outcome.score.unwrap().counts.typed, 20);
    assert_eq!(ledger.seats().get("17").unwrap().runs()[0].resumed, 1);
}

#[test]
fn killed_at_any_byte_it_opens_with_all_that_was_whole() {
    let dir = TempDir::new().unwrap();
    fill(&mut open(dir.path()).unwrap().0);
    let [journal, strokes] = files(dir.path());
    let whole = Journal::read(&journal).entries;
    // Both sides of each line feed, and some bytes between: each opening syncs files. What is read of a journal that is cut at
    // any byte at all, the tests of the chain say.
    let ends: Vec<usize> = (0..journal.len()).filter(|at| journal[*at] == b'\n').collect();
    let cuts = (0..=journal.len())
        .filter(|cut| cut % 251 == 0 || ends.iter().any(|end| *cut == *end || *cut == end + 1));
    for cut in cuts {
        let dir = TempDir::new().unwrap();
        fs::write(journal_file(dir.path(), "a"), &journal[..cut]).unwrap();
        fs::write(strokes_file(dir.path(), "a"), &strokes).unwrap();
        let (ledger, found) = open(dir.path()).unwrap();
        let count = ends.iter().filter(|end| **end < cut).count();
        assert_eq!(found.entries[..count], whole[..count], "cut at {cut}");
        let torn =
            found.notices.iter().any(|notice| notice.to_string().contains("in the middle of an entry"));
        assert_eq!(torn, cut > 0 && journal[cut - 1] != b'\n', "cut at {cut}");
        assert!(ledger.seats().all().all(|seat| seat.live().is_none() && seat.state() != State::Running));
        let head = ledger.head();
        drop(ledger);
        let read = Journal::read(&files(dir.path())[0]);
        assert_eq!((read.head(), read.torn, read.damage.len()), (head, 0, 0), "cut at {cut}");
    }
}

#[test]
fn keystrokes_that_were_cut_are_those_since_the_last_record() {
    let dir = TempDir::new().unwrap();
    fill(&mut open(dir.path()).unwrap().0);
    let [journal, strokes] = files(dir.path());
    let mut counts = Vec::new();
    for cut in (strokes.len().saturating_sub(60)..=strokes.len()).step_by(3) {
        let dir = TempDir::new().unwrap();
        fs::write(journal_file(dir.path(), "a"), &journal).unwrap();
        fs::write(strokes_file(dir.path(), "a"), &strokes[..cut]).unwrap();
        let (_, found) = open(dir.path()).unwrap();
        counts.push(found.taken[0].1.outcome.score.map_or(0, |score| score.counts.typed));
    }
    assert!(counts.is_sorted() && counts.contains(&8) && counts.last() == Some(&12), "{counts:?}");
}

#[test]
fn a_journal_that_was_altered_is_refused_by_name() {
    let dir = TempDir::new().unwrap();
    fill(&mut open(dir.path()).unwrap().0);
    let [journal, _] = files(dir.path());
    let text = String::from_utf8(journal).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let path = journal_file(dir.path(), "a");
    let refused = |text: String| {
        fs::write(&path, &text).unwrap();
        let why = open(dir.path()).err().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "evidence stays as it is");
        why.to_string()
    };
    assert!(refused(text.replacen("192.0.2.7", "192.0.2.9", 1)).contains("entry 2 was altered"));
    assert!(refused([&lines[..3], &lines[4..]].concat().concat()).contains("entry 4 is missing"));
    assert!(refused(text.replace("typing-test", "other-test")).contains("entry 1 was altered"));
    assert!(refused(lines[1..].concat()).contains("entry 1 is missing"));
}

#[test]
fn a_folder_of_another_exam_or_room_is_refused() {
    let dir = TempDir::new().unwrap();
    drop(open(dir.path()).unwrap());
    let (exam, roster) = (definition(NO_WARM_UP), roster());
    let mut other = opened("a");
    other.roster_sha256 = "f".repeat(64);
    let again = |opened, roster| Ledger::open(dir.path(), Of { exam: &exam, roster, opened }, AT).map(drop);
    assert!(matches!(again(&other, &roster), Err(ExamError::Other { .. })));
    fill(&mut open(dir.path()).unwrap().0);
    let why = again(&opened("a"), &roster[1..]).unwrap_err();
    assert!(why.to_string().contains("candidate 17, who is not on the roster"), "{why}");
    let _held = open(dir.path()).unwrap();
    assert!(matches!(open(dir.path()), Err(ExamError::File(FileError::InUse(_)))), "one room writes to it");
}

/// A disk in memory that is full at a length, and takes a part of what it refuses.
#[derive(Clone)]
struct Small {
    bytes: Arc<Mutex<Vec<u8>>>,
    room: Arc<Mutex<usize>>,
}

impl Disk for Small {
    fn extend(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut held = self.bytes.lock().unwrap();
        let free = self.room.lock().unwrap().saturating_sub(held.len());
        held.extend_from_slice(&bytes[..free.min(bytes.len())]);
        if free < bytes.len() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.bytes.lock().unwrap().truncate(length as usize);
        Ok(())
    }
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let small = || Small { bytes: Arc::default(), room: Arc::new(Mutex::new(usize::MAX)) };
    let (journal, strokes) = (small(), small());
    let growing =
        |disk: &Small, name: &str| (Growing::on(Box::new(disk.clone()), Path::new(name), 0), Vec::new());
    let (exam, roster, opened) = (definition(NO_WARM_UP), roster(), opened("a"));
    let of = Of { exam: &exam, roster: &roster, opened: &opened };
    let logs = TempDir::new().unwrap();
    let files = (growing(&journal, "journal"), growing(&strokes, "strokes"));
    let (mut ledger, _) = Ledger::on(files.0, files.1, logs.path(), of, AT).unwrap();
    assert!(ledger.happen("17", connected(1)).unwrap().written.wait());
    // Room for a part of the next entry.
    *journal.room.lock().unwrap() = journal.bytes.lock().unwrap().len() + 20;
    let late = ledger.happen("17", did(What::Confirmed)).unwrap().written;
    while ledger.trouble().is_none() {
        std::thread::yield_now();
    }
    assert!(ledger.trouble().unwrap().contains("no space is left"));
    assert_eq!(Journal::read(&journal.bytes.lock().unwrap()).torn, 0, "the part was cut off again");
    ledger.happen("17", did(What::Ready)).unwrap();
    ledger.begin("17", started(1, 1), &exercise()).unwrap();
    ledger.press("17", 1, &presses(9, 100));
    *journal.room.lock().unwrap() = usize::MAX;
    assert!(late.wait());
    assert!(ledger.flush().wait());
    assert_eq!(ledger.trouble(), None);
    let read = Journal::read(&journal.bytes.lock().unwrap());
    assert_eq!((read.head(), read.damage.len(), read.torn), (ledger.head(), 0, 0));
}

#[test]
fn keystrokes_reach_the_disk_without_being_asked_for() {
    let dir = TempDir::new().unwrap();
    let (mut ledger, _) = open(dir.path()).unwrap();
    fill(&mut ledger);
    let before = files(dir.path())[1].len();
    ledger.press("17", 1, &presses(13, 150)[12..]);
    // They wait for this long at most, and nothing else is done for them.
    assert!(LATEST.as_millis() <= 200);
    let begun = std::time::Instant::now();
    while files(dir.path())[1].len() == before {
        assert!(begun.elapsed().as_secs() < 60, "they never come");
        std::thread::yield_now();
    }
}

#[test]
fn what_is_refused_is_not_written() {
    let dir = TempDir::new().unwrap();
    let (mut ledger, _) = open(dir.path()).unwrap();
    let head = ledger.head();
    assert!(ledger.happen("17", did(What::Ready)).is_err());
    assert!(ledger.happen("99", connected(1)).is_err());
    assert!(ledger.begin("17", started(1, 1), &exercise()).is_err());
    assert!(ledger.end("17", &finished(1, 100), (AT, Actor::Room, ""), What::Finished).is_err());
    ledger.press("17", 1, &presses(3, 100));
    assert_eq!(ledger.head(), head);
    let paused = ledger.happen_to_all(AT, proctor(), "fire drill", RoomWhat::Paused);
    assert_eq!(paused.entry.head(), ledger.head());
    drop(ledger);
    assert_eq!(Journal::read(&files(dir.path())[0]).entries.len(), 2);
    assert!(!dir.path().join("logs").exists());
}

proptest! {
    #![proptest_config(laws(8))]

    #[test]
    fn whatever_happened_is_there_after_a_kill_at_any_byte(
        events in prop::collection::vec((0..3usize, any_event()), 1..40),
        cut in 0usize..100_000,
    ) {
        let dir = TempDir::new().unwrap();
        let (mut ledger, _) = open(dir.path()).unwrap();
        for (seat, event) in events {
            // Much of it is refused.
            let _ = ledger.happen(["17", "18", "19"][seat], event);
        }
        drop(ledger);
        let [journal, _] = files(dir.path());
        let cut = cut % (journal.len() + 1);
        let expected = Journal::read(&journal[..cut]).entries;
        fs::write(journal_file(dir.path(), "a"), &journal[..cut]).unwrap();
        let (ledger, found) = open(dir.path()).unwrap();
        prop_assert_eq!(&found.entries[..expected.len()], &expected[..]);
        // Opened once more, everything is as it was but for the entry that says so.
        let seats = ledger.seats().clone();
        drop(ledger);
        let (ledger, again) = open(dir.path()).unwrap();
        prop_assert_eq!(&seats, ledger.seats());
        prop_assert_eq!(again.entries.len(), found.entries.len() + 1);
        prop_assert_eq!(nothing(1).run, 1);
    }
}
