//! Issuers, their keys, and how far each is believed. Pure.
//!
//! A signature proves that a key signed; whether that key deserves belief is decided here, from a list of issuers
//! that ships with the program (`keys/`) and that the user extends. An issuer is one TOML file ([`Issuer`]) with
//! one key or several, each with a life of its own ([`KeyTerm`]); the list ([`TrustList`]) judges a key, the date of a
//! badge and the assurance it claims ([`Standing`]).

mod file;
mod issuer;
mod keys;
mod list;
pub mod multikey;
mod name;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use file::IssuerError;
pub use issuer::Issuer;
pub use keys::{KeyTerm, Keys, KeysError, Life, MAX_KEYS};
pub use list::{Added, EMBEDDED, Standing, TrustList, hint};
pub use name::{
    MAX_NAME_GRAPHEMES, NameError, checked_name, displayable, is_displayable, judged, looks_same, slug,
};

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
    pub fn as_str(self) -> &'static str {
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
