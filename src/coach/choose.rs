//! Choosing a text: words drawn by their worth, which sinks for what the text already holds.

use std::borrow::Cow;

use super::candidates::Candidates;
use super::state::State;
use super::vocabulary::Word;
use crate::lessons::generator::Generator;

/// About how long a text is, in characters.
const LENGTH: usize = 150;
/// The best words, from which a text is drawn.
const BEST: usize = 150;
/// How strongly a better word is preferred: an exponent.
const PREFERENCE: i32 = 8;
/// What a pair is still worth after it was put into the text once more.
const AGAIN: f64 = 0.75;
/// What a word is still worth that was in the learner's last texts.
const SEEN: f64 = 0.7;
/// The range of a draw: a power of two that `f64` holds exactly.
const RANGE: u64 = 1 << 53;

/// Words for a text of about `LENGTH` characters, none twice unless there are too few.
#[must_use]
pub fn choose(candidates: &Candidates<'_>, state: &State, generator: &mut Generator) -> Vec<Word> {
    let mut pairs = candidates.pairs.clone();
    let best = best(candidates, state);
    let mut left = best.clone();
    let mut chosen = Vec::new();
    let mut length = 0;
    while length < LENGTH && !best.is_empty() {
        if left.is_empty() {
            left.clone_from(&best);
        }
        let (word, _) = left.swap_remove(draw(&left, &pairs, generator));
        for pair in &word.pairs {
            pairs[*pair] *= AGAIN;
        }
        length += word.pairs.len();
        chosen.push(word.clone());
    }
    chosen
}

/// A word, and the part of its worth that counts.
type Scored<'a> = (&'a Word, f64);

fn best<'a>(candidates: &'a Candidates<'_>, state: &State) -> Vec<Scored<'a>> {
    let seen = |word: &Word| if state.was_just_typed(&word.text) { SEEN } else { 1.0 };
    let mut words: Vec<(f64, Scored<'a>)> = candidates
        .words
        .iter()
        .map(Cow::as_ref)
        .map(|word| {
            let part = seen(word);
            (part * Candidates::worth(word, &candidates.pairs), (word, part))
        })
        .collect();
    words.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.0.text.cmp(&b.1.0.text)));
    words.truncate(BEST);
    words.into_iter().map(|(_, scored)| scored).collect()
}

/// The place of a word, drawn by its worth.
fn draw(words: &[Scored<'_>], pairs: &[f64], generator: &mut Generator) -> usize {
    let worths: Vec<f64> = words.iter().map(|(word, part)| part * Candidates::worth(word, pairs)).collect();
    let highest = worths.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let weights: Vec<f64> = worths.iter().map(|worth| (worth / highest).powi(PREFERENCE)).collect();
    let mut left = generator.below(RANGE) as f64 / RANGE as f64 * weights.iter().sum::<f64>();
    for (place, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return place;
        }
    }
    words.len() - 1
}
