//! The record of many attempts: whether it is the one that a badge names, and what its attempts come to when each is
//! replayed.

use serde_json::Value;

use super::summary;
use super::time::instant;
use crate::badge::claim::Gathered;
use crate::badge::holes::{LOG_URI, log_uri};
use crate::badge::reasons::Reason;
use crate::lessons::practice::{NoPractice, Practice, ended_unix_ms};
use crate::typing::attempt::{self, Attempt};
use crate::typing::record::{Record, is_record};

/// The record, and the evidence of the badge that names it; `form` is the code of the reason where it is no record.
///
/// # Errors
/// Where it is none, is another than the badge names, or its files are not those of its list.
pub(super) fn named<'a, 'b>(
    credential: &'a Value,
    bytes: &'b [u8],
    form: &'static str,
) -> Result<(Record<'b>, &'a Value), Reason> {
    let items: Vec<&Value> = summary::list(credential.get("evidence")).collect();
    let id = |item: &Value| item.get("id").and_then(Value::as_str).map(str::to_owned);
    if !items.iter().filter_map(|item| id(item)).any(|id| id.starts_with(LOG_URI)) {
        return Err(Reason::new("evidence-no-log"));
    }
    if !is_record(bytes) {
        return Err(Reason::new(form));
    }
    let broken = |why: String| Reason::new("evidence-broken").with("why", why);
    let record = Record::from_bytes(bytes).map_err(|e| broken(e.to_string()))?;
    let name = record.name();
    let mut half = [0; 16];
    half.copy_from_slice(&name[..16]);
    let wanted = Some(log_uri(&half));
    // The order does not say which of several it is: RDF has no order.
    let log = items.into_iter().find(|item| id(item) == wanted);
    let log = log.ok_or_else(|| Reason::new("evidence-other-log"))?;
    whole(&record)?;
    Ok((record, log))
}

/// Whether each file is the one of its digest, and none is there twice.
fn whole(record: &Record<'_>) -> Result<(), Reason> {
    let at = |code, place: usize| Reason::new(code).with("number", place + 1);
    for (place, (digest, file)) in record.digests.iter().zip(&record.files).enumerate() {
        if attempt::digest(file) != *digest {
            return Err(at("record-digest", place));
        }
    }
    let mut seen = std::collections::BTreeMap::new();
    for (place, digest) in record.digests.iter().enumerate() {
        if let Some(first) = seen.insert(digest, place) {
            return Err(at("record-twice", place).with("first", first + 1));
        }
    }
    Ok(())
}

/// The attempts of a record.
///
/// # Errors
/// Where one cannot be read.
pub(super) fn attempts(record: &Record<'_>) -> Result<Vec<Attempt>, Reason> {
    let read = |(place, file): (usize, &&[u8])| {
        Attempt::from_bytes(file).map_err(|why| {
            Reason::new("record-attempt").with("number", place + 1).with("why", why.to_string())
        })
    };
    record.files.iter().enumerate().map(read).collect()
}

/// What attempts come to together, each replayed; none may have been taken after the badge was signed.
///
/// # Errors
/// Where one does not count.
pub(super) fn practised(attempts: &[Attempt], credential: &Value) -> Result<Practice, Reason> {
    let signed = instant(credential, "validFrom").map(|signed| signed.timestamp_millis());
    let mut practice = Practice::default();
    for (place, attempt) in attempts.iter().enumerate() {
        let at = |code| Reason::new(code).with("number", place + 1);
        if signed.is_some_and(|signed| ended_unix_ms(attempt) > signed) {
            return Err(at("record-late"));
        }
        practice.add(attempt).map_err(|why| match why {
            NoPractice::Overlaps => at("record-overlap"),
            NoPractice::Altered(_) => at("record-attempt").with("why", why.to_string()),
            NoPractice::Untyped(_) | NoPractice::Nothing => {
                at("record-no-practice").with("why", why.to_string())
            }
        })?;
    }
    Ok(practice)
}

/// Whether start and end are those of the record.
///
/// # Errors
/// Where they are not.
pub(super) fn same_time(credential: &Value, start_unix: u64, found: &Gathered) -> Result<(), Reason> {
    let subject = summary::subject(credential);
    let time = |name| instant(subject, name).and_then(|t| u64::try_from(t.timestamp()).ok());
    let end = start_unix.saturating_add(found.span_s.into());
    match (time("activityStartDate"), time("activityEndDate")) == (Some(start_unix), Some(end)) {
        true => Ok(()),
        false => Err(Reason::new("evidence-time")),
    }
}

/// That every log was replayed and all numbers follow, and what else was seen of them.
pub(super) fn followed(found: &Gathered) -> Reason {
    let replayed = Reason::new("record-followed").with("count", found.exercises);
    match found.remarked {
        0 => replayed.with("but", ""),
        n => replayed.with("but", Reason::new("record-remarked").with("count", n)),
    }
}
