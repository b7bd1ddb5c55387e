//! What practice is worth, pair by pair.
//!
//! Two aims pull against each other. *Running text* is typed faster soonest by practising what is common and still slow;
//! *every key and common pair at the target* is reached soonest by practising what is furthest from it, however rare. The
//! worth of a pair is a mixture. It begins with more of the first and turns to the second as running text comes near the
//! target, since what is rare can wait and what is common pays at once.

use super::state::State;
use super::track::{Estimate, Moment, Prior, Track};
use super::vocabulary::Vocabulary;

/// Time of a key before anything was typed, ms: a novice who searches.
const NOVICE_MS: f64 = 900.0;
/// How much longer a key takes that was never typed than the mean of those that were.
const UNKNOWN: f64 = 1.5;
/// First tries of a novice that are right, as a share.
const NOVICE_ACCURACY: f64 = 0.9;
/// How many tries the belief about a key is worth: for its time, and for its accuracy.
const KEY_BELIEF: (f64, f64) = (2.0, 4.0);
/// How many tries of a pair its key's estimate is worth.
const PAIR_BELIEF: (f64, f64) = (4.0, 8.0);
/// What the square root of the days unseen adds to an estimate, as a share: how reviews come due.
const FORGETTING: f64 = 0.04;
/// Beyond so many days nothing more is added.
const FORGETTING_DAYS: f64 = 9.0;
/// Where practice ends, as a share of the target's time: so that the target still holds a day later.
const AIM: f64 = 0.9;
/// How many standard errors an estimate has to be below the aim.
const DOUBT: f64 = 0.5;
/// The accuracy that is aimed at, as a share.
const AIM_ACCURACY: f64 = 0.965;
/// What a missing share of accuracy weighs, beside a share of time that is too long.
const ACCURACY_WEIGHT: f64 = 5.0;
/// A pair that makes up this share of running text counts half as much as a key; commoner ones more, rarer ones less.
const COMMON_PAIR: f64 = 0.0035;
/// The most that a pair counts, beside a key.
const PAIR_WEIGHT: f64 = 0.5;
/// The part of the target's time below which no gain is expected.
const FLOOR: f64 = 0.4;
/// How fast gains shrink with the tries already made: exponent, and tries that are given to everyone.
const SATURATION: (f64, f64) = (0.7, 20.0);
/// Weight of what is furthest from the target: at the beginning, and once running text is at the target.
const REACH: (f64, f64) = (0.15, 0.95);
/// Running text's time, as the logarithm of its ratio to the target's, at which that weight begins and ends to change.
const TURN: (f64, f64) = (-0.08, -0.3);

/// What is believed of a learner, and what practice is worth.
#[derive(Clone, Debug)]
pub struct Need {
    /// Estimates of the vocabulary's characters.
    pub keys: Vec<Estimate>,
    /// Estimates of its pairs, `first × characters + second`.
    pub pairs: Vec<Estimate>,
    /// Expected time of a key in running text, ms.
    pub text_ms: f64,
    /// What each pair adds to the speed of running text, by its own unit.
    pub gain: Vec<f64>,
    /// How far each pair and its key are from the target, by its own unit.
    pub reach: Vec<f64>,
    /// Weight of `reach` beside `gain`, 0 to 1.
    pub weight: f64,
    /// The target's time of a key, ms.
    pub target_ms: f64,
    /// What is believed of a key that was never typed.
    unknown: Prior,
}

