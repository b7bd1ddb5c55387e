//! The latest tries of one key, pair or word, and what they say.
//!
//! A track keeps a count and the latest tries in the order of time. Both come out the same in whatever order
//! tries are added, so history can be read backwards, in parts, or as it happens.

/// When something was typed, in millionths of a day since any fixed day.
pub type Moment = u64;
/// Millionths of a day in a day.
pub const DAY: Moment = 1_000_000;
/// Milliseconds of a day.
const DAY_MS: u128 = 86_400_000;

/// The moment of milliseconds since 1970; what lies before that is its first moment.
#[must_use]
pub fn moment(unix_ms: i64) -> Moment {
    let since = u128::from(unix_ms.max(0).cast_unsigned());
    // A day of milliseconds is more than a million, so the result is smaller.
    (since * u128::from(DAY) / DAY_MS) as Moment
}

/// Of how many latest tries a track knows more than that they were made.
pub const KEPT: usize = 40;
/// What each earlier try weighs of the one after it.
const RECENCY: f64 = 0.94;
/// After how many days a try weighs half.
const HALF_LIFE_DAYS: f64 = 21.0;
/// Spread of single times around their mean, relative; novices have more, the skilled less.
const SPREAD: f64 = 0.45;

/// One try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Try {
    /// When its text was typed.
    pub when: Moment,
    /// Its place in the text.
    pub place: u32,
    /// Milliseconds until the right key, where that is known.
    pub ms: Option<u32>,
    /// Whether the first key was the right one.
    pub first_try: bool,
}

/// The tries of one key, pair or word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Track {
    tries: u32,
    latest: Vec<Try>,
}

/// What a track says, given what was believed without it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Expected milliseconds until the right key.
    pub ms: f64,
    /// How far off that may be in milliseconds: its standard error.
    pub uncertain_ms: f64,
    /// Expected share of first tries that are right, 0 to 1.
    pub accuracy: f64,
    /// Tries ever made.
    pub tries: u32,
    /// Days since the latest try; 0 without any.
    pub days_unseen: f64,
}

/// What is believed before the first try.
#[derive(Clone, Copy, Debug)]
pub struct Prior {
    /// Milliseconds until the right key.
    pub ms: f64,
    /// How many tries that belief is worth.
    pub weight: f64,
    /// Share of first tries that are right, 0 to 1.
    pub accuracy: f64,
    /// How many tries that belief is worth.
    pub accuracy_weight: f64,
}

impl Track {
    /// Adds a try, of whatever time.
    pub fn add(&mut self, new: Try) {
        self.tries += 1;
        let place = self.latest.partition_point(|old| *old <= new);
        if self.latest.len() < KEPT {
            self.latest.insert(place, new);
        } else if place > 0 {
            self.latest[..place].rotate_left(1);
            self.latest[place - 1] = new;
        }
    }

    /// A track of so many tries, of which these are the latest; `None` where no tries could have led to it.
    #[must_use]
    pub fn of(tries: u32, latest: Vec<Try>) -> Option<Self> {
        let all = (tries as usize).min(KEPT) == latest.len();
        (all && latest.is_sorted()).then_some(Self { tries, latest })
    }

    /// The latest tries, the latest last; at most [`KEPT`].
    #[must_use]
    pub fn latest(&self) -> &[Try] {
        &self.latest
    }

    /// Tries ever made.
    #[must_use]
    pub const fn tries(&self) -> u32 {
        self.tries
    }

    /// The mean time of the latest tries in milliseconds, where one is known.
    #[must_use]
    pub fn mean_ms(&self) -> Option<f64> {
        let (sum, count) = self
            .latest
            .iter()
            .filter_map(|t| t.ms)
            .fold((0, 0_u32), |(sum, n), ms| (sum + u64::from(ms), n + 1));
        (count > 0).then(|| sum as f64 / f64::from(count))
    }

    /// The share of the latest tries that were wrong at first, 0 to 1.
    #[must_use]
    pub fn missed(&self) -> f64 {
        let missed = self.latest.iter().filter(|t| !t.first_try).count();
        missed as f64 / self.latest.len().max(1) as f64
    }

    /// When the latest try was made.
    #[must_use]
    pub fn last(&self) -> Option<Moment> {
        self.latest.last().map(|t| t.when)
    }

    /// What the tries say at the moment `now`: later tries weigh more, and the belief fills in for missing ones.
    #[must_use]
    pub fn estimate(&self, now: Moment, prior: Prior) -> Estimate {
        let (mut time, mut time_weight) = (prior.ms * prior.weight, prior.weight);
        let (mut right, mut tried) = (prior.accuracy * prior.accuracy_weight, prior.accuracy_weight);
        let mut recency = 1.0;
        let (mut aged, mut age) = (None, 1.0);
        for t in self.latest.iter().rev() {
            if aged != Some(t.when) {
                age = 1.0 / (1.0 + days_between(t.when, now) / HALF_LIFE_DAYS);
                aged = Some(t.when);
            }
            if let Some(ms) = t.ms {
                time += f64::from(ms) * recency * age;
                time_weight += recency * age;
                recency *= RECENCY;
            }
            right += f64::from(u8::from(t.first_try)) * age;
            tried += age;
        }
        let ms = time / time_weight;
        Estimate {
            ms,
            uncertain_ms: ms * SPREAD / time_weight.sqrt(),
            accuracy: right / tried,
            tries: self.tries,
            days_unseen: self.last().map_or(0.0, |last| days_between(last, now)),
        }
    }
}

fn days_between(earlier: Moment, later: Moment) -> f64 {
    later.saturating_sub(earlier) as f64 / DAY as f64
}
