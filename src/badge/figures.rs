//! The figures of a badge, and what figures no test gives.

use crate::badge::reasons::Reason;
use crate::lessons::terms::Thresholds;
use crate::typing::rules::{Clock, ErrorShare, ErrorUnit, Limit, Penalty, Rules, ShareOf, Unit};
use crate::typing::score::{self, Counts, Score};

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

    /// The code of what no test gives, whatever its rules.
    pub(super) fn contradiction(&self) -> Option<&'static str> {
        let typed = self.standing.checked_add(self.incorrect_fixed);
        let judged = self.correct.checked_add(self.incorrect_left);
        let wrong = [
            (self.gross_x100 < self.net_x100, "figures-net"),
            (typed.is_none() || judged.is_none(), "figures-sums"),
            (typed < Some(self.right), "figures-right"),
            (judged < Some(self.standing), "figures-neither"),
            (self.consistency_bp > 10_000, "figures-consistency"),
        ];
        wrong.into_iter().find_map(|(bad, what)| bad.then_some(what))
    }

    /// Characters typed, erased ones included.
    pub const fn typed(&self) -> u32 {
        self.standing.saturating_add(self.incorrect_fixed)
    }

    /// Basis points of insertions right when typed.
    pub fn accuracy_bp(&self) -> u32 {
        score::share_bp(self.right, self.typed())
    }

    /// What no test under these rules gives. `least` is the fewest characters, right and wrong ones, of a test that ended
    /// with its text before its time was up.
    pub(super) fn impossible(&self, rules: &Rules, least: u32) -> Option<Reason> {
        let gross = score::gross_in_unit(self.standing, rules, self.duration_ms);
        let net = match rules.penalty {
            // How many characters those words have, no count says: any net speed up to gross may be.
            Penalty::WrongWords => self.net_x100,
            _ => Score::from_counts(&self.counts(), rules).net_in_unit(rules),
        };
        let errors = match rules.error_unit {
            ErrorUnit::Character => self.incorrect_left.saturating_mul(2),
            ErrorUnit::Word | ErrorUnit::FullHalf => self.errors_x2,
        };
        self.mistimed(rules.limit, least)
            .or_else(|| other("evidence-figure-gross", hundredths(self.gross_x100), hundredths(gross)))
            .or_else(|| other("evidence-figure-net", hundredths(self.net_x100), hundredths(net)))
            .or_else(|| other("evidence-figure-errors", halves(self.errors_x2), halves(errors)))
    }

    /// What no test gives whose rules are not known, but their unit: more speed than the characters have in their time.
    pub(super) fn too_fast(&self, unit: Unit) -> Option<Reason> {
        let rules = Rules { unit, clock: Clock::StartSignal, ..Rules::practice(Limit::Text) };
        let most = score::gross_in_unit(self.standing, &rules, self.duration_ms);
        let gross = self.gross_x100;
        self.mistimed(Limit::Text, 1).or_else(|| {
            if gross > most {
                other("evidence-figure-gross", hundredths(gross), hundredths(most))
            } else {
                None
            }
        })
    }

    /// What is wrong with the time of a test of this limit.
    pub(super) fn mistimed(&self, limit: Limit, least: u32) -> Option<Reason> {
        let limit_ms = match limit {
            Limit::Seconds(s) => s.saturating_mul(1_000),
            Limit::Text => self.duration_ms,
        };
        let timed = |code| {
            let (limit, taken) = (seconds(limit_ms), seconds(self.duration_ms));
            Some(Reason::new(code).with("limit", limit).with("taken", taken))
        };
        let whole = self.correct.saturating_add(self.incorrect_left) >= least;
        match () {
            () if self.duration_ms == 0 => Some(Reason::new("figures-no-time")),
            () if self.duration_ms > limit_ms => timed("figures-long"),
            () if self.duration_ms < limit_ms && !whole => timed("figures-short"),
            () => None,
        }
    }

    /// Whether they reach what a level asks, as far as they say: how much was presented they do not.
    pub(super) fn reach(&self, rules: &Rules, pass: &Thresholds) -> bool {
        let most = u64::from(self.correct) + u64::from(self.incorrect_left);
        let share = |cap: ErrorShare| match cap.of {
            ShareOf::Characters => u64::from(self.errors_x2) * 5_000 <= u64::from(cap.bp) * most,
            ShareOf::Words => true,
        };
        self.net_x100 >= pass.speed.0
            && pass.accuracy.is_none_or(|accuracy| self.accuracy_bp() >= accuracy.0)
            && rules.max_errors.is_none_or(|most| u64::from(self.errors_x2) <= u64::from(most) * 2)
            && rules.max_error_share.is_none_or(share)
    }

    fn counts(&self) -> Counts {
        Counts {
            correct: self.correct,
            incorrect_left: self.incorrect_left,
            incorrect_fixed: self.incorrect_fixed,
            fixes: self.fixes,
            typed: self.typed(),
            right: self.right,
            standing: self.standing,
            errors_x2: self.errors_x2,
            duration_ms: self.duration_ms,
            ..Counts::default()
        }
    }
}

/// What a figure is stated as and is not, if those differ.
pub(super) fn other(figure: &'static str, stated: String, found: String) -> Option<Reason> {
    let differs = stated != found;
    let reason = || Reason::new("figures-other").with("figure", Reason::new(figure));
    differs.then(|| reason().with("stated", stated).with("found", found))
}

/// Hundredths with two decimals: 6420 is `64.20`.
pub fn hundredths(n: u32) -> String {
    format!("{}.{:02}", n / 100, n % 100)
}

/// Halves: 5 is `2.5`, 4 is `2`.
pub fn halves(n: u32) -> String {
    let half = if n % 2 == 1 { ".5" } else { "" };
    format!("{}{half}", n / 2)
}

/// Milliseconds as seconds without needless zeros: 800 is `0.8`.
pub fn seconds(ms: u32) -> String {
    let text = format!("{}.{:03}", ms / 1_000, ms % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
