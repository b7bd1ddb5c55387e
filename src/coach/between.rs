//! What stands between a learner and a speed: which pairs of keys cost how many words a minute.

use super::need::Need;
use super::state::Pair;
use super::tutor::MS_PER_WPM;
use super::vocabulary::Vocabulary;

/// A pair that is slower than the speed asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// The pair; a space is the end or the beginning of a word.
    pub pair: Pair,
    /// Expected milliseconds of its second key.
    pub ms: f64,
    /// How many words a minute running text would be faster if this pair alone were as fast as the speed asks for.
    pub wpm: f64,
    /// How often it was tried.
    pub tries: u32,
}

/// What stands between a learner and a speed.
#[derive(Clone, Debug, PartialEq)]
pub struct Between {
    /// The speed in words a minute.
    pub target_wpm: f64,
    /// The expected speed of running text now.
    pub wpm: f64,
    /// The expected share of its keys that are right at the first try, 0 to 1.
    pub accuracy: f64,
    /// The pairs that cost something, those that cost most first.
    pub costs: Vec<Cost>,
}

impl Between {
    /// What lies between what is known of the learner and the target of `need`. Pairs that were never tried are left out:
    /// nothing is known of them.
    #[must_use]
    pub fn new(need: &Need, vocabulary: &Vocabulary) -> Self {
        let (letters, share) = (vocabulary.letters(), vocabulary.pair_share());
        let size = letters.len();
        let wpm = MS_PER_WPM / need.text_ms;
        let cost = |place: usize| {
            let pair = &need.pairs[place];
            let saved = (pair.ms - need.target_ms).max(0.0) * share[place];
            let gained = MS_PER_WPM / (need.text_ms - saved) - wpm;
            let pair = (letters[place / size], letters[place % size]);
            Cost { pair, ms: need.pairs[place].ms, wpm: gained, tries: need.pairs[place].tries }
        };
        let tried = (0..need.pairs.len()).filter(|place| need.pairs[*place].tries > 0);
        let mut costs: Vec<Cost> = tried.map(cost).filter(|cost| cost.wpm > 0.0).collect();
        costs.sort_by(|a, b| b.wpm.total_cmp(&a.wpm).then(a.pair.cmp(&b.pair)));
        let accuracy = need.pairs.iter().zip(share).map(|(pair, share)| pair.accuracy * share).sum();
        Self { target_wpm: MS_PER_WPM / need.target_ms, wpm, accuracy, costs }
    }
}
