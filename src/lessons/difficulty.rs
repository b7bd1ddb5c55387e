//! How hard a passage is to type, in whole numbers, as its file states it; a test measures it anew, and holds shipped
//! passages to narrow bands, so that tests with different texts are of equal difficulty.

use serde::{Deserialize, Serialize};

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
    /// Adjacent letters that are not among the hundred commonest pairs (capitals folded), of all adjacent letters.
    pub rare_pairs_bp: u32,
}
