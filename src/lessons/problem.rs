//! What is wrong with a file that somebody wrote: where, what was expected, and what became of it. Files that people
//! own are read leniently: the rest still loads.

use std::fmt;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// Largest file that is read: more than any lesson needs.
pub const MAX_FILE: usize = 1 << 20;

/// Most problems reported of a file, besides what was left out: its author starts with the first ones.
pub const MAX_PROBLEMS: usize = 20;

/// What became of the part with the problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The member or line is as if it were not there.
    Ignored,
    /// The level is not there; the rest of its file is.
    LevelLeftOut,
    /// Nothing of the file is there.
    FileLeftOut,
}

/// One problem of a file, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file's name as it was given, without control characters.
    pub file: String,
    /// The line, counted from 1; `None` when it is about the whole file.
    pub line: Option<usize>,
    /// What is wrong and what was expected, without control characters.
    pub what: String,
    /// What became of it.
    pub effect: Effect,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        let effect = match self.effect {
            Effect::Ignored => "it is ignored",
            Effect::LevelLeftOut => "the level is left out",
            Effect::FileLeftOut => "the file is left out",
        };
        write!(f, ": {}; {effect}", self.what)
    }
}

/// A file being read, and what was found wrong with it so far.
#[derive(Debug)]
pub struct Reading<'a> {
    file: &'a str,
    text: &'a str,
    /// The problems, in the order in which they were found.
    pub problems: Vec<Problem>,
}

impl<'a> Reading<'a> {
    /// Begins to read `text`.
    pub const fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, problems: Vec::new() }
    }

    /// The file's name as it was given.
    pub const fn file(&self) -> &'a str {
        self.file
    }

    /// The text being read.
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// The file's name without folders and extension: the id of what it holds.
    pub fn id(&self) -> &'a str {
        let name = self.file.rsplit(['/', '\\']).next().unwrap_or(self.file);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Notes a problem at byte `offset` of the text, or of the whole file; beyond [`MAX_PROBLEMS`] only what
    /// was left out.
    pub fn note(&mut self, offset: Option<usize>, what: &str, effect: Effect) {
        if effect == Effect::Ignored && self.problems.len() >= MAX_PROBLEMS {
            return;
        }
        self.problems.push(Problem {
            file: without_controls(self.file),
            line: offset.map(|at| self.line(at)),
            what: without_controls(what),
            effect,
        });
    }

    /// The line in which byte `offset` stands, from 1.
    fn line(&self, offset: usize) -> usize {
        1 + self.text.as_bytes().iter().take(offset).filter(|b| **b == b'\n').count()
    }

    /// Parses the text as TOML; notes each line that is not TOML, and returns its offset.
    pub fn table(&mut self) -> (DeTable<'a>, Vec<usize>) {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        let mut bad = Vec::new();
        for error in errors {
            let at = error.span().map_or(0, |s| s.start);
            // The parser goes on within a bad line and finds more; the first says what was expected.
            let reported =
                bad.last().is_some_and(|last| !self.text.get(*last..at).is_some_and(|t| t.contains('\n')));
            if !reported {
                self.note(Some(at), error.message(), Effect::Ignored);
            }
            bad.push(at);
        }
        (table.into_inner(), bad)
    }

    /// Reads the whole text as one `T` that `check` finds right. `None` when it cannot be used, which is then noted: a
    /// bad line, a member, or what `check` says.
    pub fn whole<T: DeserializeOwned>(
        &mut self,
        check: impl Fn(&str, &T) -> Result<(), String>,
    ) -> Option<T> {
        let (table, bad) = self.table();
        let id = self.id();
        let read = self.value::<T>(Spanned::new(0..0, DeValue::Table(table)));
        let read = read.map_err(|error| refusal(&error)).and_then(|file| {
            let right = if bad.is_empty() { check(id, &file) } else { Err(BROKEN.to_owned()) };
            right.map(|()| file).map_err(|what| (None, what))
        });
        read.map_err(|(at, what)| self.note(at, &what, Effect::FileLeftOut)).ok()
    }

    /// Reads `value`; members of it that nobody knows are noted and ignored. Deeper ones, which state rules, refuse it.
    ///
    /// # Errors
    /// When it is no `T`: the problem, as toml words it.
    pub fn value<T: DeserializeOwned>(
        &mut self,
        mut value: Spanned<DeValue<'a>>,
    ) -> Result<T, toml::de::Error> {
        self.known(&mut value)
    }

    /// As [`Self::value`], but goes on without a member that is refused, so that more than the first is reported; as
    /// far as [`MAX_PROBLEMS`].
    ///
    /// # Errors
    /// When it is no `T`: what is wrong, in the order of the text.
    pub fn members<T: DeserializeOwned>(
        &mut self,
        mut value: Spanned<DeValue<'a>>,
    ) -> Result<T, Vec<Refusal>> {
        let mut refusals: Vec<Refusal> = Vec::new();
        loop {
            let refusal = match self.known(&mut value) {
                Ok(read) if refusals.is_empty() => return Ok(read),
                Ok(_) => break,
                Err(error) => refusal(&error),
            };
            let few = self.problems.len() + refusals.len() < MAX_PROBLEMS;
            let goes_on = few && refusal.0.is_some_and(|at| remove_around(value.get_mut(), at));
            refusals.push(refusal);
            if !goes_on {
                break;
            }
        }
        refusals.sort();
        refusals.dedup();
        Err(refusals)
    }

    /// Reads `value` after taking out of it, and noting, the members that nobody knows.
    fn known<T: DeserializeOwned>(&mut self, value: &mut Spanned<DeValue<'a>>) -> Result<T, toml::de::Error> {
        loop {
            let error = match T::deserialize(ValueDeserializer::from(value.clone())) {
                Ok(read) => return Ok(read),
                Err(error) => error,
            };
            let unknown = error.span().filter(|_| error.message().starts_with("unknown field"));
            match unknown {
                Some(span) if self.problems.len() < MAX_PROBLEMS && remove(value.get_mut(), span.start) => {
                    self.note(Some(span.start), error.message(), Effect::Ignored);
                }
                _ => return Err(error),
            }
        }
    }
}

