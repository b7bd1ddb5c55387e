//! The weights of the model, fitted to some people and not to others: least squares by the normal equations.

use typeproof::typing::plausibility::Weights;
use typeproof::typing::plausibility::traits::{Pair, Trait};

/// The traits and a constant.
const SIZE: usize = Trait::COUNT + 1;

/// As the model's: logarithms less the median are kept between these.
const KEPT: (f64, f64) = (-0.7, 1.1);

/// Sums that the normal equations are made of. They add up over people.
#[derive(Clone)]
pub struct Sums {
    products: [[f64; SIZE]; SIZE],
    times: [f64; SIZE],
}

impl Sums {
    /// Nobody's.
    pub const NONE: Self = Self { products: [[0.0; SIZE]; SIZE], times: [0.0; SIZE] };

    /// Those of one person.
    pub fn of(pairs: &[Pair]) -> Self {
        let usable: Vec<&Pair> = pairs.iter().filter(|pair| (1..5_000).contains(&pair.ms)).collect();
        let mut sorted: Vec<u32> = usable.iter().map(|pair| pair.ms).collect();
        sorted.sort_unstable();
        let median = f64::from(sorted.get(sorted.len() / 2).copied().unwrap_or(1)).ln();
        let mut sums = Self::NONE;
        for pair in usable {
            let time = (f64::from(pair.ms).ln() - median).clamp(KEPT.0, KEPT.1);
            let has = |number: usize| number == Trait::COUNT || pair.has(number);
            for i in (0..SIZE).filter(|i| has(*i)) {
                sums.times[i] += time;
                for j in (0..SIZE).filter(|j| has(*j)) {
                    sums.products[i][j] += 1.0;
                }
            }
        }
        sums
    }

    /// Adds somebody's, or takes them away.
    pub fn add(&mut self, other: &Self, sign: f64) {
        for i in 0..SIZE {
            self.times[i] += sign * other.times[i];
            for j in 0..SIZE {
                self.products[i][j] += sign * other.products[i][j];
            }
        }
    }

    /// The weights in thousandths, by Gaussian elimination.
    pub fn solve(&self) -> Weights {
        // One row for each unknown: its coefficients, and the sum that they make.
        let mut rows: Vec<Vec<f64>> = self.products.iter().map(|row| row.to_vec()).collect();
        for (i, (row, time)) in rows.iter_mut().zip(self.times).enumerate() {
            // A trait that nobody shows has no weight.
            row[i] += 1e-6;
            row.push(time);
        }
        for i in 0..SIZE {
            let pivot = rows[i].clone();
            for row in rows.iter_mut().skip(i + 1) {
                let times = row[i] / pivot[i];
                subtract(row, times, &pivot);
            }
        }
        let mut values = [0.0; SIZE];
        for i in (0..SIZE).rev() {
            let known: f64 = rows[i].iter().zip(values).skip(i + 1).map(|(a, value)| a * value).sum();
            values[i] = (rows[i][SIZE] - known) / rows[i][i];
        }
        let mut weights = [0; Trait::COUNT];
        for (weight, value) in weights.iter_mut().zip(values) {
            *weight = (value * 1_000.0).round() as i32;
        }
        Weights(weights)
    }
}

fn subtract(row: &mut [f64], times: f64, other: &[f64]) {
    for (value, other) in row.iter_mut().zip(other) {
        *value -= times * other;
    }
}
