//! Who has passed: the only place that makes a [`Passed`], and from the log alone.

use std::fmt;

use super::catalogue::Catalogue;
use super::choice::check_source;
use super::decimal::{missed, text};
use super::level::Level;
use super::terms::{Origin, Thresholds};
use super::wording::share_of;
use crate::typing::attempt::{Attempt, LevelRef};
use crate::typing::circumstances::{Burst, CLOCKS_DIFFER_MS, EARLY_MOST, Remark, untypable};
use crate::typing::keyboard::Keyboard;
use crate::typing::log::{End, EventKind, Log};
use crate::typing::rules::{Rules, ShareOf, Unit};
use crate::typing::score::Score;
use crate::typing::session::{Phase, ReplayError};

/// Milliseconds by which the wall clock may differ from the log: clocks are set by fractions of a second all the time,
/// and a machine that slept was away for longer.
pub const MAX_CLOCK_DRIFT_MS: u64 = 2_000;

/// A level that was passed. Only [`judge`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Passed {
    level: LevelRef,
    origin: Origin,
    rules: Rules,
    score: Score,
}

impl Passed {
    /// Which level.
    pub const fn level(&self) -> &LevelRef {
        &self.level
    }

    /// Where the level came from.
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The rules under which it was passed.
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// With what result.
    pub const fn score(&self) -> &Score {
        &self.score
    }
}

/// What was missing, and by how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// Net speed, in hundredths of `unit`.
    Speed {
        /// At least.
        needed_x100: u64,
        /// Below it.
        reached_x100: u64,
        /// Of what.
        unit: Unit,
    },
    /// Accuracy in basis points.
    Accuracy {
        /// At least.
        needed_bp: u32,
        /// Below it.
        reached_bp: u32,
    },
    /// Uncorrected errors.
    Errors {
        /// At most.
        allowed: u32,
        /// More, in halves of an error.
        made_x2: u32,
    },
    /// The share of uncorrected errors, in basis points.
    ErrorShare {
        /// At most.
        allowed_bp: u32,
        /// Above it.
        reached_bp: u32,
        /// Of what.
        of: ShareOf,
    },
    /// All keys came at one moment, as from a paste or a program: there is no speed.
    NoTime,
    /// The test was ended before its limit.
    NotFinished,
    /// The text is not one that the level prescribes.
    WrongText,
    /// The test was taken under other rules.
    WrongRules,
    /// The program was stopped during the test.
    Suspended,
    /// The wall clock and the clock of the test disagree.
    Clock {
        /// The wall clock's milliseconds.
        wall_ms: i64,
        /// The test's milliseconds.
        log_ms: u32,
    },
    /// More came at once than any hand types.
    Untyped(Burst),
    /// So many characters had come before the text was on the screen.
    Early(u32),
    /// The clock that timed the test ran otherwise than the machine's own, by so many milliseconds.
    TestClock(i64),
    /// The keyboard was set to another layout than the one that was typed.
    Emulated,
    /// The log is not of this test.
    Altered(ReplayError),
}

