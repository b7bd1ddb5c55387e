//! What a badge asserts, in whole numbers; and the canonical bytes that a QR code carries.
//!
//! # Bytes, version 1
//!
//! version; flags; level reference (4); issuer: key hint (4), or key (32) and name where it is not the holder's; holder
//! name; e-mail hash (32) and salt (8); varints: net, gross − net (hundredths of the level's unit), standing, errors
//! left, omitted (C + INF − standing), errors fixed, fixes, wrong when typed, errors in halves, consistency, duration
//! in ms, start in seconds since 2024; log digest (16); then what the flags announce: days of validity, and the
//! extras: seconds between end and issue, examination, attempt, status index, and three numbers of what was
//! [`Noted`]. One signature (64) follows, or two: see
//! [`token`](crate::badge::token). One claim has one byte string, and anything else is refused: reading writes again and
//! compares.

mod noted;

pub use noted::Noted;

pub use crate::badge::figures::Figures;
use crate::badge::holder::{HashedEmail, HolderName};
use crate::badge::reasons::Reason;
use crate::trust::Assurance;
use crate::typing::bytes::{BytesError, Reader, push_varint};

/// 2024-01-01T00:00:00Z: the program is younger, and a later beginning makes shorter numbers.
const EPOCH: u64 = 1_704_067_200;
/// Latest start in seconds after the epoch: the year 2160.
const MAX_START: u64 = u32::MAX as u64;
/// Longest examination id in bytes: it rides in the QR code.
pub const MAX_EXAM_BYTES: usize = 16;
const VERSION: u8 = 1;
const INLINE_KEY: u8 = 1;
const HOLDER_NAME: u8 = 1 << 1;
const EMAIL: u8 = 1 << 2;
const ASSURANCE_SHIFT: u8 = 3;
const OWN_VALIDITY: u8 = 1 << 5;
const EXTRAS: u8 = 1 << 6;
const ISSUER_NAME: u8 = 1 << 7;
const EXTRA_LATER: u8 = 1;
const EXTRA_EXAM: u8 = 1 << 1;
const EXTRA_ATTEMPT: u8 = 1 << 2;
const EXTRA_STATUS: u8 = 1 << 3;
const EXTRA_NOTED: u8 = 1 << 4;

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
    /// First bytes of the level version's digest.
    pub level: [u8; 4],
    /// How the test was supervised.
    pub assurance: Assurance,
    /// Who issued.
    pub issuer: IssuerRef,
    /// The holder's name.
    pub name: Option<HolderName>,
    /// The holder's e-mail address, hashed.
    pub email: Option<HashedEmail>,
    /// The figures.
    pub figures: Figures,
    /// When the test began, seconds since 1970 (UTC), not before 2024.
    pub start_unix: u64,
    /// First half of the SHA-256 of the attempt file.
    pub log: [u8; 16],
    /// Days for which the badge is valid, where not the level's.
    pub valid_days: Option<u32>,
    /// Seconds from the end of the test to the issue.
    pub issued_after_s: u32,
    /// The examination, ASCII, at most [`MAX_EXAM_BYTES`].
    pub exam: Option<String>,
    /// Which attempt of the holder this was under this issuer.
    pub attempt: Option<u32>,
    /// Place in the issuer's status list.
    pub status: Option<u32>,
    /// What the program noted of the test besides its keys.
    pub noted: Noted,
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
            Self::Version(found) => {
                Reason::new("claim-version").with("found", *found).with("version", VERSION)
            }
            Self::NotCanonical => Reason::new("claim-not-canonical"),
            Self::Figures(what) => Reason::new("claim-figures").with("what", Reason::new(what)),
            Self::Holder(why) => Reason::new("claim-name").with("why", why.reason()),
            Self::Nobody => Reason::new("claim-nobody"),
        }
    }
}

impl Claim {
    /// When the test ended, seconds since 1970: start and duration, rounded up.
    pub fn end_unix(&self) -> u64 {
        self.start_unix + u64::from(self.figures.duration_ms.div_ceil(1_000))
    }

    /// When the badge was issued, seconds since 1970.
    pub fn issued_unix(&self) -> u64 {
        self.end_unix() + u64::from(self.issued_after_s)
    }

