//! The one verifier: a badge file or a token in, five answers out.
//!
//! In reading order: [`form`] is the one way to write a badge that is read, and `shape` what every Open Badge has;
//! [`summary`] says what a badge says, [`supervised`] who supervised; [`identity`] says whose it is, [`level`] compares it with the level that it names,
//! [`evidence`] replays its log or record, [`about`] says what else there is to say, [`status`] looks into lists of revoked
//! badges; `wrapped` and `envelope` take a badge out of what is around it; a [`verdict`] holds the five answers.

pub mod about;
mod awards;
mod compared;
mod course;
mod envelope;
pub mod evidence;
pub mod form;
mod gathered;
pub mod identity;
mod issuer;
pub mod level;
mod measured;
mod members;
mod practice;
mod record;
mod remarks;
mod shape;
mod signed;
mod standing;
pub mod status;
pub mod summary;
pub mod supervised;
mod time;
pub mod verdict;
mod wrapped;

use chrono::{DateTime, Utc};
use ed25519_dalek::VerifyingKey;
use serde_json::Value;

use crate::badge::claim::{Claim, IssuerRef, Measured};
use crate::badge::credential::{self, IssuerProfile, Texts};
use crate::badge::holder;
use crate::badge::reasons::Reason;
use crate::badge::token::Token;

use crate::badge::vc::did;
use crate::badge::vc::did::DidError;
use crate::badge::vc::json;
use crate::badge::vc::jwt::{self, Jwt, JwtError};
use crate::badge::vc::key::PublicKey;
use crate::badge::vc::proof::{self, Good, ProofError, Proofs, Suite};
use crate::badge::vc::rdf;
use crate::lessons::catalogue::Catalogue;
use crate::lessons::practice::Milestone;
use crate::trust::TrustList;
use signed::Signed;
use status::List;
use summary::Summary;
use verdict::{Answer, Verdict};
use wrapped::Inside;

/// What a badge is checked against.
pub struct Check<'a> {
    /// Whom the user trusts, and the user's own key.
    pub trust: &'a TrustList,
    /// The levels this program knows.
    pub catalogue: &'a Catalogue,
    /// The time of asking.
    pub now: DateTime<Utc>,
    /// DID documents given by the user.
    pub documents: &'a [Value],
    /// A name or e-mail address to compare with the badge's.
    pub holder: Option<&'a str>,
    /// The attempt file to replay.
    pub attempt: Option<&'a [u8]>,
    /// Lists of revoked badges given by the user.
    pub statuses: &'a [List],
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The five answers.
    pub verdict: Verdict,
    /// What the badge says; as empty as the badge is unreadable.
    pub summary: Summary,
    /// The credential: as given, or rebuilt from the token.
    pub credential: Option<Value>,
    /// The name under which the list of trusted issuers knows the key that signed.
    pub known_issuer: Option<String>,
    /// Whose level it is, where its text came from, how long the test took; nothing of a badge that cannot be read.
    pub test: Option<about::Test>,
}

/// Verifies a badge file: JSON, a compact JSON Web Token, or one badge within a list, a presentation or the like.
///
/// ```
/// use typeproof::badge::verify::{self, Check};
/// use typeproof::lessons::catalogue::Catalogue;
/// use typeproof::trust::TrustList;
///
/// let check = Check {
///     trust: &TrustList::default(),
///     catalogue: &Catalogue::embedded(),
///     now: "2026-12-01T12:00:00Z".parse()?,
///     documents: &[],
///     holder: None,
///     attempt: None,
///     statuses: &[],
/// };
/// let report = verify::document(br#"{"name": "Ada", "name": "Eve"}"#, &check);
/// assert!(report.verdict.integrity.is_no(), "two readers could read two names");
/// println!("{}: {}", report.verdict.integrity.word(), report.verdict.integrity.why());
/// # Ok::<(), chrono::ParseError>(())
/// ```
pub fn document(bytes: &[u8], check: &Check<'_>) -> Report {
    let bytes = wrapped::as_utf8(bytes);
    if jwt::is_compact(&bytes) {
        return token_report(&String::from_utf8_lossy(&bytes), check);
    }
    match json::parse(&bytes).map(wrapped::opened) {
        Ok(Ok(Inside::Credential(credential))) => credential_report(credential, check),
        Ok(Ok(Inside::Token(text))) => token_report(&text, check),
        Ok(Err(why)) => unreadable(Answer::NotChecked(why)),
        Err(e) if e.is_open() => unreadable(Answer::NotChecked(e.reason())),
        Err(e) => unreadable(Answer::No(e.reason())),
    }
}

