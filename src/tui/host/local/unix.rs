//! The terminal on Unix: one `poll` over the keyboard, the signals, and output that was not taken yet.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::Ordering;
use std::time::Instant;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{getpid, getsid, kill_current_process_group};
use rustix::stdio::{stdin, stdout};
use rustix::termios::{SpecialCodeIndex, isatty, tcgetattr, tcgetwinsize};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

use super::opening::{Keyboard, LocalError, shows_screens};
use super::surroundings::{capabilities, escape_patience, term};
use super::undo::{MODES, note_awaited, restore, restore_on_panic};
use crate::system::monotonic;
use crate::tui::host::talk::{Pending, Talk};
use crate::tui::host::{Capabilities, HostError};
use crate::tui::input::{Input, Parser, Signal};

pub(super) mod output;

use output::{timespec, write_some};

/// Bytes read at once: what a terminal line holds on Linux (`N_TTY_BUF_SIZE`), so a burst of keys is few reads.
const READ: usize = 4096;

/// The size taken when a terminal does not tell its own.
const USUAL: Size = Size::new(80, 24);

/// The terminal, in raw mode and on its alternate screen until this is dropped.
#[derive(Debug)]
pub struct Terminal {
    keyboard: Keyboard,
    output: OwnedFd,
    signals: SignalDelivery<UnixStream, SignalOnly>,
    capabilities: Capabilities,
    parser: Parser,
    talk: Talk,
    heard: Instant,
    /// Bytes not written yet.
    pending: Pending,
    /// Whether the terminal takes no output now.
    full: bool,
    suspended: bool,
    closed: bool,
    bytes: Box<[u8; READ]>,
}

/// What `poll` found.
struct Ready {
    keys: bool,
    signals: bool,
    output: bool,
}

impl Terminal {
    /// Takes the terminal: raw mode now, the other modes with the first [`Terminal::send`].
    ///
    /// # Errors
    ///
    /// [`LocalError::NotATerminal`] if standard output is not one, or standard input where keys are read from it;
    /// [`HostError`] if the system refuses signals or raw mode.
    pub fn open(keyboard: Keyboard) -> Result<Self, LocalError> {
        if keyboard == Keyboard::Standard && !isatty(stdin()) {
            return Err(LocalError::NotATerminal("standard input"));
        }
        if !isatty(stdout()) {
            return Err(LocalError::NotATerminal("standard output"));
        }
        shows_screens(term().as_deref())?;
        let output = output::open().map_err(HostError::refused("open the terminal"))?;
        let signals = signals().map_err(HostError::refused("listen to signals"))?;
        let erase = tcgetattr(&output).map(|modes| modes.special_codes[SpecialCodeIndex::VERASE]);
        let parser = Parser::default();
        let mut parser = if erase == Ok(0x08) { parser.with_ctrl_h_erase() } else { parser };
        let now = monotonic();
        let capabilities = capabilities();
        let (talk, pending) = begin(now, capabilities, &mut parser)?;
        let terminal = Self {
            keyboard,
            output,
            signals,
            capabilities,
            parser,
            talk,
            heard: now,
            pending,
            full: false,
            suspended: false,
            closed: false,
            bytes: Box::new([0; READ]),
        };
        restore_on_panic();
        terminal.make_raw()?;
        Ok(terminal)
    }

    /// What the screen can show; less than at first once the terminal's answers tell that it draws signs too wide.
    pub fn capabilities(&self) -> Capabilities {
        if self.talk.is_wide() { self.capabilities.in_ascii() } else { self.capabilities }
    }

