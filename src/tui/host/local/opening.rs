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
    /// By its name, the terminal shows plain text and nothing else, or it has no name.
    #[error(
        "this terminal shows no screens ({0}): run this in a terminal window, or set TERM to what this terminal is, for \
         example TERM=xterm-256color; without screens you can use `typeproof levels`, `history`, `badge` and `verify`"
    )]
    Plain(String),
    /// The system refused an operation.
    #[error(transparent)]
    Host(#[from] HostError),
}

/// Values of `TERM` by which nothing but plain text is sure to be shown (terminfo's generic entries).
const PLAIN: [&str; 4] = ["dumb", "unknown", "network", "dialup"];

/// Refuses a terminal that shows no screens, by the value of `TERM`.
///
/// # Errors
/// [`LocalError::Plain`] where that is empty, missing, or the name of a terminal for plain text.
pub fn shows_screens(term: Option<&str>) -> Result<(), LocalError> {
    match term {
        None | Some("") => Err(LocalError::Plain("TERM is not set".to_owned())),
        Some(term) if PLAIN.contains(&term) => Err(LocalError::Plain(format!("TERM is `{term}`"))),
        Some(_) => Ok(()),
    }
}
