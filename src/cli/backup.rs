//! `typeproof backup`: a copy of the history in one file.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::error::CliError;
use super::exit::OK;
use crate::desk::Desk;
use crate::lessons::wording::counted;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::BACKUP)]
pub(super) struct Backup {
    /// The file to write; it must not exist yet
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        // A mistyped folder would otherwise be made, and the copy looked for elsewhere.
        if let Some(dir) = self.file.parent().filter(|dir| !dir.as_os_str().is_empty() && !dir.is_dir()) {
            return Err(CliError::usage(format!("there is no folder {}; make it first", dir.display())));
        }
        let history = desk.history()?;
        history.backup_to(&self.file)?;
        let held = history.counts()?;
        let attempts = counted(held.attempts, "attempt");
        let badges = counted(held.badges, "badge");
        writeln!(out, "{} holds {attempts} with keystroke log, and {badges}.", self.file.display())?;
        writeln!(
            out,
            "It does not hold the issuer key ({}), the settings or your own lessons: copy those yourself, the key to \
             a safe place.",
            desk.own_key().secret_file().display()
        )?;
        writeln!(
            out,
            "To restore it, put it in place of {} while typeproof is not running.",
            desk.paths().history_file().display()
        )?;
        Ok(OK)
    }
}
