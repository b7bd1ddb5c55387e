//! `typeproof exam try`: a rehearsal.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::board::show;
use crate::cli::error::CliError;
use crate::cli::exit::OK;
use crate::cli::play::need_terminal;
use crate::desk::Desk;
use crate::room::rehearsal::{GUEST, MAX_ROBOTS, Rehearsal};
use crate::room::sheet::Place;

/// Candidates of a rehearsal where nobody says how many.
const CANDIDATES: u16 = 12;

/// The port at which a room listens where nobody says another.
const PORT: u16 = 2222;

/// Rehearse: made-up candidates take a test on this machine, and nothing is kept
///
/// The board is the one of a real exam. One seat is yours: the board shows how to connect from another terminal.
#[derive(Debug, Args)]
#[command(after_long_help = crate::cli::help::EXAM_TRY)]
pub(super) struct Try {
    /// How many candidates
    #[arg(long, value_name = "COUNT", default_value_t = CANDIDATES, value_parser = clap::value_parser!(u16).range(1..=MAX_ROBOTS as i64))]
    candidates: u16,
    /// The port of this machine at which the room listens; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = PORT)]
    port: u16,
}

impl Try {
    pub(super) fn run(self, lessons: Option<PathBuf>, out: &mut dyn Write) -> Result<u8, CliError> {
        need_terminal()?;
        let catalogue = Desk::open(lessons)?.catalogue();
        let rehearsal = Rehearsal::begin((*catalogue).clone(), self.candidates.into(), self.port)?;
        let place = Place { host: "127.0.0.1".to_owned(), port: rehearsal.address.port() };
        let ways = vec![
            format!("Take a seat yourself: {}   number {GUEST}   code {}", place.command(), rehearsal.code),
            format!("Fingerprint: {}", rehearsal.key.fingerprint()),
        ];
        show(&rehearsal.hall, ways)?;
        writeln!(out, "The rehearsal is over. Nothing of it was kept.")?;
        Ok(OK)
    }
}
