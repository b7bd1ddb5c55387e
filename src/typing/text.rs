//! The text to type: grapheme clusters in NFC, arranged in words. No byte index ever meets a character index.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Longest text in grapheme clusters: two hours at 160 words per minute.
pub const MAX_GRAPHEMES: usize = 100_000;
/// Largest raw text in bytes: a longer one is refused before anything is done with it.
pub const MAX_BYTES: usize = 1 << 20;

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

/// Whether a key that a keyboard has may stand for a character that it has not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lookalikes {
    /// Straight quotes for curly ones, a hyphen for dashes, a space for a no-break space, letters for ligatures.
    #[default]
    Typographic,
    /// Every character must be typed as it is.
    Exact,
}

impl Lookalikes {
    /// Whether `typed` counts as `target`.
    pub fn accept(self, target: &Grapheme, typed: &Grapheme) -> bool {
        if target == typed {
            return true;
        }
        let (Some(target), Some(typed)) = (target.as_char(), typed.as_char()) else { return false };
        match self {
            Self::Exact => false,
            Self::Typographic => stand_in(target) == Some(typed),
        }
    }

    /// Replaces what is typed as several keys by those keys: ligatures and the ellipsis.
    fn unfold(self, c: char, out: &mut String) {
        let letters = match (self, c) {
            (Self::Exact, _) => return out.push(c),
            (_, 'ﬀ') => "ff",
            (_, 'ﬁ') => "fi",
            (_, 'ﬂ') => "fl",
            (_, 'ﬃ') => "ffi",
            (_, 'ﬄ') => "ffl",
            (_, 'ﬅ' | 'ﬆ') => "st",
            (_, '…') => "...",
            _ => return out.push(c),
        };
        out.push_str(letters);
    }
}

/// The key that stands for a character which most keyboards cannot type.
fn stand_in(target: char) -> Option<char> {
    match target {
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' | '‹' | '›' => Some('\''),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => Some('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Some('-'),
        '\u{a0}' | '\u{202f}' => Some(' '),
        '\n' => Some(' '),
        _ => None,
    }
}

/// Why a text cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing is left to type.
    #[error("the text is empty: give at least one character that can be typed")]
    Empty,
    /// More than [`MAX_GRAPHEMES`] characters or [`MAX_BYTES`] bytes.
    #[error(
        "the text is too long ({0} bytes): at most {MAX_GRAPHEMES} characters and {MAX_BYTES} bytes can be typed"
    )]
    TooLong(usize),
    /// More than [`MAX_CLUSTER`] code points in one character.
    #[error("the text piles more than {MAX_CLUSTER} marks onto {0:?}: no one types that; take some away")]
    Cluster(String),
    /// The replacement character: the file was not UTF-8, or was damaged before.
    #[error("the text holds U+FFFD, which no key types: it was probably not UTF-8; convert it and try again")]
    NotUtf8,
}

/// A text to type: non-empty, NFC, every grapheme cluster typeable, words parted by one space or one line break.
///
/// ```
/// use typeproof::typing::text::{Lookalikes, Text};
///
/// let text = Text::new("  Two   words ", Lookalikes::Typographic)?;
/// assert_eq!(text.to_string(), "Two words");
/// assert_eq!((text.word_count(), text.graphemes().len()), (2, 9));
/// # Ok::<(), typeproof::typing::text::TextError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    graphemes: Vec<Grapheme>,
    words: Vec<Range<usize>>,
}

impl Text {
    /// Makes a text of raw input: line ends and runs of white space are folded, control and zero-width characters
    /// dropped, ligatures unfolded where `lookalikes` says so.
    ///
    /// # Errors
    /// When nothing is left, when it is too long, or when it was not UTF-8.
    pub fn new(raw: &str, lookalikes: Lookalikes) -> Result<Self, TextError> {
        if raw.len() > MAX_BYTES {
            return Err(TextError::TooLong(raw.len()));
        }
        let folded = fold(raw, lookalikes);
        if folded.contains('\u{fffd}') {
            return Err(TextError::NotUtf8);
        }
        if folded.len() > MAX_BYTES {
            return Err(TextError::TooLong(raw.len()));
        }
        let graphemes = clusters(&folded)?;
        match graphemes.len() {
            0 => Err(TextError::Empty),
            n if n > MAX_GRAPHEMES => Err(TextError::TooLong(raw.len())),
            _ => Ok(Self { words: words_of(&graphemes), graphemes }),
        }
    }

