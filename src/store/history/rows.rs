//! What a history holds, as plain values.

use crate::trust::Assurance;
use crate::typing::exercise::LessonRef;
use crate::typing::hidden::Hidden;
use crate::typing::keyboard::Keyboard;

/// How a test came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The last character of the text was typed.
    Completed,
    /// The time limit was reached.
    TimeUp,
    /// The typist stopped or the line dropped, before the test had come to its end. It never passes.
    GaveUp,
}

impl Ended {
    const ALL: [Self; 3] = [Self::Completed, Self::TimeUp, Self::GaveUp];

    /// The word that histories and reports use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::TimeUp => "time-up",
            Self::GaveUp => "gave-up",
        }
    }

    /// The end of this word, as [`Self::as_str`] writes it.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ended| ended.as_str() == word)
    }

    /// Whether a test that ended so can have passed.
    #[must_use]
    pub const fn may_pass(self) -> bool {
        matches!(self, Self::Completed | Self::TimeUp)
    }
}

/// An attempt, without its keystroke log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptRow {
    /// The caller's identifier, lower-case hexadecimal.
    pub id: String,
    /// The wall clock at the first key, in milliseconds since 1970-01-01 UTC.
    pub started_unix_ms: i64,
    /// The level that was attempted and its version; nothing for a free test.
    pub level: Option<(String, u32)>,
    /// The lesson that was attempted; nothing for a test of another kind.
    pub lesson: Option<LessonRow>,
    /// Where the text came from, as the exercise states it.
    pub source: String,
    /// The passages used, in order.
    pub passages: Vec<String>,
    /// Whether the level was passed, or the lesson by the gate that was set then; false for a free test.
    pub passed: bool,
    /// How the test ended.
    pub ended: Ended,
    /// Gross speed, in hundredths of a word per minute.
    pub gross_wpm_x100: u32,
    /// Net speed by the rules' penalty, in hundredths of a word per minute.
    pub net_wpm_x100: u32,
    /// Speed over everything typed, in hundredths of a word per minute.
    pub raw_wpm_x100: u32,
    /// Accuracy, in basis points (hundredths of a percent).
    pub accuracy_bp: u32,
    /// Consistency, in basis points.
    pub consistency_bp: u32,
    /// Duration, in milliseconds.
    pub duration_ms: u32,
    /// Uncorrected errors in the rules' unit, in halves.
    pub errors_x2: u32,
    /// The whole score as JSON, for display; the log remains the truth.
    pub score_json: String,
    /// The keyboard that it was typed on; nothing where that is not known.
    pub keyboard: Option<Keyboard>,
    /// What the typist chose not to see.
    pub hidden: Hidden,
    /// SHA-256 of the attempt file's bytes.
    pub digest: [u8; 32],
}

/// Which lesson an attempt was for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonRow {
    /// The lesson, of which course, for which layout and language.
    pub named: LessonRef,
    /// Whether it passed the course's own gate, whatever gate was set.
    pub ground: bool,
}

/// A badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadgeRow {
    /// The credential's identifier.
    pub id: String,
    /// The attempt it was issued for; nothing where that is not in this history.
    pub attempt_id: Option<String>,
    /// The level that was passed; nothing where the badge is not of a level of this program.
    pub level_id: Option<String>,
    /// When it was issued, in seconds since 1970-01-01 UTC.
    pub issued_unix: i64,
    /// Until when it is valid, in seconds since 1970-01-01 UTC; nothing for ever.
    pub valid_until_unix: Option<i64>,
    /// How the test was supervised.
    pub assurance: Assurance,
    /// The credential's JSON text, byte for byte as signed and written.
    pub credential: String,
    /// The token that the QR code carries.
    pub token: String,
    /// The holder's name on it.
    pub name: String,
}

/// Which attempts are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only attempts at this level.
    pub level_id: Option<String>,
    /// Only attempts that passed their level.
    pub passed_only: bool,
    /// At most this many, the newest; nothing for all.
    pub limit: Option<u32>,
}

/// How much a history holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Attempts, those that were given up among them.
    pub attempts: u32,
    /// How many of them were given up.
    pub unfinished: u32,
    /// Badges.
    pub badges: u32,
}

/// What was done at one level, all versions together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelRecord {
    /// The level.
    pub level_id: String,
    /// Whether it was passed.
    pub passed: bool,
    /// Net speed of the best attempt that came to an end, in hundredths of a word per minute, and its accuracy in basis
    /// points.
    pub best: Option<(u32, u32)>,
    /// The attempt passed last, where the level has no badge yet.
    pub unclaimed: Option<String>,
}

/// How long was practised in an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Practised {
    /// When it began, in milliseconds since 1970-01-01 UTC.
    pub started_unix_ms: i64,
    /// Milliseconds of practice in it, without pauses.
    pub practised_ms: u32,
}

/// What the coach knows of a learner on one layout and in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoachRow {
    /// The layout's name.
    pub layout: String,
    /// The language's name.
    pub language: String,
    /// The place of the last attempt that was read for it.
    pub through: u64,
    /// Its bytes, in the coach's own form.
    pub state: Vec<u8>,
}
