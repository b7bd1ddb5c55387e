//! How what was measured was supervised, by whom, and what they vouch for: all of it is signed, and rides in the QR code.

use serde::{Serialize, Serializer};

use crate::badge::holder::{HolderName, Phrase};
use crate::badge::uris::{log_uri, passage_uri, urn_uuid_of};
use crate::trust::Assurance;

/// Longest id of an examination in bytes.
pub const MAX_EXAM_ID: usize = 48;

/// How somebody's identity was checked, in a few words: `photo ID`.
pub type Identity = Phrase<32>;
/// What a reviewer says of a decision.
pub type Note = Phrase<100>;

/// How a test was supervised. `None` in a badge that names nobody who did, as those from before supervisors were named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Supervision {
    /// By nobody: signed on the learner's own machine.
    #[default]
    SelfAssessed,
    /// Somebody else replayed the keystroke log and recomputed every figure.
    Reviewed(Option<Box<Review>>),
    /// Typed on the issuer's machine, under the eyes of a proctor.
    Proctored(Option<Box<Proctoring>>),
}

/// Who reviewed a test, and what they found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// The reviewer's name.
    pub reviewer: HolderName,
    /// The reviewer's title.
    pub title: Option<HolderName>,
    /// What the reviewer says of the decision.
    pub note: Option<Note>,
    /// The UUID of the badge that the learner's own key had signed.
    #[serde(serialize_with = "as_uuid")]
    pub badge: [u8; 16],
}

/// Who supervised a test, and in which examination it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proctoring {
    /// The proctor's name.
    pub proctor: HolderName,
    /// The proctor's title or office.
    pub title: Option<HolderName>,
    /// Where the proctor was.
    pub presence: Presence,
    /// How the candidate's identity was checked, if it was.
    pub identity: Option<Identity>,
    /// The examination's id: 1 to [`MAX_EXAM_ID`] ASCII letters, digits and `-._/`.
    pub exam: String,
    /// What the examination is called.
    pub exam_title: HolderName,
    /// Which of the candidate's attempts this was, from 1.
    pub attempt: u32,
    /// How many attempts a candidate has at most.
    pub attempts: u32,
    /// Which of them counts.
    pub counts: Counts,
    /// The first 8 bytes of the SHA-256 of the text that was typed, as [`passage_digest`] gives them.
    #[serde(serialize_with = "as_passage")]
    pub passage: [u8; 8],
    /// The first half of the head of the examination's journal when the badge was signed.
    #[serde(serialize_with = "as_journal")]
    pub journal: [u8; 16],
}

/// Where a proctor was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// In the room.
    InPerson,
    /// Elsewhere, and watching.
    Virtually,
}

/// Which of a candidate's attempts counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counts {
    /// There is one alone.
    Only,
    /// The best.
    Best,
    /// The last.
    Last,
    /// The mean of all.
    Mean,
}

/// The digest by which a badge names the text that was typed: the first 8 bytes of the SHA-256 of its UTF-8.
#[must_use]
pub fn passage_digest(text: &str) -> [u8; 8] {
    use sha2::{Digest, Sha256};
    let [a, b, c, d, e, f, g, h, ..]: [u8; 32] = Sha256::digest(text).into();
    [a, b, c, d, e, f, g, h]
}

/// Whether a text may be the id of an examination.
#[must_use]
pub fn is_exam_id(text: &str) -> bool {
    let plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'.' | b'_' | b'/');
    (1..=MAX_EXAM_ID).contains(&text.len()) && text.bytes().all(plain)
}

impl Supervision {
    /// How strong it is.
    #[must_use]
    pub const fn assurance(&self) -> Assurance {
        match self {
            Self::SelfAssessed => Assurance::SelfAssessed,
            Self::Reviewed(_) => Assurance::Reviewed,
            Self::Proctored(_) => Assurance::Proctored,
        }
    }

    /// Whether it says who supervised.
    #[must_use]
    pub const fn is_detailed(&self) -> bool {
        matches!(self, Self::Reviewed(Some(_)) | Self::Proctored(Some(_)))
    }

    /// The proctor and the examination, where it names them.
    #[must_use]
    pub fn proctoring(&self) -> Option<&Proctoring> {
        match self {
            Self::Proctored(Some(proctoring)) => Some(proctoring),
            _ => None,
        }
    }

    /// The reviewer, where it names one.
    #[must_use]
    pub fn review(&self) -> Option<&Review> {
        match self {
            Self::Reviewed(Some(review)) => Some(review),
            _ => None,
        }
    }
}

impl From<Assurance> for Supervision {
    /// This much supervision, by somebody who is not named.
    fn from(assurance: Assurance) -> Self {
        match assurance {
            Assurance::SelfAssessed => Self::SelfAssessed,
            Assurance::Reviewed => Self::Reviewed(None),
            Assurance::Proctored => Self::Proctored(None),
        }
    }
}

impl From<Review> for Supervision {
    fn from(review: Review) -> Self {
        Self::Reviewed(Some(Box::new(review)))
    }
}

impl From<Proctoring> for Supervision {
    fn from(proctoring: Proctoring) -> Self {
        Self::Proctored(Some(Box::new(proctoring)))
    }
}

impl Proctoring {
    /// The code of what cannot be of an examination.
    pub(in crate::badge) fn contradiction(&self) -> Option<&'static str> {
        let only = self.counts == Counts::Only;
        match () {
            () if !is_exam_id(&self.exam) => Some("figures-exam"),
            () if self.attempt == 0 || self.attempt > self.attempts => Some("figures-attempts"),
            () if only != (self.attempts == 1) => Some("figures-attempts"),
            () => None,
        }
    }
}

impl Presence {
    /// All of them, in the order of their numbers in a code.
    pub const ALL: [Self; 2] = [Self::InPerson, Self::Virtually];

    /// In a sentence: `in person`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::InPerson => "in person",
            Self::Virtually => "virtually",
        }
    }
}

impl Counts {
    /// All of them, in the order of their numbers in a code.
    pub const ALL: [Self; 4] = [Self::Only, Self::Best, Self::Last, Self::Mean];

    /// In a sentence: `the best attempt counts`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Only => "the only attempt counts",
            Self::Best => "the best attempt counts",
            Self::Last => "the last attempt counts",
            Self::Mean => "the mean of all attempts counts",
        }
    }
}

fn as_uuid<S: Serializer>(uuid: &[u8; 16], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&urn_uuid_of(*uuid))
}

fn as_passage<S: Serializer>(digest: &[u8; 8], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&passage_uri(digest))
}

fn as_journal<S: Serializer>(digest: &[u8; 16], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&log_uri(digest))
}
