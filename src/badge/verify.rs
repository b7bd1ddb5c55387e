//! The one verifier: a badge file or a token in, five answers out.
//!
//! In reading order: [`form`] is the one way to write a badge that is read, and `shape` what every Open Badge has;
//! [`summary`] says what a badge says; [`identity`] says whose it is, [`level`] compares it with the level that it names,
//! [`evidence`] replays its log or record, [`about`] says what else there is to say, [`status`] looks into lists of revoked badges; a [`verdict`] holds the five answers.

pub mod about;
mod awards;
mod compared;
pub mod evidence;
pub mod form;
mod gathered;
pub mod identity;
pub mod level;
mod measured;
mod practice;
mod record;
mod remarks;
mod shape;
pub mod status;
pub mod summary;
mod time;
pub mod verdict;

use chrono::{DateTime, TimeDelta, Utc};
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
use crate::badge::vc::proof::{self, Good, ProofError, Suite};
use crate::lessons::catalogue::Catalogue;
use crate::lessons::practice::Milestone;
use crate::trust::multikey;
use crate::trust::{Assurance, Standing, TrustList, looks_same};
use status::StatusList;
use summary::Summary;
use time::{day, instant};
use verdict::{Answer, Verdict};

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
    pub statuses: &'a [StatusList],
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

/// Verifies a badge file (JSON).
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
    match json::parse(bytes) {
        Ok(credential) => credential_report(credential, check),
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
    proof.and_then(|p| proof::check(&document, p.as_array()?.last()?, key).ok()).is_some()
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
        Measured::Course { .. } => Vec::new(),
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
            let known = |key: VerifyingKey| Some(IssuerProfile::of(trust.by_key(&key)?, &key));
            trust.by_hint(*hint).into_iter().filter_map(known).collect()
        }
    }
}

/// The proofs, all good, each with its key.
fn proofs(credential: &Value, check: &Check<'_>) -> Result<Vec<(Good, VerifyingKey)>, ProofError> {
    let key_for = |method: &str| did::known(method, check.documents, check.trust);
    let good = proof::check_all(credential, key_for)?;
    good.into_iter().map(|g| key_for(&g.method).map(|key| (g, key)).map_err(Into::into)).collect()
}

/// What a failed check of the proofs answers: a refusal, unless only the issuer's key is missing.
fn unproved(e: &ProofError) -> Answer {
    match e {
        ProofError::Bad { source, .. }
            if matches!(**source, ProofError::Key(DidError::NoDocument { .. })) =>
        {
            Answer::NotChecked(source.reason())
        }
        e => Answer::No(e.reason()),
    }
}

fn credential_report(credential: Value, check: &Check<'_>) -> Report {
    let summary = Summary::of(&credential);
    let checked = shape::check(&credential).map_err(Answer::No);
    let checked = checked.and_then(|()| proofs(&credential, check).map_err(|e| unproved(&e)));
    let checked = checked.and_then(|proofs| match form::check(&credential) {
        Ok(()) => Ok(proofs),
        Err(e) => Err(Answer::No(e.reason())),
    });
    let mut known_issuer = None;
    let verdict = match checked {
        Err(why) => Verdict::unreadable(why),
        Ok(proofs) => {
            let known = proofs.iter().find_map(|(_, key)| check.trust.by_key(key));
            known_issuer = known.map(|issuer| issuer.name.clone());
            judge(&credential, &summary, &proofs, check)
        }
    };
    let test = Some(about::test(&credential, check.catalogue, known_issuer.as_deref()));
    Report { verdict, summary, credential: Some(credential), known_issuer, test }
}

fn judge(
    credential: &Value,
    summary: &Summary,
    proofs: &[(Good, VerifyingKey)],
    check: &Check<'_>,
) -> Verdict {
    let (issuer, issuer_refused) = issuer_answer(credential, summary, proofs, check);
    let evidence = evidence::answer(credential, check.attempt, check.catalogue);
    // A version of something that is not known here leaves open what the badge is for.
    let open = ["level-version", "award-version"].contains(&evidence.reason().code());
    let suites: Vec<&str> = proofs.iter().map(|(g, _)| Suite::name(g.suite)).collect();
    Verdict {
        integrity: Answer::Yes(Reason::new("unchanged").with("suites", suites.join(", "))),
        issuer,
        holder: identity::answer(credential, summary, check.holder),
        evidence,
        standing: standing_answer(credential, proofs, check),
        issuer_refused,
        holder_asked: check.holder.is_some(),
        evidence_asked: check.attempt.is_some() || open,
    }
}

