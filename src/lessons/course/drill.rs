//! The text of a lesson, from a seed. Nothing here may change for a released version of a course: the same seed means the
//! same text for ever.

use std::collections::BTreeSet;

use super::ground::Ground;
use super::lesson::{Lesson, Material};
use super::marks;
use crate::lessons::generator::Generator;
use crate::typing::exercise::{Exercise, ExerciseError, Source};
use crate::typing::text::{Layout, Lookalikes};

/// Shortest and longest word of a lesson, in letters.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=10;
/// Real words with a key from which on none is made up for it.
const ENOUGH: usize = 8;
/// Of the words with a key, the commonest are taken.
const COMMONEST: usize = 60;
/// Of all words that can be typed, the commonest are taken.
const ALL: usize = 150;
/// Groups of new keys before the words.
const GROUPS: usize = 8;
/// Longest number, in digits.
const DIGITS: u64 = 4;
/// What typographers write, and what a keyboard has for it.
const PLAIN: [(char, &str); 8] = [
    ('\u{2018}', "'"),
    ('\u{2019}', "'"),
    ('\u{201c}', "\""),
    ('\u{201d}', "\""),
    ('\u{2013}', "-"),
    ('\u{2014}', "-"),
    ('\u{2026}', "..."),
    ('\u{a0}', " "),
];

impl Lesson {
    /// The lesson's text for a seed, ready to be typed.
    ///
    /// # Errors
    /// When the text cannot be typed, as an own snippet that is too long.
    pub fn exercise(&self, ground: &Ground<'_>, seed: u64) -> Result<Exercise, ExerciseError> {
        let mut maker = Maker { lesson: self, ground, generator: Generator::new(seed) };
        let text = maker.text();
        let form = match self.material {
            Material::Code(_) => (Lookalikes::Exact, Layout::Automatic),
            _ => (Lookalikes::Typographic, Layout::Folded),
        };
        Exercise::laid_out(Source::Lesson(self.named.clone()), seed, &text, form, self.rules)
    }
}

struct Maker<'a> {
    lesson: &'a Lesson,
    ground: &'a Ground<'a>,
    generator: Generator,
}

impl<'a> Maker<'a> {
    fn text(&mut self) -> String {
        match &self.lesson.material {
            Material::Letters => {
                let mut text = self.groups();
                text.extend(self.words());
                self.filled(text, " ")
            }
            Material::Words => {
                let words = self.words();
                self.filled(words, " ")
            }
            Material::Capitals => {
                let words = self.capitals();
                self.filled(words, " ")
            }
            Material::Marks => {
                let words = self.marked();
                self.filled(words, " ")
            }
            Material::NumbersAmongWords => {
                let numbers = self.numbers(true);
                self.filled(numbers, " ")
            }
            Material::Numbers => {
                let numbers = self.numbers(false);
                self.filled(numbers, "\n")
            }
            Material::Prose => self.prose(),
            Material::Code(snippets) => self.one_of(snippets).cloned().unwrap_or_default(),
        }
    }

    /// As many words as the lesson is long.
    fn filled(&self, words: Vec<String>, between: &str) -> String {
        let mut length = 0;
        let enough = |word: &String| {
            let more = length < self.lesson.length;
            length += word.chars().count() + 1;
            more
        };
        words.into_iter().take_while(enough).collect::<Vec<_>>().join(between)
    }

