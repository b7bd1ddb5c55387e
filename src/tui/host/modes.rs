//! The modes that a terminal is put into for screens, and what undoes them: bytes, wherever the terminal is.

use std::io;

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::queue;
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen};

/// The bit of the modes that [`entering`] sets.
pub(super) const SCREEN: u8 = 1;

/// The bit of the mode that [`keyboard_protocol`] sets.
pub(super) const KEYBOARD: u8 = 2;

/// Disambiguated keys, press and release told apart, all keys as sequences, and the text they type: 1, 2, 8 and 16 of
/// the kitty protocol. The last has no name in crossterm.
const KEYBOARD_FLAGS: u8 = 1 | 2 | 8 | 16;

/// The kitty protocol's question for the flags in force: terminals that know it answer, others stay silent.
pub(super) const ASK_KEYBOARD: &[u8] = b"\x1b[?u";

/// What is sent on entering: alternate screen, pastes and focus reported.
pub(super) fn entering() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(64);
    queue!(bytes, EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange)?;
    Ok(bytes)
}

/// What undoes the modes given; the keyboard first, because it is kept for each screen apart.
pub(super) fn leaving(modes: u8) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(64);
    if modes & KEYBOARD != 0 {
        queue!(bytes, PopKeyboardEnhancementFlags)?;
    }
    if modes & SCREEN != 0 {
        let normal = SetAttribute(Attribute::Reset);
        queue!(bytes, DisableFocusChange, DisableBracketedPaste, normal, Show, LeaveAlternateScreen)?;
    }
    Ok(bytes)
}

/// Asks for key releases and texts.
pub(super) fn keyboard_protocol() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let flags = KeyboardEnhancementFlags::from_bits_retain(KEYBOARD_FLAGS);
    queue!(bytes, PushKeyboardEnhancementFlags(flags))?;
    Ok(bytes)
}
