//! Progress: speed and accuracy over time, hours practised, streak and daily goal; and how every key and pair goes.

use super::attempts::PRACTICE;
use super::{Desk, DeskError};
use crate::coach::track::Track;
use crate::coach::tutor::MS_PER_WPM;
use crate::store::history::{AttemptRow, Ended, Filter, Practised};
use crate::system;
use crate::typing::hidden::Hidden;

/// Milliseconds of a day. Days are those of UTC.
const DAY_MS: i64 = 86_400_000;
/// A day counts for the streak from so much practice on, in milliseconds: a minute.
const STREAK_FROM_MS: u64 = 60_000;
/// The shortest attempt whose speed says something, in milliseconds.
const SHORTEST_RUN_MS: u32 = 10_000;
/// Tries from which on a pair is listed: less says nothing of it.
const PAIR_TRIES: u32 = 3;

/// How fast and how accurate an attempt was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// When it began, in milliseconds since 1970-01-01 UTC.
    pub started_unix_ms: i64,
    /// Net speed, in hundredths of a word per minute.
    pub net_wpm_x100: u32,
    /// Accuracy, in basis points.
    pub accuracy_bp: u32,
    /// What the typist chose not to see.
    pub hidden: Hidden,
}

/// What was practised on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day, in days since 1970-01-01 UTC.
    pub day: i64,
    /// Milliseconds of practice, without pauses.
    pub practised_ms: u64,
}

/// What came of practice so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The attempts that say something of speed, the oldest first: tests, or practice where there are no tests.
    pub runs: Vec<Run>,
    /// The days on which something was practised, the oldest first.
    pub days: Vec<Day>,
    /// The present day, in days since 1970-01-01 UTC.
    pub today: i64,
    /// Milliseconds to practise a day; 0 for no goal.
    pub goal_ms: u64,
}

impl Progress {
    /// By what was saved, the newest attempt first; `practised` in any order.
    #[must_use]
    pub fn of(attempts: &[AttemptRow], practised: &[Practised], now_unix_ms: i64, goal_minutes: u32) -> Self {
        let counts = |row: &&AttemptRow| row.ended != Ended::GaveUp && row.duration_ms >= SHORTEST_RUN_MS;
        let run = |row: &AttemptRow| Run {
            started_unix_ms: row.started_unix_ms,
            net_wpm_x100: row.net_wpm_x100,
            accuracy_bp: row.accuracy_bp,
            hidden: row.hidden,
        };
        let (practice, tests): (Vec<_>, Vec<_>) =
            attempts.iter().rev().filter(counts).partition(|row| row.source.starts_with(PRACTICE));
        let runs = if tests.is_empty() { practice } else { tests };
        let mut days: Vec<Day> = Vec::new();
        for one in practised.iter().filter(|one| one.practised_ms > 0) {
            let (day, ms) = (one.started_unix_ms.div_euclid(DAY_MS), u64::from(one.practised_ms));
            match days.binary_search_by_key(&day, |known| known.day) {
                Ok(at) => days[at].practised_ms += ms,
                Err(at) => days.insert(at, Day { day, practised_ms: ms }),
            }
        }
        Self {
            runs: runs.into_iter().map(run).collect(),
            days,
            today: now_unix_ms.div_euclid(DAY_MS),
            goal_ms: u64::from(goal_minutes) * 60_000,
        }
    }

    /// Milliseconds of practice in all.
    #[must_use]
    pub fn practised_ms(&self) -> u64 {
        self.days.iter().map(|day| day.practised_ms).sum()
    }

    /// Milliseconds of practice on a day.
    #[must_use]
    pub fn practised_on(&self, day: i64) -> u64 {
        self.days.binary_search_by_key(&day, |known| known.day).map_or(0, |at| self.days[at].practised_ms)
    }

    /// How many days in a row something was practised, up to today, or to yesterday where nothing was today yet.
    #[must_use]
    pub fn streak(&self) -> u32 {
        let counts = |day: i64| self.practised_on(day) >= STREAK_FROM_MS;
        let last = if counts(self.today) { self.today } else { self.today - 1 };
        (0..).take_while(|back| counts(last - back)).count() as u32
    }

    /// The longest streak that there was.
    #[must_use]
    pub fn longest_streak(&self) -> u32 {
        let (mut longest, mut now, mut before) = (0, 0, i64::MIN);
        for day in self.days.iter().filter(|day| day.practised_ms >= STREAK_FROM_MS) {
            now = if day.day - 1 == before { now + 1 } else { 1 };
            longest = longest.max(now);
            before = day.day;
        }
        longest
    }
}

/// How a key or pair goes at present.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Its characters; a space is one of them.
    pub keys: String,
    /// Mean milliseconds until the right key, of the latest tries.
    pub ms: u32,
    /// Share of wrong first tries of the latest, in basis points.
    pub missed_bp: u32,
    /// Tries ever made.
    pub tries: u32,
}

/// How every key and pair goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The keys that were typed, in the order of their characters.
    pub keys: Vec<Figures>,
    /// The pairs that were typed a few times.
    pub pairs: Vec<Figures>,
    /// The target's time of a key in milliseconds.
    pub target_ms: u32,
}

/// What the latest tries say; nothing where none has a time.
fn figures(keys: String, track: &Track) -> Option<Figures> {
    let missed_bp = (track.missed() * 10_000.0).round() as u32;
    Some(Figures { keys, ms: track.mean_ms()?.round() as u32, missed_bp, tries: track.tries() })
}

impl Desk {
    /// What came of practice so far.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn progress(&mut self) -> Result<Progress, DeskError> {
        let goal = self.settings.daily_goal_minutes;
        let history = self.history()?;
        let attempts = history.attempts(&Filter::default())?;
        let practised = history.practised()?;
        Ok(Progress::of(&attempts, &practised, system::now().timestamp_millis(), goal))
    }

    /// How every key and pair goes, on the present layout and in the present language.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn table(&mut self) -> Result<Table, DeskError> {
        let target = self.target()?;
        let state = self.learner()?;
        let keys = state.keys().filter_map(|(key, track)| figures(key.to_string(), track));
        let often = state.pairs().filter(|(_, track)| track.tries() >= PAIR_TRIES);
        let pairs =
            often.filter_map(|((before, key), track)| figures(String::from_iter([before, key]), track));
        let (keys, pairs) = (keys.collect(), pairs.collect());
        Ok(Table { keys, pairs, target_ms: (MS_PER_WPM / target).round() as u32 })
    }
}
