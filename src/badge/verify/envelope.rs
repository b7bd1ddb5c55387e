//! A badge as a JSON Web Token: the credential in its claims, and what both say alike (Open Badges 3.0, section 8.2.4; W3C
//! Verifiable Credentials 1.1, section 6.3.1).

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value};

use super::summary;
use super::time;
use crate::badge::vc::did::DidError;
use crate::badge::vc::jwt::{Jwt, JwtError};
use crate::badge::vc::key::PublicKey;

/// The claims of a token that are no members of a credential (RFC 7519, section 4.1).
const CLAIMS: [&str; 9] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "vc", "nonce"];

/// The credential within a token, not yet believed.
pub(super) fn credential(jwt: &Jwt) -> Value {
    let claims = &jwt.claims;
    let within = claims.get("vc").and_then(Value::as_object);
    let plain = || claims.iter().filter(|(name, _)| !CLAIMS.contains(&name.as_str()));
    let mut members: Map<String, Value> = within
        .cloned()
        .unwrap_or_else(|| plain().map(|(name, value)| (name.clone(), value.clone())).collect());
    // In a token of version 1.1 the claims may stand in place of the members.
    for (claim, member) in [("iss", "issuer"), ("jti", "id")] {
        if let (false, Some(value)) = (members.contains_key(member), claims.get(claim)) {
            members.insert(member.to_owned(), value.clone());
        }
    }
    for (claim, member, taken) in [
        ("nbf", "issuanceDate", ["validFrom", "issuanceDate"]),
        ("exp", "expirationDate", ["validUntil", "expirationDate"]),
    ] {
        let stated = taken.iter().any(|name| members.contains_key(*name));
        if let (false, Some(time)) = (stated, instant(claims, claim)) {
            members.insert(member.to_owned(), time.to_rfc3339_opts(SecondsFormat::Secs, true).into());
        }
    }
    members.into()
}

/// Checks the signature, and that the claims say what the credential says; gives the key.
///
/// # Errors
/// [`JwtError`] says why the token is not believed.
pub(super) fn check(
    jwt: &Jwt,
    credential: &Value,
    key_for: impl Fn(&str) -> Result<PublicKey, DidError>,
) -> Result<PublicKey, JwtError> {
    let key = jwt.check(summary::issuer_id(credential).unwrap_or_default(), key_for)?;
    agree(jwt, credential)?;
    Ok(key)
}

/// Whether each claim that is there says what the credential says.
fn agree(jwt: &Jwt, credential: &Value) -> Result<(), JwtError> {
    let text = |name: &str| jwt.claims.get(name).map(|value| value.as_str().unwrap_or_default());
    let subject = summary::subject(credential).get("id").and_then(Value::as_str);
    let same = [
        ("iss", text("iss").is_none_or(|iss| summary::issuer_id(credential) == Some(iss))),
        ("jti", text("jti").is_none_or(|id| credential.get("id").and_then(Value::as_str) == Some(id))),
        ("sub", text("sub").is_none_or(|sub| subject.is_none_or(|subject| subject == sub))),
        ("nbf", same_time(jwt, "nbf", time::from(credential))),
        ("exp", same_time(jwt, "exp", time::until(credential))),
    ];
    match same.into_iter().find(|(_, same)| !same) {
        Some((name, _)) => Err(JwtError::Claim { name }),
        None => Ok(()),
    }
}

/// Whether a claim is the same second as a member's time, or is not there.
fn same_time(jwt: &Jwt, claim: &str, member: Option<DateTime<Utc>>) -> bool {
    let Some(value) = jwt.claims.get(claim) else { return true };
    let seconds = value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds.floor() as i64));
    seconds.is_some() && seconds == member.map(|time| time.timestamp())
}

/// A claim that is a time: seconds since 1970.
fn instant(claims: &Map<String, Value>, name: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(claims.get(name)?.as_i64()?, 0)
}
