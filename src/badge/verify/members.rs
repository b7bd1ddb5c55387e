//! The members of a badge that its answers are read from, as they stand.

use serde_json::Value;

use crate::trust::Assurance;

/// How the narratives begin in which a typeproof badge says what was noted of the test.
pub const REMARK: &str = "Noted by the program: ";

/// What a badge says was noted of the test: narratives among its evidence.
pub fn remarks(credential: &Value) -> impl Iterator<Item = &str> {
    list(credential.get("evidence")).filter_map(|e| text(e, "narrative")).filter(|t| t.starts_with(REMARK))
}

/// The issuer's id.
pub fn issuer_id(credential: &Value) -> Option<&str> {
    let issuer = credential.get("issuer")?;
    issuer.as_str().or_else(|| issuer.get("id")?.as_str())
}

/// The strongest assurance that a badge states anywhere in our terms or in letters that look like them, whatever it calls
/// the result: by the last part of
/// an achieved level's id, by that level's name, or by a value. `None` in a badge that states none.
pub fn assurance(credential: &Value) -> Option<Assurance> {
    let subject = subject(credential);
    let achievement = subject.get("achievement").unwrap_or(&Value::Null);
    list(subject.get("result")).filter_map(|result| stated(result, achievement)).max()
}

/// The strongest assurance that one result states.
pub(super) fn stated(result: &Value, achievement: &Value) -> Option<Assurance> {
    let level = text(result, "achievedLevel");
    let last = level.and_then(|id| id.rsplit(['#', '/', ':', '?', '=']).next());
    let names = level.into_iter().flat_map(|id| levels(achievement, id)).filter_map(|l| text(l, "name"));
    names.chain(last).chain(text(result, "value")).filter_map(Assurance::looking_like).max()
}

/// The rubric levels of this id, in whatever description.
pub(super) fn levels<'a>(achievement: &'a Value, id: &str) -> impl Iterator<Item = &'a Value> {
    let all = list(achievement.get("resultDescription")).flat_map(|d| list(d.get("rubricCriterionLevel")));
    all.filter(move |level| text(level, "id") == Some(id))
}

/// Whether a result stands where a typeproof badge states its supervision.
pub(super) fn is_supervision(result: &Value, achievement: &Value) -> bool {
    let described = text(result, "resultDescription").and_then(|id| id.strip_suffix("#assurance"));
    described.is_some() && described == text(achievement, "id")
}

/// Whether a badge states its supervision as typeproof badges do.
pub fn states_supervision(credential: &Value) -> bool {
    let subject = subject(credential);
    let achievement = subject.get("achievement").unwrap_or(&Value::Null);
    let mut results = list(subject.get("result")).filter(|r| is_supervision(r, achievement));
    results.any(|r| text(r, "value").is_none() && stated(r, achievement).is_some())
}

/// The value of the result that is described under `#key` of the achievement.
pub fn result_value<'a>(credential: &'a Value, key: &str) -> Option<&'a str> {
    let subject = first(credential.get("credentialSubject"));
    let urn = subject.get("achievement")?.get("id")?.as_str()?;
    result(subject, &format!("{urn}#{key}"))?.get("value")?.as_str()
}

/// The subject's identifiers.
pub fn identifiers(subject: &Value) -> impl Iterator<Item = &Value> {
    list(subject.get("identifier"))
}

/// The subject's names in plain text: those among its identifiers, and its own, which says as much.
pub fn names(subject: &Value) -> impl Iterator<Item = &str> {
    let identifiers =
        plain(subject).filter(|i| is_name(i)).map(|i| text(i, "identityHash").unwrap_or_default());
    identifiers.chain(text(subject, "name"))
}

/// The credential's subject, the first where there are several.
pub fn subject(credential: &Value) -> &Value {
    first(credential.get("credentialSubject"))
}

/// What the subject achieved.
pub fn achievement(credential: &Value) -> &Value {
    subject(credential).get("achievement").unwrap_or(&Value::Null)
}

/// The subject's identifiers in plain text.
pub(super) fn plain(subject: &Value) -> impl Iterator<Item = &Value> {
    identifiers(subject).filter(|i| !hashed(i))
}

/// Whether an identifier is a person's name (OB 3.0, IdentifierTypeEnum).
pub fn is_name(identifier: &Value) -> bool {
    text(identifier, "identityType") == Some("name")
}

/// Whether an identifier is hashed.
pub fn hashed(identifier: &Value) -> bool {
    identifier.get("hashed").and_then(Value::as_bool).unwrap_or(false)
}

/// The description of a result.
pub(super) fn description<'a>(result: &Value, achievement: &'a Value) -> Option<&'a Value> {
    let id = text(result, "resultDescription")?;
    list(achievement.get("resultDescription")).find(|d| text(d, "id") == Some(id))
}

pub(super) fn result<'a>(subject: &'a Value, description: &str) -> Option<&'a Value> {
    list(subject.get("result")).find(|r| text(r, "resultDescription") == Some(description))
}

pub(super) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

pub(super) fn first(value: Option<&Value>) -> &Value {
    list(value).next().unwrap_or(&Value::Null)
}

pub(in crate::badge) fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.into_iter().flat_map(|v| v.as_array().map_or(std::slice::from_ref(v), Vec::as_slice))
}
