//! The one verifier: a badge file or a token in, five answers out.

use chrono::{DateTime, Utc};
use ed25519_dalek::VerifyingKey;
use serde_json::Value;

use super::claim::{Claim, IssuerRef};
use super::credential::{self, IssuerProfile, LevelTexts};
use super::did::DidError;
use super::evidence;
use super::facts::{self, Facts};
use super::holder;
use super::proof::{self, Good, ProofError, Suite};
use super::verdict::{Answer, Verdict};
use super::{context, did, json};
use crate::lessons::catalogue::Catalogue;
use crate::trust::multikey;
use crate::trust::{Assurance, Standing, TrustList};

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
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The five answers.
    pub verdict: Verdict,
    /// What the badge says; as empty as the badge is unreadable.
    pub facts: Facts,
    /// The credential: as given, or rebuilt from the token.
    pub credential: Option<Value>,
}

/// Verifies a badge file (JSON).
pub fn document(bytes: &[u8], check: &Check<'_>) -> Report {
    match json::parse(bytes) {
        Ok(credential) => credential_report(credential, check),
        Err(e) => unreadable(Answer::No(e.to_string())),
    }
}

/// Verifies a token: the badge is rebuilt from it with every level and key that its hints allow.
pub fn token(bytes: &[u8], check: &Check<'_>) -> Report {
    let (claim, signature) = match Claim::from_signed(bytes) {
        Ok(read) => read,
        Err(e) => return unreadable(Answer::No(e.to_string())),
    };
    let levels: Vec<LevelTexts> = check.catalogue.by_reference(claim.level).map(LevelTexts::of).collect();
    let issuers = issuers_of(&claim, check.trust);
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
        _ => {}
    }
    let mut pairs = levels.iter().flat_map(|level| issuers.iter().map(move |issuer| (level, issuer)));
    let good = pairs.find_map(|(level, issuer)| {
        let credential = credential::rebuild(&claim, &signature, level, issuer).ok()?;
        is_signed(&credential, &issuer.key).then_some(credential)
    });
    match good {
        Some(credential) => credential_report(credential, check),
        None => unreadable(Answer::No(
            "the signature does not fit what the code says: it was altered, or damaged in copying".to_owned(),
        )),
    }
}

/// Whether the one proof of a rebuilt credential is good, without what [`proofs`] asks besides: it finds the right
/// issuer and level among many at little cost.
fn is_signed(credential: &Value, key: &VerifyingKey) -> bool {
    let mut document = credential.clone();
    let proof = document.as_object_mut().and_then(|members| members.shift_remove("proof"));
    proof.and_then(|p| proof::check(&document, p.get(0)?, key).ok()).is_some()
}

fn unreadable(integrity: Answer) -> Report {
    Report { verdict: Verdict::unreadable(integrity), facts: Facts::default(), credential: None }
}

fn issuers_of(claim: &Claim, trust: &TrustList) -> Vec<IssuerProfile> {
    let name = claim.name.as_ref().map(holder::HolderName::as_str);
    match &claim.issuer {
        IssuerRef::Inline { key, name: own } => {
            let name = own.as_ref().map(holder::HolderName::as_str).or(name);
            IssuerProfile::inline(key, name).into_iter().collect()
        }
        IssuerRef::Hint(hint) => {
            let known = |key: VerifyingKey| trust.by_key(&key).map(IssuerProfile::of);
            trust.by_hint(*hint).into_iter().filter_map(known).collect()
        }
    }
}

/// The proofs, all good, each with its key.
fn proofs(credential: &Value, check: &Check<'_>) -> Result<Vec<(Good, VerifyingKey)>, ProofError> {
    let good = proof::check_all(credential, |method| key_for(method, check))?;
    good.into_iter().map(|g| key_for(&g.method, check).map(|key| (g, key)).map_err(Into::into)).collect()
}

