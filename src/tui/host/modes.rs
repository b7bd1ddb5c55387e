//! The modes that a terminal is put into for screens, and what undoes them: bytes, wherever the terminal is.

use std::io;

use crossterm::cursor::{MoveTo, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::queue;
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};

/// The bit of the modes that [`entering`] sets.
pub(super) const SCREEN: u8 = 1;

/// The bit of the mode that [`speaking`] sets.
pub(super) const KEYBOARD: u8 = 2;

/// Flags of the kitty protocol: keys disambiguated, press and release told apart, the keys beside the one that was typed,
/// all keys as sequences, and the text they type. The last has no name in crossterm.
pub(super) mod flag {
    pub(in crate::tui::host) const DISAMBIGUATE: u8 = 1;
    pub(in crate::tui::host) const EVENTS: u8 = 2;
    pub(in crate::tui::host) const ALTERNATES: u8 = 4;
    pub(in crate::tui::host) const ALL_KEYS: u8 = 8;
    pub(in crate::tui::host) const TEXT: u8 = 16;
}

/// What is asked for.
const WANTED: u8 = flag::DISAMBIGUATE | flag::EVENTS | flag::ALTERNATES | flag::ALL_KEYS | flag::TEXT;

/// What is asked for of a terminal that tells all keys and not their text: keys that type then come as text again, as
/// the keyboard's layout and its dead keys make them.
const WITHOUT_TEXT: u8 = flag::DISAMBIGUATE | flag::ALTERNATES;

/// The kitty protocol's question for the flags in force: terminals that know it answer, others stay silent.
pub(super) const ASK_KEYBOARD: &[u8] = b"\x1b[?u";

/// A sign of one column that some terminals draw two columns wide, and others, without UTF-8, as two; then the question
/// where the cursor is. In the second row, because an answer about the first could be F3.
const ASK_WIDTH: &str = "\x1b[2;1H\u{b7}\x1b[6n";

/// The column of the answer where the sign takes one.
pub(super) const NARROW: u32 = 2;

/// What is sent on entering: alternate screen, pastes and focus reported.
pub(super) fn entering() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(64);
    queue!(bytes, EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange)?;
    Ok(bytes)
}

/// The questions to begin with, about the keyboard and, where any are drawn, about signs.
pub(super) fn first_questions(signs: bool) -> &'static [&'static [u8]] {
    const ALL: [&[u8]; 2] = [ASK_KEYBOARD, ASK_WIDTH.as_bytes()];
    if signs { &ALL } else { &[ASK_KEYBOARD] }
}

/// What ends the keyboard's protocol, where the modes have it.
pub(super) fn silencing(modes: u8) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(64);
    if modes & KEYBOARD != 0 {
        queue!(bytes, PopKeyboardEnhancementFlags)?;
    }
    Ok(bytes)
}

/// What undoes the modes given; the keyboard first, because it is kept for each screen apart. Its flags are asked for once
/// more: when the answer is there, no key is reported by the protocol any more. A terminal without an alternate screen is
/// left clear, with the cursor at its top.
pub(super) fn leaving(modes: u8) -> io::Result<Vec<u8>> {
    let mut bytes = silencing(modes)?;
    if modes & KEYBOARD != 0 {
        bytes.extend_from_slice(ASK_KEYBOARD);
    }
    if modes & SCREEN != 0 {
        let normal = SetAttribute(Attribute::Reset);
        queue!(bytes, DisableFocusChange, DisableBracketedPaste, normal, Show)?;
        queue!(bytes, Clear(ClearType::All), MoveTo(0, 0), LeaveAlternateScreen)?;
    }
    Ok(bytes)
}

/// Asks for all that the keyboard can tell, and what of it is granted.
pub(super) fn speaking() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(16);
    let flags = KeyboardEnhancementFlags::from_bits_retain(WANTED);
    queue!(bytes, PushKeyboardEnhancementFlags(flags))?;
    bytes.extend_from_slice(ASK_KEYBOARD);
    Ok(bytes)
}

/// Asks for less, in place of what was granted, and what of that is granted.
pub(super) fn speaking_less() -> Vec<u8> {
    let mut bytes = format!("\x1b[={WITHOUT_TEXT};1u").into_bytes();
    bytes.extend_from_slice(ASK_KEYBOARD);
    bytes
}
