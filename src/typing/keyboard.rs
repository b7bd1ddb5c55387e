//! The keyboard layout that something was typed on, as an attempt states it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Most characters of a layout's id: a file's name, and the namespace of the user's own.
const MAX_ID: usize = 52;

/// Stands between a layout and the one that its keyboard is set to.
const ON: &str = " on ";

/// A layout, and how it came onto the keyboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Keyboard {
    /// The id of the layout that was typed.
    pub layout: String,
    /// The id of the layout that the keyboard is set to, where that is another: then the program took the keys back to
    /// their places, and typed what the other layout has there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_to: Option<String>,
}

impl Keyboard {
    /// A keyboard that is set to the layout that is typed.
    #[must_use]
    pub fn of(layout: impl Into<String>) -> Self {
        Self { layout: layout.into(), set_to: None }
    }

    /// Whether what was typed is not what the keyboard gave.
    #[must_use]
    pub const fn is_emulated(&self) -> bool {
        self.set_to.is_some()
    }

    /// Whether both names are ids of layouts: lower-case letters, digits and hyphens, 52 at most.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let id = |id: &str| {
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            (1..=MAX_ID).contains(&id.len()) && id.bytes().all(plain)
        };
        id(&self.layout) && self.set_to.as_deref().is_none_or(|other| id(other) && other != self.layout)
    }

    /// Reads what [`fmt::Display`] writes; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (layout, set_to) = match text.split_once(ON) {
            Some((layout, other)) => (layout, Some(other.to_owned())),
            None => (text, None),
        };
        Some(Self { layout: layout.to_owned(), set_to }).filter(Self::is_valid)
    }
}

impl fmt::Display for Keyboard {
    /// `colemak`, or `colemak on us` where it is emulated.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.layout)?;
        self.set_to.iter().try_for_each(|other| write!(f, "{ON}{other}"))
    }
}
