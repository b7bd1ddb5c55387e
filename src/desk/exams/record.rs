//! The record of an exam: all that is on file of it, from the storage or from a folder that was exported.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Days, Utc};
use sha2::{Digest, Sha256};

use crate::exam::journal::{Entry, Head, Journal};
use crate::exam::seat::Run;
use crate::exam::seats::{Conflict, OFFICE};
use crate::exam::{Candidate, Definition, Seats, fault::Faults, results};
use crate::lessons::catalogue::Catalogue;
use crate::store::exam::ledger::{journal_file, log_file_name};
use crate::store::exam::{ExamError, ExamRow, LogRow, Storage};
use crate::store::files::append::{Growing, MAX_GROWN};
use crate::store::files::{Access, FileError, make_dir, read_at_most, read_file, write_new};
use crate::typing::attempt;

/// The files of an exported folder.
const DEFINITION: &str = "exam.toml";
const ROSTER: &str = "roster.json";
const RESULTS: &str = "results.csv";
const LOGS: &str = "logs";

/// Why something could not be done with an exam on file.
#[derive(Debug, thiserror::Error)]
pub enum ExamDeskError {
    /// The storage.
    #[error(transparent)]
    Exam(#[from] ExamError),
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// A definition that cannot be read any more.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// A folder that is not empty.
    #[error("{0} is there already, and nothing is overwritten; name a folder that is not there")]
    Taken(PathBuf),
    /// A roster in an exported folder that was altered.
    #[error("{0} is not the roster that was exported; copy the folder again")]
    Roster(PathBuf),
    /// Entries that cannot have happened.
    #[error("{0}")]
    Conflict(Conflict),
    /// Raw timing that may not be deleted yet.
    #[error(
        "keystrokes of exam {exam} are kept until {until}, for appeals; wait, or give --early and say so to the candidates"
    )]
    Early {
        /// The exam.
        exam: String,
        /// The day, as YYYY-MM-DD.
        until: String,
    },
    /// No such test.
    #[error("candidate {number} has no test{run} on file; `typeproof exam export` shows what there is")]
    NoTest {
        /// The candidate.
        number: String,
        /// Which, with a space before it, or nothing.
        run: String,
    },
}

/// Where a record comes from.
enum Source {
    /// The storage, and the folder of all exams.
    Storage(Box<dyn Storage>, PathBuf),
    /// A folder that was exported.
    Folder(PathBuf),
}

/// All that is on file of an exam.
pub struct Record {
    /// The exam, as it is kept.
    pub row: ExamRow,
    /// What it is.
    pub exam: Definition,
    /// Who was examined.
    pub roster: Vec<Candidate>,
    /// The journals, by room.
    pub journals: Vec<(String, Vec<Entry>)>,
    source: Source,
}

impl Record {
    /// The record in a storage. What a room wrote and could not bring is brought first, from the folder of the exams.
    ///
    /// # Errors
    /// [`ExamError::NoExam`] where there is none, and a journal that cannot be relied on.
    pub fn stored(
        mut storage: Box<dyn Storage>,
        exams: &Path,
        id: &str,
        catalogue: &Catalogue,
    ) -> Result<Self, ExamDeskError> {
        let row = storage.exam(id)?.ok_or_else(|| ExamError::NoExam(id.to_owned()))?;
        bring(&mut *storage, &exams.join(id), id)?;
        let roster = storage.roster(id)?;
        let mut journals = Vec::new();
        for room in storage.rooms(id)? {
            let entries = sound(&format!("of room {room}"), &storage.journal(id, &room)?)?;
            journals.push((room, entries));
        }
        let exam = Definition::parse(DEFINITION, &row.definition, catalogue.shelves())?;
        Ok(Self { row, exam, roster, journals, source: Source::Storage(storage, exams.to_owned()) })
    }

    /// The record in a folder that was exported.
    ///
    /// # Errors
    /// What cannot be read, and a journal that cannot be relied on.
    pub fn exported(folder: &Path, catalogue: &Catalogue) -> Result<Self, ExamDeskError> {
        let text = |name: &str| -> Result<String, FileError> {
            Ok(String::from_utf8_lossy(&read_file(&folder.join(name), MAX_GROWN)?).into_owned())
        };
        let definition = text(DEFINITION)?;
        let exam = Definition::parse(DEFINITION, &definition, catalogue.shelves())?;
        let roster =
            serde_json::from_str(&text(ROSTER)?).map_err(|_| ExamDeskError::Roster(folder.join(ROSTER)))?;
        let journals = rooms_in(folder)?
            .into_iter()
            .map(|room| {
                let path = journal_file(folder, &room);
                let bytes = read_file(&path, MAX_GROWN)?;
                Ok((room, sound(&path.display().to_string(), &bytes)?))
            })
            .collect::<Result<_, ExamDeskError>>()?;
        let row = ExamRow { id: exam.id.clone(), definition, roster_sha256: [0; 32], opened_unix_ms: 0 };
        Ok(Self { row, exam, roster, journals, source: Source::Folder(folder.to_owned()) })
    }

