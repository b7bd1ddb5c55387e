//! A badge of practice: compared with its milestone, its numbers with what they can be, and its record, where that is
//! given, replayed.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::verdict::Answer;
use super::{compared, gathered, level, record};
use crate::badge::claim::Gathered;
use crate::badge::holes::gathered_holes;
use crate::badge::reasons::Reason;
use crate::badge::texts::Texts;
use crate::lessons::practice::{Milestone, PRACTICE};

/// The kind of the template, the name before the counts, and the row that has the number of exercises.
const STATED: (&str, &str, &str) = ("practice", PRACTICE, "exercises");

/// The milestones by the ids of their achievements, made when the first badge is compared with them.
static URNS: LazyLock<Vec<(Milestone, String)>> = LazyLock::new(|| {
    Milestone::all().map(|milestone| (milestone, Texts::of_practice(milestone).urn())).collect()
});

/// What a badge of practice states; nothing where it does not do so as ours do.
pub(super) fn stated(credential: &Value) -> Option<Gathered> {
    gathered::read(credential, STATED).ok().flatten()
}

/// Whether a badge says of itself that it is of practice as typeproof counts it.
pub(super) fn is_counted(credential: &Value) -> bool {
    gathered::counts(credential, PRACTICE).next().is_some()
}

/// The milestone that a badge's achievement is.
pub(super) fn known(credential: &Value) -> Option<Milestone> {
    let urn = level::text(super::summary::achievement(credential), "id")?;
    URNS.iter().find(|(_, known)| known == urn).map(|(milestone, _)| *milestone)
}

/// Whether the numbers follow from the record, if one was given; and in any case whether the badge is of the milestone
/// that it names, and its numbers can be.
///
/// # Errors
/// The answer, where that is a refusal or that nothing can be told.
pub(super) fn answer(credential: &Value, bytes: Option<&[u8]>) -> Result<Answer, Answer> {
    let milestone = known(credential);
    match milestone {
        Some(milestone) => level::same(credential, &Texts::of_practice(milestone)).map_err(Answer::No)?,
        None => level::borrowed(credential)?,
    }
    let replayed = bytes.map(|bytes| replayed(credential, bytes)).transpose().map_err(Answer::No)?;
    check(credential, milestone)
        .map_err(|what| Answer::No(Reason::new("evidence-impossible").with("what", what)))?;
    Ok(match (replayed, milestone) {
        (None, _) => Answer::NotChecked(Reason::new("no-record")),
        (Some(_), None) => Answer::NotChecked(Reason::new("record-unknown")),
        (Some(found), Some(_)) => Answer::Yes(record::followed(&found)),
    })
}

/// Checks the numbers of a badge of practice.
fn check(credential: &Value, milestone: Option<Milestone>) -> Result<(), Reason> {
    let found = gathered::read(credential, STATED)?;
    let found = found.ok_or_else(|| Reason::new("figures-counts"))?;
    match gathered::impossible(credential, &found) {
        Some(what) => Err(what),
        None if milestone.is_some_and(|m| found.practised_s < m.seconds()) => {
            Err(Reason::new("figures-practice-below"))
        }
        None => Ok(()),
    }
}

/// What the record comes to, if it is the one that the badge names and gives the badge's numbers and times.
fn replayed(credential: &Value, bytes: &[u8]) -> Result<Gathered, Reason> {
    let (record, log) = record::named(credential, bytes, "record-form")?;
    let practice = record::practised(&record::attempts(&record)?, credential)?;
    let (found, start) = Gathered::of(&practice);
    let (holes, practice) = (gathered_holes(&found), json!({"kind": "practice"}));
    compared::same_rows(credential, &holes, &ROWS)?;
    compared::same_counts(log, &holes, &practice)?;
    record::same_time(credential, start, &found)?;
    compared::only_its_results(credential, &practice)?;
    compared::same_remarks(credential, &holes, &practice)?;
    Ok(found)
}

/// The rows of a badge of practice, and what they are called where they differ.
const ROWS: [(&str, &str); 3] = [
    ("hours", "evidence-figure-hours"),
    ("days", "evidence-figure-days"),
    ("exercises", "evidence-figure-exercises"),
];
