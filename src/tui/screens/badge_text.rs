//! What a badge says, as lines: shared by award, wallet and verification, so that one badge reads the same everywhere.

use ratatui::style::Style;

use super::document::{Document, NO_BREAK};
use super::parts::{columns, style};
use crate::badge::facts::Facts;
use crate::trust::Assurance;

/// The holder's name, larger than what is around it: on lines of its own, above a rule of its width.
pub fn holder(document: &mut Document, facts: &Facts) {
    let name = facts.holder.join(", ");
    if !name.is_empty() {
        let rule = "━".repeat(columns(&name).min(40));
        document.text(name, style::title());
        document.text(rule, Style::new());
    }
}

/// What was measured, in one sentence: `Net speed 62.12 WPM · Accuracy 97.79 %`, each figure held together. The supervision has a sentence of its
/// own. A result's name is cut before its explanation in brackets, and a unit behind its comma follows the value.
pub fn figures(facts: &Facts) -> String {
    let figures = facts.results.iter().map(|(name, value)| {
        let name = name.split(" (").next().unwrap_or_default();
        match name.rsplit_once(", ") {
            Some((what, "percent")) => format!("{what} {value} %"),
            Some((what, unit)) => format!("{what} {value} {unit}"),
            None => format!("{name} {value}"),
        }
    });
    figures.map(|figure| figure.replace(' ', NO_BREAK)).collect::<Vec<_>>().join(" · ")
}

/// How the test was supervised, in a sentence that claims no more than the signature bears out. `own` when the reader
/// is the holder.
pub fn assurance(facts: &Facts, own: bool) -> String {
    let whose = if own { "your" } else { "the learner's" };
    match facts.assurance.as_deref().and_then(Assurance::from_word) {
        Some(Assurance::SelfAssessed) => {
            format!("Self-assessed: signed by a key on {whose} own machine. Nobody else observed the test.")
        }
        Some(Assurance::Reviewed) => {
            "Reviewed: the issuer states that replaying the keystroke log gave the same \
            figures. Who typed was not observed."
                .to_owned()
        }
        Some(Assurance::Proctored) => {
            "Proctored: the issuer states that the test was typed on the issuer's machine, \
            under the eyes of a proctor."
                .to_owned()
        }
        None => "The badge does not say how the test was supervised.".to_owned(),
    }
}

/// Dates of issue and of its end: `2026-11-23, valid until 2029-11-23`.
pub fn dates(facts: &Facts) -> String {
    let issued = facts.valid_from.as_deref().map(date).unwrap_or("undated");
    match facts.valid_until.as_deref() {
        Some(until) => format!("{issued}, valid until {}", date(until)),
        None => format!("{issued}, valid without end"),
    }
}

/// The date of an RFC 3339 instant.
pub fn date(instant: &str) -> &str {
    instant.split('T').next().unwrap_or_default()
}
