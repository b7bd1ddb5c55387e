//! How a test was supervised, and the words for it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How a test was supervised; ordered from the weakest to the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// Signed on the learner's own machine; nobody else observed the test.
    SelfAssessed,
    /// A second party replayed the keystroke log and signed.
    Reviewed,
    /// Typed on the proctor's machine, with the text and the clock there.
    Proctored,
}

impl Assurance {
    /// All of them, weakest first.
    pub const ALL: [Self; 3] = [Self::SelfAssessed, Self::Reviewed, Self::Proctored];

    /// The word used in files and credentials, e.g. `self-assessed`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SelfAssessed => "self-assessed",
            Self::Reviewed => "reviewed",
            Self::Proctored => "proctored",
        }
    }

    /// The assurance a word names, or nothing.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|assurance| assurance.as_str() == word)
    }
}

impl fmt::Display for Assurance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
