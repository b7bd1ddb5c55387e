//! What happens in an exam: at a seat or to the whole room, with time, actor and reason.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::typing::score::Score;

/// Longest text of a reason or note in bytes: a paragraph.
pub const MAX_REASON: usize = 1_000;

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// The candidate of the seat.
    Candidate,
    /// The proctor of this name.
    Proctor(String),
    /// The program, by the exam's policy.
    Room,
}

impl Actor {
    /// Whether a person decided it who supervises.
    #[must_use]
    pub const fn is_proctor(&self) -> bool {
        matches!(self, Self::Proctor(_))
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Candidate => f.write_str("the candidate"),
            Self::Proctor(name) => write!(f, "{name}"),
            Self::Room => f.write_str("the room"),
        }
    }
}

/// Something that happened at a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When: the wall clock of the room, in milliseconds since 1970 (UTC). A label; durations are in the logs.
    pub at_unix_ms: i64,
    /// Who did it.
    pub by: Actor,
    /// Why; empty where it needs no reason.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What.
    pub what: What,
}

/// What can happen at a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum What {
    /// The candidate connected, with number and seat code.
    Connected(Connection),
    /// The candidate comes from another room: all that happened at the seat there, in order.
    Adopted {
        /// The events.
        events: Vec<Event>,
    },
    /// The connection was lost or closed.
    Disconnected,
    /// The candidate confirmed the name.
    Confirmed,
    /// The terminal and the keys were tried.
    Checked(Preflight),
    /// The warm-up began.
    WarmUp,
    /// The candidate is ready for the next test.
    Ready,
    /// A test began.
    Started(Begun),
    /// A test ended by time or text.
    Finished(Outcome),
    /// A running test was ended before that; what was typed is kept.
    Aborted(Outcome),
    /// A test does not count; it stays on file.
    Voided {
        /// The run, from 1.
        run: u32,
    },
    /// The proctor lets an aborted test go on.
    Resumed,
    /// A resumed test goes on.
    Continued,
    /// The proctor gave the candidate a new code, for this or another machine.
    Rebound,
    /// The proctor gave one more attempt.
    Extra,
    /// The proctor noted an incident.
    Noted(Note),
    /// The proctor decided on an incident.
    Settled {
        /// The note, from 1.
        note: u32,
    },
    /// A result was recomputed from its log, because of an appeal.
    Recomputed(Recomputed),
    /// The raw timing of the candidate's tests was deleted.
    TimingDeleted,
    /// Name, address and raw timing of the candidate were deleted.
    Erased,
}

/// From where a candidate connected. Texts are cleaned, and at most 200 bytes long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connection {
    /// Which claim to the candidate's seat this is, over all rooms, from 1.
    pub claim: u64,
    /// The address.
    pub address: String,
    /// How the client calls itself.
    #[serde(default)]
    pub client: String,
}

/// What the pre-flight found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preflight {
    /// Columns of the terminal.
    pub columns: u16,
    /// Its rows.
    pub rows: u16,
    /// Milliseconds there and back.
    pub latency_ms: u32,
    /// Letters of the pangram that did not come.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub missing: String,
}

/// A test that began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begun {
    /// The run, from 1: every test that is begun has its own.
    pub run: u32,
    /// As which attempt it counts, from 1.
    pub attempt: u32,
    /// The passages, in their order.
    pub passages: Vec<String>,
    /// SHA-256 of the text, in hexadecimal digits.
    pub text_sha256: String,
    /// What chose them.
    pub seed: u64,
}

/// What came of a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The run.
    pub run: u32,
    /// SHA-256 of the attempt file, in hexadecimal digits; nothing where no key was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt_sha256: Option<String>,
    /// The figures; nothing where no key was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
}

/// An incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// What kind.
    pub code: Incident,
    /// What happened, in the proctor's words; may be empty.
    #[serde(default)]
    pub text: String,
    /// The run that it is about; nothing where it is about none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<u32>,
}

/// Kinds of incidents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Incident {
    /// Noise or another disturbance.
    Noise,
    /// A fault of machine, keyboard or network.
    Device,
    /// Help was given.
    Help,
    /// An aid that is not allowed is suspected.
    Aid,
    /// The identity is in question.
    Identity,
    /// The candidate was unwell, or left the room.
    Absence,
    /// Anything else.
    Other,
}

impl Incident {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Noise, Self::Device, Self::Help, Self::Aid, Self::Identity, Self::Absence, Self::Other];

    /// Its word in journals and reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Noise => "noise",
            Self::Device => "device",
            Self::Help => "help",
            Self::Aid => "aid",
            Self::Identity => "identity",
            Self::Absence => "absence",
            Self::Other => "other",
        }
    }
}

/// What came of recomputing a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recomputed {
    /// The run.
    pub run: u32,
    /// Whether every figure is the one on file.
    pub same: bool,
    /// The figures that the log gives; nothing where it cannot be played.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
}

/// Something that happened to the whole room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum RoomWhat {
    /// The journal begins: what it is of.
    Opened(Opened),
    /// The room was opened again, after it was closed or ended.
    Reopened,
    /// The signal for all who are ready.
    Go,
    /// No test may start.
    Paused,
    /// Tests may start again.
    Unpaused,
    /// The proctor wrote to all.
    Message,
    /// The database cannot be reached; the room goes on from its own journal.
    DatabaseLost,
    /// The database is back, and has everything.
    DatabaseBack,
    /// The room was closed.
    Closed,
    /// The batch was signed: how many badges.
    Signed {
        /// How many.
        badges: u32,
    },
    /// Raw timing was deleted, of so many tests.
    TimingDeleted {
        /// How many tests.
        tests: u32,
    },
}

/// What a journal is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// The exam's id.
    pub exam: String,
    /// The room's id: rooms that share a database have one each.
    pub room: String,
    /// SHA-256 of the exam's file, in hexadecimal digits.
    pub definition_sha256: String,
    /// SHA-256 of the roster's file, in hexadecimal digits.
    pub roster_sha256: String,
}
