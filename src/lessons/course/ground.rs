//! The ground on which a course stands: a layout, and the words and passages of a language.

use std::collections::BTreeSet;

use crate::lessons::language::Language;
use crate::lessons::layout::Layout;
use crate::lessons::letters::{Letters, is_letter};
use crate::lessons::shelves::Shelves;
use crate::lessons::terms::Origin;

/// A layout and a language, and what is there to type in it.
#[derive(Clone, Debug)]
pub struct Ground<'a> {
    /// The layout.
    pub layout: &'a Layout,
    /// The language.
    pub language: Language,
    /// Its words, the commonest first.
    pub words: Vec<&'a str>,
    /// How common its letters are.
    pub letters: Letters,
    shelves: &'a Shelves,
}

impl<'a> Ground<'a> {
    /// A shipped course stands on what is shipped, so that everybody gets the same lessons.
    #[must_use]
    pub fn new(layout: &'a Layout, language: Language, shelves: &'a Shelves) -> Self {
        let lists = language.practice_words().iter();
        let lists = lists.filter_map(|id| shelves.word_list(id, &Origin::Shipped));
        let words: Vec<&str> = lists.flat_map(|list| list.words.iter().map(String::as_str)).collect();
        let letters = Letters::of(words.iter().copied());
        Self { layout, language, words, letters, shelves }
    }

    /// The letters of the language that this layout types, the commonest first.
    #[must_use]
    pub fn alphabet(&self) -> Vec<char> {
        let letters = self.letters.commonest_first();
        letters.into_iter().filter(|c| is_letter(*c) && self.layout.way(*c).is_some()).collect()
    }

    /// Every character that this layout types.
    #[must_use]
    pub fn characters(&self) -> BTreeSet<char> {
        self.layout.characters().collect()
    }

    /// The shipped passages of the language, each as its text, in the order of their ids.
    pub fn passages(&self) -> impl Iterator<Item = &'a str> {
        let mut ids: Vec<&str> = self.shelves.passages_of(&[], self.language, &Origin::Shipped);
        ids.sort_unstable();
        ids.into_iter()
            .filter_map(|id| self.shelves.passage(id, &Origin::Shipped))
            .map(|passage| passage.text.as_str())
    }
}
