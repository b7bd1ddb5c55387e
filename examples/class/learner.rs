//! Learners who are not people: three families that differ in what practice changes.

use typeproof::lessons::generator::Generator;
use typeproof::typing::key::{Key, Stroke};

use crate::keyboard::{SIZE, character, confusable, index, offset};

/// What practice changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Each key by a power law; pairs only by their position.
    Keys,
    /// A short phase for each key, then a memory for each pair, with little transfer.
    Pairs,
    /// A fast and a slow state for each key and pair; forgetting, fatigue, interference.
    Scales,
}

/// How many sets of parameters there are: those the coach was tried on first; a flatter power law, more transfer and
/// slower states; four times as quick; less than half as quick.
pub const VARIANTS: u64 = 4;

/// Every family.
pub const FAMILIES: [Family; 3] = [Family::Keys, Family::Pairs, Family::Scales];

impl Family {
    /// Its name in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Keys => "Power law per key",
            Self::Pairs => "Memories of pairs",
            Self::Scales => "Two time scales",
        }
    }
}

/// What a learner is like.
#[derive(Clone, Debug)]
struct Traits {
    /// Time of a fully practised key, ms.
    floor_ms: f64,
    /// How much longer an unpractised key takes, as a multiple of the floor.
    start: f64,
    /// Exponent of the power law.
    exponent: f64,
    /// Tries that a novice brings along.
    early: f64,
    /// Tries of a pair until its memory is 63 % there.
    pair_tries: f64,
    /// What the missing memory of a pair costs, as a multiple of the floor.
    pair_cost: f64,
    /// What one try of a key is worth to each of its pairs.
    transfer: f64,
    /// Gain of the slow and the fast state at a try.
    slow_gain: f64,
    fast_gain: f64,
    /// Hours until the fast state is 63 % gone.
    fast_hours: f64,
    /// What a day takes from the skill.
    night: f64,
    /// Errors of a novice and of a master, as shares.
    errors: (f64, f64),
    /// What an hour adds to times and errors, as a share.
    fatigue: f64,
    /// What a try takes from the fast state of a key that is taken for it.
    interference: f64,
}

/// A learner, with all that was practised so far.
#[derive(Clone, Debug)]
pub struct Learner {
    family: Family,
    traits: Traits,
    chance: Generator,
    hard: Vec<f64>,
    offset: Vec<f64>,
    key_tries: Vec<f64>,
    pair_tries: Vec<f64>,
    slow: Vec<f64>,
    fast: Vec<f64>,
    touched: Vec<f64>,
    tired: f64,
    now: f64,
}

/// A number from 0 to 1.
pub fn uniform(chance: &mut Generator) -> f64 {
    (chance.next() >> 11) as f64 / (1_u64 << 53) as f64
}

