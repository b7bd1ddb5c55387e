//! What is asked of an Open Badge before its proofs: its contexts, its types, one subject, an issuer, an achievement.

use serde_json::Value;

use super::summary;
use super::time::instant;
use crate::badge::reasons::Reason;
use crate::badge::vc::context;

/// How the addresses of Open Badges 3.0's contexts begin, whatever their edition (OB 3.0, `@context`).
const OPEN_BADGES_3: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context";

/// What is asked of an Open Badge before its proofs (OB 3.0, sections 8 and 9.1).
pub(super) fn check(credential: &Value) -> Result<(), Reason> {
    let refuse = |what| Err(Reason::new("shape").with("what", Reason::new(what)));
    let types: Vec<&str> = match credential.get("type") {
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !credential.is_object() {
        return refuse("shape-object");
    }
    let contexts: Vec<&str> = match context::of(credential) {
        Ok(contexts) => contexts.iter().map(|c| c.url).collect(),
        Err(e) => return Err(e.reason()),
    };
    let in_order =
        matches!(contexts[..], [context::CREDENTIALS_V2, second, ..] if second.starts_with(OPEN_BADGES_3));
    let one = credential.get("credentialSubject").is_some_and(|s| s.as_array().is_none_or(|s| s.len() == 1));
    let badge = types.contains(&"OpenBadgeCredential") || types.contains(&"AchievementCredential");
    let subject = summary::subject(credential);
    match () {
        () if !in_order => refuse("shape-contexts"),
        () if !types.contains(&"VerifiableCredential") || !badge => refuse("shape-type"),
        () if !one => refuse("shape-subject"),
        () if summary::issuer_id(credential).is_none() => refuse("shape-issuer"),
        () if subject.get("achievement").and_then(|a| a.get("name")).is_none() => refuse("shape-achievement"),
        () if subject.get("id").is_none() && summary::identifiers(subject).next().is_none() => {
            refuse("shape-nobody")
        }
        () if instant(credential, "validFrom").is_none() => refuse("shape-valid-from"),
        () if credential.get("validUntil").is_some() && instant(credential, "validUntil").is_none() => {
            refuse("shape-valid-until")
        }
        () => Ok(()),
    }
}
