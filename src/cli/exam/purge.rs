//! `typeproof exam purge`: deletes raw timing after its time, or a person's data.

use std::io::Write;

use clap::Args;

use super::kept::Kept;
use crate::cli::error::CliError;
use crate::cli::exit::OK;
use crate::desk::Desk;
use crate::desk::exams::{Asked, erase, purge};
use crate::lessons::wording::counted;
use crate::system;

/// Delete the keystrokes of an exam whose time for appeals has passed; results and journal stay
#[derive(Debug, Args)]
#[command(after_long_help = crate::cli::help::EXAM_PURGE)]
pub(super) struct Purge {
    /// The exam's id
    exam: String,
    /// Delete name, address and keystrokes of this candidate instead, at once; number and results stay
    #[arg(long, value_name = "NUMBER", conflicts_with = "early")]
    person: Option<String>,
    /// Delete before the time for appeals has passed
    #[arg(long)]
    early: bool,
    /// Who decided; the exam's proctor where it is not given
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why, for the journal
    #[arg(long, value_name = "TEXT", default_value = "retention")]
    reason: String,
    #[command(flatten)]
    kept: Kept,
}

impl Purge {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        if std::path::Path::new(&self.exam).is_dir() {
            return Err(CliError::usage("give the exam's id; a folder that was exported is deleted by hand"));
        }
        let mut record = self.kept.record(&self.exam, desk)?;
        let by = self.by.clone().unwrap_or_else(|| record.exam.proctor.name.clone());
        let asked = Asked { by: &by, at: system::now(), reason: &self.reason };
        if let Some(number) = &self.person {
            erase(&mut record, number, asked)?;
            writeln!(
                out,
                "candidate {number}: name, address and keystrokes were deleted; number, results and journal stay"
            )?;
            return Ok(OK);
        }
        let purged = purge(&mut record, self.early, asked)?;
        writeln!(
            out,
            "the keystrokes of {} were deleted; results and journal stay",
            counted(purged.tests, "test")
        )?;
        Ok(OK)
    }
}