fn issuer_answer(
    credential: &Value,
    summary: &Summary,
    proofs: &[(Good, VerifyingKey)],
    check: &Check<'_>,
) -> (Answer, bool) {
    let issued = instant(credential, "validFrom").unwrap_or(check.now);
    let assurance = summary::assurance(credential).unwrap_or(Assurance::SelfAssessed);
    // The key must have been in use on the badge's date, and when the proof says that it was made.
    let dated = proofs.iter().flat_map(|(good, key)| [Some(issued), good.created].map(|date| (key, date)));
    let judged = dated.filter_map(|(key, date)| {
        Some(standing_of(check.trust.judge(key, date?, assurance), summary, assurance, key))
    });
    let answers: Vec<(Answer, bool)> = judged.collect();
    // The worst of all proofs counts: a key that is refused before one that is merely unknown, both before a good one.
    let worst = answers.iter().find(|(_, refused)| *refused);
    let worst = worst.or_else(|| answers.iter().find(|(answer, _)| !answer.is_yes())).or(answers.first());
    worst.cloned().unwrap_or((Answer::No(Reason::new("proof-missing")), true))
}

/// What the issuer says of the supervision.
fn supervised(summary: &Summary) -> Reason {
    match summary.assurance.as_deref().and_then(Assurance::from_word) {
        Some(assurance) => Reason::new("supervised").with("assurance", Reason::from(assurance)),
        None => Reason::new("unsupervised"),
    }
}

/// What the standing of a key answers, and whether that refuses the badge.
fn standing_of(
    standing: Standing<'_>,
    summary: &Summary,
    assurance: Assurance,
    key: &VerifyingKey,
) -> (Answer, bool) {
    let refused = |code, name: &str| (Answer::No(Reason::new(code).with("name", name)), true);
    match standing {
        Standing::Trusted(issuer) => {
            let reason = Reason::new("issuer-trusted")
                .with("name", issuer.name.as_str())
                .with("supervised", supervised(summary));
            (Answer::Yes(otherwise_called(reason, &issuer.name, summary)), false)
        }
        Standing::Yourself => (Answer::No(Reason::new("issuer-yourself")), false),
        Standing::Unknown => {
            let reason = Reason::new("issuer-unknown")
                .with("key", multikey::encode(key))
                .with("name", summary::quoted(&summary.issuer_name));
            (Answer::No(reason), false)
        }
        Standing::TooEarly(issuer) => refused("issuer-too-early", &issuer.name),
        Standing::Retired(issuer) => refused("issuer-retired", &issuer.name),
        Standing::Compromised(issuer) => refused("issuer-compromised", &issuer.name),
        Standing::AboveHighestAssurance(issuer) => {
            let reason = Reason::new("issuer-above-highest")
                .with("assurance", Reason::from(assurance))
                .with("name", issuer.name.as_str())
                .with("highest", Reason::from(issuer.highest_assurance));
            (Answer::No(reason), true)
        }
    }
}

/// Adds that the badge gives a known issuer another name, if it does.
fn otherwise_called(reason: Reason, known: &str, summary: &Summary) -> Reason {
    let own = summary.issuer_name.as_str();
    match own.is_empty() || looks_same(known, own) {
        true => reason.with("otherwise", ""),
        false => reason.with("otherwise", Reason::new("issuer-otherwise").with("name", summary::quoted(own))),
    }
}

/// How far a proof's time may lie ahead of the time of asking, in minutes: clocks differ.
const CLOCKS_DIFFER_MIN: i64 = 5;

fn standing_answer(credential: &Value, proofs: &[(Good, VerifyingKey)], check: &Check<'_>) -> Answer {
    let now = check.now;
    let (from, until) = (instant(credential, "validFrom"), instant(credential, "validUntil"));
    let created = || proofs.iter().filter_map(|(good, _)| good.created);
    let on = |code, t: DateTime<Utc>| Reason::new(code).with("day", day(t));
    match (from, until) {
        (Some(from), _) if now < from => {
            let time = from.format("%Y-%m-%d %H:%M UTC").to_string();
            Answer::No(Reason::new("not-yet-valid").with("time", time))
        }
        (_, Some(until)) if now >= until => Answer::No(on("expired", until)),
        _ if proofs.iter().any(|(g, _)| g.expires.is_some_and(|e| now >= e)) => {
            Answer::No(Reason::new("proof-expired"))
        }
        _ if created().any(|c| c > now + TimeDelta::minutes(CLOCKS_DIFFER_MIN)) => {
            Answer::No(Reason::new("proof-in-future"))
        }
        (_, Some(until)) if created().any(|c| c >= until) => Answer::No(on("proof-after-end", until)),
        _ => listed(credential, check, until),
    }
}

/// Until when a badge is in force, and what lists say of it where it names one.
fn listed(credential: &Value, check: &Check<'_>, until: Option<DateTime<Utc>>) -> Answer {
    if credential.get("credentialStatus").is_none() {
        return Answer::Yes(match until {
            Some(until) => Reason::new("in-force").with("day", day(until)),
            None => Reason::new("in-force-endless"),
        });
    }
    let issuer = summary::issuer_id(credential).unwrap_or_default();
    let list = match status::oldest_list(credential, issuer, check.statuses, check.now) {
        Ok(made) => day(made),
        Err(answer) => return answer,
    };
    Answer::Yes(match until {
        Some(until) => Reason::new("status-listed").with("day", day(until)).with("list", list),
        None => Reason::new("status-listed-endless").with("list", list),
    })
}
