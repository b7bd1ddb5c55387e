//! Lists of revoked and suspended badges (W3C Bitstring Status List 1.0): signed credentials given as files.
//!
//! A badge may name a place in its issuer's list. Nothing is ever fetched: whoever verifies saves the list and gives it
//! along. It counts only if the badge's own issuer signed it, and every answer says of which day it is.

mod bits;
mod list;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::badge::reasons::Reason;
use crate::badge::vc::json::{JsonError, shown};
use crate::badge::vc::proof::ProofError;
use crate::badge::verify::day;
use crate::badge::verify::verdict::Answer;

pub use bits::{LENGTH_MAX, LENGTH_MIN};
pub use list::read;

/// How many places in lists one badge may name: two, for revocation and suspension, are usual.
const ENTRIES_MAX: usize = 8;

/// What a place in a list stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Withdrawn for good.
    Revocation,
    /// Withdrawn for a time.
    Suspension,
}

impl Purpose {
    /// The word in a list and in a badge.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Revocation => "revocation",
            Self::Suspension => "suspension",
        }
    }

    /// The purpose of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Revocation, Self::Suspension].into_iter().find(|purpose| purpose.as_str() == word)
    }
}

/// A list, read and believed to be its issuer's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusList {
    /// The address that badges name it by.
    pub url: String,
    /// Its issuer's DID.
    pub issuer: String,
    /// What it lists.
    pub purpose: Purpose,
    /// When it was made.
    pub from: DateTime<Utc>,
    /// When a newer one is to be had.
    pub until: Option<DateTime<Utc>>,
    /// How many places it has: [`LENGTH_MIN`] to [`LENGTH_MAX`].
    pub length: u32,
    /// The places that are marked, from 0.
    pub revoked: BTreeSet<u32>,
}

/// Why a list is not made or not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub enum StatusError {
    /// Not JSON, or not strictly so.
    Json(#[from] JsonError),
    /// Not of the form that is read here.
    Form(Reason),
    /// Its proofs.
    Proof(#[from] ProofError),
    /// A key that is in other hands.
    Compromised {
        /// Whose key.
        issuer: String,
    },
    /// A place beyond the list's end.
    Outside {
        /// The place.
        index: u32,
        /// How many places there are.
        length: u32,
    },
}

impl StatusError {
    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::Json(why) => why.reason(),
            Self::Form(what) => Reason::new("list-form").with("what", what.clone()),
            Self::Proof(why) => Reason::new("list-proof").with("why", why.reason()),
            Self::Compromised { issuer } => Reason::new("list-compromised").with("issuer", issuer.as_str()),
            Self::Outside { index, length } => {
                Reason::new("list-outside").with("index", *index).with("length", *length)
            }
        }
    }
}

impl StatusList {
    /// The list as the page carries it, decoded: `{"url", "issuer", "purpose", "from", "until"?, "length", "revoked"}`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut json = json!({
            "url": self.url, "issuer": self.issuer, "purpose": self.purpose.as_str(), "from": list::instant(self.from),
            "length": self.length, "revoked": self.revoked,
        });
        if let (Some(members), Some(until)) = (json.as_object_mut(), self.until) {
            members.insert("until".to_owned(), list::instant(until).into());
        }
        json
    }
}

/// The time of the oldest list that tells of the badge; every place that the badge names is free in its list.
///
/// # Errors
/// The answer, where a place is marked or nothing can be told of it.
pub fn oldest_list(
    credential: &Value,
    issuer: &str,
    lists: &[StatusList],
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Answer> {
    let entries = match credential.get("credentialStatus") {
        Some(Value::Array(entries)) if (1..=ENTRIES_MAX).contains(&entries.len()) => entries.iter().collect(),
        Some(Value::Array(_)) | None => Vec::new(),
        Some(entry) => vec![entry],
    };
    let answers: Vec<Result<DateTime<Utc>, Answer>> =
        entries.into_iter().map(|entry| of_entry(entry, issuer, lists, now)).collect();
    let worst =
        answers.iter().filter_map(|answer| answer.as_ref().err()).min_by_key(|answer| !answer.is_no());
    match (worst, answers.iter().flatten().min()) {
        (Some(worst), _) => Err(worst.clone()),
        (None, Some(oldest)) => Ok(*oldest),
        (None, None) => Err(unknown()),
    }
}

fn unknown() -> Answer {
    Answer::NotChecked(Reason::new("status-unread"))
}

/// A place in a list, as a badge names it.
struct Entry<'a> {
    purpose: Purpose,
    index: u32,
    url: &'a str,
}

impl<'a> Entry<'a> {
    /// Reads an entry of type `BitstringStatusListEntry` whose places have one bit.
    fn read(entry: &'a Value) -> Option<Self> {
        let entry = entry.as_object()?;
        let index = text(entry, "statusListIndex")?;
        let plain =
            index.bytes().all(|byte| byte.is_ascii_digit()) && (index == "0" || !index.starts_with('0'));
        let one_bit = entry.get("statusSize").is_none_or(|size| *size == json!(1));
        if !list::is_of_type(entry, "BitstringStatusListEntry") || !plain || !one_bit {
            return None;
        }
        let purpose = Purpose::from_word(text(entry, "statusPurpose")?)?;
        Some(Self { purpose, index: index.parse().ok()?, url: text(entry, "statusListCredential")? })
    }
}

fn text<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str()
}

/// The time of the list in which this place is free; otherwise the answer.
fn of_entry(
    entry: &Value,
    issuer: &str,
    lists: &[StatusList],
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Answer> {
    let not_checked = |why| Err(Answer::NotChecked(why));
    let Some(entry) = Entry::read(entry) else { return Err(unknown()) };
    let url = shown(entry.url);
    let named = || lists.iter().filter(|list| list.url == entry.url && list.purpose == entry.purpose);
    // Whoever verifies may give several editions: the newest one tells.
    let own = named().filter(|list| list.issuer == issuer).max_by_key(|list| list.from);
    let Some(list) = own else {
        return not_checked(match named().next() {
            Some(list) => Reason::new("status-other-issuer").with("issuer", shown(&list.issuer)),
            None => Reason::new("status-missing").with("url", url),
        });
    };
    let is_marked = list.revoked.contains(&entry.index);
    let of_list = |code| Reason::new(code).with("list", day(list.from));
    match (entry.purpose, list.until) {
        _ if list.from > now => not_checked(of_list("status-future")),
        // What is revoked stays so, however old the list is.
        (Purpose::Revocation, _) if is_marked => Err(Answer::No(of_list("status-revoked"))),
        (_, Some(until)) if now >= until => {
            not_checked(Reason::new("status-ran-out").with("day", day(until)).with("url", url))
        }
        (Purpose::Suspension, _) if is_marked => Err(Answer::No(of_list("status-suspended"))),
        _ if entry.index >= list.length => {
            not_checked(Reason::new("status-outside").with("index", entry.index))
        }
        _ => Ok(list.from),
    }
}
