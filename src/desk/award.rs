//! Awards: a passed attempt becomes a signed badge that our own verifier has read back, in the history and as files.

use std::path::{Path, PathBuf};

use chrono::DateTime;
use serde_json::Value;
use zeroize::Zeroizing;

use super::{Desk, DeskError, Finished};
use crate::badge::carry::share;
use crate::badge::carry::symbol::Symbol;
use crate::badge::claim::{Claim, Figures, Measured, Noted};
use crate::badge::credential::{self, Badge, Texts};
use crate::badge::draw::drawing;
use crate::badge::holder::{HashedEmail, HolderName};
use crate::badge::issuance::{Issuance, Signer, Tested};
use crate::badge::verify::summary::Summary;
use crate::badge::verify::{self, Check};
use crate::keyring::{IssuerKey, KeyringError};
use crate::lessons::judge::{Passed, judge};
use crate::lessons::level::Level;
use crate::store::files::{Pending, badge_stem, write_badge_files};
use crate::store::history::BadgeRow;
use crate::system;
use crate::trust::{TrustList, multikey};
use crate::typing::attempt::{self, Attempt};
use crate::typing::score::Score;

mod forms;

pub(super) use forms::credential_of;
pub use forms::{full_link, pictures};

/// A badge issued within an hour of its test has the test's time: name and passphrase are asked for in between, and
/// another time would cost room in the QR code.
const AT_ONCE_S: i64 = 3_600;

/// How far the end of a test may lie ahead of the clock when its badge is issued, in milliseconds: clocks are set by
/// seconds all the time. A badge dated later would hold longer than its test allows.
const CLOCK_AHEAD_MS: i64 = 5 * 60 * 1_000;

/// What the files of a badge are called that is of no level.
pub(super) const NO_LEVEL: &str = "badge";

/// A badge issued, verified, saved and written.
#[derive(Clone, Debug)]
pub struct Award {
    /// The row in the history.
    pub row: BadgeRow,
    /// The credential.
    pub credential: Value,
    /// What a QR code on a screen holds: the link, or the token by itself, see [`share::carried`].
    pub url: String,
    /// The files that were written.
    pub files: Vec<PathBuf>,
}

/// Who a badge is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The name on the badge.
    pub name: String,
    /// The e-mail address, of which the badge has a salted digest.
    pub email: Option<String>,
}

/// Whether a badge's files come with the keystroke log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Log {
    /// With the attempt file.
    With,
    /// Without it.
    Without,
}

impl Desk {
    /// Issues the badge of a passed attempt with the user's own key, which is made if there never was one: signs it,
    /// reads it back with the verifier, saves it and writes its files.
    ///
    /// # Errors
    /// When the holder has no name, the key is locked or lost, or something cannot be written. The attempt stays saved, and
    /// the award can be made later.
    pub fn award(
        &mut self,
        finished: &Finished,
        passphrase: Option<&Zeroizing<String>>,
    ) -> Result<Award, DeskError> {
        let name = self.settings.holder_name.clone().ok_or(DeskError::NoName)?;
        let recipient = Recipient { name, email: self.settings.holder_email.clone() };
        self.award_to(finished, &recipient, passphrase)
    }

    /// As [`Self::award`], for somebody who need not be the one that the settings name. The key belongs to the one in the
    /// settings, and where that is another person, the badge says so of its issuer. A final test has the badge of its course.
    ///
    /// # Errors
    /// As [`Self::award`].
    pub fn award_to(
        &mut self,
        finished: &Finished,
        recipient: &Recipient,
        passphrase: Option<&Zeroizing<String>>,
    ) -> Result<Award, DeskError> {
        if finished.is_final_test() {
            return self.award_course(&finished.id, recipient, passphrase);
        }
        if !matches!(&finished.verdict, Some(Ok(_))) {
            return Err(DeskError::NotPassed);
        }
        let own = self.own_issuance(recipient, passphrase, finished.ended_unix_ms())?;
        self.issue(finished, &own.issuance, &own.key, &own.trust)
    }

