//! What the terminal is opened with, and why it cannot be.

use thiserror::Error;

use crate::tui::host::HostError;

/// Where keys are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyboard {
    /// Standard input, which must be a terminal.
    Standard,
    /// The terminal that output goes to, because standard input carries a text.
    Terminal,
}

/// Why the terminal cannot be opened.
#[derive(Debug, Error)]
pub enum LocalError {
    /// Standard input or output is a file, a pipe or nothing.
    #[error("{0} is not a terminal: run this in a terminal window, without redirecting it")]
    NotATerminal(&'static str),
    /// The system refused an operation.
    #[error(transparent)]
    Host(#[from] HostError),
}
