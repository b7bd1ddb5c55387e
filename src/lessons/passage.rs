//! Passages: the texts that tests are made of, one file each.

use serde::Deserialize;

use super::difficulty::Difficulty;
use super::language::Language;
use super::problem::{Reading, is_id};
use super::terms::Origin;
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
    /// The language it is in.
    pub language: Language,
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
    #[serde(default)]
    language: Language,
    text: String,
    difficulty: Option<Difficulty>,
}

impl Passage {
    /// Reads a passage file; `None` when it cannot be used, which `reading` then says.
    pub fn read(reading: &mut Reading<'_>, origin: Origin) -> Option<Self> {
        // What is shipped is found right by a test, and not at every start.
        let check = |id: &str, file: &File| if origin == Origin::Shipped { Ok(()) } else { check(id, file) };
        let File { title, kind, language, text, difficulty } = reading.whole(check)?;
        Some(Self {
            id: reading.id().to_owned(),
            title,
            kind,
            language,
            text: text.trim_end().to_owned(),
            difficulty,
            origin,
        })
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
