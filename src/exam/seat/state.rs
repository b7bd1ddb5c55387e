//! The states of a seat, and what became of its tests.

use crate::exam::event::{Actor, Begun, Note, Outcome};

/// Where a seat is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// On the roster; nothing was typed yet.
    Registered,
    /// In the warm-up.
    WarmingUp,
    /// Waiting for the start.
    Ready,
    /// A test runs.
    Running,
    /// A test ended by time or text.
    Finished,
    /// A test was ended before that.
    Aborted,
    /// The last test does not count.
    Void,
    /// An aborted test may go on.
    Resumed,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Registered,
        Self::WarmingUp,
        Self::Ready,
        Self::Running,
        Self::Finished,
        Self::Aborted,
        Self::Void,
        Self::Resumed,
    ];

    /// Its word on the board and in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::WarmingUp => "warming up",
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Finished => "finished",
            Self::Aborted => "aborted",
            Self::Void => "void",
            Self::Resumed => "resumed",
        }
    }
}

/// What became of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It runs, or waits to go on.
    Open,
    /// It ended by time or text, and counts.
    Finished,
    /// It was ended before, and counts for nothing.
    Aborted,
    /// The proctor said that it does not count.
    Void,
}

/// A test that was begun. None is ever taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// How it began.
    pub begun: Begun,
    /// When it began, by the wall clock, in milliseconds since 1970 (UTC).
    pub started_unix_ms: i64,
    /// When it ended last.
    pub ended_unix_ms: Option<i64>,
    /// What became of it.
    pub standing: Standing,
    /// Its log's digest and figures, once it ended.
    pub outcome: Option<Outcome>,
    /// Why it was aborted or is void.
    pub reason: String,
    /// How many times it was resumed.
    pub resumed: u32,
}

/// An incident, and what was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// When, in milliseconds since 1970 (UTC).
    pub at_unix_ms: i64,
    /// By whom.
    pub by: Actor,
    /// The incident.
    pub note: Note,
    /// What was decided; nothing while it is open.
    pub decision: Option<String>,
}
