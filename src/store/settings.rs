//! The settings a person keeps, in TOML; a bad line is named and the rest still counts.

use std::cmp::Reverse;
use std::io;
use std::ops::Range;
use std::path::Path;

use toml::de::DeTable;

use super::Notice;
use super::files::{Access, FileError, read_at_most, refuse_dangling, rewrite};

mod pace;
mod table;
mod values;

pub use pace::PaceSetting;
pub use table::{SETTINGS, Setting, Settings};
pub use values::{LOCAL_VERIFY_URL, SettingError, holder_email, holder_name, verify_url};

/// The largest settings file, in bytes: a few short values and the comments that a person adds.
const MAX_SETTINGS_BYTES: u64 = 64 * 1024;

/// How many lines that are no TOML are passed over; a file with more was not meant as settings.
const MAX_BAD_LINES: usize = 20;

/// Settings as a file has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The settings; the defaults are used where the file has none.
    pub settings: Settings,
    /// What the user should read: lines that cannot be used.
    pub notices: Vec<Notice>,
    /// The settings that the file has, by name, with their lines from 1.
    pub lines: Vec<(&'static str, usize)>,
}

impl Settings {
    /// Reads the settings file. Without one, and for every line that cannot be used, the defaults hold; each such
    /// line is named in a notice.
    #[must_use]
    pub fn load(path: &Path) -> (Self, Vec<Notice>) {
        let Loaded { settings, notices, .. } = Self::load_with_lines(path);
        (settings, notices)
    }

    /// As [`Self::load`], with the line of each setting that the file has.
    #[must_use]
    pub fn load_with_lines(path: &Path) -> Loaded {
        let refused = |why: String| Loaded {
            notices: vec![Notice::new(format!("{why}; the defaults are used"))],
            ..Loaded::default()
        };
        let read = refuse_dangling(path).and_then(|()| read_at_most(path, MAX_SETTINGS_BYTES));
        match read.map(|bytes| bytes.map(String::from_utf8)) {
            Ok(None) => Loaded::default(),
            Ok(Some(Ok(text))) => Self::parse(&path.display().to_string(), &text),
            Ok(Some(Err(_))) => refused(format!("{} is not UTF-8 text", path.display())),
            Err(why) => refused(why.to_string()),
        }
    }

    /// Reads settings from TOML text; `file` is only for messages.
    #[must_use]
    pub fn parse(file: &str, text: &str) -> Loaded {
        let notice =
            |at: usize, why: &str| Notice::new(format!("{file}, line {}: {why}", line_number(text, at)));
        let (sound, bad) = without_bad_lines(text);
        let notices = bad.iter().map(|(at, why)| notice(*at, why)).collect();
        let mut loaded = Loaded { notices, ..Loaded::default() };
        let sound = sound.unwrap_or_default();
        for (key, value) in DeTable::parse(&sound).iter().flat_map(|table| table.get_ref()) {
            let at = key.span().start;
            match loaded.settings.set(key.get_ref(), value.get_ref()) {
                Ok(setting) => loaded.lines.push((setting.name, line_number(text, at))),
                Err(why) => loaded.notices.push(notice(at, &why.to_string())),
            }
        }
        loaded
    }

    /// Saves the settings: only values that differ from those of the file are changed in it, and comments, other lines
    /// and lines that were not understood stay. The file is replaced whole or not at all; a new one is readable by
    /// its owner
    /// alone. A symbolic link stays one, and the file that it leads to is changed.
    ///
    /// # Errors
    /// When the file is read-only, the link leads nowhere, the operating system refuses, or the file is too large or
    /// no text
    /// to be changed; it is then as it was.
    pub fn save(&self, path: &Path) -> Result<(), FileError> {
        let refused = |why: &str| FileError::io(path, "written")(io::Error::other(why));
        let old = read_at_most(path, MAX_SETTINGS_BYTES)?.map(String::from_utf8).transpose();
        let old = old.map_err(|_| refused("it is not UTF-8 text; fix it or move it away"))?;
        let text = self.written_into(old.as_deref().unwrap_or_default());
        match text.ok_or_else(|| refused("too much of it is not TOML; fix it or move it away"))? {
            text if Some(&text) == old.as_ref() => Ok(()),
            text => rewrite(path, text.as_bytes(), Access::Owner),
        }
    }

    /// The text with these settings in it; `None` when it could not be read back as these settings.
    fn written_into(&self, text: &str) -> Option<String> {
        let sound = without_bad_lines(text).0?;
        let table = DeTable::parse(&sound).ok()?;
        let (mut edits, mut added) = (Vec::new(), String::new());
        let old = Self::parse("", text).settings;
        for setting in &SETTINGS {
            let (key, new) = (setting.name, setting.value(self));
            if setting.value(&old) == new {
                continue;
            }
            let place = table.get_ref().iter().find(|(name, _)| name.get_ref() == key);
            match (place, new) {
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
        (Self::parse("", &changed).settings == *self).then_some(changed)
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
