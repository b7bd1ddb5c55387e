//! A list as it is held in memory, and what can be wrong with one.

use std::collections::BTreeSet;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::badge::reasons::Reason;
use crate::badge::vc::json::JsonError;
use crate::badge::vc::proof::ProofError;

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
    /// How many places it has: [`LENGTH_MIN`](super::LENGTH_MIN) to [`LENGTH_MAX`](super::LENGTH_MAX).
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
            "url": self.url, "issuer": self.issuer, "purpose": self.purpose.as_str(), "from": instant(self.from),
            "length": self.length, "revoked": self.revoked,
        });
        if let (Some(members), Some(until)) = (json.as_object_mut(), self.until) {
            members.insert("until".to_owned(), instant(until).into());
        }
        json
    }
}

/// Whether an object is of a type, alone or among others.
pub(super) fn is_of_type(object: &Map<String, Value>, wanted: &str) -> bool {
    match object.get("type") {
        Some(Value::Array(types)) => types.iter().any(|found| found == wanted),
        Some(found) => found == wanted,
        None => false,
    }
}

/// A time as a credential writes it.
pub(super) fn instant(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A member that is a text.
pub(super) fn text<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str()
}
