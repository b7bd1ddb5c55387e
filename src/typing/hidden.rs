//! What a typist chose not to see while typing, as an attempt states it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What was not shown from the beginning of a test to its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hidden {
    /// Errors looked as what is right.
    pub errors: bool,
    /// Speed and accuracy.
    pub figures: bool,
}

impl Hidden {
    /// Whether everything was shown.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        !self.errors && !self.figures
    }

    /// The names of what was hidden.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        let named = [(self.errors, "errors"), (self.figures, "figures")];
        named.into_iter().filter(|(hidden, _)| *hidden).map(|(_, name)| name).collect()
    }

    /// Reads what [`fmt::Display`] writes; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let known =
            [(true, false), (false, true), (true, true)].map(|(errors, figures)| Self { errors, figures });
        known.into_iter().find(|hidden| hidden.to_string() == text)
    }
}

impl fmt::Display for Hidden {
    /// `errors`, `figures` or `errors and figures`; nothing where everything was shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.names().join(" and "))
    }
}
