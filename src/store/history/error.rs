//! What can go wrong with a history, whichever backend keeps it.

use std::error::Error;

use crate::store::files::FileError;

/// Why the history could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file around the history.
    #[error(transparent)]
    File(#[from] FileError),
    /// The backend refused.
    #[error(
        "the history {place} could not be {doing}: {source}; check the path, its permissions and the space left"
    )]
    Backend {
        /// Where the history is.
        place: String,
        /// What was being done, as a past participle.
        doing: &'static str,
        /// The backend's answer.
        source: Box<dyn Error + Send + Sync>,
    },
    /// Another program kept the history locked.
    #[error("the history {0} is in use by another program for too long; close it and try again")]
    Busy(String),
    /// Damage was met after the history had been opened.
    #[error(
        "the history {place} is damaged ({why}); restart the program to set it aside and start a new one"
    )]
    Damaged {
        /// Where the history is.
        place: String,
        /// What the backend found.
        why: String,
    },
    /// It is there, and cannot be read.
    #[error(
        "the history {place} cannot be read ({why}); check who owns the file and its folder (running typeproof with \
            sudo can change that), and make yourself the owner again"
    )]
    Unreadable {
        /// Where the history is.
        place: String,
        /// What is in the way.
        why: String,
    },
    /// A newer version of the program wrote the history.
    #[error(
        "the history {place} was written by a newer typeproof (version {found}, this one knows {known}); update \
            typeproof"
    )]
    Newer {
        /// Where the history is.
        place: String,
        /// Its version.
        found: i64,
        /// The newest version known here.
        known: u32,
    },
    /// What is there is sound, and another program's.
    #[error("{0} is a database of another program; move it away or set TYPEPROOF_HOME to another directory")]
    Foreign(String),
    /// An identifier is taken.
    #[error("{what} {id} is already saved and is not overwritten")]
    Exists {
        /// `attempt` or `badge`.
        what: &'static str,
        /// The identifier.
        id: String,
    },
    /// The digest of an attempt does not fit its bytes.
    #[error("the digest of attempt {0} does not fit its keystroke log; the attempt cannot be relied on")]
    WrongDigest(String),
    /// A value is not what this program writes.
    #[error("{what} {id} holds a value that typeproof does not write; restore the history from a backup")]
    Strange {
        /// `attempt` or `badge`.
        what: &'static str,
        /// The identifier.
        id: String,
    },
    /// An attempt that was given up is said to have passed.
    #[error("attempt {0} was not finished, so it cannot have passed")]
    Unfinished(String),
    /// A badge names an attempt that is not saved.
    #[error("badge {badge} belongs to attempt {attempt}, which is not saved; save the attempt first")]
    NoAttempt {
        /// The badge.
        badge: String,
        /// The attempt it names.
        attempt: String,
    },
    /// A badge names an attempt that was given up.
    #[error(
        "badge {badge} belongs to attempt {attempt}, which was not finished; only a passed test has a badge"
    )]
    NoGround {
        /// The badge.
        badge: String,
        /// The attempt it names.
        attempt: String,
    },
    /// An attempt has its badge.
    #[error("attempt {attempt} has its badge already, {badge}; `typeproof badge show` shows it")]
    Claimed {
        /// The attempt.
        attempt: String,
        /// Its badge.
        badge: String,
    },
    /// Several identifiers begin so.
    #[error("{prefix:?} begins more than one {what}: {}; type more of it", matches.join(", "))]
    Ambiguous {
        /// `attempt` or `badge`.
        what: &'static str,
        /// What was asked for.
        prefix: String,
        /// The first identifiers that begin so.
        matches: Vec<String>,
    },
}

impl StoreError {
    /// Whether what was asked for is not told apart from others, as opposed to something that went wrong.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::Ambiguous { .. })
    }
}
