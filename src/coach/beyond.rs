//! Beyond small letters: capitals, punctuation, digits and symbols, put into a text of words.
//!
//! They come in this order, each kind once the one before it was practised. What came once comes again: nothing closes.

use super::need::{Need, missing};
use super::state::State;
use super::track::{Estimate, Moment};
use super::vocabulary::Vocabulary;
use super::wishes::{Beyond, Wishes};
use crate::lessons::generator::Generator;

/// How near small letters have to be to the target: running text's time of a key, as a multiple of the target's.
const NEAR: f64 = 1.1;
/// Tries of a kind after which the next one comes, however it went: nobody is held up for ever.
const ENOUGH: u32 = 150;
/// Tries of a kind after which the next one comes if it goes well.
const SOME: u32 = 40;
/// How far from the target that is, as the mean of [`missing`].
const WELL: f64 = 0.4;
/// Tries of a kind after which it stays, whatever becomes of the letters.
const KNOWN: u32 = 200;
/// Words of a hundred that get something beyond letters.
const SHARE: u64 = 40;
/// What each character is worth that is at the target, beside what is missing of others.
const LEAST: f64 = 0.2;
/// What a character is worth more that the learner pinned.
const PINNED: f64 = 4.0;
/// What the commonest marks are worth more.
const COMMON: f64 = 0.6;

/// A kind of characters beyond small letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The small letters of the vocabulary with Shift.
    Capitals,
    /// What stands in prose.
    Punctuation,
    /// 0 to 9.
    Digits,
    /// What stands in programs and tables.
    Symbols,
}

impl Kind {
    /// The kinds, in the order in which they come.
    pub const ALL: [Self; 4] = [Self::Capitals, Self::Punctuation, Self::Digits, Self::Symbols];

    /// What it is called in a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Capitals => "capitals",
            Self::Punctuation => "punctuation",
            Self::Digits => "digits",
            Self::Symbols => "symbols",
        }
    }

    /// Its characters.
    #[must_use]
    pub fn characters(self, vocabulary: &Vocabulary) -> Vec<char> {
        match self {
            Self::Capitals => vocabulary.letters().iter().filter_map(|letter| capital(*letter)).collect(),
            Self::Punctuation => ".,;:!?'\"-()".chars().collect(),
            Self::Digits => ('0'..='9').collect(),
            Self::Symbols => "@#$%&*+=/\\_<>[]{}|~^`".chars().collect(),
        }
    }
}

/// A character, and what practice with it is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// The character.
    pub character: char,
    /// What it is worth.
    pub worth: f64,
}

/// What decides over characters beyond letters.
pub struct Grounds<'a> {
    /// What is known of the learner.
    pub state: &'a State,
    /// The letters.
    pub vocabulary: &'a Vocabulary,
    /// What is needed.
    pub need: &'a Need,
    /// What is asked for.
    pub wishes: &'a Wishes,
    /// The moment.
    pub now: Moment,
}

impl Grounds<'_> {
    /// The kinds that are open. `complete` says that all letters are.
    #[must_use]
    pub fn open(&self, complete: bool) -> Vec<Kind> {
        match self.wishes.beyond {
            Beyond::Never => Vec::new(),
            Beyond::Now => Kind::ALL.to_vec(),
            Beyond::InTime if complete => self.open_in_time(),
            Beyond::InTime => Vec::new(),
        }
    }

    fn open_in_time(&self) -> Vec<Kind> {
        let ready = self.need.text_ms <= self.need.target_ms * NEAR;
        let mut open = Vec::new();
        let mut led_here = true;
        for kind in Kind::ALL {
            let estimates: Vec<Estimate> =
                kind.characters(self.vocabulary).into_iter().map(|c| self.estimate(c)).collect();
            let tries: u32 = estimates.iter().map(|estimate| estimate.tries).sum();
            if !(ready && led_here || tries >= KNOWN) {
                break;
            }
            open.push(kind);
            let tried = estimates.iter().filter(|estimate| estimate.tries > 0);
            let far: f64 = tried.clone().map(|estimate| missing(estimate, self.need.target_ms)).sum();
            let mean = far / tried.count().max(1) as f64;
            led_here = tries >= ENOUGH || tries >= SOME && mean <= WELL;
        }
        open
    }

    /// The characters that may come, with their worth: those of the open kinds, and pinned ones.
    #[must_use]
    pub fn marks(&self, complete: bool) -> Vec<Mark> {
        let open = self.open(complete);
        let all = Kind::ALL.into_iter().flat_map(|kind| {
            let open = open.contains(&kind);
            kind.characters(self.vocabulary).into_iter().map(move |character| (character, open))
        });
        let may = |(character, open): &(char, bool)| {
            !self.wishes.muted.contains(character) && (*open || self.wishes.pinned.contains(character))
        };
        let mark = |(character, _)| {
            let pinned = if self.wishes.pinned.contains(&character) { PINNED } else { 0.0 };
            let common = if matches!(character, '.' | ',') { COMMON } else { 0.0 };
            let far = missing(&self.estimate(character), self.need.target_ms);
            Mark { character, worth: LEAST + far + pinned + common }
        };
        all.filter(may).map(mark).collect()
    }

    fn estimate(&self, character: char) -> Estimate {
        self.need.of_key(self.state, character, self.now)
    }
}

