//! A candidate, and what a candidate's number can be.

use serde::{Deserialize, Serialize};

/// Most candidates of an exam: more than a room holds, and few enough to be compared with each other.
pub const MAX_CANDIDATES: usize = 10_000;

/// Longest number: what is typed by hand and stands in names of files.
pub const MAX_NUMBER: usize = 32;

/// One who is examined. Every text is trimmed, in NFC and displayable as [`crate::trust::is_displayable`] says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// The candidate's number, which logs in, as [`is_number`] says; no two of an exam are equal, whatever their case.
    pub number: String,
    /// The name as it stands on the badge.
    pub name: String,
    /// An e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Other columns of the roster: the header, the value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<(String, String)>,
}

/// Whether a text can be a candidate's number: 1 to [`MAX_NUMBER`] letters, digits and `-`, `.`, `/`, `_`, of which the first
/// is a letter or digit. All are of ASCII: every keyboard has them.
#[must_use]
pub fn is_number(text: &str) -> bool {
    let inner = |b: u8| b.is_ascii_alphanumeric() || b"-./_".contains(&b);
    (1..=MAX_NUMBER).contains(&text.len())
        && text.bytes().all(inner)
        && text.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric())
}