impl fmt::Display for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |bp: u32| text(u64::from(bp));
        match *self {
            Self::Speed { needed_x100, reached_x100, unit } => {
                let (needed, (reached, short)) = (text(needed_x100), missed(needed_x100, reached_x100));
                let unit = unit.name();
                write!(f, "net {reached} {unit}, {needed} required: {short} {unit} short")
            }
            Self::Accuracy { needed_bp, reached_bp } => {
                let (reached, short) = missed(needed_bp.into(), reached_bp.into());
                let needed = percent(needed_bp);
                let points = if short == "1" { "point" } else { "points" };
                write!(f, "accuracy {reached} %, {needed} required: {short} {points} short")
            }
            Self::Errors { allowed, made_x2 } => {
                let made = match made_x2 {
                    2 => "1 uncorrected error".to_owned(),
                    halves => format!("{} uncorrected errors", text(u64::from(halves) * 50)),
                };
                match allowed {
                    0 => write!(f, "{made}, none allowed"),
                    allowed => write!(f, "{made}, at most {allowed} allowed"),
                }
            }
            Self::ErrorShare { allowed_bp, reached_bp, of } => {
                let (allowed, reached, of) = (percent(allowed_bp), percent(reached_bp), share_of(of));
                write!(f, "uncorrected errors {reached} % of the {of}, at most {allowed} % allowed")
            }
            Self::NoTime => f.write_str("too short to be measured"),
            Self::NotFinished => f.write_str("the test was ended before its limit"),
            Self::WrongText => f.write_str("the text is not one of this level's"),
            Self::WrongRules => f.write_str("the test was taken under rules other than this level's"),
            Self::Suspended => f.write_str("the program was stopped during the test"),
            Self::Clock { wall_ms, log_ms } => write!(
                f,
                "the machine slept or its clock was changed: {wall_ms} ms went by on the wall clock, {log_ms} ms in \
                 the test"
            ),
            Self::Untyped(Burst { characters, within_ms }) => {
                write!(f, "{characters} characters came within {within_ms} ms: nobody types that fast")
            }
            Self::Early(count) => fmt::Display::fmt(&Remark::Early(count), f),
            Self::TestClock(ms) => fmt::Display::fmt(&Remark::TestClock(ms), f),
            Self::Emulated => f.write_str(
                "the layout was emulated on a keyboard that is set to another, and no badge rests on that",
            ),
            Self::Altered(why) => fmt::Display::fmt(&why, f),
        }
    }
}

/// Judges an attempt by replaying its log. `attempt.level` is not looked at: a test passes every level whose rules and
/// text it satisfies.
///
/// # Errors
/// Everything that was missing, in the order: the log, rules, text, end, interruptions, figures.
///
/// # Examples
///
/// ```
/// use std::sync::Arc;
/// use typeproof::lessons::catalogue::Catalogue;
/// use typeproof::lessons::choice;
/// use typeproof::lessons::judge::judge;
/// use typeproof::typing::attempt::Attempt;
/// use typeproof::typing::key::Stroke;
/// use typeproof::typing::session::Session;
///
/// let catalogue = Catalogue::embedded();
/// let level = catalogue.level("speed-60").ok_or("the level is shipped")?;
/// let exercise = Arc::new(choice::choose(level, 1, &[], &catalogue)?);
///
/// // Every key is right and takes 250 ms, until the time is up.
/// let mut session = Session::new(Arc::clone(&exercise));
/// let mut at = 0;
/// while session.log().is_none() {
///     let key = session.due().ok_or("this text can be typed key by key")?;
///     session.press(Stroke { at, key });
///     at += 250;
/// }
/// let log = session.log().ok_or("the session has ended")?;
/// let (level_named, wall_ms) = (Some(level.named()), log.close.at.into());
/// let attempt = Attempt { exercise, level: level_named, started_unix_ms: 1_795_168_800_000, wall_ms, circumstances: None, keyboard: None, log };
///
/// let missing = judge(level, &attempt, &catalogue).err().ok_or("48 WPM do not pass a level of 60")?;
/// assert_eq!(missing[0].to_string(), "net 47.9 WPM, 60 required: 12.1 WPM short");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn judge(level: &Level, attempt: &Attempt, catalogue: &Catalogue) -> Result<Passed, Vec<Shortfall>> {
    let terms = (attempt.exercise.rules == level.rules, check_source(level, &attempt.exercise, catalogue));
    let score = whole(attempt, terms, |score| figures(&level.rules, &level.pass, score))?;
    Ok(Passed { level: level.named(), origin: level.origin.clone(), rules: level.rules, score })
}

