//! A host that waits for nothing itself: who waits for many terminals at once feeds each with what came along its line, and
//! takes from it what is to be sent.
//!
//! While something is still on its way to the terminal, or more has come in already, nothing is drawn: so at most one
//! drawing is kept, whatever the terminal does, and what is typed is stamped and taken all the same.

use std::collections::VecDeque;
use std::time::Instant;

use ratatui::layout::Size;

use super::line::Line;
use super::stream::{Arrival, What};
use super::{Capabilities, Host, HostError};
use crate::tui::input::Input;

/// A terminal whose bytes others carry.
#[derive(Debug)]
pub struct Fed {
    line: Line,
    arrivals: VecDeque<Arrival>,
    now: Instant,
    output: Vec<u8>,
    /// Whether what was taken from here has not reached the terminal yet.
    busy: bool,
    closed: bool,
}

impl Fed {
    /// The host of a terminal of this size.
    ///
    /// # Errors
    /// When the bytes that enter the screen cannot be made.
    pub fn new(now: Instant, size: Size, capabilities: Capabilities) -> Result<Self, HostError> {
        let line = Line::new(now, size, capabilities).map_err(HostError::refused("prepare the screen"))?;
        Ok(Self { line, arrivals: VecDeque::new(), now, output: Vec::new(), busy: false, closed: false })
    }

    /// Takes ^H for Backspace from now on, because that is what the terminal's key sends.
    pub fn erases_with_ctrl_h(&mut self) {
        self.line.erases_with_ctrl_h();
    }

    /// Takes what came along the line.
    pub fn feed(&mut self, arrival: Arrival) {
        self.arrivals.push_back(arrival);
    }

    /// Takes the time.
    pub fn tick(&mut self, now: Instant) {
        self.now = self.now.max(now);
    }

    /// Whether something came that no turn has taken yet.
    pub fn has_arrivals(&self) -> bool {
        !self.arrivals.is_empty()
    }

    /// When an unfinished sequence of the terminal is given up; nothing where there is none.
    pub fn patience_ends(&self) -> Option<Instant> {
        self.line.patience_ends()
    }

    /// What is to be sent, nothing twice; it counts as on its way until [`Fed::reached`].
    pub fn take_output(&mut self) -> Option<Vec<u8>> {
        if self.busy || self.output.is_empty() {
            return None;
        }
        self.busy = true;
        Some(std::mem::take(&mut self.output))
    }

    /// Notes that what was taken is sent.
    pub fn reached(&mut self) {
        self.busy = false;
    }

    /// Whether what was taken is still on its way.
    pub const fn is_busy(&self) -> bool {
        self.busy
    }

    /// The bytes that leave the terminal as it was found, and how many answers of it are still to come.
    pub fn leave(&mut self) -> (Vec<u8>, usize) {
        let leaving = self.line.leaving(self.now);
        let mut bytes = std::mem::take(&mut self.output);
        bytes.extend_from_slice(&leaving.bytes);
        (bytes, leaving.answers.into())
    }

    /// Takes bytes that came after the end; gives how many answers were in them.
    pub fn drop_input(&mut self, bytes: &[u8]) -> usize {
        self.line.drop_input(bytes)
    }
}

impl Host for Fed {
    fn size(&self) -> Size {
        self.line.size()
    }

    fn capabilities(&self) -> Capabilities {
        self.line.capabilities()
    }

    fn can_draw(&self) -> bool {
        !self.busy && !self.closed && self.arrivals.is_empty()
    }

    fn send(&mut self, drawing: &[u8]) -> Result<(), HostError> {
        if drawing.is_empty() || self.closed {
            return Ok(());
        }
        let pending = self.line.take_pending(self.now);
        self.output.extend_from_slice(&pending);
        self.output.extend_from_slice(drawing);
        Ok(())
    }

    /// Takes what has come, without waiting: the time is that of the arrival, or the one that was given last.
    fn wait(&mut self, _deadline: Option<Instant>, inputs: &mut Vec<Input>) -> Result<Instant, HostError> {
        let Some(arrival) = self.arrivals.pop_front() else {
            if self.closed {
                inputs.push(Input::Closed);
            } else if self.patience_ends().is_some_and(|end| self.now >= end) {
                self.line.give_up(inputs);
            }
            return Ok(self.now);
        };
        let at = arrival.at;
        // What was unfinished for too long is no part of what comes now.
        if self.patience_ends().is_some_and(|end| at > end) {
            self.line.give_up(inputs);
        }
        match arrival.what {
            What::Bytes(bytes) => {
                let heard = self.line.feed(at, &bytes, inputs);
                heard.map_err(HostError::refused("prepare the keyboard"))?;
            }
            What::Resized(size) => self.line.resize(at, size, inputs),
            What::Closed => {
                self.closed = true;
                inputs.push(Input::Closed);
            }
        }
        self.now = self.now.max(at);
        Ok(at)
    }

    fn may_suspend(&self) -> bool {
        false
    }

    fn suspend(&mut self) -> bool {
        false
    }
}
