//! What the terms of a level are made of: where its text comes from, what has to be reached, whose file it is.

use serde::{Deserialize, Serialize};

use super::decimal::Hundredths;

/// Where a level, passage, exam or list came from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// It is part of the program: others have it too.
    Shipped,
    /// A file of the user, by name: others cannot rebuild its badge without that file.
    Own(String),
    /// A file of the user, by name, read as version 0.1.0 read it: such a level is known for the badges of that time, and
    /// nobody is tested or gets a badge for it.
    Former(String),
}

/// What has to be reached, besides the caps on errors that the rules state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Net speed in hundredths of the rules' unit, at least.
    pub speed: Hundredths,
    /// Accuracy in basis points (hundredths of a percent), at least; `None` when any will do.
    pub accuracy: Option<Hundredths>,
}

/// What a level's text is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextSource {
    /// Passages of these kinds; of every kind when none is named.
    Passages(Vec<String>),
    /// Words drawn from a list.
    Words(String),
    /// This very text.
    Own(String),
}
