//! The terminal itself: waiting for input and signals, writing without ever being held up, and leaving it as it was found.
//!
//! One thread does it all. A terminal that is slow to take output delays drawing, never the reading and stamping of
//! keys: what it does not take at once waits, and until it is taken [`Terminal::can_draw`] says no.
//!
//! Modes are undone by dropping the [`Terminal`], and by the panic hook before a message is printed.

use std::io;
use std::sync::Once;
use std::sync::atomic::{AtomicU8, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
    PopKeyboardEnhancementFlags,
};
use crossterm::queue;
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode};
use thiserror::Error;

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;
#[cfg(unix)]
use unix as platform;
#[cfg(windows)]
use windows as platform;

pub use platform::Terminal;

/// Where keys are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyboard {
    /// Standard input, which must be a terminal.
    Standard,
    /// The terminal that output goes to, because standard input carries a text.
    Terminal,
}

/// Why the terminal cannot be used.
#[derive(Debug, Error)]
pub enum TerminalError {
    /// Standard input or output is a file, a pipe or nothing.
    #[error("{0} is not a terminal: run this in a terminal window, without redirecting it")]
    NotATerminal(&'static str),
    /// The system refused an operation.
    #[error("cannot {doing}: {source}; is the terminal still open?")]
    Refused {
        /// What was tried.
        doing: &'static str,
        /// What the system answered.
        source: io::Error,
    },
}

impl TerminalError {
    fn refused(doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Refused { doing, source }
    }
}

/// Modes that must be undone, as bits.
const SCREEN: u8 = 1;
const KEYBOARD: u8 = 2;

/// The modes set in the terminal now. It is global because a panic hook has nothing else to go by.
static MODES: AtomicU8 = AtomicU8::new(0);

/// What is sent on entering: alternate screen, pastes and focus reported.
fn entering() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(64);
    queue!(bytes, EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange)?;
    Ok(bytes)
}

/// What undoes the modes given; the keyboard first, because it is kept for each screen apart.
fn leaving(modes: u8) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(64);
    if modes & KEYBOARD != 0 {
        queue!(bytes, PopKeyboardEnhancementFlags)?;
    }
    if modes & SCREEN != 0 {
        let normal = SetAttribute(Attribute::Reset);
        queue!(bytes, DisableFocusChange, DisableBracketedPaste, normal, Show, LeaveAlternateScreen)?;
    }
    Ok(bytes)
}

/// Undoes every mode that was set; doing it twice is harmless. It gives up on a terminal that takes no output within
/// a moment, and has nobody to tell about failure.
pub fn restore() {
    let modes = MODES.swap(0, Ordering::SeqCst);
    if let Ok(bytes) = leaving(modes)
        && !bytes.is_empty()
    {
        platform::write_bounded(&bytes);
    }
    let _ = disable_raw_mode();
    if modes & KEYBOARD != 0 {
        // The release of the key that ended the program would be typed into the shell.
        platform::drop_unread();
    }
}

/// Makes a panic anywhere restore the terminal before its message is printed.
fn restore_on_panic() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore();
            before(panic);
        }));
    });
}
