//! Programs that type: the keys of a person, at that person's mean speed, with times of another making.

use std::f64::consts::TAU;

use typeproof::typing::plausibility::samples::{Part, Unit};
use typeproof::typing::plausibility::{Weights, traits::Pair};

/// Random numbers (SplitMix64), so that every run gives the same.
pub struct Die(pub u64);

impl Die {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Even between 0 and 1.
    pub fn even(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Normal, with mean 0 and deviation 1 (Box and Muller).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.even().max(1e-300).ln()).sqrt();
        radius * (TAU * self.even()).cos()
    }

    /// Exponential, with mean 1.
    pub fn exponential(&mut self) -> f64 {
        -self.even().max(1e-300).ln()
    }

    fn shuffle<T>(&mut self, values: &mut [T]) {
        for i in (1..values.len()).rev() {
            let other = (self.even() * (i + 1) as f64) as usize;
            values.swap(i, other.min(i));
        }
    }
}

/// How times come about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bot {
    /// As they were.
    Human,
    /// As they were, by a clock with steps of so many tenths of a millisecond, and 1 ms of delay.
    Clock(u32),
    /// As they were, multiplied by so many hundredths.
    Scaled(u32),
    /// All the same, 0.4 ms.
    Paste,
    /// All the same.
    Constant,
    /// Even, plus or minus so many percent.
    Uniform(u32),
    /// Normal, with a deviation of so many percent.
    Gaussian(u32),
    /// The least, and an exponential rest.
    Exponential,
    /// Log-normal, with the person's own middle and spread.
    LogNormal,
    /// The person's own, in another order.
    Shuffled,
    /// Another person's, in their order.
    OtherText,
    /// Normal, with a deviation of 30 %, and an exponential pause after spaces and marks, of so many percent on average.
    WordPauses(u32),
    /// Log-normal, with the same pauses.
    LogNormalWordPauses(u32),
    /// Normal, and longer by what the model expects: this one has learned how people type.
    Learned,
}

/// The times between the keys of a unit, part by part: those before a first key are no times.
pub fn intervals(unit: &Unit) -> Vec<Vec<f64>> {
    let between = |part: &Part| {
        part.presses.windows(2).map(|pair| (pair[1].at_ms - pair[0].at_ms).clamp(0, 60_000) as f64).collect()
    };
    unit.parts.iter().map(between).collect()
}

/// The unit with the times of a bot; `other` is what another person typed.
pub fn typed(bot: Bot, unit: &Unit, other: &Unit, weights: &Weights, die: &mut Die) -> Unit {
    let own = intervals(unit);
    let all: Vec<f64> = own.iter().flatten().copied().collect();
    let usual: Vec<f64> = all.iter().map(|ms| ms.clamp(1.0, 5_000.0)).collect();
    let mean = usual.iter().sum::<f64>() / usual.len() as f64;
    let (middle, spread) = logarithms(&usual);
    let mut sorted = usual.clone();
    sorted.sort_by(f64::total_cmp);
    let least = sorted[sorted.len() / 20];
    let mut pool = match bot {
        Bot::OtherText => intervals(other).into_iter().flatten().collect(),
        _ => all,
    };
    if bot == Bot::Shuffled {
        die.shuffle(&mut pool);
    }
    let mut pool = pool.iter().cycle();
    let mut typed = unit.clone();
    for (part, own) in typed.parts.iter_mut().zip(&own) {
        let mut at = die.even() * 20.0;
        let mut at_exact = vec![at];
        for (i, own_ms) in own.iter().enumerate() {
            let pause = |die: &mut Die, percent: u32| match part.presses[i].key {
                k if is_boundary(k) => die.exponential() * mean * f64::from(percent) / 100.0,
                _ => 0.0,
            };
            let ms = match bot {
                Bot::Human | Bot::Clock(_) => *own_ms,
                Bot::Scaled(percent) => own_ms * f64::from(percent) / 100.0,
                Bot::Paste => 0.4,
                Bot::Constant => mean + die.normal(),
                Bot::Uniform(percent) => mean * (1.0 + (2.0 * die.even() - 1.0) * f64::from(percent) / 100.0),
                Bot::Gaussian(percent) => mean * (1.0 + die.normal() * f64::from(percent) / 100.0),
                Bot::Exponential => least + die.exponential() * (mean - least).max(1.0),
                Bot::LogNormal => (middle + spread * die.normal()).exp(),
                Bot::Shuffled | Bot::OtherText => pool.next().copied().unwrap_or(mean),
                Bot::WordPauses(percent) => mean * (1.0 + 0.3 * die.normal()) + pause(die, percent),
                Bot::LogNormalWordPauses(percent) => {
                    (middle + spread * die.normal()).exp() + pause(die, percent)
                }
                Bot::Learned => {
                    let before = i.checked_sub(1).map(|i| part.presses[i].key);
                    let pair = Pair::of(before, part.presses[i].key, part.presses[i + 1].key, 0);
                    let longer =
                        pair.map_or(0.0, |pair| f64::from(pair.expected_permille(weights)) / 1_000.0);
                    (middle + longer + 0.8 * spread * die.normal()).exp()
                }
            };
            at += ms.max(0.0);
            at_exact.push(at);
        }
        for (press, at) in part.presses.iter_mut().zip(at_exact) {
            press.at_ms = match bot {
                Bot::Human => press.at_ms,
                Bot::Clock(tenths) => {
                    let step = f64::from(tenths) / 10.0;
                    ((at / step).ceil() * step + die.exponential()).round() as i64
                }
                _ => at.round() as i64,
            };
        }
    }
    typed
}

fn is_boundary(key: typeproof::typing::plausibility::keys::Pressed) -> bool {
    use typeproof::typing::plausibility::keys::Pressed;
    matches!(key, Pressed::Char(c) if !c.is_alphanumeric())
}

/// The mean logarithm and its deviation.
fn logarithms(times: &[f64]) -> (f64, f64) {
    let count = times.len() as f64;
    let mean = times.iter().map(|ms| ms.ln()).sum::<f64>() / count;
    let variance = times.iter().map(|ms| (ms.ln() - mean).powi(2)).sum::<f64>() / count;
    (mean, variance.sqrt())
}
