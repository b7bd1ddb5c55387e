//! Opening a room: exam file, roster, codes, journal and database become a hall; and what is handed out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::hall::{Hall, Opening};
use super::texts::Shelf;
use crate::exam::definition::PassageSource;
use crate::exam::event::Opened;
use crate::exam::fault::Faults;
use crate::exam::passages::Bank;
use crate::exam::roster::{self, Roster};
use crate::exam::{Candidate, CodeDigest, Definition, SeatCode};
use crate::lessons::catalogue::Catalogue;
use crate::store::Notice;
use crate::store::exam::ledger::{Found, Of};
use crate::store::exam::vault::{self, VaultError};
use crate::store::exam::{self, ExamError, ExamRow, Ledger, LogRow, Mirror, Storage};
use crate::store::files::{FileError, read_file};
use crate::system::{self, NoRandomness};

/// Largest exam file in bytes.
const MAX_EXAM_BYTES: u64 = 256 * 1024;

/// Why a room cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpeningError {
    /// The exam's file, roster or bank.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// What is kept.
    #[error(transparent)]
    Exam(#[from] ExamError),
    /// No randomness for codes.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The encrypted bank.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The encrypted bank, and nobody to ask.
    #[error("the bank {0} is encrypted, and its passphrase was not given; open the room in a terminal")]
    NoPassphrase(PathBuf),
    /// A file that is no text.
    #[error("{0} is not UTF-8 text; save it as UTF-8")]
    NotText(PathBuf),
}

/// What a room is opened with.
pub struct Wanted<'a> {
    /// The exam's file.
    pub file: &'a Path,
    /// The folder of all exams.
    pub exams: &'a Path,
    /// The address of a database; nothing for the one in the folder of exams.
    pub database: Option<&'a str>,
    /// The room's id: rooms that share a database have one each.
    pub room: &'a str,
    /// Whether every candidate gets a new code.
    pub new_codes: bool,
    /// Asks for the passphrase of an encrypted bank; nothing where nobody can be asked.
    pub passphrase: &'a dyn Fn() -> Option<Zeroizing<String>>,
}

/// A room that is open.
#[derive(Debug)]
pub struct Room {
    /// The hall.
    pub hall: Arc<Hall>,
    /// The folder of the exam, with journal, logs and sheets.
    pub folder: PathBuf,
    /// The codes that were made now: only they can be printed.
    pub codes: Vec<(Candidate, SeatCode)>,
    /// What a person should know.
    pub notices: Vec<Notice>,
}

impl Room {
    /// Opens a room, for the first time or again. Tests that ran when it ended are aborted, with all that was typed.
    ///
    /// # Errors
    /// When a file is wrong, missing or another than before, or something cannot be kept.
    pub fn open(wanted: &Wanted<'_>, catalogue: Catalogue) -> Result<Self, OpeningError> {
        let read = Read::files(wanted, &catalogue)?;
        let Read { exam, text, roster, roster_sha256, bank, mut notices } = read;
        let folder = wanted.exams.join(&exam.id);
        let at_unix_ms = system::now().timestamp_millis();
        let mut storage = exam::open(wanted.exams, wanted.database)?;
        let row = ExamRow {
            id: exam.id.clone(),
            definition: text.clone(),
            roster_sha256,
            opened_unix_ms: at_unix_ms,
        };
        storage.keep_exam(&row, &roster)?;
        let (codes, new) = codes(&mut *storage, &exam, &roster, wanted.new_codes)?;
        let seen = seen(&mut *storage, &roster)?;
        let opened = Opened {
            exam: exam.id.clone(),
            room: wanted.room.to_owned(),
            definition_sha256: hex(&Sha256::digest(text.as_bytes())),
            roster_sha256: hex(&roster_sha256),
        };
        let of = Of { exam: &exam, roster: &roster, opened: &opened };
        let (ledger, found) = Ledger::open(&folder, of, at_unix_ms)?;
        let mirror = Mirror::start(storage, &exam.id, wanted.room);
        catch_up(&mirror, &exam.id, wanted.room, found, &mut notices);
        let texts = Box::new(Shelf::new(exam.clone(), bank, catalogue, seen));
        let (room, mirror) = (wanted.room.to_owned(), Some(mirror));
        let hall = Hall::open(Opening { exam, roster, codes, ledger, room, mirror, texts });
        Ok(Self { hall, folder, codes: new, notices })
    }
}

