//! For which layout and language a course was taken: the number of its lessons depends on both.

use std::fmt;

/// Most bytes of an id of a layout or a language: it rides in the QR code.
pub(super) const MAX_BYTES: usize = 16;

/// The layout and the language of a course that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taught {
    /// The id of the keyboard layout, such as `us`.
    pub layout: ShortId,
    /// The code of the language, such as `en`.
    pub language: ShortId,
}

/// An id of a few bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ShortId {
    bytes: [u8; MAX_BYTES],
    length: usize,
}

impl Taught {
    /// A layout and a language by their ids; `None` where one is longer than 16 bytes.
    #[must_use]
    pub fn new(layout: &str, language: &str) -> Option<Self> {
        Some(Self { layout: ShortId::new(layout)?, language: ShortId::new(language)? })
    }

    /// Reads what [`fmt::Display`] writes; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (layout, language) = text.split_once(", ")?;
        Self::new(layout, language).filter(|taught| taught.contradiction().is_none())
    }

    /// The code of what no layout and no language is called.
    pub(super) fn contradiction(&self) -> Option<&'static str> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let is_id = |id: &ShortId| !id.as_str().is_empty() && id.as_str().bytes().all(plain);
        (!(is_id(&self.layout) && is_id(&self.language))).then_some("figures-course-ground")
    }
}

impl ShortId {
    /// The id of this text; `None` where it is longer than 16 bytes.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let (mut bytes, length) = ([0; MAX_BYTES], text.len());
        bytes.get_mut(..length)?.copy_from_slice(text.as_bytes());
        Some(Self { bytes, length })
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // It was text when it was made.
        std::str::from_utf8(self.bytes.get(..self.length).unwrap_or_default()).unwrap_or_default()
    }
}

impl fmt::Display for Taught {
    /// `us, en`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.layout.as_str(), self.language.as_str())
    }
}

impl fmt::Debug for ShortId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
