//! Times in badges and in reasons.

use chrono::{DateTime, Utc};
use serde_json::Value;

/// A day in UTC, as reasons write it.
pub(super) fn day(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%d").to_string()
}

/// From when a credential is valid: the later of what it says in the words of W3C Verifiable Credentials 2.0 (`validFrom`)
/// and 1.1 (`issuanceDate`).
pub(super) fn from(credential: &Value) -> Option<DateTime<Utc>> {
    ["validFrom", "issuanceDate"].into_iter().filter_map(|name| instant(credential, name)).max()
}

/// Until when a credential is valid: the earlier of `validUntil` and `expirationDate`.
pub(super) fn until(credential: &Value) -> Option<DateTime<Utc>> {
    UNTIL.into_iter().filter_map(|name| instant(credential, name)).min()
}

/// The members that end a credential's life, in the words of W3C Verifiable Credentials 2.0 and 1.1.
pub(super) const UNTIL: [&str; 2] = ["validUntil", "expirationDate"];

/// The time that a member says.
pub(super) fn instant(value: &Value, name: &str) -> Option<DateTime<Utc>> {
    let text = value.get(name)?.as_str()?;
    DateTime::parse_from_rfc3339(text).ok().map(|t| t.to_utc())
}
