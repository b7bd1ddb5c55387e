//! What the verification page carries besides its script: the same template, levels, contexts and issuers as the
//! program's, so that it rebuilds and judges badges by itself.

pub mod contexts;
mod levels;
mod pack;

use std::iter;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::badge::template::{self, TemplateError};
use crate::badge::verify::status::List;
use crate::lessons::catalogue::Catalogue;
use crate::trust::{Issuer, KeyTerm, Life, Profile, multikey};

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
    pub statuses: &'a [List],
    /// When it is made; the page shows the day.
    pub built: DateTime<Utc>,
}

impl PageData<'_> {
    /// The page's data as its script reads it (`src/web/page/engine/`): `built`, `template`, `overlays`, `levels`,
    /// `contexts`, `issuers`, `documents`, `status`.
    ///
    /// # Errors
    /// When the embedded template is damaged.
    pub fn to_json(&self) -> Result<Value, TemplateError> {
        Ok(json!({
            "built": self.built.format("%Y-%m-%d").to_string(),
            "template": pack::pack(&template::credential_1()?),
            "overlays": pack::pack(&overlays()?),
            "levels": levels::packed(self.catalogue),
            "contexts": contexts::packed(),
            "issuers": self.issuers.iter().map(issuer).collect::<Vec<_>>(),
            "documents": self.documents,
            "status": self.statuses.iter().map(List::to_json).collect::<Vec<_>>(),
        }))
    }
}

/// What differs from the template in some achievements, by the name of each overlay.
fn overlays() -> Result<Value, TemplateError> {
    let all = template::overlays()?.into_iter();
    Ok(all.map(|(name, places)| (name.to_owned(), Value::Object(places))).collect::<Map<_, _>>().into())
}

/// An issuer as the page's script reads it: `name`, `key` (a multikey), `from`, `state`, `highest`, and where they apply
/// `url`, `email`, `image`, `did`, `status_list`, `until`, `since`, and `former`: how it described itself before. Days are texts, which sort as the days do. Where there are several keys,
/// `keys` holds what is said of each.
#[must_use]
pub fn issuer(issuer: &Issuer) -> Value {
    let keys: Vec<(Members, Members)> = issuer.keys.iter().map(key).collect();
    let (stated, dated) = match keys.as_slice() {
        [(stated, dated)] => (stated.clone(), dated.clone()),
        _ => {
            let each = |(stated, dated): (Members, Members)| {
                [stated, dated].concat().into_iter().collect::<Map<_, _>>()
            };
            (vec![("keys".to_owned(), keys.into_iter().map(each).collect())], Vec::new())
        }
    };
    let highest = ("highest".to_owned(), json!(issuer.highest_assurance));
    let texts = [
        ("url", issuer.url.clone()),
        ("email", issuer.email.clone()),
        ("image", issuer.image.clone()),
        ("did", issuer.did.clone()),
        ("status_list", issuer.status_list.clone()),
    ];
    let texts = texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?.into())));
    let name = ("name".to_owned(), json!(issuer.name));
    let former = issuer.former.iter().map(former).collect::<Vec<_>>();
    let former = Some(("former".to_owned(), Value::Array(former))).filter(|_| !issuer.former.is_empty());
    iter::once(name).chain(stated).chain([highest]).chain(texts).chain(dated).chain(former).collect()
}

/// How an issuer described itself before.
fn former(profile: &Profile) -> Value {
    let members = [
        ("name", Some(&profile.name)),
        ("url", profile.url.as_ref()),
        ("email", profile.email.as_ref()),
        ("image", profile.image.as_ref()),
    ];
    members.into_iter().filter_map(|(name, text)| Some((name.to_owned(), json!(text?)))).collect()
}

/// Members of an object, in their order.
type Members = Vec<(String, Value)>;

/// What is said of one key: its members, and apart from them the day that its state may have.
fn key(term: &KeyTerm) -> (Members, Members) {
    let (state, dated) = match term.life {
        Life::InUse => ("in-use", None),
        Life::Retired { until } => ("retired", Some(("until", until))),
        Life::Compromised { since } => ("compromised", Some(("since", since))),
    };
    let (key, from) = (multikey::encode(&term.key), term.from.to_string());
    let members = [("key", key), ("from", from), ("state", state.to_owned())];
    let members = members.map(|(name, text)| (name.to_owned(), text.into())).to_vec();
    (members, dated.map(|(name, day)| (name.to_owned(), day.to_string().into())).into_iter().collect())
}
