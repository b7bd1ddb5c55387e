//! What is constant for an achievement: for a version of a level or a course, or for a milestone of practice.

use serde_json::{Value, json};

use crate::badge::holes::urn_uuid;
use crate::badge::template::{self, TemplateError};
use crate::lessons::course::Course;
use crate::lessons::level::Level;
use crate::lessons::practice::Milestone;

/// What is constant for an achievement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// The texts that the template's `{level. }` holes name.
    pub constants: Value,
    /// The digest of the achievement: of these texts and of all else that is fixed for it.
    pub digest: [u8; 32],
    /// Days for which a badge of it is valid unless its claim says otherwise.
    pub valid_days: u32,
}

impl Texts {
    /// The texts of a level.
    #[must_use]
    pub fn of(level: &Level) -> Self {
        Self { constants: level.constants(), digest: level.digest(), valid_days: level.valid_days }
    }

    /// The texts of a milestone of practice.
    #[must_use]
    pub fn of_practice(milestone: Milestone) -> Self {
        let (constants, digest) = (milestone.constants(), milestone.digest());
        Self { constants, digest, valid_days: milestone.valid_days() }
    }

    /// The texts of a course.
    #[must_use]
    pub fn of_course(course: &Course) -> Self {
        let (constants, digest) = (course.constants(), course.badge_digest());
        Self { constants, digest, valid_days: course.valid_days() }
    }

    /// The first four bytes of the digest, by which a token names the achievement.
    #[must_use]
    pub const fn reference(&self) -> [u8; 4] {
        let [a, b, c, d, ..] = self.digest;
        [a, b, c, d]
    }

    /// Whether they are of a level, and not of practice or a course.
    #[must_use]
    pub fn is_level(&self) -> bool {
        self.constants.get("kind").is_none()
    }

    /// What the template's `{level. }` holes are filled with.
    pub fn holes(&self) -> Value {
        let mut holes = self.constants.clone();
        holes["urn"] = json!(self.urn());
        holes
    }

    /// The achievement's id: a UUID (version 8, RFC 9562) of the digest, so that another text is another achievement.
    pub fn urn(&self) -> String {
        urn_uuid(&self.digest)
    }

    /// The template of its credentials.
    ///
    /// # Errors
    /// When the embedded data is damaged.
    pub fn template(&self) -> Result<Value, TemplateError> {
        template::of(&self.constants)
    }

    /// What a credential of an issuer of this name says of the achievement: the credential's name, and the achievement.
    ///
    /// # Errors
    /// When the embedded template is damaged, or a hole has no value.
    pub fn said(&self, issuer: &str) -> Result<(Value, Value), TemplateError> {
        let holes = json!({"level": self.holes(), "issuer": {"name": issuer}});
        let template = self.template()?;
        let part = |pointer| template::expand(template.pointer(pointer).unwrap_or(&Value::Null), &holes);
        Ok((part("/name")?, part("/credentialSubject/achievement")?))
    }
}
