//! The evidence: an attempt file is replayed, and every figure of the badge compared with what comes out.

use std::fmt::Display;

use chrono::{DateTime, SecondsFormat};
use serde_json::{Value, json};

use crate::badge::claim::{Figures, Noted};
use crate::badge::credential::{LOG_URI, figure_holes, log_uri, noted_holes};
use crate::badge::reasons::{Parameter, Reason};
use crate::badge::template::{self, TemplateError};
use crate::badge::verify::verdict::Answer;
use crate::badge::verify::{level, measured, remarks, summary};
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
    only_its_results(credential)?;
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
    same_figures(credential, log, &figures)?;
    same_time(credential, &attempt, &figures)?;
    same_remarks(credential, &attempt)?;
    Ok(attempt)
}

fn damaged(why: &TemplateError) -> Reason {
    Reason::new("template-damaged").with("why", why.to_string())
}

/// Whether the badge states no results besides those compared.
fn only_its_results(credential: &Value) -> Result<(), Reason> {
    let template = template::credential_1().map_err(|e| damaged(&e))?;
    let results = |v: &Value| v.as_array().map(Vec::len);
    let expected = template.pointer("/credentialSubject/result").and_then(results);
    let stated = summary::subject(credential).get("result").and_then(results);
    match stated == expected && summary::states_supervision(credential) {
        true => Ok(()),
        false => Err(Reason::new("evidence-results")),
    }
}

fn same_figures(credential: &Value, log: &Value, figures: &Figures) -> Result<(), Reason> {
    let holes = figure_holes(figures);
    let names = [
        ("net", "evidence-figure-net"),
        ("gross", "evidence-figure-gross"),
        ("accuracy", "evidence-figure-accuracy"),
        ("errors", "evidence-figure-errors"),
        ("consistency", "evidence-figure-consistency"),
    ];
    for (key, name) in names {
        let (stated, found) =
            (summary::result_value(credential, key), holes.get(key).and_then(Value::as_str));
        if stated != found {
            let value = |text: Option<String>| match text {
                Some(text) => Parameter::from(text),
                None => Reason::new("evidence-nothing").into(),
            };
            return Err(Reason::new("evidence-figure")
                .with("stated", value(stated.map(summary::shown_text)))
                .with("figure", Reason::new(name))
                .with("found", value(found.map(str::to_owned))));
        }
    }
    let template = template::credential_1().map_err(|e| damaged(&e))?;
    let counts = template.pointer("/evidence/0/narrative").unwrap_or(&Value::Null);
    let counts = template::expand(counts, &json!({"claim": holes})).map_err(|e| damaged(&e))?;
    if log.get("narrative") == Some(&counts) { Ok(()) } else { Err(Reason::new("evidence-counts")) }
}

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

/// Whether the badge says all that the log notes besides its keys, and nothing else. Even a single early character may be
/// said, as it was before [`EARLY_FROM`](crate::typing::circumstances::EARLY_FROM).
fn same_remarks(credential: &Value, attempt: &Attempt) -> Result<(), Reason> {
    let noted = Noted::of(attempt.circumstances);
    let early = attempt.circumstances.map_or(0, |seen| seen.early);
    let same = says(credential, &noted)? || says(credential, &Noted { early, ..noted })?;
    if same { Ok(()) } else { Err(Reason::new("evidence-remarks-other")) }
}

/// Whether a badge has the remarks that this makes, and no others.
fn says(credential: &Value, noted: &Noted) -> Result<bool, Reason> {
    let template = template::credential_1().map_err(|e| damaged(&e))?;
    let noted = noted_holes(noted);
    let parts: Value = {
        let all = template.pointer("/evidence").and_then(Value::as_array).into_iter().flatten();
        let remark = |part: &&Value| {
            part.get("narrative")
                .and_then(Value::as_str)
                .is_some_and(|text| text.starts_with(summary::REMARK))
        };
        all.filter(remark).cloned().collect()
    };
    let parts = template::expand(&parts, &json!({"claim": noted})).map_err(|e| damaged(&e))?;
    // RDF has no order.
    let sorted = |texts: &mut dyn Iterator<Item = &str>| {
        let mut texts: Vec<String> = texts.map(str::to_owned).collect();
        texts.sort();
        texts
    };
    let mut expected =
        summary::list(Some(&parts)).filter_map(|part| part.get("narrative").and_then(Value::as_str));
    Ok(sorted(&mut summary::remarks(credential)) == sorted(&mut expected))
}
