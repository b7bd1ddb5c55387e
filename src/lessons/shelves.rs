//! What levels refer to: passages, rule files and word lists, the program's own and the user's.
//!
//! A shipped level sees shipped ones only, since a person who checks its badge has no others; a level of the user sees both,
//! the user's first.

use super::embedded;
use super::folder::Folder;
use super::language::Language;
use super::layout::{self, Layout};
use super::passage::Passage;
use super::rule_set::RuleSet;
use super::terms::Origin;
use super::words::WordList;

static EXAMS: Folder<RuleSet, { embedded::EXAMS.len() }> =
    Folder::new(embedded::EXAMS, |reading| RuleSet::read(reading, Origin::Shipped));

static PASSAGES: Folder<Passage, { embedded::PASSAGES.len() }> =
    Folder::new(embedded::PASSAGES, |reading| Passage::read(reading, Origin::Shipped));

static WORDS: Folder<WordList, { embedded::WORDS.len() }> =
    Folder::new(embedded::WORDS, |reading| WordList::read(reading, Origin::Shipped));

/// The kind of the passages for beginners: short words and sentences. Who asks for it names it.
pub const EASY: &str = "easy";

static LAYOUTS: Folder<Layout, { embedded::LAYOUTS.len() }> =
    Folder::new(embedded::LAYOUTS, |reading| layout::file::read(reading, Origin::Shipped));

/// The shipped layout of this name, such as `us` or `qwerty`. Reads no other, where it is the name of a file.
pub fn shipped_layout(name: &str) -> Option<&'static Layout> {
    LAYOUTS.get(name).or_else(|| shipped_layouts().find(|layout| layout.is_called(name)))
}

/// The shipped layouts, in the order in which they are offered.
pub fn shipped_layouts() -> impl Iterator<Item = &'static Layout> {
    LAYOUTS.all()
}

/// What is known of a passage before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its id.
    pub id: &'a str,
    /// What kind of text it is.
    pub kind: &'a str,
    /// The language it is in.
    pub language: Language,
}

/// Passages, rule files, word lists and keyboard layouts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelves {
    pub(super) passages: Vec<Passage>,
    pub(super) exams: Vec<RuleSet>,
    pub(super) words: Vec<WordList>,
    pub(super) layouts: Vec<Layout>,
}

impl Shelves {
    /// What is shipped, and nothing else; reads no file yet.
    pub const fn embedded() -> Self {
        Self { passages: Vec::new(), exams: Vec::new(), words: Vec::new(), layouts: Vec::new() }
    }

    /// The rule files, the user's first.
    pub fn exams(&self) -> impl Iterator<Item = &RuleSet> {
        self.exams.iter().chain(EXAMS.all())
    }

    /// A rule file as a level of `origin` sees it.
    pub fn exam(&self, id: &str, origin: &Origin) -> Option<&RuleSet> {
        visible(&self.exams, origin).iter().find(|exam| exam.id == id).or_else(|| EXAMS.get(id))
    }

    /// A word list as a level of `origin` sees it; for a free test, that of the user.
    pub fn word_list(&self, id: &str, origin: &Origin) -> Option<&WordList> {
        visible(&self.words, origin).iter().find(|list| list.id == id).or_else(|| WORDS.get(id))
    }

    /// The shipped list that had this id before it changed.
    pub fn earlier_word_list(&self, id: &str) -> Option<&'static WordList> {
        let (_, before) = embedded::EARLIER_WORDS.iter().find(|(now, _)| *now == id)?;
        WORDS.get(before)
    }

    /// The keyboard layouts: the shipped ones, then the user's.
    pub fn layouts(&self) -> impl Iterator<Item = &Layout> {
        LAYOUTS.all().chain(&self.layouts)
    }

    /// The passages in a language that a level of `origin` sees. Reads none of the shipped ones.
    pub fn passages_in<'a>(&'a self, language: Language, origin: &Origin) -> Vec<Entry<'a>> {
        let own = visible(&self.passages, origin);
        let free = |(id, _): &&embedded::File| !own.iter().any(|p| p.id == *id);
        own.iter()
            .map(|p| Entry { id: &p.id, kind: &p.kind, language: p.language })
            .chain(embedded::PASSAGES.iter().filter(free).map(|(id, _)| shipped_entry(id)))
            .filter(|entry| entry.language == language)
            .collect()
    }

    /// Ids of the passages of these kinds, of every kind but [`EASY`] when none is named, in a language, that a level of `origin`
    /// sees.
    pub fn passages_of<'a>(&'a self, kinds: &[String], language: Language, origin: &Origin) -> Vec<&'a str> {
        let named = |kind: &str| kinds.iter().any(|named| named == kind);
        let fits = |entry: &Entry<'_>| if kinds.is_empty() { entry.kind != EASY } else { named(entry.kind) };
        self.passages_in(language, origin).into_iter().filter(fits).map(|entry| entry.id).collect()
    }

    /// Whether the user has a passage of this id.
    pub fn is_own_passage(&self, id: &str) -> bool {
        self.passages.iter().any(|passage| passage.id == id)
    }

    /// A passage as a level of `origin` sees it.
    pub fn passage(&self, id: &str, origin: &Origin) -> Option<&Passage> {
        visible(&self.passages, origin).iter().find(|p| p.id == id).or_else(|| PASSAGES.get(id))
    }
}

/// A shipped passage by its id: the language if that is not English, the kind, a number.
fn shipped_entry(id: &'static str) -> Entry<'static> {
    let bare = Language::bare(id);
    let kind = bare.rsplit_once('-').map_or(bare, |(kind, _)| kind);
    Entry { id, kind, language: Language::of_id(id) }
}

/// What a level of `origin` sees of the user's things.
fn visible<'a, T>(own: &'a [T], origin: &Origin) -> &'a [T] {
    match origin {
        Origin::Shipped => &[],
        Origin::Own(_) | Origin::Former(_) => own,
    }
}
