//! Which text comes next: the same for all in the same attempt, or others for each, and none twice for a person.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::exam::Definition;
use crate::exam::passages::{Bank, Chosen, Whose, warm_up};
use crate::lessons::catalogue::Catalogue;
use crate::typing::exercise::Exercise;

/// Where the texts of an exam come from.
pub trait Texts: Send {
    /// The text of a test that counts as this attempt, from 1: one that the candidate was never shown.
    ///
    /// # Errors
    /// Why there is none, and what to do.
    fn test(&mut self, number: &str, attempt: u32) -> Result<Chosen, String>;

    /// A text to warm up with; nothing where the candidate has no warm-up.
    ///
    /// # Errors
    /// Why there is none, and what to do.
    fn warm_up(&mut self, number: &str) -> Result<Option<Arc<Exercise>>, String>;
}

/// The bank of an exam.
#[derive(Debug)]
pub struct Shelf {
    exam: Definition,
    bank: Bank,
    catalogue: Catalogue,
    /// Keys of the passages that each candidate was shown.
    seen: BTreeMap<String, BTreeSet<String>>,
}

impl Shelf {
    /// The texts of an exam; `seen` has the keys of what candidates were shown before, in any exam.
    #[must_use]
    pub const fn new(
        exam: Definition,
        bank: Bank,
        catalogue: Catalogue,
        seen: BTreeMap<String, BTreeSet<String>>,
    ) -> Self {
        Self { exam, bank, catalogue, seen }
    }
}

impl Texts for Shelf {
    fn test(&mut self, number: &str, attempt: u32) -> Result<Chosen, String> {
        let seen = self.seen.entry(number.to_owned()).or_default();
        let chosen =
            self.bank.choose(&self.exam, Whose { number, attempt, seen }).map_err(|why| why.to_string())?;
        seen.extend(chosen.keys.iter().cloned());
        Ok(chosen)
    }

    fn warm_up(&mut self, number: &str) -> Result<Option<Arc<Exercise>>, String> {
        let text = warm_up(&self.exam, number, &self.catalogue);
        text.map(|text| text.map(Arc::new)).map_err(|why| why.to_string())
    }
}
