//! The one verifier: a badge file or a token in, five answers out.
//!
//! In reading order: [`form`] is the one way to write a badge that is read, and `shape` what every Open Badge has;
//! [`summary`] says what a badge says; [`identity`] says whose it is, [`evidence`] replays its log, [`status`] looks into
//! lists of revoked badges; a [`verdict`] holds the five answers.

pub mod evidence;
pub mod form;
pub mod identity;
mod shape;
pub mod status;
pub mod summary;
pub mod verdict;

use chrono::{DateTime, TimeDelta, Utc};
use ed25519_dalek::VerifyingKey;
use serde_json::Value;

use crate::badge::claim::{Claim, IssuerRef};
use crate::badge::credential::{self, IssuerProfile, LevelTexts};
use crate::badge::holder;
use crate::badge::token::Token;

use crate::badge::vc::did;
use crate::badge::vc::did::DidError;
use crate::badge::vc::json;
use crate::badge::vc::proof::{self, Good, ProofError, Suite};
use crate::lessons::catalogue::Catalogue;
use crate::trust::multikey;
use crate::trust::{Assurance, Standing, TrustList, looks_same};
use status::StatusList;
use summary::Summary;
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
}

/// Verifies a badge file (JSON).
pub fn document(bytes: &[u8], check: &Check<'_>) -> Report {
    match json::parse(bytes) {
        Ok(credential) => credential_report(credential, check),
        Err(e) => unreadable(Answer::No(e.to_string())),
    }
}

/// Verifies a token: the badge is rebuilt from it with every level and key that its hints allow, and judged as its file
/// would be: each signature that the token carries must be good.
pub fn token(bytes: &[u8], check: &Check<'_>) -> Report {
    let token = match Token::read(bytes) {
        Ok(read) => read,
        Err(e) => return unreadable(Answer::No(e.to_string())),
    };
    let claim = &token.claim;
    let levels: Vec<LevelTexts> = check.catalogue.by_reference(claim.level).map(LevelTexts::of).collect();
    let issuers = issuers_of(claim, check.trust);
    match (levels.is_empty(), issuers.is_empty()) {
        (true, _) => {
            let level = data_encoding::HEXLOWER.encode(&claim.level);
            return unreadable(Answer::NotChecked(format!(
                "this program does not know the level {level} that the code names; ask for the badge file, or update typeproof; if the badge is of somebody's own level, get their lessons folder and give it with --lessons DIR"
            )));
        }
        (_, true) if matches!(claim.issuer, IssuerRef::Inline { .. }) => {
            return unreadable(Answer::No(
                "the issuer's key in the code is none that can be believed: the code was altered, or damaged in copying".to_owned(),
            ));
        }
        (_, true) => {
            return unreadable(Answer::NotChecked(
                "no issuer that you trust has the key that the code hints at; ask for the badge file, or add the issuer with `typeproof trust add`".to_owned(),
            ));
        }
        _ if claim.status.is_some() && issuers.iter().all(|i| i.status_list.is_none()) => {
            return unreadable(Answer::NotChecked(
                "the code names a place in a list of revoked badges, and your entry for its issuer names no such \
                 list: ask for the badge file"
                    .to_owned(),
            ));
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
        None => unreadable(Answer::No(
            "the signature does not fit what the code says: it was altered, or damaged in copying".to_owned(),
        )),
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
    Report { verdict: Verdict::unreadable(integrity), summary, credential: None, known_issuer: None }
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
            Answer::NotChecked(source.to_string())
        }
        e => Answer::No(e.to_string()),
    }
}

