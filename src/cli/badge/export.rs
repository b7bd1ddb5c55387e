//! `typeproof badge export`: a badge as files.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::badge::carry::share::{Reach, reach};
use crate::badge::draw::certificate::Paper;
use crate::cli::error::CliError;
use crate::cli::exit::OK;
use crate::cli::print;
use crate::desk::{Desk, Log};

/// Write a badge's files (JSON, token, PNG, SVG) into a folder
///
/// The files are .json (the credential, for every verifier), .png and .svg (pictures with the credential inside),
/// .qr.png
/// (the QR code) and .txt (the link). --all-formats adds .pdf (a page to print with the badge attached), .html, .md
/// and
/// .share.txt. Nothing is ever overwritten.
#[derive(Debug, Args)]
#[command(after_long_help = crate::cli::help::BADGE_EXPORT)]
pub(super) struct Export {
    /// The badge's id, or the beginning of it
    id: String,
    /// The folder; it is made where missing
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// The attempt file too: the keystroke log, from which every figure can be recomputed
    #[arg(long)]
    with_log: bool,
    /// The certificate (PDF), HTML, Markdown and a text with all links too
    #[arg(long)]
    all_formats: bool,
    /// The certificate's paper
    #[arg(long, value_enum, default_value_t, requires = "all_formats")]
    paper: Sheet,
}

/// The certificate's paper by its name on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Sheet {
    /// 210 × 297 mm
    #[default]
    A4,
    /// 8.5 × 11 inches
    Letter,
}

impl From<Sheet> for Paper {
    fn from(sheet: Sheet) -> Self {
        match sheet {
            Sheet::A4 => Self::A4,
            Sheet::Letter => Self::Letter,
        }
    }
}

impl Export {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let log = if self.with_log { Log::With } else { Log::Without };
        let row = super::find::find(desk, &self.id)?;
        if reach(&desk.moved(&row).token) == Reach::NoAddress {
            print::complain(
                "these files carry the badge itself and no link, because nobody else could open one yet: `typeproof \
                    badge \
                 share ID` names three ways to an address",
            );
        }
        let files = match self.all_formats {
            true => desk.export_all(&row, &self.to, self.paper.into(), log)?,
            false => desk.write_files(&row, &self.to, log)?,
        };
        for file in files {
            writeln!(out, "{}", print::path(&file))?;
        }
        Ok(OK)
    }
}
