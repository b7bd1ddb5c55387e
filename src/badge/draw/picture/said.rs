//! What the picture of a badge says, read from the credential as a reader of the file would read it.

use serde_json::Value;

use crate::badge::carry::share::{self, Reach};
use crate::badge::carry::symbol::Symbol;
use crate::badge::draw::words::{self, Figure};
use crate::badge::verify::about;
use crate::badge::verify::summary::{Kind, Summary};
use crate::trust::{Assurance, looks_same};

/// Everything that is drawn, in words.
pub struct Said {
    /// The achievement's name, up to what stands in brackets at its end.
    pub title: String,
    /// What stands in brackets at the end of the achievement's name: duration and rule.
    pub rule: Option<String>,
    /// Whether it is of a level that comes with typeproof.
    pub shipped: bool,
    /// The holder's name; nothing in a badge that knows its holder otherwise.
    pub holder: Option<String>,
    /// How the test was supervised, where the badge says it in our terms.
    pub assurance: Option<Assurance>,
    /// The same in a sentence.
    pub supervision: String,
    /// Whether that names who supervised, and so is long.
    pub named: bool,
    /// What the program noted of the test, in sentences; empty for nothing.
    pub noted: String,
    /// What was measured.
    pub figures: Vec<Figure>,
    /// When, by whom, until when: label and value.
    pub issue: Vec<(&'static str, String)>,
    /// The modules of the code, row by row, where one up to the largest version holds the link; `true` is dark.
    pub code: Option<Vec<Vec<bool>>>,
    /// Whether others than this machine can open the link.
    pub opens: bool,
    /// The facts in one paragraph, for those who cannot see the picture.
    pub description: String,
}

impl Said {
    /// Reads a credential; what it does not say is not drawn.
    pub fn of(credential: &Value, link: &str) -> Self {
        let code = Symbol::new(link).ok().map(|symbol| symbol.framed(0));
        Self::beside(credential, code, matches!(share::reach(link), Reach::Some | Reach::Public))
    }

    /// The same beside a code that is there already, of which is known whether others can open its link.
    pub fn beside(credential: &Value, code: Option<Vec<Vec<bool>>>, opens: bool) -> Self {
        let summary = Summary::of(credential);
        let shipped = about::is_shipped(credential);
        let (title, rule) = match shipped {
            true => split_title(&summary.achievement),
            false => split_maker(&summary.achievement),
        };
        let supervision = words::assurance(&summary, false);
        let description = format!(
            "{}. {}. {} Issued by {} on {}.",
            summary.holder.join(", "),
            words::figures(&summary).join(", "),
            words::circumstances(&summary, false),
            summary.issuer_name,
            words::dates(&summary)
        );
        Self {
            title,
            rule,
            shipped,
            holder: Some(summary.holder.join(", ")).filter(|name| !name.is_empty()),
            assurance: summary.assurance.as_deref().and_then(Assurance::from_word),
            supervision,
            named: summary.supervised.is_some(),
            noted: summary.remarks.join(" "),
            figures: Figure::all(&summary),
            issue: issue(&summary),
            code,
            opens,
            description,
        }
    }

    /// The achievement's whole name.
    pub fn whole_title(&self) -> String {
        match &self.rule {
            Some(by) if MAKERS.iter().any(|maker| by.starts_with(maker)) => format!("{}, {by}", self.title),
            Some(rule) => format!("{} ({rule})", self.title),
            None => self.title.clone(),
        }
    }
}

/// A name, and what stands in brackets at its end.
fn split_title(name: &str) -> (String, Option<String>) {
    match name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")) {
        Some((title, rule)) if !title.is_empty() => (title.to_owned(), Some(rule.to_owned())),
        _ => (name.to_owned(), None),
    }
}

/// How the part of a name begins that says who made a level or a course.
const MAKERS: [&str; 2] = ["a level made by ", "a course made by "];

/// The name of a level or a course of somebody's own, and who made it.
fn split_maker(name: &str) -> (String, Option<String>) {
    let made = |maker| name.rsplit_once(&format!(", {maker}")).map(|(title, by)| (title, maker, by));
    match MAKERS.into_iter().find_map(made) {
        Some((title, maker, by)) => (title.to_owned(), Some(format!("{maker}{by}"))),
        None => split_title(name),
    }
}

fn issue(summary: &Summary) -> Vec<(&'static str, String)> {
    let taken = summary.activity.as_ref().map(|(from, _)| from);
    let taken = taken.or(summary.valid_from.as_ref()).map(|instant| words::day(instant));
    let until =
        summary.valid_until.as_ref().map_or_else(|| "without end".to_owned(), |instant| words::day(instant));
    let done = match summary.kind {
        Kind::Test => ("Test taken", taken.unwrap_or_default()),
        Kind::Practice => ("Practised", words::period(summary).unwrap_or_default()),
        Kind::Course => ("Taken", words::period(summary).unwrap_or_default()),
    };
    let lines = [done, ("Valid until", until), ("Signed by", signer(summary))];
    lines.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// Who signed, as the badge says: a learner who signs for themselves is called the holder.
fn signer(summary: &Summary) -> String {
    let own = summary.assurance.as_deref() == Some(Assurance::SelfAssessed.as_str());
    match own && summary.holder.iter().any(|holder| looks_same(holder, &summary.issuer_name)) {
        true => "the holder".to_owned(),
        false => summary.issuer_name.clone(),
    }
}
