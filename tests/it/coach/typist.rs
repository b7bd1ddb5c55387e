//! A typist made of numbers.

use typeproof::lessons::generator::Generator;
use typeproof::typing::key::{Key, Stroke};

/// Types at 250 ms a key, with one slow key and some misses.
pub struct Typist {
    chance: Generator,
    slow: (char, u32),
    missing: u64,
}

impl Typist {
    pub fn new(seed: u64) -> Self {
        Self { chance: Generator::new(seed), slow: (' ', 250), missing: 40 }
    }

    /// Takes so many milliseconds for that key.
    pub fn slow(self, key: char, ms: u32) -> Self {
        Self { slow: (key, ms), ..self }
    }

    /// Misses one key of so many.
    pub fn missing(self, one_of: u64) -> Self {
        Self { missing: one_of, ..self }
    }

    pub fn types(&mut self, text: &str) -> Vec<Stroke> {
        let mut at = 0;
        let mut strokes = Vec::new();
        let mut press = |at, key| strokes.push(Stroke { at, key });
        for (place, c) in text.chars().enumerate() {
            if place > 0 {
                let mean = if c == self.slow.0 { self.slow.1 } else { 250 };
                at += mean - 50 + self.chance.below(100) as u32;
            }
            if self.chance.below(self.missing) == 0 {
                press(at, Key::Char('#'));
                press(at + 120, Key::Backspace);
                at += 300;
            }
            press(at, Key::Char(c));
        }
        strokes
    }
}

/// Strokes written short.
pub fn typed(strokes: &[(u32, &str)]) -> Vec<Stroke> {
    let key = |name: &str| {
        if name == "Backspace" { Key::Backspace } else { Key::Char(name.chars().next().unwrap()) }
    };
    strokes.iter().map(|(at, name)| Stroke { at: *at, key: key(name) }).collect()
}
