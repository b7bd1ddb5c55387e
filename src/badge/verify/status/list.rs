//! The credential around a list: read strictly, and made.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::List;
use super::bits::{self, LENGTH_MAX, LENGTH_MIN};
use super::kinds::{Purpose, StatusError, StatusList, instant, is_of_type, text};
use super::named::NamedList;
use crate::badge::reasons::Reason;
use crate::badge::vc::context;
use crate::badge::vc::did;
use crate::badge::vc::json as strict;
use crate::badge::vc::proof;
use crate::trust::{Life, TrustList};

/// What a list's credential may say. Others could be another spelling of one of these.
const MEMBERS: [&str; 12] = [
    "@context",
    "id",
    "type",
    "name",
    "description",
    "issuer",
    "validFrom",
    "validUntil",
    "issuanceDate",
    "expirationDate",
    "credentialSubject",
    "proof",
];

/// What its subject may say.
const SUBJECT: [&str; 5] = ["id", "type", "statusPurpose", "encodedList", "ttl"];

/// Reads a list and checks that its issuer signed it, unless it is one of ids, which nobody signs; `trust` and `documents` give the keys of issuers that are no
/// did:key. Whether the issuer is believed is the badge's business.
///
/// # Errors
/// [`StatusError`] when it is no list of the one form that is read here, a proof is missing or bad, or made with a key
/// that is known as compromised.
pub fn read(bytes: &[u8], trust: &TrustList, documents: &[Value]) -> Result<List, StatusError> {
    let credential = strict::parse(bytes)?;
    if let Some(members) = credential.as_object().filter(|members| NamedList::is_one(members)) {
        return NamedList::read(members).map(List::Names);
    }
    let list = parsed(&credential)?;
    let key_for = |method: &str| did::known(method, documents, trust);
    for good in proof::check_all(&credential, key_for)?.good {
        let known = key_for(&good.method).ok().and_then(|key| trust.find(key.ed25519()?));
        if let Some((issuer, _)) = known.filter(|(_, term)| matches!(term.life, Life::Compromised { .. })) {
            return Err(StatusError::Compromised { issuer: issuer.name.clone() });
        }
    }
    Ok(List::Places(list))
}

fn form<T>(what: Reason) -> Result<T, StatusError> {
    Err(StatusError::Form(what))
}

/// What a credential lists, its proofs not yet looked at.
fn parsed(credential: &Value) -> Result<StatusList, StatusError> {
    let Some(members) = credential.as_object() else { return form(Reason::new("list-object")) };
    only(members, &MEMBERS)?;
    let contexts = context::of(credential).map_err(|why| StatusError::Form(why.reason()))?;
    let credentials = [context::CREDENTIALS_V2, context::CREDENTIALS_V1];
    if contexts.first().is_none_or(|first| !credentials.contains(&first.url)) {
        return form(Reason::new("list-contexts"));
    }
    let of_lists = ["BitstringStatusListCredential", "StatusList2021Credential"];
    if !of_lists.iter().any(|of| is_of_type(members, of)) || !is_of_type(members, "VerifiableCredential") {
        return form(Reason::new("list-type"));
    }
    let issuer =
        members.get("issuer").and_then(|issuer| issuer.as_str().or_else(|| issuer.get("id")?.as_str()));
    let (Some(url), Some(issuer)) = (text(members, "id"), issuer) else {
        return form(Reason::new("list-unnamed"));
    };
    let dated = |names: [&str; 2]| names.map(|name| time(members, name));
    let [from, issued] = dated(["validFrom", "issuanceDate"]);
    let Some(from) = from?.max(issued?) else { return form(Reason::new("list-undated")) };
    let [until, ends] = dated(["validUntil", "expirationDate"]);
    let until = [until?, ends?].into_iter().flatten().min();
    let Some(subject) = members.get("credentialSubject").and_then(Value::as_object) else {
        return form(Reason::new("list-subject"));
    };
    let (purpose, revoked, length) = listed(subject)?;
    Ok(StatusList { url: url.to_owned(), issuer: issuer.to_owned(), purpose, from, until, length, revoked })
}

fn listed(subject: &Map<String, Value>) -> Result<(Purpose, BTreeSet<u32>, u32), StatusError> {
    only(subject, &SUBJECT)?;
    if !["BitstringStatusList", "StatusList2021"].iter().any(|of| is_of_type(subject, of)) {
        return form(Reason::new("list-subject-type"));
    }
    let Some(purpose) = text(subject, "statusPurpose").and_then(Purpose::from_word) else {
        return form(Reason::new("list-purpose"));
    };
    let Some(encoded) = text(subject, "encodedList") else { return form(Reason::new("list-empty")) };
    let (marked, length) = bits::decode(encoded, is_of_type(subject, "StatusList2021")).or_else(form)?;
    Ok((purpose, marked, length))
}

fn only(object: &Map<String, Value>, known: &[&str]) -> Result<(), StatusError> {
    match object.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => form(Reason::new("list-member").with("name", strict::shown(name))),
        None => Ok(()),
    }
}

/// A time with a zone, if there is one of that name.
fn time(members: &Map<String, Value>, name: &str) -> Result<Option<DateTime<Utc>>, StatusError> {
    let Some(value) = members.get(name) else { return Ok(None) };
    match value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok()) {
        Some(time) => Ok(Some(time.to_utc())),
        None => form(Reason::new("list-date").with("name", name)),
    }
}

impl StatusList {
    /// The list as a credential without proofs: [`proof::sign`] signs it with each suite, as badges are signed.
    ///
    /// # Errors
    /// [`StatusError`] when no list of this length is read, or a place lies beyond it.
    pub fn document(&self) -> Result<Value, StatusError> {
        if !(LENGTH_MIN..=LENGTH_MAX).contains(&self.length) || !self.length.is_multiple_of(8) {
            let length = Reason::new("list-length").with("length", self.length);
            return form(length.with("least", LENGTH_MIN).with("most", LENGTH_MAX));
        }
        if let Some(index) = self.revoked.range(self.length..).next() {
            return Err(StatusError::Outside { index: *index, length: self.length });
        }
        let mut credential = json!({
            "@context": [context::CREDENTIALS_V2],
            "id": self.url,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.issuer,
            "validFrom": instant(self.from),
        });
        if let Some(until) = self.until {
            credential["validUntil"] = instant(until).into();
        }
        credential["credentialSubject"] = json!({
            "id": format!("{}#list", self.url),
            "type": "BitstringStatusList",
            "statusPurpose": self.purpose.as_str(),
            "encodedList": bits::encode(&self.revoked, self.length),
        });
        Ok(credential)
    }
}
