//! Data Integrity proofs over a credential: `eddsa-rdfc-2022` and `eddsa-jcs-2022`, made and checked; others checked.
//!
//! All sign the hash of the canonical proof options followed by the hash of the canonical document (W3C Data Integrity
//! EdDSA Cryptosuites 1.0, sections 3.2 and 3.3; ECDSA Cryptosuites 1.0, sections 3.2 and 3.3). They differ in the key and
//! in what canonical means: RDF or JSON. [`check`](check()) looks at one proof; [`check_all`] at a credential, where one
//! good proof is enough and one bad proof spoils the badge; what cannot be checked here is neither.

mod check;
mod error;
mod suite;

pub use check::{Good, Proofs, check, check_all};
pub use error::{PROOFS_MAX, ProofError};
pub use suite::Suite;

use crate::badge::vc::canon::NodeHash;
use crate::trust::multikey;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Map, Value};
use suite::{config_hash, document_hash};

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

/// The 64 bytes that are signed: SHA-256 of the canonical proof options, then SHA-256 of the canonical document.
///
/// # Errors
/// As [`sign`].
pub fn signing_input(document: &Value, suite: Suite, options: &ProofOptions) -> Result<Vec<u8>, ProofError> {
    if document.get("proof").is_some() {
        return Err(ProofError::AlreadyThere);
    }
    let config = config(document, suite, options);
    check::time(&config, "created")?;
    let hash = NodeHash::Sha256;
    let options = config_hash(document, &config, suite, hash)?;
    Ok([options, document_hash(document, &config, suite, hash)?].concat())
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
