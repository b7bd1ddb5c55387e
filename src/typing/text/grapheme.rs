//! One grapheme cluster, what a person calls a character, in NFC.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Most code points in one cluster: the longest emoji have about ten; a thousand marks on a letter are an attack on
/// the program that replays them.
pub const MAX_CLUSTER: usize = 32;

/// One grapheme cluster, what a person calls a character, in NFC.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grapheme {
    /// A cluster of one code point: nearly all of them.
    One(char),
    /// A cluster of several code points, such as a flag or a letter with marks that have no composed form.
    Many(Box<str>),
}

impl Grapheme {
    /// Makes a grapheme of a cluster; `None` when `cluster` is empty.
    pub fn new(cluster: &str) -> Option<Self> {
        let mut chars = cluster.chars();
        let first = chars.next()?;
        Some(if chars.next().is_none() { Self::One(first) } else { Self::Many(cluster.into()) })
    }

    /// The columns it takes in a terminal, 1 or 2; a line break counts as 1, for the mark that stands for it.
    pub fn width(&self) -> u16 {
        let width = match self {
            Self::One(' '..='~') => 1,
            Self::One(c) => c.width().unwrap_or(1),
            Self::Many(s) => s.width(),
        };
        width.clamp(1, 2) as u16
    }

    /// Appends the cluster to `out`.
    pub fn push_to(&self, out: &mut String) {
        match self {
            Self::One(c) => out.push(*c),
            Self::Many(s) => out.push_str(s),
        }
    }

    /// This cluster with `mark` appended, when both together are one cluster (a letter and its accent) of at most
    /// [`MAX_CLUSTER`] code points.
    pub fn joined(&self, mark: char) -> Option<Self> {
        let full = matches!(self, Self::Many(s) if s.chars().count() >= MAX_CLUSTER);
        if full || mark.is_ascii() && self.as_char().is_some_and(|c| c.is_ascii()) {
            return None;
        }
        let mut whole = String::new();
        self.push_to(&mut whole);
        whole.push(mark);
        let composed: String = whole.nfc().collect();
        if composed.graphemes(true).count() == 1 { Self::new(&composed) } else { None }
    }

    /// The single character of the cluster, `None` for a cluster of several.
    pub fn as_char(&self) -> Option<char> {
        match self {
            Self::One(c) => Some(*c),
            Self::Many(_) => None,
        }
    }
}

impl fmt::Display for Grapheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(c) => fmt::Display::fmt(c, f),
            Self::Many(s) => f.write_str(s),
        }
    }
}
