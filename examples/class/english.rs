//! The English on which the class is judged: how common each pair of characters is.

use typeproof::lessons::language::Language;
use typeproof::lessons::shelves::Shelves;
use typeproof::lessons::terms::Origin;

use crate::keyboard::{SIZE, index};

/// Pairs that the goal *key* names.
const COMMON_PAIRS: usize = 60;

/// Shares of pairs in running text, the commonest pairs of letters, and the common words.
pub struct English {
    /// Share of each pair, `before × 27 + key`.
    pub share: Vec<f64>,
    /// The commonest pairs of letters.
    pub pairs: Vec<usize>,
    /// The common words.
    pub words: Vec<String>,
    /// All lower-case words of prose, as often as they occur.
    pub prose: Vec<String>,
}

impl English {
    /// From the shipped passages and the shipped list of common words.
    pub fn shipped() -> Self {
        let shelves = Shelves::embedded();
        let mut text = String::new();
        for entry in shelves.passages_in(Language::English, &Origin::Shipped) {
            text.push_str(&shelves.passage(entry.id, &Origin::Shipped).unwrap().text.to_lowercase());
            text.push(' ');
        }
        let mut share = vec![0.0; SIZE * SIZE];
        let mut before = 0;
        for c in text.chars() {
            let Some(key) = index(c).or(c.is_whitespace().then_some(0)) else { continue };
            if (before, key) != (0, 0) {
                share[before * SIZE + key] += 1.0;
            }
            before = key;
        }
        let total: f64 = share.iter().sum();
        share.iter_mut().for_each(|n| *n /= total);
        let letters = |i: &usize| i / SIZE != 0 && !i.is_multiple_of(SIZE);
        let mut pairs: Vec<usize> = (0..share.len()).filter(letters).collect();
        pairs.sort_by(|a, b| share[*b].total_cmp(&share[*a]));
        pairs.truncate(COMMON_PAIRS);
        let words = shelves.word_list("common", &Origin::Shipped).unwrap().words.clone();
        let prose = text
            .split(|c: char| !c.is_ascii_lowercase())
            .filter(|w| w.len() > 1)
            .map(str::to_owned)
            .collect();
        Self { share, pairs, words, prose }
    }
}
