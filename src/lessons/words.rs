//! Word lists, and texts drawn from them.

use unicode_normalization::UnicodeNormalization;

use super::generator::Generator;
use super::problem::{Effect, Reading, is_id};
use super::terms::Origin;
use crate::typing::text::{Lookalikes, Text, TextError};

/// What some editors write before UTF-8 text.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Longest word of a list in characters: more would not fit a narrow screen.
pub const MAX_WORD: usize = 40;
/// Most words of a list: a dictionary has room.
pub const MAX_WORDS: usize = 100_000;

/// A list of words, the commonest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordList {
    /// The file's name without its extension.
    pub id: String,
    /// The words, at least one.
    pub words: Vec<String>,
    /// Where it came from.
    pub origin: Origin,
}

impl WordList {
    /// Reads a list: a word on each line, empty lines left out; `None` when no word is left.
    pub fn read(reading: &mut Reading<'_>, origin: Origin) -> Option<Self> {
        let id = reading.id().to_owned();
        if !is_id(&id) {
            let what = format!("file name `{id}` must be lower-case letters, digits and hyphens");
            reading.note(None, &what, Effect::FileLeftOut);
            return None;
        }
        let mut words = Vec::new();
        let mut offset = 0;
        for line in reading.text().split_inclusive('\n') {
            // Some editors begin UTF-8 with a mark.
            let mark = if offset == 0 { BYTE_ORDER_MARK } else { "" };
            let word = line.strip_prefix(mark).unwrap_or(line).trim();
            match check(word) {
                Err(what) => reading.note(Some(offset), &what, Effect::Ignored),
                Ok(()) if word.is_empty() => {}
                Ok(()) if words.len() == MAX_WORDS => {
                    let what =
                        format!("more than {MAX_WORDS} words: this one and those after it are left out");
                    reading.note(Some(offset), &what, Effect::Ignored);
                    break;
                }
                Ok(()) => words.push(word.to_owned()),
            }
            offset += line.len();
        }
        if words.is_empty() {
            reading.note(None, "there is no word in the list", Effect::FileLeftOut);
            return None;
        }
        Some(Self { id, words, origin })
    }

    /// Draws `count` words by the seed, none twice in a row (where the list has two), joined by spaces.
    pub fn draw(&self, count: u32, seed: u64) -> String {
        let mut generator = Generator::new(seed);
        let mut text = String::new();
        let mut last = None;
        for _ in 0..count {
            let mut place = generator.below(self.words.len() as u64) as usize;
            if last == Some(place) {
                place = (place + 1) % self.words.len();
            }
            last = Some(place);
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(self.words.get(place).map_or("", String::as_str));
        }
        text
    }
}

/// Whether the line of a list holds one word, or nothing; otherwise what was expected.
fn check(word: &str) -> Result<(), String> {
    if word.contains(char::is_whitespace) || word.chars().count() > MAX_WORD {
        return Err(format!("expected one word of at most {MAX_WORD} characters on the line"));
    }
    // Printable ASCII is typed as it stands, and spares a long list the tables.
    if word.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    let unseen = || "expected a word without characters that nobody sees".to_owned();
    let typed = Text::new(word, Lookalikes::Exact).map_err(|why| match why {
        TextError::Empty => unseen(),
        why => why.to_string(),
    })?;
    if typed.to_string().chars().eq(word.nfc()) { Ok(()) } else { Err(unseen()) }
}
