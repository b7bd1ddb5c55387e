//! `typeproof exam export`: everything that is on file of an exam, or of one candidate, into a folder.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::kept::Kept;
use crate::cli::error::CliError;
use crate::cli::exit::OK;
use crate::cli::print;
use crate::desk::Desk;

/// Write definition, roster, results, journals and keystroke logs into a new folder
#[derive(Debug, Args)]
#[command(after_long_help = crate::cli::help::EXAM_EXPORT)]
pub(super) struct Export {
    /// The exam's id
    exam: String,
    /// The folder; one that is there is never written to
    #[arg(value_name = "DIR")]
    to: PathBuf,
    /// Only what is on file of this candidate
    #[arg(long, value_name = "NUMBER")]
    person: Option<String>,
    #[command(flatten)]
    kept: Kept,
}

impl Export {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let mut record = self.kept.record(&self.exam, desk)?;
        for file in record.export(&self.to, self.person.as_deref())? {
            writeln!(out, "{}", print::path(&self.to.join(file)))?;
        }
        for (room, entries) in &record.journals {
            if let Some(last) = entries.last() {
                writeln!(out, "journal of room {room}: {} entries, digest {}", last.seq, last.head().hex())?;
            }
        }
        Ok(OK)
    }
}
