//! Practice: what of many attempts counts, and the milestones at which a badge is issued. It says how long somebody
//! practised, and nothing of how well.

use std::fmt;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::judge::{Shortfall, no_practice};
use super::level::VALID_DAYS;
use crate::typing::attempt::Attempt;
use crate::typing::practice::{LONGEST_PAUSE_MS, practised_ms};
use crate::typing::session::ReplayError;

/// The name of these definitions.
pub const PRACTICE: &str = "typeproof practice 1";

/// Seconds in an hour.
const HOUR_S: u32 = 3_600;

/// Milliseconds in a day.
const DAY_MS: i64 = 86_400_000;

/// The hours at which there is a badge.
const HOURS: [u32; 3] = [10, 50, 100];

/// The version of every milestone: its texts and what counts.
const VERSION: u32 = 1;

/// Hours of practice at which there is a badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Milestone {
    hours: u32,
}

impl Milestone {
    /// All of them, the shortest first.
    pub fn all() -> impl Iterator<Item = Self> {
        HOURS.into_iter().map(|hours| Self { hours })
    }

    /// The milestone of so many hours, if there is one.
    #[must_use]
    pub fn of_hours(hours: u32) -> Option<Self> {
        Self::all().find(|milestone| milestone.hours == hours)
    }

    /// How many hours.
    #[must_use]
    pub const fn hours(self) -> u32 {
        self.hours
    }

    /// How many seconds of practice these are.
    #[must_use]
    pub const fn seconds(self) -> u32 {
        self.hours * HOUR_S
    }

    /// The id under which its badges are kept: `practice-10h`.
    #[must_use]
    pub fn id(self) -> String {
        format!("practice-{}h", self.hours)
    }

    /// The version of its texts and of what counts.
    #[must_use]
    pub const fn version(self) -> u32 {
        VERSION
    }

    /// What its badge is called.
    #[must_use]
    pub fn title(self) -> String {
        format!("{} hours of typing practice", self.hours)
    }

    /// The texts of a credential that are the same for everyone, by the names of the template's `{level. }` holes.
    #[must_use]
    pub fn constants(self) -> Value {
        let hours = self.hours;
        let pause = LONGEST_PAUSE_MS / 1_000;
        json!({
            "kind": "practice",
            "id": self.id(),
            "version": VERSION.to_string(),
            "title": self.title(),
            "description": format!(
                "At least {hours} hours of typing practice. It says how long was practised, not how well."
            ),
            "narrative": format!(
                "Exercises typed in the program typeproof, of whatever text and length. Practice is the time from each key \
                 to the next; where that is longer than {pause} seconds, none of it counts. No two exercises overlap, and one \
                 whose keys came faster than any hand types, or whose clock was wrong, does not count. Days are those (UTC) \
                 on which an exercise was begun. Counted by {PRACTICE}. It says how long was practised, not how well. To \
                 earn it: at least {hours} hours of practice."
            ),
            "achievement_type": "Achievement",
            "human_code": format!("{}-V{VERSION}", self.id().to_ascii_uppercase()),
            "hours": hours.to_string(),
            "valid_days": self.valid_days().to_string(),
            "tags": ["typing", "practice"],
        })
    }

    /// SHA-256 over the canonical JSON (RFC 8785) of all that is fixed for it: its constants and what counts.
    #[must_use]
    pub fn digest(self) -> [u8; 32] {
        let whole = json!({
            "constants": self.constants(),
            "counted": {"seconds": self.seconds(), "longest_pause_ms": LONGEST_PAUSE_MS},
        });
        // Strings and whole numbers only: writing them cannot fail.
        Sha256::digest(serde_json_canonicalizer::to_vec(&whole).unwrap_or_default()).into()
    }

    /// Days for which its badge holds.
    #[must_use]
    pub const fn valid_days(self) -> u32 {
        VALID_DAYS
    }
}

/// Why an attempt does not count as practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPractice {
    /// Its log is not of its exercise.
    Altered(ReplayError),
    /// It was not typed, or not timed as it says.
    Untyped(Shortfall),
    /// No two keys of it are close enough to each other.
    Nothing,
    /// It begins before the one before it has ended.
    Overlaps,
}

impl fmt::Display for NoPractice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Altered(why) => why.fmt(f),
            Self::Untyped(why) => why.fmt(f),
            Self::Nothing => f.write_str("no time in it is practice"),
            Self::Overlaps => f.write_str("it begins before the one before it has ended"),
        }
    }
}

/// What attempts come to together: begun with none, and each added in the order in which they were begun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Practice {
    /// Milliseconds of practice.
    pub practised_ms: u64,
    /// Days (UTC) on which an attempt was begun.
    pub days: u32,
    /// How many attempts.
    pub exercises: u32,
    /// In how many of them something was noted besides the keys.
    pub remarked: u32,
    /// When the first was begun, milliseconds since 1970 (UTC); 0 without any.
    pub started_unix_ms: i64,
    /// When the last was begun, milliseconds since 1970 (UTC); 0 without any.
    pub last_unix_ms: i64,
    /// When the last had ended, milliseconds since 1970 (UTC); 0 without any.
    pub ended_unix_ms: i64,
}

impl Practice {
    /// Adds an attempt behind all others.
    ///
    /// # Errors
    /// [`NoPractice`] when it does not count; nothing is added then.
    pub fn add(&mut self, attempt: &Attempt) -> Result<(), NoPractice> {
        let start = attempt.started_unix_ms;
        if self.exercises > 0 && start < self.ended_unix_ms {
            return Err(NoPractice::Overlaps);
        }
        attempt.replay().map_err(NoPractice::Altered)?;
        if let Some(why) = no_practice(attempt) {
            return Err(NoPractice::Untyped(why));
        }
        let practised = practised_ms(&attempt.log);
        if practised == 0 {
            return Err(NoPractice::Nothing);
        }
        let day = |unix_ms: i64| unix_ms.div_euclid(DAY_MS);
        let is_new_day = self.exercises == 0 || day(start) != day(self.last_unix_ms);
        let seen = attempt.circumstances.unwrap_or_default();
        *self = Self {
            practised_ms: self.practised_ms + u64::from(practised),
            days: self.days + u32::from(is_new_day),
            exercises: self.exercises + 1,
            remarked: self.remarked + u32::from(!seen.remarks().is_empty()),
            started_unix_ms: if self.exercises == 0 { start } else { self.started_unix_ms },
            last_unix_ms: start,
            ended_unix_ms: ended_unix_ms(attempt),
        };
        Ok(())
    }
}

/// When an attempt had ended by the wall clock, or by its own where that says later: milliseconds since 1970 (UTC).
#[must_use]
pub fn ended_unix_ms(attempt: &Attempt) -> i64 {
    attempt.started_unix_ms.saturating_add(attempt.wall_ms.max(attempt.log.close.at.into()))
}
