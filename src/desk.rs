//! The issuing desk: what the screens and the command line both do with exercises, attempts and badges.
//!
//! Everything is opened when it is first needed, so that a typing test starts without touching lessons or database.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use ed25519_dalek::VerifyingKey;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::badge::claim::{Claim, Figures, IssuerRef};
use crate::badge::credential::{self, Badge, IssuerProfile, LevelTexts};
use crate::badge::holder::{HashedEmail, HolderName};
use crate::badge::symbol::Symbol;
use crate::badge::verify::{self, Check, Report};
use crate::badge::{drawing, link};
use crate::keyring::Keyring;
use crate::lessons::catalogue::Catalogue;
use crate::lessons::choice;
use crate::lessons::judge::{Passed, Shortfall, judge};
use crate::lessons::level::Level;
use crate::store::files::{badge_stem, write_badge_files};
use crate::store::history::{AttemptRow, BadgeRow, History};
use crate::store::paths::Paths;
use crate::store::settings::Settings;
use crate::store::{Notice, issuers};
use crate::system;
use crate::trust::{Assurance, TrustList};
use crate::typing::attempt::{self, Attempt};
use crate::typing::exercise::{Exercise, Source};
use crate::typing::log::End;
use crate::typing::rules::{Limit, Rules};
use crate::typing::score::Score;
use crate::typing::session::{Phase, Session};
use crate::typing::text::Lookalikes;

mod error;
pub use error::DeskError;

/// A free test: what a person types without a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FreeTest {
    /// Common words for so many seconds.
    Time(u32),
    /// So many common words.
    Words(u32),
    /// A text of the user's own, and what it is called.
    Text {
        /// File name, or `standard input`.
        name: String,
        /// The text as read.
        raw: String,
    },
}

/// A finished attempt, saved.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Its id in the history.
    pub id: String,
    /// The attempt.
    pub attempt: Arc<Attempt>,
    /// The session, ended.
    pub session: Session,
    /// Its score.
    pub score: Score,
    /// Whether the level was passed, or what was missing; `None` for a free test.
    pub verdict: Option<Result<Passed, Vec<Shortfall>>>,
}

/// A badge issued, verified, saved and written.
#[derive(Clone, Debug)]
pub struct Award {
    /// The row in the history.
    pub row: BadgeRow,
    /// The credential.
    pub credential: Value,
    /// The address that the QR code holds.
    pub url: String,
    /// The QR code.
    pub symbol: Symbol,
    /// The files that were written.
    pub files: Vec<PathBuf>,
}

/// Paths, settings, and whatever else was needed so far.
pub struct Desk {
    paths: Paths,
    /// The user's settings; save them with [`Desk::save_settings`].
    pub settings: Settings,
    lessons_dir: Option<PathBuf>,
    catalogue: Option<Arc<Catalogue>>,
    history: Option<History>,
    notices: Vec<Notice>,
}

impl Desk {
    /// Opens the desk: finds the folders and reads the settings, nothing else.
    ///
    /// # Errors
    /// When there is no home to keep anything in.
    pub fn open(lessons_dir: Option<PathBuf>) -> Result<Self, DeskError> {
        let paths = Paths::find()?;
        let (settings, notices) = Settings::load(&paths.settings_file());
        Ok(Self { paths, settings, lessons_dir, catalogue: None, history: None, notices })
    }

    /// Where things are kept.
    pub const fn paths(&self) -> &Paths {
        &self.paths
    }

    /// What the user should read, once.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// The levels, passages and word lists: shipped ones, the user's own, and those of `--lessons DIR`.
    pub fn catalogue(&mut self) -> Arc<Catalogue> {
        if let Some(catalogue) = &self.catalogue {
            return Arc::clone(catalogue);
        }
        let mut catalogue = Catalogue::embedded();
        for dir in [Some(self.paths.lessons_dir()), self.lessons_dir.clone()].into_iter().flatten() {
            let (files, notices) = crate::store::lessons::read(&dir);
            self.notices.extend(notices);
            let problems = catalogue.extend(files);
            self.notices.extend(problems.iter().map(|p| Notice::new(p.to_string())));
        }
        Arc::clone(self.catalogue.insert(Arc::new(catalogue)))
    }

