//! What the badge of a course says of it: the texts that are the same for everyone, and the digest by which it is known.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::part::Course;
use crate::lessons::decimal::Hundredths;
use crate::lessons::level::VALID_DAYS;
use crate::lessons::own;
use crate::lessons::terms::Origin;
use crate::typing::score::METRICS;

/// The name of the definitions by which a course is counted.
pub const COURSE: &str = "typeproof course 1";

/// Begins the codes of courses, so that none is that of a level.
const CODE: &str = "course-";

/// Begins the codes of courses of users' files.
pub const OWN_CODE: &str = "course-own-";

impl Course {
    /// The id under which its badges are kept, and its code without the version: `course-numbers`.
    #[must_use]
    pub fn code(&self) -> String {
        format!("{CODE}{}", self.id)
    }

    /// Whether it ends with a test: only such a course has a badge.
    #[must_use]
    pub fn has_test(&self) -> bool {
        self.parts.last().is_some_and(|part| part.test)
    }

    /// Whether it is of a user's file.
    #[must_use]
    pub const fn is_own(&self) -> bool {
        !matches!(self.origin, Origin::Shipped)
    }

    /// What its badge is called. Of an own course's title it takes words, no numbers.
    #[must_use]
    pub fn badge_title(&self) -> String {
        if !self.is_own() {
            return format!("{} (typing course)", self.title);
        }
        let name = own::words(&self.title).map_or_else(|| self.id.clone(), |words| format!("“{words}”"));
        let (speed, accuracy) = (Hundredths(self.to_x100), Hundredths(self.accuracy_bp));
        format!("Own course {name}: {speed} {} net at {accuracy} % (typing course)", self.unit.name())
    }

    /// The texts of a credential that are the same for everyone, by the names of the template's `{level. }` holes. How many
    /// lessons there are depends on layout and language, so that the claim says it.
    #[must_use]
    pub fn constants(&self) -> Value {
        let unit = self.unit.name();
        let (first, last) = (Hundredths(self.from_x100), Hundredths(self.to_x100));
        let accuracy = Hundredths(self.accuracy_bp);
        let description = match self.is_own() {
            false => self.description.clone(),
            true => format!(
                "A course made by its issuer, not one of typeproof's.{}",
                own::said(self.description.trim(), "")
            ),
        };
        let mut texts = json!({
            "kind": "course",
            "id": self.code(),
            "version": self.version.to_string(),
            "title": self.badge_title(),
            "description": description,
            "narrative": format!(
                "Lessons in the program typeproof, made for a keyboard layout and a language, which the badge names together \
                 with the number of lessons. Each lesson is passed by an attempt with accuracy at least {accuracy} % and the \
                 net speed asked in it, from {first} {unit} in the first to {last} {unit} in the last; the last is the final \
                 test, taken after all others. Net speed is gross speed less the penalty of the rules; accuracy is the share \
                 of typed characters that were right when typed. Counted by {METRICS} and {COURSE}. To complete it: every \
                 lesson, and the final test with at least {last} {unit} net and accuracy at least {accuracy} %."
            ),
            "achievement_type": "Course",
            "human_code": format!("{}-V{}", self.code().to_ascii_uppercase(), self.version),
            "unit": unit,
            "min_speed": last.to_string(),
            "min_accuracy": accuracy.to_string(),
            "valid_days": self.valid_days().to_string(),
            "tags": ["typing", "course"],
        });
        if self.is_own() {
            texts["own"] = json!("yes");
        }
        texts
    }

    /// SHA-256 over the canonical JSON (RFC 8785) of all that its badge says for everyone, and of all else that is fixed for
    /// this version.
    #[must_use]
    pub fn badge_digest(&self) -> [u8; 32] {
        let whole = json!({
            "constants": self.constants(),
            "content": data_encoding::HEXLOWER.encode(&self.digest()),
        });
        // Strings only: writing them cannot fail.
        Sha256::digest(serde_json_canonicalizer::to_vec(&whole).unwrap_or_default()).into()
    }

    /// Days for which its badge holds.
    #[must_use]
    pub const fn valid_days(&self) -> u32 {
        VALID_DAYS
    }
}
