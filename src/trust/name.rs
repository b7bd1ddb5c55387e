//! Names of people and issuers: what may stand in a badge and be shown in a terminal.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// The longest name, in grapheme clusters: longer ones fit neither the screen nor the QR code's budget.
pub const MAX_NAME_GRAPHEMES: usize = 64;

/// The longest name in bytes: a grapheme cluster may hold any number of combining marks, a name may not.
const MAX_NAME_BYTES: usize = 512;

/// Why a text cannot be a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing but space.
    #[error("the name is empty; write the name as it should stand on the badge")]
    Empty,
    /// More than [`MAX_NAME_GRAPHEMES`] characters.
    #[error("the name has more than {MAX_NAME_GRAPHEMES} characters; shorten it")]
    TooLong,
    /// Control characters, or characters that reorder the text around them.
    #[error("the name {0:?} holds a control or direction character; write it without")]
    Control(String),
}

/// Characters that change the direction of the text around them (Unicode Standard Annex 9, table of explicit
/// formatting characters) or break lines: in a name they could make a screen show another name.
fn is_deceptive(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a text holds neither control characters nor characters that reorder or break the line around them.
#[must_use]
pub fn is_displayable(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || is_deceptive(c))
}

/// The name trimmed, in NFC and with single spaces, if it can stand in a badge.
///
/// # Errors
/// When it is empty, longer than [`MAX_NAME_GRAPHEMES`], or not displayable.
pub fn checked_name(text: &str) -> Result<String, NameError> {
    if text.len() > MAX_NAME_BYTES {
        return Err(NameError::TooLong);
    }
    if !is_displayable(text) {
        return Err(NameError::Control(text.to_owned()));
    }
    let name: String = text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
    match name.graphemes(true).count() {
        0 => Err(NameError::Empty),
        1..=MAX_NAME_GRAPHEMES => Ok(name),
        _ => Err(NameError::TooLong),
    }
}

/// A text as part of a file name: lower-case ASCII letters, digits and single hyphens, at most `limit` characters;
/// empty where the text has neither letters nor digits of ASCII.
#[must_use]
pub fn slug(text: &str, limit: usize) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    slug.truncate(limit);
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}
