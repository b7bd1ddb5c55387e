//! The figures: how far times follow the text and, within words, the letters; and how they are spread within words.
//!
//! Floating point is used within, and whole thousandths come out; nothing of it is signed.

use super::traits::{Pair, Weights};
use super::verdict::{
    Figures, LEAST_LETTERS_PERMILLE, LEAST_TEXT_PERMILLE, LEAST_WORDS_PERMILLE, LOW_TEXT_PERMILLE, Oddity,
};

/// Logarithms of times less their median are kept between these, so that a pause of minutes counts as a long one, and a key
/// that came with the one before as a short one: a half and three times the median.
const KEPT: (f64, f64) = (-0.7, 1.1);

/// For the skewness, times longer than so many medians count as that many.
const LONGEST_MEDIANS: f64 = 4.0;

/// What the correlation within words counts against the skewness. It is the ratio of Fisher's linear discriminant for people
/// against normal times with pauses between words: (0.36 / 0.0088) / (2.07 / 0.117), differences of means by mean variances
/// at 300 keys.
const CORRELATION_TO_SKEWNESS: f64 = 2.3;

/// Measures pairs, of which there is at least one, and one within words.
pub(super) fn figures(pairs: &[Pair], weights: &Weights) -> Figures {
    let within: Vec<Pair> = pairs.iter().filter(|pair| pair.in_word).copied().collect();
    let (median_ms, text) = follows(pairs, weights);
    let (median_within_ms, letters) = follows(&within, weights);
    let words = skewness(&within, median_within_ms) + CORRELATION_TO_SKEWNESS * letters;
    Figures {
        pairs: pairs.len() as u32,
        pairs_in_words: within.len() as u32,
        median_ms: median_ms.round() as u32,
        text_permille: (text * 1_000.0).round() as i32,
        letters_permille: (letters * 1_000.0).round() as i32,
        words_permille: (words * 1_000.0).round() as i32,
    }
}

/// What is unusual in figures.
pub(super) fn oddities(figures: &Figures) -> impl Iterator<Item = Oddity> {
    let Figures { text_permille: text, letters_permille: letters, words_permille: words, .. } = *figures;
    let without_letters = (LEAST_TEXT_PERMILLE..LOW_TEXT_PERMILLE).contains(&text);
    let letters = (without_letters && letters < LEAST_LETTERS_PERMILLE).then_some(Oddity::Letters(letters));
    let text = (text < LEAST_TEXT_PERMILLE).then_some(Oddity::Text(text));
    let words = (words < LEAST_WORDS_PERMILLE).then_some(Oddity::Words(words));
    [text, letters, words].into_iter().flatten()
}

/// A time of which a logarithm can be taken: keys that came in the same millisecond are one apart.
fn time(pair: &Pair) -> f64 {
    f64::from(pair.ms.max(1))
}

/// The median time, and the correlation of the times with what is expected.
fn follows(pairs: &[Pair], weights: &Weights) -> (f64, f64) {
    let logarithms: Vec<f64> = pairs.iter().map(|pair| time(pair).ln()).collect();
    let middle = median(&logarithms);
    let kept: Vec<f64> = logarithms.iter().map(|ln| (ln - middle).clamp(KEPT.0, KEPT.1)).collect();
    let expected: Vec<f64> = pairs.iter().map(|pair| f64::from(pair.expected_permille(weights))).collect();
    (middle.exp(), correlation(&kept, &expected))
}

/// The median, 0 of nothing.
pub(super) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |i: usize| sorted.get(i).copied().unwrap_or(0.0);
    (at(sorted.len() / 2) + at(sorted.len().saturating_sub(1) / 2)) / 2.0
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len().max(1) as f64;
    values.sum::<f64>() / count
}

/// Pearson's correlation; 0 where either does not vary.
pub(super) fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (mean_a, mean_b) = (mean(a.iter().copied()), mean(b.iter().copied()));
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        let (a, b) = (a - mean_a, b - mean_b);
        aa += a * a;
        bb += b * b;
        ab += a * b;
    }
    let of = ab / (aa * bb).sqrt();
    if of.is_finite() { of } else { 0.0 }
}

/// The skewness of times: the mean third power of what they differ from their mean, in standard deviations; 0 where they do
/// not vary.
fn skewness(pairs: &[Pair], median_ms: f64) -> f64 {
    let times: Vec<f64> = pairs.iter().map(|pair| (time(pair) / median_ms).min(LONGEST_MEDIANS)).collect();
    let middle = mean(times.iter().copied());
    let moment = |power: i32| mean(times.iter().map(|time| (time - middle).powi(power)));
    let of = moment(3) / moment(2).sqrt().powi(3);
    if of.is_finite() { of } else { 0.0 }
}
