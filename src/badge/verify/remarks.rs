//! What is to be said of a test besides its figures, in reasons.

use crate::badge::reasons::Reason;
use crate::typing::attempt::Attempt;
use crate::typing::circumstances::Remark;

/// That an attempt was replayed and bears the figures out, with all that was seen of it besides.
pub(super) fn replayed(attempt: &Attempt) -> Reason {
    let remarks = attempt.circumstances.map(|seen| seen.remarks()).unwrap_or_default();
    let reasons = remarks.into_iter().map(Reason::from).rev();
    match reasons
        .reduce(|others, first| Reason::new("remarks-more").with("first", first).with("others", others))
    {
        Some(remarks) => Reason::new("evidence-remarks").with("remarks", remarks),
        None => Reason::new("evidence-replayed"),
    }
}

impl From<Remark> for Reason {
    fn from(remark: Remark) -> Self {
        let seconds = |ms: i64| ms.unsigned_abs() / 1_000;
        match remark {
            Remark::Together(count) => Self::new("remark-together").with("count", count),
            Remark::Early(count) => Self::new("remark-early").with("count", count),
            Remark::WallClock(ms) => Self::new("remark-wall-clock").with("seconds", seconds(ms)),
            Remark::TestClock(ms) => Self::new("remark-test-clock").with("seconds", seconds(ms)),
        }
    }
}
