//! The goals: what is to be reached, and still there after a day.

use crate::english::English;
use crate::keyboard::{SIZE, index};
use crate::learner::Learner;

/// Letters that are left out of the second goal.
const RARE: [char; 4] = ['j', 'q', 'x', 'z'];
/// *key*: every letter and the commonest pairs at 35 WPM and 95 %.
const KEY_MS: f64 = 12_000.0 / 35.0;
const KEY_ERRORS: f64 = 0.05;
/// *text*: ordinary English at 40 WPM and 96 %.
const TEXT_MS: f64 = 12_000.0 / 40.0;
const TEXT_ERRORS: f64 = 0.04;

/// How many goals there are.
pub const GOALS: usize = 3;
/// Goals in the order of the table.
pub const NAMES: [&str; GOALS] = ["key", "key without j q x z", "text"];

/// Which goals a learner has reached.
pub fn reached(learner: &Learner, english: &English) -> [bool; GOALS] {
    let (ms, errors): (Vec<f64>, Vec<f64>) =
        (0..SIZE * SIZE).map(|pair| learner.expected(pair, true)).unzip();
    let letter = |key: usize| {
        let pairs = (0..SIZE).map(|before| before * SIZE + key);
        let total: f64 = pairs.clone().map(|p| english.share[p]).sum();
        let mean = |of: &[f64]| pairs.clone().map(|p| english.share[p] * of[p]).sum::<f64>() / total;
        mean(&ms) <= KEY_MS && mean(&errors) <= KEY_ERRORS
    };
    let rare = RARE.map(|c| index(c).unwrap_or(0));
    let pairs = english.pairs.iter().all(|p| ms[*p] <= KEY_MS && errors[*p] <= KEY_ERRORS);
    let common = pairs && (1..SIZE).filter(|key| !rare.contains(key)).all(letter);
    let over = |of: &[f64]| english.share.iter().zip(of).map(|(share, x)| share * x).sum::<f64>();
    let text = over(&ms) <= TEXT_MS && over(&errors) <= TEXT_ERRORS;
    [common && rare.into_iter().all(letter), common, text]
}
