//! White space of raw text: what of it is to be typed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::grapheme::Grapheme;
use super::lookalikes::Lookalikes;

/// What of a raw text's white space is to be typed. Blanks at the ends of lines and of the text never are.
///
/// ```
/// use typeproof::typing::text::{Layout, Lookalikes, Text};
///
/// let laid_out = |layout| Text::laid_out("  if x:\n\n      y  = 1\n", Lookalikes::Exact, layout).map(|t| t.to_string());
/// assert_eq!(laid_out(Layout::Folded)?, "if x:\ny = 1");
/// assert_eq!(laid_out(Layout::Indented)?, "if x:\n    y = 1");
/// assert_eq!(laid_out(Layout::Kept)?, "  if x:\n\n      y  = 1");
/// # Ok::<(), typeproof::typing::text::TextError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// One space or one line break between words.
    #[default]
    Folded,
    /// These, and the indentation of lines, less what all lines have in common. Blank lines are left out.
    Indented,
    /// All of it: indentation, blank lines, runs of spaces.
    Kept,
    /// As [`Self::Indented`], but the program types the indentation.
    Automatic,
}

impl Layout {
    /// Whether white space is folded to single spaces and line breaks.
    pub(crate) fn is_folded(&self) -> bool {
        *self == Self::Folded
    }

    /// Arranges raw text and drops what cannot be typed. NFC comes after dropping and unfolding, since both can bring a
    /// letter and a mark together.
    pub(super) fn apply(self, raw: &str, lookalikes: Lookalikes) -> String {
        let unfolded = unfolded(raw, lookalikes);
        // ASCII is composed as it stands, and spares the tables.
        match (self, unfolded.is_ascii()) {
            (Self::Folded, true) => gather(unfolded.chars(), lookalikes),
            (Self::Folded, false) => gather(unfolded.nfc(), lookalikes),
            (_, true) => self.arrange(&unfolded, lookalikes),
            (_, false) => self.arrange(&unfolded.nfc().collect::<String>(), lookalikes),
        }
    }

    /// Goes through composed text line by line.
    fn arrange(self, text: &str, lookalikes: Lookalikes) -> String {
        // A line that ends in two characters is followed by none.
        let text =
            if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) };
        let lines: Vec<(String, &str)> = text.split(is_line_end).map(parted).collect();
        let common = if self == Self::Kept { 0 } else { common_margin(&lines) };
        let (mut out, mut blank_lines) = (String::new(), 0);
        for (margin, rest) in lines {
            let words = match self {
                Self::Kept => rest.chars().map(|c| if c.is_whitespace() { blank(c) } else { c }).collect(),
                Self::Folded | Self::Indented | Self::Automatic => gather(rest.chars(), lookalikes),
            };
            let mut margin: String = margin.chars().skip(common).collect();
            if self == Self::Automatic && out.is_empty() {
                // Nothing is typed before the first key.
                margin.clear();
            }
            let words = without_stray_marks(&words, !out.is_empty() || !margin.is_empty());
            if words.is_empty() {
                blank_lines += 1;
                continue;
            }
            let above = if self == Self::Kept { std::mem::take(&mut blank_lines) } else { 0 };
            let breaks = if out.is_empty() { 0 } else { above + 1 };
            out.extend(std::iter::repeat_n('\n', breaks));
            out.push_str(&margin);
            out.push_str(&words);
        }
        out
    }
}

/// The text without what cannot be typed, and with the keys that are typed for characters which stand for several.
fn unfolded(raw: &str, lookalikes: Lookalikes) -> Cow<'_, str> {
    // In ASCII that is the text as it stands, unless a control character is in it.
    if raw.bytes().all(|b| matches!(b, b' '..=b'~' | b'\t'..=b'\r')) {
        return Cow::Borrowed(raw);
    }
    let mut unfolded = String::with_capacity(raw.len());
    raw.chars()
        .filter(|c| c.is_whitespace() || !dropped(*c))
        .for_each(|c| lookalikes.unfold(c, &mut unfolded));
    Cow::Owned(unfolded)
}

/// The white space that a line begins with, and the rest of it up to its last letter.
fn parted(line: &str) -> (String, &str) {
    let line = line.trim_end();
    let (margin, rest) = line.split_at(line.len() - line.trim_start().len());
    (margin.chars().map(blank).collect(), rest)
}

/// A mark that would stand on white space stands on nothing, and is left out; `bare` says whether there is some before.
fn without_stray_marks(text: &str, mut bare: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !(bare && Grapheme::One(' ').joined(c).is_some()) {
            out.push(c);
            bare = matches!(c, ' ' | '\t');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// How many characters of white space all lines begin with that are not blank.
fn common_margin(lines: &[(String, &str)]) -> usize {
    let mut margins = lines.iter().filter(|(_, rest)| !rest.is_empty()).map(|(margin, _)| margin);
    let Some(first) = margins.next() else { return 0 };
    margins.fold(first.chars().count(), |common, margin| {
        first.chars().zip(margin.chars()).take(common).take_while(|(a, b)| a == b).count()
    })
}

/// White space that is kept: a tab is one, all else is a space.
fn blank(c: char) -> char {
    if c == '\t' { '\t' } else { ' ' }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Folds the white space of composed text.
fn gather(text: impl Iterator<Item = char>, lookalikes: Lookalikes) -> String {
    let mut out = String::with_capacity(text.size_hint().1.unwrap_or_default());
    let mut gap = None;
    for c in text {
        match c {
            c if is_line_end(c) => gap = Some('\n'),
            '\u{a0}' | '\u{202f}' if lookalikes != Lookalikes::Exact => gap = gap.or(Some(c)),
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

/// Control characters and invisible formatting that no key types; joiners inside emoji stay.
fn dropped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
