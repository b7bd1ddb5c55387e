//! What is wrong with a file that an exam is made of: where, what, and what to do.

use std::fmt;

use crate::lessons::problem::without_controls;

/// Most faults that are said of a file: its author starts with the first ones.
pub const MAX_FAULTS: usize = 20;

/// One fault, or something to know, of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file's name, without control characters.
    pub file: String,
    /// The line, counted from 1; nothing where it is about the whole file.
    pub line: Option<usize>,
    /// What is wrong and what to do, without control characters.
    pub what: String,
}

impl Fault {
    /// A fault in a line of a file.
    #[must_use]
    pub fn new(file: &str, line: Option<usize>, what: &str) -> Self {
        Self { file: without_controls(file), line, what: without_controls(what) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

/// All that is wrong with a file: a line each. Nothing of the file is used then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// These faults, in the order of their lines, at most [`MAX_FAULTS`].
    #[must_use]
    pub fn new(mut faults: Vec<Fault>) -> Self {
        faults.sort_by_key(|fault| fault.line);
        let more = faults.len().saturating_sub(MAX_FAULTS);
        faults.truncate(MAX_FAULTS);
        if let Some(file) = faults.first().map(|fault| fault.file.clone()).filter(|_| more > 0) {
            faults.push(Fault { file, line: None, what: format!("{more} more; correct these first") });
        }
        Self(faults)
    }

    /// One by one.
    #[must_use]
    pub fn all(&self) -> &[Fault] {
        &self.0
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.0.iter().enumerate() {
            let gap = if i > 0 { "\n" } else { "" };
            write!(f, "{gap}{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
