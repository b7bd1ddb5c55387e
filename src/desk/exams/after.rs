//! What is done after the session: results are recomputed, raw timing is deleted, a person's data are deleted. Each leaves an
//! entry in the office's journal.

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};

use super::record::{ExamDeskError, Record};
use crate::exam::event::{Actor, Event, Recomputed, RoomWhat, What};
use crate::exam::journal::{Entry, Head};
use crate::exam::seat::Run;
use crate::exam::{strokes, taken};
use crate::store::files::append::{Growing, MAX_GROWN};
use crate::store::files::{Access, FileError, read_at_most, replace};
use crate::typing::score::Score;

/// What came of recomputing a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// The test, as it is on file.
    pub run: Run,
    /// The figures that its log gives, or why it gives none.
    pub found: Result<Score, String>,
    /// Whether every figure is the one on file.
    pub same: bool,
}

/// What was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purged {
    /// Tests whose attempt files were deleted.
    pub tests: u32,
}

/// Who asks, when and why.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Who decided.
    pub by: &'a str,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: &'a str,
}

/// Recomputes a candidate's tests, or one of them, from their logs, and appends what came of it.
///
/// # Errors
/// [`ExamDeskError::NoTest`] when there is none; otherwise what cannot be read or written.
pub fn replay(
    record: &mut Record,
    number: &str,
    run: Option<u32>,
    asked: Asked<'_>,
) -> Result<(Vec<Replayed>, Head), ExamDeskError> {
    let seats = record.seats()?;
    let runs = seats.get(number).map_or(&[][..], |seat| seat.runs());
    let meant = |other: &&Run| run.is_none_or(|run| other.begun.run == run) && other.outcome.is_some();
    let runs: Vec<Run> = runs.iter().filter(meant).cloned().collect();
    if runs.is_empty() {
        let run = run.map_or_else(String::new, |run| format!(" {run}"));
        return Err(ExamDeskError::NoTest { number: number.to_owned(), run });
    }
    let mut replayed = Vec::new();
    let mut head = Head::default();
    for run in runs {
        let on_file = run.outcome.as_ref().and_then(|outcome| outcome.score);
        let found = match record.log(number, &run)? {
            Some(bytes) => taken::recomputed(&bytes),
            None if on_file.is_none() => Err("nothing was typed".to_owned()),
            None => Err("its log is not on file any more".to_owned()),
        };
        let same = found.as_ref().ok() == on_file.as_ref();
        let recomputed = Recomputed { run: run.begun.run, same, score: found.as_ref().ok().copied() };
        let event = event(asked, What::Recomputed(recomputed));
        head = record.append(|head| Entry::of_seat(head, number, event))?;
        replayed.push(Replayed { run, found, same });
    }
    Ok((replayed, head))
}

/// Deletes the raw timing of all candidates; results and journal stay.
///
/// # Errors
/// [`ExamDeskError::Early`] before the exam's retention has passed, unless `early`; otherwise what cannot be deleted.
pub fn purge(record: &mut Record, early: bool, asked: Asked<'_>) -> Result<Purged, ExamDeskError> {
    let until = record.kept_until()?;
    if asked.at < until && !early {
        let until = until.format("%Y-%m-%d").to_string();
        return Err(ExamDeskError::Early { exam: record.row.id.clone(), until });
    }
    let id = record.row.id.clone();
    let tests = match record.storage() {
        Some((storage, folder)) => {
            let _held = held(&folder)?;
            let tests = storage.purge(&id)?;
            delete(&folder, |name| name.ends_with(".strokes"))?;
            delete(&folder.join("logs"), |name| name.ends_with(".tpa"))?;
            tests
        }
        None => 0,
    };
    let (at, by) = (asked.at.timestamp_millis(), Actor::Proctor(asked.by.to_owned()));
    let what = RoomWhat::TimingDeleted { tests };
    record.append(|head| Entry::of_room(head, at, by, asked.reason.to_owned(), what))?;
    Ok(Purged { tests })
}

/// Deletes name, address and raw timing of a candidate; number, results and journal stay.
///
/// # Errors
/// What cannot be deleted; a number that the roster does not have.
pub fn erase(record: &mut Record, number: &str, asked: Asked<'_>) -> Result<(), ExamDeskError> {
    let id = record.row.id.clone();
    if let Some((storage, folder)) = record.storage() {
        let _held = held(&folder)?;
        storage.erase(&id, number)?;
        let begin = format!("{}-", number.replace('/', "+"));
        delete(&folder.join("logs"), |name| name.starts_with(&begin) && is_log_of(name, &begin))?;
        for path in
            listed(&folder)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "strokes"))
        {
            let bytes = read_at_most(&path, MAX_GROWN)?.unwrap_or_default();
            replace(&path, &strokes::without(&bytes, number), Access::Owner)?;
        }
    }
    let event = event(asked, What::Erased);
    record.append(|head| Entry::of_seat(head, number, event))?;
    Ok(())
}

/// Whether the rest of a name is a run and a digest, so that the number ends there: numbers may have hyphens.
fn is_log_of(name: &str, begin: &str) -> bool {
    let rest = name.strip_prefix(begin).and_then(|rest| rest.strip_suffix(".tpa"));
    let parts = rest.and_then(|rest| rest.split_once('-'));
    parts.is_some_and(|(run, digest)| run.bytes().all(|b| b.is_ascii_digit()) && digest.len() == 8)
}

fn event(asked: Asked<'_>, what: What) -> Event {
    let by = Actor::Proctor(asked.by.to_owned());
    Event { at_unix_ms: asked.at.timestamp_millis(), by, reason: asked.reason.to_owned(), what }
}

/// The journals of a folder, held so that no room opens meanwhile. A room that is open is closed first.
fn held(folder: &Path) -> Result<Vec<Growing>, FileError> {
    let journals =
        listed(folder)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "journal"));
    journals.map(|path| Growing::open(&path).map(|(journal, _)| journal)).collect()
}

/// The files of a folder; none where there is no folder.
fn listed(folder: &Path) -> Result<Vec<std::path::PathBuf>, FileError> {
    match fs::read_dir(folder) {
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        listed => {
            let listed = listed.map_err(FileError::io(folder, "listed"))?;
            Ok(listed.filter_map(Result::ok).map(|entry| entry.path()).collect())
        }
    }
}

/// Deletes the files of a folder that are meant.
fn delete(folder: &Path, is_meant: impl Fn(&str) -> bool) -> Result<(), FileError> {
    for path in listed(folder)? {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if is_meant(&name) {
            fs::remove_file(&path).map_err(FileError::io(&path, "deleted"))?;
        }
    }
    Ok(())
}