    /// The history database, opened on first use.
    ///
    /// # Errors
    /// When it cannot be opened; a damaged one is set aside and a notice left.
    pub fn history(&mut self) -> Result<&mut History, DeskError> {
        if self.history.is_none() {
            let (history, notice) = History::open(&self.paths.history_file(), system::now())?;
            self.notices.extend(notice);
            self.history = Some(history);
        }
        self.history.as_mut().ok_or(DeskError::NoHistory)
    }

    /// Saves the settings.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn save_settings(&self) -> Result<(), DeskError> {
        Ok(self.settings.save(&self.paths.settings_file())?)
    }

    /// The newest version of a level.
    ///
    /// # Errors
    /// When there is none of that id.
    pub fn level(&mut self, id: &str) -> Result<Level, DeskError> {
        self.catalogue().level(id).cloned().ok_or_else(|| DeskError::NoLevel(id.to_owned()))
    }

    /// A test of a level: passages that this person has not seen, as long as there are any.
    ///
    /// # Errors
    /// When the history cannot be read, or the level has nothing to type.
    pub fn level_exercise(&mut self, level: &Level) -> Result<Arc<Exercise>, DeskError> {
        let seen = self.history()?.seen_passages()?;
        let exercise = choice::exercise(level, system::seed(), &seen, &self.catalogue())?;
        Ok(Arc::new(exercise))
    }

    /// A free test.
    ///
    /// # Errors
    /// When the text cannot be typed.
    pub fn free_exercise(&mut self, test: &FreeTest) -> Result<Arc<Exercise>, DeskError> {
        let seed = system::seed();
        let exercise = match test {
            FreeTest::Text { name, raw } => {
                let rules = Rules::practice(Limit::Text);
                Exercise::new(Source::Own(name.clone()), seed, raw, Lookalikes::Typographic, rules)?
            }
            FreeTest::Time(seconds) => {
                choice::words_exercise(&self.catalogue(), Limit::Seconds(*seconds), None, seed)?
            }
            FreeTest::Words(count) => {
                choice::words_exercise(&self.catalogue(), Limit::Text, Some(*count), seed)?
            }
        };
        Ok(Arc::new(exercise))
    }

    /// Scores a session that has ended, judges it, and saves it: when this returns, the attempt is durable.
    ///
    /// # Errors
    /// When it cannot be saved; the session is not lost, call again.
    pub fn finish(
        &mut self,
        session: Session,
        level: Option<&Level>,
        started: DateTime<Utc>,
    ) -> Result<Finished, DeskError> {
        let score = Score::of(&session).ok_or(DeskError::NotEnded)?;
        let log = session.log().ok_or(DeskError::NotEnded)?;
        let attempt = Attempt {
            exercise: Arc::clone(session.exercise()),
            level: level.map(Level::named),
            started_unix_ms: started.timestamp_millis(),
            wall_ms: (system::now() - started).num_milliseconds(),
            log,
        };
        let verdict = match level {
            Some(level) => Some(judge(level, &attempt, &session, &self.catalogue())),
            None => None,
        };
        let bytes = attempt.to_bytes();
        let passed = matches!(verdict, Some(Ok(_)));
        let row = attempt_row(new_id()?, &attempt, &session, &score, passed, attempt::digest(&bytes));
        self.history()?.save_attempt(&row, &bytes)?;
        Ok(Finished { id: row.id, attempt: Arc::new(attempt), session, score, verdict })
    }

    /// The user's keyring.
    pub fn keyring(&self) -> Keyring {
        Keyring::at(self.paths.keys_dir())
    }

    /// Whether an award will ask for a passphrase.
    ///
    /// # Errors
    /// When the key cannot be read.
    pub fn needs_passphrase(&self) -> Result<bool, DeskError> {
        let keyring = self.keyring();
        Ok(keyring.exists() && keyring.is_encrypted()?)
    }

    /// Issues the badge of a passed attempt with the user's own key, which is made if there is none: signs it, reads
    /// it back with the verifier, saves it and writes its files.
    ///
    /// # Errors
    /// When the holder has no name, the key is locked, or something cannot be written. The attempt stays saved, and
    /// the award can be made later.
    pub fn award(
        &mut self,
        finished: &Finished,
        passphrase: Option<&Zeroizing<String>>,
    ) -> Result<Award, DeskError> {
        let Some(Ok(passed)) = &finished.verdict else { return Err(DeskError::NotPassed) };
        let name = self.settings.holder_name.as_deref().ok_or(DeskError::NoName)?;
        let name = HolderName::new(name)?;
        let keyring = self.keyring();
        let key = match keyring.exists() {
            true => keyring.unlock(passphrase)?,
            false => keyring.create(None, &Zeroizing::new(system::random()?))?,
        };
        let email = match self.settings.holder_email.as_deref() {
            Some(address) => Some(HashedEmail::new(address, system::random()?)?),
            None => None,
        };
        let level = passed.level(&self.catalogue()).cloned().ok_or(DeskError::NotPassed)?;
        let bytes = finished.attempt.to_bytes();
        let claim = claim(&level, finished, name, email, key.public(), &bytes);
        let issuer = IssuerProfile::inline(key.public().as_bytes(), claim.name.as_ref().map(HolderName::as_str))
            .ok_or(DeskError::NotPassed)?;
        let texts = LevelTexts::of(&level);
        let badge = credential::issue(&claim, &texts, &issuer, key.signing_key())?;
        self.read_back(&badge, &bytes, key.public())?;
        self.keep(&badge, &claim, &level, finished)
    }

    /// Whom the user trusts, and the user's own key.
    pub fn trust(&mut self) -> TrustList {
        let (mut list, errors) = TrustList::embedded();
        self.notices.extend(errors.iter().map(|e| Notice::new(e.to_string())));
        self.notices.extend(issuers::load(&self.paths.trust_dir(), &mut list));
        if let Ok(key) = self.keyring().public() {
            list.set_yourself(key);
        }
        list
    }

    /// Our own verifier has the first look at every badge: file and token must both pass, at the time of issue.
    fn read_back(&mut self, badge: &Badge, attempt: &[u8], key: VerifyingKey) -> Result<(), DeskError> {
        let mut trust = TrustList::default();
        trust.set_yourself(key);
        let catalogue = self.catalogue();
        let issued = crate::badge::facts::Facts::of(&badge.credential).valid_from;
        let issued = issued.and_then(|t| DateTime::parse_from_rfc3339(&t).ok()).map_or_else(system::now, |t| t.to_utc());
        let check = Check {
            trust: &trust,
            catalogue: &catalogue,
            now: issued,
            documents: &[],
            holder: None,
            attempt: Some(attempt),
        };
        let file = serde_json::to_vec(&badge.credential).map_err(|e| DeskError::ReadBack(e.to_string()))?;
        for report in [verify::document(&file, &check), verify::token(&badge.token, &check)] {
            let good = report.verdict.integrity.is_yes()
                && report.verdict.evidence.is_yes()
                && report.verdict.standing.is_yes();
            if !good {
                return Err(DeskError::ReadBack(report.verdict.sentence()));
            }
        }
        Ok(())
    }

    fn keep(&mut self, badge: &Badge, claim: &Claim, level: &Level, finished: &Finished) -> Result<Award, DeskError> {
        let url = link::url(&self.settings.verify_url, &badge.token);
        let symbol = Symbol::new(&url)?;
        let text = credential_text(&badge.credential);
        let days = i64::from(claim.valid_days.unwrap_or(level.valid_days));
        let issued = claim.issued_unix().cast_signed();
        let id = badge.credential.get("id").and_then(Value::as_str).unwrap_or_default();
        let row = BadgeRow {
            id: id.to_owned(),
            attempt_id: finished.id.clone(),
            level_id: level.id.clone(),
            issued_unix: issued,
            valid_until_unix: Some(issued + days * 86_400),
            assurance: claim.assurance,
            credential: text,
            token: url.clone(),
            name: claim.name.as_ref().map(|n| n.as_str().to_owned()).unwrap_or_default(),
        };
        self.history()?.save_badge(&row)?;
        let files = self.write_files(&row, &self.paths.badges_dir())?;
        Ok(Award { row, credential: badge.credential.clone(), url, symbol, files })
    }

    /// Writes a badge's files (JSON, token, PNG, SVG, and the attempt that is its evidence) into a folder.
    ///
    /// # Errors
    /// When the operating system refuses, or the row is damaged.
    pub fn write_files(&mut self, row: &BadgeRow, dir: &std::path::Path) -> Result<Vec<PathBuf>, DeskError> {
        let symbol = Symbol::new(&row.token)?;
        let svg = drawing::svg(&symbol, &row.level_id);
        let png = drawing::png(&symbol)?;
        let token = format!("{}\n", row.token);
        let attempt = self.history()?.attempt(&row.attempt_id)?.map(|(_, bytes)| bytes).unwrap_or_default();
        let files: [(&str, &[u8]); 5] = [
            ("json", row.credential.as_bytes()),
            ("txt", token.as_bytes()),
            ("png", &png),
            ("svg", svg.as_bytes()),
            ("tpa", &attempt),
        ];
        Ok(write_badge_files(dir, &badge_stem(&row.level_id, &row.id), &files)?)
    }

    /// Verifies what a person gave: the JSON of a badge file, or a link or token.
    pub fn verify(&mut self, given: &Given, request: &Request<'_>) -> Report {
        let (trust, catalogue) = (request.trust.clone().unwrap_or_else(|| self.trust()), self.catalogue());
        let check = Check {
            trust: &trust,
            catalogue: &catalogue,
            now: request.now.unwrap_or_else(system::now),
            documents: request.documents,
            holder: request.holder,
            attempt: request.attempt,
        };
        match given {
            Given::Document(bytes) => verify::document(bytes, &check),
            Given::Token(bytes) => verify::token(bytes, &check),
        }
    }
}

