//! What a claim fills the holes of a template with.

use chrono::{DateTime, SecondsFormat};
use serde_json::{Map, Value, json};

use crate::badge::claim::{
    Claim, Figures, Final, Gathered, Measured, Noted, Proctoring, Review, Supervision, Taught,
};
use crate::badge::figures::{halves, hundredths};
pub use crate::badge::uris::{LOG_URI, PASSAGE_URI, log_uri, passage_uri, urn_uuid, urn_uuid_of};

/// A time outside of what dates can say, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} seconds since 1970 is no date that a credential can hold")]
pub struct TimeError(pub u64);

/// The texts of the figures, by the names of the template's `{claim. }` holes.
pub fn figure_holes(f: &Figures) -> Value {
    json!({
        "net": hundredths(f.net_x100),
        "gross": hundredths(f.gross_x100),
        "accuracy": hundredths(f.accuracy_bp()),
        "errors": halves(f.errors_x2),
        "consistency": hundredths(f.consistency_bp),
        "correct": f.correct.to_string(),
        "incorrect_left": f.incorrect_left.to_string(),
        "incorrect_fixed": f.incorrect_fixed.to_string(),
        "fixes": f.fixes.to_string(),
        "typed": f.typed().to_string(),
        "right": f.right.to_string(),
        "standing": f.standing.to_string(),
        "duration_ms": f.duration_ms.to_string(),
    })
}

/// The texts of what was noted, by the names of the template's `{claim. }` holes; none of what there is nothing to say.
pub fn noted_holes(noted: &Noted) -> Map<String, Value> {
    let all = [("together", noted.together), ("early", noted.early), ("wall_clock_s", noted.wall_clock_s)];
    let said = all.into_iter().filter(|(_, number)| *number > 0);
    said.map(|(name, number)| (name.to_owned(), json!(number.to_string()))).collect()
}

/// The texts of what many exercises came to, by the names of the template's `{claim. }` holes.
pub fn gathered_holes(g: &Gathered) -> Value {
    let mut holes = json!({
        "hours": hundredths(g.hours_x100()),
        "practised_s": g.practised_s.to_string(),
        "days": g.days.to_string(),
        "exercises": g.exercises.to_string(),
        "span_s": g.span_s.to_string(),
    });
    if g.remarked > 0 {
        holes["remarked"] = json!(g.remarked.to_string());
    }
    holes
}

/// The texts of a course, by the names of the template's `{claim. }` holes.
pub fn course_holes(gathered: &Gathered, ended: &Final, taught: &Taught) -> Value {
    let mut holes = gathered_holes(gathered);
    let own = [
        ("final-net", hundredths(ended.net_x100)),
        ("final-gross", hundredths(ended.gross_x100)),
        ("final-accuracy", hundredths(ended.accuracy_bp)),
        ("lessons", gathered.exercises.to_string()),
        ("ground", taught.to_string()),
    ];
    own.into_iter().for_each(|(name, text)| holes[name] = json!(text));
    holes
}

/// The texts of what was measured, by the names of the template's `{claim. }` holes.
pub fn measured_holes(measured: &Measured) -> Value {
    match measured {
        Measured::Test { figures, noted } => {
            let mut holes = figure_holes(figures);
            noted_holes(noted).into_iter().for_each(|(name, text)| holes[name] = text);
            holes
        }
        Measured::Practice(gathered) => gathered_holes(gathered),
        Measured::Course { gathered, ended, taught } => course_holes(gathered, ended, taught),
    }
}

/// What a claim fills the `{claim. }` holes of its template with; `digest` is that of its bytes, and a badge of it is valid
/// for so many `days` unless it says otherwise.
///
/// # Errors
/// Where a time of it is no date.
pub(super) fn claim_holes(claim: &Claim, digest: &[u8; 32], days: u32) -> Result<Value, TimeError> {
    let days = u64::from(claim.valid_days.unwrap_or(days));
    let mut holes = measured_holes(&claim.measured);
    let own = [
        ("id", Some(urn_uuid(digest))),
        ("assurance", Some(claim.supervision.assurance().as_str().to_owned())),
        ("start", Some(instant(claim.start_unix)?)),
        ("end", Some(instant(claim.end_unix())?)),
        ("valid_from", Some(instant(claim.issued_unix())?)),
        ("valid_until", Some(instant(claim.issued_unix() + days * 86_400)?)),
        ("log", Some(log_uri(&claim.log))),
        ("name", claim.name.as_ref().map(|n| n.as_str().to_owned())),
        ("email", claim.email.map(|e| e.text())),
        ("salt", claim.email.map(|e| e.salt_text())),
        ("exam", claim.exam.clone()),
        ("attempt", claim.attempt.map(|n| n.to_string())),
        ("status", claim.status.map(|n| n.to_string())),
    ];
    for (name, text) in own {
        if let Some(text) = text {
            holes[name] = json!(text);
        }
    }
    supervision_holes(&claim.supervision).into_iter().for_each(|(name, text)| holes[name] = json!(text));
    Ok(holes)
}

/// The texts of who supervised, by the names of the template's `{claim. }` holes; none where nobody is named.
pub fn supervision_holes(supervision: &Supervision) -> Vec<(&'static str, String)> {
    match supervision {
        Supervision::Reviewed(Some(review)) => review_holes(review),
        Supervision::Proctored(Some(proctoring)) => proctoring_holes(proctoring),
        _ => Vec::new(),
    }
}

fn review_holes(review: &Review) -> Vec<(&'static str, String)> {
    let note = review.note.as_ref().map_or_else(String::new, |note| format!(" Note: {}", note.as_str()));
    let mut holes = vec![
        ("reviewer", review.reviewer.as_str().to_owned()),
        ("review_note", note),
        ("reviewed_badge", urn_uuid_of(review.badge)),
    ];
    holes.extend(review.title.as_ref().map(|title| ("reviewer_title", title.as_str().to_owned())));
    holes
}

fn proctoring_holes(p: &Proctoring) -> Vec<(&'static str, String)> {
    let identity = match &p.identity {
        Some(how) => format!("Identity checked: {}", how.as_str()),
        None => "Identity was not checked".to_owned(),
    };
    let mut holes = vec![
        ("proctor", p.proctor.as_str().to_owned()),
        ("presence", p.presence.words().to_owned()),
        ("identity", identity),
        ("sat", p.exam.clone()),
        ("sat_title", p.exam_title.as_str().to_owned()),
        ("sitting", p.attempt.to_string()),
        ("sittings", p.attempts.to_string()),
        ("counts", p.counts.words().to_owned()),
        ("passage", passage_uri(&p.passage)),
        ("journal", log_uri(&p.journal)),
    ];
    holes.extend(p.title.as_ref().map(|title| ("proctor_title", title.as_str().to_owned())));
    holes
}

/// An instant in seconds since 1970 as a credential writes it (RFC 3339).
///
/// # Errors
/// Where it is no date.
pub(super) fn instant(unix: u64) -> Result<String, TimeError> {
    let time = i64::try_from(unix).ok().and_then(|s| DateTime::from_timestamp(s, 0));
    Ok(time.ok_or(TimeError(unix))?.to_rfc3339_opts(SecondsFormat::Secs, true))
}
