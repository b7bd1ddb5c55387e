//! What a course asks, in plain values: its lessons with their gates, and the final test. This is what its badge says and
//! what a verifier holds the learner's attempts against.

use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::decimal::Hundredths;
use super::level::{Alignment, VALID_DAYS};
use crate::typing::attempt::LevelRef;
use crate::typing::rules::Unit;
use crate::typing::score::METRICS;

/// The name of the definitions by which a course is counted.
pub const COURSE: &str = "typeproof course 1";

/// What has to be reached in one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Gate {
    /// Accuracy in basis points, at least.
    pub accuracy_bp: u32,
    /// Net speed in hundredths of the course's unit, at least.
    pub speed_x100: u32,
}

/// A lesson or a final test, as far as it is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// Its id within the course: lower-case letters, digits and hyphens.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What has to be reached in it. That a learner's settings ask less makes no difference here.
    pub gate: Gate,
}

/// What a version of a course asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Syllabus {
    /// The course's id: lower-case letters, digits and hyphens.
    pub id: String,
    /// Its version, from 1. A released version never changes.
    pub version: u32,
    /// What it is called.
    pub title: String,
    /// What it teaches, in a sentence or two.
    pub description: String,
    /// The unit of its speeds.
    pub unit: Unit,
    /// Its lessons in their order.
    pub lessons: Vec<Asked>,
    /// The test at its end.
    pub ended: Asked,
    /// Words by which it is found.
    pub tags: Vec<String>,
    /// Published skills it shows.
    pub alignment: Vec<Alignment>,
    /// SHA-256 of all else that is fixed for this version: rules, texts or how they are made.
    pub content: [u8; 32],
}

impl Syllabus {
    /// How an attempt at one of its lessons, or at its final test, names what it was taken for: by course and lesson, with
    /// the course's version. No level has an id with a slash in it.
    #[must_use]
    pub fn named(&self, asked: &Asked) -> LevelRef {
        LevelRef { id: format!("{}/{}", self.id, asked.id), version: self.version }
    }

    /// What an attempt that names itself so was taken for: a lesson or the final test; nothing of another course or
    /// version.
    #[must_use]
    pub fn asked(&self, named: &LevelRef) -> Option<&Asked> {
        let id = named.id.strip_prefix(&self.id)?.strip_prefix('/')?;
        let all = self.lessons.iter().chain([&self.ended]);
        all.filter(|_| named.version == self.version).find(|asked| asked.id == id)
    }

    /// The texts of a credential that are the same for everyone, by the names of the template's `{level. }` holes.
    #[must_use]
    pub fn constants(&self) -> Value {
        let Gate { accuracy_bp, speed_x100 } = self.ended.gate;
        let (unit, lessons) = (self.unit.name(), self.lessons.len());
        let (speed, accuracy) = (Hundredths(speed_x100), Hundredths(accuracy_bp));
        let mut texts = json!({
            "kind": "course",
            "id": self.id,
            "version": self.version.to_string(),
            "title": self.title,
            "description": self.description,
            "narrative": format!(
                "A course of {lessons} lessons and a final test in the program typeproof. Each lesson is passed by an attempt \
                 that reaches the accuracy and the speed asked in it; a final test is passed after all of them. Net speed is \
                 gross speed less the penalty of the rules, in {unit}; accuracy is the share of typed characters that were \
                 right when typed. Counted by {METRICS} and {COURSE}. To complete it: every lesson, and a final test with at \
                 least {speed} {unit} net and accuracy at least {accuracy} %."
            ),
            "achievement_type": "Course",
            "human_code": format!("COURSE-{}-V{}", self.id.to_ascii_uppercase(), self.version),
            "unit": unit,
            "lessons": lessons.to_string(),
            "min_speed": speed.to_string(),
            "min_accuracy": accuracy.to_string(),
            "valid_days": self.valid_days().to_string(),
            "tags": self.tags,
        });
        if !self.alignment.is_empty() {
            texts["alignment"] = Alignment::all_as_badge(&self.alignment);
        }
        texts
    }

    /// SHA-256 over the canonical JSON (RFC 8785) of all that is fixed for this version.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let whole = json!({
            "constants": self.constants(),
            "lessons": self.lessons,
            "final": self.ended,
            "content": data_encoding::HEXLOWER.encode(&self.content),
        });
        // Strings and whole numbers only: writing them cannot fail.
        Sha256::digest(serde_json_canonicalizer::to_vec(&whole).unwrap_or_default()).into()
    }

    /// Days for which its badge holds.
    #[must_use]
    pub const fn valid_days(&self) -> u32 {
        VALID_DAYS
    }
}
