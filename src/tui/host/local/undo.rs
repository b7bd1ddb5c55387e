//! Leaves the terminal as it was found, whichever part of the program notices that it is to be left.

use std::cell::Cell;
use std::sync::Once;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::time::Duration;

use crossterm::terminal::disable_raw_mode;

#[cfg(unix)]
use super::unix::output;
#[cfg(windows)]
use super::windows::output;
use crate::tui::host::modes::{KEYBOARD, leaving};

/// The modes set in the terminal now. It is global because a panic hook has nothing else to go by.
pub(super) static MODES: AtomicU8 = AtomicU8::new(0);

/// Answers of the terminal that are on their way.
static AWAITED: AtomicU8 = AtomicU8::new(0);

/// How long leaving may wait for them, in milliseconds.
static PATIENCE_MS: AtomicU64 = AtomicU64::new(0);

/// Notes what leaving the terminal has to wait for, and how long it may.
#[cfg(unix)]
pub(super) fn note_awaited((answers, patience): (u8, Duration)) {
    AWAITED.store(answers, Ordering::SeqCst);
    PATIENCE_MS.store(u64::try_from(patience.as_millis()).unwrap_or(u64::MAX), Ordering::SeqCst);
}

/// Undoes every mode that was set, and waits for what the terminal still sends because of them; doing it twice is
/// harmless. It gives up on a terminal that takes no output or gives no answer within a moment, and has nobody to tell
/// about failure.
pub fn restore() {
    let modes = MODES.swap(0, Ordering::SeqCst);
    let asked = AWAITED.swap(0, Ordering::SeqCst);
    let written = match leaving(modes) {
        Ok(bytes) if !bytes.is_empty() => output::write_bounded(&bytes),
        _ => false,
    };
    // Leaving the keyboard's protocol asks once more.
    let answers = asked + u8::from(modes & KEYBOARD != 0);
    if written && answers > 0 {
        output::drain(answers, Duration::from_millis(PATIENCE_MS.load(Ordering::SeqCst)));
    }
    let _ = disable_raw_mode();
}

thread_local! {
    static SPARED: Cell<bool> = const { Cell::new(false) };
}

/// Has panics of this thread leave the terminal alone: it serves others, and the program goes on.
pub fn spare_this_thread() {
    SPARED.set(true);
}

/// Makes a panic restore the terminal before its message is printed, unless its thread is spared.
pub(super) fn restore_on_panic() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !SPARED.get() {
                restore();
                before(panic);
            }
        }));
    });
}
