//! Keystrokes of many people as a table, a row a keystroke: `subject,session,text_id,t_ms,key,hold_ms`.
//!
//! The first line names the columns, in any order; `text_id` and `hold_ms` may be missing, and others are passed over. A row is
//! a line, so that a stray quotation mark spoils one row only. `t_ms` counts from any moment. `key` is a character, or a name
//! such as `BS` (Backspace), `ENTER` or `LEFT`.

use super::evidence::Evidence;
use super::keys::Pressed;
use super::rhythm::Rhythm;
use super::verdict::LEAST_KEYSTROKES;

/// Longest line in bytes: names of people and texts, and five short columns.
pub const LONGEST_LINE: usize = 4_096;

/// How many keystrokes short sessions are joined to, unless something else is asked for.
pub const JOINED_KEYSTROKES: u32 = 300;

/// Where each column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    subject: usize,
    session: usize,
    text: Option<usize>,
    at: usize,
    key: usize,
}

/// Why a line cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// The first line lacks a column.
    #[error("the first line names no column {0}; the columns are subject,session,text_id,t_ms,key,hold_ms")]
    Column(&'static str),
    /// It is longer than [`LONGEST_LINE`].
    #[error("it is longer than {LONGEST_LINE} bytes")]
    Long,
    /// It is not UTF-8.
    #[error("it is not UTF-8 text")]
    Encoding,
    /// A quotation mark is not closed.
    #[error("a quotation mark is not closed")]
    Quote,
    /// A field that is needed is missing or empty.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// The time is no number, or one beyond any test.
    #[error("t_ms is no time in milliseconds: {0:?}")]
    Time(String),
}

/// One keystroke of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Who typed.
    pub subject: String,
    /// In which session.
    pub session: String,
    /// Which text; empty where the table does not say.
    pub text: String,
    /// When, in milliseconds.
    pub at_ms: i64,
    /// What.
    pub key: Pressed,
}

/// A key press within a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    /// When, in milliseconds.
    pub at_ms: i64,
    /// What.
    pub key: Pressed,
    /// Whether a row before it cannot be used: no time to it is known.
    pub interrupted: bool,
}

/// A text that was typed in one session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The session.
    pub session: String,
    /// The text; empty where the table does not say.
    pub text: String,
    /// The keys.
    pub presses: Vec<Press>,
}

/// What somebody typed, in one session or in several short ones that follow each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Who.
    pub subject: String,
    /// The sessions, in their order in the table; one with several texts has several parts.
    pub parts: Vec<Part>,
}

/// Rows as they come, joined into units.
#[derive(Debug, Default)]
pub struct Units {
    /// The size that was asked for; `None` joins what is too short to be assessed.
    joined_to: Option<u32>,
    unit: Unit,
    interrupted: bool,
}

/// The largest time in milliseconds: a century. Nothing that is added to it overflows.
const LARGEST_MS: f64 = 3.2e12;

impl Columns {
    /// Reads the first line.
    ///
    /// # Errors
    /// When a column that is needed is not there.
    pub fn read(line: &[u8]) -> Result<Self, SampleError> {
        let names = fields(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line))?;
        let find = |name: &'static str| names.iter().position(|given| given.trim() == name);
        let need = |name: &'static str| find(name).ok_or(SampleError::Column(name));
        Ok(Self {
            subject: need("subject")?,
            session: need("session")?,
            text: find("text_id"),
            at: need("t_ms")?,
            key: need("key")?,
        })
    }

    /// Reads a row.
    ///
    /// # Errors
    /// When the line is no such row.
    pub fn row(&self, line: &[u8]) -> Result<Row, SampleError> {
        let mut fields = fields(line)?;
        let mut take = |index: usize, name: &'static str| {
            fields
                .get_mut(index)
                .map(std::mem::take)
                .filter(|field| !field.is_empty())
                .ok_or(SampleError::Missing(name))
        };
        let subject = take(self.subject, "subject")?;
        let session = take(self.session, "session")?;
        let text = self.text.and_then(|index| take(index, "text_id").ok()).unwrap_or_default();
        let at_ms = milliseconds(&take(self.at, "t_ms")?)?;
        let key = pressed(&take(self.key, "key")?);
        Ok(Row { subject, session, text, at_ms, key })
    }
}

/// A time, whole or with a fraction, which is rounded.
fn milliseconds(text: &str) -> Result<i64, SampleError> {
    let time = text.trim().parse::<f64>().ok().filter(|time| time.abs() <= LARGEST_MS);
    time.map(|time| time.round() as i64).ok_or_else(|| SampleError::Time(text.to_owned()))
}

