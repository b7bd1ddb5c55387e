//! What a badge says, read from the very document whose proofs were checked; cleaned for a terminal.

use serde::Serialize;
use serde_json::Value;

use crate::trust::Assurance;

/// Longest text shown of a badge, in characters: a criteria narrative is longer than any other text.
const MAX_SHOWN: usize = 2_000;

/// What a badge says of itself. All texts are cleaned of control characters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// The credential's id.
    pub id: String,
    /// Name of the achievement.
    pub achievement: String,
    /// Plain names of the holder.
    pub holder: Vec<String>,
    /// The issuer's name, as the badge says.
    pub issuer_name: String,
    /// The issuer's id, a DID or URL.
    pub issuer_id: String,
    /// How it was supervised, where the badge says it in our terms.
    pub assurance: Option<String>,
    /// Results: what was measured, and the value.
    pub results: Vec<(String, String)>,
    /// What had to be done.
    pub criteria: String,
    /// When the test was taken.
    pub activity: Option<(String, String)>,
    /// From when it is valid.
    pub valid_from: Option<String>,
    /// Until when.
    pub valid_until: Option<String>,
}

impl Facts {
    /// Reads a credential; what is missing stays empty.
    pub fn of(credential: &Value) -> Self {
        let subject = first(credential.get("credentialSubject"));
        let achievement = subject.get("achievement").unwrap_or(&Value::Null);
        let activity = (text(subject, "activityStartDate"), text(subject, "activityEndDate"));
        Self {
            id: shown(credential, "id"),
            achievement: shown(achievement, "name"),
            holder: identifiers(subject).filter(|i| !hashed(i)).map(|i| shown(i, "identityHash")).collect(),
            issuer_name: credential.get("issuer").map_or_else(String::new, |i| shown(i, "name")),
            issuer_id: issuer_id(credential).map(clean).unwrap_or_default(),
            assurance: assurance(credential).map(|a| a.to_string()),
            results: results(subject, achievement),
            criteria: achievement.get("criteria").map_or_else(String::new, |c| shown(c, "narrative")),
            activity: activity.0.zip(activity.1).map(|(from, to)| (clean(from), clean(to))),
            valid_from: text(credential, "validFrom").map(clean),
            valid_until: text(credential, "validUntil").map(clean),
        }
    }
}

/// The issuer's id.
pub fn issuer_id(credential: &Value) -> Option<&str> {
    let issuer = credential.get("issuer")?;
    issuer.as_str().or_else(|| issuer.get("id")?.as_str())
}

/// The assurance that a typeproof badge states, the strongest where it states several; `None` in a badge that states
/// none in these terms.
pub fn assurance(credential: &Value) -> Option<Assurance> {
    let subject = subject(credential);
    let urn = subject.get("achievement")?.get("id")?.as_str()?;
    let description = format!("{urn}#assurance");
    let stated = list(subject.get("result")).filter(|r| text(r, "resultDescription") == Some(&description));
    stated.filter_map(|r| word(text(r, "achievedLevel")?.strip_prefix(urn)?)).max()
}

/// The assurance that a rubric level's id names after its `#`.
fn word(id: &str) -> Option<Assurance> {
    Assurance::from_word(id.rsplit_once('#')?.1)
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

/// The credential's subject, the first where there are several.
pub fn subject(credential: &Value) -> &Value {
    first(credential.get("credentialSubject"))
}

/// Whether an identifier is hashed.
pub fn hashed(identifier: &Value) -> bool {
    identifier.get("hashed").and_then(Value::as_bool).unwrap_or(false)
}

/// Text for a terminal: controls and direction marks dropped, white space folded, cut after 2,000 characters.
pub fn clean(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .chars()
        .filter(|c| crate::trust::is_displayable(c.encode_utf8(&mut [0; 4])))
        .take(MAX_SHOWN)
        .collect()
}

fn results(subject: &Value, achievement: &Value) -> Vec<(String, String)> {
    let describe = |id: &str| {
        list(achievement.get("resultDescription")).find(|d| d.get("id").and_then(Value::as_str) == Some(id))
    };
    // What decides is the id, so an assurance is shown by that and not by the name that the badge gives it.
    let level_name = |description: &Value, id: &str| {
        let mut levels = list(description.get("rubricCriterionLevel"));
        let level = levels.find(|l| text(l, "id") == Some(id))?;
        Some(word(id).map_or_else(|| shown(level, "name"), |assurance| assurance.to_string()))
    };
    let one = |result: &Value| {
        let description = describe(text(result, "resultDescription")?)?;
        let value = match text(result, "achievedLevel") {
            Some(id) => level_name(description, id)?,
            None => clean(text(result, "value")?),
        };
        Some((shown(description, "name"), value))
    };
    list(subject.get("result")).filter_map(one).collect()
}

fn result<'a>(subject: &'a Value, description: &str) -> Option<&'a Value> {
    list(subject.get("result")).find(|r| text(r, "resultDescription") == Some(description))
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

fn shown(value: &Value, name: &str) -> String {
    text(value, name).map(clean).unwrap_or_default()
}

fn first(value: Option<&Value>) -> &Value {
    list(value).next().unwrap_or(&Value::Null)
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.into_iter().flat_map(|v| v.as_array().map_or(std::slice::from_ref(v), Vec::as_slice))
}