/// What is to be verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Bytes of a badge file.
    Document(Vec<u8>),
    /// Bytes of a token.
    Token(Vec<u8>),
}

/// How it is to be verified.
#[derive(Default)]
pub struct Request<'a> {
    /// Whom to trust; the user's own list when `None`.
    pub trust: Option<TrustList>,
    /// The time of asking; now when `None`.
    pub now: Option<DateTime<Utc>>,
    /// DID documents given by the user.
    pub documents: &'a [Value],
    /// A name or e-mail address to compare.
    pub holder: Option<&'a str>,
    /// The attempt file to replay.
    pub attempt: Option<&'a [u8]>,
}

/// A credential as its file holds it: readable, with a line end.
pub fn credential_text(credential: &Value) -> String {
    // A JSON value with string keys always has a text.
    format!("{}\n", serde_json::to_string_pretty(credential).unwrap_or_default())
}

fn claim(
    level: &Level,
    finished: &Finished,
    name: HolderName,
    email: Option<HashedEmail>,
    key: VerifyingKey,
    attempt: &[u8],
) -> Claim {
    let mut log = [0; 16];
    log.copy_from_slice(&attempt::digest(attempt)[..16]);
    Claim {
        level: level.reference(),
        assurance: Assurance::SelfAssessed,
        issuer: IssuerRef::Inline { key: key.to_bytes(), name: None },
        name: Some(name),
        email,
        figures: Figures::of(&finished.score, &level.rules),
        start_unix: u64::try_from(finished.attempt.started_unix_ms.div_euclid(1_000)).unwrap_or(0),
        log,
        valid_days: None,
        issued_after_s: 0,
        exam: None,
        attempt: None,
        status: None,
    }
}

