//! Times in badges and in reasons.

use chrono::{DateTime, Utc};
use serde_json::Value;

/// A day in UTC, as reasons write it.
pub(super) fn day(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%d").to_string()
}

/// The time that a member says.
pub(super) fn instant(value: &Value, name: &str) -> Option<DateTime<Utc>> {
    let text = value.get(name)?.as_str()?;
    DateTime::parse_from_rfc3339(text).ok().map(|t| t.to_utc())
}
