//! The fields of the page that employers ask for, and how they were counted.

use serde_json::Value;

use crate::badge::claim::Supervision;
use crate::badge::draw::words::{self, Figure};
use crate::badge::verify::summary::{self, Kind, Summary, result_value, shown_text};
use crate::lessons::practice::PRACTICE;

/// The unit of speed that personnel offices go by.
const WPM: &str = "WPM";

/// How they count net speed, in words.
const LESS: &str = "Net, less 1 an error: gross speed less 1 WPM for each uncorrected error; less 2 an error: less 2 WPM for each.";

/// What stands in place of a figure that a badge does not have.
const NOT_STATED: &str = "not stated";

/// A field that employers ask for.
pub struct Field {
    /// What it is.
    pub label: &'static str,
    /// Its value.
    pub value: String,
    /// What was required beside what was achieved.
    pub note: Option<String>,
}

/// The fields that employers ask for, in the order in which they are read: the four that count, then the rest.
pub fn fields(credential: &Value, summary: &Summary) -> Vec<Field> {
    let measured = |label, key: &str| {
        let figure = figure(credential, summary, key);
        let value = figure.as_ref().map_or_else(|| NOT_STATED.to_owned(), Figure::amount);
        Field { label, value, note: figure.and_then(|figure| figure.compared()) }
    };
    let plain = |label, value: Option<String>, without: &str| {
        let value = value.unwrap_or_else(|| without.to_owned());
        Field { label, value, note: None }
    };
    let dated = |instant: &Option<String>| instant.as_deref().map(words::day);
    let tested = summary.activity.as_ref().map(|(from, _)| words::day(from));
    let day = |instant: Option<&String>| instant.map(|instant| words::day(instant));
    let (first, last) = (summary.activity.as_ref().map(|a| &a.0), summary.activity.as_ref().map(|a| &a.1));
    let until = plain("Valid until", dated(&summary.valid_until), "no end");
    if let Some(proctoring) = summary.supervised.as_ref().and_then(Supervision::proctoring) {
        let [less_one, less_two] = [1, 2].map(|each| less(credential, summary, each));
        let attempt = format!("{} of {}", proctoring.attempt, proctoring.attempts);
        return vec![
            measured("Gross speed", "gross"),
            measured("Errors", "errors"),
            plain("Net, less 1 an error", less_one, NOT_STATED),
            plain("Net, less 2 an error", less_two, NOT_STATED),
            plain("Duration", words::duration(summary), NOT_STATED),
            plain("Date of test", tested, NOT_STATED),
            plain("Attempt", Some(attempt), NOT_STATED),
            until,
            measured("Net speed by its rules", "net"),
            measured("Accuracy", "accuracy"),
            measured("Consistency", "consistency"),
        ];
    }
    match summary.kind {
        Kind::Test => vec![
            measured("Net speed", "net"),
            measured("Gross speed", "gross"),
            measured("Uncorrected errors", "errors"),
            measured("Accuracy", "accuracy"),
            plain("Duration", words::duration(summary), NOT_STATED),
            measured("Consistency", "consistency"),
            plain("Date of test", tested, NOT_STATED),
            until,
        ],
        Kind::Practice => vec![
            measured("Practice", "hours"),
            measured("Days with practice", "days"),
            measured("Exercises", "exercises"),
            until,
            plain("First day", day(first), NOT_STATED),
            plain("Last day", day(last), NOT_STATED),
        ],
        Kind::Course => vec![
            measured("Final net speed", "final-net"),
            measured("Final accuracy", "final-accuracy"),
            measured("Lessons passed", "lessons"),
            measured("Practice in it", "hours"),
            measured("Final gross speed", "final-gross"),
            plain("First day", day(first), NOT_STATED),
            plain("Last day", day(last), NOT_STATED),
            until,
        ],
    }
}

/// Gross speed less so many words a minute for each error, with its unit; nothing where the speed is in another unit than
/// words a minute. Half an error counts half.
fn less(credential: &Value, summary: &Summary, each: u32) -> Option<String> {
    let gross = figure(credential, summary, "gross").filter(|figure| figure.unit == WPM)?;
    let hundredths = |text: &str| text.replacen('.', "", 1).parse::<u32>().ok();
    let (whole, half) = match result_value(credential, "errors")?.split_once('.') {
        Some((whole, "5")) => (whole, 1),
        Some(_) => return None,
        None => (result_value(credential, "errors")?, 0),
    };
    let errors_x2 = whole.parse::<u32>().ok()?.checked_mul(2)?.checked_add(half)?;
    let gross_x100 = hundredths(result_value(credential, "gross")?)?;
    let net_x100 = gross_x100.saturating_sub(errors_x2.saturating_mul(50 * each));
    Some(format!("{} {}", crate::lessons::decimal::figure(net_x100.into()), gross.unit))
}

/// What was measured under `#key` of the achievement.
fn figure(credential: &Value, summary: &Summary, key: &str) -> Option<Figure> {
    let value = result_value(credential, key).map(shown_text)?;
    let name = described(credential, key)?;
    Some(Figure::of(&name, &value, words::required(summary, &name)))
}

/// The name of the result description under `#key` of the achievement.
fn described(credential: &Value, key: &str) -> Option<String> {
    let achievement = summary::subject(credential).get("achievement")?;
    let id = format!("{}#{key}", achievement.get("id")?.as_str()?);
    let all = achievement.get("resultDescription")?.as_array()?;
    let description = all.iter().find(|d| d.get("id").and_then(Value::as_str) == Some(&id))?;
    description.get("name")?.as_str().map(shown_text)
}

/// The sentences of the criteria that say how it was counted, and the name of the definitions.
pub fn counted(credential: &Value, summary: &Summary) -> String {
    let sentences = summary.criteria.split_inclusive(". ").map(str::trim);
    if summary.kind == Kind::Practice {
        let said = sentences.filter(|s| s.starts_with("Practice is ") || s.starts_with("Days are "));
        return [said.collect::<Vec<_>>().join(" "), format!("Definitions: {PRACTICE}.")].join(" ");
    }
    let speeds = sentences.filter(|s| s.starts_with("Net speed ") || s.starts_with("Gross speed "));
    let mut speeds: Vec<&str> = speeds.collect();
    // Net first: it is the figure that is asked for, and the one that differs from place to place.
    speeds.sort_by_key(|s| !s.starts_with("Net"));
    let formulas = match speeds.is_empty() {
        true => "Net speed is gross speed less the penalty of the rules, which are below.".to_owned(),
        false => speeds.join(" "),
    };
    let formulas = match summary.supervised.as_ref().and_then(Supervision::proctoring) {
        Some(_) => format!("{LESS} {formulas}"),
        None => formulas,
    };
    match metrics(credential) {
        Some(name) => format!("{formulas} Definitions: {name}."),
        None => formulas,
    }
}

/// The name of the definitions: what stands before the counts in the evidence of a typeproof badge.
fn metrics(credential: &Value) -> Option<String> {
    let evidence = summary::list(credential.get("evidence"));
    let mut narratives = evidence.filter_map(|e| e.get("narrative")?.as_str());
    let name = narratives
        .find_map(|text| text.split_once(':').filter(|(name, _)| name.starts_with("typeproof metrics ")));
    name.map(|(name, _)| shown_text(name)).filter(|name| name.len() < 40)
}
