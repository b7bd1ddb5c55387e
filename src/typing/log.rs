//! The keystroke log: every event of a session with its time, and how the session closed. The ground truth.
//!
//! Its bytes are those of [`format1`], which is frozen, or where that cannot say it those of [`format2`] or [`format3`].

mod columns;
mod file;
pub mod format1;
pub mod format2;
pub mod format3;

use super::conduct::Conduct;
use super::key::{Key, Millis};

/// Most events in a log: two hours of a held key that repeats 30 times a second is over 200,000.
pub const MAX_EVENTS: usize = 250_000;
/// Longest session in milliseconds: a day; a test lasts two hours at most, a forgotten one is given up.
pub const MAX_MS: Millis = 86_400_000;

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The last character of the text was typed.
    Completed,
    /// The time limit was reached.
    TimeUp,
    /// The typist stopped, or the program was ended.
    GaveUp,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A key was pressed.
    Press(Key),
    /// The program typed this itself, as it does with indentation: it follows from the key before it, and counts in no
    /// figure.
    Automatic(Key),
    /// A key was released; only where the terminal reports it.
    Release(Key),
    /// Text was pasted, and refused; its length in characters.
    Paste(u32),
    /// The window lost the focus.
    FocusLost,
    /// The window got the focus back.
    FocusGained,
    /// The program was stopped (^Z).
    Suspended,
    /// The program went on.
    Resumed,
}

/// Something that happened, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Milliseconds since the clock started; never decreases within a log.
    pub at: Millis,
    /// What.
    pub what: EventKind,
}

/// How and when a session closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Close {
    /// How.
    pub end: End,
    /// Milliseconds since the clock started, not before the last event.
    pub at: Millis,
}

/// A whole session: what happened, and the close.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// By which rules the keys were taken.
    pub conduct: Conduct,
    /// In order of time.
    pub events: Vec<Event>,
    /// How it ended.
    pub close: Close,
}
