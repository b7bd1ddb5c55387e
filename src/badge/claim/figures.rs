//! The figures of a passed test, as a badge states them.

use crate::typing::rules::Rules;
use crate::typing::score::{self, Score};

/// The figures of a passed test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Hundredths of the level's unit.
    pub net_x100: u32,
    /// Hundredths of the level's unit, not below net.
    pub gross_x100: u32,
    /// Characters that stand.
    pub standing: u32,
    /// C.
    pub correct: u32,
    /// INF.
    pub incorrect_left: u32,
    /// IF.
    pub incorrect_fixed: u32,
    /// F.
    pub fixes: u32,
    /// Characters right when typed.
    pub right: u32,
    /// Uncorrected errors in the rules' unit, in halves.
    pub errors_x2: u32,
    /// Basis points.
    pub consistency_bp: u32,
    /// Milliseconds.
    pub duration_ms: u32,
}

impl Figures {
    /// The figures of a score under the level's rules.
    pub fn of(score: &Score, rules: &Rules) -> Self {
        let c = &score.counts;
        Self {
            net_x100: score.net_in_unit(rules),
            gross_x100: score::gross_in_unit(c.standing, rules, c.duration_ms),
            standing: c.standing,
            correct: c.correct,
            incorrect_left: c.incorrect_left,
            incorrect_fixed: c.incorrect_fixed,
            fixes: c.fixes,
            right: c.right,
            errors_x2: c.errors_x2,
            consistency_bp: score.consistency_bp,
            duration_ms: c.duration_ms,
        }
    }

    /// Characters typed, erased ones included.
    pub const fn typed(&self) -> u32 {
        self.standing.saturating_add(self.incorrect_fixed)
    }

    /// Basis points of insertions right when typed.
    pub fn accuracy_bp(&self) -> u32 {
        score::share_bp(self.right, self.typed())
    }
}
