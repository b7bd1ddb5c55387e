//! The texts of an exam: which are of equal difficulty, and which one a test gets.
//!
//! Passages are chained until a text lasts for the fastest typist. All rooms of an exam choose alike, since the choice
//! follows from the exam's id, the candidate's number and what the candidate has seen.

mod bank;
mod equal;

use std::collections::BTreeSet;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::definition::{Definition, PassagePolicy};
use crate::lessons::amount::{needed_graphemes, needed_words};
use crate::lessons::catalogue::Catalogue;
use crate::lessons::generator::Generator;
use crate::lessons::terms::Origin;
use crate::typing::exercise::{Exercise, ExerciseError, Source};
use crate::typing::rules::{Limit, Rules};
use crate::typing::text::cluster_count;

pub use bank::{Bank, MAX_BANK_BYTES, Text};
pub use equal::{TOLERANCES, Uneven, equal};

/// Why a test cannot have a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextsError {
    /// The candidate has seen too many of the passages.
    #[error(
        "no text of {needed} characters is left that candidate {number} has not seen: {unseen} of {all} passages are; add \
         passages to the bank"
    )]
    UsedUp {
        /// The candidate's number.
        number: String,
        /// Characters that a text needs.
        needed: usize,
        /// Passages that the candidate has not seen.
        unseen: usize,
        /// All passages.
        all: usize,
    },
    /// The text or rules.
    #[error(transparent)]
    Exercise(#[from] ExerciseError),
    /// The list of the warm-up's words.
    #[error("there are no words for a warm-up in {0}; set its seconds to 0")]
    NoWords(&'static str),
}

/// The text of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Ids of its passages, in their order.
    pub passages: Vec<String>,
    /// By what each is known as seen, whatever its id: see [`Text::key`].
    pub keys: Vec<String>,
    /// The exercise.
    pub exercise: Arc<Exercise>,
}

/// Whose test it is.
#[derive(Clone, Copy, Debug)]
pub struct Whose<'a> {
    /// The candidate's number.
    pub number: &'a str,
    /// As which attempt it counts, from 1.
    pub attempt: u32,
    /// Keys of the passages that the candidate was shown in any exam.
    pub seen: &'a BTreeSet<String>,
}

impl Bank {
    /// Chooses the text of a test: one that the candidate was never shown.
    ///
    /// # Errors
    /// [`TextsError::UsedUp`] when none is left; otherwise when a passage cannot be typed.
    pub fn choose(&self, exam: &Definition, whose: Whose<'_>) -> Result<Chosen, TextsError> {
        let Whose { number, attempt, seen } = whose;
        let rules = exam.rules_for(number);
        let needed = needed_graphemes(&rules);
        let seed = seed(exam, (exam.passages.policy == PassagePolicy::Different).then_some(number));
        let is_new = |text: &&Text| !seen.contains(&text.key());
        let mut texts: Vec<&Text> = self.texts().iter().collect();
        Generator::new(seed).shuffle(&mut texts);
        let unseen = texts.iter().filter(|text| is_new(text)).count();
        let chain = match exam.passages.policy {
            PassagePolicy::Same => {
                // Whoever has seen nothing has the text of the attempt; others the first that is new to them.
                let chains = chains(&texts, needed);
                let own = chains.get(attempt.saturating_sub(1) as usize).into_iter();
                let spare = chains.iter().skip(exam.attempts.number as usize);
                own.chain(spare).find(|chain| chain.iter().all(&is_new)).cloned()
            }
            PassagePolicy::Different => {
                texts.retain(&is_new);
                chains(&texts, needed).into_iter().next()
            }
        };
        let used_up =
            || TextsError::UsedUp { number: number.to_owned(), needed, unseen, all: self.texts().len() };
        chosen(&chain.ok_or_else(used_up)?, exam, rules, seed)
    }

    /// How many texts there are that have no passage in common, for tests of a candidate's length.
    #[must_use]
    pub fn count_for(&self, exam: &Definition, number: &str) -> u32 {
        let texts: Vec<&Text> = self.texts().iter().collect();
        let count = chains(&texts, needed_graphemes(&exam.rules_for(number))).len();
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

fn chosen(chain: &[&Text], exam: &Definition, rules: Rules, seed: u64) -> Result<Chosen, TextsError> {
    let passages: Vec<String> = chain.iter().map(|text| text.id.clone()).collect();
    let raw: Vec<&str> = chain.iter().map(|text| text.text.as_str()).collect();
    let source = Source::Passages(passages.clone());
    let exercise = Exercise::new(source, seed, &raw.join("\n"), exam.lookalikes, rules)?;
    Ok(Chosen { passages, keys: chain.iter().map(|text| text.key()).collect(), exercise: Arc::new(exercise) })
}

/// Passages one after another, in chains that each last for a test; what is left over makes none.
fn chains<'a>(texts: &[&'a Text], needed: usize) -> Vec<Vec<&'a Text>> {
    let (mut chains, mut chain, mut reached) = (Vec::new(), Vec::new(), 0);
    for text in texts {
        chain.push(*text);
        // A line break stands between two passages.
        reached += cluster_count(&text.text) + 1;
        if reached > needed {
            chains.push(std::mem::take(&mut chain));
            reached = 0;
        }
    }
    chains
}

/// What chooses the texts: of the whole exam, or of a candidate.
fn seed(exam: &Definition, number: Option<&str>) -> u64 {
    let hash = Sha256::new()
        .chain_update("typeproof exam passages 1\n")
        .chain_update(&exam.id)
        .chain_update("\n")
        .chain_update(number.unwrap_or_default())
        .finalize();
    hash.iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte))
}

/// The text of a candidate's warm-up: common words, so that no passage is spent; nothing where there is none.
///
/// # Errors
/// When there are no words of the language.
pub fn warm_up(
    exam: &Definition,
    number: &str,
    catalogue: &Catalogue,
) -> Result<Option<Exercise>, TextsError> {
    let seconds = exam.warm_up_for(number);
    if seconds == 0 {
        return Ok(None);
    }
    let rules = Rules::practice(Limit::Seconds(seconds));
    let origin = Origin::Own(exam.id.clone());
    let list = catalogue.shelves().word_list(exam.language.common_words(), &origin);
    let list = list.ok_or_else(|| TextsError::NoWords(exam.language.name()))?;
    let (seed, count) = (seed(exam, Some(number)), needed_words(&rules));
    let source = Source::Words { list: list.id.clone(), count };
    Ok(Some(Exercise::new(source, seed, &list.draw(count, seed), exam.lookalikes, rules)?))
}