    /// The seats, as all rooms and the office left them.
    ///
    /// # Errors
    /// [`ExamDeskError::Conflict`] when the journals do not fit.
    pub fn seats(&self) -> Result<Seats, ExamDeskError> {
        let (seats, conflicts) = Seats::merged(&self.exam, &self.roster, &self.journals);
        match conflicts.into_iter().next() {
            Some(conflict) => Err(ExamDeskError::Conflict(conflict)),
            None => Ok(seats),
        }
    }

    /// The attempt file of a test, where it is kept and is the one that the journal names.
    ///
    /// # Errors
    /// What the storage or the operating system refuses.
    pub fn log(&mut self, number: &str, run: &Run) -> Result<Option<Vec<u8>>, ExamDeskError> {
        let Some(wanted) = run.outcome.as_ref().and_then(|outcome| outcome.attempt_sha256.clone()) else {
            return Ok(None);
        };
        let is_it = |bytes: &Vec<u8>| data_encoding::HEXLOWER.encode(&attempt::digest(bytes)) == wanted;
        match &mut self.source {
            Source::Storage(storage, _) => {
                let logs = storage.logs(&self.row.id, number)?;
                Ok(logs.into_iter().map(|log| log.attempt).find(is_it))
            }
            Source::Folder(folder) => {
                let name = log_file_name(number, run.begun.run, &wanted);
                let bytes = read_at_most(&folder.join(LOGS).join(name), attempt::MAX_BYTES as u64)?;
                Ok(bytes.filter(is_it))
            }
        }
    }

    /// Appends what the office did: the entry that `make` puts behind the last one of the office's journal.
    ///
    /// # Errors
    /// What the storage or the operating system refuses.
    pub(super) fn append(&mut self, make: impl FnOnce(Head) -> Entry) -> Result<Head, ExamDeskError> {
        let head = self.office().last().map_or_else(Head::default, Entry::head);
        let entry = make(head);
        match &mut self.source {
            Source::Storage(storage, _) => {
                storage.append(&self.row.id, OFFICE, std::slice::from_ref(&entry))?
            }
            Source::Folder(folder) => {
                let (mut file, bytes) = Growing::open(&journal_file(folder, OFFICE))?;
                let torn = Journal::read(&bytes).torn;
                if torn > 0 {
                    file.cut((bytes.len() - torn) as u64)?;
                }
                file.append(entry.line().as_bytes())?;
            }
        }
        let head = entry.head();
        match self.journals.iter_mut().find(|(room, _)| room == OFFICE) {
            Some((_, entries)) => entries.push(entry),
            None => self.journals.push((OFFICE.to_owned(), vec![entry])),
        }
        Ok(head)
    }

    fn office(&self) -> &[Entry] {
        self.journals.iter().find(|(room, _)| room == OFFICE).map_or(&[], |(_, entries)| entries)
    }

    /// The storage and the folder of the exam, where the record comes from a storage.
    pub(super) fn storage(&mut self) -> Option<(&mut dyn Storage, PathBuf)> {
        match &mut self.source {
            Source::Storage(storage, exams) => Some((&mut **storage, exams.join(&self.row.id))),
            Source::Folder(_) => None,
        }
    }

    /// The day until which raw timing is kept.
    ///
    /// # Errors
    /// As for [`Self::seats`].
    pub fn kept_until(&self) -> Result<DateTime<Utc>, ExamDeskError> {
        let seats = self.seats()?;
        let ends = seats.all().flat_map(|seat| seat.runs().iter().filter_map(|run| run.ended_unix_ms));
        let last = ends.max().unwrap_or(self.row.opened_unix_ms);
        let last = DateTime::from_timestamp_millis(last).unwrap_or(DateTime::<Utc>::MAX_UTC);
        let days = Days::new(u64::from(self.exam.retention_days));
        Ok(last.checked_add_days(days).unwrap_or(DateTime::<Utc>::MAX_UTC))
    }

