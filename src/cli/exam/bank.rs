//! `typeproof exam bank`: encrypts the passages of an exam.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use zeroize::Zeroizing;

use crate::cli::error::CliError;
use crate::cli::exit::OK;
use crate::cli::{passphrase, print};
use crate::store::exam::vault;
use crate::store::files::{Access, FileError, read_file, write_new};

/// Encrypt a file of passages with a passphrase, for an exam of their own
#[derive(Debug, Args)]
#[command(after_long_help = crate::cli::help::EXAM_BANK)]
pub(super) struct Bank {
    /// The passages: TOML with a table [[passage]] for each, of `id` and `text`
    file: PathBuf,
    /// The encrypted file; nothing is overwritten
    #[arg(default_value = "bank.age")]
    to: PathBuf,
    /// Take the passphrase from the first line of standard input
    #[arg(long)]
    passphrase_stdin: bool,
}

impl Bank {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<u8, CliError> {
        if self.to.symlink_metadata().is_ok() {
            // Said before a passphrase is asked for.
            return Err(FileError::Exists(self.to).into());
        }
        let bytes = Zeroizing::new(read_file(&self.file, vault::MAX_BYTES)?);
        let text = std::str::from_utf8(&bytes).map_err(|_| {
            CliError::refused(format!("{} is not UTF-8; save it as UTF-8 text", print::path(&self.file)))
        })?;
        let name = self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Wrong passages are said before a passphrase is asked for.
        crate::exam::passages::Bank::parse(&name, text).map_err(|why| CliError::refused(why.to_string()))?;
        let passphrase =
            if self.passphrase_stdin { passphrase::from_stdin()? } else { passphrase::ask_new()? };
        let sealed =
            vault::seal(&name, text, &passphrase, None).map_err(|why| CliError::refused(why.to_string()))?;
        write_new(&self.to, &sealed, Access::Owner)?;
        writeln!(out, "{}", print::path(&self.to))?;
        let plain = print::path(&self.file);
        writeln!(
            out,
            "Keep {plain} where no candidate comes, or delete it. Without the passphrase nobody opens the bank."
        )?;
        Ok(OK)
    }
}
