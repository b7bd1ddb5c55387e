//! A host over any pair of byte streams: stamped bytes from a terminal come in by a channel, drawings go out to a writer.
//!
//! Nothing is polled: [`pump`] reads on a thread of its own and stamps what it read, and the host sleeps until that
//! arrives. It reads no clock itself but the one that it was given.

use std::io::{ErrorKind, Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::{Duration, Instant};

use ratatui::layout::Size;

use super::line::Line;
use super::{Capabilities, Host, HostError};
use crate::tui::input::Input;

/// Bytes read at once: far more than a person types between two reads.
const READ: usize = 4096;

/// Something that came along the line, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// When it was read.
    pub at: Instant,
    /// What.
    pub what: What,
}

/// What can come along a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Bytes of the terminal, cut anywhere.
    Bytes(Vec<u8>),
    /// The terminal has another size, in columns and rows.
    Resized(Size),
    /// Nothing more will come.
    Closed,
}

/// Reads a stream to its end and sends on what came, stamped as soon as it was read. The end, or a failure, closes the
/// line; it returns then, or when nobody listens any more.
pub fn pump(mut reader: impl Read, line: &Sender<Arrival>, mut clock: impl FnMut() -> Instant) {
    let mut bytes = [0; READ];
    loop {
        let what = match reader.read(&mut bytes) {
            Ok(0) => What::Closed,
            Ok(n) => What::Bytes(bytes.get(..n).unwrap_or_default().to_vec()),
            Err(why) if why.kind() == ErrorKind::Interrupted => continue,
            Err(_) => What::Closed,
        };
        let closed = what == What::Closed;
        if line.send(Arrival { at: clock(), what }).is_err() || closed {
            return;
        }
    }
}

/// A terminal at the other end of two streams. Its modes are undone when this is dropped.
pub struct Stream<W: Write> {
    arrivals: Receiver<Arrival>,
    /// What has arrived, but after the time that was waited for.
    next: Option<Arrival>,
    output: W,
    clock: Box<dyn Fn() -> Instant + Send>,
    line: Line,
    /// Whether nothing more comes in.
    closed: bool,
    /// Whether nothing more goes out.
    gone: bool,
}

impl<W: Write> Stream<W> {
    /// The host of a terminal of this size; what it is sent goes to `output`. The clock must be the one that stamps
    /// arrivals.
    ///
    /// # Errors
    /// When the bytes that enter the screen cannot be made.
    pub fn new(
        arrivals: Receiver<Arrival>,
        output: W,
        clock: impl Fn() -> Instant + Send + 'static,
        size: Size,
        capabilities: Capabilities,
    ) -> Result<Self, HostError> {
        let line =
            Line::new(clock(), size, capabilities).map_err(HostError::refused("prepare the screen"))?;
        let clock = Box::new(clock);
        Ok(Self { arrivals, next: None, output, clock, line, closed: false, gone: false })
    }

    /// What arrives until that time, or the time at which it was given up.
    fn arrive(&mut self, until: Option<Instant>) -> Result<Arrival, Instant> {
        let arrival = match self.next.take() {
            Some(arrival) => arrival,
            None => self.receive(until)?,
        };
        match until.filter(|until| arrival.at > *until) {
            Some(until) => {
                self.next = Some(arrival);
                Err(until)
            }
            None => Ok(arrival),
        }
    }

    fn receive(&mut self, until: Option<Instant>) -> Result<Arrival, Instant> {
        let closed = |at| Arrival { at, what: What::Closed };
        match (self.arrivals.try_recv(), until) {
            (Ok(arrival), _) => Ok(arrival),
            (Err(TryRecvError::Disconnected), _) => Ok(closed(self.line.heard().max((self.clock)()))),
            (Err(TryRecvError::Empty), None) => {
                self.arrivals.recv().or_else(|_| Ok(closed(self.line.heard().max((self.clock)()))))
            }
            (Err(TryRecvError::Empty), Some(until)) => {
                match self.arrivals.recv_timeout(until.saturating_duration_since((self.clock)())) {
                    Ok(arrival) => Ok(arrival),
                    Err(RecvTimeoutError::Timeout) => Err(until.max((self.clock)())),
                    Err(RecvTimeoutError::Disconnected) => Ok(closed(self.line.heard().max((self.clock)()))),
                }
            }
        }
    }

    fn take(&mut self, arrival: Arrival, inputs: &mut Vec<Input>) -> Result<(), HostError> {
        match arrival.what {
            What::Bytes(bytes) => {
                let heard = self.line.feed(arrival.at, &bytes, inputs);
                heard.map_err(HostError::refused("prepare the keyboard"))?;
            }
            What::Resized(size) => self.line.resize(arrival.at, size, inputs),
            What::Closed => {
                self.line.hear(arrival.at);
                self.closed = true;
            }
        }
        Ok(())
    }

    /// Writes bytes; a writer that refuses them has nobody behind it.
    fn write(&mut self, bytes: &[u8]) {
        self.gone |= self.output.write_all(bytes).and_then(|()| self.output.flush()).is_err();
        self.closed |= self.gone;
    }
}

impl<W: Write> Host for Stream<W> {
    fn size(&self) -> Size {
        self.line.size()
    }

    fn capabilities(&self) -> Capabilities {
        self.line.capabilities()
    }

    fn can_draw(&self) -> bool {
        !self.closed
    }

    fn send(&mut self, drawing: &[u8]) -> Result<(), HostError> {
        if drawing.is_empty() || self.closed {
            return Ok(());
        }
        let mut bytes = self.line.take_pending((self.clock)());
        if bytes.is_empty() {
            self.write(drawing);
        } else {
            bytes.extend_from_slice(drawing);
            self.write(&bytes);
        }
        Ok(())
    }

    fn wait(&mut self, deadline: Option<Instant>, inputs: &mut Vec<Input>) -> Result<Instant, HostError> {
        let before = inputs.len();
        loop {
            if self.closed {
                inputs.push(Input::Closed);
                return Ok(self.line.heard());
            }
            let patience = self.line.patience_ends();
            let until = [deadline, patience].into_iter().flatten().min();
            let at = match self.arrive(until) {
                Ok(arrival) => {
                    let at = arrival.at;
                    self.take(arrival, inputs)?;
                    at
                }
                Err(at) => {
                    if patience.is_some_and(|end| at >= end) {
                        self.line.give_up(inputs);
                    }
                    at
                }
            };
            if inputs.len() > before || !self.closed && deadline.is_some_and(|deadline| at >= deadline) {
                return Ok(at);
            }
        }
    }

    fn may_suspend(&self) -> bool {
        false
    }

    fn suspend(&mut self) -> bool {
        false
    }
}

impl<W: Write> Stream<W> {
    /// Waits for what the terminal still sends, so that the next reader does not get it.
    fn drain(&mut self, mut answers: usize, patience: Duration) {
        let end = (self.clock)() + patience;
        while answers > 0
            && let Ok(Arrival { what: What::Bytes(bytes), .. }) = self.arrive(Some(end))
        {
            answers = answers.saturating_sub(self.line.drop_input(&bytes));
        }
    }
}

impl<W: Write> Drop for Stream<W> {
    fn drop(&mut self) {
        let leaving = self.line.leaving((self.clock)());
        if leaving.bytes.is_empty() || self.gone {
            return;
        }
        let closed = self.closed;
        self.write(&leaving.bytes);
        if !closed && !self.gone {
            self.drain(leaving.answers.into(), leaving.patience);
        }
    }
}