    /// The size of the screen in columns and rows, asked from the system; 80×24 if it does not know.
    pub fn size(&self) -> Size {
        match tcgetwinsize(&self.output) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size::new(size.ws_col, size.ws_row),
            _ => USUAL,
        }
    }

    /// Whether a drawing sent now can reach the screen. While it cannot, draw nothing and wait: changes merge.
    pub fn can_draw(&self) -> bool {
        !self.full && !self.suspended && !self.closed
    }

    /// Writes a drawing, as much of it as the terminal takes; the rest follows during [`Terminal::wait`]. An empty
    /// drawing writes nothing. The next wait says when the terminal is gone.
    ///
    /// # Errors
    ///
    /// None on Unix today; the signature is that of every platform.
    pub fn send(&mut self, drawing: &[u8]) -> Result<(), HostError> {
        if drawing.is_empty() || self.closed || self.suspended {
            return Ok(());
        }
        if self.pending.bytes.is_empty() {
            let taken = self.write(drawing);
            self.pending.bytes.extend_from_slice(drawing.get(taken..).unwrap_or_default());
        } else {
            self.pending.bytes.extend_from_slice(drawing);
            self.flush();
        }
        Ok(())
    }

    /// Waits until there is input, the deadline has come, or the terminal takes output again, and appends the input.
    /// Returns the time stamp of that input, taken as soon as it was there; without a deadline it waits for ever.
    ///
    /// # Errors
    ///
    /// [`HostError`] if the system cannot wait.
    pub fn wait(&mut self, deadline: Option<Instant>, inputs: &mut Vec<Input>) -> Result<Instant, HostError> {
        let before = inputs.len();
        loop {
            let ready = self.poll(deadline).map_err(HostError::refused("wait for keys"))?;
            let at = monotonic();
            if ready.signals {
                self.take_signals(inputs);
            }
            if ready.keys {
                self.read(at, inputs)?;
            } else if self.patience_ends().is_some_and(|end| at >= end) {
                self.parser.give_up(inputs);
            }
            if ready.output {
                self.flush();
            }
            if self.closed {
                inputs.push(Input::Closed);
            }
            let drained = ready.output && !self.full;
            if inputs.len() > before || drained || deadline.is_some_and(|deadline| at >= deadline) {
                return Ok(at);
            }
        }
    }

    /// Whether somebody could continue the process once it is stopped.
    pub fn may_suspend(&self) -> bool {
        !leads_session()
    }

    /// Restores the terminal and stops the process and its group, as ^Z does; returns once they are continued, and
    /// the next wait reports [`Signal::Continue`]. Returns at once with `false` where nobody could continue them.
    pub fn suspend(&mut self) -> bool {
        if leads_session() {
            return false;
        }
        self.leave();
        self.suspended = true;
        self.pending = Pending::default();
        self.full = false;
        let stopped = kill_current_process_group(rustix::process::Signal::STOP).is_ok();
        if !stopped {
            self.suspended = self.enter().is_err();
        }
        stopped
    }

    fn enter(&mut self) -> Result<(), HostError> {
        self.make_raw()?;
        self.suspended = false;
        (self.talk, self.pending) = begin(monotonic(), self.capabilities, &mut self.parser)?;
        Ok(())
    }

    fn make_raw(&self) -> Result<(), HostError> {
        let raw = HostError::refused("put the terminal into raw mode");
        // Another program had the terminal in between and may have changed its modes, which crossterm does not know.
        disable_raw_mode().and_then(|()| enable_raw_mode()).map_err(raw)
    }

    /// Gives the terminal back.
    fn leave(&self) {
        note_awaited(self.talk.awaited(monotonic()));
        restore();
    }

    fn keys(&self) -> BorrowedFd<'_> {
        match self.keyboard {
            Keyboard::Standard => stdin(),
            Keyboard::Terminal => self.output.as_fd(),
        }
    }

    fn patience_ends(&self) -> Option<Instant> {
        self.parser.patience().map(|patience| self.heard + patience)
    }

    fn poll(&self, deadline: Option<Instant>) -> io::Result<Ready> {
        if self.closed {
            return Ok(Ready { keys: false, signals: false, output: false });
        }
        let mut fds = [
            PollFd::from_borrowed_fd(self.keys(), PollFlags::IN),
            PollFd::new(self.signals.get_read(), PollFlags::IN),
            PollFd::new(&self.output, PollFlags::OUT),
        ];
        let watched = if self.full { 3 } else { 2 };
        let until = [deadline, self.patience_ends()].into_iter().flatten().min();
        let timeout = until.map(|until| timespec(until.saturating_duration_since(monotonic())));
        match poll(fds.get_mut(..watched).unwrap_or_default(), timeout.as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let [keys, signals, output] = fds.map(|fd| !fd.revents().is_empty());
        Ok(Ready { keys, signals, output })
    }

    fn read(&mut self, at: Instant, inputs: &mut Vec<Input>) -> Result<(), HostError> {
        let keys = match self.keyboard {
            Keyboard::Standard => stdin(),
            Keyboard::Terminal => self.output.as_fd(),
        };
        match rustix::io::read(keys, self.bytes.as_mut_slice()) {
            Ok(0) => self.closed = true,
            Ok(n) => {
                self.heard = at;
                self.parser.feed(self.bytes.get(..n).unwrap_or_default(), inputs);
                let heard = self.talk.listen(&mut self.parser, &mut self.pending);
                heard.map_err(HostError::refused("prepare the keyboard"))?;
                note_awaited(self.talk.awaited(at));
            }
            Err(Errno::AGAIN | Errno::INTR) => {}
            Err(_) => self.closed = true,
        }
        Ok(())
    }

    fn take_signals(&mut self, inputs: &mut Vec<Input>) {
        for signal in self.signals.pending() {
            let signal = match signal {
                SIGWINCH => {
                    inputs.push(Input::Resize(self.size()));
                    continue;
                }
                SIGTSTP if leads_session() => continue,
                SIGTSTP => Signal::Stop,
                SIGCONT => {
                    // The kernel continues a program when it takes its terminal away, too.
                    self.closed |= self.enter().is_err();
                    Signal::Continue
                }
                SIGINT => Signal::Interrupt,
                SIGQUIT => Signal::Quit,
                SIGTERM => Signal::Terminate,
                _ => Signal::Hangup,
            };
            inputs.push(Input::Signal(signal));
        }
    }

    fn flush(&mut self) {
        let bytes = std::mem::take(&mut self.pending.bytes);
        let taken = self.write(&bytes);
        self.pending.bytes = bytes;
        self.pending.bytes.drain(..taken);
    }

    /// Writes what the terminal takes now and returns how many bytes that were; all of them if it is gone.
    fn write(&mut self, bytes: &[u8]) -> usize {
        if self.pending.asks() {
            MODES.fetch_or(std::mem::take(&mut self.pending.modes), Ordering::SeqCst);
            let now = monotonic();
            self.talk.sent(now, &mut self.pending);
            note_awaited(self.talk.awaited(now));
        }
        let (taken, error) = write_some(&self.output, bytes);
        self.full = error == Some(Errno::AGAIN);
        self.closed |= error.is_some() && !self.full;
        if self.closed { bytes.len() } else { taken }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.leave();
    }
}

fn begin(at: Instant, viewer: Capabilities, parser: &mut Parser) -> Result<(Talk, Pending), HostError> {
    let modes = MODES.load(Ordering::SeqCst);
    let begun = Talk::begin(at, modes, viewer.signs, escape_patience(), parser);
    begun.map_err(HostError::refused("prepare the screen"))
}

fn signals() -> io::Result<SignalDelivery<UnixStream, SignalOnly>> {
    let (read, write) = UnixStream::pair()?;
    read.set_nonblocking(true)?;
    let wanted = [SIGWINCH, SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT];
    SignalDelivery::with_pipe(read, write, SignalOnly, wanted)
}

/// Whether this process leads its session, as the first program of a window does: then no shell is there to continue it,
/// and the kernel would ignore a ^Z likewise.
fn leads_session() -> bool {
    getsid(None).is_ok_and(|session| session == getpid())
}
