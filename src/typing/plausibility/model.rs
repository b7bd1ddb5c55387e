//! How long people take: the one model there is, of English on the US layout.
//!
//! # Where the weights come from
//!
//! A least-squares fit of the logarithm of the time before a key, less the typist's median and kept between −0.7 and 1.1,
//! to the thirteen traits. The times are of 1,164 people who copied 15 sentences each: "Observations on Typing from 136
//! Million Keystrokes" (Dhakal, Feit, Kristensson, Oulasvirta, CHI 2018, doi 10.1145/3173574.3174220). They are rounded to
//! thousandths. Only these thirteen numbers come from there. The traits themselves are
//! in [`traits`](super::traits).

use super::traits::Weights;
use super::verdict::{NotAssessed, Written};

/// How long people take for keys in one language on one layout.
#[derive(Debug)]
pub struct Model {
    /// The layouts, by id, that have the letters in the same places.
    pub layouts: &'static [&'static str],
    /// The language's code.
    pub language: &'static str,
    /// What each trait adds to a time.
    pub weights: Weights,
}

/// The model of English.
static ENGLISH: Model = Model {
    layouts: &["us", "uk"],
    language: "en",
    weights: Weights([292, 276, 244, -128, 854, 375, 481, 110, 241, -160, 100, -103, -149]),
};

impl Model {
    /// The model for what was typed.
    ///
    /// # Errors
    /// When there is none for the layout or the language, or the language is not known.
    pub fn find(written: Written<'_>) -> Result<&'static Self, NotAssessed> {
        let model = &ENGLISH;
        if let Some(layout) = written.layout.filter(|layout| !model.layouts.contains(layout)) {
            return Err(NotAssessed::Layout(layout.to_owned()));
        }
        match written.language {
            None => Err(NotAssessed::LanguageUnknown),
            Some(language) if language != model.language => Err(NotAssessed::Language(language.to_owned())),
            Some(_) => Ok(model),
        }
    }
}
