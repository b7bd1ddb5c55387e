//! The one expansion: a template with named holes, filled with a level's constant texts and a claim's values.
//!
//! A template is JSON. In its strings, `{a.b}` is replaced by the text found under `a`, `b`. A string that is just
//! `{=a.b}` is replaced by the JSON value found there. An object with a member `"?": "a.b"` is left out where nothing
//! is found under that path; one with a member `"="` stands for that member's value. That is all, so that a script of
//! some forty lines does the same in a browser.

use serde_json::{Map, Value};

/// Credential template 1: what was issued with it must be rebuilt with it for ever. It only ever gains parts that a new
/// hole calls for.
const CREDENTIAL_1: &str = include_str!("templates/credential-1.json");

/// What differs from template 1 in some achievements, by JSON pointer, and by the constant of the achievement that calls
/// for it; as immutable as that.
///
/// `own`: at a level of a user's file, whose name says whose level it is, and which has another image. `practice`, `course`:
/// where the constant `kind` says so. `own-course`: at a course of a user's file, over `course`. `supervised`: at all of them,
/// after the others; its parts follow those that a list has, for which the pointer ends in `/-` (RFC 6901).
const OVERLAYS: [(&str, &str); 5] = [
    ("own", include_str!("templates/own-1.json")),
    ("practice", include_str!("templates/practice-1.json")),
    ("course", include_str!("templates/course-1.json")),
    ("own-course", include_str!("templates/own-course-1.json")),
    ("supervised", include_str!("templates/supervised-1.json")),
];

/// Why a template cannot be filled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// The template itself is broken.
    #[error("the credential template is damaged: {0}; install typeproof again")]
    Damaged(String),
    /// A hole has no value of the needed kind.
    #[error("the credential needs {0}, which is missing: complete the level, the issuer or the claim")]
    Missing(String),
}

/// The template of credential format 1.
///
/// # Errors
/// When the embedded data is damaged.
pub fn credential_1() -> Result<Value, TemplateError> {
    serde_json::from_str(CREDENTIAL_1).map_err(|e| TemplateError::Damaged(e.to_string()))
}

/// The name of an overlay, and the parts that it has in other places, by JSON pointer.
pub type Overlay = (&'static str, Map<String, Value>);

/// What template 1 has in other places, by the name of each overlay.
///
/// # Errors
/// When the embedded data is damaged.
pub fn overlays() -> Result<Vec<Overlay>, TemplateError> {
    let read = |(name, text)| {
        let places =
            serde_json::from_str(text).map_err(|e| TemplateError::Damaged(format!("{name}: {e}")))?;
        Ok((name, places))
    };
    OVERLAYS.into_iter().map(read).collect()
}

/// The parts of the evidence that name who supervised.
///
/// # Errors
/// When the embedded data is damaged.
pub fn supervised() -> Result<Value, TemplateError> {
    let overlay = overlays()?.into_iter().find(|(name, _)| *name == "supervised");
    let parts = overlay.and_then(|(_, mut places)| places.remove("/evidence/-"));
    parts.ok_or_else(|| TemplateError::Damaged("supervised".to_owned()))
}

/// The template of an achievement with these constants.
///
/// # Errors
/// When the embedded data is damaged.
pub fn of(constants: &Value) -> Result<Value, TemplateError> {
    let kind = constants.get("kind").and_then(Value::as_str);
    let own = match kind {
        None => "own",
        Some("course") => "own-course",
        Some(_) => "",
    };
    let wanted = |name: &str| {
        kind == Some(name) || name == "supervised" || name == own && constants.get("own").is_some()
    };
    let mut template = credential_1()?;
    for (pointer, value) in
        overlays()?.into_iter().filter(|(name, _)| wanted(name)).flat_map(|(_, places)| places)
    {
        overlay(&mut template, &pointer, value).ok_or(TemplateError::Damaged(pointer))?;
    }
    Ok(template)
}

/// Puts a part in its place, or parts behind those of a list; `None` where there is no such place.
fn overlay(template: &mut Value, pointer: &str, value: Value) -> Option<()> {
    match (pointer.strip_suffix("/-"), value) {
        (Some(list), Value::Array(parts)) => template.pointer_mut(list)?.as_array_mut()?.extend(parts),
        (_, value) => *template.pointer_mut(pointer)? = value,
    }
    Some(())
}

/// The numbers that stand in a text in the holes of a template, by the holes' names; `None` where the text is not the
/// template with whole numbers, written without needless zeros, in its holes.
pub fn numbers<'a>(template: &'a str, text: &str) -> Option<Vec<(&'a str, u32)>> {
    let mut pieces = template.split('{');
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut found = Vec::new();
    for piece in pieces {
        let (name, behind) = piece.split_once('}')?;
        let (digits, after) = rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count());
        let number = digits.parse::<u32>().ok().filter(|number| number.to_string() == digits)?;
        found.push((name, number));
        rest = after.strip_prefix(behind)?;
    }
    rest.is_empty().then_some(found)
}

/// The texts that stand in a text in the holes of a template, by the holes' names; `None` where the text is not the template
/// with something in its holes. Where what stands behind a hole is there several times, the first counts, and at the end the
/// last.
pub fn captured<'a, 't>(template: &'a str, text: &'t str) -> Option<Vec<(&'a str, &'t str)>> {
    let mut pieces = template.split('{');
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut found = Vec::new();
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        let (name, behind) = piece.split_once('}')?;
        let (value, after) = match pieces.peek() {
            Some(_) => rest.split_once(behind)?,
            None => (rest.strip_suffix(behind)?, ""),
        };
        found.push((name, value));
        rest = after;
    }
    rest.is_empty().then_some(found)
}

/// Fills `template` from `holes`.
///
/// # Errors
/// When a hole outside an optional part has no value.
pub fn expand(template: &Value, holes: &Value) -> Result<Value, TemplateError> {
    match template {
        Value::String(text) => fill_text(text, holes),
        Value::Array(items) => {
            let kept = items.iter().filter(|item| wanted(item, holes));
            kept.map(|item| expand(item, holes)).collect::<Result<_, _>>().map(Value::Array)
        }
        Value::Object(members) => match members.get("=") {
            Some(value) => expand(value, holes),
            None => fill_object(members, holes).map(Value::Object),
        },
        other => Ok(other.clone()),
    }
}

fn fill_object(members: &Map<String, Value>, holes: &Value) -> Result<Map<String, Value>, TemplateError> {
    let kept = members.iter().filter(|(name, value)| *name != "?" && wanted(value, holes));
    kept.map(|(name, value)| Ok((name.clone(), expand(value, holes)?))).collect()
}

/// Whether a part is to appear: its `"?"` path, if any, leads somewhere.
fn wanted(part: &Value, holes: &Value) -> bool {
    part.get("?").and_then(Value::as_str).is_none_or(|path| find(holes, path).is_some())
}

fn find<'a>(holes: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(holes, |at, name| at.get(name))
}

fn fill_text(text: &str, holes: &Value) -> Result<Value, TemplateError> {
    let missing = |path: &str| TemplateError::Missing(path.to_owned());
    if let Some(path) = text.strip_prefix("{=").and_then(|rest| rest.strip_suffix('}')) {
        return find(holes, path).cloned().ok_or_else(|| missing(path));
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (path, after) = after.split_once('}').ok_or_else(|| TemplateError::Damaged(text.to_owned()))?;
        out.push_str(before);
        out.push_str(find(holes, path).and_then(Value::as_str).ok_or_else(|| missing(path))?);
        rest = after;
    }
    out.push_str(rest);
    Ok(Value::String(out))
}