/// Why something cannot be read, and the byte at which that shows.
pub type Refusal = (Option<usize>, String);

/// What a file says that needs all its lines, when one of them is no TOML.
pub const BROKEN: &str = "every line of such a file has to be right";

/// An error of the parser, in the words of people who write files.
pub fn refusal(error: &toml::de::Error) -> Refusal {
    let what = match error.message().split_once("expected struct ") {
        Some((before, _)) => format!("{before}expected a table"),
        None => error.message().replace("expected u32", "expected a whole number, 0 or more"),
    };
    (error.span().map(|s| s.start), what)
}

/// Takes the member whose name stands at `offset` out; `false` when no member does.
fn remove(value: &mut DeValue<'_>, offset: usize) -> bool {
    let DeValue::Table(members) = value else { return false };
    let name = members.keys().find(|name| name.span().start == offset).cloned();
    name.is_some_and(|name| members.remove(name.get_ref().as_ref()).is_some())
}

/// Takes the member out within which `offset` stands: the last that begins before it; `false` when no member does.
fn remove_around(value: &mut DeValue<'_>, offset: usize) -> bool {
    let DeValue::Table(members) = value else { return false };
    let before = members.keys().map(|name| name.span().start).filter(|start| *start <= offset).max();
    before.is_some_and(|start| remove(value, start))
}

/// Text without control characters and those that change its direction (Unicode Standard Annex 9) or break its lines, so
/// that no file can write to a terminal or make it show another text.
pub fn without_controls(text: &str) -> String {
    let stays = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if stays(c) { c } else { ' ' }).collect()
}

/// Whether `id` is lower-case letters, digits and single hyphens between them, at most 48 characters: safe in URLs.
pub fn is_id(id: &str) -> bool {
    let part = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    id.len() <= 48 && id.split('-').all(part)
}
