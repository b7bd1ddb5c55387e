//! The evidence: an attempt file is replayed, and every figure of the badge compared with what comes out.

use std::fmt::Display;

use chrono::{DateTime, SecondsFormat};
use serde_json::{Value, json};

use crate::badge::claim::{Figures, Noted};
use crate::badge::holes::{LOG_URI, figure_holes, log_uri, noted_holes};
use crate::badge::reasons::Reason;
use crate::badge::verify::verdict::Answer;
use crate::badge::verify::{compared, course, level, measured, practice, remarks, summary, supervised};
use crate::lessons::catalogue::Catalogue;
use crate::lessons::judge::judge;
use crate::lessons::level::Level;
use crate::typing::attempt::{self, Attempt};
use crate::typing::score::Score;

/// Whether the figures follow from the attempt, if one was given; and in any case whether the badge is of the level that
/// it names, and its figures can be.
pub fn answer(credential: &Value, attempt: Option<&[u8]>, catalogue: &Catalogue) -> Answer {
    checked(credential, attempt, catalogue).unwrap_or_else(|answer| answer)
}

fn checked(credential: &Value, attempt: Option<&[u8]>, catalogue: &Catalogue) -> Result<Answer, Answer> {
    supervised::of(credential)
        .map_err(|what| Answer::No(Reason::new("evidence-supervised").with("what", what)))?;
    if practice::known(credential).is_some() || practice::is_counted(credential) {
        return practice::answer(credential, attempt);
    }
    if course::known(credential, catalogue).is_some() || course::is_counted(credential) {
        return course::answer(credential, attempt, catalogue);
    }
    let attempt = attempt.map(|bytes| replayed(credential, bytes)).transpose().map_err(Answer::No)?;
    let level = level::named(credential, catalogue)?;
    if let (Some(attempt), Some(level)) = (&attempt, level) {
        passes(credential, attempt, level, catalogue).map_err(Answer::No)?;
    }
    let impossible = |what| Answer::No(Reason::new("evidence-impossible").with("what", what));
    measured::check(credential, level).map_err(impossible)?;
    Ok(match (attempt, level) {
        (None, _) => Answer::NotChecked(Reason::new("no-log")),
        (Some(_), None) => Answer::NotChecked(Reason::new("evidence-level-unknown")),
        (Some(attempt), Some(_)) => Answer::Yes(remarks::replayed(&attempt)),
    })
}

fn passes(credential: &Value, attempt: &Attempt, level: &Level, catalogue: &Catalogue) -> Result<(), Reason> {
    compared::only_its_results(credential, &level.constants())?;
    judge(level, attempt, catalogue).map(drop).map_err(|short| {
        let short = short.first().map(ToString::to_string).unwrap_or_default();
        Reason::new("evidence-not-passed").with("why", short)
    })
}

/// The attempt, if it is the one that the badge names and gives the badge's figures and times.
fn replayed(credential: &Value, bytes: &[u8]) -> Result<Attempt, Reason> {
    let items: Vec<&Value> = summary::list(credential.get("evidence")).collect();
    let id = |item: &Value| item.get("id").and_then(Value::as_str).map(str::to_owned);
    if !items.iter().filter_map(|item| id(item)).any(|id| id.starts_with(LOG_URI)) {
        return Err(Reason::new("evidence-no-log"));
    }
    let digest = attempt::digest(bytes);
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    // The order does not say which of several it is: RDF has no order.
    let wanted = Some(log_uri(&half));
    let log = items.into_iter().find(|item| id(item) == wanted);
    let log = log.ok_or(Reason::new("evidence-other-log"))?;
    let broken = |e: &dyn Display| Reason::new("evidence-broken").with("why", e.to_string());
    let attempt = Attempt::from_bytes(bytes).map_err(|e| broken(&e))?;
    let session = attempt.replay().map_err(|e| broken(&e))?;
    let score = Score::of(&session).ok_or(Reason::new("evidence-no-end"))?;
    let figures = Figures::of(&score, &attempt.exercise.rules);
    let (holes, test) = (figure_holes(&figures), json!({}));
    compared::same_rows(credential, &holes, &ROWS)?;
    compared::same_counts(log, &holes, &test)?;
    same_time(credential, &attempt, &figures)?;
    supervised::same_passage(credential, &attempt.exercise.text.to_string())?;
    let noted = Noted::of(attempt.circumstances);
    // Even a single early character may be said, as it was before only three or more of them were.
    let early = attempt.circumstances.map_or(0, |seen| seen.early);
    let same = |noted: &Noted| compared::same_remarks(credential, &Value::Object(noted_holes(noted)), &test);
    same(&noted).or_else(|_| same(&Noted { early, ..noted }))?;
    Ok(attempt)
}

/// The rows of a badge of a test, and what each is called where it differs.
const ROWS: [(&str, &str); 5] = [
    ("net", "evidence-figure-net"),
    ("gross", "evidence-figure-gross"),
    ("accuracy", "evidence-figure-accuracy"),
    ("errors", "evidence-figure-errors"),
    ("consistency", "evidence-figure-consistency"),
];

/// Whether start and end are the attempt's: the start cut to seconds, the duration rounded up to them.
fn same_time(credential: &Value, attempt: &Attempt, figures: &Figures) -> Result<(), Reason> {
    let start = attempt.started_unix_ms.div_euclid(1_000);
    let end = start.saturating_add(figures.duration_ms.div_ceil(1_000).into());
    let subject = summary::subject(credential);
    let same = [("activityStartDate", start), ("activityEndDate", end)].iter().all(|(name, unix)| {
        let time = DateTime::from_timestamp(*unix, 0).map(|t| t.to_rfc3339_opts(SecondsFormat::Secs, true));
        time.is_some() && subject.get(name).and_then(Value::as_str) == time.as_deref()
    });
    match same {
        true => Ok(()),
        false => Err(Reason::new("evidence-time")),
    }
}
