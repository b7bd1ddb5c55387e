//! Whether a badge is in force at the time of asking.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::signed::Signed;
use super::status::{self, Free, List};
use super::summary;
use super::time::{self, day};
use super::verdict::Answer;
use crate::badge::reasons::Reason;

/// How far a proof's time may lie ahead of the time of asking, in minutes: clocks differ.
const CLOCKS_DIFFER_MIN: i64 = 5;

/// What the dates say, and the lists of revoked badges.
pub(super) fn answer(credential: &Value, proofs: &[Signed], lists: &[List], now: DateTime<Utc>) -> Answer {
    let (from, until) = (time::from(credential), time::until(credential));
    let created = || proofs.iter().filter_map(|signed| signed.created);
    let on = |code, t: DateTime<Utc>| Reason::new(code).with("day", day(t));
    match (from, until) {
        (Some(from), _) if now < from => {
            let time = from.format("%Y-%m-%d %H:%M UTC").to_string();
            Answer::No(Reason::new("not-yet-valid").with("time", time))
        }
        (_, Some(until)) if now >= until => Answer::No(on("expired", until)),
        _ if proofs.iter().any(|signed| signed.expires.is_some_and(|e| now >= e)) => {
            Answer::No(Reason::new("proof-expired"))
        }
        _ if created().any(|c| c > now + TimeDelta::minutes(CLOCKS_DIFFER_MIN)) => {
            Answer::No(Reason::new("proof-in-future"))
        }
        (_, Some(until)) if created().any(|c| c >= until) => Answer::No(on("proof-after-end", until)),
        _ => listed(credential, lists, now, until),
    }
}

/// Until when a badge is in force, and what lists say of it where it names one.
fn listed(credential: &Value, lists: &[List], now: DateTime<Utc>, until: Option<DateTime<Utc>>) -> Answer {
    if credential.get("credentialStatus").is_none() {
        return Answer::Yes(match until {
            Some(until) => Reason::new("in-force").with("day", day(until)),
            None => Reason::new("in-force-endless"),
        });
    }
    let issuer = summary::issuer_id(credential).unwrap_or_default();
    let list = match status::oldest_list(credential, issuer, lists, now) {
        Ok(Free::At(made)) => day(made),
        Ok(Free::Undated) => {
            return Answer::Yes(match until {
                Some(until) => Reason::new("status-unnamed").with("day", day(until)),
                None => Reason::new("status-unnamed-endless"),
            });
        }
        Err(answer) => return answer,
    };
    Answer::Yes(match until {
        Some(until) => Reason::new("status-listed").with("day", day(until)).with("list", list),
        None => Reason::new("status-listed-endless").with("list", list),
    })
}