    /// The claim's bytes, without a signature.
    ///
    /// # Errors
    /// When the claim contradicts itself or names nobody.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ClaimError> {
        self.check()?;
        let mut out = vec![VERSION, self.flags()];
        out.extend_from_slice(&self.level);
        match &self.issuer {
            IssuerRef::Hint(hint) => out.extend_from_slice(hint),
            IssuerRef::Inline { key, name } => {
                out.extend_from_slice(key);
                push_text(&mut out, name.as_ref().map(HolderName::as_str));
            }
        }
        push_text(&mut out, self.name.as_ref().map(HolderName::as_str));
        if let Some(email) = &self.email {
            out.extend_from_slice(&email.hash);
            out.extend_from_slice(&email.salt);
        }
        self.push_figures(&mut out);
        push_varint(&mut out, self.start_unix - EPOCH);
        out.extend_from_slice(&self.log);
        if let Some(days) = self.valid_days {
            push_varint(&mut out, u64::from(days));
        }
        self.push_extras(&mut out);
        Ok(out)
    }

    /// Reads a claim; what follows it is left to the reader, and so is whether these were its canonical bytes.
    ///
    /// # Errors
    /// On another version, and where the bytes end or say what cannot be.
    pub(super) fn read(r: &mut Reader<'_>) -> Result<Self, ClaimError> {
        match r.byte("version")? {
            VERSION => {}
            other => return Err(ClaimError::Version(other)),
        }
        let flags = r.byte("flags")?;
        let has = |flag| flags & flag != 0;
        let assurance = Assurance::ALL.get(usize::from(flags >> ASSURANCE_SHIFT & 3)).copied();
        let level = r.array("level")?;
        let issuer = if has(INLINE_KEY) {
            IssuerRef::Inline { key: r.array("issuer key")?, name: read_name(r, has(ISSUER_NAME))? }
        } else {
            IssuerRef::Hint(r.array("issuer hint")?)
        };
        let name = read_name(r, has(HOLDER_NAME))?;
        let email = match has(EMAIL) {
            true => Some(HashedEmail { hash: r.array("e-mail hash")?, salt: r.array("salt")? }),
            false => None,
        };
        let figures = read_figures(r)?;
        let start_unix = EPOCH + r.varint_to(MAX_START, "start")?;
        let log = r.array("log digest")?;
        let valid_days = if has(OWN_VALIDITY) { Some(r.u32("days of validity")?) } else { None };
        let mut claim = Self {
            level,
            assurance: assurance.ok_or(BytesError::Value("assurance", 3))?,
            issuer,
            name,
            email,
            figures,
            start_unix,
            log,
            valid_days,
            issued_after_s: 0,
            exam: None,
            attempt: None,
            status: None,
            noted: Noted::default(),
        };
        if has(EXTRAS) {
            claim.read_extras(r)?;
        }
        Ok(claim)
    }

    fn check(&self) -> Result<(), ClaimError> {
        let refuse = |bad: bool, what| if bad { Err(ClaimError::Figures(what)) } else { Ok(()) };
        self.figures.contradiction().map_or(Ok(()), |what| Err(ClaimError::Figures(what)))?;
        let start = self.start_unix.checked_sub(EPOCH);
        refuse(start.is_none_or(|s| s > MAX_START), "figures-start")?;
        let exam = self.exam.as_deref().unwrap_or("-");
        let plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'.' | b'_' | b'/');
        refuse(exam.is_empty() || exam.len() > MAX_EXAM_BYTES || !exam.bytes().all(plain), "figures-exam")?;
        if self.name.is_none() && self.email.is_none() { Err(ClaimError::Nobody) } else { Ok(()) }
    }

    fn flags(&self) -> u8 {
        let (inline, named) = match &self.issuer {
            IssuerRef::Hint(_) => (false, false),
            IssuerRef::Inline { name, .. } => (true, name.is_some()),
        };
        let set = |on: bool, flag: u8| if on { flag } else { 0 };
        set(inline, INLINE_KEY)
            | set(named, ISSUER_NAME)
            | set(self.name.is_some(), HOLDER_NAME)
            | set(self.email.is_some(), EMAIL)
            | set(self.valid_days.is_some(), OWN_VALIDITY)
            | set(self.extras() != 0, EXTRAS)
            | (self.assurance as u8) << ASSURANCE_SHIFT
    }

    fn extras(&self) -> u8 {
        let set = |on: bool, flag: u8| if on { flag } else { 0 };
        set(self.issued_after_s > 0, EXTRA_LATER)
            | set(self.exam.is_some(), EXTRA_EXAM)
            | set(self.attempt.is_some(), EXTRA_ATTEMPT)
            | set(self.status.is_some(), EXTRA_STATUS)
            | set(!self.noted.is_nothing(), EXTRA_NOTED)
    }

    fn push_figures(&self, out: &mut Vec<u8>) {
        let f = &self.figures;
        for n in [
            f.net_x100,
            f.gross_x100.saturating_sub(f.net_x100),
            f.standing,
            f.incorrect_left,
            f.correct.saturating_add(f.incorrect_left).saturating_sub(f.standing),
            f.incorrect_fixed,
            f.fixes,
            f.typed().saturating_sub(f.right),
            f.errors_x2,
            f.consistency_bp,
            f.duration_ms,
        ] {
            push_varint(out, u64::from(n));
        }
    }

    fn push_extras(&self, out: &mut Vec<u8>) {
        let extras = self.extras();
        if extras == 0 {
            return;
        }
        out.push(extras);
        if self.issued_after_s > 0 {
            push_varint(out, u64::from(self.issued_after_s));
        }
        push_text(out, self.exam.as_deref());
        [self.attempt, self.status].into_iter().flatten().for_each(|n| push_varint(out, u64::from(n)));
        if extras & EXTRA_NOTED != 0 {
            let Noted { together, early, wall_clock_s } = self.noted;
            [together, early, wall_clock_s].into_iter().for_each(|n| push_varint(out, u64::from(n)));
        }
    }

    fn read_extras(&mut self, r: &mut Reader<'_>) -> Result<(), ClaimError> {
        let extras = r.byte("extras")?;
        let has = |flag| extras & flag != 0;
        if has(EXTRA_LATER) {
            self.issued_after_s = r.u32("seconds to the issue")?;
        }
        if has(EXTRA_EXAM) {
            self.exam = Some(read_text(r, MAX_EXAM_BYTES, "examination")?);
        }
        if has(EXTRA_ATTEMPT) {
            self.attempt = Some(r.u32("attempt")?);
        }
        if has(EXTRA_STATUS) {
            self.status = Some(r.u32("status index")?);
        }
        if has(EXTRA_NOTED) {
            let mut next = || r.u32("what was noted");
            self.noted = Noted { together: next()?, early: next()?, wall_clock_s: next()? };
        }
        Ok(())
    }
}

