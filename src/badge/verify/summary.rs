//! What a badge says, read from the very document whose proofs were checked; cleaned for a terminal.

use serde::Serialize;
use serde_json::Value;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

pub(in crate::badge) use super::members::list;
pub use super::members::{
    REMARK, achievement, assurance, hashed, identifiers, is_name, issuer_id, names, remarks, result_value,
    states_supervision, subject,
};
use super::members::{description, first, is_supervision, levels, plain, stated, text};
use super::supervised;
use crate::badge::claim::Supervision;
use crate::lessons::course::COURSE;
use crate::lessons::practice::PRACTICE;
use crate::trust::{Assurance, MAX_NAME_GRAPHEMES, displayable, looks_same, speaks_of_supervision};

/// Longest text shown of a badge, in characters: a criteria narrative is longer than any other text.
const MAX_SHOWN: usize = 2_000;

/// Longest name or value shown of a badge, in characters: more would push what follows out of sight.
const MAX_NAME_SHOWN: usize = 100;

/// Longest name of an achievement shown, in characters: that of somebody's own level ends by saying whose it is.
const MAX_TITLE_SHOWN: usize = 200;

/// Longest remark shown of a badge, in characters: the longest of ours has some 110.
const MAX_REMARK_SHOWN: usize = 160;

/// Longest required value that is shown, in characters: a speed or a share has fewer.
const MAX_REQUIRED: usize = 12;

/// How many combining marks a letter may have: more are drawn over the lines above and below it. Pointed Hebrew has four,
/// Tibetan and Vietnamese three, and everyday words of Burmese five.
const MAX_MARKS: usize = 5;

/// Quotation marks and what looks like them, which a name inside of our own quotation marks must not hold.
const QUOTES: &[char] = &[
    '"',
    '„',
    '“',
    '”',
    '‟',
    '«',
    '»',
    '″',
    '＂',
    '\u{2ba}',
    '\u{2dd}',
    '\u{2ee}',
    '\u{5f4}',
    '\u{201a}',
    '\u{2034}',
    '\u{2036}',
    '\u{2037}',
    '\u{2039}',
    '\u{203a}',
    '\u{2057}',
    '\u{275d}',
    '\u{275e}',
    '\u{2760}',
    '\u{2e42}',
    '\u{301d}',
    '\u{301e}',
    '\u{301f}',
    '\u{1f676}',
    '\u{1f677}',
    '\u{1f678}',
];

/// Apostrophes and what looks like them: two in a row look like a quotation mark.
const APOSTROPHES: &[char] = &['\'', '`', '´', 'ʹ', 'ʻ', 'ʼ', '׳', '‘', '’', '‛', '′', '＇'];

/// What kind of achievement a badge says that it is for: by how it is counted. It chooses words for
/// people, and nothing else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One test, or whatever another program measured.
    #[default]
    Test,
    /// Hours of practice.
    Practice,
    /// A course.
    Course,
}

impl Kind {
    /// By the name of our definitions before the counts among a badge's evidence.
    fn of(credential: &Value) -> Self {
        let mut narratives = list(credential.get("evidence")).filter_map(|item| text(item, "narrative"));
        let kinds = [(PRACTICE, Self::Practice), (COURSE, Self::Course)];
        let found = narratives.find_map(|narrative| {
            let (name, _) = narrative.split_once(':')?;
            kinds.into_iter().find(|(known, _)| *known == name)
        });
        found.map_or(Self::Test, |(_, kind)| kind)
    }
}

