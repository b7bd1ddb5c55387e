//! What a setting may be: names, addresses, and the sentences that refuse others.

use std::ops::RangeInclusive;

use crate::badge::holder::{HolderName, checked_email};
use crate::lessons::language::Language;
use crate::lessons::layout::place::Form;
use crate::lessons::problem::is_id;

pub mod practice;

/// Where a QR code points until a page is hosted: this machine. Each character costs room in the QR code.
pub const LOCAL_VERIFY_URL: &str = "http://127.0.0.1:8520/#";

/// The longest verification address, in bytes: more leaves the token no room in a QR code that fits a screen.
const MAX_VERIFY_URL_BYTES: usize = 120;

/// Characters that stand in no address (RFC 3986, section 2), and brackets, at which Markdown would end it.
const NO_ADDRESS: &[u8] = b"\"<>\\^`{|}()";

/// Why a value cannot be a setting; the text says what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SettingError(pub(super) String);

/// A holder's name that may stand on a badge.
///
/// # Errors
/// As [`HolderName::new`].
pub fn holder_name(text: &str) -> Result<String, SettingError> {
    let name = HolderName::new(text).map_err(|why| SettingError(why.to_string()))?;
    Ok(name.as_str().to_owned())
}

/// An e-mail address of the holder.
///
/// # Errors
/// As [`checked_email`].
pub fn holder_email(text: &str) -> Result<String, SettingError> {
    let refused = |_| refused(text.trim(), "an e-mail address like ada@example.org");
    checked_email(text).map(str::to_owned).map_err(refused)
}

/// A verification address: `https:` or `http:`, a host, printable ASCII, and a `#` at its end only, which is added where
/// it is missing.
///
/// # Errors
/// When the text is no such address.
pub fn verify_url(text: &str) -> Result<String, SettingError> {
    let (base, behind) = text.split_once('#').unwrap_or((text, ""));
    let rest = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://")).unwrap_or_default();
    let host = rest.split(['/', '?', ':']).next().unwrap_or_default();
    let host_given = !host.is_empty() && !rest.contains('@');
    let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default();
    let fits = |byte: u8| byte.is_ascii_graphic() && !NO_ADDRESS.contains(&byte);
    let plain = base.bytes().all(fits) && !path.contains(['[', ']']) && base.len() < MAX_VERIFY_URL_BYTES;
    if host_given && plain && behind.is_empty() {
        return Ok(format!("{base}#"));
    }
    let what = "an address like https://example.org/v# in ASCII letters, without brackets or quotation marks, and with \
                nothing behind the #";
    Err(refused(text, what))
}

/// A language of texts, by its code.
///
/// # Errors
/// When there are no texts in it.
pub fn language(text: &str) -> Result<Language, SettingError> {
    Language::of_code(text.trim()).ok_or_else(|| refused(text, "one of en, de, fr, es"))
}

/// The id of a keyboard layout. Whether there is one of that id is seen when it is used.
///
/// # Errors
/// When no layout can have that id.
pub fn layout_id(text: &str) -> Result<String, SettingError> {
    match is_id(text) {
        true => Ok(text.to_owned()),
        false => Err(refused(text, "the name of a layout such as us, de or own-mine")),
    }
}

/// The form of a keyboard.
///
/// # Errors
/// When there is none of that name.
pub fn form(text: &str) -> Result<Form, SettingError> {
    Form::named(text).ok_or_else(|| refused(text, "ansi or iso"))
}

/// Accuracy that lessons ask for, in percent.
///
/// # Errors
/// When it is below 80 or above 100.
pub fn lesson_accuracy(percent: i64) -> Result<u32, SettingError> {
    within(percent, 80..=100, "a percentage from 80 to 100")
}

/// Speed that lessons ask for, in percent of the course's own.
///
/// # Errors
/// When it is below 25 or above 400.
pub fn lesson_speed(percent: i64) -> Result<u32, SettingError> {
    within(percent, 25..=400, "a percentage from 25 to 400")
}

fn within(number: i64, range: RangeInclusive<u32>, what: &str) -> Result<u32, SettingError> {
    let fits = u32::try_from(number).ok().filter(|number| range.contains(number));
    fits.ok_or_else(|| refused(&number.to_string(), what))
}

pub(super) fn refused(text: &str, what: &str) -> SettingError {
    let shown: String = text.chars().take(80).collect();
    SettingError(format!("{shown:?} was found, expected {what}"))
}