impl Need {
    /// What the state says at the moment `now` for a target time of a key in milliseconds.
    #[must_use]
    pub fn new(state: &State, vocabulary: &Vocabulary, now: Moment, target_ms: f64) -> Self {
        let unknown = unknown(state, now);
        let keys: Vec<Estimate> =
            vocabulary.letters().iter().map(|c| of_key(state, *c, unknown, now)).collect();
        let pairs = pairs(state, vocabulary.letters(), &keys, now);
        let share = vocabulary.pair_share();
        let text_ms: f64 = pairs.iter().zip(share).map(|(pair, share)| pair.ms * share).sum();
        let size = keys.len();
        let gain = (0..pairs.len()).map(|i| {
            let of_key = vocabulary.key_share()[i % size] * gain(&keys[i % size], target_ms);
            share[i] * gain(&pairs[i], target_ms) + of_key
        });
        let gain = gain.collect();
        let reach = (0..pairs.len()).map(|i| {
            let common = share[i].powi(2) / (share[i].powi(2) + COMMON_PAIR.powi(2));
            let key = if i % size == 0 { 0.0 } else { missing(&keys[i % size], target_ms) };
            key + PAIR_WEIGHT * common * missing(&pairs[i], target_ms)
        });
        let reach = reach.collect();
        let turned = ((TURN.0 - (text_ms / target_ms).ln()) / (TURN.0 - TURN.1)).clamp(0.0, 1.0);
        let weight = REACH.0 + (REACH.1 - REACH.0) * turned;
        Self { keys, pairs, text_ms, gain, reach, weight, target_ms, unknown }
    }

    /// The estimate of any key, be it in the vocabulary or not.
    #[must_use]
    pub fn of_key(&self, state: &State, key: char, now: Moment) -> Estimate {
        of_key(state, key, self.unknown, now)
    }
}

/// How far an estimate is from the target: 0 for what has reached it.
#[must_use]
pub fn missing(estimate: &Estimate, target_ms: f64) -> f64 {
    let doubtful = estimate.ms + DOUBT * estimate.uncertain_ms;
    let time = (doubtful / (AIM * target_ms)).ln().clamp(0.0, 2.0);
    time + ((AIM_ACCURACY - estimate.accuracy) * ACCURACY_WEIGHT).clamp(0.0, 0.5)
}

/// What one more try is expected to save, by a unit of its own.
fn gain(estimate: &Estimate, target_ms: f64) -> f64 {
    let (exponent, given) = SATURATION;
    (estimate.ms - FLOOR * target_ms).max(0.0) / (f64::from(estimate.tries) + given).powf(exponent)
}

/// What is believed of a key before it is typed, by those that were.
fn unknown(state: &State, now: Moment) -> Prior {
    let novice =
        Prior { ms: NOVICE_MS, weight: 0.5, accuracy: NOVICE_ACCURACY, accuracy_weight: KEY_BELIEF.1 };
    let (mut sum, mut weight) = (0.0, 0.0);
    for (_, track) in state.keys() {
        let often = f64::from(track.tries()).sqrt();
        sum += track.estimate(now, novice).ms * often;
        weight += often;
    }
    let mean = if weight > 0.0 { sum / weight } else { NOVICE_MS };
    Prior { ms: mean * UNKNOWN, weight: KEY_BELIEF.0, ..novice }
}

fn of_key(state: &State, key: char, unknown: Prior, now: Moment) -> Estimate {
    aged(state.key(key).unwrap_or(&Track::default()).estimate(now, unknown))
}

fn pairs(state: &State, letters: &[char], keys: &[Estimate], now: Moment) -> Vec<Estimate> {
    let none = Track::default();
    let (weight, accuracy_weight) = PAIR_BELIEF;
    let of = |i: usize| {
        let (before, key) = (i / letters.len(), i % letters.len());
        let prior = Prior { ms: keys[key].ms, weight, accuracy: keys[key].accuracy, accuracy_weight };
        let track = state.pair((letters[before], letters[key])).unwrap_or(&none);
        aged(track.estimate(now, prior))
    };
    (0..letters.len() * letters.len()).map(of).collect()
}

/// What was not typed for days is expected to have become slower.
fn aged(estimate: Estimate) -> Estimate {
    let slower = 1.0 + FORGETTING * estimate.days_unseen.min(FORGETTING_DAYS).sqrt();
    Estimate { ms: estimate.ms * slower, ..estimate }
}
