//! The words there are to practise with, and how common each key and pair is in running text.

use std::collections::BTreeSet;

use crate::lessons::language::Language;
use crate::lessons::shelves::Shelves;
use crate::lessons::terms::Origin;

/// Shortest and longest word in characters that is practised with.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=12;

/// Most characters of a vocabulary: a set of them is a number of 64 bits.
const MOST_CHARACTERS: usize = 64;
/// What a pair counts that prose does not have: it may occur all the same.
const UNSEEN_PAIR: f64 = 0.1;

/// A place among the characters of a vocabulary; 0 is the space.
pub type Letter = usize;

/// A word and the pairs one types with it.
#[derive(Clone, Debug)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Its pairs, each as `first × letters + second`: from the space before it to the space after it.
    pub pairs: Vec<usize>,
    /// Its letters, a bit each.
    pub letters: u64,
}

/// Words, and how common each pair is.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    letters: Vec<char>,
    words: Vec<Word>,
    pair_share: Vec<f64>,
    key_share: Vec<f64>,
    order: Vec<Letter>,
}

impl Vocabulary {
    /// English, as [`Self::of`] has it.
    #[must_use]
    pub fn english() -> Self {
        Self::of(Language::English)
    }

    /// A language: its shipped lists, and the words of its shipped passages, which also say how common each pair is.
    #[must_use]
    pub fn of(language: Language) -> Self {
        let shelves = Shelves::embedded();
        let mut prose = String::new();
        for entry in shelves.passages_in(language, &Origin::Shipped) {
            prose.extend(shelves.passage(entry.id, &Origin::Shipped).map(|p| format!("{}\n", p.text)));
        }
        let lists = language.practice_words().iter().filter_map(|id| shelves.word_list(id, &Origin::Shipped));
        Self::new(lists.flat_map(|list| list.words.iter().map(String::as_str)), &prose)
    }

    /// A vocabulary of lower-case words from lists and prose; the prose says how common each pair is.
    #[must_use]
    pub fn new<'a>(listed: impl Iterator<Item = &'a str>, prose: &'a str) -> Self {
        let running: Vec<&str> = prose.split_whitespace().filter_map(bare).collect();
        let small = |word: &&str| word.chars().all(char::is_lowercase);
        let all: BTreeSet<&str> = listed.filter(small).chain(running.iter().copied()).collect();
        let found: BTreeSet<char> = all.iter().flat_map(|word| word.chars()).collect();
        let letters: Vec<char> = std::iter::once(' ').chain(found).take(MOST_CHARACTERS).collect();
        let mut vocabulary = Self { letters, ..Self::default() };
        vocabulary.count(&running);
        let fits = |text: &&&str| LENGTHS.contains(&text.chars().count());
        vocabulary.words = all.iter().filter(fits).filter_map(|text| vocabulary.spell(text)).collect();
        vocabulary
    }

    /// Counts pairs and keys in running words.
    fn count(&mut self, running: &[&str]) {
        let size = self.letters.len();
        let mut counts = vec![UNSEEN_PAIR; size * size];
        for pair in running.iter().filter_map(|word| self.spell(word)).flat_map(|word| word.pairs) {
            counts[pair] += 1.0;
        }
        let total: f64 = counts.iter().sum();
        self.pair_share = counts.iter().map(|n| n / total).collect();
        let share = |key: Letter| (0..size).map(|before| self.pair_share[before * size + key]).sum();
        self.key_share = (0..size).map(share).collect();
        self.order = (1..size).collect();
        self.order.sort_by(|a, b| self.key_share[*b].total_cmp(&self.key_share[*a]));
    }

    /// A text as a word with its pairs; `None` when it holds a character that is no letter here.
    #[must_use]
    pub fn spell(&self, text: &str) -> Option<Word> {
        let place = |c: char| self.letters.binary_search(&c).ok().filter(|place| *place > 0);
        let inner: Option<Vec<Letter>> = text.chars().map(place).collect();
        let spelt: Vec<Letter> = std::iter::once(0).chain(inner?).chain([0]).collect();
        let letters = spelt.iter().fold(0, |bits, letter| bits | 1 << letter) & !1;
        let pairs = spelt.windows(2).map(|pair| pair[0] * self.letters.len() + pair[1]).collect();
        Some(Word { text: text.to_owned(), pairs, letters })
    }

    /// These letters as a set, a bit each by their places; what is no letter here is left out.
    #[must_use]
    pub fn bits(&self, letters: &[char]) -> u64 {
        let places =
            letters.iter().filter_map(|c| self.letters.binary_search(c).ok()).filter(|place| *place > 0);
        places.fold(0, |bits, place| bits | 1 << place)
    }

    /// The characters: the space, then the letters in order.
    #[must_use]
    pub fn letters(&self) -> &[char] {
        &self.letters
    }

    /// The words, in order.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// How common each pair is in running text; all together are 1.
    #[must_use]
    pub fn pair_share(&self) -> &[f64] {
        &self.pair_share
    }

    /// How common each character is in running text; all together are 1.
    #[must_use]
    pub fn key_share(&self) -> &[f64] {
        &self.key_share
    }

    /// The letters, the commonest first.
    #[must_use]
    pub fn order(&self) -> &[Letter] {
        &self.order
    }
}

/// A word of prose without the marks around it; `None` for one that is not all lower-case letters.
fn bare(word: &str) -> Option<&str> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let plain = !word.is_empty() && word.chars().all(|c| c.is_lowercase());
    plain.then_some(word)
}
