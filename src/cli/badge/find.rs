//! Finds a badge by what a person gave.

use crate::cli::error::CliError;
use crate::desk::Desk;
use crate::store::history::BadgeRow;

/// The badge of an id or the beginning of one.
pub(in crate::cli) fn find(desk: &mut Desk, id: &str) -> Result<BadgeRow, CliError> {
    let row = desk.history()?.badge(id)?;
    row.ok_or_else(|| CliError::usage(format!("there is no badge {id:?}: `typeproof badge list` lists them")))
}
