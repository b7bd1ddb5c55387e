//! The ledger of a room: its seats, its journal and the keystrokes of its tests, in one hand. What it refuses has not
//! happened; what it took is on the disk as soon as [`Written`] says so, and within a quarter of a second in any case.

use std::path::{Path, PathBuf};

use super::clerk::{Clerk, Written};
use super::error::ExamError;
use crate::exam::definition::Definition;
use crate::exam::event::{Actor, Event, Opened, Outcome, RoomWhat, What};
use crate::exam::journal::{Damage, Entry, Head, Journal, Subject};
use crate::exam::seat::{Refused, State};
use crate::exam::seats::OFFICE;
use crate::exam::strokes::{self, Strokes, Tests, Typed};
use crate::exam::taken::Taken;
use crate::exam::{Candidate, Seats};
use crate::store::Notice;
use crate::store::files::append::Growing;
use crate::typing::exercise::Exercise;
use crate::typing::log;

/// Why a test was aborted that ran when the room ended.
const ROOM_ENDED: &str = "the room ended while the test ran";

/// The ledger of a room.
pub struct Ledger {
    seats: Seats,
    head: Head,
    clerk: Clerk,
    /// The tests that run, or may go on, with all that was typed.
    tests: Tests,
    logs: PathBuf,
}

/// What was found when a ledger was opened.
#[derive(Debug, Default)]
pub struct Found {
    /// All entries, the new ones included, for a database that may lack some.
    pub entries: Vec<Entry>,
    /// Sessions that were connected when the room ended: number and claim, to be given back.
    pub claims: Vec<(String, u64)>,
    /// Tests that were aborted now because the room had ended while they ran.
    pub taken: Vec<(String, Taken)>,
    /// What a person should know.
    pub notices: Vec<Notice>,
}

/// Something that happened.
#[derive(Debug)]
pub struct Happened {
    /// Its entry.
    pub entry: Entry,
    /// Says when it is on the disk.
    pub written: Written,
}

/// What a ledger is of.
#[derive(Clone, Copy, Debug)]
pub struct Of<'a> {
    /// The exam.
    pub exam: &'a Definition,
    /// The roster.
    pub roster: &'a [Candidate],
    /// What the first entry says.
    pub opened: &'a Opened,
}

impl Ledger {
    /// Opens the ledger of a room in a folder, and makes it where missing. A line that was being written when the room was
    /// killed is cut off, and said. Whoever was connected is so no more; a test that ran is aborted, with all of it that is
    /// on the disk, and goes on as the exam's policy says.
    ///
    /// # Errors
    /// [`ExamError::Damaged`] for a journal of which entries were altered or are missing, [`ExamError::Other`] for one of
    /// another exam, [`ExamError::Conflict`] for one that does not fit the roster; otherwise what the operating system
    /// refuses, such as a file that another room has open.
    pub fn open(dir: &Path, of: Of<'_>, at_unix_ms: i64) -> Result<(Self, Found), ExamError> {
        let room = &of.opened.room;
        let journal = Growing::open(&journal_file(dir, room))?;
        let strokes = Growing::open(&strokes_file(dir, room))?;
        Self::on(journal, strokes, &dir.join("logs"), of, at_unix_ms)
    }

    /// As [`Self::open`], on files that are open, each with what is in it.
    ///
    /// # Errors
    /// As for [`Self::open`].
    pub fn on(
        journal: (Growing, Vec<u8>),
        strokes: (Growing, Vec<u8>),
        logs: &Path,
        of: Of<'_>,
        at_unix_ms: i64,
    ) -> Result<(Self, Found), ExamError> {
        if of.opened.room == OFFICE {
            return Err(ExamError::Forked { room: OFFICE.to_owned(), seq: 1 });
        }
        let mut found = Found::default();
        let (mut journal, entries) = sound_entries(journal, of.opened, &mut found.notices)?;
        let (mut strokes, tests) = sound_strokes(strokes, &mut found.notices)?;
        let (seats, conflicts) = Seats::replayed(of.exam, of.roster, &entries);
        if let Some(conflict) = conflicts.into_iter().next() {
            return Err(ExamError::Conflict(conflict));
        }
        let mut past = Past { seats, head: entries.last().map_or_else(Head::default, Entry::head), entries };
        past.open_again(&tests, of.opened, at_unix_ms, &mut found);
        let new = past.entries.iter().filter(|entry| entry.seq > past.known());
        let lines: String = new.map(Entry::line).collect();
        if strokes.length() == 0 {
            strokes.append(strokes::MAGIC)?;
        }
        let clerk_files = found.taken.iter().filter_map(|(number, taken)| log_file(logs, number, taken));
        let files: Vec<(PathBuf, Vec<u8>)> = clerk_files.collect();
        for (path, bytes) in files {
            match crate::store::files::write_new(&path, &bytes, crate::store::files::Access::Owner) {
                Ok(()) | Err(crate::store::files::FileError::Exists(_)) => {}
                Err(why) => return Err(why.into()),
            }
        }
        journal.append(lines.as_bytes())?;
        let Past { seats, head, entries } = past;
        found.entries = entries;
        let may_go_on = |(number, run): &(String, u32)| {
            let seat = seats.get(number);
            seat.is_some_and(|seat| {
                seat.next_run() == run + 1 && matches!(seat.state(), State::Aborted | State::Resumed)
            })
        };
        let tests = tests.into_iter().filter(|(key, _)| may_go_on(key)).collect();
        let clerk = Clerk::start(journal, strokes);
        Ok((Self { seats, head, clerk, tests, logs: logs.to_owned() }, found))
    }

