//! The kinds of input: what the keyboard, the terminal and the system can say.

use ratatui::layout::Size;

use super::layouts::lower;

/// One thing that the keyboard, the terminal or the system said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key went down.
    Key(KeyPress),
    /// A key that is held down came again; only terminals with the kitty protocol tell it from a new press.
    Repeat(KeyPress),
    /// A key went up, named as it was when it went down; only terminals with the kitty protocol report it.
    Release(KeyPress),
    /// Text was pasted: how many characters, and the first [`PASTE_KEPT`](super::PASTE_KEPT) bytes of it, with control characters.
    Paste {
        /// The text kept.
        text: String,
        /// Characters pasted in all, kept or not.
        chars: usize,
    },
    /// The terminal's window has the keyboard again.
    FocusGained,
    /// Keys go to another window now.
    FocusLost,
    /// The screen has another size now, in columns and rows.
    Resize(Size),
    /// The system sent a signal.
    Signal(Signal),
    /// The terminal is gone; no more input will come and no output is shown.
    Closed,
}

/// A key as this program tells keys apart; shift is in the character, other modifiers of named keys are dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyPress {
    /// A character, whatever keys and input methods made it; never a control character.
    Char(char),
    /// A character beyond ASCII whose place on the keyboard the terminal tells, too. Programs do not see it: it becomes a
    /// character by [`Keyboard`](super::Keyboard).
    Placed {
        /// What was typed.
        typed: char,
        /// What the same key types on a US keyboard, without shift.
        us: char,
    },
    /// Enter, on the keypad too.
    Enter,
    /// Backspace.
    Backspace,
    /// Delete the word before the caret: ^W, ^H, Ctrl-Backspace, Alt-Backspace.
    DeleteWord,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Delete forward.
    Delete,
    /// A function key, 1 to 12.
    F(u8),
    /// Ctrl with a key, named by its character without shift: ^C is `Ctrl('c')`.
    Ctrl(char),
    /// Alt with a character.
    Alt(char),
}

impl KeyPress {
    /// Ctrl with the key of this character. Two of them delete a word.
    pub fn with_ctrl(c: char) -> Self {
        match lower(c) {
            'w' | 'h' => Self::DeleteWord,
            c => Self::Ctrl(c),
        }
    }

    /// Whether the key types a character of a text.
    pub const fn is_typed(self) -> bool {
        matches!(self, Self::Char(_) | Self::Placed { .. } | Self::Enter)
    }
}

impl Input {
    /// The same with another key.
    #[must_use]
    pub fn map_key(self, map: impl FnOnce(KeyPress) -> KeyPress) -> Self {
        match self {
            Self::Key(key) => Self::Key(map(key)),
            Self::Repeat(key) => Self::Repeat(map(key)),
            Self::Release(key) => Self::Release(map(key)),
            other => other,
        }
    }
}

/// A signal the program acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Signal {
    /// SIGINT: somebody wants the program to end.
    Interrupt,
    /// SIGQUIT.
    Quit,
    /// SIGTERM.
    Terminate,
    /// SIGHUP: the terminal's other end went away.
    Hangup,
    /// SIGTSTP: the program is to stop until it is continued.
    Stop,
    /// SIGCONT: the program runs again, and what is on the screen is unknown.
    Continue,
}

impl Signal {
    /// The exit status of a program ended by this signal, 128 plus its number, by the shells' custom; nothing for
    /// the two that end nothing.
    pub fn exit_status(self) -> Option<u8> {
        match self {
            Self::Hangup => Some(129),
            Self::Interrupt => Some(130),
            Self::Quit => Some(131),
            Self::Terminate => Some(143),
            Self::Stop | Self::Continue => None,
        }
    }
}
