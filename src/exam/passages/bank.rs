//! A bank of passages: what an exam's texts are made of, kept apart from practice.

use std::collections::BTreeSet;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::Spanned;
use toml::de::DeValue;
use unicode_normalization::UnicodeNormalization;

use crate::exam::fault::{Fault, Faults};
use crate::lessons::catalogue::Catalogue;
use crate::lessons::language::Language;
use crate::lessons::problem::{Reading, is_id};
use crate::lessons::terms::Origin;
use crate::typing::text::{self, Lookalikes};

/// Largest bank in bytes: a thousand passages of eight pages.
pub const MAX_BANK_BYTES: usize = 16 << 20;

/// A passage of an exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its id: stands in the journal, and with the digest of the text in the evidence.
    pub id: String,
    /// Its text.
    pub text: String,
}

impl Text {
    /// By what it is known as seen: the first 32 hexadecimal digits of the SHA-256 of its words. A passage under another id
    /// is the same passage.
    #[must_use]
    pub fn key(&self) -> String {
        let words: Vec<String> = self.text.split_whitespace().map(|word| word.nfc().collect()).collect();
        let hash = Sha256::digest(words.join(" "));
        data_encoding::HEXLOWER.encode(hash.get(..16).unwrap_or_default())
    }
}

/// The passages of an exam, ordered by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bank(Vec<Text>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    passage: Vec<Passage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Passage {
    id: Spanned<String>,
    text: Spanned<String>,
}

impl Bank {
    /// The passages, ordered by id.
    #[must_use]
    pub fn texts(&self) -> &[Text] {
        &self.0
    }

    /// A bank of these passages.
    #[must_use]
    pub fn of(mut texts: Vec<Text>) -> Self {
        texts.sort_by(|a, b| a.id.cmp(&b.id));
        Self(texts)
    }

    /// The shipped passages of these kinds, of every kind but the easiest where none is named.
    #[must_use]
    pub fn shipped(kinds: &[String], language: Language, catalogue: &Catalogue) -> Self {
        let shelves = catalogue.shelves();
        let text = |id: &str| {
            Some(Text { id: id.to_owned(), text: shelves.passage(id, &Origin::Shipped)?.text.clone() })
        };
        Self::of(
            shelves.passages_of(kinds, language, &Origin::Shipped).into_iter().filter_map(text).collect(),
        )
    }

    /// Reads the file of a bank: tables `[[passage]]` with `id` and `text`.
    ///
    /// # Errors
    /// All that is wrong, each with its line and what to do.
    pub fn parse(name: &str, text: &str) -> Result<Self, Faults> {
        let mut faults = Vec::new();
        let line = |at: usize| 1 + text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count();
        if text.len() > MAX_BANK_BYTES {
            return Err(Faults::new(vec![Fault::new(
                name,
                None,
                &format!("larger than {MAX_BANK_BYTES} bytes; divide it"),
            )]));
        }
        let mut reading = Reading::new(name, text);
        let (table, _) = reading.table();
        let file = reading.members::<File>(Spanned::new(0..0, DeValue::Table(table)));
        let todo = "each passage is a table [[passage]] with `id` and `text`";
        faults.extend(
            reading.problems.iter().map(|p| Fault::new(name, p.line, &format!("{}; {todo}", p.what))),
        );
        let passages = match file {
            Ok(file) => file.passage,
            Err(refusals) => {
                let fault = |(at, what): (Option<usize>, String)| {
                    Fault::new(name, at.map(line), &format!("{what}; {todo}"))
                };
                faults.extend(refusals.into_iter().map(fault));
                Vec::new()
            }
        };
        if passages.is_empty() && faults.is_empty() {
            faults.push(Fault::new(name, None, &format!("it has no passage; {todo}")));
        }
        let texts = checked(name, passages, &mut faults, line);
        if faults.is_empty() { Ok(Self::of(texts)) } else { Err(Faults::new(faults)) }
    }
}

/// The passages that can be used; what is wrong with others is noted.
fn checked(
    name: &str,
    passages: Vec<Passage>,
    faults: &mut Vec<Fault>,
    line: impl Fn(usize) -> usize,
) -> Vec<Text> {
    let (mut ids, mut keys) = (BTreeSet::new(), BTreeSet::new());
    let mut texts = Vec::new();
    for Passage { id, text } in passages {
        let (id_at, text_at) = (line(id.span().start), line(text.span().start));
        let found = Text { id: id.into_inner(), text: text.into_inner().trim().to_owned() };
        if !is_id(&found.id) {
            let what = format!("id `{}`: write lower-case letters, digits and hyphens", found.id);
            faults.push(Fault::new(name, Some(id_at), &what));
        } else if !ids.insert(found.id.clone()) {
            faults.push(Fault::new(
                name,
                Some(id_at),
                &format!("passage {} is there twice; rename one", found.id),
            ));
        }
        if let Err(why) = text::Text::new(&found.text, Lookalikes::Typographic) {
            faults.push(Fault::new(name, Some(text_at), &why.to_string()));
        } else if !keys.insert(found.key()) {
            let what = format!("passage {} has the text of another one; remove it", found.id);
            faults.push(Fault::new(name, Some(text_at), &what));
        }
        texts.push(found);
    }
    texts
}
