//! `typeproof exam`: the exam room.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::error::CliError;
use super::exit::OK;
use super::play::need_terminal;
use crate::desk::Desk;
use crate::room::board::Board;
use crate::room::rehearsal::{GUEST, MAX_ROBOTS, Rehearsal};
use crate::room::sheet::Place;
use crate::system::monotonic;
use crate::tui::drive;
use crate::tui::host::local::{Keyboard, Terminal};

/// Candidates of a rehearsal where nobody says how many.
const CANDIDATES: u16 = 12;

/// The port at which a room listens where nobody says another.
const PORT: u16 = 2222;

#[derive(Debug, Args)]
pub(super) struct Exam {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Rehearse: made-up candidates take a test on this machine, and nothing is kept
    ///
    /// The board is the one of a real exam. One seat is yours: the board shows how to connect from another terminal.
    Try(Try),
}

#[derive(Debug, Args)]
struct Try {
    /// How many candidates
    #[arg(long, value_name = "COUNT", default_value_t = CANDIDATES, value_parser = clap::value_parser!(u16).range(1..=MAX_ROBOTS as i64))]
    candidates: u16,
    /// The port of this machine at which the room listens; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = PORT)]
    port: u16,
}

impl Exam {
    pub(super) fn run(self, lessons: Option<PathBuf>, out: &mut dyn Write) -> Result<u8, CliError> {
        match self.command {
            Command::Try(command) => command.run(lessons, out),
        }
    }
}

impl Try {
    fn run(self, lessons: Option<PathBuf>, out: &mut dyn Write) -> Result<u8, CliError> {
        need_terminal()?;
        let catalogue = Desk::open(lessons)?.catalogue();
        let rehearsal = Rehearsal::begin((*catalogue).clone(), self.candidates.into(), self.port)?;
        let place = Place { host: "127.0.0.1".to_owned(), port: rehearsal.address.port() };
        let ways = vec![
            format!("Take a seat yourself: {}   number {GUEST}   code {}", place.command(), rehearsal.code),
            format!("Fingerprint: {}", rehearsal.key.fingerprint()),
        ];
        let mut board = Board::new(std::sync::Arc::clone(&rehearsal.hall), ways, monotonic());
        {
            let mut terminal = Terminal::open(Keyboard::Standard)?;
            drive::run(&mut board, &mut terminal)?;
        }
        writeln!(out, "The rehearsal is over. Nothing of it was kept.")?;
        Ok(OK)
    }
}