    /// Writes everything, or what there is of one candidate, into a new folder: definition, roster, results, journals, attempt
    /// files. Of one candidate the journals hold the entries of the seat alone, and so no chain.
    ///
    /// # Errors
    /// [`ExamDeskError::Taken`] when the folder is there; [`ExamDeskError::NoTest`] for a number that the roster does not have.
    pub fn export(&mut self, folder: &Path, person: Option<&str>) -> Result<Vec<PathBuf>, ExamDeskError> {
        if folder.symlink_metadata().is_ok() {
            return Err(ExamDeskError::Taken(folder.to_owned()));
        }
        let seats = self.seats()?;
        let is_meant = |number: &str| person.is_none_or(|person| person == number);
        let roster: Vec<Candidate> = self.roster.iter().filter(|c| is_meant(&c.number)).cloned().collect();
        if let (Some(number), true) = (person, roster.is_empty()) {
            return Err(ExamDeskError::NoTest { number: number.to_owned(), run: String::new() });
        }
        make_dir(folder)?;
        let mut files = Vec::new();
        let mut put = |name: PathBuf, bytes: &[u8]| -> Result<(), FileError> {
            write_new(&folder.join(&name), bytes, Access::Owner)?;
            files.push(name);
            Ok(())
        };
        put(DEFINITION.into(), self.row.definition.as_bytes())?;
        // Plain data with string keys: serialising it cannot fail.
        put(ROSTER.into(), &serde_json::to_vec_pretty(&roster).unwrap_or_default())?;
        put(RESULTS.into(), results::to_csv(&self.exam, &roster, &seats).as_bytes())?;
        for (room, entries) in &self.journals {
            let about = |entry: &&Entry| {
                person.is_none() || entry.event().is_some_and(|(number, _)| is_meant(number))
            };
            let lines: String = entries.iter().filter(about).map(Entry::line).collect();
            put(journal_file(Path::new(""), room), lines.as_bytes())?;
        }
        for candidate in &roster {
            let runs: Vec<Run> =
                seats.get(&candidate.number).map_or_else(Vec::new, |seat| seat.runs().to_vec());
            for run in runs {
                let Some(bytes) = self.log(&candidate.number, &run)? else { continue };
                let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
                put(Path::new(LOGS).join(log_file_name(&candidate.number, run.begun.run, &digest)), &bytes)?;
            }
        }
        Ok(files)
    }
}

/// The entries of a journal that can be relied on; an end that is torn is left out.
fn sound(place: &str, bytes: &[u8]) -> Result<Vec<Entry>, ExamError> {
    let Journal { entries, damage, .. } = Journal::read(bytes);
    if damage.is_empty() { Ok(entries) } else { Err(ExamError::Damaged { place: place.to_owned(), damage }) }
}

/// The rooms that have a journal in a folder.
fn rooms_in(folder: &Path) -> Result<Vec<String>, FileError> {
    let listed = match fs::read_dir(folder) {
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        listed => listed.map_err(FileError::io(folder, "listed"))?,
    };
    let name = |entry: std::io::Result<fs::DirEntry>| entry.ok()?.file_name().into_string().ok();
    let mut rooms: Vec<String> =
        listed.filter_map(name).filter_map(|name| Some(name.strip_suffix(".journal")?.to_owned())).collect();
    rooms.sort();
    Ok(rooms)
}

/// Brings what the rooms of this machine wrote and the storage lacks.
fn bring(storage: &mut dyn Storage, folder: &Path, id: &str) -> Result<(), ExamDeskError> {
    for room in rooms_in(folder)? {
        let path = journal_file(folder, &room);
        let bytes = read_file(&path, MAX_GROWN)?;
        let entries = sound(&path.display().to_string(), &bytes)?;
        storage.append(id, &room, &entries)?;
        let outcomes =
            entries.iter().filter_map(|entry| Some((entry.event()?.0.to_owned(), outcome(entry)?)));
        for (number, (run, digest)) in outcomes {
            let file = folder.join(LOGS).join(log_file_name(&number, run, &digest));
            let purged = storage.logs(id, &number)?.iter().any(|log| log.run == run);
            if let (false, Some(attempt)) = (purged, read_at_most(&file, attempt::MAX_BYTES as u64)?) {
                storage.keep_log(id, &LogRow { number, room: room.clone(), run, attempt })?;
            }
        }
    }
    Ok(())
}

/// The test that an entry ended, and the digest of its attempt file.
fn outcome(entry: &Entry) -> Option<(u32, String)> {
    use crate::exam::event::What;
    match entry.event()?.1.what {
        What::Finished(outcome) | What::Aborted(outcome) => Some((outcome.run, outcome.attempt_sha256?)),
        _ => None,
    }
}
