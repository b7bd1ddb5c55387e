//! What a claim fills the holes of a template with.

use chrono::{DateTime, SecondsFormat};
use serde_json::{Map, Value, json};

use crate::badge::claim::{Claim, Figures, Final, Gathered, Measured, Noted, Taught};
use crate::badge::figures::{halves, hundredths};

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
        ("assurance", Some(claim.assurance.as_str().to_owned())),
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
    Ok(holes)
}

/// How the name of an attempt file or a record begins.
pub const LOG_URI: &str = "ni:///sha-256-128;";

/// The digest of an attempt file, or of a record's list, as a name (RFC 6920, `sha-256-128`).
pub fn log_uri(digest: &[u8; 16]) -> String {
    format!("{LOG_URI}{}", data_encoding::BASE64URL_NOPAD.encode(digest))
}

/// An instant in seconds since 1970 as a credential writes it (RFC 3339).
///
/// # Errors
/// Where it is no date.
pub(super) fn instant(unix: u64) -> Result<String, TimeError> {
    let time = i64::try_from(unix).ok().and_then(|s| DateTime::from_timestamp(s, 0));
    Ok(time.ok_or(TimeError(unix))?.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// A version 8 UUID (RFC 9562) of the first bytes of a digest, as a URN.
pub fn urn_uuid(digest: &[u8; 32]) -> String {
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = data_encoding::HEXLOWER.encode(&bytes);
    let parts: Vec<&str> =
        [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)].iter().map(|&(a, b)| &hex[a..b]).collect();
    format!("urn:uuid:{}", parts.join("-"))
}