    /// The seats, as everything that happened leaves them.
    #[must_use]
    pub const fn seats(&self) -> &Seats {
        &self.seats
    }

    /// The place behind the last entry, which reports and badges name.
    #[must_use]
    pub const fn head(&self) -> Head {
        self.head
    }

    /// What the disk refuses at the moment; nothing while all is well. Until it is well again nothing is lost, as long as the
    /// room goes on.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        self.clerk.trouble()
    }

    /// Takes an event of a seat.
    ///
    /// # Errors
    /// When it cannot happen now; nothing changes then.
    pub fn happen(&mut self, number: &str, event: Event) -> Result<Happened, Refused> {
        let nobody = || Refused::Missing { number: number.to_owned(), what: "seat", index: 1 };
        self.seats.get_mut(number).ok_or_else(nobody)?.apply(&event)?;
        if let What::Finished(Outcome { run, .. }) = &event.what {
            self.tests.remove(&(number.to_owned(), *run));
        }
        let entry = Entry::of_seat(self.head, number, event);
        Ok(self.write(entry))
    }

    /// Takes what happened to the whole room.
    pub fn happen_to_all(&mut self, at_unix_ms: i64, by: Actor, reason: &str, what: RoomWhat) -> Happened {
        let entry = Entry::of_room(self.head, at_unix_ms, by, reason.to_owned(), what);
        // What happens to the room is refused by no seat.
        let _ = self.seats.apply(&entry);
        self.write(entry)
    }

    fn write(&mut self, entry: Entry) -> Happened {
        self.head = entry.head();
        let written = self.clerk.journal(entry.line().into_bytes());
        Happened { entry, written }
    }

    /// Begins a test: an event with [`What::Started`], and what is typed.
    ///
    /// # Errors
    /// As for [`Self::happen`].
    pub fn begin(&mut self, number: &str, event: Event, exercise: &Exercise) -> Result<Happened, Refused> {
        let run = self.seats.get(number).map_or(1, crate::exam::Seat::next_run);
        let happened = self.happen(number, event)?;
        self.clerk.strokes(strokes::began(number, run, exercise));
        let typed = Typed { exercise: Some(exercise.clone()), events: Vec::new() };
        self.tests.insert((number.to_owned(), run), typed);
        Ok(happened)
    }

    /// Takes what was typed in a test that runs. It reaches the disk within a quarter of a second.
    pub fn press(&mut self, number: &str, run: u32, events: &[log::Event]) {
        if let Some(typed) = self.tests.get_mut(&(number.to_owned(), run)).filter(|_| !events.is_empty()) {
            typed.events.extend_from_slice(events);
            self.clerk.strokes(strokes::events(number, run, events));
        }
    }

    /// What was typed in a test that runs, or may go on.
    #[must_use]
    pub fn typed(&self, number: &str, run: u32) -> Option<&Typed> {
        self.tests.get(&(number.to_owned(), run))
    }

    /// Ends a test: keeps its attempt file, then takes the event, whose [`What`] the outcome gives:
    /// `ledger.end("17", &taken, at, by, reason, What::Finished)`.
    ///
    /// # Errors
    /// As for [`Self::happen`].
    pub fn end(
        &mut self,
        number: &str,
        taken: &Taken,
        (at_unix_ms, by, reason): (i64, Actor, &str),
        what: fn(Outcome) -> What,
    ) -> Result<Happened, Refused> {
        let event = Event { at_unix_ms, by, reason: reason.to_owned(), what: what(taken.outcome.clone()) };
        let mut seat = self.seats.get(number).cloned();
        seat.as_mut().map(|seat| seat.apply(&event)).transpose()?;
        if let Some((path, bytes)) = log_file(&self.logs, number, taken) {
            self.clerk.file(path, bytes);
        }
        self.happen(number, event)
    }

    /// Has everything written now.
    #[must_use]
    pub fn flush(&self) -> Written {
        self.clerk.flush()
    }
}

/// What a journal says, while the room is being opened.
struct Past {
    seats: Seats,
    head: Head,
    entries: Vec<Entry>,
}

impl Past {
    /// The number of the last entry that was on the disk.
    fn known(&self) -> u64 {
        let opening =
            |entry: &&Entry| matches!(entry.subject, Subject::Room(RoomWhat::Opened(_) | RoomWhat::Reopened));
        self.entries.iter().rev().find(opening).map_or(0, |entry| entry.seq - 1)
    }

    fn add(&mut self, entry: Entry) {
        self.head = entry.head();
        self.entries.push(entry);
    }

