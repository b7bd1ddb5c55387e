//! What a badge asserts, in whole numbers; and the canonical bytes that a QR code carries.
//!
//! # Bytes
//!
//! The first says what was measured, and so what is read: 1 for a test, 4 for practice, 7 for a course. (They differ in
//! two bits at least, so that no single one makes one of the others.)
//!
//! 1, a test: flags; level reference (4); issuer: key hint (4), or key (32) and name where it is not the holder's; holder
//! name; e-mail hash (32) and salt (8); varints: net, gross − net (hundredths of the level's unit), standing, errors
//! left, omitted (C + INF − standing), errors fixed, fixes, wrong when typed, errors in halves, consistency, duration
//! in ms, start in seconds since 2024; log digest (16); then what the flags announce: days of validity, and the
//! extras: seconds between end and issue, examination, attempt, status index, three numbers of what was [`Noted`], and who
//! supervised. One signature (64) follows, or two: see
//! [`token`](crate::badge::token). One claim has one byte string, and anything else is refused: reading writes again and
//! compares.
//!
//! Who supervised: of a review the reviewer, title and note, and the reviewed badge's UUID (16); of an examination the
//! proctor, title, the examination's id and title, how the identity was checked, a byte (1 for a proctor who was not in the
//! room, and from 2 on which attempt counts), attempt, most attempts, passage digest (8), journal (16). A text that is not
//! there has the length 0. So the code carries all that the badge says; where that is too much for a code, only the file does.
//!
//! 4, practice: the same with the milestone's reference for the level's, the first half of the record's name for the log's
//! digest, and as figures the varints: seconds of practice, days, exercises, exercises with a remark, seconds from
//! beginning to end. Nothing is noted in the extras.
//!
//! 7, a course: as practice, with the course's reference and the number of lessons for that of exercises; behind those five
//! varints three more: net, gross − net (hundredths of the course's unit) and accuracy (basis points) of the final test; then
//! the ids of layout and language, each with its length.

mod bytes;
mod measured;
mod noted;
mod supervised;
mod supervision;
mod taught;
mod text;

pub use measured::{Final, Gathered, Measured};
pub use noted::Noted;
pub use supervision::{
    Counts, Identity, MAX_EXAM_ID, Note, Presence, Proctoring, Review, Supervision, is_exam_id,
    passage_digest,
};
pub use taught::{ShortId, Taught};

pub use crate::badge::figures::Figures;
use crate::badge::holder::{HashedEmail, HolderName};
use crate::badge::reasons::Reason;
use crate::typing::bytes::BytesError;

/// 2024-01-01T00:00:00Z: the program is younger, and a later beginning makes shorter numbers.
const EPOCH: u64 = 1_704_067_200;
/// Latest start in seconds after the epoch: the year 2160.
const MAX_START: u64 = u32::MAX as u64;
/// Longest examination id in bytes: it rides in the QR code.
pub const MAX_EXAM_BYTES: usize = 16;

/// Who issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssuerRef {
    /// A key that the verifier's list knows: the first 4 bytes of SHA-256 of the public key. A hint, no more.
    Hint([u8; 4]),
    /// A key that no list knows, given whole; `name` where it is not the holder's.
    Inline {
        /// The Ed25519 public key.
        key: [u8; 32],
        /// The issuer's name.
        name: Option<HolderName>,
    },
}

/// What a badge asserts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// First bytes of the digest of what was achieved: of a level's version, a milestone or a course's version.
    pub level: [u8; 4],
    /// How it was supervised, and by whom.
    pub supervision: Supervision,
    /// Who issued.
    pub issuer: IssuerRef,
    /// The holder's name.
    pub name: Option<HolderName>,
    /// The holder's e-mail address, hashed.
    pub email: Option<HashedEmail>,
    /// What was measured.
    pub measured: Measured,
    /// When it began, seconds since 1970 (UTC), not before 2024.
    pub start_unix: u64,
    /// First half of the SHA-256 of the attempt file, or of the name of the record of all attempts.
    pub log: [u8; 16],
    /// Days for which the badge is valid, where not the level's.
    pub valid_days: Option<u32>,
    /// Seconds from the end to the issue.
    pub issued_after_s: u32,
    /// The examination, ASCII, at most [`MAX_EXAM_BYTES`]; nothing where the supervision names it.
    pub exam: Option<String>,
    /// Which attempt of the holder this was under this issuer; nothing where the supervision says it.
    pub attempt: Option<u32>,
    /// Place in the issuer's status list.
    pub status: Option<u32>,
}

/// Why a claim or its bytes cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub enum ClaimError {
    /// The bytes are not a claim.
    Bytes(#[from] BytesError),
    /// Another format.
    Version(u8),
    /// Not the one way to write this claim.
    NotCanonical,
    /// Figures that contradict each other: the code of what is wrong with them.
    Figures(&'static str),
    /// A name that may not stand in a badge.
    Holder(#[from] crate::badge::holder::HolderError),
    /// A badge about nobody.
    Nobody,
}

impl ClaimError {
    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::Bytes(why) => Reason::new("claim-damaged").with("why", Reason::from(why)),
            Self::Version(found) => Reason::new("claim-version").with("found", *found),
            Self::NotCanonical => Reason::new("claim-not-canonical"),
            Self::Figures(what) => Reason::new("claim-figures").with("what", Reason::new(what)),
            Self::Holder(why) => Reason::new("claim-name").with("why", why.reason()),
            Self::Nobody => Reason::new("claim-nobody"),
        }
    }
}

impl Claim {
    /// When what was measured ended, seconds since 1970: start and duration, rounded up.
    pub fn end_unix(&self) -> u64 {
        self.start_unix + u64::from(self.measured.span_s())
    }

    /// When the badge was issued, seconds since 1970.
    pub fn issued_unix(&self) -> u64 {
        self.end_unix() + u64::from(self.issued_after_s)
    }

    fn check(&self) -> Result<(), ClaimError> {
        let refuse = |bad: bool, what| if bad { Err(ClaimError::Figures(what)) } else { Ok(()) };
        self.measured.contradiction(self.start_unix).map_or(Ok(()), |what| Err(ClaimError::Figures(what)))?;
        let start = self.start_unix.checked_sub(EPOCH);
        refuse(start.is_none_or(|s| s > MAX_START), "figures-start")?;
        let exam = self.exam.as_deref().unwrap_or("-");
        refuse(!is_exam_id(exam) || exam.len() > MAX_EXAM_BYTES, "figures-exam")?;
        if let Some(proctoring) = self.supervision.proctoring() {
            refuse(!matches!(self.measured, Measured::Test { .. }), "figures-proctored")?;
            refuse(self.exam.is_some() || self.attempt.is_some(), "figures-exam")?;
            proctoring.contradiction().map_or(Ok(()), |what| Err(ClaimError::Figures(what)))?;
        }
        if self.name.is_none() && self.email.is_none() { Err(ClaimError::Nobody) } else { Ok(()) }
    }
}