    /// What the user's own key signs for somebody, of something that ended then; the key is made if there never was one.
    pub(super) fn own_issuance(
        &mut self,
        recipient: &Recipient,
        passphrase: Option<&Zeroizing<String>>,
        ended_unix_ms: i64,
    ) -> Result<Own, DeskError> {
        let name = HolderName::new(&recipient.name)?;
        let owner = self.settings.holder_name.as_deref().map(HolderName::new).transpose()?;
        let owner = owner.filter(|owner| *owner != name);
        let own = self.own_key();
        let key = match own.exists()? {
            true => own.unlock(passphrase)?,
            false => {
                self.refuse_lost_key()?;
                match own.create(None, &Zeroizing::new(system::random()?)) {
                    // Another program made it since.
                    Err(KeyringError::Exists(_)) => own.unlock(passphrase)?,
                    made => made?,
                }
            }
        };
        let email = match recipient.email.as_deref() {
            Some(address) => Some(HashedEmail::new(address, system::random()?)?),
            None => None,
        };
        let mut trust = TrustList::default();
        trust.add_yourself(key.public());
        let issuance = Issuance {
            issued_after_s: waited_s(ended_unix_ms),
            signer: Signer::Inline { key: key.public(), name: owner },
            ..Issuance::self_assessed(key.public(), name, email)
        };
        Ok(Own { issuance, key, trust })
    }

    /// Issues the badge of a passed attempt as `issuance` says: signs it with `key`, reads it back with the verifier as
    /// somebody with this list would, saves it and writes its files.
    ///
    /// # Errors
    /// When the attempt did not pass, the issuance names another key, the badge does not pass the verifier, the list
    /// refuses its issuer, or something cannot be written. The attempt stays saved.
    pub fn issue(
        &mut self,
        finished: &Finished,
        issuance: &Issuance,
        key: &IssuerKey,
        trust: &TrustList,
    ) -> Result<Award, DeskError> {
        let Some(Ok(passed)) = &finished.verdict else { return Err(DeskError::NotPassed) };
        let (level, bytes) = self.proved(finished, passed)?;
        let what = Sealed {
            tested: tested(&level, &finished.attempt, &finished.score, &bytes),
            texts: Texts::of(&level),
            evidence: &bytes,
            attempt: Some(finished.id.clone()),
            kept_as: level.id.clone(),
        };
        self.seal(what, issuance, key, trust)
    }

    /// Signs a badge, reads it back, saves it and writes its files.
    pub(super) fn seal(
        &mut self,
        what: Sealed<'_>,
        issuance: &Issuance,
        key: &IssuerKey,
        trust: &TrustList,
    ) -> Result<Award, DeskError> {
        let claim = issuance.claim(&what.tested);
        let badge = credential::issue(&claim, &what.texts, &issuance.issuer(), key.signing_key())?;
        self.read_back(&badge, what.evidence, trust, claim.status.is_some())?;
        self.keep(&badge, &claim, what)
    }

    /// The level that was passed and the attempt file, as the history has it now: whatever was told or done since the
    /// test, it is the log that passes, and the level as it is loaded.
    fn proved(&mut self, finished: &Finished, passed: &Passed) -> Result<(Level, Vec<u8>), DeskError> {
        let saved = self.history()?.attempt(&finished.id)?;
        let (_, bytes) = saved.ok_or_else(|| DeskError::NoAttempt(finished.id.clone()))?;
        let attempt = Attempt::from_bytes(&bytes)?;
        if attempt != *finished.attempt {
            return Err(DeskError::Altered(finished.id.clone()));
        }
        let catalogue = self.catalogue();
        let level = catalogue.level_version(passed.level()).ok_or(DeskError::NotPassed)?;
        let score = judge(level, &attempt, &catalogue).map_err(|_| DeskError::NotPassed)?;
        let ended = attempt.started_unix_ms.saturating_add(score.score().counts.duration_ms.into());
        if is_to_come(ended) {
            return Err(DeskError::Future(finished.id.clone()));
        }
        Ok((level.clone(), bytes))
    }

