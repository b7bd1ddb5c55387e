//! Writing to the terminal on Unix, with a bound on how long that takes.

use std::io;
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::stdio::{stdin, stdout};
use rustix::termios::{QueueSelector, tcflush, ttyname};

use crate::system::monotonic;

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

/// Writes all bytes, waiting for the terminal at most [`RESTORE_PATIENCE`] in all.
pub(in crate::tui::host::local) fn write_bounded(bytes: &[u8]) {
    let Ok(output) = open() else { return };
    let end = monotonic() + RESTORE_PATIENCE;
    let mut taken = 0;
    loop {
        let (more, error) = write_some(&output, bytes.get(taken..).unwrap_or_default());
        taken += more;
        let left = end.saturating_duration_since(monotonic());
        if error != Some(Errno::AGAIN) || left.is_zero() {
            return;
        }
        let mut fds = [PollFd::new(&output, PollFlags::OUT)];
        let _ = poll(&mut fds, Some(&timespec(left)));
    }
}

/// Throws away what was typed but not read.
pub(in crate::tui::host::local) fn drop_unread() {
    let _ = tcflush(stdin(), QueueSelector::IFlush);
}
