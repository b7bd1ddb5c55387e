//! What a verifier says of a badge besides its figures: whose level it is, where its text came from, how long it took.

use serde_json::Value;

use super::summary::{self, achievement};
use super::{course, level, measured, practice};
use crate::badge::claim::Gathered;
use crate::badge::credential::hundredths;
use crate::badge::reasons::Reason;
use crate::badge::texts::Texts;
use crate::lessons::catalogue::Catalogue;
use crate::lessons::course::OWN_CODE;
use crate::lessons::decimal::figure_of;
use crate::lessons::level::Level;
use crate::lessons::own;
use crate::lessons::terms::{Origin, TextSource};

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
    if practice::known(credential).is_some() || practice::is_counted(credential) {
        return practised(credential, issuer);
    }
    if course::known(credential, catalogue).is_some() || course::is_counted(credential) {
        return taught(credential, catalogue, issuer);
    }
    let shipped = level::known(credential, catalogue).filter(|level| level.origin == Origin::Shipped);
    let shipped = shipped.filter(|level| level::same(credential, &Texts::of(level)).is_ok());
    let own = named(credential, issuer);
    let code = level::text(achievement(credential), "humanCode").unwrap_or_default();
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

/// What is to be said of a badge of practice.
fn practised(credential: &Value, issuer: Option<&str>) -> Test {
    let milestone = practice::known(credential);
    let shipped = milestone.filter(|m| level::same(credential, &Texts::of_practice(*m)).is_ok());
    let level = match shipped {
        Some(m) => Reason::new("level-shipped").with("id", m.id()).with("version", m.version()),
        None => Reason::new("level-unknown").with("name", named(credential, issuer)),
    };
    let gathered = practice::stated(credential);
    Test { level, text: Reason::new("text-practice"), took: gathered.map(|g| within_days(&g)) }
}

/// What is to be said of a badge of a course.
fn taught(credential: &Value, catalogue: &Catalogue, issuer: Option<&str>) -> Test {
    let shipped = course::known(credential, catalogue).filter(|course| !course.is_own());
    let shipped = shipped.filter(|course| level::same(credential, &Texts::of_course(course)).is_ok());
    let code = level::text(achievement(credential), "humanCode").unwrap_or_default().to_lowercase();
    let level = match shipped {
        Some(course) => {
            Reason::new("level-shipped").with("id", course.code()).with("version", course.version)
        }
        None if code.starts_with(OWN_CODE) => {
            Reason::new("course-own").with("name", named(credential, issuer))
        }
        None => Reason::new("level-unknown").with("name", named(credential, issuer)),
    };
    let stated = course::stated(credential);
    Test { level, text: Reason::new("text-course"), took: stated.map(|s| within_days(&s.gathered)) }
}

/// How the issuer is called: by the name that is believed, or as the badge says.
fn named(credential: &Value, issuer: Option<&str>) -> String {
    issuer.map_or_else(|| summary::quoted(level::issuer_name(credential)), str::to_owned)
}

/// Hours over days, in words.
fn within_days(gathered: &Gathered) -> Reason {
    let code = if gathered.days == 1 { "took-hours-day" } else { "took-hours" };
    let reason = Reason::new(code).with("hours", hundredths(gathered.hours_x100()));
    if gathered.days == 1 { reason } else { reason.with("days", gathered.days) }
}

/// Whether a badge is of something that comes with typeproof, and says of it what that says itself.
pub fn is_shipped(credential: &Value) -> bool {
    let catalogue = Catalogue::embedded();
    if let Some(milestone) = practice::known(credential) {
        return level::same(credential, &Texts::of_practice(milestone)).is_ok();
    }
    if let Some(course) = course::known(credential, &catalogue) {
        return level::same(credential, &Texts::of_course(course)).is_ok();
    }
    level::known(credential, &catalogue)
        .is_some_and(|level| level::same(credential, &Texts::of(level)).is_ok())
}

/// Where the text came from: of a level that is not shipped, as its criteria say.
fn source(credential: &Value, shipped: Option<&Level>) -> Reason {
    let criteria =
        achievement(credential).get("criteria").and_then(|c| level::text(c, "narrative")).unwrap_or_default();
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
    let (minutes, seconds) = (ms / 60_000, figure_of(&crate::badge::figures::seconds(ms % 60_000)));
    match (minutes, ms % 60_000) {
        (0, _) => Reason::new("took-seconds").with("seconds", seconds),
        (1, 0) => Reason::new("took-minute"),
        (minutes, 0) => Reason::new("took-minutes").with("minutes", minutes),
        (minutes, _) => Reason::new("took-both").with("minutes", minutes).with("seconds", seconds),
    }
}
