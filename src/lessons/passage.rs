//! Passages: the texts that tests are made of, one file each.

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeValue;

use super::difficulty::Difficulty;
use super::level::Origin;
use super::problem::{BROKEN, Effect, Reading, is_id, refusal};
use crate::typing::text::{Lookalikes, Text};

/// A text to type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The file's name without its extension.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What kind of text it is: letter, notice, minutes, instruction, narrative, technical, report, or one's own.
    pub kind: String,
    /// Its paragraphs, parted by line breaks; a line break takes Enter or Space.
    pub text: String,
    /// The difficulty as the file states it.
    pub difficulty: Option<Difficulty>,
    /// Where it came from.
    pub origin: Origin,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    kind: String,
    text: String,
    difficulty: Option<Difficulty>,
}

impl Passage {
    /// Reads a passage file; `None` when it cannot be used, which `reading` then says.
    pub fn read(reading: &mut Reading<'_>, origin: Origin) -> Option<Self> {
        let (table, bad) = reading.table();
        let id = reading.id().to_owned();
        let whole = Spanned::new(0..0, DeValue::Table(table));
        let read = reading.value::<File>(whole).map_err(|error| refusal(&error)).and_then(|file| {
            let right = if bad.is_empty() { check(&id, &file) } else { Err(BROKEN.to_owned()) };
            right.map(|()| file).map_err(|what| (None, what))
        });
        let file = read.map_err(|(at, what)| reading.note(at, &what, Effect::FileLeftOut)).ok()?;
        let File { title, kind, text, difficulty } = file;
        Some(Self { id, title, kind, text: text.trim_end().to_owned(), difficulty, origin })
    }
}

fn check(id: &str, file: &File) -> Result<(), String> {
    if !is_id(id) || !is_id(&file.kind) {
        return Err(format!(
            "file name `{id}` and kind `{}` must be lower-case letters, digits and hyphens",
            file.kind
        ));
    }
    Text::new(&file.text, Lookalikes::Typographic).map(drop).map_err(|e| e.to_string())
}