    /// Opens the room: for the first time, or after it ended with all that was open then.
    fn open_again(&mut self, tests: &Tests, opened: &Opened, at_unix_ms: i64, found: &mut Found) {
        let what =
            if self.entries.is_empty() { RoomWhat::Opened(opened.clone()) } else { RoomWhat::Reopened };
        let entry = Entry::of_room(self.head, at_unix_ms, Actor::Room, String::new(), what);
        let _ = self.seats.apply(&entry);
        self.add(entry);
        let numbers: Vec<String> = self.seats.all().map(|seat| seat.number().to_owned()).collect();
        for number in numbers {
            let event = |what: What, reason: &str| Event {
                at_unix_ms,
                by: Actor::Room,
                reason: reason.to_owned(),
                what,
            };
            let Some(seat) = self.seats.get_mut(&number) else { continue };
            let mut events = Vec::new();
            if let Some(connection) = seat.live() {
                found.claims.push((number.clone(), connection.claim));
                events.push(event(What::Disconnected, ROOM_ENDED));
            }
            if let Some(run) = seat.current().filter(|_| seat.state() == State::Running) {
                let (index, started) = (run.begun.run, run.started_unix_ms);
                let typed = tests.get(&(number.clone(), index));
                let taken = typed.map_or_else(|| Taken::nothing(index), |typed| typed.ended(index, started));
                events.push(event(What::Aborted(taken.outcome.clone()), ROOM_ENDED));
                found.taken.push((number.clone(), taken));
            }
            for event in events {
                // A seat that is live can be left, and one that runs can be aborted.
                if seat.apply(&event).is_ok() {
                    let entry = Entry::of_seat(self.head, &number, event);
                    self.head = entry.head();
                    self.entries.push(entry);
                }
            }
        }
        if !found.taken.is_empty() {
            let (count, were) =
                (found.taken.len(), if found.taken.len() == 1 { "test was" } else { "tests were" });
            let what = format!(
                "{count} {were} running when the room ended; what was typed is kept, and the exam's policy says how they go on"
            );
            found.notices.push(Notice::new(what));
        }
    }
}

/// The entries of a journal that can be relied on, and the file without what was cut off.
fn sound_entries(
    (mut file, bytes): (Growing, Vec<u8>),
    opened: &Opened,
    notices: &mut Vec<Notice>,
) -> Result<(Growing, Vec<Entry>), ExamError> {
    let Journal { entries, damage, torn } = Journal::read(&bytes);
    if !damage.is_empty() {
        return Err(ExamError::Damaged { place: file.path().display().to_string(), damage });
    }
    if torn > 0 {
        file.cut((bytes.len() - torn) as u64)?;
        let what = format!(
            "the journal {} ended in the middle of an entry; {torn} bytes were cut off",
            file.path().display()
        );
        notices.push(Notice::new(what));
    }
    let Some(first) = entries.first() else { return Ok((file, entries)) };
    match &first.subject {
        Subject::Room(RoomWhat::Opened(other)) if other == opened => Ok((file, entries)),
        Subject::Room(RoomWhat::Opened(other)) => {
            Err(ExamError::Other { what: "exam", id: format!("{} (room {})", other.exam, other.room) })
        }
        _ => {
            let damage = vec![Damage::Missing { from: 0, to: 0 }];
            Err(ExamError::Damaged { place: file.path().display().to_string(), damage })
        }
    }
}

/// The tests of a file of keystrokes, and the file without what was cut off.
fn sound_strokes(
    (mut file, bytes): (Growing, Vec<u8>),
    notices: &mut Vec<Notice>,
) -> Result<(Growing, Tests), ExamError> {
    let Strokes { tests, sound } = Strokes::read(&bytes);
    if sound < bytes.len() {
        file.cut(sound as u64)?;
        let lost = bytes.len() - sound;
        let what = format!(
            "the keystrokes in {} ended amid a record; {lost} bytes were cut off",
            file.path().display()
        );
        notices.push(Notice::new(what));
    }
    Ok((file, tests))
}

/// The journal of a room in an exam's folder.
#[must_use]
pub fn journal_file(dir: &Path, room: &str) -> PathBuf {
    dir.join(format!("{room}.journal"))
}

/// The keystrokes of a room in an exam's folder.
#[must_use]
pub fn strokes_file(dir: &Path, room: &str) -> PathBuf {
    dir.join(format!("{room}.strokes"))
}

/// The name of a test's attempt file. It holds the beginning of the digest, since a test that was resumed has two.
#[must_use]
pub fn log_file_name(number: &str, run: u32, sha256: &str) -> String {
    let begin: String = sha256.chars().take(8).collect();
    // No number has a plus sign.
    format!("{}-{run}-{begin}.tpa", number.replace('/', "+"))
}

/// The file of a test's attempt and what is in it; nothing where nothing was typed.
fn log_file(logs: &Path, number: &str, taken: &Taken) -> Option<(PathBuf, Vec<u8>)> {
    let name = log_file_name(number, taken.outcome.run, taken.outcome.attempt_sha256.as_ref()?);
    Some((logs.join(name), taken.attempt.clone()))
}
