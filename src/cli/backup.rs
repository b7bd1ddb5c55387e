//! `typeproof backup`: a copy of the history in one file.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::error::CliError;
use super::exit::OK;
use super::print;
use crate::desk::Desk;
use crate::lessons::wording::counted;
use crate::store::files::FileError;

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
            return Err(CliError::usage(format!("no such folder: {}; make it first", dir.display())));
        }
        // A history that is not there, or was set aside just now, is none to rely on a copy of.
        let place = desk.paths().history_file();
        if !place.try_exists().map_err(FileError::io(&place, "looked at"))? {
            return Err(CliError::refused(format!(
                "there is no history yet at {}; nothing was copied",
                place.display()
            )));
        }
        desk.history()?;
        if desk.history_is_new() {
            return Err(CliError::refused(
                "the history is damaged, so nothing was copied; see what is said of it besides",
            ));
        }
        let held = desk.history()?.backup_to(&self.file)?;
        let attempts = counted(held.attempts, "attempt");
        let badges = counted(held.badges, "badge");
        writeln!(out, "{} holds {attempts} with keystroke log, and {badges}.", print::path(&self.file))?;
        writeln!(
            out,
            "It does not hold the issuer key ({}), the settings or your own lessons: copy those yourself, the key to \
             a safe place.",
            print::path(&desk.own_key().secret_file())
        )?;
        writeln!(
            out,
            "To restore it, put it in place of {} while typeproof is not running.",
            print::path(&place)
        )?;
        Ok(OK)
    }
}
