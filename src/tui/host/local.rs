//! The local terminal as a host: waiting for input and signals, writing without ever being held up, and leaving it as it was found.
//!
//! One thread does it all. A terminal that is slow to take output delays drawing, never the reading and stamping of
//! keys: what it does not take at once waits, and until it is taken [`Terminal::can_draw`] says no.
//!
//! Modes are undone by dropping the [`Terminal`], and by the panic hook before a message is printed.

use std::time::Instant;

use ratatui::layout::Size;

use super::{Capabilities, Host, HostError};
use crate::tui::input::Input;

mod browser;
mod opening;
mod surroundings;
mod undo;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

pub use opening::{Keyboard, LocalError, shows_screens};
pub use surroundings::{code, language, term};
pub use undo::{restore, spare_this_thread};
#[cfg(unix)]
pub use unix::Terminal;
#[cfg(windows)]
pub use windows::Terminal;

impl Host for Terminal {
    fn size(&self) -> Size {
        Self::size(self)
    }

    fn capabilities(&self) -> Capabilities {
        Self::capabilities(self)
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

    fn has_browser(&self) -> bool {
        browser::is_here()
    }

    fn open(&mut self, address: &str) -> std::io::Result<()> {
        browser::open(address)
    }

    fn may_suspend(&self) -> bool {
        Self::may_suspend(self)
    }

    fn suspend(&mut self) -> bool {
        Self::suspend(self)
    }
}