/// The files of an exam.
struct Read {
    exam: Definition,
    text: String,
    roster: Vec<Candidate>,
    roster_sha256: [u8; 32],
    bank: Bank,
    notices: Vec<Notice>,
}

impl Read {
    fn files(wanted: &Wanted<'_>, catalogue: &Catalogue) -> Result<Self, OpeningError> {
        let file = wanted.file;
        let text = text_of(file, MAX_EXAM_BYTES)?;
        let exam = Definition::parse(&file.display().to_string(), &text, catalogue.shelves())?;
        let beside = |name: &str| file.parent().unwrap_or_else(|| Path::new(".")).join(name);
        let place = beside(&exam.roster);
        let bytes = read_file(&place, roster::MAX_BYTES as u64)?;
        let Roster { candidates, notices } = Roster::parse(&place.display().to_string(), &bytes)?;
        let notices = notices.iter().map(|fault| Notice::new(fault.to_string())).collect();
        let bank = match &exam.passages.source {
            PassageSource::Shipped(kinds) => Bank::shipped(kinds, exam.language, catalogue),
            PassageSource::Bank(name) => {
                let place = beside(name);
                // What encryption adds is little.
                let sealed = read_file(&place, vault::MAX_BYTES * 2)?;
                let passphrase = (wanted.passphrase)().ok_or(OpeningError::NoPassphrase(place))?;
                vault::open(name, &sealed, &passphrase)?
            }
        };
        let roster_sha256 = Sha256::digest(&bytes).into();
        Ok(Self { exam, text, roster: candidates, roster_sha256, bank, notices })
    }
}

fn text_of(file: &Path, limit: u64) -> Result<String, OpeningError> {
    String::from_utf8(read_file(file, limit)?).map_err(|_| OpeningError::NotText(file.to_owned()))
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// What is kept of every candidate's code; and those codes that had to be made.
type Codes = (BTreeMap<String, CodeDigest>, Vec<(Candidate, SeatCode)>);

fn codes(
    storage: &mut dyn Storage,
    exam: &Definition,
    roster: &[Candidate],
    all_new: bool,
) -> Result<Codes, OpeningError> {
    let (mut kept, mut new) = (BTreeMap::new(), Vec::new());
    for person in roster {
        let before = if all_new { None } else { storage.code(&exam.id, &person.number)? };
        let digest = match before {
            Some(digest) => digest,
            None => {
                let code = SeatCode::of(system::random()?);
                let digest = code.digest(system::random()?);
                new.push((person.clone(), code));
                digest
            }
        };
        kept.insert(person.number.clone(), digest);
    }
    let made: Vec<(String, CodeDigest)> = new
        .iter()
        .filter_map(|(person, _)| Some((person.number.clone(), *kept.get(&person.number)?)))
        .collect();
    storage.keep_codes(&exam.id, &made)?;
    Ok((kept, new))
}

/// Keys of the passages that each candidate was shown in any exam.
fn seen(
    storage: &mut dyn Storage,
    roster: &[Candidate],
) -> Result<BTreeMap<String, BTreeSet<String>>, ExamError> {
    let of =
        |person: &Candidate| Ok((person.number.clone(), storage.seen(&person.number)?.into_iter().collect()));
    roster.iter().map(of).collect()
}

/// Brings what the database may lack, and gives back the seats of sessions that ended with the room.
fn catch_up(mirror: &Mirror, exam: &str, room: &str, found: Found, notices: &mut Vec<Notice>) {
    let Found { entries, claims, taken, notices: said } = found;
    notices.extend(said);
    mirror.follow(entries);
    for (number, taken) in taken.into_iter().filter(|(_, taken)| !taken.attempt.is_empty()) {
        let run = taken.outcome.run;
        mirror.keep(LogRow { number, room: room.to_owned(), run, attempt: taken.attempt });
    }
    for (number, claim) in claims {
        let exam = exam.to_owned();
        drop(mirror.ask(move |storage| storage.release(&exam, &number, claim)));
    }
}