/// Replays an attempt and looks at all that does not depend on what it was for; `terms` says whether rules and text are the
/// prescribed ones, `figures` what of the score is missing. The score, when nothing is.
///
/// # Errors
/// Everything that was missing, as in [`judge`].
pub(super) fn whole(
    attempt: &Attempt,
    (right_rules, right_text): (bool, bool),
    figures: impl FnOnce(&Score) -> Vec<Shortfall>,
) -> Result<Score, Vec<Shortfall>> {
    let session = attempt.replay().map_err(|e| vec![Shortfall::Altered(e)])?;
    let mut missing = Vec::new();
    missing.extend((!right_rules).then_some(Shortfall::WrongRules));
    missing.extend((!right_text).then_some(Shortfall::WrongText));
    if session.phase() == Phase::Ended(End::GaveUp) {
        missing.push(Shortfall::NotFinished);
    }
    let comparable = missing.is_empty();
    missing.extend(interruptions(&attempt.log, attempt.wall_ms));
    missing.extend(no_typing(attempt));
    let score = Score::of(&session).ok_or_else(|| vec![Shortfall::NotFinished])?;
    if comparable && score.counts.duration_ms == 0 {
        missing.push(Shortfall::NoTime);
    } else if comparable {
        missing.extend(figures(&score));
    }
    if missing.is_empty() { Ok(score) } else { Err(missing) }
}

/// Which figures of a score fall short. Compared are the rounded figures, the ones that a badge shows.
pub fn figures(rules: &Rules, pass: &Thresholds, score: &Score) -> Vec<Shortfall> {
    let (needed_x100, reached_x100) = (u64::from(pass.speed.0), u64::from(score.net_in_unit(rules)));
    let speed = (reached_x100 < needed_x100).then_some(Shortfall::Speed {
        needed_x100,
        reached_x100,
        unit: rules.unit,
    });
    let reached_bp = score.accuracy_bp;
    let accuracy = pass.accuracy.map(|a| a.0).filter(|needed| reached_bp < *needed);
    let accuracy = accuracy.map(|needed_bp| Shortfall::Accuracy { needed_bp, reached_bp });
    let made_x2 = score.counts.errors_x2;
    let errors = rules.max_errors.filter(|allowed| u64::from(made_x2) > u64::from(*allowed) * 2);
    let errors = errors.map(|allowed| Shortfall::Errors { allowed, made_x2 });
    let share = rules.max_error_share.map(|cap| (cap, score.error_share_bp(cap.of)));
    let share = share
        .filter(|(cap, reached)| *reached > cap.bp)
        .map(|(cap, reached_bp)| Shortfall::ErrorShare { allowed_bp: cap.bp, reached_bp, of: cap.of });
    [speed, accuracy, errors, share].into_iter().flatten().collect()
}

/// What shows that a test was not typed, or not timed as it says.
fn no_typing(attempt: &Attempt) -> impl Iterator<Item = Shortfall> {
    let seen = attempt.circumstances.unwrap_or_default();
    let early = (seen.early > EARLY_MOST).then_some(Shortfall::Early(seen.early));
    let differs = seen.machine_ahead_ms.unsigned_abs() > CLOCKS_DIFFER_MS;
    let clock = differs.then_some(Shortfall::TestClock(seen.machine_ahead_ms));
    let emulated = attempt.keyboard.as_ref().is_some_and(Keyboard::is_emulated);
    let emulated = emulated.then_some(Shortfall::Emulated);
    [untypable(&attempt.log).map(Shortfall::Untyped), early, clock, emulated].into_iter().flatten()
}

/// What speaks against counting an attempt as practice: it was not typed, or its own clock says more time than went by. A
/// pause or a machine that slept does no harm.
#[must_use]
pub fn no_practice(attempt: &Attempt) -> Option<Shortfall> {
    let (wall_ms, log_ms) = (attempt.wall_ms, attempt.log.close.at);
    let slack = MAX_CLOCK_DRIFT_MS.cast_signed();
    let longer = i64::from(log_ms).saturating_sub(wall_ms) > slack;
    no_typing(attempt).chain(longer.then_some(Shortfall::Clock { wall_ms, log_ms })).next()
}

/// What speaks against the test having run in one piece.
fn interruptions(log: &Log, wall_ms: i64) -> impl Iterator<Item = Shortfall> {
    let stopped = log.events.iter().any(|e| matches!(e.what, EventKind::Suspended | EventKind::Resumed));
    let log_ms = log.close.at;
    let drifted = wall_ms.abs_diff(i64::from(log_ms)) > MAX_CLOCK_DRIFT_MS;
    [stopped.then_some(Shortfall::Suspended), drifted.then_some(Shortfall::Clock { wall_ms, log_ms })]
        .into_iter()
        .flatten()
}
