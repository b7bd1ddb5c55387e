//! The level that a badge names: it is compared with that level, and its figures with what they can be.
//!
//! A badge names a level of typeproof by the achievement's id, which is a digest of all that the level says, or by its
//! code. Badges of other programs, and of levels that others made, are their issuers' own: nothing of typeproof is asked
//! of them but that they do not bear its levels' names.

use serde_json::Value;

use super::summary::achievement;
use super::verdict::Answer;
use super::{awards, measured};
use crate::badge::holes::urn_uuid;
use crate::badge::reasons::Reason;
use crate::badge::template::TemplateError;
use crate::badge::texts::Texts;
use crate::lessons::catalogue::Catalogue;
use crate::lessons::level::Level;
use crate::trust::Face;

/// Compares a badge with the level that it names; gives the level where it is known.
///
/// # Errors
/// The answer: a refusal where the badge is not of the level that it names, or that nothing can be told where it names a
/// version of a level that is not known here.
pub fn named<'a>(credential: &Value, catalogue: &'a Catalogue) -> Result<Option<&'a Level>, Answer> {
    let level = known(credential, catalogue);
    match level {
        Some(level) => same(credential, &Texts::of(level)).map_err(Answer::No)?,
        None => borrowed(credential)?,
    }
    Ok(level)
}

/// The level that the achievement's id is of.
pub fn known<'a>(credential: &Value, catalogue: &'a Catalogue) -> Option<&'a Level> {
    let urn = text(achievement(credential), "id").filter(|id| id.starts_with("urn:uuid:"))?;
    catalogue.digests().find(|(_, digest)| urn_uuid(digest) == urn).map(|(level, _)| level)
}

pub(super) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

pub(super) fn issuer_name(credential: &Value) -> &str {
    credential.get("issuer").and_then(|issuer| text(issuer, "name")).unwrap_or_default()
}

/// Whether the badge says of what it is for what that says itself.
///
/// # Errors
/// What differs.
pub(super) fn same(credential: &Value, texts: &Texts) -> Result<(), Reason> {
    let damaged = |why: TemplateError| Reason::new("template-damaged").with("why", why.to_string());
    let (name, said) = texts.said(issuer_name(credential)).map_err(damaged)?;
    match () {
        () if *achievement(credential) != said => {
            Err(Reason::new(if texts.is_level() { "evidence-level" } else { "award-terms" }))
        }
        () if credential.get("name").is_some_and(|own| *own != name) => {
            Err(Reason::new(if texts.is_level() { "level-name" } else { "award-name" }))
        }
        () => Ok(()),
    }
}

/// Refuses a badge that bears the code of a shipped level, milestone or course and is not of that, or, counted as ours
/// are, the title of one that asks something else.
///
/// # Errors
/// The answer: a refusal, or that nothing can be told of a later version.
pub(super) fn borrowed(credential: &Value) -> Result<(), Answer> {
    let achievement = achievement(credential);
    if let Some(code) = text(achievement, "humanCode") {
        code_of_none(code)?;
    }
    let names = [text(credential, "name"), text(achievement, "name")];
    let names: Vec<Face> = names.into_iter().flatten().map(Face::of).collect();
    let is_called = |title: &str| names.contains(&Face::of(title));
    let bears = |level: &&Level| is_called(&level.title);
    let titled = Catalogue::shipped_levels().filter(bears).find(|level| !asks_the_same(achievement, level));
    let titled = titled.filter(|_| measured::is_counted(credential)).map(|level| level.title.clone());
    if let Some(title) = titled {
        return Err(Answer::No(Reason::new("level-title").with("title", title)));
    }
    let awarded = awards::shipped().find(|award| is_called(&award.title) && award.is_counted(credential));
    match awarded {
        Some(award) => Err(Answer::No(Reason::new("award-title").with("title", award.title))),
        None => Ok(()),
    }
}

/// Refuses the code of a shipped level, milestone or course; of a later version of one nothing can be told.
fn code_of_none(code: &str) -> Result<(), Answer> {
    let levels = Catalogue::shipped_levels().map(|level| ("level", level.id.clone(), level.version));
    let awards = awards::shipped().map(|award| ("award", award.code, award.version));
    let all: Vec<(&str, String, u32)> = levels.chain(awards).collect();
    let reason = |(kind, id, _): &(&str, String, u32), version: u32, of: [&'static str; 2]| {
        let code = if *kind == "level" { of[0] } else { of[1] };
        Reason::new(code).with("id", id.as_str()).with("version", version)
    };
    let refused = |one: &(&str, String, u32)| Answer::No(reason(one, one.2, ["level-code", "award-code"]));
    let face = Face::of(code);
    if let Some(one) = all.iter().find(|(_, id, version)| face == Face::of(&format!("{id}-V{version}"))) {
        return Err(refused(one));
    }
    let later = code.rsplit_once("-V").and_then(|(id, version)| Some((id, version.parse::<u32>().ok()?)));
    let Some((id, version)) = later else { return Ok(()) };
    let newest = all.iter().filter(|(_, known, _)| known.eq_ignore_ascii_case(id));
    match newest.max_by_key(|(_, _, version)| *version) {
        Some(one) if version > one.2 => {
            Err(Answer::NotChecked(reason(one, version, ["level-version", "award-version"])))
        }
        Some(one) => Err(refused(one)),
        None => Ok(()),
    }
}

/// Whether an achievement requires what a level does.
fn asks_the_same(achievement: &Value, level: &Level) -> bool {
    let required = |key| measured::description(achievement, key).and_then(|d| text(d, "requiredValue"));
    let (speed, accuracy) = (level.pass.speed.to_string(), level.pass.accuracy.map(|a| a.to_string()));
    required("net") == Some(speed.as_str()) && required("accuracy") == accuracy.as_deref()
}
