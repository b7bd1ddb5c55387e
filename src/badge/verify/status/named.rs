//! Lists that name the revoked badges by their ids (1EdTech Revocation List, `1EdTechRevocationList`).
//!
//! Nobody signs such a list: it counts because the person who verifies saved it from the address that the badge names. So it
//! must say that it is the list of that address and of the badge's issuer.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::kinds::{StatusError, text};
use crate::badge::reasons::Reason;

/// The type of an entry that names such a list.
pub(super) const ENTRY: &str = "1EdTechRevocationList";

/// The most badges that one list may name: such lists are read whole.
const NAMES_MAX: usize = 100_000;

/// A list of revoked badges by their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedList {
    /// The address that badges name it by.
    pub url: String,
    /// Its issuer's id.
    pub issuer: String,
    /// The ids of the revoked badges, with the reason that the list gives.
    pub revoked: BTreeMap<String, Option<String>>,
}

impl NamedList {
    /// Whether an object is such a list, by its members.
    pub(super) fn is_one(members: &Map<String, Value>) -> bool {
        members.contains_key("revokedCredential") || members.contains_key("revokedCredentials")
    }

    /// Reads a list.
    pub(super) fn read(members: &Map<String, Value>) -> Result<Self, StatusError> {
        let form = |what| StatusError::Form(Reason::new(what));
        let issuer = members.get("issuer").and_then(|i| i.as_str().or_else(|| i.get("id")?.as_str()));
        let (Some(url), Some(issuer)) = (text(members, "id"), issuer) else {
            return Err(form("list-unnamed"));
        };
        let named = members.get("revokedCredential").or_else(|| members.get("revokedCredentials"));
        let named = named.and_then(Value::as_array).filter(|named| named.len() <= NAMES_MAX);
        let named = named.ok_or_else(|| form("list-names"))?;
        let one = |entry: &Value| {
            let entry = entry.as_object()?;
            let revoked = entry.get("revoked").is_none_or(|revoked| *revoked != json!(false));
            let reason = text(entry, "revocationReason").map(str::to_owned);
            Some((text(entry, "id")?.to_owned(), revoked, reason))
        };
        let read: Option<Vec<_>> = named.iter().map(one).collect();
        let read = read.ok_or_else(|| form("list-names"))?;
        let revoked = read.into_iter().filter(|(_, revoked, _)| *revoked).map(|(id, _, why)| (id, why));
        Ok(Self { url: url.to_owned(), issuer: issuer.to_owned(), revoked: revoked.collect() })
    }

    /// The list as the page carries it: `{"url", "issuer", "names"}`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({"url": self.url, "issuer": self.issuer, "names": self.revoked.keys().collect::<Vec<_>>()})
    }
}
