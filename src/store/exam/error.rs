//! What can go wrong with kept exams, whichever backend keeps them.

use std::error::Error;

use crate::exam::journal::Damage;
use crate::exam::seats::Conflict;
use crate::store::files::FileError;
use crate::system::NoRandomness;

/// Why exams could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum ExamError {
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The operating system's die.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The database cannot be reached. What was to be done can be tried again.
    #[error(
        "the database {place} cannot be reached ({why}); the room goes on from its own journal, and no new candidate can be let in until it is back"
    )]
    Lost {
        /// Where it is, without a password.
        place: String,
        /// The backend's answer.
        why: String,
    },
    /// The backend refused.
    #[error("the database {place} refused ({source}); check its permissions and the space left")]
    Backend {
        /// Where it is, without a password.
        place: String,
        /// The backend's answer.
        source: Box<dyn Error + Send + Sync>,
    },
    /// A newer version of the program made the tables.
    #[error(
        "the database {place} was made by a newer typeproof (version {found}, this one knows {known}); update typeproof"
    )]
    Newer {
        /// Where it is.
        place: String,
        /// Its version.
        found: u32,
        /// The newest version known here.
        known: u32,
    },
    /// An address of a database that cannot be.
    #[error("{given} is no address of a database ({why}); write postgres://USER@HOST/NAME")]
    Address {
        /// What was given, without a password.
        given: String,
        /// Why.
        why: String,
    },
    /// Something else is kept under this name.
    #[error("{what} {id} is kept already, and is another one; give the exam another id")]
    Other {
        /// `exam` or `test`.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// No such candidate.
    #[error("exam {exam} has no candidate {number}; look at its roster")]
    NoCandidate {
        /// The exam.
        exam: String,
        /// The number.
        number: String,
    },
    /// No such exam.
    #[error("there is no exam {0}; `typeproof exam list` shows those that were opened")]
    NoExam(String),
    /// Two journals under one name.
    #[error(
        "the journal of room {room} is not the one that the database has: entry {seq} differs or is missing; give the room another id"
    )]
    Forked {
        /// The room.
        room: String,
        /// The entry.
        seq: u64,
    },
    /// A journal that does not fit the roster.
    #[error("the journal does not fit: {0}")]
    Conflict(Conflict),
    /// A journal that cannot be relied on.
    #[error("the journal {place} cannot be relied on: {}; restore it from a copy, and keep this one as evidence", listed(.damage))]
    Damaged {
        /// Where it is.
        place: String,
        /// What is wrong with it.
        damage: Vec<Damage>,
    },
    /// A value that this program does not write.
    #[error("the database {place} holds {what} that typeproof does not write; restore it from a backup")]
    Strange {
        /// Where it is.
        place: String,
        /// What.
        what: &'static str,
    },
}

impl ExamError {
    /// Whether the database cannot be reached, as opposed to something that was refused.
    #[must_use]
    pub const fn is_lost(&self) -> bool {
        matches!(self, Self::Lost { .. })
    }
}

fn listed(damage: &[Damage]) -> String {
    damage.iter().take(5).map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
