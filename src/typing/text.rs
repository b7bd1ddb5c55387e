//! The text to type: grapheme clusters in NFC, arranged in words. No byte index ever meets a character index.

use std::fmt;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

mod grapheme;
mod layout;
mod lookalikes;
pub mod signs;

pub use grapheme::{Grapheme, MAX_CLUSTER};
pub use layout::Layout;
pub use lookalikes::Lookalikes;

/// Longest text in grapheme clusters: two hours at 160 words per minute.
pub const MAX_GRAPHEMES: usize = 100_000;
/// Largest raw text in bytes: a longer one is refused before anything is done with it.
pub const MAX_BYTES: usize = 1 << 20;

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

/// A text to type: non-empty, NFC, every grapheme cluster typeable, words parted by one space or one line break;
/// where its layout is kept, more white space begins the next word.
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
        Self::laid_out(raw, lookalikes, Layout::Folded)
    }

    /// Makes a text of raw input as [`Self::new`] does, but keeps of its white space what `layout` says. What is kept
    /// beyond one space or line break belongs to the word after it.
    ///
    /// # Errors
    /// As for [`Self::new`].
    pub fn laid_out(raw: &str, lookalikes: Lookalikes, layout: Layout) -> Result<Self, TextError> {
        if raw.len() > MAX_BYTES {
            return Err(TextError::TooLong(raw.len()));
        }
        let folded = layout.apply(raw, lookalikes);
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

    /// Whether its characters are typed with one key each and nothing but single spaces and line breaks parts its words.
    pub fn is_plain(&self) -> bool {
        self.graphemes.iter().all(signs::is_plain)
            && self
                .words
                .iter()
                .all(|word| self.graphemes.get(word.start).is_some_and(|first| !is_blank(first)))
    }

    /// How many blanks word `index` begins with: the indentation of its line.
    #[must_use]
    pub fn margin(&self, index: usize) -> usize {
        self.word(index).iter().take_while(|grapheme| is_blank(grapheme)).count()
    }

    /// Whether a line is indented.
    #[must_use]
    pub fn is_indented(&self) -> bool {
        (0..self.words.len()).any(|index| self.margin(index) > 0)
    }

    /// Whether a line break is to be typed somewhere.
    pub fn has_breaks(&self) -> bool {
        self.graphemes.contains(&Grapheme::One('\n'))
    }

    /// Whether a tab is to be typed somewhere.
    pub fn has_tabs(&self) -> bool {
        self.graphemes.contains(&Grapheme::One('\t'))
    }

    /// The characters that few keyboards have and that no other key stands for, each once, in the order of the text.
    pub fn keyless(&self, lookalikes: Lookalikes) -> Vec<&Grapheme> {
        let mut found: Vec<&Grapheme> = Vec::new();
        for grapheme in self.graphemes.iter().filter(|grapheme| lookalikes.lack_key_for(grapheme)) {
            if !found.contains(&grapheme) {
                found.push(grapheme);
            }
        }
        found
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

/// Whether a character leaves its cell blank, and begins no word.
fn is_blank(grapheme: &Grapheme) -> bool {
    matches!(grapheme, Grapheme::One(' ' | '\n' | '\t'))
}

/// The clusters of text that was laid out. Of ASCII without carriage returns each character is one.
fn clusters(folded: &str) -> Result<Vec<Grapheme>, TextError> {
    if folded.is_ascii() {
        let mut clusters = Vec::with_capacity(folded.len());
        clusters.extend(folded.chars().map(Grapheme::One));
        return Ok(clusters);
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

/// Splits at spaces and line breaks: the first after a word parts it from the next, more are the beginning of that.
fn words_of(graphemes: &[Grapheme]) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let (mut start, mut begun) = (0, false);
    for (i, g) in graphemes.iter().enumerate() {
        if begun && matches!(g, Grapheme::One(' ' | '\n')) {
            words.push(start..i);
            (start, begun) = (i + 1, false);
        } else {
            begun |= !is_blank(g);
        }
    }
    words.push(start..graphemes.len());
    words
}
