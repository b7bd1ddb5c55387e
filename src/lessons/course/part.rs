//! A course as its file writes it: by positions and kinds of characters, for every layout and language.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::lessons::terms::Origin;
use crate::typing::rules::Unit;

/// A place of a key: its row by name, and its column.
pub(super) type At = (String, u8);

/// What the lessons of a part practise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drill {
    /// All letters of the language that have a key of their own: first those at these places, in this order, then outward,
    /// the commonest first; two a lesson, one a hand. After so many lessons one that repeats them; never for 0.
    Letters {
        /// Where fingers rest: rows and columns.
        start: Vec<At>,
        /// Lessons from one repetition to the next.
        review_every: usize,
    },
    /// Letters of the language that need a dead key or AltGr, two a lesson.
    Accents,
    /// Capitals: a lesson for each hand that types letters.
    Capitals,
    /// These characters, a lesson an entry, in and around words.
    Marks(Vec<String>),
    /// These digits, a lesson an entry, in numbers; among words, or each on a line of its own.
    Numbers {
        /// The digits; where there are none, one lesson of all that are known.
        characters: Vec<String>,
        /// Whether words stand between.
        among_words: bool,
    },
    /// All that was introduced so far, in words: a repetition.
    Review,
    /// Sentences of passages, of the characters introduced so far.
    Prose,
    /// Code: one of these snippets.
    Code(Vec<String>),
}

/// A part of a course: one `[[lesson]]` of its file, which can stand for several lessons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The id of its lesson, or what the ids of its lessons begin with.
    pub id: String,
    /// The title, with holes.
    pub title: String,
    /// The goal, with holes.
    pub goal: String,
    /// The explanations of its first, second, … lesson; the last one holds for all that follow.
    pub explanations: Vec<String>,
    /// What is practised.
    pub drill: Drill,
    /// The languages for which it is; all when none is named.
    pub languages: Vec<String>,
    /// About how many characters a text of it has.
    pub length: usize,
    /// Whether it begins anew: its lessons hold nothing that was introduced before it.
    pub anew: bool,
    /// Whether it is the test at the end.
    pub test: bool,
}

/// A course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The file's name without its extension, with `own-` in front where the file is the user's.
    pub id: String,
    /// Its version, from 1. A course that others hold badges of is never changed: a changed one is a new version.
    pub version: u32,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// The unit in which its speeds are.
    pub unit: Unit,
    /// Accuracy that each lesson asks for, in basis points.
    pub accuracy_bp: u32,
    /// Speed that the first lesson asks for, in hundredths of the unit.
    pub from_x100: u32,
    /// Speed that the last lesson asks for, in hundredths of the unit; those between rise evenly.
    pub to_x100: u32,
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// Where it came from.
    pub origin: Origin,
}

impl Course {
    /// SHA-256 over the canonical JSON (RFC 8785) of everything that is fixed for a course: what its badge names.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let whole = serde_json::json!({
            "id": self.id,
            "version": self.version,
            "title": self.title,
            "unit": self.unit,
            "accuracy_bp": self.accuracy_bp,
            "from_x100": self.from_x100,
            "to_x100": self.to_x100,
            "parts": self.parts,
        });
        // Strings and whole numbers only: writing them cannot fail.
        Sha256::digest(serde_json_canonicalizer::to_vec(&whole).unwrap_or_default()).into()
    }

    /// The speed that lesson number `index` (from 0) of `count` asks for, in hundredths of the unit. It rises evenly, by
    /// whole WPM or CPM, or by hundreds of keystrokes an hour.
    #[must_use]
    pub fn speed_x100(&self, index: usize, count: usize) -> u32 {
        let step = if self.unit == Unit::Kph { 10_000 } else { 100 };
        let steps = (count.saturating_sub(1)).max(1) as u64;
        let rise = u64::from(self.to_x100.saturating_sub(self.from_x100)) * index as u64 / steps;
        let speed = u64::from(self.from_x100) + rise;
        u32::try_from(speed - speed % step).unwrap_or(u32::MAX).max(self.from_x100)
    }
}
