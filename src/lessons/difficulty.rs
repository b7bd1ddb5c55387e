//! How hard a passage is to type, in whole numbers, as its file states it; a test measures it anew, and holds shipped
//! passages to narrow bands, so that tests with different texts are of equal difficulty.

mod measure;

pub use measure::common_pairs;

use serde::{Deserialize, Serialize};

/// Whether a measure is 0, which a file may leave out.
const fn is_none(share: &u32) -> bool {
    *share == 0
}

/// Measures of a text; every share is in basis points, 0..=10000, rounded half up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Difficulty {
    /// Mean length of a word, punctuation included, in hundredths of a character.
    pub word_length_x100: u32,
    /// Capital letters, of all characters.
    pub capitals_bp: u32,
    /// Characters that are neither letters, digits nor white space, of all characters.
    pub punctuation_bp: u32,
    /// Digits, of all characters.
    pub digits_bp: u32,
    /// Adjacent letters that are not among the hundred commonest pairs of the language (capitals folded), of all adjacent
    /// letters. The pairs are counted in the passages of this project.
    pub rare_pairs_bp: u32,
    /// Letters beyond a to z, which have a key of their own or take two keys, of all characters; 0 in English.
    #[serde(default, skip_serializing_if = "is_none")]
    pub special_letters_bp: u32,
}

impl Difficulty {
    /// The measures in the order of their definition.
    #[must_use]
    pub const fn measures(&self) -> [u32; 6] {
        let Self {
            word_length_x100,
            capitals_bp,
            punctuation_bp,
            digits_bp,
            rare_pairs_bp,
            special_letters_bp,
        } = *self;
        [word_length_x100, capitals_bp, punctuation_bp, digits_bp, rare_pairs_bp, special_letters_bp]
    }
}