/// What a badge says of itself. All texts are [`shown_text`], names and values cut after 100 characters, but that of the
/// achievement after 200 and remarks after 160.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The credential's id.
    pub id: String,
    /// What kind of achievement it is for.
    pub kind: Kind,
    /// Name of the achievement.
    pub achievement: String,
    /// Plain names of the holder.
    pub holder: Vec<String>,
    /// What else the badge says of the holder in plain text: the kind of identifier, and the identifier.
    pub identifiers: Vec<(String, String)>,
    /// The issuer's name, as the badge says.
    pub issuer_name: String,
    /// The issuer's id, a DID or URL.
    pub issuer_id: String,
    /// How it was supervised, where the badge says it in our terms: the strongest that it says anywhere.
    pub assurance: Option<String>,
    /// Who supervised it, and what they vouch for; nothing where nobody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supervised: Option<Supervision>,
    /// Results: what was measured, and the value; the supervision, if it is described as in our badges, is not among
    /// them.
    pub results: Vec<(String, String)>,
    /// What was required of results: what is measured, as among the results, and the least value in digits.
    pub required: Vec<(String, String)>,
    /// Results that speak of supervision in whatever letters: the issuer chooses what they are called, so they are the
    /// issuer's own words and never stand among what was measured.
    pub own_words: Vec<(String, String)>,
    /// What the program noted of the test besides its figures, a sentence each.
    pub remarks: Vec<String>,
    /// What had to be done.
    pub criteria: String,
    /// When it was done: from, to.
    pub activity: Option<(String, String)>,
    /// From when it is valid.
    pub valid_from: Option<String>,
    /// Until when.
    pub valid_until: Option<String>,
}

impl Summary {
    /// Reads a credential; what is missing stays empty.
    pub fn of(credential: &Value) -> Self {
        let subject = first(credential.get("credentialSubject"));
        let achievement = subject.get("achievement").unwrap_or(&Value::Null);
        let activity = (text(subject, "activityStartDate"), text(subject, "activityEndDate"));
        let (own_words, results) = results(subject, achievement);
        Self {
            id: shown(credential, "id"),
            kind: Kind::of(credential),
            achievement: text(achievement, "name").map(|name| cut(name, MAX_TITLE_SHOWN)).unwrap_or_default(),
            holder: names(subject).map(name).collect(),
            identifiers: plain(subject).filter(|i| !is_name(i)).map(kind_and_value).collect(),
            issuer_name: credential.get("issuer").map_or_else(String::new, |i| shown(i, "name")),
            issuer_id: issuer_id(credential).map(shown_text).unwrap_or_default(),
            assurance: assurance(credential).map(|a| a.to_string()),
            supervised: supervised::of(credential).ok().flatten(),
            results,
            required: required(subject, achievement),
            own_words,
            remarks: remarks(credential).map(|text| cut(text, MAX_REMARK_SHOWN)).collect(),
            criteria: achievement
                .get("criteria")
                .map_or_else(String::new, |c| text(c, "narrative").map(shown_text).unwrap_or_default()),
            activity: activity.0.zip(activity.1).map(|(from, to)| (name(from), name(to))),
            valid_from: text(credential, "validFrom").or(text(credential, "issuanceDate")).map(name),
            valid_until: text(credential, "validUntil").or(text(credential, "expirationDate")).map(name),
        }
    }
}

/// The kind of an identifier, as the badge calls it, and the identifier.
fn kind_and_value(identifier: &Value) -> (String, String) {
    (kind(identifier), shown(identifier, "identityHash"))
}

/// The kind of an identifier, as the badge calls it.
pub fn kind(identifier: &Value) -> String {
    Some(shown(identifier, "identityType")).filter(|kind| !kind.is_empty()).unwrap_or("identifier".to_owned())
}

/// Text for a terminal: what [`displayable`] drops is dropped, and every mark beyond the first five on a letter; white
/// space is folded; cut after 2,000 characters.
pub fn shown_text(text: &str) -> String {
    let shown = displayable(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let words = displayable(&with_few_marks(&shown));
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_SHOWN).collect()
}

/// A text without the marks beyond [`MAX_MARKS`] on one letter; joiners between them do not start anew.
fn with_few_marks(text: &str) -> String {
    let mut marks = 0;
    let stays = |c: &char| {
        match c {
            '\u{200c}' | '\u{200d}' => return true,
            c if is_combining_mark(*c) => marks += 1,
            _ => marks = 0,
        }
        marks <= MAX_MARKS
    };
    text.chars().filter(stays).collect()
}

/// A name or value: shown_text, and cut after 100 characters.
fn name(text: &str) -> String {
    cut(text, MAX_NAME_SHOWN)
}

