//! The figures that a badge states, as ours state them, and whether they can be.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::members::{self, achievement, list};
use super::time::instant;
use crate::badge::figures::{Figures, halves, hundredths, other};
use crate::badge::holes::figure_holes;
use crate::badge::reasons::Reason;
use crate::badge::template;
use crate::lessons::amount::{CHARACTERS_PER_SECOND, least_at_the_end};
use crate::lessons::level::Level;
use crate::typing::rules::{Limit, Unit};
use crate::typing::score::METRICS;

/// The figures that are results, by the part of their description's id behind the `#`.
const ROWS: [&str; 5] = ["net", "gross", "accuracy", "errors", "consistency"];

/// Whether a badge states counts or results as ours do.
pub(super) fn is_counted(credential: &Value) -> bool {
    counts(credential).next().is_some() || description(achievement(credential), "net").is_some()
}

/// Checks the figures: with a level that is known all that its rules say of them; otherwise what any rules give, and what
/// the badge itself says of its time. A badge that is not counted as ours are is not looked at.
pub(super) fn check(credential: &Value, level: Option<&Level>) -> Result<(), Reason> {
    let figures = read(credential)?;
    let Some(figures) = figures else {
        return if level.is_some() { Err(Reason::new("figures-counts")) } else { Ok(()) };
    };
    if let Some(what) = figures.contradiction() {
        return Err(Reason::new(what));
    }
    let accuracy = members::result_value(credential, "accuracy").unwrap_or_default().to_owned();
    let wrong = other("evidence-figure-accuracy", accuracy, hundredths(figures.accuracy_bp()));
    let wrong = wrong.or_else(|| match level {
        Some(level) => figures.impossible(&level.rules, least_at_the_end(level)),
        None => unknown(credential, &figures),
    });
    let below = || level.is_some_and(|level| !figures.reach(&level.rules, &level.pass));
    match wrong.or_else(|| untimely(credential, &figures)) {
        Some(wrong) => Err(wrong),
        None if below() => Err(Reason::new("figures-below")),
        None => Ok(()),
    }
}

/// What cannot be of a test whose level is not known.
fn unknown(credential: &Value, figures: &Figures) -> Option<Reason> {
    let achievement = achievement(credential);
    let name = description(achievement, "net").and_then(|d| d.get("name")?.as_str()).unwrap_or_default();
    let unit = [Unit::Wpm, Unit::Cpm, Unit::Kph];
    let unit = unit.into_iter().find(|unit| name.starts_with(&format!("Net speed, {} ", unit.name())));
    let criteria = achievement.get("criteria").and_then(|c| c.get("narrative")?.as_str()).unwrap_or_default();
    let title = achievement.get("name").and_then(Value::as_str).unwrap_or_default();
    let stated = [after(criteria, "The test lasts ", "."), after(title, "(", ")"), after(title, "(", ",")];
    let mistimed =
        |s: u32| figures.mistimed(Limit::Seconds(s), s.saturating_mul(CHARACTERS_PER_SECOND).max(1) - 1);
    let too_fast = unit.and_then(|unit| figures.too_fast(unit));
    too_fast.or_else(|| stated.into_iter().flatten().find_map(mistimed))
}

/// The seconds of a duration that stands in a text between these.
fn after(text: &str, before: &str, behind: &str) -> Option<u32> {
    let (_, rest) = text.rsplit_once(before)?;
    let (number, unit) = rest.split_once(behind)?.0.split_once(' ')?;
    let each = match unit {
        "minute" | "minutes" => 60,
        "second" | "seconds" => 1,
        _ => return None,
    };
    number.parse::<u32>().ok()?.checked_mul(each)
}

/// Whether the times of the test are not those of its figures.
fn untimely(credential: &Value, figures: &Figures) -> Option<Reason> {
    let subject = members::subject(credential);
    let times = [instant(subject, "activityStartDate"), instant(subject, "activityEndDate")];
    let [Some(from), Some(to)]: [Option<DateTime<Utc>>; 2] = times else {
        return Some(Reason::new("figures-times"));
    };
    let lasted = i64::from(figures.duration_ms.div_ceil(1_000));
    ((to - from).num_seconds() != lasted).then(|| Reason::new("figures-times"))
}