/// The key of a verification method; where its document was not given, that of a trusted issuer with this DID, whose
/// entry in the list says that the key is the DID's.
fn key_for(method: &str, check: &Check<'_>) -> Result<VerifyingKey, DidError> {
    did::resolve(method, check.documents).or_else(|e| {
        let (DidError::NoDocument { .. }, Some((did, key))) = (&e, method.split_once('#')) else {
            return Err(e);
        };
        let key = multikey::decode(key).ok();
        let pinned = key.and_then(|key| check.trust.by_key(&key)).filter(|i| i.did.as_deref() == Some(did));
        pinned.map(|issuer| issuer.key).ok_or(e)
    })
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
    let facts = Facts::of(&credential);
    let checked = shape(&credential).map_err(Answer::No);
    let checked = checked.and_then(|()| proofs(&credential, check).map_err(|e| unproved(&e)));
    let verdict = match checked {
        Err(why) => Verdict::unreadable(why),
        Ok(proofs) => judge(&credential, &facts, &proofs, check),
    };
    Report { verdict, facts, credential: Some(credential) }
}

fn judge(credential: &Value, facts: &Facts, proofs: &[(Good, VerifyingKey)], check: &Check<'_>) -> Verdict {
    let (issuer, issuer_refused) = issuer_answer(credential, facts, proofs, check);
    let suites: Vec<&str> = proofs.iter().map(|(g, _)| Suite::name(g.suite)).collect();
    Verdict {
        integrity: Answer::Yes(format!("unchanged since it was signed ({})", suites.join(", "))),
        issuer,
        holder: holder_answer(credential, facts, check.holder),
        evidence: evidence::answer(credential, check.attempt, check.catalogue),
        standing: standing_answer(credential, proofs, check.now),
        issuer_refused,
    }
}

/// How the addresses of Open Badges 3.0's contexts begin, whatever their edition (OB 3.0, `@context`).
const OPEN_BADGES_3: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context";

