//! What settings of practice may be.

use super::{SettingError, refused};
use crate::coach::request::TARGETS;
use crate::coach::wishes::Beyond;
use crate::store::settings::pace::PaceSetting;
use crate::typing::rules::OnError;

/// The most keys that are pinned, muted or put in order: more than a keyboard has.
const MOST_KEYS: usize = 128;
/// The most minutes of a daily goal.
const MOST_MINUTES: u32 = 600;

/// A target in words a minute.
///
/// # Errors
/// When it lies outside [`TARGETS`].
pub fn target_wpm(number: i64) -> Result<u32, SettingError> {
    let fits = u32::try_from(number).ok().filter(|wpm| TARGETS.contains(&f64::from(*wpm)));
    let what = format!("a speed from {} to {} words a minute", TARGETS.start(), TARGETS.end());
    fits.ok_or_else(|| refused(&number.to_string(), &what))
}

/// A daily goal in minutes.
///
/// # Errors
/// When it is longer than ten hours.
pub fn goal_minutes(number: i64) -> Result<u32, SettingError> {
    let fits = u32::try_from(number).ok().filter(|minutes| *minutes <= MOST_MINUTES);
    fits.ok_or_else(|| refused(&number.to_string(), "minutes from 0 to 600"))
}

/// Keys, one after the other; each counts once.
///
/// # Errors
/// When one is a control character, or there are more than a keyboard has.
pub fn keys(text: &str) -> Result<String, SettingError> {
    let mut keys = String::new();
    for c in text.chars().filter(|c| *c != ' ') {
        if c.is_control() || c.is_whitespace() {
            return Err(refused(text, "characters that keys type, such as \"qz\""));
        }
        if !keys.contains(c) {
            keys.push(c);
        }
    }
    if keys.chars().count() > MOST_KEYS {
        return Err(refused(text, "at most 128 keys"));
    }
    Ok(keys)
}

/// When practice goes beyond small letters.
///
/// # Errors
/// When there is no such choice.
pub fn beyond(text: &str) -> Result<Beyond, SettingError> {
    Beyond::named(text).ok_or_else(|| refused(text, "in-time, now or never"))
}

/// What is typed against.
///
/// # Errors
/// When it is neither a word for it nor a speed within [`TARGETS`].
pub fn pace(text: &str) -> Result<PaceSetting, SettingError> {
    let speed = text.parse().ok().filter(|wpm: &u32| TARGETS.contains(&f64::from(*wpm)));
    let named = [PaceSetting::Off, PaceSetting::Best, PaceSetting::Average, PaceSetting::Last];
    let named = named.into_iter().find(|pace| pace_name(*pace) == text);
    let what = "off, best, average, last, or words a minute such as \"60\"";
    named.or(speed.map(PaceSetting::Speed)).ok_or_else(|| refused(text, what))
}

/// How the file writes it.
#[must_use]
pub fn pace_name(pace: PaceSetting) -> String {
    match pace {
        PaceSetting::Off => "off".to_owned(),
        PaceSetting::Best => "best".to_owned(),
        PaceSetting::Average => "average".to_owned(),
        PaceSetting::Last => "last".to_owned(),
        PaceSetting::Speed(wpm) => wpm.to_string(),
    }
}

/// What a wrong key does.
///
/// # Errors
/// When there is no such choice.
pub fn on_error(text: &str) -> Result<OnError, SettingError> {
    OnError::named(text).ok_or_else(|| refused(text, "go-on, stop or end"))
}