fn read_figures(r: &mut Reader<'_>) -> Result<Figures, ClaimError> {
    let mut next = || r.u32("figures");
    let (net_x100, above, standing, incorrect_left) = (next()?, next()?, next()?, next()?);
    let (omitted, incorrect_fixed, fixes, wrong) = (next()?, next()?, next()?, next()?);
    let (errors_x2, consistency_bp, duration_ms) = (next()?, next()?, next()?);
    let impossible = ClaimError::Figures("figures-sums");
    let sum = |a: u32, b: u32| a.checked_add(b).ok_or_else(|| impossible.clone());
    let less = |a: u32, b: u32| a.checked_sub(b).ok_or_else(|| impossible.clone());
    Ok(Figures {
        net_x100,
        gross_x100: sum(net_x100, above)?,
        standing,
        correct: less(sum(standing, omitted)?, incorrect_left)?,
        incorrect_left,
        incorrect_fixed,
        fixes,
        right: less(sum(standing, incorrect_fixed)?, wrong)?,
        errors_x2,
        consistency_bp,
        duration_ms,
    })
}

fn push_text(out: &mut Vec<u8>, text: Option<&str>) {
    if let Some(text) = text {
        push_varint(out, text.len() as u64);
        out.extend_from_slice(text.as_bytes());
    }
}

fn read_text(r: &mut Reader<'_>, longest: usize, what: &'static str) -> Result<String, ClaimError> {
    let length = r.varint_to(longest as u64, what)? as usize;
    let text = std::str::from_utf8(r.take(length, what)?);
    Ok(text.map_err(|e| BytesError::Text(what, e.to_string()))?.to_owned())
}

fn read_name(r: &mut Reader<'_>, present: bool) -> Result<Option<HolderName>, ClaimError> {
    if !present {
        return Ok(None);
    }
    let text = read_text(r, crate::badge::holder::MAX_NAME_BYTES, "name")?;
    Ok(Some(HolderName::new(&text)?))
}
