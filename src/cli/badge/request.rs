//! `typeproof badge request`: a badge and its attempt in one file, for somebody who reviews.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::find;
use crate::cli::error::CliError;
use crate::cli::exit::OK;
use crate::cli::{print, review};
use crate::desk::Desk;
use crate::store::files::{Access, badge_stem, write_new};

/// Pack a badge and its keystroke log into a file for a reviewer
///
/// The reviewer examines it with `typeproof review FILE` and may sign it for an organisation. A keystroke log shows how you
/// type: give the file only to people you trust.
#[derive(Debug, Args)]
#[command(after_long_help = crate::cli::help::BADGE_REQUEST)]
pub(super) struct Request {
    /// The badge's id, or the beginning of it
    id: String,
    /// The file, which must not be there yet; called after the badge where it is not given
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

impl Request {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let row = find(desk, &self.id)?;
        let bytes = desk.request(&row)?;
        let stem = badge_stem(row.level_id.as_deref().unwrap_or("badge"), &row.id);
        let path = self.to.unwrap_or_else(|| PathBuf::from(review::file_name(&stem)));
        write_new(&path, &bytes, Access::Owner)?;
        writeln!(out, "wrote  {}", print::path(&path))?;
        writeln!(out, "It holds the badge and how you typed. Give it only to the one who reviews it.")?;
        Ok(OK)
    }
}
