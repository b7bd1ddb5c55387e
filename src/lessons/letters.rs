//! How common the letters of a language and their pairs are in its words, and words made up after them. All in whole
//! numbers, so that a text that follows from a seed is the same everywhere.

use std::collections::BTreeMap;

use super::generator::Generator;

/// The weight of a list's first word; the word of rank n has this divided by n + [`RANK`] (Zipf's law, flattened at the
/// top, so that `the` does not decide alone).
const WEIGHT: u64 = 1_000_000;
const RANK: u64 = 10;
/// Shortest and longest word that is made up, in letters.
const LENGTHS: (u64, u64) = (3, 6);
/// How often a word is made up anew before a letter that it should hold is put into it.
const TRIES: usize = 24;
/// Letters that carry a syllable, in all languages of the courses.
const VOWELS: &str = "aeiouyàáâäæèéêëìíîïòóôöœùúûü";

/// How common letters and pairs of letters are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    counts: BTreeMap<char, u64>,
    /// A word begins and ends with a space here.
    pairs: BTreeMap<(char, char), u64>,
}

impl Letters {
    /// Counts the letters of words, the commonest first. Words that are not all lower-case letters are left out.
    pub fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut letters = Self::default();
        for (word, rank) in words.filter(|word| word.chars().all(is_letter)).zip(RANK..) {
            let mut before = ' ';
            for c in word.chars().chain([' ']) {
                *letters.pairs.entry((before, c)).or_default() += WEIGHT / rank;
                if c != ' ' {
                    *letters.counts.entry(c).or_default() += WEIGHT / rank;
                }
                before = c;
            }
        }
        letters
    }

    /// The letters, the commonest first.
    pub fn commonest_first(&self) -> Vec<char> {
        let mut order: Vec<char> = self.counts.keys().copied().collect();
        order.sort_by_key(|c| std::cmp::Reverse(self.count(*c)));
        order
    }

    /// How common a letter is, in no particular unit; 0 for one that no word has.
    pub fn count(&self, letter: char) -> u64 {
        self.counts.get(&letter).copied().unwrap_or(0)
    }

    /// A word that can be pronounced, made up of the `known` letters with `wanted` among them. `None` where that cannot be
    /// done, as without a vowel.
    pub fn invent(&self, known: &[char], wanted: char, generator: &mut Generator) -> Option<String> {
        if !known.iter().copied().any(is_vowel) || !known.iter().any(|c| !is_vowel(*c)) {
            return None;
        }
        let mut word = Vec::new();
        for _ in 0..TRIES {
            word = self.made_up(known, generator);
            if word.contains(&wanted) {
                break;
            }
        }
        if !word.contains(&wanted) {
            // In the place of a letter of its kind, so that it can be pronounced still.
            let place = word.iter().position(|c| is_vowel(*c) == is_vowel(wanted)).unwrap_or(0);
            word[place] = wanted;
        }
        Some(word.into_iter().collect())
    }

    fn made_up(&self, known: &[char], generator: &mut Generator) -> Vec<char> {
        let length = LENGTHS.0 + generator.below(LENGTHS.1 - LENGTHS.0 + 1);
        let mut word: Vec<char> = Vec::new();
        for _ in 0..length {
            let fits: Vec<char> = known.iter().copied().filter(|c| may_follow(&word, *c)).collect();
            let before = word.last().copied().unwrap_or(' ');
            word.extend(self.drawn(&fits, before, generator));
        }
        word
    }

    /// One of these letters, each as likely as it follows `before` in the words.
    fn drawn(&self, letters: &[char], before: char, generator: &mut Generator) -> Option<char> {
        let weight = |c: char| self.pairs.get(&(before, c)).copied().unwrap_or(0) + 1;
        let mut left = generator.below(letters.iter().map(|c| weight(*c)).sum());
        letters.iter().copied().find(|c| match left.checked_sub(weight(*c)) {
            None => true,
            Some(rest) => {
                left = rest;
                false
            }
        })
    }
}

/// Whether a letter leaves a word pronounceable: no letter thrice, no more than two consonants or vowels in a row, and not
/// two consonants at its beginning.
fn may_follow(word: &[char], c: char) -> bool {
    let alike = |before: &&char| is_vowel(**before) == is_vowel(c);
    let row = word.iter().rev().take_while(alike).count();
    let most = if word.len() == row && !is_vowel(c) { 1 } else { 2 };
    row < most && word.last() != Some(&c)
}

fn is_vowel(c: char) -> bool {
    VOWELS.contains(c)
}

/// Whether a character is a letter as a word has it inside.
pub(super) fn is_letter(c: char) -> bool {
    c.is_lowercase()
}