fn normal(chance: &mut Generator) -> f64 {
    let (a, b) = (uniform(chance).max(1e-12), uniform(chance));
    (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
}

impl Learner {
    /// The learner of that number in a family; `variant` is below [`VARIANTS`].
    pub fn new(family: Family, number: u64, variant: u64) -> Self {
        let mut chance = Generator::new(number.wrapping_mul(7_919).wrapping_add(family as u64 * 104_729));
        let mut between = |low: f64, high: f64| low + (high - low) * uniform(&mut chance);
        let wide = if variant == 1 { 1.0 } else { 0.0 };
        let pace = [1.0, 1.0, 4.0, 0.4][variant as usize];
        let traits = Traits {
            floor_ms: between(110.0, 150.0),
            start: between(6.0, 12.0),
            exponent: between(0.38, 0.52) - 0.05 * wide,
            early: between(3.0, 9.0) / pace,
            pair_tries: between(40.0, 120.0) * (1.0 - 0.4 * wide) / pace,
            pair_cost: between(2.0, 3.2),
            transfer: between(0.0, 0.06) + 0.06 * wide,
            slow_gain: between(0.003, 0.007) * (1.0 - 0.4 * wide) * pace,
            fast_gain: between(0.01, 0.03) * pace,
            fast_hours: between(1.0, 6.0),
            night: between(0.01, 0.04),
            errors: (between(0.12, 0.25), between(0.008, 0.022)),
            fatigue: between(0.05, 0.25),
            interference: between(0.0, 0.01) * (1.0 + wide),
        };
        let hard = (0..SIZE).map(|_| (0.15 * normal(&mut chance)).exp()).collect();
        let offset = (0..SIZE * SIZE)
            .map(|i| offset(i / SIZE, i % SIZE) * (0.06 * normal(&mut chance)).exp())
            .collect();
        let none = vec![0.0; SIZE * SIZE + SIZE];
        Self {
            family,
            traits,
            chance,
            hard,
            offset,
            key_tries: vec![0.0; SIZE],
            pair_tries: vec![0.0; SIZE * SIZE],
            slow: none.clone(),
            fast: none.clone(),
            touched: none,
            tired: 0.0,
            now: 0.0,
        }
    }

    /// What is still missing of a key and a pair: 1 for a novice, 0 for a master.
    fn missing(&self, pair: usize, after_a_day: bool) -> f64 {
        let t = &self.traits;
        let key = pair % SIZE;
        let power = |n: f64| (1.0 + n / t.early).powf(-t.exponent);
        let night = if after_a_day { t.night } else { 0.0 };
        match self.family {
            Family::Keys => power(self.key_tries[key]) * self.hard[key] * (1.0 + night),
            Family::Pairs => {
                let memory = self.pair_tries[pair] + t.transfer * self.key_tries[key];
                let early = (1.0 + self.key_tries[key] / t.early).powf(-0.8) * self.hard[key];
                early + t.pair_cost / t.start * (-(memory / t.pair_tries)).exp() * (1.0 + night)
            }
            Family::Scales => {
                let skill = |i: usize| {
                    let idle = (self.now - self.touched[i]) * 24.0 + if after_a_day { 24.0 } else { 0.0 };
                    let fast = self.fast[i] * (-idle / t.fast_hours).exp();
                    let slow = self.slow[i] * (1.0 - night);
                    (fast + slow).min(1.0)
                };
                let both = 0.5 * skill(SIZE * SIZE + key) + 0.5 * skill(pair);
                (1.0 - both).powf(1.5) * self.hard[key].sqrt()
            }
        }
    }

    /// Expected milliseconds of a pair's second key when rested, and share of errors; after a day without practice where
    /// asked.
    pub fn expected(&self, pair: usize, after_a_day: bool) -> (f64, f64) {
        self.expected_of(pair, self.missing(pair, after_a_day))
    }

    fn expected_of(&self, pair: usize, missing: f64) -> (f64, f64) {
        let t = &self.traits;
        let (novice, master) = t.errors;
        let ms = t.floor_ms * self.offset[pair] * (1.0 + t.start * missing);
        (ms, master + (novice - master) * missing.min(1.0))
    }

    fn practise(&mut self, pair: usize) {
        let key = pair % SIZE;
        self.key_tries[key] += 1.0;
        self.pair_tries[pair] += 1.0;
        if self.family != Family::Scales {
            return;
        }
        let (slow_gain, fast_gain) = (self.traits.slow_gain, self.traits.fast_gain);
        let fresh = 1.0 / (1.0 + self.tired * self.traits.fatigue);
        for i in [SIZE * SIZE + key, pair] {
            let idle = (self.now - self.touched[i]) * 24.0;
            self.fast[i] *= (-idle / self.traits.fast_hours).exp();
            self.touched[i] = self.now;
            let room = (1.0 - self.slow[i] - self.fast[i]).max(0.0);
            self.fast[i] += fast_gain * room * fresh;
            self.slow[i] += slow_gain * (1.0 - self.slow[i]) * fresh;
        }
        for other in confusable(key) {
            self.fast[SIZE * SIZE + other] *= 1.0 - self.traits.interference;
        }
    }

    /// Goes home until the day `day`.
    pub fn rest(&mut self, day: f64) {
        if self.family == Family::Scales {
            let night = self.traits.night * (day.floor() - self.now.floor()).max(0.0);
            self.slow.iter_mut().for_each(|s| *s *= 1.0 - 0.3 * night);
        }
        self.tired = 0.0;
        self.now = day;
    }

    /// Types a text from now on.
    pub fn types(&mut self, text: &str) -> Vec<Stroke> {
        let mut strokes: Vec<Stroke> = Vec::with_capacity(text.len() * 5 / 4);
        let (mut before, mut at) = (0, 0.0);
        for c in text.chars() {
            let key = index(c).expect("the class types letters and spaces");
            let pair = before * SIZE + key;
            let slower = 1.0 + self.traits.fatigue * self.tired;
            let missing = self.missing(pair, false);
            let (mean, errors) = self.expected_of(pair, missing);
            let mean = mean * slower;
            let spread = 0.2 + 0.2 * missing.min(1.0);
            let mut press = |at: &mut f64, chance: &mut Generator, mean: f64, key: Key| {
                if !strokes.is_empty() {
                    *at += mean * (spread * normal(chance) - spread * spread / 2.0).exp();
                }
                strokes.push(Stroke { at: *at as u32, key });
            };
            if uniform(&mut self.chance) < errors * slower {
                let wrong = wrong_key(key, &mut self.chance);
                press(&mut at, &mut self.chance, mean, Key::Char(wrong));
                press(&mut at, &mut self.chance, 250.0 + mean / 2.0, Key::Backspace);
            }
            press(&mut at, &mut self.chance, mean, Key::Char(c));
            self.practise(pair);
            before = key;
        }
        let hours = at / 3_600_000.0;
        self.now += hours / 24.0;
        self.tired += hours;
        strokes
    }
}

/// A wrong key: a neighbour or the same finger of the other hand in most cases.
fn wrong_key(key: usize, chance: &mut Generator) -> char {
    let near = confusable(key);
    if near.is_empty() || uniform(chance) > 0.75 {
        return character((key + 1 + chance.below(25) as usize) % SIZE);
    }
    character(near[chance.below(near.len() as u64) as usize])
}
