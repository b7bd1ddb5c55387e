//! `typeproof exam`: what is done with an exam before and after its session.

use std::io::Write;

use clap::{Args, Subcommand};

use super::error::CliError;
use crate::desk::Desk;

mod bank;
mod check;
mod export;
mod kept;
mod list;
mod new;
mod purge;
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
    Bank(bank::Bank),
    List(list::List),
    Export(export::Export),
    Replay(replay::Replay),
    Purge(purge::Purge),
}

impl Exam {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        match self.command {
            Command::New(command) => command.run(desk, out),
            Command::Check(command) => command.run(desk, out),
            Command::Bank(command) => command.run(out),
            Command::List(command) => command.run(out),
            Command::Export(command) => command.run(desk, out),
            Command::Replay(command) => command.run(desk, out),
            Command::Purge(command) => command.run(desk, out),
        }
    }
}
