//! An answer about a badge for scripts: a JSON object and an exit code.

use serde_json::{Map, Value, json};

use crate::badge::carry::bake::BakeError;
use crate::badge::draw::picture::Drawing;
use crate::badge::reasons::Reason;
use crate::badge::verify::Report;
use crate::badge::verify::summary::shown_text;
use crate::badge::verify::verdict::{Answer, Outcome};
use crate::cli::exit::{OK, REFUSED, UNPROVEN};

/// The exit code that says it.
pub(super) const fn exit_code(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Valid => OK,
        Outcome::Unproven => UNPROVEN,
        Outcome::Refused | Outcome::CannotTell => REFUSED,
    }
}

/// The answer about a picture from which no badge can be taken: one without a badge says nothing of any badge.
pub(super) fn unread(why: &BakeError) -> Answer {
    match why.is_open() {
        true => Answer::NotChecked(why.reason()),
        false => Answer::No(why.reason()),
    }
}

/// The answers, what the badge says, and what there is to say of what it came in.
pub(super) fn as_json(report: &Report, host: Option<&str>, drawing: Option<Drawing>) -> Value {
    let verdict = &report.verdict;
    let answers = verdict.answers().map(|(name, answer)| (name.to_owned(), cleaned(json!(answer))));
    json!({
        "outcome": verdict.outcome(),
        "sentence": shown_text(&verdict.sentence()),
        "code": verdict.deciding().reason().code(),
        "verdict": Map::from_iter(answers),
        "known_issuer": report.known_issuer,
        "facts": report.credential.as_ref().map(|_| &report.summary),
        "test": report.test.as_ref().map(|test| {
            let said = |reason: &Reason| {
                let mut said = cleaned(json!(reason));
                said["text"] = shown_text(&reason.to_string()).into();
                said
            };
            json!({"level": said(&test.level), "text": said(&test.text), "took": test.took.as_ref().map(said)})
        }),
        "ignored_host": host.map(shown_text),
        "drawing": drawing.map(|drawing| drawing.reason().to_string()),
        "drawing_code": drawing.map(|drawing| drawing.reason().code()),
    })
}

/// A value whose texts may stand in a terminal.
fn cleaned(value: Value) -> Value {
    match value {
        Value::String(text) => shown_text(&text).into(),
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (name, cleaned(value))).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}
