//! Data Integrity proofs over a credential: `eddsa-rdfc-2022` and `eddsa-jcs-2022`, made and checked.
//!
//! Both sign SHA-256 of the canonical proof options followed by SHA-256 of the canonical document, with Ed25519 (W3C
//! Data Integrity EdDSA Cryptosuites 1.0, sections 3.2 and 3.3). They differ in what canonical means: RDF or JSON.
//! [`check`](check()) looks at one proof; [`check_all`] at a credential, where every proof must be good: one bad
//! proof spoils the badge.

mod check;
mod error;

pub use check::{Good, PROOFS_MAX, check, check_all};
pub use error::ProofError;

use crate::badge::vc::canon::{self, CanonError};
use crate::trust::multikey;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// A way of signing that is known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Suite {
    /// Over canonical RDF: what Open Badges asks for and wallets check.
    EddsaRdfc2022,
    /// Over canonical JSON: what a small verifier without JSON-LD can check.
    EddsaJcs2022,
}

impl Suite {
    /// Both suites, in the order in which a badge carries them.
    pub const ALL: [Self; 2] = [Self::EddsaRdfc2022, Self::EddsaJcs2022];

    /// The suite's name as a proof's `cryptosuite`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EddsaRdfc2022 => "eddsa-rdfc-2022",
            Self::EddsaJcs2022 => "eddsa-jcs-2022",
        }
    }

    /// The suite of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|suite| suite.name() == name)
    }
}

/// What a proof says besides the signature; its purpose is always `assertionMethod`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofOptions {
    /// When it was made: RFC 3339 with a zone, such as `2026-11-23T10:00:00Z`.
    pub created: String,
    /// The key that signs: `did:key:z6Mk…#z6Mk…` or `did:web:host#…`.
    pub verification_method: String,
}

/// Signs a document that has no proof yet, and gives the proof object.
///
/// # Errors
/// [`ProofError`] when the document has a proof already, has no canonical form, or `created` is no time.
pub fn sign(
    document: &Value,
    suite: Suite,
    options: &ProofOptions,
    key: &SigningKey,
) -> Result<Value, ProofError> {
    let signature = key.sign(&signing_input(document, suite, options)?);
    Ok(proof_object(document, suite, options, &signature.to_bytes()))
}

/// Signs a document that has no proof yet with both suites, in the order in which a badge carries them.
///
/// # Errors
/// As [`sign`].
pub fn sign_both(mut document: Value, options: &ProofOptions, key: &SigningKey) -> Result<Value, ProofError> {
    let proofs = Suite::ALL.into_iter().map(|suite| sign(&document, suite, options, key));
    document["proof"] = proofs.collect::<Result<Vec<_>, _>>()?.into();
    Ok(document)
}

/// The 64 bytes that are signed: SHA-256 of the canonical proof options, then SHA-256 of the canonical document.
///
/// # Errors
/// As [`sign`].
pub fn signing_input(document: &Value, suite: Suite, options: &ProofOptions) -> Result<[u8; 64], ProofError> {
    if document.get("proof").is_some() {
        return Err(ProofError::AlreadyThere);
    }
    let config = config(document, suite, options);
    check::time(&config, "created")?;
    Ok(join(config_hash(document, &config, suite)?, document_hash(document, &config, suite)?))
}

/// The proof object around a signature that was made by [`sign`], or was read out of a shorter form.
pub fn proof_object(document: &Value, suite: Suite, options: &ProofOptions, signature: &[u8; 64]) -> Value {
    let mut proof = config(document, suite, options);
    proof.insert("proofValue".into(), multikey::encode_base58(signature).into());
    Value::Object(proof)
}

/// A proof without its value. For JCS it repeats the document's contexts, which that suite does not sign otherwise.
fn config(document: &Value, suite: Suite, options: &ProofOptions) -> Map<String, Value> {
    let contexts = document.get("@context").filter(|_| suite == Suite::EddsaJcs2022);
    let members = [
        ("@context", contexts.cloned()),
        ("type", Some("DataIntegrityProof".into())),
        ("cryptosuite", Some(suite.name().into())),
        ("created", Some(options.created.as_str().into())),
        ("verificationMethod", Some(options.verification_method.as_str().into())),
        ("proofPurpose", Some("assertionMethod".into())),
    ];
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// SHA-256 of the canonical proof options. For RDF they take their meaning from the document's contexts.
fn config_hash(document: &Value, config: &Map<String, Value>, suite: Suite) -> Result<[u8; 32], CanonError> {
    let mut config = config.clone();
    if suite == Suite::EddsaRdfc2022 {
        let contexts = document.get("@context").cloned().unwrap_or_default();
        config.insert("@context".into(), contexts);
    }
    canonical_hash(&Value::Object(config), suite)
}

/// SHA-256 of the canonical document. For JCS its contexts are those the proof repeats: others may have been appended
/// since (section 3.3.2), which [`check`](check()) has made sure of.
fn document_hash(
    document: &Value,
    config: &Map<String, Value>,
    suite: Suite,
) -> Result<[u8; 32], CanonError> {
    match config.get("@context") {
        Some(contexts) if Some(contexts) != document.get("@context") => {
            let mut signed = document.clone();
            signed["@context"] = contexts.clone();
            canonical_hash(&signed, suite)
        }
        _ => canonical_hash(document, suite),
    }
}

fn canonical_hash(value: &Value, suite: Suite) -> Result<[u8; 32], CanonError> {
    let digest = match suite {
        Suite::EddsaRdfc2022 => Sha256::digest(canon::canonical_nquads(value)?),
        Suite::EddsaJcs2022 => Sha256::digest(canon::jcs(value)?),
    };
    Ok(digest.into())
}

fn join(config: [u8; 32], document: [u8; 32]) -> [u8; 64] {
    let mut both = [0; 64];
    let (first, second) = both.split_at_mut(32);
    first.copy_from_slice(&config);
    second.copy_from_slice(&document);
    both
}
