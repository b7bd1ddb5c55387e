//! `typeproof exam`: the exam room, and what is done with an exam before and after its session.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::error::CliError;
use super::opened;
use crate::desk::Desk;

mod bank;
mod board;
mod check;
mod export;
mod kept;
mod list;
mod new;
mod open;
mod purge;
mod rehearse;
mod replay;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::EXAM)]
pub(super) struct Exam {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::New),
    Check(check::Check),
    Try(rehearse::Try),
    Open(open::Open),
    Bank(bank::Bank),
    List(list::List),
    Export(export::Export),
    Replay(replay::Replay),
    Purge(purge::Purge),
}

impl Exam {
    pub(super) fn run(self, lessons: Option<PathBuf>, out: &mut dyn Write) -> Result<u8, CliError> {
        let command = match self.command {
            // These hand the terminal over to the board.
            Command::Try(command) => return command.run(lessons, out),
            Command::Open(command) => return command.run(lessons, out),
            command => command,
        };
        opened::at(Desk::open(lessons)?, |desk| command.run(desk, out))
    }
}

impl Command {
    fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        match self {
            Self::New(command) => command.run(desk, out),
            Self::Check(command) => command.run(desk, out),
            Self::Bank(command) => command.run(out),
            Self::List(command) => command.run(out),
            Self::Export(command) => command.run(desk, out),
            Self::Replay(command) => command.run(desk, out),
            Self::Purge(command) => command.run(desk, out),
            Self::Try(_) | Self::Open(_) => Ok(super::exit::OK),
        }
    }
}
