//! Lists of revoked and suspended badges (W3C Bitstring Status List 1.0): signed credentials given as files.
//!
//! A badge may name a place in its issuer's list. Nothing is ever fetched: the person who verifies saves the list and gives
//! it along. It counts only if the badge's own issuer signed it, and every answer says of which day it is.

mod bits;
mod kinds;
mod list;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::badge::reasons::Reason;
use crate::badge::vc::json::shown;
use crate::badge::verify::time::day;
use crate::badge::verify::verdict::Answer;

pub use bits::{LENGTH_MAX, LENGTH_MIN};
pub use kinds::{Purpose, StatusError, StatusList};
use kinds::{is_of_type, text};
pub use list::read;

/// How many places in lists one badge may name: two, for revocation and suspension, are usual.
const ENTRIES_MAX: usize = 8;

/// The time of the oldest list that tells of the badge; every place that the badge names is free in its list.
///
/// # Errors
/// The answer, where a place is marked or nothing can be said of it.
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
        if !is_of_type(entry, "BitstringStatusListEntry") || !plain || !one_bit {
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
    lists: &[StatusList],
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Answer> {
    let not_checked = |why| Err(Answer::NotChecked(why));
    let Some(entry) = Entry::read(entry) else { return Err(unknown()) };
    let url = shown(entry.url);
    let named = || lists.iter().filter(|list| list.url == entry.url && list.purpose == entry.purpose);
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