fn pressed(name: &str) -> Pressed {
    let mut characters = name.chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) => Pressed::Char(c),
        _ if name == "BS" => Pressed::Backspace,
        _ => Pressed::Other,
    }
}

/// The fields of a line, which may be quoted, with quotation marks doubled within (RFC 4180).
fn fields(line: &[u8]) -> Result<Vec<String>, SampleError> {
    if line.len() > LONGEST_LINE {
        return Err(SampleError::Long);
    }
    let line = str::from_utf8(line).map_err(|_| SampleError::Encoding)?;
    let mut rest = line.trim_end_matches(['\r', '\n']);
    let mut fields = Vec::with_capacity(6);
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => unquoted(quoted)?,
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        fields.push(field);
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None if after.is_empty() => return Ok(fields),
            None => return Err(SampleError::Quote),
        }
    }
}

/// A field whose opening quotation mark is taken, and what follows the closing one.
fn unquoted(mut rest: &str) -> Result<(String, &str), SampleError> {
    let mut field = String::new();
    loop {
        let (part, after) = rest.split_once('"').ok_or(SampleError::Quote)?;
        field.push_str(part);
        match after.strip_prefix('"') {
            Some(more) => {
                field.push('"');
                rest = more;
            }
            None => return Ok((field, after)),
        }
    }
}

impl Units {
    /// Joins the sessions of a subject until they have so many keystrokes. With `None` a session that can be assessed alone
    /// stays alone, and shorter ones are joined to [`JOINED_KEYSTROKES`].
    #[must_use]
    pub fn new(joined_to: Option<u32>) -> Self {
        Self { joined_to, ..Self::default() }
    }

    /// Takes a row; gives the unit before it, if that is complete.
    pub fn push(&mut self, row: Row) -> Option<Unit> {
        let same_subject = self.unit.subject == row.subject;
        let last = self.unit.parts.last();
        let same_session = same_subject && last.is_some_and(|part| part.session == row.session);
        let complete = !same_subject || (!same_session && self.is_complete());
        let unit = if complete { self.finish() } else { None };
        if complete || !same_session || last_text(&self.unit) != Some(&row.text) {
            self.unit.parts.push(Part { session: row.session, text: row.text, presses: Vec::new() });
        }
        self.unit.subject = row.subject;
        let interrupted = std::mem::take(&mut self.interrupted);
        if let Some(part) = self.unit.parts.last_mut() {
            part.presses.push(Press { at_ms: row.at_ms, key: row.key, interrupted });
        }
        unit
    }

    /// A row could not be used, so that the time across it is not known.
    pub const fn interrupt(&mut self) {
        self.interrupted = true;
    }

    /// The unit that is not complete yet; `None` where there is no row in it.
    pub fn finish(&mut self) -> Option<Unit> {
        let unit = std::mem::take(&mut self.unit);
        (!unit.parts.is_empty()).then_some(unit)
    }

    /// Whether the next session begins another unit.
    fn is_complete(&self) -> bool {
        let keystrokes = self.unit.keystrokes();
        let alone = self.unit.sessions().len() == 1 && keystrokes >= LEAST_KEYSTROKES as usize;
        match self.joined_to {
            Some(size) => keystrokes >= size as usize,
            None => alone || keystrokes >= JOINED_KEYSTROKES as usize,
        }
    }
}

fn last_text(unit: &Unit) -> Option<&String> {
    unit.parts.last().map(|part| &part.text)
}

impl Unit {
    /// How many keys it has.
    #[must_use]
    pub fn keystrokes(&self) -> usize {
        self.parts.iter().map(|part| part.presses.len()).sum()
    }

    /// Its sessions, each once, in their order.
    #[must_use]
    pub fn sessions(&self) -> Vec<&str> {
        let mut sessions: Vec<&str> = self.parts.iter().map(|part| part.session.as_str()).collect();
        sessions.dedup();
        sessions
    }

    /// Its keys and times, to be assessed.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        let mut evidence = Evidence::default();
        for part in &self.parts {
            evidence.interrupt();
            for press in &part.presses {
                if press.interrupted {
                    evidence.interrupt();
                }
                evidence.press(press.at_ms, press.key);
            }
        }
        evidence
    }
}

impl Part {
    /// Its keys and times, to be compared with others of the same text.
    #[must_use]
    pub fn rhythm(&self) -> Rhythm {
        let mut rhythm = Rhythm::default();
        for press in &self.presses {
            if press.interrupted {
                rhythm.interrupt();
            }
            rhythm.press(press.at_ms, press.key);
        }
        rhythm
    }
}
