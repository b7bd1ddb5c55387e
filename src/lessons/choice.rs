//! Which text a test gets: chosen by a seed, long enough for the fastest typist, and for a person never the same passage
//! before all have been seen.

use std::collections::HashSet;

pub use super::amount::{CHARACTERS_PER_SECOND, WORDS_IN_A_TEXT, needed_graphemes, needed_words};
use super::catalogue::Catalogue;
use super::generator::Generator;
use super::level::Level;
use super::own;
use super::terms::TextSource;
use super::words::WordList;
use crate::typing::exercise::{Exercise, ExerciseError, Source};
use crate::typing::rules::Rules;
use crate::typing::text::{Lookalikes, MAX_GRAPHEMES, cluster_count};

/// Characters of the text that a screen shows ahead of the caret: a dozen lines.
const SHOWN_AHEAD: usize = 900;

/// Why a test for a level cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceError {
    /// A passage that the level does not see, or not of its kinds, or twice.
    #[error("passage `{0}` is not one that level `{1}` can use: choose passages of its kinds, each once")]
    Passage(String, String),
    /// No passage of the level's kinds.
    #[error("there is no passage for level `{0}`: add one, or name other kinds in the level")]
    NoPassage(String),
    /// No such word list.
    #[error("there is no word list `{0}`: add a file {0}.txt with a word on each line")]
    NoList(String),
    /// The text or rules.
    #[error(transparent)]
    Exercise(#[from] ExerciseError),
}

/// Chooses from `ids` until `needed` characters are reached (or all are used): least seen first, ties by the seed.
/// `seen` is how often this person has had each; `length` gives a passage's characters, asked only of those chosen.
pub fn chain(
    ids: &[&str],
    seen: &[(String, u32)],
    seed: u64,
    needed: usize,
    length: impl Fn(&str) -> usize,
) -> Vec<String> {
    let mut order = ids.to_vec();
    order.sort_unstable();
    order.dedup();
    Generator::new(seed).shuffle(&mut order);
    let times = |id: &str| seen.iter().filter(|(name, _)| name == id).map(|(_, n)| *n).max().unwrap_or(0);
    order.sort_by_key(|id| times(id));
    let mut reached = 0;
    order
        .into_iter()
        .take_while(|id| {
            let more = reached < needed;
            if more {
                reached += length(id) + 1;
            }
            more
        })
        .map(str::to_owned)
        .collect()
}

/// Chooses a test for a level: the passages by [`chain`], words by the seed, or the level's own text.
///
/// # Errors
/// When there is nothing to choose from, or the text cannot be typed.
pub fn choose(
    level: &Level,
    seed: u64,
    seen: &[(String, u32)],
    catalogue: &Catalogue,
) -> Result<Exercise, ChoiceError> {
    let ids = candidates(level, catalogue);
    let length = |id: &str| length(id, level, catalogue);
    exercise_for(level, &chain(&ids, seen, seed, needed_graphemes(&level.rules), length), seed, catalogue)
}

/// The test of a level with these passages, in this order; `ids` is not looked at where the level has no passages.
///
/// # Errors
/// When the level cannot use a passage, or the text cannot be typed.
pub fn exercise_for(
    level: &Level,
    ids: &[String],
    seed: u64,
    catalogue: &Catalogue,
) -> Result<Exercise, ChoiceError> {
    let (source, text) = match &level.source {
        TextSource::Own(text) => (own_source(level), text.clone()),
        TextSource::Words(id) => {
            let list = catalogue
                .shelves()
                .word_list(id, &level.origin)
                .ok_or_else(|| ChoiceError::NoList(id.clone()))?;
            return drawn(level, id, list, seed);
        }
        TextSource::Passages(_) => (Source::Passages(ids.to_vec()), joined(level, ids, catalogue)?),
    };
    Ok(Exercise::new(source, seed, &text, level.lookalikes, level.rules)?)
}

/// The test of a level with words drawn from `list`, which the level knows as `id`.
fn drawn(level: &Level, id: &str, list: &WordList, seed: u64) -> Result<Exercise, ChoiceError> {
    let count = needed_words(&level.rules);
    let source = Source::Words { list: id.to_owned(), count };
    Ok(Exercise::new(source, seed, &list.draw(count, seed), level.lookalikes, level.rules)?)
}