/// The capital of a small letter, where that is one character.
fn capital(letter: char) -> Option<char> {
    let mut upper = letter.to_uppercase();
    let first = upper.next().filter(|c| *c != letter)?;
    upper.next().is_none().then_some(first)
}

/// The words as a text with marks in it, and the marks that it holds, each once.
#[must_use]
pub fn garnish(words: &[&str], marks: &[Mark], generator: &mut Generator) -> (String, Vec<char>) {
    let mut text = String::new();
    let mut used: Vec<char> = Vec::new();
    let mut begins = false;
    for (n, word) in words.iter().enumerate() {
        let first = word.chars().next().and_then(capital);
        let usable = |mark: &&Mark| !mark.character.is_uppercase() || Some(mark.character) == first;
        let fitting: Vec<&Mark> = marks.iter().filter(usable).collect();
        // A sentence that has ended is followed by a capital, where there are capitals.
        let starts = first.filter(|c| begins && marks.iter().any(|mark| mark.character == *c));
        let chosen = (generator.below(100) < SHARE).then(|| draw(&fitting, generator)).flatten();
        let mut dressed = (*word).to_owned();
        for c in starts.into_iter().chain(chosen.filter(|c| Some(*c) != starts)) {
            dressed = dress(&dressed, c, n + 1 == words.len(), generator);
            if !used.contains(&c) {
                used.push(c);
            }
        }
        begins = dressed.ends_with(['.', '!', '?']);
        text.push_str(&dressed);
        if n + 1 < words.len() && !text.ends_with(GLUE) {
            text.push(' ');
        }
    }
    (text, used)
}

/// What joins a word to the next one.
const GLUE: [char; 6] = ['-', '/', '\\', '=', '+', '&'];

/// A mark, drawn by its worth.
fn draw(marks: &[&Mark], generator: &mut Generator) -> Option<char> {
    const UNIT: f64 = 1_000.0;
    let weight = |mark: &Mark| (mark.worth * UNIT) as u64 + 1;
    let mut left = generator.below(marks.iter().map(|mark| weight(mark)).sum());
    for mark in marks {
        match left.checked_sub(weight(mark)) {
            None => return Some(mark.character),
            Some(rest) => left = rest,
        }
    }
    None
}

/// A word with a mark where it usually stands.
fn dress(word: &str, mark: char, last: bool, generator: &mut Generator) -> String {
    let around = |before: char, after: char| format!("{before}{word}{after}");
    let mut number = |digit: Option<char>| {
        let mut digits: Vec<char> =
            (0..generator.below(3)).map(|_| char::from(b'0' + generator.below(10) as u8)).collect();
        digits.insert(generator.below(digits.len() as u64 + 1) as usize, digit.unwrap_or('7'));
        String::from_iter(digits)
    };
    match mark {
        c if c.is_uppercase() => std::iter::once(c).chain(word.chars().skip(1)).collect(),
        c if c.is_ascii_digit() => format!("{word} {}", number(Some(c))),
        '(' | ')' => around('(', ')'),
        '[' | ']' => around('[', ']'),
        '{' | '}' => around('{', '}'),
        '<' | '>' => around('<', '>'),
        '"' | '\'' | '*' | '_' | '`' | '|' | '~' => around(mark, mark),
        '@' | '#' => format!("{mark}{word}"),
        '$' => format!("{word} ${}", number(None)),
        '%' => format!("{word} {}%", number(None)),
        '^' => format!("{word}^2"),
        c if GLUE.contains(&c) && last => format!("{c}{word}"),
        c => format!("{word}{c}"),
    }
}
