//! What a badge of practice or of a course states to have been gathered, as ours state it, and whether it can be.

use serde_json::Value;

use super::measured::row;
use super::members::{self, list};
use super::time::instant;
use crate::badge::claim::Gathered;
use crate::badge::credential::hundredths;
use crate::badge::reasons::Reason;
use crate::badge::template;

/// What a badge states to have been gathered, by one of the names of our definitions (`typeproof practice 1`), the kind of its
/// template, and the row that has the number of exercises; nothing where it has no counts of that name.
///
/// # Errors
/// When counts or results are there and not as ours are, or twice.
pub(super) fn read(
    credential: &Value,
    (kind, counted_by, exercises): (&str, &str, &str),
) -> Result<Option<Gathered>, Reason> {
    let mut narratives = counts(credential, counted_by);
    let Some(narrative) = narratives.next() else { return Ok(None) };
    let wrong = || Reason::new("figures-counts");
    if narratives.next().is_some() {
        return Err(wrong());
    }
    let overlays = template::overlays();
    let overlays = overlays.map_err(|e| Reason::new("template-damaged").with("why", e.to_string()))?;
    let overlay = overlays.into_iter().find(|(name, _)| *name == kind);
    let evidence = overlay.and_then(|(_, mut places)| places.remove("/evidence")).unwrap_or_default();
    let pattern = evidence.pointer("/0/narrative").and_then(Value::as_str).unwrap_or_default();
    let numbers = template::numbers(pattern, narrative).ok_or_else(wrong)?;
    let count = |name: &str| {
        let mut found = numbers.iter().filter(|(hole, _)| hole.strip_prefix("claim.") == Some(name));
        found.next().map(|(_, n)| *n).ok_or_else(wrong)
    };
    let gathered = Gathered {
        practised_s: count("practised_s")?,
        days: count("days")?,
        exercises: count("exercises")?,
        remarked: remarked(credential, &evidence).ok_or_else(wrong)?,
        span_s: count("span_s")?,
    };
    let rows = [
        ("hours", hundredths(gathered.hours_x100())),
        ("days", gathered.days.to_string()),
        (exercises, gathered.exercises.to_string()),
    ];
    let same = rows.iter().all(|(key, value)| row(credential, key) == Some(value.as_str()));
    if same { Ok(Some(gathered)) } else { Err(Reason::new("figures-rows")) }
}

/// What cannot be of what was gathered: numbers that contradict each other, other times than they say, or a badge signed
/// before the end.
pub(super) fn impossible(credential: &Value, gathered: &Gathered) -> Option<Reason> {
    let subject = members::subject(credential);
    let times = [instant(subject, "activityStartDate"), instant(subject, "activityEndDate")];
    let [Some(from), Some(to)] = times else { return Some(Reason::new("figures-practice-times")) };
    let signed = instant(credential, "validFrom");
    let Ok(start) = u64::try_from(from.timestamp()) else {
        return Some(Reason::new("figures-practice-times"));
    };
    match () {
        () if (to - from).num_seconds() != i64::from(gathered.span_s) => {
            Some(Reason::new("figures-practice-times"))
        }
        () if signed.is_some_and(|signed| signed < to) => Some(Reason::new("figures-practice-early")),
        () => gathered.contradiction(start).map(Reason::new),
    }
}

/// In how many exercises a badge says that something was noted: 0 where it says nothing, and nothing where it says it in
/// other words than ours.
fn remarked(credential: &Value, evidence: &Value) -> Option<u32> {
    let is_ours = |part: &&Value| part.get("?").and_then(Value::as_str) == Some("claim.remarked");
    let pattern = list(Some(evidence)).find(is_ours)?.get("narrative")?.as_str()?;
    let mut remarks = members::remarks(credential);
    let Some(remark) = remarks.next() else { return Some(0) };
    match (remarks.next(), template::numbers(pattern, remark)?.as_slice()) {
        (None, [(_, number)]) if *number > 0 => Some(*number),
        _ => None,
    }
}

/// The texts of counts of this name in the evidence of a badge.
pub(super) fn counts<'a>(credential: &'a Value, counted_by: &'a str) -> impl Iterator<Item = &'a str> {
    let narratives = list(credential.get("evidence")).filter_map(|item| item.get("narrative")?.as_str());
    narratives.filter(move |text| text.strip_prefix(counted_by).is_some_and(|rest| rest.starts_with(':')))
}
