//! By what keys and pairs are measured.

use crate::desk::Figures;

/// A measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Speed,
    Misses,
    Use,
}

impl Measure {
    /// The one after it.
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Speed => Self::Misses,
            Self::Misses => Self::Use,
            Self::Use => Self::Speed,
        }
    }

    /// What a key or pair has by it; more is slower, missed oftener, typed oftener.
    pub(super) const fn of(self, figures: &Figures) -> u32 {
        match self {
            Self::Speed => figures.ms,
            Self::Misses => figures.missed_bp,
            Self::Use => figures.tries,
        }
    }

    /// What it is called, and what its least and its most mean.
    pub(super) const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Speed => ("speed", "fast", "slow"),
            Self::Misses => ("misses", "never missed", "missed often"),
            Self::Use => ("use", "typed seldom", "typed often"),
        }
    }

    /// A value of it.
    pub(super) fn shown(self, figures: &Figures) -> String {
        match self {
            Self::Speed => format!("{} ms", figures.ms),
            Self::Misses => format!("{} %", (figures.missed_bp + 50) / 100),
            Self::Use => format!("{}×", figures.tries),
        }
    }
}

/// Keys as screens show them: a space is seen.
pub(super) fn shown(keys: &str) -> String {
    let sign = |c| match c {
        ' ' => '␣',
        '\n' => '⏎',
        '\t' => '⇥',
        c => c,
    };
    keys.chars().map(sign).collect()
}
