//! Quartiles, and intervals by drawing anew.

use typeproof::lessons::generator::Generator;

/// How often a sample is drawn anew.
const DRAWS: usize = 1_000;

/// The value below which that share of the values lies.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * share).round() as usize]
}

/// The median with its 95 % interval, by the bootstrap: the middle 95 % of the medians of samples drawn from the values.
pub fn median_with_interval(values: &[f64]) -> (f64, f64, f64) {
    let mut chance = Generator::new(values.len() as u64);
    let draw = |chance: &mut Generator| values[chance.below(values.len() as u64) as usize];
    let medians: Vec<f64> = (0..DRAWS)
        .map(|_| quantile(&(0..values.len()).map(|_| draw(&mut chance)).collect::<Vec<_>>(), 0.5))
        .collect();
    (quantile(values, 0.5), quantile(&medians, 0.025), quantile(&medians, 0.975))
}
