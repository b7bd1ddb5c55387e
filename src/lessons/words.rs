//! Word lists, and texts drawn from them.

use unicode_normalization::UnicodeNormalization;

use super::generator::Generator;
use super::problem::{Effect, Reading, is_id};
use super::terms::Origin;
use crate::typing::text::{Lookalikes, Text};

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
            let word = line.trim();
            let usable = !word.contains(|c: char| c.is_whitespace() || c.is_control())
                && word.chars().count() <= MAX_WORD;
            if !usable {
                let what = format!("expected one word of at most {MAX_WORD} characters on the line");
                reading.note(Some(offset), &what, Effect::Ignored);
            } else if let Some(what) = untypable(word) {
                reading.note(Some(offset), what, Effect::Ignored);
            } else if words.len() == MAX_WORDS && !word.is_empty() {
                let what = format!("more than {MAX_WORDS} words: this one and those after it are left out");
                reading.note(Some(offset), &what, Effect::Ignored);
                break;
            } else if !word.is_empty() {
                words.push(word.to_owned());
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

/// Why a word cannot be typed as it stands, if that is so.
fn untypable(word: &str) -> Option<&'static str> {
    if word.is_ascii() {
        return None;
    }
    if word.contains('\u{fffd}') {
        return Some("the word holds U+FFFD, which no key types: the file was probably not UTF-8");
    }
    let stays = Text::new(word, Lookalikes::Exact).is_ok_and(|text| text.to_string().nfc().eq(word.nfc()));
    (!stays).then_some("the word holds characters that no key types")
}
