//! Writing to the console on Windows.

use std::io::{self, Write, stdout};

/// Writes all bytes.
pub(super) fn write(bytes: &[u8]) -> io::Result<()> {
    let mut output = stdout().lock();
    output.write_all(bytes)?;
    output.flush()
}

/// Writes all bytes; a console does not hold writers up.
pub(in crate::tui::host::local) fn write_bounded(bytes: &[u8]) {
    let _ = write(bytes);
}

/// The console's reader takes unread keys with it.
pub(in crate::tui::host::local) fn drop_unread() {}
