//! The level that a badge names: it is compared with that level, and its figures with what they can be.
//!
//! A badge names a level of typeproof by the achievement's id, which is a digest of all that the level says, or by its
//! code. Badges of other programs, and of levels that others made, are their issuers' own: nothing of typeproof is asked
//! of them but that they do not bear its levels' names.

use serde_json::Value;

use super::measured;
use super::summary::{self, achievement};
use super::verdict::Answer;
use crate::badge::credential::{LevelTexts, urn_uuid};
use crate::badge::figures;
use crate::badge::reasons::Reason;
use crate::badge::template::TemplateError;
use crate::lessons::catalogue::Catalogue;
use crate::lessons::decimal::figure_of;
use crate::lessons::level::Level;
use crate::lessons::own;
use crate::lessons::terms::{Origin, TextSource};
use crate::trust::looks_same;

/// Compares a badge with the level that it names; gives the level where it is known.
///
/// # Errors
/// The answer: a refusal where the badge is not of the level that it names, or that nothing can be told where it names a
/// version of a level that is not known here.
pub fn named<'a>(credential: &Value, catalogue: &'a Catalogue) -> Result<Option<&'a Level>, Answer> {
    let level = known(credential, catalogue);
    match level {
        Some(level) => same(credential, level).map_err(Answer::No)?,
        None => borrowed(credential)?,
    }
    Ok(level)
}

/// The level that the achievement's id is of.
pub fn known<'a>(credential: &Value, catalogue: &'a Catalogue) -> Option<&'a Level> {
    let urn = text(achievement(credential), "id")?;
    catalogue.digests().find(|(_, digest)| urn_uuid(digest) == urn).map(|(level, _)| level)
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

fn issuer_name(credential: &Value) -> &str {
    credential.get("issuer").and_then(|issuer| text(issuer, "name")).unwrap_or_default()
}

/// Whether the badge says of its level what the level says.
fn same(credential: &Value, level: &Level) -> Result<(), Reason> {
    let damaged = |why: TemplateError| Reason::new("template-damaged").with("why", why.to_string());
    let (name, said) = LevelTexts::of(level).said(issuer_name(credential)).map_err(damaged)?;
    match () {
        () if *achievement(credential) != said => Err(Reason::new("evidence-level")),
        () if credential.get("name").is_some_and(|own| *own != name) => Err(Reason::new("level-name")),
        () => Ok(()),
    }
}

/// Refuses a badge that bears the code of a shipped level and is not that level, or, counted as ours are, the title of one
/// that asks something else.
fn borrowed(credential: &Value) -> Result<(), Answer> {
    let achievement = achievement(credential);
    if let Some(code) = text(achievement, "humanCode") {
        code_of_none(code)?;
    }
    let names = [text(credential, "name"), text(achievement, "name")];
    let bears = |level: &&Level| names.iter().flatten().any(|name| looks_same(name, &level.title));
    let titled = Catalogue::shipped_levels().filter(bears).find(|level| !asks_the_same(achievement, level));
    match titled.filter(|_| measured::is_counted(credential)) {
        Some(level) => Err(Answer::No(Reason::new("level-title").with("title", level.title.as_str()))),
        None => Ok(()),
    }
}

/// Refuses the code of a shipped level; of a later version of one nothing can be told.
fn code_of_none(code: &str) -> Result<(), Answer> {
    let of = |level: &Level| format!("{}-V{}", level.id, level.version);
    let later = code.rsplit_once("-V").and_then(|(id, version)| Some((id, version.parse::<u32>().ok()?)));
    let refused = |level: &Level| {
        let reason = Reason::new("level-code").with("id", level.id.as_str());
        Answer::No(reason.with("version", level.version))
    };
    if let Some(level) = Catalogue::shipped_levels().find(|level| looks_same(code, &of(level))) {
        return Err(refused(level));
    }
    let Some((id, version)) = later else { return Ok(()) };
    let newest = Catalogue::shipped_levels().filter(|level| level.id.eq_ignore_ascii_case(id));
    match newest.max_by_key(|level| level.version) {
        Some(level) if version > level.version => {
            let reason = Reason::new("level-version").with("id", level.id.as_str());
            Err(Answer::NotChecked(reason.with("version", version)))
        }
        Some(level) => Err(refused(level)),
        None => Ok(()),
    }
}

/// Whether an achievement requires what a level does.
fn asks_the_same(achievement: &Value, level: &Level) -> bool {
    let required = |key| measured::description(achievement, key).and_then(|d| text(d, "requiredValue"));
    let (speed, accuracy) = (level.pass.speed.to_string(), level.pass.accuracy.map(|a| a.to_string()));
    required("net") == Some(speed.as_str()) && required("accuracy") == accuracy.as_deref()
}

/// What a verifier says of a test besides its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// Whose level it is.
    pub level: Reason,
    /// Where its text came from.
    pub text: Reason,
    /// How long it took; nothing where the badge does not say it as ours do.
    pub took: Option<Reason>,
}

/// What is to be said of a badge's test; `issuer` is how the issuer is called where that is believed.
pub fn test(credential: &Value, catalogue: &Catalogue, issuer: Option<&str>) -> Test {
    let shipped = known(credential, catalogue).filter(|level| level.origin == Origin::Shipped);
    let shipped = shipped.filter(|level| same(credential, level).is_ok());
    let own = issuer.map_or_else(|| summary::quoted(issuer_name(credential)), str::to_owned);
    let code = text(achievement(credential), "humanCode").unwrap_or_default();
    let level = match shipped {
        Some(level) => {
            Reason::new("level-shipped").with("id", level.id.as_str()).with("version", level.version)
        }
        None if own::bare(&code.to_lowercase()) != code.to_lowercase() => {
            Reason::new("level-own").with("name", own)
        }
        None => Reason::new("level-unknown").with("name", own),
    };
    let took = measured::read(credential).ok().flatten().map(|figures| took(figures.duration_ms));
    Test { level, text: source(credential, shipped), took }
}

/// Whether a badge is of a level that comes with typeproof, and says of it what the level says.
pub fn is_shipped(credential: &Value) -> bool {
    let catalogue = Catalogue::embedded();
    known(credential, &catalogue).is_some_and(|level| same(credential, level).is_ok())
}

/// Where the text came from: of a level that is not shipped, as its criteria say.
fn source(credential: &Value, shipped: Option<&Level>) -> Reason {
    let criteria =
        achievement(credential).get("criteria").and_then(|c| text(c, "narrative")).unwrap_or_default();
    match shipped.map(|level| &level.source) {
        Some(TextSource::Passages(_)) => Reason::new("text-passages"),
        Some(TextSource::Words(list)) => Reason::new("text-words").with("list", list.as_str()),
        _ if criteria.starts_with("Copying a text ") => Reason::new("text-own"),
        _ if criteria.starts_with("Copying entries ") => Reason::new("text-own-words"),
        _ if criteria.starts_with("Copying passages") => Reason::new("text-own-passages"),
        _ => Reason::new("text-unsaid"),
    }
}

/// How long a test took, in words, to a tenth of a second.
fn took(ms: u32) -> Reason {
    let (minutes, seconds) = (ms / 60_000, figure_of(&figures::seconds(ms % 60_000)));
    match (minutes, ms % 60_000) {
        (0, _) => Reason::new("took-seconds").with("seconds", seconds),
        (1, 0) => Reason::new("took-minute"),
        (minutes, 0) => Reason::new("took-minutes").with("minutes", minutes),
        (minutes, _) => Reason::new("took-both").with("minutes", minutes).with("seconds", seconds),
    }
}