    /// Where no key is, no badge may have been signed yet: a second key makes a second issuer, which only its owner
    /// can wish for. Badges that another key of the keyring signed do not count, nor do those of no attempt of this history.
    fn refuse_lost_key(&mut self) -> Result<(), DeskError> {
        let own: Vec<String> = self.own_keys().0.iter().map(multikey::encode).collect();
        let credentials = self.history()?.badges()?.into_iter().filter(|badge| badge.attempt_id.is_some());
        let mut credentials =
            credentials.map(|badge| serde_json::from_str(&badge.credential).unwrap_or_default());
        let Some(credential) = credentials.find(|credential| !is_signed_by(credential, &own)) else {
            return Ok(());
        };
        Err(DeskError::LostKey {
            issuer: Summary::of(&credential).issuer_id,
            file: self.own_key().secret_file(),
        })
    }

    /// Our own verifier has the first look at every badge: the file and the token, short and full, must all pass at the
    /// time of issue, and the full token must give the very file. A badge that is `listed`, that is, has a place in a list
    /// of revoked badges, is not refused because that list is not at hand.
    fn read_back(
        &mut self,
        badge: &Badge,
        attempt: &[u8],
        trust: &TrustList,
        listed: bool,
    ) -> Result<(), DeskError> {
        let catalogue = self.catalogue();
        let issued = Summary::of(&badge.credential).valid_from;
        let issued = issued
            .and_then(|t| DateTime::parse_from_rfc3339(&t).ok())
            .map_or_else(system::now, |t| t.to_utc());
        let check = Check {
            trust,
            catalogue: &catalogue,
            now: issued,
            documents: &[],
            holder: None,
            attempt: Some(attempt),
            statuses: &[],
        };
        let file = serde_json::to_vec(&badge.credential).map_err(|e| DeskError::ReadBack(e.to_string()))?;
        let full = credential::full_token(&badge.token, &badge.credential).unwrap_or_default();
        let full = verify::token(&full, &check);
        let rebuilt = full.credential.as_ref().map(credential::text);
        for report in [verify::document(&file, &check), verify::token(&badge.token, &check), full] {
            let verdict = &report.verdict;
            let in_force = verdict.standing.is_yes() || listed && !verdict.standing.is_no();
            if !(verdict.integrity.is_yes() && verdict.evidence.is_yes() && in_force)
                || verdict.issuer_refused
            {
                return Err(DeskError::ReadBack(report.verdict.sentence()));
            }
        }
        match rebuilt == Some(credential::text(&badge.credential)) {
            true => Ok(()),
            false => Err(DeskError::ReadBack("its link gives another file than was signed".to_owned())),
        }
    }

    fn keep(&mut self, badge: &Badge, claim: &Claim, what: Sealed<'_>) -> Result<Award, DeskError> {
        let url = share::carried(&self.settings.verify_url, &badge.token);
        let text = credential::text(&badge.credential);
        let days = i64::from(claim.valid_days.unwrap_or(what.texts.valid_days));
        let issued = claim.issued_unix().cast_signed();
        let id = badge.credential.get("id").and_then(Value::as_str).unwrap_or_default();
        let row = BadgeRow {
            id: id.to_owned(),
            attempt_id: what.attempt,
            level_id: Some(what.kept_as),
            issued_unix: issued,
            valid_until_unix: Some(issued + days * 86_400),
            assurance: claim.supervision.assurance(),
            credential: text,
            token: url.clone(),
            name: claim.name.as_ref().map(|n| n.as_str().to_owned()).unwrap_or_default(),
        };
        let dir = self.paths.badges_dir();
        // Where it cannot be marked, its files cannot be written either, and that is said.
        let pending = Pending::begin(&dir, &row.id).ok();
        let saved = self.history_to_write().and_then(|history| Ok(history.save_badge(&row)?));
        let written = saved.map(|()| self.write_files(&row, &dir, Log::With));
        if !matches!(written, Ok(Err(_))) {
            // A mark that stays is looked at again, and does no harm.
            let _ = pending.map(Pending::done);
        }
        let files = written?.map_err(|why| DeskError::Files { id: row.id.clone(), why: Box::new(why) })?;
        Ok(Award { row, credential: badge.credential.clone(), url, files })
    }