/// The figures of a badge; nothing where it has no counts as ours have.
///
/// # Errors
/// When counts or results are there and not as ours are, or twice.
pub(super) fn read(credential: &Value) -> Result<Option<Figures>, Reason> {
    let mut narratives = counts(credential);
    let Some(narrative) = narratives.next() else { return Ok(None) };
    let wrong = || Reason::new("figures-counts");
    if narratives.next().is_some() {
        return Err(wrong());
    }
    let template = template::credential_1();
    let template = template.map_err(|e| Reason::new("template-damaged").with("why", e.to_string()))?;
    let pattern = template.pointer("/evidence/0/narrative").and_then(Value::as_str).unwrap_or_default();
    let numbers = template::numbers(pattern, narrative).ok_or_else(wrong)?;
    let number = |name: &str| {
        numbers.iter().find(|(hole, _)| hole.strip_prefix("claim.") == Some(name)).map(|(_, n)| *n)
    };
    let count = |name| number(name).ok_or_else(wrong);
    let row = |key| row(credential, key).ok_or_else(|| Reason::new("figures-rows"));
    ROWS.into_iter().try_for_each(|key| row(key).map(drop))?;
    let hundredths_of = |key| hundredths_in(row(key)?).ok_or_else(|| Reason::new("figures-rows"));
    let figures = Figures {
        net_x100: hundredths_of("net")?,
        gross_x100: hundredths_of("gross")?,
        standing: count("standing")?,
        correct: count("correct")?,
        incorrect_left: count("incorrect_left")?,
        incorrect_fixed: count("incorrect_fixed")?,
        fixes: count("fixes")?,
        right: count("right")?,
        errors_x2: halves_in(row("errors")?).ok_or_else(|| Reason::new("figures-rows"))?,
        consistency_bp: hundredths_of("consistency")?,
        duration_ms: count("duration_ms")?,
    };
    // The sum of two of them stands there too.
    let typed = figure_holes(&figures).get("typed").and_then(Value::as_str).map(str::to_owned);
    match typed == number("typed").map(|n| n.to_string()) {
        true => Ok(Some(figures)),
        false => Err(Reason::new("figures-sums")),
    }
}

/// The texts of counts in the evidence of a badge.
fn counts(credential: &Value) -> impl Iterator<Item = &str> {
    let narratives = list(credential.get("evidence")).filter_map(|item| item.get("narrative")?.as_str());
    narratives.filter(|text| text.strip_prefix(METRICS).is_some_and(|rest| rest.starts_with(':')))
}

/// The description of the result under `#key` of an achievement.
pub(super) fn description<'a>(achievement: &'a Value, key: &str) -> Option<&'a Value> {
    let id = format!("{}#{key}", achievement.get("id")?.as_str()?);
    list(achievement.get("resultDescription")).find(|d| d.get("id").and_then(Value::as_str) == Some(&id))
}

/// The value of the one result under `#key` of the achievement.
pub(super) fn row<'a>(credential: &'a Value, key: &str) -> Option<&'a str> {
    let id = format!("{}#{key}", achievement(credential).get("id")?.as_str()?);
    let is_it = |result: &&Value| result.get("resultDescription").and_then(Value::as_str) == Some(&id);
    let mut found = list(members::subject(credential).get("result")).filter(is_it);
    let one = found.next()?;
    if found.next().is_some() { None } else { one.get("value")?.as_str() }
}

/// A number as [`hundredths`] writes it.
pub(super) fn hundredths_in(text: &str) -> Option<u32> {
    let number: u32 = text.replacen('.', "", 1).parse().ok()?;
    (hundredths(number) == text).then_some(number)
}

/// A number as [`halves`] writes it.
fn halves_in(text: &str) -> Option<u32> {
    let (whole, half) = text.strip_suffix(".5").map_or((text, 0), |whole| (whole, 1));
    let number = whole.parse::<u32>().ok()?.checked_mul(2)?.checked_add(half)?;
    (halves(number) == text).then_some(number)
}
