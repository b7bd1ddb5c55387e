//! The desk as commands and screens begin with it.

use std::path::PathBuf;

use crate::desk::{Desk, DeskError};
use crate::tui::host::local;

/// The desk, with the language of the person's locale.
pub(super) fn desk(lessons: Option<PathBuf>) -> Result<Desk, DeskError> {
    Ok(Desk::open(lessons)?.usually_in(local::language()))
}
