//! What a badge says in sentences, so that screens, certificates and shared texts all say the same of it.

use chrono::{DateTime, Utc};

use crate::badge::claim::{Proctoring, Review, Supervision};
use crate::badge::holder::Phrase;
use crate::badge::verify::summary::{Kind, Summary, quoted};
use crate::lessons::decimal::figure_of;
use crate::lessons::wording::counted;
use crate::trust::Assurance;

/// One thing measured, as it is read: `Net speed`, `62.1`, `WPM`, and `60` where that was required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What was measured, without its explanation.
    pub what: String,
    /// The value with one decimal place, as [`crate::lessons::decimal::figure`] cuts it.
    pub value: String,
    /// The unit behind it, `%` for percent; empty for a bare number.
    pub unit: String,
    /// What had to be reached, in the same unit.
    pub required: Option<String>,
}

impl Figure {
    /// A result of a badge: its name is cut before the explanation in brackets, and the unit stands behind a comma.
    pub fn of(name: &str, value: &str, required: Option<&str>) -> Self {
        let name = name.split(" (").next().unwrap_or_default();
        let (what, unit) = match name.rsplit_once(", ") {
            Some((what, "percent")) => (what, "%"),
            Some((what, unit)) => (what, unit),
            None => (name, ""),
        };
        Self {
            what: what.to_owned(),
            value: figure_of(value),
            unit: unit.to_owned(),
            required: required.map(str::to_owned),
        }
    }

    /// All of a badge, in its order. The supervision has a sentence of its own.
    pub fn all(summary: &Summary) -> Vec<Self> {
        summary.results.iter().map(|(name, value)| Self::of(name, value, required(summary, name))).collect()
    }

    /// The value with its unit: `62.1 WPM`.
    pub fn amount(&self) -> String {
        with_unit(&self.value, &self.unit)
    }

    /// What was required beside what was achieved, in bare numbers: `Required 60 · Achieved 62.1`; nothing where
    /// nothing was required.
    pub fn compared(&self) -> Option<String> {
        let required = self.required.as_ref()?;
        Some(format!("Required {required} · Achieved {}", self.value))
    }

    /// Everything but what was measured: `Required 60 · Achieved 62.1 WPM`, or `62.1 WPM`.
    pub fn in_full(&self) -> String {
        match self.compared() {
            Some(compared) => with_unit(&compared, &self.unit),
            None => self.amount(),
        }
    }
}

/// What was required of the result of this name, in digits.
pub fn required<'a>(summary: &'a Summary, name: &str) -> Option<&'a str> {
    summary.required.iter().find(|(of, _)| of == name).map(|(_, least)| least.as_str())
}

fn with_unit(text: &str, unit: &str) -> String {
    format!("{text} {unit}").trim_end().to_owned()
}

/// What was measured, each figure in words: `Net speed 62.1 WPM (required 60)`, `Gross speed 62.7 WPM`.
pub fn figures(summary: &Summary) -> Vec<String> {
    let figure = |figure: Figure| {
        let required =
            figure.required.as_ref().map(|least| format!(" (required {least})")).unwrap_or_default();
        format!("{} {}{required}", figure.what, figure.amount())
    };
    Figure::all(summary).into_iter().map(figure).collect()
}

/// What was or was not observed, in a word: `test`, `practice`, `course`.
#[must_use]
pub const fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Test => "test",
        Kind::Practice => "practice",
        Kind::Course => "course",
    }
}

/// How it was supervised, in a sentence that claims no more than the signature shows. `own` when the reader is the holder.
pub fn assurance(summary: &Summary, own: bool) -> String {
    match &summary.supervised {
        Some(Supervision::Proctored(Some(proctoring))) => return proctored(proctoring, noun(summary.kind)),
        Some(Supervision::Reviewed(Some(review))) => return reviewed(review),
        _ => {}
    }
    let (whose, what) = (if own { "your" } else { "the learner's" }, noun(summary.kind));
    match summary.assurance.as_deref().and_then(Assurance::from_word) {
        Some(Assurance::SelfAssessed) => {
            format!("Self-assessed: signed by a key on {whose} own machine. Nobody else observed the {what}.")
        }
        Some(Assurance::Reviewed) => {
            let logs = if summary.kind == Kind::Test { "the keystroke log" } else { "all keystroke logs" };
            format!(
                "Reviewed: the issuer states that replaying {logs} gave the same figures. Who typed was not observed."
            )
        }
        Some(Assurance::Proctored) => format!(
            "Proctored: the issuer states that the {what} was typed on the issuer's machine, under the eyes of a proctor."
        ),
        None => format!("The badge does not say how the {what} was supervised."),
    }
}

