//! Pronounceable words, made up where the letters at hand leave too few real ones.

use super::vocabulary::{Letter, Vocabulary, Word};
use crate::lessons::generator::Generator;

/// Shortest and longest word that is made up, in letters.
const LENGTHS: (u64, u64) = (3, 6);
/// Shares of pairs are drawn as whole numbers of this unit.
const UNIT: f64 = 1e6;

/// A word of these letters, each following the one before as it does in the vocabulary; where no letter at hand follows, any
/// does. `None` without letters.
pub fn invent(vocabulary: &Vocabulary, letters: &[Letter], generator: &mut Generator) -> Option<Word> {
    if letters.is_empty() {
        return None;
    }
    let length = LENGTHS.0 + generator.below(LENGTHS.1 - LENGTHS.0 + 1);
    let mut word = Vec::new();
    let mut before = 0;
    for _ in 0..length {
        before = draw(vocabulary, letters, before, generator);
        word.push(before);
    }
    let text: String = word.iter().map(|letter| vocabulary.letters()[*letter]).collect();
    vocabulary.spell(&text)
}

fn draw(vocabulary: &Vocabulary, letters: &[Letter], before: Letter, generator: &mut Generator) -> Letter {
    let size = vocabulary.letters().len();
    let weight = |letter: Letter| (vocabulary.pair_share()[before * size + letter] * UNIT) as u64 + 1;
    let total = letters.iter().map(|letter| weight(*letter)).sum();
    let mut left = generator.below(total);
    for letter in letters {
        match left.checked_sub(weight(*letter)) {
            None => return *letter,
            Some(rest) => left = rest,
        }
    }
    letters[0]
}
