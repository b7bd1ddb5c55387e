//! One thing to type: where its text came from, the text, the rules; reproducible from source and seed.

use serde::{Deserialize, Serialize};

use super::rules::{Rules, RulesError};
use super::text::{Lookalikes, Text, TextError};

/// Where a text came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Source {
    /// Shipped or own passages, by id, in the order in which they were chained.
    Passages(Vec<String>),
    /// Words drawn from a list by the seed.
    Words {
        /// The list's id.
        list: String,
        /// How many words.
        count: u32,
    },
    /// A file or standard input: not reproducible, the text itself is kept.
    Own(String),
}

/// One thing to type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exercise {
    /// Where the text came from.
    pub source: Source,
    /// The seed that chose it.
    pub seed: u64,
    /// Which keys may stand for others.
    pub lookalikes: Lookalikes,
    /// The text.
    pub text: Text,
    /// The rules.
    pub rules: Rules,
}

/// Why an exercise cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExerciseError {
    /// The text.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The rules.
    #[error(transparent)]
    Rules(#[from] RulesError),
}

impl Exercise {
    /// Makes an exercise of raw text.
    ///
    /// # Errors
    /// When the text or the rules cannot be used.
    pub fn new(
        source: Source,
        seed: u64,
        raw: &str,
        lookalikes: Lookalikes,
        rules: Rules,
    ) -> Result<Self, ExerciseError> {
        rules.check()?;
        Ok(Self { source, seed, lookalikes, text: Text::new(raw, lookalikes)?, rules })
    }
}
