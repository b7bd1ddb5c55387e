//! Writing to the terminal on Unix, with a bound on how long that takes.

use std::io;
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::process::getpgrp;
use rustix::stdio::stdout;
use rustix::termios::{QueueSelector, tcflush, tcgetpgrp, ttyname};

use crate::system::monotonic;
use crate::tui::input::Parser;

/// How long restoring waits for a terminal that takes no output; a person who closed a stuck program waits no longer.
const RESTORE_PATIENCE: Duration = Duration::from_millis(300);

/// Opens the terminal anew, so that not waiting for it is not passed on to the shell, which shares standard output.
pub(super) fn open() -> io::Result<OwnedFd> {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let open = |name: &std::ffi::CStr| rustix::fs::open(name, flags, Mode::empty());
    // Its own name may be closed to us, as after `su`; and where neither opens, waiting for it is the lesser evil.
    match ttyname(stdout(), Vec::new()).and_then(|name| open(&name)).or_else(|_| open(c"/dev/tty")) {
        Ok(output) => Ok(output),
        Err(_) => stdout().try_clone_to_owned(),
    }
}

/// A duration as `poll` takes it.
pub(super) fn timespec(duration: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: duration.subsec_nanos().into(),
    }
}

/// Writes until all is taken or an error comes.
pub(super) fn write_some(output: &OwnedFd, bytes: &[u8]) -> (usize, Option<Errno>) {
    let mut taken = 0;
    while let Some(rest) = bytes.get(taken..).filter(|rest| !rest.is_empty()) {
        match rustix::io::write(output, rest) {
            Ok(n) => taken += n,
            Err(Errno::INTR) => {}
            Err(error) => return (taken, Some(error)),
        }
    }
    (taken, None)
}

/// Writes all bytes, waiting for the terminal at most [`RESTORE_PATIENCE`] in all; says whether it took them.
pub(in crate::tui::host::local) fn write_bounded(bytes: &[u8]) -> bool {
    let Ok(output) = open() else { return false };
    let end = monotonic() + RESTORE_PATIENCE;
    let mut taken = 0;
    loop {
        let (more, error) = write_some(&output, bytes.get(taken..).unwrap_or_default());
        taken += more;
        let left = end.saturating_duration_since(monotonic());
        if error != Some(Errno::AGAIN) || left.is_zero() {
            return error.is_none();
        }
        let mut fds = [PollFd::new(&output, PollFlags::OUT)];
        let _ = poll(&mut fds, Some(&timespec(left)));
    }
}

/// Reads and forgets what the terminal sends until this number of answers has come. Where they do not come in time, what is
/// unread then is thrown away, too.
pub(in crate::tui::host::local) fn drain(answers: u8, patience: Duration) {
    let Ok(terminal) = open() else { return };
    // Reading from the background would stop the program.
    if tcgetpgrp(&terminal).is_ok_and(|group| group != getpgrp()) {
        return;
    }
    if !await_answers(&terminal, answers.into(), patience) {
        let _ = tcflush(&terminal, QueueSelector::IFlush);
    }
}

fn await_answers(terminal: &OwnedFd, mut answers: usize, patience: Duration) -> bool {
    let (mut parser, mut dropped, mut bytes) = (Parser::default(), Vec::new(), [0; 256]);
    let end = monotonic() + patience;
    loop {
        let left = end.saturating_duration_since(monotonic());
        if left.is_zero() {
            return false;
        }
        let mut fds = [PollFd::new(terminal, PollFlags::IN)];
        match poll(&mut fds, Some(&timespec(left))) {
            Ok(0) | Err(Errno::INTR) => continue,
            Ok(_) => {}
            Err(_) => return false,
        }
        match rustix::io::read(terminal, &mut bytes) {
            Ok(0) => return false,
            Ok(n) => parser.feed(bytes.get(..n).unwrap_or_default(), &mut dropped),
            Err(Errno::AGAIN | Errno::INTR) => {}
            Err(_) => return false,
        }
        dropped.clear();
        answers = answers.saturating_sub(parser.take_answers().len());
        if answers == 0 {
            return true;
        }
    }
}