/// What is asked of an Open Badge before its proofs (OB 3.0, sections 8 and 9.1).
fn shape(credential: &Value) -> Result<(), String> {
    let refuse = |what: &str| Err(format!("it is no Open Badge 3.0: {what}"));
    let types: Vec<&str> = match credential.get("type") {
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !credential.is_object() {
        return refuse("it is no JSON object");
    }
    let contexts: Vec<&str> = match context::of(credential) {
        Ok(contexts) => contexts.iter().map(|c| c.url).collect(),
        Err(e) => return Err(e.to_string()),
    };
    let in_order =
        matches!(contexts[..], [context::CREDENTIALS_V2, second, ..] if second.starts_with(OPEN_BADGES_3));
    let one = credential.get("credentialSubject").is_some_and(|s| s.as_array().is_none_or(|s| s.len() == 1));
    let badge = types.contains(&"OpenBadgeCredential") || types.contains(&"AchievementCredential");
    let subject = facts::subject(credential);
    match () {
        () if !in_order => refuse("its contexts do not begin with credentials/v2 and Open Badges 3.0"),
        () if !types.contains(&"VerifiableCredential") || !badge => {
            refuse("its type is not VerifiableCredential and OpenBadgeCredential")
        }
        () if !one => refuse("it has no subject, or several"),
        () if facts::issuer_id(credential).is_none() => refuse("it has no issuer"),
        () if subject.get("achievement").and_then(|a| a.get("name")).is_none() => {
            refuse("it has no achievement")
        }
        () if subject.get("id").is_none() && facts::identifiers(subject).next().is_none() => {
            refuse("it does not say whose it is")
        }
        () if instant(credential, "validFrom").is_none() => {
            refuse("validFrom is missing, or no date with a time zone")
        }
        () if credential.get("validUntil").is_some() && instant(credential, "validUntil").is_none() => {
            refuse("validUntil is no date with a time zone")
        }
        () => Ok(()),
    }
}

fn issuer_answer(
    credential: &Value,
    facts: &Facts,
    proofs: &[(Good, VerifyingKey)],
    check: &Check<'_>,
) -> (Answer, bool) {
    let issued = instant(credential, "validFrom").unwrap_or(check.now);
    let assurance = facts::assurance(credential).unwrap_or(Assurance::SelfAssessed);
    let mut answer = None;
    // The key must have been in use on the badge's date, and when the proof says that it was made.
    let dated = proofs.iter().flat_map(|(good, key)| [Some(issued), good.created].map(|date| (key, date)));
    for (key, date) in dated.filter_map(|(key, date)| Some((key, date?))) {
        let next = standing_of(check.trust.judge(key, date, assurance), facts, assurance, key);
        if !next.0.is_yes() {
            return next;
        }
        answer.get_or_insert(next);
    }
    answer.unwrap_or((Answer::No("it has no proof".to_owned()), true))
}

fn standing_of(
    standing: Standing<'_>,
    facts: &Facts,
    assurance: Assurance,
    key: &VerifyingKey,
) -> (Answer, bool) {
    match standing {
        Standing::Trusted(issuer) => (
            Answer::Yes(format!("{} is an issuer you trust, up to \"{}\"", issuer.name, issuer.highest_assurance)),
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
                "its issuer is not one you trust: it calls itself \"{}\", and its key is {}",
                facts.issuer_name,
                multikey::encode(key)
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

/// Compares a name, or an e-mail address, with the badge's identifiers.
fn holder_answer(credential: &Value, facts: &Facts, given: Option<&str>) -> Answer {
    let names = facts.holder.join(", ");
    let Some(given) = given else {
        return Answer::NotChecked(match names.is_empty() {
            true => {
                "the badge bears no name that can be read; ask for the e-mail address and give it".to_owned()
            }
            false => format!("compare the name with a photo ID: {names}"),
        });
    };
    let fits = |i: &&Value| {
        let value = i.get("identityHash").and_then(Value::as_str).unwrap_or_default();
        let salt = i.get("salt").and_then(Value::as_str).unwrap_or_default();
        match facts::hashed(i) {
            true => [given.trim().to_owned(), given.trim().to_lowercase()].iter().any(|g| {
                let hash = data_encoding::HEXLOWER.encode(&holder::hash(g, salt));
                value.strip_prefix("sha256$").is_some_and(|v| v.eq_ignore_ascii_case(&hash))
            }),
            false => same_name(value, given),
        }
    };
    match facts::identifiers(facts::subject(credential)).find(fits) {
        Some(i) if is_address(i) => Answer::Yes("the e-mail address is the one in the badge".to_owned()),
        Some(i) if facts::hashed(i) => Answer::Yes("it is what the badge bears, hashed".to_owned()),
        Some(_) => {
            Answer::Yes(format!("the name is the one in the badge; compare it with a photo ID: {names}"))
        }
        None => Answer::No(another_holder(credential, &facts::clean(given), &names)),
    }
}

fn is_address(identifier: &Value) -> bool {
    identifier.get("identityType").and_then(Value::as_str) == Some("emailAddress")
}

/// Why a badge does not show that it is about `given`.
fn another_holder(credential: &Value, given: &str, names: &str) -> String {
    match (given.contains('@'), facts::identifiers(facts::subject(credential)).any(is_address)) {
        (true, true) => format!("the e-mail address \"{given}\" is not the one in the badge"),
        (true, false) => {
            format!("the badge bears no e-mail address with which \"{given}\" could be compared")
        }
        _ if names.is_empty() => {
            format!(
                "the badge bears no name with which \"{given}\" could be compared; give the e-mail address"
            )
        }
        _ => format!("\"{given}\" is not whom the badge is about ({names})"),
    }
}

/// Names are the same when they are so in NFC, without regard to case and spacing.
fn same_name(a: &str, b: &str) -> bool {
    let plain = |name: &str| crate::trust::checked_name(name).map(|n| n.to_lowercase());
    matches!((plain(a), plain(b)), (Ok(a), Ok(b)) if a == b)
}

fn standing_answer(credential: &Value, proofs: &[(Good, VerifyingKey)], now: DateTime<Utc>) -> Answer {
    let (from, until) = (instant(credential, "validFrom"), instant(credential, "validUntil"));
    let day = |t: DateTime<Utc>| t.format("%Y-%m-%d").to_string();
    match (from, until) {
        (Some(from), _) if now < from => {
            Answer::No(format!("it is not valid before {}", from.format("%Y-%m-%d %H:%M UTC")))
        }
        (_, Some(until)) if now >= until => Answer::No(format!("it expired on {}", day(until))),
        _ if proofs.iter().any(|(g, _)| g.expires.is_some_and(|e| now >= e)) => {
            Answer::No("one of its proofs has expired".to_owned())
        }
        _ if credential.get("credentialStatus").is_some() => Answer::NotChecked(
            "it names a list of revoked badges, which this program does not read: ask the issuer".to_owned(),
        ),
        (_, Some(until)) => Answer::Yes(format!("in force until {}", day(until))),
        _ => Answer::Yes("in force, without an end".to_owned()),
    }
}

fn instant(value: &Value, name: &str) -> Option<DateTime<Utc>> {
    let text = value.get(name)?.as_str()?;
    DateTime::parse_from_rfc3339(text).ok().map(|t| t.to_utc())
}