/// A name, and behind it a title, set off by commas.
fn titled(name: &str, title: Option<&str>) -> String {
    title.map_or_else(|| name.to_owned(), |title| format!("{name}, {title},"))
}

/// Who proctored, in a sentence that says who states it, and in which examination.
fn proctored(p: &Proctoring, what: &str) -> String {
    let identity = match &p.identity {
        Some(how) => format!("Identity checked: {}.", how.as_str()),
        None => "Identity was not checked.".to_owned(),
    };
    format!(
        "Proctored: the issuer states that {} supervised the {what} {}, on the issuer's machine. {identity} Examination {}, {}: \
         attempt {} of at most {}; {}.",
        titled(p.proctor.as_str(), p.title.as_ref().map(Phrase::as_str)),
        p.presence.words(),
        p.exam,
        p.exam_title.as_str(),
        p.attempt,
        p.attempts,
        p.counts.words()
    )
}

/// Who reviewed, in the same way.
fn reviewed(review: &Review) -> String {
    let note = review
        .note
        .as_ref()
        .map_or_else(String::new, |note| format!(" The reviewer's note: {}.", quoted(note.as_str())));
    format!(
        "Reviewed: the issuer states that {} replayed what was typed and got the same figures. Who typed was not observed.{note}",
        titled(review.reviewer.as_str(), review.title.as_ref().map(Phrase::as_str))
    )
}

/// How the test was supervised and what the program noted of it, in sentences. `own` when the reader is the holder.
pub fn circumstances(summary: &Summary, own: bool) -> String {
    let sentences = [assurance(summary, own)].into_iter().chain(summary.remarks.iter().cloned());
    sentences.collect::<Vec<_>>().join(" ")
}

/// Dates of issue and of its end: `2026-11-23, valid until 2029-11-23`.
pub fn dates(summary: &Summary) -> String {
    let issued = summary.valid_from.as_deref().map(date).unwrap_or("undated");
    match summary.valid_until.as_deref() {
        Some(until) => format!("{issued}, valid until {}", date(until)),
        None => format!("{issued}, valid without end"),
    }
}

/// The day of an RFC 3339 instant (UTC) in words, `23 November 2026`; unchanged where it is no instant.
pub fn day(instant: &str) -> String {
    DateTime::parse_from_rfc3339(instant)
        .map_or_else(|_| date(instant).to_owned(), |t| t.to_utc().format("%-d %B %Y").to_string())
}

/// When the test was taken (UTC): `23 November 2026, 14:05 to 14:10 (UTC)`; `None` where the badge does not say.
pub fn times(summary: &Summary) -> Option<String> {
    let (from, to) = activity(summary)?;
    Some(format!("{}, {} to {} (UTC)", from.format("%-d %B %Y"), from.format("%H:%M"), to.format("%H:%M")))
}

/// From which day to which it was done (UTC): `2026-11-23 to 2027-01-04`, one day where it was one.
pub fn period(summary: &Summary) -> Option<String> {
    let (from, to) = summary.activity.as_ref()?;
    let (from, to) = (date(from), date(to));
    Some(if from == to { from.to_owned() } else { format!("{from} to {to}") })
}

/// The time between the beginning and the end of the test: `5 minutes`, `1 minute 30 seconds`.
pub fn duration(summary: &Summary) -> Option<String> {
    let (from, to) = activity(summary)?;
    let seconds = u32::try_from((to - from).num_seconds()).ok()?;
    let parts = [(seconds / 60, "minute"), (seconds % 60, "second")];
    let parts = parts.into_iter().filter(|(n, unit)| *n > 0 || (seconds == 0 && *unit == "second"));
    Some(parts.map(|(n, unit)| counted(n, unit)).collect::<Vec<_>>().join(" "))
}

/// Beginning and end of the test.
fn activity(summary: &Summary) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let time = |instant: &str| DateTime::parse_from_rfc3339(instant).ok().map(|t| t.to_utc());
    let (from, to) = summary.activity.as_ref()?;
    Some((time(from)?, time(to)?))
}

/// The date of an RFC 3339 instant.
pub fn date(instant: &str) -> &str {
    instant.split('T').next().unwrap_or_default()
}
