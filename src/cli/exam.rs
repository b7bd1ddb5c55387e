//! `typeproof exam`: the exam room.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::error::CliError;

mod board;
mod open;
mod rehearse;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::EXAM)]
pub(super) struct Exam {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Try(rehearse::Try),
    Open(open::Open),
}

impl Exam {
    pub(super) fn run(self, lessons: Option<PathBuf>, out: &mut dyn Write) -> Result<u8, CliError> {
        match self.command {
            Command::Try(command) => command.run(lessons, out),
            Command::Open(command) => command.run(lessons, out),
        }
    }
}
