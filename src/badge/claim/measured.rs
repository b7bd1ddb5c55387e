//! What a badge asserts to have been measured: one test, hours of practice, or a course with its final test.

use super::{Noted, Taught};
use crate::badge::figures::Figures;
use crate::lessons::practice::Practice;

/// Seconds in a day.
const DAY_S: u64 = 86_400;

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// One test at a level.
    Test {
        /// Its figures.
        figures: Figures,
        /// What the program noted of it besides its keys.
        noted: Noted,
    },
    /// Hours of practice.
    Practice(Gathered),
    /// A course: an exercise for each of its lessons, the last of them the final test.
    Course {
        /// What they came to together.
        gathered: Gathered,
        /// The figures of the final test.
        ended: Final,
        /// For which layout and language.
        taught: Taught,
    },
}

/// What many exercises came to together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gathered {
    /// Whole seconds of practice; pauses over five seconds are not in it.
    pub practised_s: u32,
    /// Days (UTC) on which an exercise was begun.
    pub days: u32,
    /// How many exercises.
    pub exercises: u32,
    /// In how many of them the program noted something besides the keys.
    pub remarked: u32,
    /// Seconds from the beginning of the first exercise, cut to a second, to the end of the last, rounded up.
    pub span_s: u32,
}

/// The figures of a course's final test.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Final {
    /// Net speed in hundredths of the course's unit.
    pub net_x100: u32,
    /// Gross speed in hundredths of the course's unit, not below net.
    pub gross_x100: u32,
    /// Accuracy in basis points.
    pub accuracy_bp: u32,
}

impl Measured {
    /// One test with these figures, of which nothing else is to be said.
    #[must_use]
    pub fn of_test(figures: Figures) -> Self {
        Self::Test { figures, noted: Noted::default() }
    }

    /// Seconds from the beginning of all that was measured to its end.
    pub(super) const fn span_s(&self) -> u32 {
        match self {
            Self::Test { figures, .. } => figures.duration_ms.div_ceil(1_000),
            Self::Practice(gathered) | Self::Course { gathered, .. } => gathered.span_s,
        }
    }

    /// The code of what cannot be measured, whatever it was; `start_unix` is when it began.
    pub(super) fn contradiction(&self, start_unix: u64) -> Option<&'static str> {
        match self {
            Self::Test { figures, .. } => figures.contradiction(),
            Self::Practice(gathered) => gathered.contradiction(start_unix),
            Self::Course { gathered, ended, taught } => gathered
                .contradiction(start_unix)
                .or_else(|| ended.contradiction())
                .or_else(|| taught.contradiction()),
        }
    }
}

impl Gathered {
    /// What was gathered, in the numbers of a badge, and when it began in seconds since 1970.
    #[must_use]
    pub fn of(practice: &Practice) -> (Self, u64) {
        let whole = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        let start = practice.started_unix_ms.div_euclid(1_000);
        let end = practice.ended_unix_ms.saturating_add(999).div_euclid(1_000);
        let gathered = Self {
            practised_s: whole(practice.practised_ms / 1_000),
            days: practice.days,
            exercises: practice.exercises,
            remarked: practice.remarked,
            span_s: whole(u64::try_from(end.saturating_sub(start)).unwrap_or(0)),
        };
        (gathered, u64::try_from(start).unwrap_or(0))
    }

    /// Hundredths of hours, cut: nobody's practice is shown longer than it was.
    #[must_use]
    pub const fn hours_x100(&self) -> u32 {
        self.practised_s / 36
    }

    /// The code of what no exercises come to, of which the first began at `start_unix`.
    pub(in crate::badge) fn contradiction(&self, start_unix: u64) -> Option<&'static str> {
        let day = |unix: u64| unix / DAY_S;
        let touched = day(start_unix.saturating_add(self.span_s.into())) - day(start_unix) + 1;
        let (practised, days) = (u64::from(self.practised_s), u64::from(self.days));
        let wrong = [
            (practised == 0, "figures-practice-none"),
            (self.practised_s > self.span_s, "figures-practice-long"),
            (days == 0 || days > touched || self.days > self.exercises, "figures-practice-days"),
            // What was begun on the last day may go on for a day.
            (practised > (days + 1) * DAY_S, "figures-practice-days"),
            (self.remarked > self.exercises, "figures-practice-remarked"),
        ];
        wrong.into_iter().find_map(|(bad, what)| bad.then_some(what))
    }
}

impl Final {
    /// The code of what no test gives.
    pub(in crate::badge) const fn contradiction(&self) -> Option<&'static str> {
        match () {
            () if self.gross_x100 < self.net_x100 => Some("figures-net"),
            () if self.accuracy_bp > 10_000 => Some("figures-share"),
            () => None,
        }
    }
}
