//! The result of a test as one JSON object. Figures are numbers with two decimals, made from whole hundredths.

use serde_json::{Value, json};

use super::print::hundredths;
use crate::desk::Finished;
use crate::typing::insight;
use crate::typing::log::End;
use crate::typing::score::{METRICS, Score};
use crate::typing::session::{Phase, Session};

/// The object; its members are documented in `src/typing/README.md`.
pub(super) fn json(finished: &Finished) -> Value {
    let score = &finished.score;
    let missing = |short: &Vec<_>| short.iter().map(ToString::to_string).collect::<Vec<_>>();
    let verdict = finished.verdict.as_ref();
    json!({
        "metrics": METRICS,
        "id": finished.id,
        "level": finished.attempt.level.as_ref().map(|level| &level.id),
        "passed": verdict.map(|v| v.is_ok()),
        "missing": verdict.and_then(|v| v.as_ref().err()).map(missing),
        "layout": finished.attempt.keyboard.as_ref().map(|keyboard| &keyboard.layout),
        "hidden": finished.attempt.circumstances.map(|seen| seen.hidden.names()).unwrap_or_default(),
        "ended": ended(&finished.session),
        "seconds": f64::from(score.counts.duration_ms) / 1_000.0,
        "net_wpm": hundredths(score.net_wpm_x100),
        "gross_wpm": hundredths(score.gross_wpm_x100),
        "raw_wpm": hundredths(score.raw_wpm_x100),
        "accuracy_percent": hundredths(score.accuracy_bp),
        "consistency_percent": hundredths(score.consistency_bp),
        "errors": f64::from(score.counts.errors_x2) / 2.0,
        "counts": counts(score),
        "rates": rates(score),
        "elsewhere": elsewhere(&finished.session, score),
    })
}

fn ended(session: &Session) -> &'static str {
    match session.phase() {
        Phase::Ended(End::Completed) => "completed",
        Phase::Ended(End::TimeUp) => "time-up",
        _ => "gave-up",
    }
}

fn counts(score: &Score) -> Value {
    let c = &score.counts;
    json!({
        "correct": c.correct,
        "incorrect_left": c.incorrect_left,
        "incorrect_fixed": c.incorrect_fixed,
        "fixes": c.fixes,
        "typed": c.typed,
        "right": c.right,
        "standing": c.standing,
        "presented": c.presented,
    })
}

fn rates(score: &Score) -> Value {
    let c = &score.counts;
    json!({
        "corrected_error_percent": hundredths(c.corrected_error_bp()),
        "uncorrected_error_percent": hundredths(c.uncorrected_error_bp()),
        "total_error_percent": hundredths(c.total_error_bp()),
        "msd_error_percent": hundredths(c.msd_error_bp()),
        "kspc": hundredths(c.kspc_x100()),
    })
}

fn elsewhere(session: &Session, score: &Score) -> Value {
    let e = insight::elsewhere(session, score);
    json!({
        "classical_gross_wpm": hundredths(e.classical_gross_wpm_x100),
        "classical_net_wpm": hundredths(e.classical_net_wpm_x100),
        "final_gross_wpm": hundredths(e.final_gross_wpm_x100),
        "final_net_wpm": hundredths(e.final_net_wpm_x100),
        "monkeytype_wpm": hundredths(e.monkeytype_wpm_x100),
        "monkeytype_raw": hundredths(e.monkeytype_raw_x100),
        "monkeytype_accuracy_percent": hundredths(e.monkeytype_accuracy_bp),
        "monkeytype_consistency_percent": hundredths(e.monkeytype_consistency_bp),
    })
}
