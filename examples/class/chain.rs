//! A chain of letters of order 4 and the words it makes, after the description of keybr's.

use typeproof::lessons::generator::Generator;

use crate::english::English;
use crate::keyboard::{SIZE, character, index};
use crate::learner::uniform;

/// How many histories of three characters there are.
const HISTORIES: usize = SIZE * SIZE * SIZE;
/// Shortest and longest word, in letters.
const LENGTHS: (usize, usize) = (3, 10);
/// How often a word is begun anew.
const TRIES: usize = 100;

/// What follows three characters, and the letters in the order in which they are opened.
pub struct Chain {
    next: Vec<Option<[f64; SIZE]>>,
    /// The letters, the most useful first: by the sum over all histories, each weighing the same.
    pub order: Vec<usize>,
}

impl Chain {
    /// From words as often as they occur.
    pub fn new(english: &English) -> Self {
        let mut next = vec![None; HISTORIES];
        for word in english.prose.iter().filter(|word| word.len() >= LENGTHS.0) {
            let mut history = 0;
            for key in word.chars().chain([' ']).filter_map(index) {
                next[history].get_or_insert([0.0; SIZE])[key] += 1.0;
                history = (history * SIZE + key) % HISTORIES;
            }
        }
        for row in next.iter_mut().flatten() {
            let sum: f64 = row.iter().sum();
            for n in row.iter_mut().filter(|n| **n > 0.0) {
                *n = (255.0 * *n / sum).round().max(1.0);
            }
        }
        let weight = |key: usize| next.iter().flatten().map(|row: &[f64; SIZE]| row[key]).sum::<f64>();
        let mut order: Vec<usize> = (1..SIZE).collect();
        order.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)));
        Self { next, order }
    }

    /// A word of the allowed letters, a bit each, that holds the focus among its first three.
    pub fn word(&self, allowed: u64, focus: Option<usize>, chance: &mut Generator) -> String {
        let word = (0..TRIES).find_map(|_| self.try_word(allowed, focus, chance));
        let word = word.unwrap_or_else(|| vec![focus.unwrap_or(self.order[0]); LENGTHS.0]);
        word.into_iter().map(character).collect()
    }

    fn try_word(&self, allowed: u64, focus: Option<usize>, chance: &mut Generator) -> Option<Vec<usize>> {
        let mut word = focus.map_or_else(Vec::new, |focus| self.beginning(allowed, focus, chance));
        while word.len() <= LENGTHS.1 {
            let history = word.iter().fold(0, |history, key| (history * SIZE + key) % HISTORIES);
            let weight = |key: usize| match (self.next[history], key) {
                (None, _) => 0.0,
                (Some(_), 0) if word.len() < LENGTHS.0 => 0.0,
                (Some(row), 0) => row[0] * 1.3_f64.powi(word.len() as i32),
                (Some(row), key) if allowed >> key & 1 == 1 => row[key],
                _ => 0.0,
            };
            let weights: Vec<f64> = (0..SIZE).map(weight).collect();
            let total: f64 = weights.iter().sum();
            if total == 0.0 {
                return Some(word).filter(|word| word.len() >= LENGTHS.0);
            }
            let mut left = uniform(chance) * total;
            let drawn = weights.iter().position(|weight| {
                left -= weight;
                left < 0.0
            });
            match drawn {
                None | Some(0) => return Some(word),
                Some(key) => word.push(key),
            }
        }
        None
    }

    /// A beginning of up to three letters that ends with the focus.
    fn beginning(&self, allowed: u64, focus: usize, chance: &mut Generator) -> Vec<usize> {
        let follows = |history: usize, key: usize| self.next[history].is_some_and(|row| row[key] > 0.0);
        let letters = || (1..SIZE).filter(|key| allowed >> key & 1 == 1);
        let mut found = Vec::new();
        if follows(0, focus) {
            found.push(vec![focus]);
        }
        for a in letters().filter(|a| follows(0, *a)) {
            if follows(a, focus) {
                found.push(vec![a, focus]);
            }
            let seconds = letters().filter(|b| follows(a, *b) && follows(a * SIZE + b, focus));
            found.extend(seconds.map(|b| vec![a, b, focus]));
        }
        if found.is_empty() {
            return vec![focus];
        }
        found.swap_remove(chance.below(found.len() as u64) as usize)
    }
}
