//! Which passages are of equal measured difficulty.

use super::bank::{Bank, Text};
use crate::lessons::difficulty::Difficulty;
use crate::lessons::language::Language;

/// How far each measure of a passage may lie from the middle of all, in the order of [`Difficulty::measures`]: two thirds of the
/// widest band that holds the shipped passages of a language, so that these are equal by this measure too.
pub const TOLERANCES: [u32; 6] = [57, 120, 117, 73, 433, 123];

/// What each measure is called.
const NAMES: [&str; 6] = [
    "length of its words",
    "capital letters",
    "punctuation",
    "digits",
    "rare pairs of letters",
    "letters beyond a to z",
];

/// A passage that is harder or easier than the others.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "passage {id} differs from the others in {what} ({found} where {middle} is the middle); leave it out, or change it"
)]
pub struct Uneven {
    /// The passage.
    pub id: String,
    /// In which measure.
    pub what: &'static str,
    /// Its measure: see [`Difficulty`].
    pub found: u32,
    /// That of the passage in the middle.
    pub middle: u32,
}

/// The passages of a bank that are of equal difficulty, and why others are left out.
#[must_use]
pub fn equal(bank: &Bank, language: Language) -> (Bank, Vec<Uneven>) {
    let measured: Vec<(&Text, [u32; 6])> =
        bank.texts().iter().map(|text| (text, Difficulty::of(&text.text, language).measures())).collect();
    let middle: Vec<u32> = (0..NAMES.len())
        .map(|i| {
            let mut all: Vec<u32> = measured.iter().filter_map(|(_, m)| m.get(i).copied()).collect();
            all.sort_unstable();
            all.get(all.len() / 2).copied().unwrap_or(0)
        })
        .collect();
    let (mut kept, mut uneven) = (Vec::new(), Vec::new());
    for (text, measures) in measured {
        let compared = NAMES.iter().zip(measures).zip(&middle).zip(TOLERANCES);
        let odd = compared.clone().find(|(((_, found), middle), most)| found.abs_diff(**middle) > *most);
        match odd {
            Some((((what, found), middle), _)) => {
                uneven.push(Uneven { id: text.id.clone(), what, found, middle: *middle });
            }
            None => kept.push(text.clone()),
        }
    }
    (Bank::of(kept), uneven)
}
