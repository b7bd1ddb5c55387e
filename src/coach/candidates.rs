//! Words that may come into a text, each with its worth.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::invent::invent;
use super::mode::Mode;
use super::need::Need;
use super::state::State;
use super::track::{Estimate, Track};
use super::vocabulary::{Letter, Vocabulary, Word};
use crate::lessons::generator::Generator;

/// With fewer real words than this, pronounceable ones are made up.
const ENOUGH: usize = 15;
/// How many are made up.
const INVENTED: usize = 30;
/// The best words by which each aim is measured: their mean is worth 1.
const BEST: usize = 30;
/// How many of the learner's own words a mode about words takes.
const OWN: usize = 60;
/// How strongly a slow key or pair stands out in the modes about them: an exponent.
const CONTRAST: i32 = 3;
/// What an error costs, beside the time of a key.
const ERROR_COST: f64 = 3.0;

/// Words to choose from, and what practice with them is worth.
#[derive(Clone, Debug)]
pub struct Candidates<'a> {
    /// The words.
    pub words: Vec<Cow<'a, Word>>,
    /// What each pair within a word is worth.
    pub pairs: Vec<f64>,
    /// Whether words had to be made up.
    pub invented: bool,
    /// The mode that was followed: [`Mode::Guided`] where another found too little to go by.
    pub mode: Mode,
}

impl<'a> Candidates<'a> {
    /// The words of none but the `allowed` letters, a bit each, and what they are worth in a mode.
    pub fn new(
        state: &State,
        vocabulary: &'a Vocabulary,
        need: &Need,
        (mode, allowed): (Mode, u64),
        generator: &mut Generator,
    ) -> Self {
        let fits = vocabulary.words().iter().filter(|word| word.letters & !allowed == 0);
        let mut words: Vec<Cow<'a, Word>> = fits.map(Cow::Borrowed).collect();
        let invented = words.len() < ENOUGH;
        if invented {
            let letters: Vec<Letter> =
                vocabulary.order().iter().copied().filter(|letter| allowed >> letter & 1 == 1).collect();
            let made = (0..INVENTED).filter_map(|_| invent(vocabulary, &letters, generator));
            words.extend(made.map(Cow::Owned));
        }
        let own = own_words(state, mode);
        let known: Vec<Cow<'a, Word>> =
            words.iter().filter(|word| own.contains(word.text.as_str())).cloned().collect();
        if known.len() >= ENOUGH {
            return Self { words: known, pairs: vec![1.0; need.pairs.len()], invented: false, mode };
        }
        let mode = match mode {
            Mode::SlowWords | Mode::MissedWords => Mode::Guided,
            other => other,
        };
        let pairs = match mode {
            Mode::WeakKeys => weak(need, |i| Some(&need.keys[i % need.keys.len()])),
            Mode::WeakPairs => weak(need, |i| Some(&need.pairs[i]).filter(|pair| pair.tries > 0)),
            Mode::ToTarget => too_slow(need, vocabulary),
            _ => Vec::new(),
        };
        if pairs.iter().all(|worth| *worth <= 0.0) {
            let pairs = guided(&words, need);
            return Self { words, pairs, invented, mode: Mode::Guided };
        }
        Self { words, pairs, invented, mode }
    }

    /// Makes up words with a letter that no candidate has.
    pub fn hold(
        &mut self,
        letter: Letter,
        letters: &[Letter],
        vocabulary: &Vocabulary,
        generator: &mut Generator,
    ) {
        if self.words.iter().any(|word| word.letters >> letter & 1 == 1) {
            return;
        }
        for _ in 0..ENOUGH {
            let Some(word) = invent(vocabulary, letters, generator) else { return };
            let at = generator.below(word.text.chars().count() as u64) as usize;
            let with = |(place, c): (usize, char)| if place == at { vocabulary.letters()[letter] } else { c };
            let text: String = word.text.chars().enumerate().map(with).collect();
            self.words.extend(vocabulary.spell(&text).map(Cow::Owned));
        }
        self.invented = true;
    }

    /// The mean worth of a word's pairs.
    #[must_use]
    pub fn worth(word: &Word, pairs: &[f64]) -> f64 {
        word.pairs.iter().map(|pair| pairs[*pair]).sum::<f64>() / word.pairs.len() as f64
    }
}

/// The learner's slowest or most missed words, where the mode is about them.
fn own_words(state: &State, mode: Mode) -> BTreeSet<&str> {
    let weight = |track: &Track| match mode {
        Mode::SlowWords => track.mean_ms(),
        Mode::MissedWords => Some(track.missed()).filter(|share| *share > 0.0),
        Mode::Guided | Mode::WeakKeys | Mode::WeakPairs | Mode::ToTarget => None,
    };
    let mut own: Vec<(f64, &str)> =
        state.words().filter_map(|(word, track)| Some((weight(track)?, word))).collect();
    own.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    own.into_iter().take(OWN).map(|(_, word)| word).collect()
}

/// Both aims, each measured by the words that serve it best.
fn guided(words: &[Cow<'_, Word>], need: &Need) -> Vec<f64> {
    let best = |pairs: &[f64]| {
        let mut worths: Vec<f64> = words.iter().map(|word| Candidates::worth(word, pairs)).collect();
        worths.sort_by(|a, b| b.total_cmp(a));
        worths.truncate(BEST);
        (worths.iter().sum::<f64>() / worths.len().max(1) as f64).max(f64::MIN_POSITIVE)
    };
    let (gain, reach) = (best(&need.gain), best(&need.reach));
    let both = need.gain.iter().zip(&need.reach);
    both.map(|(g, r)| (1.0 - need.weight) * g / gain + need.weight * r / reach).collect()
}

/// What running text would gain if a pair that was tried were as fast as the target.
fn too_slow(need: &Need, vocabulary: &Vocabulary) -> Vec<f64> {
    let lost = |(pair, share): (&Estimate, &f64)| match pair.tries {
        0 => 0.0,
        _ => share * (pair.ms - need.target_ms).max(0.0),
    };
    need.pairs.iter().zip(vocabulary.pair_share()).map(lost).collect()
}

/// What is slow or missed, beside the learner's own mean.
fn weak<'n>(need: &'n Need, of: impl Fn(usize) -> Option<&'n Estimate>) -> Vec<f64> {
    let worth = |i: usize| {
        let cost = |e: &Estimate| e.ms / need.text_ms * (1.0 + ERROR_COST * (1.0 - e.accuracy));
        // The space is not practised by itself.
        let letter = !i.is_multiple_of(need.keys.len());
        of(i).filter(|_| letter).map_or(0.0, |e| cost(e).powi(CONTRAST))
    };
    (0..need.pairs.len()).map(worth).collect()
}
