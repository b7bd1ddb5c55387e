//! `typeproof replay`: plays a keystroke log in the terminal.

use std::path::Path;
use std::sync::Arc;

use clap::Args;

use super::error::CliError;
use super::play::{need_terminal, show};
use crate::desk::Desk;
use crate::store::files::{FileError, read_at_most};
use crate::tui::app::{App, Start};
use crate::tui::host::local::Keyboard;
use crate::typing::attempt::{Attempt, MAX_BYTES};

#[derive(Debug, Args)]
#[command(after_long_help = super::help::REPLAY)]
pub(super) struct Replay {
    /// An attempt's id, or the beginning of it, or a .tpa file
    #[arg(value_name = "ID|FILE")]
    attempt: String,
}

impl Replay {
    pub(super) fn run(self, mut desk: Desk) -> Result<u8, CliError> {
        let attempt = find(&mut desk, &self.attempt)?;
        need_terminal()?;
        let start = Start::Replay(Arc::new(attempt));
        Ok(show(App::new(desk, start, false)?, Keyboard::Standard)?.status)
    }
}

/// The attempt in a file of that name, or else in the history.
fn find(desk: &mut Desk, given: &str) -> Result<Attempt, CliError> {
    let path = Path::new(given);
    let file = match read_at_most(path, MAX_BYTES as u64) {
        // A folder may be called as an attempt is.
        Err(FileError::NotAFile { .. }) if path.is_dir() => None,
        file => file?,
    };
    if let Some(bytes) = file {
        return Attempt::from_bytes(&bytes)
            .map_err(|why| CliError::refused(format!("{} is not an attempt file: {why}", path.display())));
    }
    let saved = desk.history()?.attempt(given)?;
    let (_, bytes) = saved.ok_or_else(|| {
        CliError::usage(format!(
            "no such file, and no attempt of that id: {given:?}; `typeproof history` lists the attempts"
        ))
    })?;
    Ok(Attempt::from_bytes(&bytes).map_err(crate::desk::DeskError::from)?)
}
