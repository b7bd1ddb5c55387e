//! What the verification page carries besides its script: the same template, levels, contexts and issuers as the
//! program's, so that it rebuilds and judges badges by itself.

pub mod contexts;
mod levels;
mod pack;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::badge::template::{self, TemplateError};
use crate::badge::verify::status::StatusList;
use crate::lessons::catalogue::Catalogue;
use crate::trust::{Issuer, Life, multikey};

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
pub struct PageData<'a> {
    /// The levels whose badges it can rebuild: all versions of all levels.
    pub catalogue: &'a Catalogue,
    /// Whom it trusts.
    pub issuers: &'a [Issuer],
    /// DID documents of issuers that have a did:web.
    pub documents: &'a [Value],
    /// Lists of revoked badges, decoded and believed.
    pub statuses: &'a [StatusList],
    /// When it is made; the page shows the day.
    pub built: DateTime<Utc>,
}

impl PageData<'_> {
    /// The page's data as its script reads it (`src/web/page/engine/`): `built`, `template`, `levels`, `contexts`,
    /// `issuers`, `documents`, `status`.
    ///
    /// # Errors
    /// When the embedded template is damaged.
    pub fn to_json(&self) -> Result<Value, TemplateError> {
        Ok(json!({
            "built": self.built.format("%Y-%m-%d").to_string(),
            "template": pack::pack(&template::credential_1()?),
            "levels": levels::packed(self.catalogue),
            "contexts": contexts::packed(),
            "issuers": self.issuers.iter().map(issuer).collect::<Vec<_>>(),
            "documents": self.documents,
            "status": self.statuses.iter().map(StatusList::to_json).collect::<Vec<_>>(),
        }))
    }
}

/// An issuer as the page's script reads it: `name`, `key` (a multikey), `from`, `state`, `highest`, and where they apply
/// `url`, `did`, `status_list`, `until`, `since`. Days are texts, which sort as the days do.
#[must_use]
pub fn issuer(issuer: &Issuer) -> Value {
    let (state, dated) = match issuer.life {
        Life::InUse => ("in-use", None),
        Life::Retired { until } => ("retired", Some(("until", until))),
        Life::Compromised { since } => ("compromised", Some(("since", since))),
    };
    let mut entry = json!({
        "name": issuer.name,
        "key": multikey::encode(&issuer.key),
        "from": issuer.from.to_string(),
        "state": state,
        "highest": issuer.highest_assurance,
    });
    let texts = [
        ("url", issuer.url.clone()),
        ("did", issuer.did.clone()),
        ("status_list", issuer.status_list.clone()),
    ];
    let day = dated.map(|(name, day)| (name, Some(day.to_string())));
    for (name, text) in texts.into_iter().chain(day) {
        if let Some(text) = text {
            entry[name] = text.into();
        }
    }
    entry
}