fn new_id() -> Result<String, DeskError> {
    Ok(data_encoding::HEXLOWER.encode(&system::random::<16>()?))
}

fn attempt_row(
    id: String,
    attempt: &Attempt,
    session: &Session,
    score: &Score,
    passed: bool,
    digest: [u8; 32],
) -> AttemptRow {
    let (source, passages) = match &attempt.exercise.source {
        Source::Passages(ids) => ("passages".to_owned(), ids.clone()),
        Source::Words { list, count } => (format!("{count} words of {list}"), Vec::new()),
        Source::Own(name) => (name.clone(), Vec::new()),
    };
    let ended = match session.phase() {
        Phase::Ended(End::Completed) => "completed",
        Phase::Ended(End::TimeUp) => "time-up",
        _ => "gave-up",
    };
    AttemptRow {
        id,
        started_unix_ms: attempt.started_unix_ms,
        level: attempt.level.as_ref().map(|l| (l.id.clone(), l.version)),
        source,
        passages,
        passed,
        ended: ended.to_owned(),
        gross_wpm_x100: score.gross_wpm_x100,
        net_wpm_x100: score.net_wpm_x100,
        raw_wpm_x100: score.raw_wpm_x100,
        accuracy_bp: score.accuracy_bp,
        consistency_bp: score.consistency_bp,
        duration_ms: score.counts.duration_ms,
        errors: score.counts.errors_x2.div_ceil(2),
        // Whole numbers only: writing them cannot fail.
        score_json: serde_json::to_string(score).unwrap_or_default(),
        digest,
    }
}
