//! What the page holds as data: levels, trusted issuers, documents.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::lessons::catalogue::Catalogue;
use crate::trust::{Issuer, multikey};

/// What the page holds as data.
pub struct PageData<'a> {
    /// The levels.
    pub catalogue: &'a Catalogue,
    /// The trusted issuers.
    pub issuers: &'a [Issuer],
    /// DID documents.
    pub documents: &'a [Value],
    /// When the page was built.
    pub built: DateTime<Utc>,
}

impl PageData<'_> {
    /// The JSON in the page.
    pub fn to_json(&self) -> Value {
        let issuers = self.issuers.iter().map(|i| {
            json!({"name": i.name, "key": multikey::encode(&i.key), "from": i.from.to_string(), "state": "in-use",
                "highest": i.highest_assurance})
        });
        json!({"built": self.built.date_naive().to_string(), "issuers": issuers.collect::<Vec<_>>()})
    }
}