    /// Writes a badge's files into a folder: the credential, the token, the badge's picture as PNG and SVG with the
    /// credential baked in, and the QR code by itself where the token has one. With them goes, where it is asked for, the
    /// attempt that is its evidence: a keystroke log says how somebody types, and is not for everyone. Links and codes are as
    /// in [`Self::moved`].
    ///
    /// # Errors
    /// When the operating system refuses, or the row is damaged.
    pub fn write_files(&mut self, row: &BadgeRow, dir: &Path, log: Log) -> Result<Vec<PathBuf>, DeskError> {
        let row = &self.moved(row);
        let (png, svg) = pictures(row)?;
        let token = format!("{}\n", row.token);
        let code = Symbol::new(&row.token).ok().map(|symbol| drawing::png(&symbol)).transpose()?;
        let evidence = if log == Log::With { self.evidence_of(row)? } else { None };
        let mut files: Vec<(&str, &[u8])> = vec![
            ("json", row.credential.as_bytes()),
            ("txt", token.as_bytes()),
            ("png", &png),
            ("svg", svg.as_bytes()),
        ];
        files.extend(code.as_ref().map(|code| ("qr.png", code.as_slice())));
        files.extend(evidence.as_ref().map(|(extension, bytes)| (*extension, bytes.as_slice())));
        Ok(write_badge_files(dir, &badge_stem(row.level_id.as_deref().unwrap_or(NO_LEVEL), &row.id), &files)?)
    }
}

/// What the user's own key signs, the key, and a list on which it is the user's own.
pub(super) struct Own {
    pub(super) issuance: Issuance,
    pub(super) key: IssuerKey,
    pub(super) trust: TrustList,
}

/// What a badge is made of, besides who signs it.
pub(super) struct Sealed<'a> {
    /// What was typed.
    pub(super) tested: Tested,
    /// What it is for.
    pub(super) texts: Texts,
    /// The attempt file or record that it rests on.
    pub(super) evidence: &'a [u8],
    /// The attempt, where it rests on one.
    pub(super) attempt: Option<String>,
    /// The id under which it is kept, and after which its files are called.
    pub(super) kept_as: String,
}

/// Whether a time, in milliseconds since 1970, lies ahead by more than clocks differ.
pub(super) fn is_to_come(unix_ms: i64) -> bool {
    unix_ms > system::now().timestamp_millis().saturating_add(CLOCK_AHEAD_MS)
}

/// Seconds from the end until now, 0 for less than [`AT_ONCE_S`]. A claim rounds the end up, so it is counted from there: no
/// badge is issued in a second that is still to come.
pub(super) fn waited_s(ended_unix_ms: i64) -> u32 {
    let ended = ended_unix_ms.saturating_add(999).div_euclid(1_000);
    let waited = system::now().timestamp().saturating_sub(ended);
    if waited < AT_ONCE_S { 0 } else { u32::try_from(waited).unwrap_or(u32::MAX) }
}

/// Whether one of these keys, as multikeys, is named by a proof of the credential.
fn is_signed_by(credential: &Value, keys: &[String]) -> bool {
    let proofs = match credential.get("proof") {
        Some(Value::Array(proofs)) => proofs.as_slice(),
        Some(proof) => std::slice::from_ref(proof),
        None => &[],
    };
    let methods =
        proofs.iter().filter_map(|proof| proof.get("verificationMethod")?.as_str()?.split_once('#'));
    methods.into_iter().any(|(_, key)| keys.iter().any(|own| own == key))
}

/// What a badge of the level states of a test.
pub(super) fn tested(level: &Level, attempt: &Attempt, score: &Score, bytes: &[u8]) -> Tested {
    let mut log = [0; 16];
    log.copy_from_slice(&attempt::digest(bytes)[..16]);
    Tested {
        level: level.reference(),
        measured: Measured::Test {
            figures: Figures::of(score, &level.rules),
            noted: Noted::of(attempt.circumstances),
        },
        start_unix: u64::try_from(attempt.started_unix_ms.div_euclid(1_000)).unwrap_or(0),
        log,
    }
}
