//! Writing to the console on Windows.

use std::io::{self, Write, stdout};
use std::time::Duration;

/// Writes all bytes.
pub(super) fn write(bytes: &[u8]) -> io::Result<()> {
    let mut output = stdout().lock();
    output.write_all(bytes)?;
    output.flush()
}

/// Writes all bytes; a console does not hold writers up.
pub(in crate::tui::host::local) fn write_bounded(bytes: &[u8]) -> bool {
    write(bytes).is_ok()
}

/// The console's reader takes unread keys and answers with it.
pub(in crate::tui::host::local) fn drain(_answers: u8, _patience: Duration) {}
