//! Lists of revoked and suspended badges, given as files: signed credentials with a place for each badge (W3C Bitstring
//! Status List 1.0 and its forerunner Status List 2021), and 1EdTech's lists of ids.
//!
//! A badge may name a place in its issuer's list. Nothing is ever fetched: the person who verifies saves the list and gives
//! it along. A list with places counts only if the badge's own issuer signed it, and every answer says of which day it is.

mod bits;
mod kinds;
mod list;
mod named;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::badge::reasons::Reason;
use crate::badge::vc::json::shown;
use crate::badge::verify::time::day;
use crate::badge::verify::verdict::Answer;

pub use bits::{LENGTH_MAX, LENGTH_MIN};
pub use kinds::{Purpose, StatusError, StatusList};
use kinds::{is_of_type, text};
pub use list::read;
pub use named::NamedList;

/// How many places in lists one badge may name: two, for revocation and suspension, are usual.
const ENTRIES_MAX: usize = 8;

/// A list that somebody gave, of either kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// With a place for each badge.
    Places(StatusList),
    /// With the ids of revoked badges.
    Names(NamedList),
}

impl List {
    /// The list as the page carries it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Places(list) => list.to_json(),
            Self::Names(list) => list.to_json(),
        }
    }
}

/// What the lists say of a badge that is neither revoked nor suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Free {
    /// The time of the oldest list.
    At(DateTime<Utc>),
    /// The lists have no date.
    Undated,
}

/// The time of the oldest list that tells of the badge; every place that the badge names is free in its list.
///
/// # Errors
/// The answer, where a place is marked or nothing can be said of it.
pub fn oldest_list(
    credential: &Value,
    issuer: &str,
    lists: &[List],
    now: DateTime<Utc>,
) -> Result<Free, Answer> {
    let entries = match credential.get("credentialStatus") {
        Some(Value::Array(entries)) if (1..=ENTRIES_MAX).contains(&entries.len()) => entries.iter().collect(),
        Some(Value::Array(_)) | None => Vec::new(),
        Some(entry) => vec![entry],
    };
    let id = credential.get("id").and_then(Value::as_str);
    let of = |entry: &Value| match entry.as_object() {
        Some(members) if is_of_type(members, named::ENTRY) => of_names(members, id, issuer, lists),
        _ => of_entry(entry, issuer, lists, now).map(Free::At),
    };
    let answers: Vec<Result<Free, Answer>> = entries.into_iter().map(of).collect();
    let worst =
        answers.iter().filter_map(|answer| answer.as_ref().err()).min_by_key(|answer| !answer.is_no());
    let dated = answers.iter().flatten().filter_map(|free| match free {
        Free::At(time) => Some(*time),
        Free::Undated => None,
    });
    match (worst, dated.min()) {
        (Some(worst), _) => Err(worst.clone()),
        (None, Some(oldest)) => Ok(Free::At(oldest)),
        (None, None) if answers.is_empty() => Err(unknown()),
        (None, None) => Ok(Free::Undated),
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
    /// Reads an entry of type `BitstringStatusListEntry` or `StatusList2021Entry` whose places have one bit.
    fn read(entry: &'a Value) -> Option<Self> {
        let entry = entry.as_object()?;
        let index = text(entry, "statusListIndex")?;
        let plain =
            index.bytes().all(|byte| byte.is_ascii_digit()) && (index == "0" || !index.starts_with('0'));
        let one_bit = entry.get("statusSize").is_none_or(|size| *size == json!(1));
        let is_known =
            ["BitstringStatusListEntry", "StatusList2021Entry"].iter().any(|of| is_of_type(entry, of));
        if !is_known || !plain || !one_bit {
            return None;
        }
        let purpose = Purpose::from_word(text(entry, "statusPurpose")?)?;
        Some(Self { purpose, index: index.parse().ok()?, url: text(entry, "statusListCredential")? })
    }
}

/// The time of the list in which this place is free; otherwise the answer.
fn of_entry(
    entry: &Value,
    issuer: &str,
    lists: &[List],
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Answer> {
    let not_checked = |why| Err(Answer::NotChecked(why));
    let Some(entry) = Entry::read(entry) else { return Err(unknown()) };
    let url = shown(entry.url);
    let of_places = lists.iter().filter_map(|list| match list {
        List::Places(list) => Some(list),
        List::Names(_) => None,
    });
    let named = || of_places.clone().filter(|list| list.url == entry.url && list.purpose == entry.purpose);
    // Several editions may be given: the newest one counts.
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

/// Whether a list of ids leaves the badge free; otherwise the answer.
fn of_names(
    entry: &Map<String, Value>,
    id: Option<&str>,
    issuer: &str,
    lists: &[List],
) -> Result<Free, Answer> {
    let not_checked = |why| Err(Answer::NotChecked(why));
    let (Some(url), Some(id)) = (text(entry, "id"), id) else { return Err(unknown()) };
    let named = lists.iter().filter_map(|list| match list {
        List::Names(list) if list.url == url => Some(list),
        _ => None,
    });
    let (own, others): (Vec<&NamedList>, Vec<_>) = named.partition(|list| list.issuer == issuer);
    match (own.first(), others.first()) {
        (Some(_), _) if own.iter().any(|list| list.revoked.contains_key(id)) => {
            Err(Answer::No(Reason::new("status-named")))
        }
        (Some(_), _) => Ok(Free::Undated),
        (None, Some(list)) => {
            not_checked(Reason::new("status-other-issuer").with("issuer", shown(&list.issuer)))
        }
        (None, None) => not_checked(Reason::new("status-missing").with("url", shown(url))),
    }
}
