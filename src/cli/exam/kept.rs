//! Where exams are kept, as options say it; and what is wrong with files, a line each.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::error::CliError;
use crate::cli::print;
use crate::desk::Desk;
use crate::desk::exams::Record;
use crate::store::exam::{Storage, open};
use crate::store::paths::Paths;

/// Where exams are kept.
#[derive(Debug, Args)]
pub(super) struct Kept {
    /// A PostgreSQL database that several rooms share, instead of the file on this machine
    #[arg(long, value_name = "ADDRESS")]
    database: Option<String>,
}

impl Kept {
    pub(super) fn open(&self, exams: &Path) -> Result<Box<dyn Storage>, CliError> {
        Ok(open(exams, self.database.as_deref())?)
    }

    /// The record of an exam: in a folder that was exported, where one of that name is there, and else in the storage.
    pub(super) fn record(&self, exam: &str, desk: &mut Desk) -> Result<Record, CliError> {
        let folder = PathBuf::from(exam);
        if folder.is_dir() {
            return Ok(Record::exported(&folder, &desk.catalogue())?);
        }
        let exams = exams_dir()?;
        Ok(Record::stored(self.open(&exams)?, &exams, exam, &desk.catalogue())?)
    }
}

/// The folder of all exams.
pub(super) fn exams_dir() -> Result<PathBuf, CliError> {
    let paths = Paths::find().map_err(|why| CliError::refused(why.to_string()))?;
    Ok(paths.exams_dir())
}

/// Faults and notices, a line each on standard error.
pub(super) fn complain_of(lines: &str) {
    lines.lines().for_each(print::complain);
}
