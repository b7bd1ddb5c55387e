//! What the program noted of a test besides its keys, as far as a level lets it pass: a badge says it.

use crate::typing::circumstances::{Circumstances, Remark};

/// What was noted of a passed test; all 0 where there is nothing to say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Noted {
    /// Characters that came at the same moment, as from a program.
    pub together: u32,
    /// Characters that were there before the text was on the screen.
    pub early: u32,
    /// Whole seconds by which the computer's date and time were changed, forwards or back.
    pub wall_clock_s: u32,
}

impl Noted {
    /// What is to be said of these circumstances. A test whose own clock was wrong passes no level, so that is not among
    /// it.
    #[must_use]
    pub fn of(circumstances: Option<Circumstances>) -> Self {
        let mut noted = Self::default();
        for remark in circumstances.map(|seen| seen.remarks()).unwrap_or_default() {
            match remark {
                Remark::Together(count) => noted.together = count,
                Remark::Early(count) => noted.early = count,
                Remark::WallClock(ms) => {
                    noted.wall_clock_s = u32::try_from(ms.unsigned_abs() / 1_000).unwrap_or(u32::MAX);
                }
                Remark::TestClock(_) => {}
            }
        }
        noted
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.together == 0 && self.early == 0 && self.wall_clock_s == 0
    }
}