    fn one_of<'t, T>(&mut self, of: &'t [T]) -> Option<&'t T> {
        of.get(self.generator.below(of.len() as u64) as usize)
    }

    fn is_known(&self, text: &str) -> bool {
        text.chars().all(|c| self.lesson.known.contains(&c))
    }

    /// The known letters, in order.
    fn letters(&self) -> Vec<char> {
        self.lesson.known.iter().copied().filter(|c| c.is_lowercase()).collect()
    }

    /// Groups of the new keys: each alone, then together.
    fn groups(&mut self) -> Vec<String> {
        let new = self.lesson.new.clone();
        let Some(first) = new.first().copied() else { return Vec::new() };
        let partner = match new.get(1) {
            Some(second) => *second,
            None => {
                let others: Vec<char> = self.letters().into_iter().filter(|c| *c != first).collect();
                self.one_of(&others).copied().unwrap_or(first)
            }
        };
        let mut groups: Vec<String> = ["aa", "bb", "ab", "ba", "aab", "bba", "aba", "bab"]
            .into_iter()
            .take(GROUPS)
            .map(|form| form.chars().map(|c| if c == 'a' { first } else { partner }).collect())
            .collect();
        // The first two are each key by itself.
        self.generator.shuffle(groups.get_mut(2..).unwrap_or_default());
        groups
    }

    /// Groups of any known letters, where no word can be made of them.
    fn jumble(&mut self, wanted: char, letters: &[char]) -> String {
        let length = 2 + self.generator.below(3) as usize;
        let place = self.generator.below(length as u64) as usize;
        let letter = |at: usize, maker: &mut Self| match at == place {
            true => wanted,
            false => maker.one_of(letters).copied().unwrap_or(wanted),
        };
        (0..length).map(|at| letter(at, self)).collect()
    }

    /// Words for each key in turn: real ones wherever enough fit, else also made-up ones; and every third any word that can
    /// be typed.
    fn words(&mut self) -> Vec<String> {
        let known = self.real_words();
        let letters = self.letters();
        let new = self.lesson.new.clone();
        let mut bags: Vec<Bag> = new.iter().map(|c| self.bag_for(*c, &known, &letters)).collect();
        if known.len() >= ENOUGH {
            let any = known.iter().take(ALL).map(|word| (*word).to_owned()).collect();
            bags.insert(bags.len().min(2), Bag::new(any));
        }
        let mut text = Vec::new();
        let mut length = 0;
        while length <= self.lesson.length && !bags.is_empty() {
            for bag in &mut bags {
                let word = bag.next(&mut self.generator);
                if text.last() != Some(&word) || bag.words.len() < 2 {
                    length += word.chars().count() + 1;
                    text.push(word);
                }
            }
        }
        text
    }

    /// Words with one key.
    fn bag_for(&mut self, wanted: char, known: &[&str], letters: &[char]) -> Bag {
        let real = known.iter().filter(|word| word.contains(wanted)).take(COMMONEST);
        let mut words: Vec<String> = real.map(|word| (*word).to_owned()).collect();
        for _ in words.len()..ENOUGH {
            let made_up = self.ground.letters.invent(letters, wanted, &mut self.generator);
            let made_up = made_up.unwrap_or_else(|| self.jumble(wanted, letters));
            if !words.contains(&made_up) {
                words.push(made_up);
            }
        }
        Bag::new(words)
    }

    /// Lower-case words that the known keys type, the commonest first.
    fn real_words(&self) -> Vec<&'a str> {
        let fits = |word: &&str| {
            LENGTHS.contains(&word.chars().count())
                && word.chars().all(|c| c.is_lowercase())
                && self.is_known(word)
        };
        self.ground.words.iter().copied().filter(fits).collect()
    }

    /// Words with a capital of the lesson in turn, and any word between.
    fn capitals(&mut self) -> Vec<String> {
        let known = self.real_words();
        let new: BTreeSet<char> = self.lesson.new.iter().copied().collect();
        let capital = |word: &&str| {
            let mut chars = word.chars();
            let first = upper(chars.next()?)?;
            (new.contains(&first)).then(|| chars.fold(first.to_string(), |word, c| word + &c.to_string()))
        };
        // Words that are written with a capital anyway, as nouns in German, come first.
        let written = self.ground.words.iter().filter(|word| {
            LENGTHS.contains(&word.chars().count())
                && word.chars().next().is_some_and(|first| new.contains(&first))
                && self.is_known(word)
        });
        let mut words: Vec<String> = written.map(|word| (*word).to_owned()).collect();
        words.extend(known.iter().filter_map(capital));
        let firsts: BTreeSet<char> = words.iter().filter_map(|word| word.chars().next()).collect();
        // Each capital that begins a word gets its words; the others stand alone.
        let mut bags: Vec<Bag> = firsts
            .iter()
            .map(|first| {
                Bag::new(
                    words.iter().filter(|word| word.starts_with(*first)).take(COMMONEST).cloned().collect(),
                )
            })
            .collect();
        bags.extend(new.iter().filter(|c| !firsts.contains(c)).map(|c| Bag::new(vec![c.to_string()])));
        self.generator.shuffle(&mut bags);
        let mut any = Bag::new(known.iter().take(ALL).map(|word| (*word).to_owned()).collect());
        self.round(&mut bags, &mut any)
    }

    /// A word of each bag in turn, any word behind each, until the text is long enough.
    fn round(&mut self, bags: &mut [Bag], any: &mut Bag) -> Vec<String> {
        let mut text = Vec::new();
        let mut length = 0;
        while length <= self.lesson.length && !bags.is_empty() {
            for bag in &mut *bags {
                for word in [bag.next(&mut self.generator), any.next(&mut self.generator)] {
                    length += word.chars().count() + 1;
                    text.push(word);
                }
            }
        }
        text.retain(|word| !word.is_empty());
        text
    }

    /// Words with the marks of the lesson in turn, and any word between.
    fn marked(&mut self) -> Vec<String> {
        let known = self.real_words();
        let lesson = self.lesson;
        let mut any = Bag::new(known.iter().take(ALL).map(|word| (*word).to_owned()).collect());
        let mut text = Vec::new();
        let mut length = 0;
        while length <= lesson.length && !lesson.new.is_empty() {
            for mark in &lesson.new {
                let [word, next, between] = std::array::from_fn(|_| any.next(&mut self.generator));
                let marked = marks::put(*mark, |c| lesson.known.contains(&c), &word, &next);
                for word in [marked, between].into_iter().filter(|word| !word.is_empty()) {
                    length += word.chars().count() + 1;
                    text.push(word);
                }
            }
        }
        text
    }

    /// Numbers with the digits of the lesson in turn.
    fn numbers(&mut self, among_words: bool) -> Vec<String> {
        let digits: Vec<char> = self.lesson.known.iter().copied().filter(char::is_ascii_digit).collect();
        let known = if among_words { self.real_words() } else { Vec::new() };
        let mut any = Bag::new(known.iter().take(ALL).map(|word| (*word).to_owned()).collect());
        let new = self.lesson.new.clone();
        let mut text = Vec::new();
        let mut length = 0;
        while length <= self.lesson.length && !new.is_empty() {
            for wanted in &new {
                let number = self.number(*wanted, &digits);
                let word = any.next(&mut self.generator);
                for word in [number, word].into_iter().filter(|word| !word.is_empty()) {
                    length += word.chars().count() + 1;
                    text.push(word);
                }
            }
        }
        text
    }

    fn number(&mut self, wanted: char, digits: &[char]) -> String {
        let length = 1 + self.generator.below(DIGITS) as usize;
        if !wanted.is_ascii_digit() {
            // A sign between two numbers, as in 4.7.
            let part = |maker: &mut Self| maker.one_of(digits).copied().unwrap_or(wanted).to_string();
            let (before, behind) = (part(self), part(self) + &part(self));
            return format!("{before}{wanted}{behind}");
        }
        let place = self.generator.below(length as u64) as usize;
        let digit = |at: usize, maker: &mut Self| match at == place {
            true => wanted,
            false => maker.one_of(digits).copied().unwrap_or(wanted),
        };
        (0..length).map(|at| digit(at, self)).collect()
    }

    /// Sentences that the known keys type, in the order of their passages; words where there are none.
    fn prose(&mut self) -> String {
        let mut passages: Vec<&str> = self.ground.passages().collect();
        self.generator.shuffle(&mut passages);
        let mut text = String::new();
        for passage in passages {
            for sentence in sentences(&plain(passage)) {
                if text.chars().count() >= self.lesson.length {
                    return text;
                }
                if self.is_known(sentence) {
                    text.push_str(if text.is_empty() { "" } else { " " });
                    text.push_str(sentence);
                }
            }
        }
        if text.is_empty() {
            let words = self.words();
            return self.filled(words, " ");
        }
        text
    }
}

