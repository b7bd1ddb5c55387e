//! The roster: who is examined.

use serde::{Deserialize, Serialize};

/// Most candidates of an exam: more than a room holds, and few enough to be compared with each other.
pub const MAX_CANDIDATES: usize = 10_000;

/// One who is examined. Every text is trimmed, in NFC and displayable as [`crate::trust::is_displayable`] says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// The candidate's number, which logs in: 1 to 32 letters, digits, `-`, `.`, `/` and `_`; no two of an exam are equal,
    /// whatever their case.
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