/// Verifies a token: the badge is rebuilt from it with every level and key that its hints allow, and judged as its file
/// would be: each signature that the token carries must be good.
pub fn token(bytes: &[u8], check: &Check<'_>) -> Report {
    let token = match Token::read(bytes) {
        Ok(read) => read,
        Err(e) => return unreadable(Answer::No(e.reason())),
    };
    let claim = &token.claim;
    let levels = achievements_of(claim, check.catalogue);
    let issuers = issuers_of(claim, check.trust);
    match (levels.is_empty(), issuers.is_empty()) {
        (true, _) => {
            let level = data_encoding::HEXLOWER.encode(&claim.level);
            return unreadable(Answer::NotChecked(Reason::new("token-level").with("level", level)));
        }
        (_, true) if matches!(claim.issuer, IssuerRef::Inline { .. }) => {
            return unreadable(Answer::No(Reason::new("token-key")));
        }
        (_, true) => {
            return unreadable(Answer::NotChecked(Reason::new("token-issuer")));
        }
        _ if claim.status.is_some() && issuers.iter().all(|i| i.status_list.is_none()) => {
            return unreadable(Answer::NotChecked(Reason::new("token-status")));
        }
        _ => {}
    }
    let mut pairs = levels.iter().flat_map(|level| issuers.iter().map(move |issuer| (level, issuer)));
    let good = pairs.find_map(|(level, issuer)| {
        let credential = credential::rebuild(&token, level, issuer).ok()?;
        is_signed(&credential, &issuer.key).then_some(credential)
    });
    match good {
        Some(credential) => credential_report(credential, check),
        None => unreadable(Answer::No(Reason::new("token-signature"))),
    }
}

/// Whether the last proof of a rebuilt credential, which every token has a signature for, is good: it finds the right
/// issuer and level among many at little cost. [`proofs`] asks the rest, and looks at the other proof.
fn is_signed(credential: &Value, key: &VerifyingKey) -> bool {
    let mut document = credential.clone();
    let proof = document.as_object_mut().and_then(|members| members.shift_remove("proof"));
    let key = PublicKey::from(*key);
    proof.and_then(|p| proof::check(&document, p.as_array()?.last()?, &key).ok()).is_some()
}

/// The report on something in which no badge could be read, for this reason.
pub fn unreadable(integrity: Answer) -> Report {
    let summary = Summary::default();
    Report {
        verdict: Verdict::unreadable(integrity),
        summary,
        credential: None,
        known_issuer: None,
        test: None,
    }
}

/// Everything that a claim may be about: of its kind, with the digest that it hints at.
fn achievements_of(claim: &Claim, catalogue: &Catalogue) -> Vec<Texts> {
    match claim.measured {
        Measured::Test { .. } => catalogue.by_reference(claim.level).map(Texts::of).collect(),
        Measured::Practice(_) => {
            let all = Milestone::all().map(Texts::of_practice);
            all.filter(|texts| texts.reference() == claim.level).collect()
        }
        Measured::Course { .. } => {
            let all = catalogue.courses().map(Texts::of_course);
            all.filter(|texts| texts.reference() == claim.level).collect()
        }
    }
}

fn issuers_of(claim: &Claim, trust: &TrustList) -> Vec<IssuerProfile> {
    let name = claim.name.as_ref().map(holder::HolderName::as_str);
    match &claim.issuer {
        IssuerRef::Inline { key, name: own } => {
            let name = own.as_ref().map(holder::HolderName::as_str).or(name);
            IssuerProfile::inline(key, name).into_iter().collect()
        }
        IssuerRef::Hint(hint) => {
            let known = |key: VerifyingKey| Some(IssuerProfile::all_of(trust.by_key(&key)?, &key));
            trust.by_hint(*hint).into_iter().filter_map(known).flatten().collect()
        }
    }
}

/// The report on a badge that is a JSON Web Token.
fn token_report(text: &str, check: &Check<'_>) -> Report {
    let told =
        |e: JwtError| if e.is_open() { Answer::NotChecked(e.reason()) } else { Answer::No(e.reason()) };
    let jwt = match Jwt::read(text) {
        Ok(jwt) => jwt,
        Err(e) => return unreadable(told(e)),
    };
    let credential = envelope::credential(&jwt);
    let key_for = |method: &str| did::known(method, check.documents, check.trust);
    let signed = envelope::check(&jwt, &credential, key_for).map(|key| {
        let how = jwt.algorithm().to_owned();
        (vec![Signed { how, created: None, expires: None, key }], Vec::new())
    });
    report(credential, signed.map_err(told), check)
}