/// Words, each of which comes before any comes again.
struct Bag {
    words: Vec<String>,
    next: usize,
}

impl Bag {
    const fn new(words: Vec<String>) -> Self {
        Self { words, next: 0 }
    }

    fn next(&mut self, generator: &mut Generator) -> String {
        if self.next == 0 {
            generator.shuffle(&mut self.words);
        }
        let word = self.words.get(self.next).cloned().unwrap_or_default();
        self.next = (self.next + 1) % self.words.len().max(1);
        word
    }
}

/// The capital of a letter, where it is one character.
pub(super) fn upper(c: char) -> Option<char> {
    let mut upper = c.to_uppercase();
    upper.next().filter(|capital| upper.next().is_none() && *capital != c)
}

/// A text as a keyboard types it.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match PLAIN.iter().find(|(typographic, _)| *typographic == c) {
            Some((_, typed)) => out.push_str(typed),
            None => out.push(c),
        }
    }
    out
}

/// The sentences of a text, each with its mark; a line ends one too.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut rest = line.trim();
        while let Some(at) = end_of_sentence(rest) {
            let (sentence, behind) = rest.split_at(at);
            found.push(sentence.trim());
            rest = behind.trim_start();
        }
        found.extend(Some(rest).filter(|rest| !rest.is_empty()));
    }
    found
}

/// Where the first sentence ends: behind a mark that a space and no small letter follow.
fn end_of_sentence(text: &str) -> Option<usize> {
    text.char_indices().find_map(|(at, c)| {
        let behind = text.get(at + c.len_utf8()..)?;
        let next = behind.strip_prefix(' ')?.chars().next()?;
        (matches!(c, '.' | '?' | '!') && !next.is_lowercase()).then_some(at + 1)
    })
}
