//! Exams at the desk: their files before they are opened, and what is done with them afterwards.

mod after;
mod files;
mod record;

pub use after::{Asked, Purged, Replayed, erase, purge, replay};
pub use files::{ExamFileError, ExamFiles};
pub use record::{ExamDeskError, Record};
