//! The generator that chooses texts: SplitMix64, written out here and frozen, since a seed in an attempt file must
//! mean the same text for ever.
//!
//! Source: Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014), with the mixing
//! constants of Stafford's variant 13. Its purpose is variety, not secrecy.

/// A stream of numbers that follows from a seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generator(u64);

impl Generator {
    /// The stream of `seed`.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, each equally likely; 0 when `bound` is 0. The high half of a product, with the biased
    /// part of the range drawn again (Lemire, "Fast Random Integer Generation in an Interval", 2019).
    pub const fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        let biased = bound.wrapping_neg() % bound;
        loop {
            let product = (self.next() as u128) * (bound as u128);
            if product as u64 >= biased {
                return (product >> 64) as u64;
            }
        }
    }

    /// Puts `items` into an order that follows from the stream (Fisher and Yates, from the end).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as u64 + 1) as usize);
        }
    }
}
