//! The bytes of a claim, as the front of this room describes them.

use super::text::{push_text, read_text};
use super::{
    Claim, ClaimError, EPOCH, Figures, Final, Gathered, HashedEmail, HolderName, IssuerRef, MAX_EXAM_BYTES,
    MAX_START, Measured, Noted, ShortId, Supervision, Taught, supervised, taught,
};
use crate::trust::Assurance;
use crate::typing::bytes::{BytesError, Reader, push_varint};

/// The first byte of a claim about a test.
const TEST: u8 = 1;
/// About practice.
const PRACTICE: u8 = 4;
/// About a course.
const COURSE: u8 = 7;
/// All of them.
const FORMS: [u8; 3] = [TEST, PRACTICE, COURSE];
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
const EXTRA_SUPERVISED: u8 = 1 << 5;

impl Claim {
    /// The claim's bytes, without a signature.
    ///
    /// # Errors
    /// When the claim contradicts itself or names nobody.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ClaimError> {
        self.check()?;
        let mut out = vec![self.measured.form(), self.flags()];
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
        self.measured.push(&mut out);
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
    pub(in crate::badge) fn read(r: &mut Reader<'_>) -> Result<Self, ClaimError> {
        let form = r.byte("version")?;
        if !FORMS.contains(&form) {
            return Err(ClaimError::Version(form));
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
        let measured = Measured::read(form, r)?;
        let start_unix = EPOCH + r.varint_to(MAX_START, "start")?;
        let log = r.array("log digest")?;
        let valid_days = if has(OWN_VALIDITY) { Some(r.u32("days of validity")?) } else { None };
        let mut claim = Self {
            level,
            supervision: Supervision::from(assurance.ok_or(BytesError::Value("assurance", 3))?),
            issuer,
            name,
            email,
            measured,
            start_unix,
            log,
            valid_days,
            issued_after_s: 0,
            exam: None,
            attempt: None,
            status: None,
        };
        if has(EXTRAS) {
            claim.read_extras(r)?;
        }
        Ok(claim)
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
            | (self.supervision.assurance() as u8) << ASSURANCE_SHIFT
    }

    fn extras(&self) -> u8 {
        let set = |on: bool, flag: u8| if on { flag } else { 0 };
        set(self.issued_after_s > 0, EXTRA_LATER)
            | set(self.exam.is_some(), EXTRA_EXAM)
            | set(self.attempt.is_some(), EXTRA_ATTEMPT)
            | set(self.status.is_some(), EXTRA_STATUS)
            | set(!self.noted().is_nothing(), EXTRA_NOTED)
            | set(self.supervision.is_detailed(), EXTRA_SUPERVISED)
    }

    /// What is said in the extras of how the keys came: of one test alone.
    const fn noted(&self) -> Noted {
        match self.measured {
            Measured::Test { noted, .. } => noted,
            Measured::Practice(_) | Measured::Course { .. } => {
                Noted { together: 0, early: 0, wall_clock_s: 0 }
            }
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
            let Noted { together, early, wall_clock_s } = self.noted();
            push_numbers([together, early, wall_clock_s], out);
        }
        supervised::push(&self.supervision, out);
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
        // Of anything but a test nothing is noted here, so writing it again gives other bytes.
        if has(EXTRA_NOTED)
            && let Measured::Test { noted, .. } = &mut self.measured
        {
            let mut next = || r.u32("what was noted");
            *noted = Noted { together: next()?, early: next()?, wall_clock_s: next()? };
        }
        if has(EXTRA_SUPERVISED) {
            self.supervision = supervised::read(self.supervision.assurance(), r)?;
        }
        Ok(())
    }
}

impl Measured {
    /// The first byte of a claim of this.
    const fn form(&self) -> u8 {
        match self {
            Self::Test { .. } => TEST,
            Self::Practice(_) => PRACTICE,
            Self::Course { .. } => COURSE,
        }
    }

    fn push(&self, out: &mut Vec<u8>) {
        match self {
            Self::Test { figures, .. } => push_figures(figures, out),
            Self::Practice(gathered) => push_gathered(gathered, out),
            Self::Course { gathered, ended, taught } => {
                push_gathered(gathered, out);
                let above = ended.gross_x100.saturating_sub(ended.net_x100);
                push_numbers([ended.net_x100, above, ended.accuracy_bp], out);
                push_text(out, Some(taught.layout.as_str()));
                push_text(out, Some(taught.language.as_str()));
            }
        }
    }

    fn read(form: u8, r: &mut Reader<'_>) -> Result<Self, ClaimError> {
        Ok(match form {
            PRACTICE => Self::Practice(read_gathered(r)?),
            COURSE => {
                let gathered = read_gathered(r)?;
                let mut next = || r.u32("figures");
                let (net_x100, above, accuracy_bp) = (next()?, next()?, next()?);
                let ended = Final { net_x100, gross_x100: sum(net_x100, above)?, accuracy_bp };
                let taught = Taught { layout: read_id(r, "layout")?, language: read_id(r, "language")? };
                Self::Course { gathered, ended, taught }
            }
            _ => Self::Test { figures: read_figures(r)?, noted: Noted::default() },
        })
    }
}

fn push_numbers(numbers: impl IntoIterator<Item = u32>, out: &mut Vec<u8>) {
    numbers.into_iter().for_each(|n| push_varint(out, u64::from(n)));
}

fn push_figures(f: &Figures, out: &mut Vec<u8>) {
    let numbers = [
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
    ];
    push_numbers(numbers, out);
}

fn push_gathered(g: &Gathered, out: &mut Vec<u8>) {
    push_numbers([g.practised_s, g.days, g.exercises, g.remarked, g.span_s], out);
}

fn read_gathered(r: &mut Reader<'_>) -> Result<Gathered, ClaimError> {
    let mut next = || r.u32("figures");
    let (practised_s, days, exercises) = (next()?, next()?, next()?);
    Ok(Gathered { practised_s, days, exercises, remarked: next()?, span_s: next()? })
}

fn sum(a: u32, b: u32) -> Result<u32, ClaimError> {
    a.checked_add(b).ok_or(ClaimError::Figures("figures-sums"))
}

fn read_figures(r: &mut Reader<'_>) -> Result<Figures, ClaimError> {
    let mut next = || r.u32("figures");
    let (net_x100, above, standing, incorrect_left) = (next()?, next()?, next()?, next()?);
    let (omitted, incorrect_fixed, fixes, wrong) = (next()?, next()?, next()?, next()?);
    let (errors_x2, consistency_bp, duration_ms) = (next()?, next()?, next()?);
    let less = |a: u32, b: u32| a.checked_sub(b).ok_or(ClaimError::Figures("figures-sums"));
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

fn read_id(r: &mut Reader<'_>, what: &'static str) -> Result<ShortId, ClaimError> {
    let text = read_text(r, taught::MAX_BYTES, what)?;
    Ok(ShortId::new(&text).ok_or(BytesError::Value(what, text.len() as u64))?)
}

fn read_name(r: &mut Reader<'_>, present: bool) -> Result<Option<HolderName>, ClaimError> {
    if !present {
        return Ok(None);
    }
    let text = read_text(r, crate::badge::holder::MAX_NAME_BYTES, "name")?;
    Ok(Some(HolderName::new(&text)?))
}