    /// All grapheme clusters in order, separators included.
    pub fn graphemes(&self) -> &[Grapheme] {
        &self.graphemes
    }

    /// Number of words, at least 1.
    pub fn word_count(&self) -> usize {
        self.words.len()
    }

    /// Where word `index` stands in [`Self::graphemes`], without its separator; an empty range at the end when there
    /// is no such word.
    pub fn word_range(&self, index: usize) -> Range<usize> {
        self.words.get(index).cloned().unwrap_or(self.graphemes.len()..self.graphemes.len())
    }

    /// The graphemes of word `index`, without its separator.
    pub fn word(&self, index: usize) -> &[Grapheme] {
        self.graphemes.get(self.word_range(index)).unwrap_or_default()
    }

    /// The space or line break after word `index`; `None` after the last word.
    pub fn separator(&self, index: usize) -> Option<&Grapheme> {
        self.graphemes.get(self.word_range(index).end)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.graphemes.iter().try_for_each(|g| g.fmt(f))
    }
}

/// Folds white space and drops what cannot be typed. NFC comes after dropping and unfolding, since both can bring a
/// letter and a mark together.
fn fold(raw: &str, lookalikes: Lookalikes) -> String {
    let mut unfolded = String::with_capacity(raw.len());
    raw.chars()
        .filter(|c| c.is_whitespace() || !dropped(*c))
        .for_each(|c| lookalikes.unfold(c, &mut unfolded));
    // ASCII is composed as it stands, and spares the tables.
    if unfolded.is_ascii() {
        gather(unfolded.chars(), lookalikes)
    } else {
        gather(unfolded.nfc(), lookalikes)
    }
}

/// Folds the white space of composed text.
fn gather(text: impl Iterator<Item = char>, lookalikes: Lookalikes) -> String {
    let mut out = String::new();
    let mut gap = None;
    for c in text {
        match c {
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => gap = Some('\n'),
            '\u{a0}' | '\u{202f}' if lookalikes == Lookalikes::Typographic => gap = gap.or(Some(c)),
            c if c.is_whitespace() => gap = gap.filter(|g| *g == '\n').or(Some(' ')),
            // A mark that would stand on white space stands on nothing.
            c if gap.is_some() && Grapheme::One(' ').joined(c).is_some() => {}
            c => {
                out.extend(gap.take().filter(|_| !out.is_empty()));
                out.push(c);
            }
        }
    }
    out
}

/// The clusters of text that [`fold`] left. Of ASCII without carriage returns each character is one.
fn clusters(folded: &str) -> Result<Vec<Grapheme>, TextError> {
    if folded.is_ascii() {
        return Ok(folded.chars().map(Grapheme::One).collect());
    }
    if let Some(cluster) = folded.graphemes(true).find(|g| g.chars().nth(MAX_CLUSTER).is_some()) {
        return Err(TextError::Cluster(cluster.chars().take(1).collect()));
    }
    Ok(folded.graphemes(true).filter_map(Grapheme::new).collect())
}

/// How many grapheme clusters a text has that need not be folded.
pub fn cluster_count(text: &str) -> usize {
    if text.is_ascii() && !text.contains('\r') { text.len() } else { text.graphemes(true).count() }
}

/// Control characters and invisible formatting that no key types; joiners inside emoji stay.
fn dropped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Splits at the single spaces and line breaks that [`fold`] leaves.
fn words_of(graphemes: &[Grapheme]) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = 0;
    for (i, g) in graphemes.iter().enumerate() {
        if matches!(g, Grapheme::One(' ' | '\n')) {
            words.push(start..i);
            start = i + 1;
        }
    }
    words.push(start..graphemes.len());
    words
}
