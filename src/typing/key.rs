//! What a typist can press, and when: nothing else reaches the core.

/// Milliseconds since the clock of the test started: since the first stroke, or since the start signal.
pub type Millis = u32;

/// A key as the typing core knows it; everything else a keyboard can send belongs to the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// One character as the terminal delivered it; combining marks come as characters of their own.
    Char(char),
    /// Return.
    Enter,
    /// Tab, in texts that hold one; in others it types nothing.
    Tab,
    /// Erases the character before the caret, or its last sign.
    Backspace,
    /// Erases back to the start of the word: ^W, Ctrl-Backspace or Alt-Backspace.
    DeleteWord,
}

impl Key {
    /// Whether it is a control character, which no text holds and no log records.
    pub fn is_control(self) -> bool {
        matches!(self, Self::Char(c) if c.is_control())
    }
}

/// A key and the moment it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// When the key was read; never decreases within a session.
    pub at: Millis,
    /// Which key.
    pub key: Key,
}