/// shown_text, and cut after so many characters.
fn cut(text: &str, most: usize) -> String {
    let text = shown_text(text);
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// Somebody else's text within a sentence of ours, in quotation marks that it cannot close: without its own, and cut
/// after 64 grapheme clusters.
pub fn quoted(text: &str) -> String {
    let text = without_apostrophes_in_a_row(&shown_text(text).replace(QUOTES, ""));
    let end = text.grapheme_indices(true).nth(MAX_NAME_GRAPHEMES).map(|(end, _)| end);
    match end.and_then(|end| text.get(..end)) {
        Some(front) => format!("\"{front}…\""),
        None => format!("\"{text}\""),
    }
}

/// A text without those of its apostrophes that stand beside another.
fn without_apostrophes_in_a_row(text: &str) -> String {
    let is_one = |c: Option<char>| c.is_some_and(|c| APOSTROPHES.contains(&c));
    let mut before = None;
    let mut rest = text.chars();
    let mut kept = String::new();
    while let Some(c) = rest.next() {
        let beside = is_one(before) || is_one(rest.clone().next());
        if !(is_one(Some(c)) && beside) {
            kept.push(c);
        }
        before = Some(c);
    }
    kept
}

/// Who issued, for people: the name in the list of trusted issuers, where it is `known`; otherwise what the badge says,
/// and that it is the badge that says so.
pub fn issuer(summary: &Summary, known: Option<&str>) -> String {
    let (own, id) = (summary.issuer_name.as_str(), summary.issuer_id.as_str());
    match known {
        Some(known) if own.is_empty() || looks_same(known, own) => format!("{known} ({id})"),
        Some(known) => format!("{known}, which the badge calls {} ({id})", quoted(own)),
        None if own.is_empty() => id.to_owned(),
        None => format!("{}, as it calls itself ({id})", quoted(own)),
    }
}

/// What the descriptions of the results require, where that is a number.
fn required(subject: &Value, achievement: &Value) -> Vec<(String, String)> {
    let plain = |value: &&str| {
        (1..=MAX_REQUIRED).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    let one = |result: &Value| {
        let description = description(result, achievement)?;
        let least = text(description, "requiredValue").filter(plain)?;
        Some((shown(description, "name"), least.to_owned()))
    };
    list(subject.get("result")).filter(|r| !is_supervision(r, achievement)).filter_map(one).collect()
}

/// What results are called, and their values.
type Rows = Vec<(String, String)>;

/// The results that speak of supervision, and all others.
fn results(subject: &Value, achievement: &Value) -> (Rows, Rows) {
    let one = |result: &Value| {
        let description = description(result, achievement)?;
        let stated = stated(result, achievement);
        // What decides is the id, so an assurance is shown by that and not by the name that the badge gives it.
        let value = match (stated, text(result, "achievedLevel")) {
            (Some(assurance), _) => assurance.to_string(),
            (None, Some(id)) => shown(levels(achievement, id).next()?, "name"),
            (None, None) => name(text(result, "value")?),
        };
        let called = shown(description, "name");
        let speaks = stated.is_some() || [&called, &value].iter().any(|text| speaks_of_supervision(text));
        Some((speaks, (called, value)))
    };
    let shown = list(subject.get("result")).filter(|r| !is_supervision(r, achievement)).filter_map(one);
    let (speaking, others): (Vec<_>, Vec<_>) = shown.partition(|(speaks, _)| *speaks);
    let rows = |rows: Vec<(bool, _)>| rows.into_iter().map(|(_, row)| row).collect();
    (rows(speaking), rows(others))
}

/// How the test was supervised, for people: in a word where the issuer is believed at that; otherwise that only the badge
/// says so.
pub fn supervision(summary: &Summary, believed: bool) -> String {
    let stated = summary.assurance.clone().unwrap_or_default();
    match stated.is_empty() || believed || stated == Assurance::SelfAssessed.as_str() {
        true => stated,
        false => format!("{}, in its issuer's own words", quoted(&stated)),
    }
}

fn shown(value: &Value, member: &str) -> String {
    text(value, member).map(name).unwrap_or_default()
}
