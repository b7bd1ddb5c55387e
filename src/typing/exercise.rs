//! One thing to type: where its text came from, the text, the rules; reproducible from source and seed.

use serde::{Deserialize, Serialize};

use super::rules::{Rules, RulesError};
use super::text::{Layout, Lookalikes, Text, TextError};

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
    /// A lesson of a course: generated from the seed for a layout and a language.
    Lesson(LessonRef),
    /// A file or standard input: not reproducible, the text itself is kept.
    Own(String),
    /// Chosen by the coach, by the name of what was practised: it follows from what was typed before, so the text itself is
    /// kept.
    Coach(String),
}

/// Which lesson a text is of, and for which layout and language it was made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonRef {
    /// The course's id.
    pub course: String,
    /// The course's version, from 1.
    pub version: u32,
    /// The lesson's id within the course.
    pub lesson: String,
    /// The keyboard layout's id.
    pub layout: String,
    /// The language's code, such as `en`.
    pub language: String,
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
    /// What was kept of the white space of the raw text.
    pub layout: Layout,
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
    /// Makes an exercise of raw text, with its white space folded.
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
        Self::laid_out(source, seed, raw, (lookalikes, Layout::Folded), rules)
    }

    /// Whether Tab is a key of its text.
    #[must_use]
    pub fn asks_for_tabs(&self) -> bool {
        self.layout != Layout::Automatic && self.text.has_tabs()
    }

    /// Makes an exercise of raw text, with as much of its white space as the layout keeps.
    ///
    /// # Errors
    /// As for [`Self::new`].
    pub fn laid_out(
        source: Source,
        seed: u64,
        raw: &str,
        (lookalikes, layout): (Lookalikes, Layout),
        rules: Rules,
    ) -> Result<Self, ExerciseError> {
        rules.check()?;
        let text = Text::laid_out(raw, lookalikes, layout)?;
        Ok(Self { source, seed, lookalikes, layout, text, rules })
    }
}
