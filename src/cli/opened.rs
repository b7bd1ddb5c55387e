//! The desk as commands and screens begin with it.

use std::path::PathBuf;

use super::error::CliError;
use super::print;
use crate::desk::{Desk, DeskError};
use crate::tui::host::local;

/// The desk, with the language of the person's locale.
pub(super) fn desk(lessons: Option<PathBuf>) -> Result<Desk, DeskError> {
    Ok(Desk::open(lessons)?.usually_in(local::language()))
}

/// Runs a command at a desk; what the desk has to say stands behind the answer.
pub(super) fn at(
    mut desk: Desk,
    command: impl FnOnce(&mut Desk) -> Result<u8, CliError>,
) -> Result<u8, CliError> {
    let status = command(&mut desk);
    for notice in desk.take_notices() {
        print::complain(&notice.to_string());
    }
    status
}
