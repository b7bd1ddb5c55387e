//! Reviews: what a learner sends in is replayed here, every figure is computed anew, and only what is the same is signed.
//!
//! A request is one JSON file with the learner's badge and the attempt that it rests on.

use std::sync::Arc;

use serde_json::{Value, json};

use super::award::{Sealed, tested, waited_s};
use super::{Award, Desk, DeskError, Organisation};
use crate::badge::credential::{IssuerProfile, Texts};
use crate::badge::holder::{HashedEmail, HolderName};
use crate::badge::issuance::{Issuance, Note, Review, Signer};
use crate::badge::vc::json as strict;
use crate::badge::verify::summary::{self, Kind, Summary};
use crate::badge::verify::supervised::uuid;
use crate::badge::verify::{self, Check};
use crate::keyring::IssuerKey;
use crate::lessons::judge::judge;
use crate::lessons::level::Level;
use crate::store::history::BadgeRow;
use crate::system;
use crate::trust::{Assurance, TrustList, looks_same};
use crate::typing::attempt::{self, Attempt};
use crate::typing::log::{EventKind, Log};
use crate::typing::score::Score;

/// What a request says that it is.
const FORM: &str = "typeproof review request 1";

/// Milliseconds between two keys that are shown to a reviewer as a pause: practice counts no longer ones either.
const PAUSE_MS: u32 = 5_000;

/// The largest request in bytes: an attempt in base64, and a badge.
pub const MAX_REQUEST_BYTES: u64 = (attempt::MAX_BYTES as u64) * 4 / 3 + 256 * 1024;

/// Why there is nothing to review, or nothing is signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewError {
    /// Another file.
    #[error("this is no request for a review ({0}): the learner makes one with `typeproof badge request ID`")]
    NotARequest(String),
    /// The badge or the attempt was altered, or a figure differs.
    #[error("nothing is signed, because what was sent in does not hold: {0}")]
    Refused(String),
    /// Somebody else vouches already.
    #[error("the badge says {0:?} already: only what nobody else observed is reviewed")]
    Supervised(String),
    /// Not of a test.
    #[error("only the badge of a test at a level is reviewed, and this is of something else")]
    NotATest,
    /// Without its attempt.
    #[error("the attempt of this badge is not in the history, and without it nobody can review the badge")]
    NoAttempt,
    /// The level is not loaded here.
    #[error("the badge's level is not known here: give the folder with it, --lessons DIR")]
    NoLevel,
    /// By the one whom it is about.
    #[error(
        "{0:?} is whom the badge is about, and nobody reviews their own test: give --reviewer another name"
    )]
    Oneself(String),
}

/// A request, examined: every figure was computed anew and is the same.
#[derive(Debug, Clone)]
pub struct Examined {
    /// What the learner's badge says.
    pub summary: Summary,
    /// What was typed.
    pub attempt: Arc<Attempt>,
    /// What the log says besides the keys.
    pub seen: Seen,
    level: Level,
    score: Score,
    bytes: Vec<u8>,
    credential: Value,
}

/// What a log says besides the keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// How often something was pasted, which no test takes.
    pub pastes: u32,
    /// Characters of it.
    pub pasted: u32,
    /// How often the window lost the focus.
    pub focus_lost: u32,
    /// Pauses of over five seconds between two keys.
    pub pauses: u32,
    /// The longest time between two keys in milliseconds.
    pub longest_ms: u32,
}

/// What a reviewer decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The reviewer's name.
    pub reviewer: HolderName,
    /// The reviewer's title or office.
    pub title: Option<HolderName>,
    /// What the reviewer says of it.
    pub note: Option<Note>,
}

impl Seen {
    /// What this log says.
    #[must_use]
    pub fn of(log: &Log) -> Self {
        let mut seen = Self::default();
        let mut before = None;
        for event in &log.events {
            match event.what {
                EventKind::Paste(count) => {
                    seen.pastes += 1;
                    seen.pasted = seen.pasted.saturating_add(count);
                }
                EventKind::FocusLost => seen.focus_lost += 1,
                EventKind::Press(_) => {
                    let waited = before.map_or(0, |before| event.at.saturating_sub(before));
                    seen.pauses += u32::from(waited > PAUSE_MS);
                    seen.longest_ms = seen.longest_ms.max(waited);
                    before = Some(event.at);
                }
                _ => {}
            }
        }
        seen
    }
}

/// The bytes of a request: the badge, and the attempt that it rests on.
#[must_use]
fn request_file(credential: &Value, attempt: &[u8]) -> Vec<u8> {
    let attempt = data_encoding::BASE64.encode(attempt);
    let request = json!({"request": FORM, "badge": credential, "attempt": attempt});
    // A JSON value with string keys always has a text.
    format!("{}\n", serde_json::to_string_pretty(&request).unwrap_or_default()).into_bytes()
}

impl Desk {
    /// The request for a review of a badge.
    ///
    /// # Errors
    /// When the badge is of no test, or its attempt is not in the history.
    pub fn request(&mut self, row: &BadgeRow) -> Result<Vec<u8>, DeskError> {
        let credential = super::award::credential_of(row)?;
        let summary = Summary::of(&credential);
        if summary.kind != Kind::Test {
            return Err(ReviewError::NotATest.into());
        }
        unsupervised(&summary)?;
        let id = row.attempt_id.as_ref().ok_or(ReviewError::NoAttempt)?;
        let (_, bytes) = self.history()?.attempt(id)?.ok_or(ReviewError::NoAttempt)?;
        Ok(request_file(&credential, &bytes))
    }

