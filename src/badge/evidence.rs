//! The evidence: an attempt file is replayed, and every figure of the badge compared with what comes out.

use chrono::{DateTime, SecondsFormat};
use serde_json::Value;

use super::claim::Figures;
use super::credential::{LevelTexts, figure_holes, log_uri};
use super::facts;
use super::template;
use super::verdict::Answer;
use crate::lessons::catalogue::Catalogue;
use crate::lessons::judge::judge;
use crate::typing::attempt::{self, Attempt};
use crate::typing::score::Score;

/// Whether the figures follow from the attempt, if one was given.
pub fn answer(credential: &Value, attempt: Option<&[u8]>, catalogue: &Catalogue) -> Answer {
    let Some(bytes) = attempt else {
        return Answer::NotChecked(
            "the keystroke log was not given (--log FILE); the holder may have it".to_owned(),
        );
    };
    match compare(credential, bytes, catalogue) {
        Ok(()) => Answer::Yes("the keystroke log was replayed, and every figure follows from it".to_owned()),
        Err(why) => Answer::No(why),
    }
}

fn compare(credential: &Value, bytes: &[u8], catalogue: &Catalogue) -> Result<(), String> {
    let items = credential.get("evidence").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let [log, ..] = items else { return Err("the badge names no keystroke log".to_owned()) };
    let digest = attempt::digest(bytes);
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    if log.get("id").and_then(Value::as_str) != Some(log_uri(&half).as_str()) {
        return Err("this keystroke log is not the one that the badge names".to_owned());
    }
    let attempt = Attempt::from_bytes(bytes).map_err(|e| e.to_string())?;
    let session = attempt.replay().map_err(|e| e.to_string())?;
    let score = Score::of(&session).ok_or("the log does not end")?;
    let figures = Figures::of(&score, &attempt.exercise.rules);
    same_figures(credential, log, &figures)?;
    same_time(credential, &attempt)?;
    let urn = facts::subject(credential).get("achievement").and_then(|a| a.get("id")).and_then(Value::as_str);
    let level = catalogue.all_levels().find(|l| Some(LevelTexts::of(l).urn().as_str()) == urn);
    let level =
        level.ok_or("this program does not know the badge's level, so it cannot judge the attempt")?;
    match judge(level, &attempt, catalogue) {
        Ok(_) => Ok(()),
        Err(short) => Err(format!(
            "the attempt does not pass the level: {}",
            short.first().map(ToString::to_string).unwrap_or_default()
        )),
    }
}

fn same_figures(credential: &Value, log: &Value, figures: &Figures) -> Result<(), String> {
    let holes = figure_holes(figures);
    for key in ["net", "gross", "accuracy", "errors", "consistency"] {
        let (stated, found) = (facts::result_value(credential, key), holes.get(key).and_then(Value::as_str));
        if stated != found {
            let (stated, found) = (facts::clean(stated.unwrap_or("nothing")), found.unwrap_or("nothing"));
            return Err(format!("{key}: the badge says {stated}, the log gives {found}"));
        }
    }
    let template = template::credential_1().map_err(|e| e.to_string())?;
    let counts = template.pointer("/evidence/0/narrative").unwrap_or(&Value::Null);
    let counts = template::fill(counts, &serde_json::json!({"claim": holes})).map_err(|e| e.to_string())?;
    if log.get("narrative") == Some(&counts) {
        Ok(())
    } else {
        Err("the badge's counts are not those of the log".to_owned())
    }
}

fn same_time(credential: &Value, attempt: &Attempt) -> Result<(), String> {
    let start = DateTime::from_timestamp(attempt.started_unix_ms.div_euclid(1_000), 0)
        .map(|t| t.to_rfc3339_opts(SecondsFormat::Secs, true));
    let stated = facts::subject(credential).get("activityStartDate").and_then(Value::as_str);
    if stated == start.as_deref() {
        Ok(())
    } else {
        Err("the badge states another time than the log's".to_owned())
    }
}
