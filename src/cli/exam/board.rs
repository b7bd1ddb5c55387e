//! The board in this terminal.

use std::sync::Arc;

use crate::cli::error::CliError;
use crate::room::board::Board;
use crate::room::hall::Hall;
use crate::system::monotonic;
use crate::tui::drive;
use crate::tui::host::local::{Keyboard, Terminal};

/// Shows the board until the room is closed. The terminal is as it was found then.
pub(super) fn show(hall: &Arc<Hall>, ways: Vec<String>) -> Result<(), CliError> {
    let mut board = Board::new(Arc::clone(hall), ways, monotonic());
    let mut terminal = Terminal::open(Keyboard::Standard)?;
    Ok(drive::run(&mut board, &mut terminal)?)
}
