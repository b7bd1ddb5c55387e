//! Checking proofs: the form first, then the key, then the signature.

use super::error::{PROOFS_MAX, ProofError};
use super::suite::{Suite, canonical_hash, config_hash, document_hash, join};
use crate::badge::vc::did::{self, DidError};
use crate::badge::vc::json::shown;
use crate::trust::multikey;
use chrono::{DateTime, Utc};
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Map, Value};

/// What a good proof says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Good {
    /// How it was made.
    pub suite: Suite,
    /// The verification method, whose key fits the signature.
    pub method: String,
    /// When it was made, as it says itself.
    pub created: Option<DateTime<Utc>>,
    /// When it ceases to hold, for the caller to weigh against the time of asking.
    pub expires: Option<DateTime<Utc>>,
}

/// Checks one proof over a document without proofs, under a key that the caller knows to be the right one.
///
/// A document checked by `eddsa-jcs-2022` alone has not been through JSON-LD safe mode; [`check_all`] sees to that.
///
/// # Errors
/// [`ProofError`] says what is wrong with the proof, the document or the key.
pub fn check(document: &Value, proof: &Value, key: &VerifyingKey) -> Result<Good, ProofError> {
    if document.get("proof").is_some() {
        return Err(ProofError::AlreadyThere);
    }
    let form = ParsedProof::read(document, proof)?;
    let hash = document_hash(document, &form.config, form.good.suite)?;
    form.check_signature(document, hash, key)?;
    Ok(form.good)
}

/// Checks every proof of a credential, each under the key that `key_for` gives for its verification method. Each
/// method must be the issuer's own ([`did::issuer_owns`]), and the credential must pass JSON-LD safe mode whatever
/// its proofs are, since wallets read it as JSON-LD.
///
/// # Errors
/// [`ProofError::Bad`] names the first bad proof, from 1, and what is wrong with it; one bad proof spoils the
/// credential. [`ProofError::Missing`] when it has no proof.
pub fn check_all(
    credential: &Value,
    key_for: impl Fn(&str) -> Result<VerifyingKey, DidError>,
) -> Result<Vec<Good>, ProofError> {
    let mut document = credential.clone();
    let proof = document.as_object_mut().and_then(|members| members.shift_remove("proof"));
    let proofs = match proof {
        None => return Err(ProofError::Missing),
        Some(Value::Array(proofs)) => proofs,
        Some(one) => vec![one],
    };
    match proofs.len() {
        0 => return Err(ProofError::Missing),
        1..=PROOFS_MAX => {}
        count => return Err(ProofError::TooMany { count }),
    }
    let issuer = issuer_id(&document).ok_or(ProofError::NoIssuer)?;
    let rdfc_hash = canonical_hash(&document, Suite::EddsaRdfc2022)?;
    let check_one = |proof| {
        let form = ParsedProof::read(&document, proof)?;
        let method = &form.good.method;
        if !did::issuer_owns(issuer, method) {
            return Err(ProofError::NotIssuer { method: shown(method), issuer: shown(issuer) });
        }
        let key = key_for(method)?;
        let hash = match form.good.suite {
            Suite::EddsaRdfc2022 => rdfc_hash,
            suite => document_hash(&document, &form.config, suite)?,
        };
        form.check_signature(&document, hash, &key)?;
        Ok(form.good)
    };
    let numbered = |(index, proof)| {
        let bad = |e| ProofError::Bad { number: index + 1, count: proofs.len(), source: Box::new(e) };
        check_one(proof).map_err(bad)
    };
    proofs.iter().enumerate().map(numbered).collect()
}

fn issuer_id(credential: &Value) -> Option<&str> {
    let issuer = credential.get("issuer")?;
    issuer.as_str().or_else(|| issuer.get("id")?.as_str())
}

/// A member of a proof that says when; absent is allowed.
pub(super) fn time(
    config: &Map<String, Value>,
    name: &'static str,
) -> Result<Option<DateTime<Utc>>, ProofError> {
    let Some(value) = config.get(name) else { return Ok(None) };
    let read = value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    read.map(|time| Some(time.to_utc())).ok_or(ProofError::Time { name })
}

/// A proof whose form is right: its options, what they say, and the signature still to be checked.
struct ParsedProof {
    config: Map<String, Value>,
    good: Good,
    signature: Signature,
}

impl ParsedProof {
    fn read(document: &Value, proof: &Value) -> Result<Self, ProofError> {
        let mut config = proof.as_object().ok_or(ProofError::NotAnObject)?.clone();
        let value = config.shift_remove("proofValue");
        let signature = value.as_ref().and_then(Value::as_str).ok_or(ProofError::Value)?;
        let signature = multikey::decode_base58::<64>(signature).ok_or(ProofError::Value)?;
        let text = |name| config.get(name).and_then(Value::as_str).ok_or(ProofError::Member { name });
        match text("type")? {
            "DataIntegrityProof" => {}
            found => return Err(ProofError::Type { found: shown(found) }),
        }
        let suite = text("cryptosuite")?;
        let suite = Suite::from_name(suite).ok_or_else(|| ProofError::Suite { found: shown(suite) })?;
        match text("proofPurpose")? {
            "assertionMethod" => {}
            found => return Err(ProofError::Purpose { found: shown(found) }),
        }
        if config.contains_key("previousProof") {
            return Err(ProofError::Chained);
        }
        check_contexts(document, config.get("@context"), suite)?;
        let method = text("verificationMethod")?.to_owned();
        let (created, expires) = (time(&config, "created")?, time(&config, "expires")?);
        let good = Good { suite, method, created, expires };
        Ok(Self { config, good, signature: Signature::from_bytes(&signature) })
    }

    fn check_signature(
        &self,
        document: &Value,
        document_hash: [u8; 32],
        key: &VerifyingKey,
    ) -> Result<(), ProofError> {
        if key.is_weak() {
            return Err(ProofError::WeakKey);
        }
        let input = join(config_hash(document, &self.config, self.good.suite)?, document_hash);
        key.verify_strict(&input, &self.signature).map_err(|_| ProofError::Signature)
    }
}

/// The contexts a proof repeats must be the document's: all of them for RDF, where they give the meaning; for JCS
/// the document may have appended more (section 3.3.2).
fn check_contexts(document: &Value, repeated: Option<&Value>, suite: Suite) -> Result<(), ProofError> {
    let Some(repeated) = repeated else { return Ok(()) };
    let agree = match (suite, document.get("@context"), repeated) {
        (Suite::EddsaJcs2022, Some(Value::Array(own)), Value::Array(repeated)) => {
            !repeated.is_empty() && own.starts_with(repeated)
        }
        (_, own, repeated) => own == Some(repeated),
    };
    if agree { Ok(()) } else { Err(ProofError::Context) }
}