/// Passages that may have been read by the time the caret stood `at` graphemes into the text: those up to there, and
/// what a screen shows ahead. The rest of a chain has not been seen.
pub fn reached(ids: &[String], at: usize, level: &Level, catalogue: &Catalogue) -> Vec<String> {
    let mut begins = 0;
    let shown = |id: &&String| {
        let seen = begins <= at + SHOWN_AHEAD;
        begins += length(id, level, catalogue) + 1;
        seen
    };
    ids.iter().take_while(shown).cloned().collect()
}

/// A free test of words drawn from a list.
///
/// # Errors
/// When the rules make no sense, or the words are too many.
pub fn free_words(list: &WordList, count: u32, seed: u64, rules: Rules) -> Result<Exercise, ExerciseError> {
    let source = Source::Words { list: list.id.clone(), count };
    // A text of more words is refused; drawing them all first would take memory for nothing.
    let drawn = count.min(MAX_GRAPHEMES as u32 + 1);
    Exercise::new(source, seed, &list.draw(drawn, seed), Lookalikes::Typographic, rules)
}

/// Whether an exercise is one that the level prescribes: same text, from passages, words or text of the level, with the
/// same look-alikes, and long enough. Its rules are not looked at.
pub fn check_source(level: &Level, exercise: &Exercise, catalogue: &Catalogue) -> bool {
    let ids = match &exercise.source {
        Source::Passages(ids) => ids.as_slice(),
        Source::Words { .. } | Source::Lesson(_) | Source::Own(_) | Source::Coach(_) => &[],
    };
    let former = source_of(own::bare(&level.id), level.version);
    let same = |made: Result<Exercise, ChoiceError>| {
        made.is_ok_and(|made| {
            // An attempt that version 0.1.0 took names the level of a user's file without its namespace.
            let source = if exercise.source == former { former.clone() } else { made.source.clone() };
            Exercise { rules: exercise.rules, source, ..made } == *exercise
        })
    };
    let before = match &level.source {
        TextSource::Words(id) => catalogue.shelves().earlier_word_list(id).map(|list| (id, list)),
        _ => None,
    };
    let recognised = same(exercise_for(level, ids, exercise.seed, catalogue))
        || before.is_some_and(|(id, list)| same(drawn(level, id, list, exercise.seed)));
    recognised && long_enough(level, ids, exercise, catalogue)
}

/// How a level's own text is named as a source.
fn own_source(level: &Level) -> Source {
    source_of(&level.id, level.version)
}

fn source_of(id: &str, version: u32) -> Source {
    Source::Own(format!("level {id} version {version}"))
}

/// Passages of the level's kinds.
fn candidates<'a>(level: &Level, catalogue: &'a Catalogue) -> Vec<&'a str> {
    match &level.source {
        TextSource::Passages(kinds) => catalogue.shelves().passages_of(kinds, level.language, &level.origin),
        TextSource::Words(_) | TextSource::Own(_) => Vec::new(),
    }
}

fn length(id: &str, level: &Level, catalogue: &Catalogue) -> usize {
    catalogue.shelves().passage(id, &level.origin).map_or(0, |p| cluster_count(&p.text))
}

/// The passages' texts, each on lines of its own.
fn joined(level: &Level, ids: &[String], catalogue: &Catalogue) -> Result<String, ChoiceError> {
    if ids.is_empty() {
        return Err(ChoiceError::NoPassage(level.id.clone()));
    }
    let candidates: HashSet<&str> = candidates(level, catalogue).into_iter().collect();
    let mut used = HashSet::new();
    let mut texts = Vec::new();
    for id in ids {
        let usable = candidates.contains(id.as_str()) && used.insert(id);
        let passage = catalogue.shelves().passage(id, &level.origin).filter(|_| usable);
        let refused = || ChoiceError::Passage(id.clone(), level.id.clone());
        texts.push(passage.ok_or_else(refused)?.text.as_str());
    }
    Ok(texts.join("\n"))
}

/// Whether a chain of passages is as long as [`chain`] makes it: a shorter one would be an easier test.
fn long_enough(level: &Level, ids: &[String], exercise: &Exercise, catalogue: &Catalogue) -> bool {
    match level.source {
        TextSource::Passages(_) => {
            exercise.text.graphemes().len() + 1 >= needed_graphemes(&level.rules)
                || ids.len() == candidates(level, catalogue).len()
        }
        TextSource::Words(_) | TextSource::Own(_) => true,
    }
}
