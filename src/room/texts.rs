//! Which text comes next: the same for all in the same attempt, or others for each, and none twice for a person.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::exam::Definition;
use crate::exam::definition::{PassagePolicy, PassageSource};
use crate::lessons::catalogue::Catalogue;
use crate::lessons::choice::{chain, needed_graphemes, needed_words};
use crate::lessons::terms::Origin;
use crate::typing::exercise::{Exercise, Source};
use crate::typing::rules::{Limit, Rules};
use crate::typing::text::cluster_count;

/// A text that was chosen.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// What is typed.
    pub exercise: Arc<Exercise>,
    /// The passages, in their order.
    pub passages: Vec<String>,
    /// What chose them.
    pub seed: u64,
}

/// Where the texts of an exam come from.
pub trait Texts: Send {
    /// The text of a test: the run counts every test that was begun.
    ///
    /// # Errors
    /// Why there is none, and what to do.
    fn test(&mut self, number: &str, run: u32, rules: Rules) -> Result<Chosen, String>;

    /// A text to warm up with, for so many seconds.
    ///
    /// # Errors
    /// Why there is none, and what to do.
    fn warm_up(&mut self, number: &str, seconds: u32) -> Result<Arc<Exercise>, String>;
}

/// Passages from a catalogue.
#[derive(Debug)]
pub struct Shelf {
    exam: Definition,
    catalogue: Catalogue,
    seed: u64,
    /// What each candidate was shown.
    seen: BTreeMap<String, Vec<(String, u32)>>,
}

impl Shelf {
    /// The texts of an exam, chosen by a seed; `seen` is what candidates were shown before.
    #[must_use]
    pub fn new(
        exam: Definition,
        catalogue: Catalogue,
        seed: u64,
        seen: BTreeMap<String, Vec<String>>,
    ) -> Self {
        let once = |ids: Vec<String>| ids.into_iter().map(|id| (id, 1)).collect();
        let seen = seen.into_iter().map(|(number, ids)| (number, once(ids))).collect();
        Self { exam, catalogue, seed, seen }
    }

    fn ids(&self) -> Vec<&str> {
        let kinds = match &self.exam.passages.source {
            PassageSource::Shipped(kinds) => kinds.as_slice(),
            PassageSource::Bank(_) => &[],
        };
        self.catalogue.shelves().passages_of(kinds, self.exam.language, &Origin::Shipped)
    }

    fn text(&self, id: &str) -> &str {
        self.catalogue.shelves().passage(id, &Origin::Shipped).map_or("", |passage| passage.text.as_str())
    }
}

impl Texts for Shelf {
    fn test(&mut self, number: &str, run: u32, rules: Rules) -> Result<Chosen, String> {
        let mixed = match self.exam.passages.policy {
            PassagePolicy::Same => 0,
            PassagePolicy::Different => {
                number.bytes().fold(1, |all: u64, byte| all.wrapping_mul(31).wrapping_add(byte.into()))
            }
        };
        let seed =
            self.seed.wrapping_add(u64::from(run)).wrapping_add(mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let seen = self.seen.get(number).map_or(&[][..], Vec::as_slice);
        let length = |id: &str| cluster_count(self.text(id));
        let passages = chain(&self.ids(), seen, seed, needed_graphemes(&rules), length);
        if passages.is_empty() {
            return Err("the exam has no passage in its language; name other kinds in its file".to_owned());
        }
        let text = passages.iter().map(|id| self.text(id)).collect::<Vec<_>>().join("\n");
        let source = Source::Passages(passages.clone());
        let exercise =
            Exercise::new(source, seed, &text, self.exam.lookalikes, rules).map_err(|why| why.to_string())?;
        let seen = self.seen.entry(number.to_owned()).or_default();
        seen.extend(passages.iter().map(|id| (id.clone(), 1)));
        Ok(Chosen { exercise: Arc::new(exercise), passages, seed })
    }

    fn warm_up(&mut self, _number: &str, seconds: u32) -> Result<Arc<Exercise>, String> {
        let rules = Rules { limit: Limit::Seconds(seconds), ..self.exam.rules };
        let id = self.exam.language.common_words();
        let list =
            self.catalogue.shelves().word_list(id, &Origin::Shipped).ok_or("there is no list of words")?;
        let count = needed_words(&rules);
        let source = Source::Words { list: id.to_owned(), count };
        let text = list.draw(count, self.seed);
        let exercise = Exercise::new(source, self.seed, &text, self.exam.lookalikes, rules);
        exercise.map(Arc::new).map_err(|why| why.to_string())
    }
}
