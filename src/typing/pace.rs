//! A pace to type against: where in a text somebody stands at a time who types steadily, or as in a former run.

use super::key::Millis;
use super::score::CHARACTERS_PER_WORD;
use super::session::Session;

/// Milliseconds of a minute, times the hundredths in which speeds are given.
const MINUTE_X100: u64 = 60_000 * 100;

/// A pace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pace {
    /// A steady speed in hundredths of a word per minute, more than 0.
    Steady(u32),
    /// A former run: from which time on its caret stood at which character of the text, in order of time.
    Run(Vec<(Millis, u32)>),
}

impl Pace {
    /// A steady speed in hundredths of a word per minute; `None` for standing still.
    #[must_use]
    pub fn steady(wpm_x100: u32) -> Option<Self> {
        (wpm_x100 > 0).then_some(Self::Steady(wpm_x100))
    }

    /// The pace of a run.
    #[must_use]
    pub fn of_run(session: &Session) -> Self {
        let places = session.insertions().iter().filter_map(|key| Some((key.at, key.due? + 1)));
        Self::Run(places.collect())
    }

    /// How many characters of the text are typed at a time. The first key starts the clock, so that one is.
    #[must_use]
    pub fn place(&self, at: Millis) -> u32 {
        match self {
            Self::Steady(wpm_x100) => {
                let timed = u128::from(at) * u128::from(*wpm_x100) * u128::from(CHARACTERS_PER_WORD);
                let typed = timed / u128::from(MINUTE_X100);
                u32::try_from(typed + 1).unwrap_or(u32::MAX)
            }
            Self::Run(places) => {
                let typed = places.partition_point(|(then, _)| *then <= at);
                typed.checked_sub(1).and_then(|last| places.get(last)).map_or(0, |(_, place)| *place)
            }
        }
    }

    /// When the next character is typed after a time; `None` when none is.
    #[must_use]
    pub fn next(&self, at: Millis) -> Option<Millis> {
        match self {
            Self::Steady(wpm_x100) => {
                let typed = u64::from(self.place(at));
                let ms = (typed * MINUTE_X100).div_ceil(u64::from(*wpm_x100) * CHARACTERS_PER_WORD);
                Millis::try_from(ms).ok()
            }
            Self::Run(places) => {
                let next = places.partition_point(|(then, _)| *then <= at);
                places.get(next).map(|(then, _)| *then)
            }
        }
    }
}
