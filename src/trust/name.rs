//! Names of people and issuers: what may stand in a badge and be shown in a terminal.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
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
    /// Control characters, invisible ones, or such that reorder the text around them.
    #[error("the name {0:?} holds a control or direction character, or an invisible one; write it without")]
    Control(String),
}

/// Characters that show nothing, or make a screen show another text than the one that is there: controls, marks that
/// change the direction or break lines (Unicode Standard Annex 9), default-ignorable code points (Unicode Character
/// Database, `DerivedCoreProperties.txt`), interlinear marks, and the blank of braille.
fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Letters and marks of the scripts that are written with joiners: the Arabic, Indic, South-East Asian and Mongolian
/// blocks (Unicode Standard Annex 31, section 2.3).
fn takes_joiners(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{109f}' | '\u{1780}'..='\u{18af}')
        && (c.is_alphabetic() || is_combining_mark(c))
}

/// The characters of a text, each with whether it may be shown. This is the one list: names, terminals and messages
/// all ask here. U+200C and U+200D may stand between two letters of a script that needs them.
pub fn judged(text: &str) -> impl Iterator<Item = (char, bool)> {
    let mut before = None;
    let mut rest = text.chars();
    std::iter::from_fn(move || {
        let c = rest.next()?;
        let between = || before.is_some_and(takes_joiners) && rest.clone().next().is_some_and(takes_joiners);
        let shown = match c {
            '\u{200c}' | '\u{200d}' => between(),
            c => !is_deceptive(c),
        };
        before = Some(c);
        Some((c, shown))
    })
}

/// A text without what may not be shown, as [`judged`] says.
#[must_use]
pub fn displayable(text: &str) -> String {
    judged(text).filter_map(|(c, shown)| shown.then_some(c)).collect()
}

/// Whether a text holds nothing that is invisible or makes a screen show another text, as [`judged`] says.
#[must_use]
pub fn is_displayable(text: &str) -> bool {
    judged(text).all(|(_, shown)| shown)
}

/// What a name looks like: in NFKC, in lower case, without white space and without what is not shown. Names of one face
/// look the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face(String);

impl Face {
    /// The face of a name.
    #[must_use]
    pub fn of(name: &str) -> Self {
        // Most names are written in ASCII, which NFKC leaves as it is.
        if name.is_ascii() {
            let shown = name.chars().filter(|c| !c.is_ascii_control() && !c.is_ascii_whitespace());
            return Self(shown.map(|c| c.to_ascii_lowercase()).collect());
        }
        let folded: String = displayable(name).nfkc().collect::<String>().to_lowercase();
        Self(folded.split_whitespace().collect())
    }
}

/// Whether two names look the same: whether they have one [`Face`].
#[must_use]
pub fn looks_same(a: &str, b: &str) -> bool {
    Face::of(a) == Face::of(b)
}

/// The name trimmed, in NFC and with single spaces, if it can stand in a badge.
///
/// # Errors
/// When nothing of it can be seen, when it is longer than [`MAX_NAME_GRAPHEMES`], or not displayable.
pub fn checked_name(text: &str) -> Result<String, NameError> {
    if text.len() > MAX_NAME_BYTES {
        return Err(NameError::TooLong);
    }
    if !is_displayable(text) {
        return Err(NameError::Control(text.to_owned()));
    }
    let name: String = text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
    match name.graphemes(true).count() {
        _ if name.chars().all(is_combining_mark) => Err(NameError::Empty),
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
