//! What is asked of an Open Badge before its proofs: its contexts, its types, one subject, an issuer, an achievement.

use serde_json::Value;

use super::summary;
use super::time::{self, UNTIL, instant};
use super::verdict::Answer;
use crate::badge::reasons::Reason;
use crate::badge::vc::context;

/// How the addresses of Open Badges 3.0's contexts begin, whatever their edition (OB 3.0, `@context`).
const OPEN_BADGES_3: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context";

/// The contexts of W3C Verifiable Credentials, one of which a credential names first.
const CREDENTIALS: [&str; 2] = [context::CREDENTIALS_V2, context::CREDENTIALS_V1];

/// What is asked of an Open Badge before its proofs (OB 3.0, sections 8 and 9.1).
///
/// # Errors
/// The answer: nothing can be told of what is no Open Badge 3.0; one that lacks what the standard asks for is refused.
pub(super) fn check(credential: &Value) -> Result<(), Answer> {
    let shape = |what| Reason::new("shape").with("what", Reason::new(what));
    let refuse = |what| Err(Answer::No(shape(what)));
    let open = |what| Err(Answer::NotChecked(shape(what)));
    let types: Vec<&str> = match credential.get("type") {
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !credential.is_object() {
        return open("shape-object");
    }
    let contexts: Vec<&str> = match context::of(credential) {
        Ok(contexts) => contexts.iter().map(|c| c.url).collect(),
        Err(e) if e.is_open() => return Err(Answer::NotChecked(e.reason())),
        Err(e) => return Err(Answer::No(e.reason())),
    };
    let first = contexts.first().is_some_and(|first| CREDENTIALS.contains(first));
    let ours = contexts.iter().any(|url| url.starts_with(OPEN_BADGES_3));
    let one = credential.get("credentialSubject").is_some_and(|s| s.as_array().is_none_or(|s| s.len() == 1));
    let badge = types.contains(&"OpenBadgeCredential") || types.contains(&"AchievementCredential");
    let subject = summary::subject(credential);
    let nobody = ["id", "name"].iter().all(|name| subject.get(*name).is_none())
        && summary::identifiers(subject).next().is_none();
    let until =
        UNTIL.iter().any(|name| credential.get(*name).is_some_and(|_| instant(credential, name).is_none()));
    match () {
        () if !first || !ours => open("shape-contexts"),
        () if !types.contains(&"VerifiableCredential") || !badge => open("shape-type"),
        () if !one => open("shape-subject"),
        () if summary::issuer_id(credential).is_none() => refuse("shape-issuer"),
        () if subject.get("achievement").and_then(|a| a.get("name")).is_none() => refuse("shape-achievement"),
        () if nobody => refuse("shape-nobody"),
        () if time::from(credential).is_none() => refuse("shape-valid-from"),
        () if until => refuse("shape-valid-until"),
        () => Ok(()),
    }
}
