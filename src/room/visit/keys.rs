//! Trying the keys: a sentence with every letter of the language.

use crate::lessons::language::Language;

/// The letters of a sentence, and which of them came.
pub(super) struct Keys {
    sentence: &'static str,
    seen: Vec<char>,
    typed: String,
    /// Whether it was said that letters are missing.
    sure: bool,
}

/// How many characters of what was typed are shown.
const SHOWN: usize = 60;

impl Keys {
    pub(super) const fn of(language: Language) -> Self {
        let sentence = match language {
            Language::English => "The quick brown fox jumps over the lazy dog.",
            Language::German => {
                "Zw\u{f6}lf Boxk\u{e4}mpfer jagen Viktor quer \u{fc}ber den gro\u{df}en Sylter Deich."
            }
            Language::French => "Portez ce vieux whisky au juge blond qui fume.",
            Language::Spanish => {
                "El ping\u{fc}ino Wenceslao hizo kil\u{f3}metros bajo exhaustiva lluvia y fr\u{ed}o; \u{f1}u, gag\u{e1}, saqu\u{e9}."
            }
        };
        Self { sentence, seen: Vec::new(), typed: String::new(), sure: false }
    }

    pub(super) const fn sentence(&self) -> &'static str {
        self.sentence
    }

    /// Takes a character that was typed.
    pub(super) fn saw(&mut self, c: char) {
        self.sure = false;
        if self.typed.chars().count() >= SHOWN {
            self.typed.remove(0);
        }
        self.typed.push(c);
        let small = c.to_lowercase().next().unwrap_or(c);
        if self.wanted().any(|wanted| wanted == small) && !self.seen.contains(&small) {
            self.seen.push(small);
        }
    }

    /// What was typed last.
    pub(super) fn typed(&self) -> &str {
        &self.typed
    }

    fn wanted(&self) -> impl Iterator<Item = char> {
        self.sentence.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase)
    }

    /// The letters that did not come, each once, in their order.
    pub(super) fn missing(&self) -> String {
        let mut missing: Vec<char> = self.wanted().filter(|c| !self.seen.contains(c)).collect();
        missing.sort_unstable();
        missing.dedup();
        missing.into_iter().collect()
    }

    /// Whether somebody who was told of missing letters goes on all the same; the first time they are told.
    pub(super) fn is_sure(&mut self) -> bool {
        std::mem::replace(&mut self.sure, true)
    }
}
