//! Exams on disk: definition, roster, codes, claims to seats, journals and logs, as a trait in the words of the field; and
//! the journal that a room writes for itself.
//!
//! A room writes every change into its own journal first, and the database follows: a room that loses the database goes on,
//! and [`Storage::append`] takes what is missing when it is back. One thing alone needs the database at once, since
//! several rooms may ask: who has a candidate's seat ([`Storage::claim`]).
//!
//! How a room uses it: read the exam's files (`desk::exams::ExamFiles`), [`open`] the storage, [`Storage::keep_exam`], open the
//! [`Ledger`] with what `ExamFiles::opened` says, start a [`Mirror`], have it follow `Found::entries`, release `Found::claims` and
//! keep `Found::taken`. When somebody logs in, ask the mirror for [`Storage::code`], then [`Storage::claim`]; where the claim is not
//! the first and the ledger does not know the candidate, [`elsewhere`] has what happened in other rooms, which the seat adopts.
//! Every change goes through [`Ledger::happen`], and its entry to [`Mirror::follow`].

mod clerk;
pub mod database;
mod elsewhere;
mod error;
pub mod ledger;
mod migrations;
mod mirror;
mod open;
#[cfg(feature = "postgres")]
pub mod postgres;
mod rows;
pub mod sqlite;
pub mod tables;
pub mod value;
pub mod vault;

pub use clerk::{LATEST, Written};
pub use elsewhere::elsewhere;
pub use error::ExamError;
pub use ledger::Ledger;
pub use mirror::Mirror;
pub use open::{DATABASE, open};
pub use rows::{Claim, Claimed, ExamRow, LogRow, PersonRow, Taken};

use crate::exam::journal::{Entry, Head};
use crate::exam::{Candidate, CodeDigest};

/// Where exams are kept. When a method returns, what it did is durable; when it fails, nothing was done, and it can be
/// called again: each method that writes may be repeated with the same values.
///
/// The methods block: a room calls them on a thread of their own.
pub trait Storage: Send {
    /// Keeps an exam with its roster. The same exam may be kept again, by another room.
    ///
    /// # Errors
    /// [`ExamError::Other`] when another definition or roster is kept under its id; otherwise what the backend refuses.
    fn keep_exam(&mut self, exam: &ExamRow, roster: &[Candidate]) -> Result<(), ExamError>;

    /// The exam of this id.
    ///
    /// # Errors
    /// What the backend refuses.
    fn exam(&mut self, id: &str) -> Result<Option<ExamRow>, ExamError>;

    /// The exams, the one opened last first.
    ///
    /// # Errors
    /// What the backend refuses.
    fn exams(&mut self) -> Result<Vec<ExamRow>, ExamError>;

    /// The roster of an exam, in its order. Who was erased has an empty name and no address.
    ///
    /// # Errors
    /// What the backend refuses.
    fn roster(&mut self, exam: &str) -> Result<Vec<Candidate>, ExamError>;

    /// Keeps codes of candidates, each in place of the one before.
    ///
    /// # Errors
    /// [`ExamError::NoCandidate`] for a number that the roster does not have; otherwise what the backend refuses.
    fn keep_codes(&mut self, exam: &str, codes: &[(String, CodeDigest)]) -> Result<(), ExamError>;

    /// The code of a candidate; nothing where there is none, or no such candidate.
    ///
    /// # Errors
    /// What the backend refuses.
    fn code(&mut self, exam: &str, number: &str) -> Result<Option<CodeDigest>, ExamError>;

    /// Takes a candidate's seat for a session. Of several who ask at once, in whatever rooms, one has it.
    ///
    /// # Errors
    /// [`ExamError::NoCandidate`] for a number that the roster does not have; otherwise what the backend refuses.
    fn claim(&mut self, exam: &str, number: &str, taken: &Taken) -> Result<Claimed, ExamError>;

    /// Gives a seat back that this claim took; one that was taken over since stays as it is.
    ///
    /// # Errors
    /// What the backend refuses.
    fn release(&mut self, exam: &str, number: &str, claim: u64) -> Result<(), ExamError>;

    /// Frees a seat whoever has it, because the proctor says so: a claim from before is none any more.
    ///
    /// # Errors
    /// [`ExamError::NoCandidate`] for a number that the roster does not have; otherwise what the backend refuses.
    fn free(&mut self, exam: &str, number: &str) -> Result<(), ExamError>;

    /// Who has a seat now.
    ///
    /// # Errors
    /// What the backend refuses.
    fn claims(&mut self, exam: &str) -> Result<Vec<Claim>, ExamError>;

    /// Appends entries to a room's journal. Those that are there already are passed over.
    ///
    /// # Errors
    /// [`ExamError::Forked`] when another entry is there under a number, or entries before are missing; otherwise what the
    /// backend refuses.
    fn append(&mut self, exam: &str, room: &str, entries: &[Entry]) -> Result<(), ExamError>;

    /// The last entry of a room's journal that is kept here.
    ///
    /// # Errors
    /// What the backend refuses.
    fn head(&mut self, exam: &str, room: &str) -> Result<Head, ExamError>;

    /// The rooms that wrote a journal of this exam, by id.
    ///
    /// # Errors
    /// What the backend refuses.
    fn rooms(&mut self, exam: &str) -> Result<Vec<String>, ExamError>;

    /// A room's journal as lines, whose chain the reader checks.
    ///
    /// # Errors
    /// What the backend refuses.
    fn journal(&mut self, exam: &str, room: &str) -> Result<Vec<u8>, ExamError>;

    /// Keeps the attempt file of a test, in place of the one before: a test that was resumed has a longer one.
    ///
    /// # Errors
    /// [`ExamError::NoCandidate`] for a number that the roster does not have; otherwise what the backend refuses.
    fn keep_log(&mut self, exam: &str, log: &LogRow) -> Result<(), ExamError>;

    /// The attempt files of a candidate's tests, in their order; those that were purged are not among them.
    ///
    /// # Errors
    /// What the backend refuses.
    fn logs(&mut self, exam: &str, number: &str) -> Result<Vec<LogRow>, ExamError>;

    /// Counts passages as seen by a candidate, in whatever exam.
    ///
    /// # Errors
    /// What the backend refuses.
    fn saw(&mut self, number: &str, passages: &[String], at_unix_ms: i64) -> Result<(), ExamError>;

    /// The passages that a candidate was shown in any exam, ordered by id.
    ///
    /// # Errors
    /// What the backend refuses.
    fn seen(&mut self, number: &str) -> Result<Vec<String>, ExamError>;

    /// Deletes the attempt files of an exam; results and journal stay. Gives how many there were.
    ///
    /// # Errors
    /// What the backend refuses.
    fn purge(&mut self, exam: &str) -> Result<u32, ExamError>;

    /// All that is kept of a person in any exam, by number.
    ///
    /// # Errors
    /// What the backend refuses.
    fn person(&mut self, number: &str) -> Result<Vec<PersonRow>, ExamError>;

    /// Deletes name, address, other columns, code and attempt files of a person in an exam; number, results and journal stay.
    ///
    /// # Errors
    /// [`ExamError::NoCandidate`] for a number that the roster does not have; otherwise what the backend refuses.
    fn erase(&mut self, exam: &str, number: &str) -> Result<(), ExamError>;
}
