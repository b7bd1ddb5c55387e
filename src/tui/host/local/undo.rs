//! Leaving the terminal as it was found, whoever notices that it is to be left.

use std::sync::Once;
use std::sync::atomic::{AtomicU8, Ordering};

use crossterm::terminal::disable_raw_mode;

#[cfg(unix)]
use super::unix::output;
#[cfg(windows)]
use super::windows::output;
use crate::tui::host::modes::{KEYBOARD, leaving};

/// The modes set in the terminal now. It is global because a panic hook has nothing else to go by.
pub(super) static MODES: AtomicU8 = AtomicU8::new(0);

/// Undoes every mode that was set; doing it twice is harmless. It gives up on a terminal that takes no output within
/// a moment, and has nobody to tell about failure.
pub fn restore() {
    let modes = MODES.swap(0, Ordering::SeqCst);
    if let Ok(bytes) = leaving(modes)
        && !bytes.is_empty()
    {
        output::write_bounded(&bytes);
    }
    let _ = disable_raw_mode();
    if modes & KEYBOARD != 0 {
        // The release of the key that ended the program would be typed into the shell.
        output::drop_unread();
    }
}

/// Makes a panic anywhere restore the terminal before its message is printed.
pub(super) fn restore_on_panic() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore();
            before(panic);
        }));
    });
}