/// The good proofs, each with its key, and why others could not be checked.
fn proofs(credential: &Value, check: &Check<'_>) -> Result<Signatures, ProofError> {
    let key_for = |method: &str| did::known(method, check.documents, check.trust);
    let Proofs { good, unchecked } = proof::check_all(credential, key_for)?;
    let keyed = good.into_iter().map(|Good { suite, method, created, expires }| {
        let key = key_for(&method)?;
        Ok(Signed { how: Suite::name(suite).to_owned(), created, expires, key })
    });
    Ok((keyed.collect::<Result<_, ProofError>>()?, unchecked))
}

/// What a failed check of the proofs answers: a refusal, unless something is missing or unknown here.
fn unproved(e: &ProofError) -> Answer {
    match e {
        // A key that is missing stands by itself, whichever proof it is of.
        ProofError::Bad { source, .. }
            if matches!(**source, ProofError::Key(DidError::NoDocument { .. })) =>
        {
            Answer::NotChecked(source.reason())
        }
        e if e.is_open() => Answer::NotChecked(e.reason()),
        e => Answer::No(e.reason()),
    }
}

fn credential_report(credential: Value, check: &Check<'_>) -> Report {
    let signed = proofs(&credential, check).map_err(|e| unproved(&e));
    report(credential, signed, check)
}

/// The good signatures, and why others could not be checked.
type Signatures = (Vec<Signed>, Vec<ProofError>);

fn report(credential: Value, signed: Result<Signatures, Answer>, check: &Check<'_>) -> Report {
    // What says nothing in JSON-LD is not signed either, so nothing but the proofs is asked of it.
    let read = rdf::without_voids(&credential);
    let summary = Summary::of(&read);
    let checked = match shape::check(&read) {
        Err(refused @ Answer::No(_)) => Err(refused),
        shape => match (signed, shape) {
            // What was altered is refused, in whatever form it is.
            (Err(refused @ Answer::No(_)), _) if read.is_object() => Err(refused),
            (_, Err(refused)) => Err(refused),
            (signed, Ok(())) => signed,
        },
    };
    let checked = checked.and_then(|proofs| match form::check(&read) {
        Ok(()) => Ok(proofs),
        Err(e) => Err(Answer::NotChecked(e.reason())),
    });
    let mut known_issuer = None;
    let verdict = match checked {
        Err(why) => Verdict::unreadable(why),
        Ok((proofs, unchecked)) => {
            let known = proofs.iter().find_map(|signed| check.trust.by_key(signed.key.ed25519()?));
            known_issuer = known.map(|issuer| issuer.name.clone());
            judge(&read, &summary, &proofs, &unchecked, check)
        }
    };
    let test = Some(about::test(&read, check.catalogue, known_issuer.as_deref()));
    Report { verdict, summary, credential: Some(credential), known_issuer, test }
}

fn judge(
    credential: &Value,
    summary: &Summary,
    proofs: &[Signed],
    unchecked: &[ProofError],
    check: &Check<'_>,
) -> Verdict {
    let (issuer, issuer_refused) = issuer::answer(credential, summary, proofs, check.trust, check.now);
    let evidence = evidence::answer(credential, check.attempt, check.catalogue);
    // A version, or a layout or language, that is not known here leaves open what the badge is for.
    let open = ["level-version", "award-version", "course-ground"].contains(&evidence.reason().code());
    Verdict {
        integrity: Answer::Yes(unchanged(proofs, unchecked)),
        issuer,
        holder: identity::answer(credential, summary, check.holder),
        evidence,
        standing: standing::answer(credential, proofs, check.statuses, check.now),
        issuer_refused,
        holder_asked: check.holder.is_some(),
        evidence_asked: check.attempt.is_some() || open,
    }
}

/// That nothing was changed: by which proofs, and which others could not be checked.
fn unchanged(proofs: &[Signed], unchecked: &[ProofError]) -> Reason {
    let suites: Vec<&str> = proofs.iter().map(|signed| signed.how.as_str()).collect();
    let suites = suites.join(", ");
    match unchecked.first() {
        None => Reason::new("unchanged").with("suites", suites),
        Some(why) => Reason::new("unchanged-partly").with("suites", suites).with("why", why.reason()),
    }
}
