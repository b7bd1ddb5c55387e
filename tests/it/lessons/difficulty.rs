//! The bands within which the passages of a language lie.

use typeproof::lessons::difficulty::Difficulty;
use typeproof::lessons::language::Language;

/// The bands within which every shipped passage of a language lies: smallest and largest of each measure, in the order
/// of [`all`].
pub const fn bands(language: Language) -> [[u32; 6]; 2] {
    match language {
        Language::English => [[455, 150, 275, 50, 2_050, 0], [535, 280, 415, 160, 2_700, 0]],
        Language::German => [[485, 440, 235, 50, 1_800, 110], [570, 620, 365, 155, 2_450, 230]],
        Language::French => [[445, 100, 315, 45, 1_850, 175], [500, 245, 490, 160, 2_500, 360]],
        Language::Spanish => [[420, 110, 240, 45, 1_650, 120], [470, 220, 355, 150, 2_250, 275]],
    }
}

/// The measures in the order of their definition.
pub fn all(difficulty: &Difficulty) -> [u32; 6] {
    difficulty.measures()
}

/// Measures a text in a language.
pub fn measure(text: &str, language: Language) -> Difficulty {
    Difficulty::of(text, language)
}