    /// Examines a request: the badge must be unchanged and in force, the attempt the one that it names, and every figure what
    /// the attempt gives when it is replayed here.
    ///
    /// # Errors
    /// [`ReviewError`], where anything is otherwise.
    pub fn examine(&mut self, request: &[u8]) -> Result<Examined, DeskError> {
        let (credential, bytes) = read(request)?;
        let catalogue = self.catalogue();
        let check = Check {
            trust: &TrustList::default(),
            catalogue: &catalogue,
            now: system::now(),
            documents: &[],
            holder: None,
            attempt: Some(&bytes),
            statuses: &[],
        };
        let text = serde_json::to_vec(&credential).unwrap_or_default();
        let report = verify::document(&text, &check);
        let summary = report.summary;
        if summary.kind != Kind::Test {
            return Err(ReviewError::NotATest.into());
        }
        unsupervised(&summary)?;
        let verdict = &report.verdict;
        if !(verdict.integrity.is_yes() && verdict.evidence.is_yes() && verdict.standing.is_yes()) {
            let no = verdict.integrity.is_no() || verdict.evidence.is_no() || verdict.standing.is_no();
            let why = if no { verdict.sentence() } else { verdict.evidence.why() };
            return Err(ReviewError::Refused(why).into());
        }
        let attempt = Attempt::from_bytes(&bytes)?;
        let named = attempt.level.as_ref().ok_or(ReviewError::NotATest)?;
        let level = catalogue.level_version(named).ok_or(ReviewError::NoLevel)?.clone();
        let refused = |why: String| ReviewError::Refused(why);
        let passed = judge(&level, &attempt, &catalogue)
            .map_err(|short| refused(short.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))?;
        let score = *passed.score();
        let (seen, attempt) = (Seen::of(&attempt.log), Arc::new(attempt));
        Ok(Examined { summary, attempt, seen, level, score, bytes, credential })
    }

    /// Signs the badge of a review for an organisation, with its key.
    ///
    /// # Errors
    /// When the reviewer is whom the badge is about, or as [`Desk::issue`].
    pub fn sign_review(
        &mut self,
        examined: &Examined,
        organisation: &Organisation,
        key: &IssuerKey,
        decision: &Decision,
    ) -> Result<Award, DeskError> {
        let reviewer = decision.reviewer.as_str();
        if examined.summary.holder.iter().any(|holder| looks_same(holder, reviewer)) {
            return Err(ReviewError::Oneself(reviewer.to_owned()).into());
        }
        let badge = uuid(&examined.summary.id)
            .ok_or_else(|| ReviewError::Refused("the badge has no id as typeproof gives them".to_owned()))?;
        let review = Review {
            reviewer: decision.reviewer.clone(),
            title: decision.title.clone(),
            note: decision.note.clone(),
            badge,
        };
        let ended = examined.attempt.started_unix_ms.saturating_add(examined.score.counts.duration_ms.into());
        let issuance = Issuance {
            supervision: review.into(),
            signer: Signer::Listed(IssuerProfile::of(&organisation.issuer, &key.public())),
            name: examined.summary.holder.first().map(|name| HolderName::new(name)).transpose()?,
            email: email(&examined.credential),
            valid_days: None,
            issued_after_s: waited_s(ended),
            exam: None,
            attempt: None,
            status: None,
        };
        let what = Sealed {
            tested: tested(&examined.level, &examined.attempt, &examined.score, &examined.bytes),
            texts: Texts::of(&examined.level),
            evidence: &examined.bytes,
            attempt: None,
            kept_as: examined.level.id.clone(),
        };
        let mut trust = TrustList::default();
        let _ = trust.add(organisation.issuer.clone());
        self.seal(what, &issuance, key, &trust)
    }
}

/// The badge and the attempt of a request.
fn read(request: &[u8]) -> Result<(Value, Vec<u8>), ReviewError> {
    let other = |why: &str| ReviewError::NotARequest(why.to_owned());
    let mut request =
        strict::parse(request).map_err(|why| ReviewError::NotARequest(why.reason().to_string()))?;
    let members = request.as_object_mut().ok_or_else(|| other("it is no JSON object"))?;
    match members.get("request").and_then(Value::as_str) {
        Some(FORM) => {}
        Some(_) => return Err(other("it is of another version")),
        None => return Err(other("it does not say that it is one")),
    }
    if members.len() != 3 {
        return Err(other("it has other members than a request"));
    }
    let attempt = members.get("attempt").and_then(Value::as_str).ok_or_else(|| other("it has no attempt"))?;
    let attempt = data_encoding::BASE64.decode(attempt.as_bytes());
    let attempt = attempt.map_err(|_| other("its attempt is no base64"))?;
    let badge = members.shift_remove("badge").ok_or_else(|| other("it has no badge"))?;
    Ok((badge, attempt))
}

/// Refuses a badge that somebody else vouches for already.
fn unsupervised(summary: &Summary) -> Result<(), ReviewError> {
    match summary.assurance.as_deref() {
        Some(own) if own == Assurance::SelfAssessed.as_str() => Ok(()),
        other => Err(ReviewError::Supervised(other.unwrap_or("nothing of its supervision").to_owned())),
    }
}

/// The hashed e-mail address of a badge, which the review carries over.
fn email(credential: &Value) -> Option<HashedEmail> {
    let text =
        |identifier: &Value, name: &str| identifier.get(name).and_then(Value::as_str).map(str::to_owned);
    let identifier = summary::identifiers(summary::subject(credential)).find(|i| summary::hashed(i))?;
    let hex = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).ok();
    let hash = text(identifier, "identityHash")?;
    Some(HashedEmail {
        hash: hex(hash.strip_prefix("sha256$")?)?.try_into().ok()?,
        salt: hex(&text(identifier, "salt")?)?.try_into().ok()?,
    })
}