fn credential_report(credential: Value, check: &Check<'_>) -> Report {
    let summary = Summary::of(&credential);
    let checked = shape::check(&credential).map_err(Answer::No);
    let checked = checked.and_then(|()| proofs(&credential, check).map_err(|e| unproved(&e)));
    let checked = checked.and_then(|proofs| match form::check(&credential) {
        Ok(()) => Ok(proofs),
        Err(e) => Err(Answer::No(e.to_string())),
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
    Report { verdict, summary, credential: Some(credential), known_issuer }
}

fn judge(
    credential: &Value,
    summary: &Summary,
    proofs: &[(Good, VerifyingKey)],
    check: &Check<'_>,
) -> Verdict {
    let (issuer, issuer_refused) = issuer_answer(credential, summary, proofs, check);
    let suites: Vec<&str> = proofs.iter().map(|(g, _)| Suite::name(g.suite)).collect();
    Verdict {
        integrity: Answer::Yes(format!("unchanged since it was signed ({})", suites.join(", "))),
        issuer,
        holder: identity::answer(credential, summary, check.holder),
        evidence: evidence::answer(credential, check.attempt, check.catalogue),
        standing: standing_answer(credential, proofs, check),
        issuer_refused,
        holder_asked: check.holder.is_some(),
        evidence_asked: check.attempt.is_some(),
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
    worst.cloned().unwrap_or((Answer::No("it has no proof".to_owned()), true))
}

/// What the issuer says of the supervision.
fn supervised(summary: &Summary) -> String {
    match &summary.assurance {
        Some(assurance) => format!("says how the test was supervised: {assurance}"),
        None => "does not say how the test was supervised".to_owned(),
    }
}

fn standing_of(
    standing: Standing<'_>,
    summary: &Summary,
    assurance: Assurance,
    key: &VerifyingKey,
) -> (Answer, bool) {
    match standing {
        Standing::Trusted(issuer) => (
            Answer::Yes(format!(
                "{} is on the list of trusted issuers, and {}{}",
                issuer.name,
                supervised(summary),
                otherwise_called(&issuer.name, summary)
            )),
            false,
        ),
        Standing::Yourself => (
            Answer::No(
                "you issued it yourself: a key on the learner's own machine proves only that the file is unchanged"
                    .to_owned(),
            ),
            false,
        ),
        Standing::Unknown => (
            Answer::No(format!(
                "its issuer is not on the list of trusted issuers: its key is {}, and it calls itself {}",
                multikey::encode(key),
                summary::quoted(&summary.issuer_name)
            )),
            false,
        ),
        Standing::TooEarly(issuer) => {
            (Answer::No(format!("it is dated, or was signed, before the key of {} was in use", issuer.name)), true)
        }
        Standing::Retired(issuer) => {
            (Answer::No(format!("it is dated, or was signed, after the key of {} was retired", issuer.name)), true)
        }
        Standing::Compromised(issuer) => {
            (Answer::No(format!("the key of {} is compromised: nothing it signed is believed", issuer.name)), true)
        }
        Standing::AboveHighestAssurance(issuer) => (
            Answer::No(format!(
                "it claims \"{assurance}\", but {} is believed up to \"{}\" only",
                issuer.name, issuer.highest_assurance
            )),
            true,
        ),
    }
}

/// That the badge gives a known issuer another name, if it does.
fn otherwise_called(known: &str, summary: &Summary) -> String {
    let own = summary.issuer_name.as_str();
    match own.is_empty() || looks_same(known, own) {
        true => String::new(),
        false => format!("; the badge calls it {}", summary::quoted(own)),
    }
}

/// How far a proof's time may lie ahead of the time of asking, in minutes: clocks differ.
const CLOCKS_DIFFER_MIN: i64 = 5;

fn standing_answer(credential: &Value, proofs: &[(Good, VerifyingKey)], check: &Check<'_>) -> Answer {
    let now = check.now;
    let (from, until) = (instant(credential, "validFrom"), instant(credential, "validUntil"));
    let created = || proofs.iter().filter_map(|(good, _)| good.created);
    let day = |t: DateTime<Utc>| t.format("%Y-%m-%d").to_string();
    match (from, until) {
        (Some(from), _) if now < from => {
            Answer::No(format!("it is not valid before {}", from.format("%Y-%m-%d %H:%M UTC")))
        }
        (_, Some(until)) if now >= until => Answer::No(format!("it expired on {}", day(until))),
        _ if proofs.iter().any(|(g, _)| g.expires.is_some_and(|e| now >= e)) => {
            Answer::No("one of its proofs has expired".to_owned())
        }
        _ if created().any(|c| c > now + TimeDelta::minutes(CLOCKS_DIFFER_MIN)) => {
            Answer::No("one of its proofs says that it was made in the future".to_owned())
        }
        (_, Some(until)) if created().any(|c| c >= until) => {
            Answer::No(format!("one of its proofs was made after its end, {}", day(until)))
        }
        _ => listed(credential, check, until.map(day)),
    }
}

/// Until when a badge is in force, and what lists say of it where it names one.
fn listed(credential: &Value, check: &Check<'_>, until: Option<String>) -> Answer {
    let force = until.map_or("in force, without an end".to_owned(), |day| format!("in force until {day}"));
    if credential.get("credentialStatus").is_none() {
        return Answer::Yes(force);
    }
    let issuer = summary::issuer_id(credential).unwrap_or_default();
    match status::answer(credential, issuer, check.statuses, check.now) {
        Answer::Yes(listed) => Answer::Yes(format!("{force}; {listed}")),
        other => other,
    }
}

fn instant(value: &Value, name: &str) -> Option<DateTime<Utc>> {
    let text = value.get(name)?.as_str()?;
    DateTime::parse_from_rfc3339(text).ok().map(|t| t.to_utc())
}
