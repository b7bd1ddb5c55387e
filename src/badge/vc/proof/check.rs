//! Checking proofs: the form first, then the key, then the signature.

use super::error::{PROOFS_MAX, ProofError};
use super::suite::{Form, Suite, canonical_hash, config_hash, document_hash, hash_of};
use crate::badge::vc::canon::NodeHash;
use crate::badge::vc::did::{self, DidError};
use crate::badge::vc::json::shown;
use crate::badge::vc::key::PublicKey;
use crate::trust::multikey;
use chrono::{DateTime, Utc};
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
/// A document checked over canonical JSON alone has not been through JSON-LD safe mode; [`check_all`] sees to that.
///
/// # Errors
/// [`ProofError`] says what is wrong with the proof, the document or the key.
pub fn check(document: &Value, proof: &Value, key: &PublicKey) -> Result<Good, ProofError> {
    if document.get("proof").is_some() {
        return Err(ProofError::AlreadyThere);
    }
    let form = ParsedProof::read(document, proof)?;
    let hash = document_hash(document, &form.config, form.good.suite, hash_of(key))?;
    form.check_signature(document, &hash, key)?;
    Ok(form.good)
}

/// What was found of the proofs of one credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proofs {
    /// The good ones, in order: at least one.
    pub good: Vec<Good>,
    /// Why others could not be checked, each by its number.
    pub unchecked: Vec<ProofError>,
}

/// Checks every proof of a credential, each under the key that `key_for` gives for its verification method. Each
/// method must be the issuer's own ([`did::issuer_owns`]), and the credential must pass JSON-LD safe mode whatever
/// its proofs are, since wallets read it as JSON-LD. One good proof is enough where others cannot be checked here.
///
/// # Errors
/// [`ProofError::Bad`] names the first bad proof, from 1, and what is wrong with it: one bad proof spoils the
/// credential. Where no proof can be checked, it names the first of them, and [`ProofError::is_open`] holds.
/// [`ProofError::Missing`] when it has no proof.
pub fn check_all(
    credential: &Value,
    key_for: impl Fn(&str) -> Result<PublicKey, DidError>,
) -> Result<Proofs, ProofError> {
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
    let rdf_hash = canonical_hash(&document, Form::Rdf, NodeHash::Sha256)?;
    let check_one = |proof| {
        let form = ParsedProof::read(&document, proof)?;
        let method = &form.good.method;
        if !did::issuer_owns(issuer, method) {
            return Err(ProofError::NotIssuer { method: shown(method), issuer: shown(issuer) });
        }
        let key = key_for(method)?;
        match (form.good.suite.form(), hash_of(&key)) {
            (Form::Rdf, NodeHash::Sha256) => form.check_signature(&document, &rdf_hash, &key)?,
            (_, hash) => {
                let hash = document_hash(&document, &form.config, form.good.suite, hash)?;
                form.check_signature(&document, &hash, &key)?;
            }
        }
        Ok(form.good)
    };
    let (mut good, mut unchecked) = (Vec::new(), Vec::new());
    for (index, proof) in proofs.iter().enumerate() {
        let numbered = |e| ProofError::Bad { number: index + 1, count: proofs.len(), source: Box::new(e) };
        match check_one(proof).map_err(numbered) {
            Ok(found) => good.push(found),
            Err(why) if why.is_open() => unchecked.push(why),
            Err(why) => return Err(why),
        }
    }
    match unchecked.first() {
        Some(why) if good.is_empty() => Err(why.clone()),
        _ => Ok(Proofs { good, unchecked }),
    }
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
    signature: Vec<u8>,
}

impl ParsedProof {
    fn read(document: &Value, proof: &Value) -> Result<Self, ProofError> {
        let mut config = proof.as_object().ok_or(ProofError::NotAnObject)?.clone();
        let value = config.shift_remove("proofValue");
        let suite = suite_of(&config)?;
        let text = |name| config.get(name).and_then(Value::as_str).ok_or(ProofError::Member { name });
        let signature =
            value.as_ref().and_then(Value::as_str).and_then(signature).ok_or(ProofError::Value)?;
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
        Ok(Self { config, good: Good { suite, method, created, expires }, signature })
    }

    fn check_signature(
        &self,
        document: &Value,
        document_hash: &[u8],
        key: &PublicKey,
    ) -> Result<(), ProofError> {
        let suite = self.good.suite;
        match key {
            PublicKey::Ed25519(key) if key.is_weak() => return Err(ProofError::WeakKey),
            key if !suite.takes(key) => return Err(ProofError::OtherKey),
            _ => {}
        }
        let options = config_hash(document, &self.config, suite, hash_of(key))?;
        let fits = key.fits(&[options.as_slice(), document_hash].concat(), &self.signature);
        fits.then_some(()).ok_or(ProofError::Signature)
    }
}

/// The suite that a proof names.
fn suite_of(config: &Map<String, Value>) -> Result<Suite, ProofError> {
    let text = |name| config.get(name).and_then(Value::as_str).ok_or(ProofError::Member { name });
    match text("type")? {
        "DataIntegrityProof" => {
            let suite = text("cryptosuite")?;
            Suite::from_name(suite).ok_or_else(|| ProofError::Suite { found: shown(suite) })
        }
        found => Suite::from_type(found).ok_or_else(|| ProofError::Type { found: shown(found) }),
    }
}

/// The bytes of a signature: 64, and 96 on P-384. Base58 has one text for every bytes, so no second form slips in.
fn signature(text: &str) -> Option<Vec<u8>> {
    let short = multikey::decode_base58::<64>(text).map(Vec::from);
    short.or_else(|| multikey::decode_base58::<96>(text).map(Vec::from))
}

/// The contexts a proof repeats must be the document's: all of them for RDF, where they give the meaning; for JCS
/// the document may have appended more (section 3.3.2).
fn check_contexts(document: &Value, repeated: Option<&Value>, suite: Suite) -> Result<(), ProofError> {
    let Some(repeated) = repeated else { return Ok(()) };
    let agree = match (suite.form(), document.get("@context"), repeated) {
        (Form::Json, Some(Value::Array(own)), Value::Array(repeated)) => {
            !repeated.is_empty() && own.starts_with(repeated)
        }
        (_, own, repeated) => own == Some(repeated),
    };
    if agree { Ok(()) } else { Err(ProofError::Context) }
}
