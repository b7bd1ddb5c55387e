//! The settings a person keeps, in TOML; a bad line is named and the rest still counts.

use std::ops::Range;
use std::path::Path;

use serde::Serialize;
use toml::de::{DeTable, DeValue};

use super::Notice;
use super::files::{Access, FileError, read_at_most, replace};
use crate::trust::{checked_name, is_displayable};

/// Where a QR code points until a page is hosted: this machine. Each character costs room in the QR code.
pub const LOCAL_VERIFY_URL: &str = "http://127.0.0.1:8520/#";

/// The largest settings file, in bytes: four short values and whatever comments a person adds.
const MAX_SETTINGS_BYTES: u64 = 64 * 1024;

/// The longest e-mail address, in bytes (RFC 5321, section 4.5.3.1.3, less the angle brackets).
const MAX_EMAIL_BYTES: usize = 254;

/// The longest verification address, in bytes: more leaves the token no room in a QR code that fits a screen.
const MAX_VERIFY_URL_BYTES: usize = 120;

/// How many lines that are no TOML are passed over; a file with more was not meant as settings.
const MAX_BAD_LINES: usize = 20;

/// Why a value cannot be a setting; the text says what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SettingError(String);

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// The holder's name as it shall stand on badges, as in [`checked_name`]; asked for when first needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder_name: Option<String>,
    /// The holder's e-mail address, of which a badge carries a salted digest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder_email: Option<String>,
    /// The address in front of a token in a QR code; ends with `#`, so that a browser sends no token anywhere.
    pub verify_url: String,
    /// Whether speed and accuracy are shown during a test.
    pub live_stats: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            holder_name: None,
            holder_email: None,
            verify_url: LOCAL_VERIFY_URL.to_owned(),
            live_stats: true,
        }
    }
}

impl Settings {
    /// Reads the settings file. Without one, and for every line that cannot be used, the defaults hold; each such
    /// line is named in a notice.
    #[must_use]
    pub fn load(path: &Path) -> (Self, Vec<Notice>) {
        let refused = |why: String| (Self::default(), vec![Notice::new(format!("{why}; the defaults hold"))]);
        match read_at_most(path, MAX_SETTINGS_BYTES).map(|bytes| bytes.map(String::from_utf8)) {
            Ok(None) => (Self::default(), Vec::new()),
            Ok(Some(Ok(text))) => Self::parse(&path.display().to_string(), &text),
            Ok(Some(Err(_))) => refused(format!("{} is no UTF-8 text", path.display())),
            Err(why) => refused(why.to_string()),
        }
    }

    /// Reads settings from TOML text; `file` is only for messages.
    #[must_use]
    pub fn parse(file: &str, text: &str) -> (Self, Vec<Notice>) {
        let notice =
            |at: usize, why: &str| Notice::new(format!("{file}, line {}: {why}", line_number(text, at)));
        let mut settings = Self::default();
        let mut notices = Vec::new();
        let mut rest = text.to_owned();
        // A line that is no TOML is blanked, which keeps all places, and the rest is read again.
        while let Err(why) = DeTable::parse(&rest) {
            let at = why.span().map_or(0, |span| span.start);
            notices.push(notice(at, why.message()));
            let line = line_range(&rest, at);
            if rest.get(line.clone()).is_none_or(|line| line.trim().is_empty())
                || notices.len() == MAX_BAD_LINES
            {
                return (settings, notices);
            }
            rest.replace_range(line.clone(), &" ".repeat(line.len()));
        }
        for (key, value) in DeTable::parse(&rest).iter().flat_map(|table| table.get_ref()) {
            if let Err(why) = settings.set(key.get_ref(), value.get_ref()) {
                notices.push(notice(key.span().start, &why.to_string()));
            }
        }
        (settings, notices)
    }

    fn set(&mut self, key: &str, value: &DeValue<'_>) -> Result<(), SettingError> {
        let expected = |what| SettingError(format!("`{key}` is {} here, expected {what}", value.type_str()));
        let text = value.as_str().ok_or_else(|| expected("text in quotation marks"));
        match key {
            "holder_name" => self.holder_name = Some(holder_name(text?)?),
            "holder_email" => self.holder_email = Some(holder_email(text?)?),
            "verify_url" => self.verify_url = verify_url(text?)?,
            "live_stats" => self.live_stats = value.as_bool().ok_or_else(|| expected("true or false"))?,
            _ => {
                let known = "holder_name, holder_email, verify_url, live_stats";
                let shown: String = key.chars().take(40).collect();
                return Err(SettingError(format!(
                    "{shown:?} is no setting and is ignored; expected one of {known}"
                )));
            }
        }
        Ok(())
    }

    /// Saves the settings: the file is replaced whole or not at all, readable by its owner alone.
    /// Comments and lines that were not understood are not kept.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn save(&self, path: &Path) -> Result<(), FileError> {
        let text =
            toml::to_string(self).map_err(std::io::Error::other).map_err(FileError::io(path, "written"))?;
        replace(path, text.as_bytes(), Access::Owner)
    }

    /// Whether the verification address is this machine's, so that a QR code opens nothing elsewhere.
    #[must_use]
    pub fn is_this_machine(&self) -> bool {
        let rest = self.verify_url.split_once("://").map_or("", |(_, rest)| rest);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = match authority.strip_prefix('[') {
            Some(v6) => v6.split(']').next().unwrap_or_default(),
            None => authority.split(':').next().unwrap_or_default(),
        };
        host.eq_ignore_ascii_case("localhost")
            || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

/// The number of the line at a byte, counted from 1.
fn line_number(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// The bytes of the line at a byte, without its end. A line end belongs to the line before it.
fn line_range(text: &str, at: usize) -> Range<usize> {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| start + length);
    start..end
}

/// A holder's name that may stand on a badge.
///
/// # Errors
/// As [`checked_name`].
pub fn holder_name(text: &str) -> Result<String, SettingError> {
    checked_name(text).map_err(|why| SettingError(why.to_string()))
}

/// An e-mail address: something, one `@`, something with a dot, no space. Whether it is anybody's is not checked.
///
/// # Errors
/// When the text cannot be an address.
pub fn holder_email(text: &str) -> Result<String, SettingError> {
    let text = text.trim();
    let plain = is_displayable(text) && !text.contains(char::is_whitespace) && text.len() <= MAX_EMAIL_BYTES;
    match text.split_once('@') {
        Some((local, domain)) if plain && !local.is_empty() && !domain.contains('@') && is_domain(domain) => {
            Ok(text.to_owned())
        }
        _ => Err(refused(text, "an e-mail address like ada@example.org")),
    }
}

fn is_domain(text: &str) -> bool {
    text.contains('.') && text.split('.').all(|label| !label.is_empty())
}

/// A verification address: `https:` or `http:`, a host, printable ASCII, and a `#` at its end only.
///
/// # Errors
/// When the text is no such address.
pub fn verify_url(text: &str) -> Result<String, SettingError> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host_given = !host.is_empty() && !rest.contains('@');
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic()) && text.len() <= MAX_VERIFY_URL_BYTES;
    if host_given && plain && text.find('#') == Some(text.len() - 1) {
        return Ok(text.to_owned());
    }
    let what = "an address like https://example.org/v# that ends with #, so that a browser keeps the token to itself";
    Err(refused(text, what))
}

fn refused(text: &str, what: &str) -> SettingError {
    let shown: String = text.chars().take(80).collect();
    SettingError(format!("{shown:?} was found, expected {what}"))
}
