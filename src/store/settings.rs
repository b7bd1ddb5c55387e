//! The settings a person keeps, in TOML; a bad line is named and the rest still counts.

use std::cmp::Reverse;
use std::io;
use std::ops::Range;
use std::path::Path;

use toml::Value;
use toml::de::{DeTable, DeValue};

use super::Notice;
use super::files::{Access, FileError, read_at_most, refuse_dangling, rewrite};
use crate::badge::holder::{HolderName, checked_email};

/// Where a QR code points until a page is hosted: this machine. Each character costs room in the QR code.
pub const LOCAL_VERIFY_URL: &str = "http://127.0.0.1:8520/#";

/// The largest settings file, in bytes: four short values and the comments that a person adds.
const MAX_SETTINGS_BYTES: u64 = 64 * 1024;

/// The longest verification address, in bytes: more leaves the token no room in a QR code that fits a screen.
const MAX_VERIFY_URL_BYTES: usize = 120;

/// Characters that stand in no address (RFC 3986, section 2), and brackets, at which Markdown would end it.
const NO_ADDRESS: &[u8] = b"\"<>\\^`{|}()";

/// How many lines that are no TOML are passed over; a file with more was not meant as settings.
const MAX_BAD_LINES: usize = 20;

/// Why a value cannot be a setting; the text says what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SettingError(String);

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The holder's name as it shall stand on badges, as in [`checked_name`]; asked for when first needed.
    pub holder_name: Option<String>,
    /// The holder's e-mail address, of which a badge carries a salted digest.
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
        let read = refuse_dangling(path).and_then(|()| read_at_most(path, MAX_SETTINGS_BYTES));
        match read.map(|bytes| bytes.map(String::from_utf8)) {
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
        let (sound, bad) = without_bad_lines(text);
        let mut settings = Self::default();
        let mut notices: Vec<_> = bad.iter().map(|(at, why)| notice(*at, why)).collect();
        let sound = sound.unwrap_or_default();
        for (key, value) in DeTable::parse(&sound).iter().flat_map(|table| table.get_ref()) {
            if let Err(why) = settings.set(key.get_ref(), value.get_ref()) {
                notices.push(notice(key.span().start, &why.to_string()));
            }
        }
        (settings, notices)
    }

    fn set(&mut self, key: &str, value: &DeValue<'_>) -> Result<(), SettingError> {
        let found = match value {
            DeValue::String(_) => "text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) | DeValue::Table(_) => "more than one value",
        };
        let expected = |what| SettingError(format!("`{key}` is {found} here, expected {what}"));
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

    /// Saves the settings: only values that differ from those of the file are changed in it, and comments, other lines
    /// and lines that were not understood stay. The file is replaced whole or not at all; a new one is readable by its owner
    /// alone. A symbolic link stays one, and the file that it leads to is changed.
    ///
    /// # Errors
    /// When the file is read-only, the link leads nowhere, the operating system refuses, or the file is too large or no text
    /// to be changed; it is then as it was.
    pub fn save(&self, path: &Path) -> Result<(), FileError> {
        let refused = |why: &str| FileError::io(path, "written")(io::Error::other(why));
        let old = read_at_most(path, MAX_SETTINGS_BYTES)?.map(String::from_utf8).transpose();
        let old = old.map_err(|_| refused("it is no UTF-8 text; mend it or move it away"))?;
        let text = self.written_into(old.as_deref().unwrap_or_default());
        match text.ok_or_else(|| refused("too much of it is no TOML; mend it or move it away"))? {
            text if Some(&text) == old.as_ref() => Ok(()),
            text => rewrite(path, text.as_bytes(), Access::Owner),
        }
    }

    /// The text with these settings in it; `None` when it could not be read back as these settings.
    fn written_into(&self, text: &str) -> Option<String> {
        let sound = without_bad_lines(text).0?;
        let table = DeTable::parse(&sound).ok()?;
        let (mut edits, mut added) = (Vec::new(), String::new());
        let old = Self::parse("", text).0.members();
        for ((key, _), new) in old.into_iter().zip(self.members()).filter(|(old, new)| old != new) {
            let place = table.get_ref().iter().find(|(name, _)| name.get_ref() == key);
            match (place, new.1) {
                (Some((_, value)), Some(new)) => edits.push((value.span(), new.to_string())),
                (Some((name, value)), None) => {
                    let lines =
                        line_range(text, name.span().start).start..line_range(text, value.span().end).end;
                    edits.push((lines.start..text.len().min(lines.end + 1), String::new()));
                }
                (None, Some(new)) => added.push_str(&format!("{key} = {new}\n")),
                (None, None) => {}
            }
        }
        edits.sort_by_key(|(range, _)| Reverse(range.start));
        let mut changed = text.to_owned();
        for (range, new) in edits {
            changed.replace_range(range, &new);
        }
        // What stands below the head of a table belongs to the table, so there new lines go in front.
        let tables =
            table.get_ref().values().any(|value| value.get_ref().is_table() || value.get_ref().is_array());
        let between = if changed.is_empty() || changed.ends_with('\n') { "" } else { "\n" };
        let changed = match (added.is_empty(), tables) {
            (true, _) => changed,
            (_, true) => added + &changed,
            (_, false) => changed + between + &added,
        };
        (Self::parse("", &changed).0 == *self).then_some(changed)
    }

    /// The settings under the names that they have in the file.
    fn members(&self) -> [(&'static str, Option<Value>); 4] {
        let text = |text: &String| Value::from(text.as_str());
        [
            ("holder_name", self.holder_name.as_ref().map(text)),
            ("holder_email", self.holder_email.as_ref().map(text)),
            ("verify_url", Some(text(&self.verify_url))),
            ("live_stats", Some(Value::from(self.live_stats))),
        ]
    }
}

/// The text with each line that is no TOML blanked, which keeps all places, and the place and fault of each; no text
/// when there are more than [`MAX_BAD_LINES`], or blanking does not help.
fn without_bad_lines(text: &str) -> (Option<String>, Vec<(usize, String)>) {
    let (mut rest, mut bad) = (text.to_owned(), Vec::new());
    while let Err(why) = DeTable::parse(&rest) {
        let at = why.span().map_or(0, |span| span.start);
        bad.push((at, format!("this line is not understood ({})", why.message())));
        let line = line_range(&rest, at);
        if rest.get(line.clone()).is_none_or(|line| line.trim().is_empty()) || bad.len() == MAX_BAD_LINES {
            return (None, bad);
        }
        rest.replace_range(line.clone(), &" ".repeat(line.len()));
    }
    (Some(rest), bad)
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

fn refused(text: &str, what: &str) -> SettingError {
    let shown: String = text.chars().take(80).collect();
    SettingError(format!("{shown:?} was found, expected {what}"))
}
