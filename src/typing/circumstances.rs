//! What the program that took a test saw of it besides the keys: how they came, and whether the clocks agreed. And what the
//! times of a log alone show to be no typing.
//!
//! None of it tells a person from a program that types as evenly as one: it names what no hand does.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::hidden::Hidden;
use super::key::Millis;
use super::log::{EventKind, Log};

/// From so many characters in one read on it is said: two or three keys are pressed within the time that a drawing takes,
/// and nobody presses four.
pub const TOGETHER_FROM: u32 = 4;

/// Milliseconds by which clocks may differ before it is said: they are set by fractions of a second all the time.
pub const CLOCKS_DIFFER_MS: u64 = 2_000;

/// From so many characters before the text was seen on it is said: whoever chooses a test with a key may press one or two
/// more before it is drawn, and never knows it.
pub const EARLY_FROM: u32 = 3;

/// Characters that may have been waiting before a text was seen and the test still counts: a hand on the keyboard.
pub const EARLY_MOST: u32 = 10;

/// Characters that may come in a burst, whatever the time: what slow lines and busy machines hold back, and what a
/// stenotype writes in one stroke.
const BURST: i64 = 50;

/// Characters a second that no hand exceeds for long: 360 words a minute. The fastest typists reach 300 for a few seconds.
const FASTEST_A_SECOND: i64 = 30;

/// The longest pause, in milliseconds, that can stand for a line that held keys back: who sees nothing for longer stops
/// typing.
const STALL_MS: Millis = 10_000;

/// What was seen of a test besides its keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circumstances {
    /// Most characters that came in one read; 0 where the line bundles them, as that of ssh does.
    pub together: u32,
    /// Characters that had come before the text was on the screen, or while the program was stopped.
    pub early: u32,
    /// Milliseconds by which the wall clock went on more than the machine's own, from the start of the program to the end of
    /// the test.
    pub wall_ahead_ms: i64,
    /// Milliseconds by which the machine's own clock went on more than the one that the test was timed with, from its start
    /// to its end; 0 where the machine has no other.
    pub machine_ahead_ms: i64,
    /// What the typist chose not to see. It makes a test harder, so nothing is said of it on a badge.
    #[serde(default, skip_serializing_if = "Hidden::is_nothing")]
    pub hidden: Hidden,
}

/// One thing to say of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Several characters came in one read.
    Together(u32),
    /// Characters were older than the screen.
    Early(u32),
    /// The wall clock was moved, or ran otherwise than the machine's own, by so many milliseconds.
    WallClock(i64),
    /// The clock that timed the test ran otherwise than the machine's own, by so many milliseconds.
    TestClock(i64),
}

impl Circumstances {
    /// What is to be said of them; nothing of a test as any other.
    #[must_use]
    pub fn remarks(&self) -> Vec<Remark> {
        let differs = |ms: i64| ms.unsigned_abs() > CLOCKS_DIFFER_MS;
        let remarks = [
            (self.together >= TOGETHER_FROM).then_some(Remark::Together(self.together)),
            (self.early >= EARLY_FROM).then_some(Remark::Early(self.early)),
            differs(self.wall_ahead_ms).then_some(Remark::WallClock(self.wall_ahead_ms)),
            differs(self.machine_ahead_ms).then_some(Remark::TestClock(self.machine_ahead_ms)),
        ];
        remarks.into_iter().flatten().collect()
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds =
            |ms: i64| format!("{}.{} s", ms.unsigned_abs() / 1_000, ms.unsigned_abs() % 1_000 / 100);
        match *self {
            Self::Together(count) => {
                write!(f, "{count} characters came at the same moment, as from a program and not from a hand")
            }
            Self::Early(count) => {
                write!(f, "{count} characters were there before the text was on the screen")
            }
            Self::WallClock(ms) => {
                write!(
                    f,
                    "the computer's date and time were changed by {} while the program ran",
                    seconds(ms)
                )
            }
            Self::TestClock(ms) => {
                let how = if ms > 0 { "slow" } else { "fast" };
                write!(f, "the clock that timed the test was {} {how}", seconds(ms))
            }
        }
    }
}

/// A stretch of a log in which more came than any hand types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Burst {
    /// How many characters.
    pub characters: u32,
    /// Within how many milliseconds, the pause before them included.
    pub within_ms: Millis,
}

/// The stretch of a log that is the farthest from typing, if there is one that no hand types.
///
/// A burst of 50 characters is always possible, and with each second 30 more become so, up to 50 again. Slow lines and busy
/// machines hold keys back and then give them all at once: so the pause before a burst counts in full, up to ten seconds, as
/// the time in which its keys were typed.
#[must_use]
pub fn untypable(log: &Log) -> Option<Burst> {
    const FULL: i64 = BURST * 1_000;
    let presses = log.events.iter().filter(|event| matches!(event.what, EventKind::Press(_)));
    let (mut last, mut room) = (0, FULL);
    let mut stretch = Burst { characters: 0, within_ms: 0 };
    let mut worst: Option<(i64, Burst)> = None;
    for event in presses {
        let pause = event.at.saturating_sub(last).min(STALL_MS);
        last = event.at;
        let gained = i64::from(pause) * FASTEST_A_SECOND;
        // A pause in which a hand presses a key ends a burst, and what was left of the last pause is gone.
        if gained >= 1_000 && room >= FULL {
            (room, stretch) = (FULL, Burst { characters: 0, within_ms: 0 });
        }
        room += gained - 1_000;
        stretch.characters += 1;
        stretch.within_ms += pause;
        if room < worst.map_or(0, |(least, _)| least) {
            worst = Some((room, stretch));
        }
    }
    worst.map(|(_, burst)| burst)
}
