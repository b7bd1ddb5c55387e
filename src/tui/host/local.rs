//! The local terminal as a host: waiting for input and signals, writing without ever being held up, and leaving it as it was found.
//!
//! One thread does it all. A terminal that is slow to take output delays drawing, never the reading and stamping of
//! keys: what it does not take at once waits, and until it is taken [`Terminal::can_draw`] says no.
//!
//! Modes are undone by dropping the [`Terminal`], and by the panic hook before a message is printed.

use std::sync::Once;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Instant;

use crossterm::terminal::disable_raw_mode;
use ratatui::layout::Size;
use thiserror::Error;

use super::modes::{KEYBOARD, leaving};
use super::{Capabilities, Host, HostError};
use crate::badge::draw::certificate::Paper;
use crate::badge::draw::drawing::cells::QrStyle;
use crate::tui::input::Input;
use crate::tui::screen::Colours;

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

/// The modes set in the terminal now. It is global because a panic hook has nothing else to go by.
static MODES: AtomicU8 = AtomicU8::new(0);

impl Host for Terminal {
    fn size(&self) -> Size {
        Self::size(self)
    }

    fn capabilities(&self) -> Capabilities {
        let colours = Colours::by_no_color(std::env::var_os("NO_COLOR").as_deref());
        Capabilities { colours, code: code(), paper: Paper::of_locale(&locale("LC_PAPER")) }
    }

    fn can_draw(&self) -> bool {
        Self::can_draw(self)
    }

    fn send(&mut self, drawing: &[u8]) -> Result<(), HostError> {
        Self::send(self, drawing)
    }

    fn wait(&mut self, deadline: Option<Instant>, inputs: &mut Vec<Input>) -> Result<Instant, HostError> {
        Self::wait(self, deadline, inputs)
    }

    fn may_suspend(&self) -> bool {
        Self::may_suspend(self)
    }

    fn suspend(&mut self) -> bool {
        Self::suspend(self)
    }
}

/// The form of a QR code that this terminal can show, by the locale's character set.
pub fn code() -> QrStyle {
    let locale = locale("LC_CTYPE");
    QrStyle::for_locale(cfg!(windows) || locale.to_ascii_lowercase().replace('-', "").ends_with("utf8"))
}

/// The locale of a category, e.g. `de_AT.UTF-8` (POSIX: the first of `LC_ALL`, the category and `LANG` that is not empty).
fn locale(category: &str) -> String {
    let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    ["LC_ALL", category, "LANG"].into_iter().find_map(variable).unwrap_or_default()
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
