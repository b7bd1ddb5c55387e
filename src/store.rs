//! What is kept on disk: paths, settings, the history, badge files, the user's list of issuers.
//!
//! Nothing here is global: callers open what they need when they need it, so a typing test starts without touching
//! the database. Files are created new and moved whole into place; what is damaged is set aside, never deleted.

use std::fmt;

#[cfg(feature = "room")]
pub mod exam;
pub mod files;
pub mod history;
pub mod issuers;
pub mod lessons;
pub mod paths;
pub mod settings;
pub mod sqlite;

/// Something a person should read, though the program goes on: a line that was skipped, a file that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice(String);

impl Notice {
    /// A notice with this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
