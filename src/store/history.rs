//! The history: every attempt with its keystroke log, every badge, which passages were seen. This is what callers know
//! of it; where it is kept is a backend's business.
//!
//! A backend implements [`Store`] and passes the conformance suite in the tests. Its errors are [`StoreError`]s, which
//! name no backend.

mod error;
mod rows;

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, Utc};

pub use error::StoreError;
pub use rows::{AttemptRow, BadgeRow, CoachRow, Counts, Ended, Filter, LessonRow, LevelRecord, Practised};

use super::Notice;
use crate::lessons::course::progress::Tried;
use crate::typing::keystrokes::Keystrokes;

/// A history, wherever it is kept. When a saving method returns, what was saved is durable; when it fails, nothing was
/// saved. Newest is what was saved last: a wall clock can be wrong, and be put right.
///
/// A row that cannot be read hides no other: it is left out of lists, and named in a notice.
pub trait Store: Send {
    /// Saves an attempt with the bytes of its attempt file and the keystrokes that follow from them, and counts its
    /// passages as seen: all or nothing.
    ///
    /// # Errors
    /// [`StoreError::WrongDigest`] when the row's digest is not the SHA-256 of the bytes, [`StoreError::Unfinished`] when
    /// an attempt that was given up is said to have passed, [`StoreError::Exists`] when the identifier is taken; otherwise
    /// what the backend refuses.
    fn save_attempt(&mut self, row: &AttemptRow, attempt: &[u8]) -> Result<(), StoreError>;

    /// Counts passages as seen: they were on the screen, even if nothing comes of it.
    ///
    /// # Errors
    /// What the backend refuses.
    fn saw(&mut self, passages: &[String], at: DateTime<Utc>) -> Result<(), StoreError>;

    /// Saves a badge, which may be of a saved attempt that has none.
    ///
    /// # Errors
    /// [`StoreError::NoAttempt`] when its attempt is not saved, [`StoreError::NoGround`] when its attempt was given up,
    /// [`StoreError::Claimed`] when its attempt has a badge, whoever saved that, [`StoreError::Exists`] when the identifier
    /// is taken; otherwise what the backend refuses.
    fn save_badge(&mut self, badge: &BadgeRow) -> Result<(), StoreError>;

    /// How many attempts and badges there are.
    ///
    /// # Errors
    /// What the backend refuses.
    fn counts(&self) -> Result<Counts, StoreError>;

    /// The attempts that a filter lets through, newest first, without their keystroke logs.
    ///
    /// # Errors
    /// What the backend refuses.
    fn attempts(&self, filter: &Filter) -> Result<Vec<AttemptRow>, StoreError>;

    /// The attempt with this identifier, or the only one that begins so, with the bytes of its attempt file.
    ///
    /// # Errors
    /// [`StoreError::Ambiguous`] when several begin so, [`StoreError::WrongDigest`] when the bytes are not those that
    /// were saved; otherwise what the backend refuses.
    fn attempt(&self, id: &str) -> Result<Option<(AttemptRow, Vec<u8>)>, StoreError>;

    /// The passed attempts at levels that have no badge of their own, newest first.
    ///
    /// # Errors
    /// What the backend refuses.
    fn unclaimed(&self) -> Result<Vec<AttemptRow>, StoreError>;

    /// The badges, newest first.
    ///
    /// # Errors
    /// What the backend refuses.
    fn badges(&self) -> Result<Vec<BadgeRow>, StoreError>;

    /// The badge with this identifier, or the only one that begins so, with or without `urn:uuid:` in front.
    ///
    /// # Errors
    /// [`StoreError::Ambiguous`] when several begin so; otherwise what the backend refuses.
    fn badge(&self, id: &str) -> Result<Option<BadgeRow>, StoreError>;

    /// The badge of the attempt with this whole identifier; the newest where there are several.
    ///
    /// # Errors
    /// What the backend refuses.
    fn badge_of(&self, attempt_id: &str) -> Result<Option<BadgeRow>, StoreError>;

    /// The levels that were passed, in any version.
    ///
    /// # Errors
    /// What the backend refuses.
    fn passed_levels(&self) -> Result<BTreeSet<String>, StoreError>;

    /// What was done at each level that was attempted, the level attempted last first.
    ///
    /// # Errors
    /// What the backend refuses.
    fn level_records(&self) -> Result<Vec<LevelRecord>, StoreError>;

    /// The attempts at the lessons of this course, whatever layout and language they were for, newest first.
    ///
    /// # Errors
    /// What the backend refuses.
    fn tried(&self, course: &str) -> Result<Vec<Tried>, StoreError>;

    /// The course of which a lesson was attempted last.
    ///
    /// # Errors
    /// What the backend refuses.
    fn last_course(&self) -> Result<Option<String>, StoreError>;

    /// How many times each passage was seen, ordered by its identifier.
    ///
    /// # Errors
    /// What the backend refuses.
    fn seen_passages(&self) -> Result<Vec<(String, u32)>, StoreError>;

    /// The keystrokes of the attempts that a filter lets through, added up. They were kept when each attempt was saved;
    /// those of attempts that an older version saved are filled in first, once, where that can be kept. An attempt whose log
    /// cannot be read counts nothing.
    ///
    /// # Errors
    /// What the backend refuses. What was filled in by then stays.
    fn keystrokes(&mut self, filter: &Filter) -> Result<Keystrokes, StoreError>;

    /// When each attempt began and how long was practised in it, in the order in which they were saved. As for
    /// [`Self::keystrokes`] it was kept, or is filled in once.
    ///
    /// # Errors
    /// What the backend refuses. What was filled in by then stays.
    fn practised(&mut self) -> Result<Vec<Practised>, StoreError>;

    /// The attempt files that were saved after the one at this place, 0 being before all, with their places: in the order
    /// in which they were saved, and at most this many.
    ///
    /// # Errors
    /// What the backend refuses.
    fn attempts_after(&self, after: u64, most: u32) -> Result<Vec<(u64, Vec<u8>)>, StoreError>;

    /// What the coach knew of a learner on a layout and in a language when it was kept last.
    ///
    /// # Errors
    /// What the backend refuses.
    fn coach(&self, layout: &str, language: &str) -> Result<Option<CoachRow>, StoreError>;

    /// Keeps what the coach knows, in place of what it knew, unless that is of later attempts.
    ///
    /// # Errors
    /// What the backend refuses.
    fn keep_coach(&mut self, row: &CoachRow) -> Result<(), StoreError>;

    /// Copies the whole history into a new file, while other programs may go on writing; complete and durable when this
    /// returns. Says how much the copy holds.
    ///
    /// # Errors
    /// When the name is taken; otherwise what the operating system or the backend refuses. No copy is there then.
    fn backup_to(&self, path: &Path) -> Result<Counts, StoreError>;

    /// Whether it can be read and not written.
    fn is_read_only(&self) -> bool;

    /// What the user should know of what was read, once.
    fn take_notices(&self) -> Vec<Notice>;
}
