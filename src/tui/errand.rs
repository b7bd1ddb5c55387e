//! What the host does for a program besides drawing: copying to the terminal's clipboard, opening the browser.

use data_encoding::BASE64;

use crate::badge::carry::share::{Reach, reach};

/// The longest text that is copied, in bytes: terminals take at least as much, and no form of a badge is longer.
pub const MAX_COPY_BYTES: usize = 16 * 1024;

/// Something for the host to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Copies a text.
    Copy(String),
    /// Opens an address.
    Open(String),
}

/// The bytes that have a terminal copy a text (OSC 52 of xterm's control sequences); nothing for one that is too long.
pub fn copying(text: &str) -> Option<Vec<u8>> {
    let fits = text.len() <= MAX_COPY_BYTES;
    fits.then(|| format!("\x1b]52;c;{}\x07", BASE64.encode(text.as_bytes())).into_bytes())
}

/// Whether an address may be handed to a browser: a web page with https, or a page of this machine.
pub fn may_open(address: &str) -> bool {
    let plain = address.bytes().all(|byte| byte.is_ascii_graphic());
    let https = address.starts_with("https://");
    let here = address.starts_with("http://") && reach(address) == Reach::ThisMachine;
    plain && (https || here)
}
