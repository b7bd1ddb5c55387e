//! Public keys as texts for others.

use std::fmt;

use ed25519_dalek::VerifyingKey;
use ed25519_dalek::pkcs8::EncodePublicKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;

use crate::trust::multikey;

/// What stands in front of a multikey in a did:key (W3C CCG, the did:key method).
pub(super) const DID_KEY: &str = "did:key:";

/// A public key as the line of its file.
pub(super) fn did_key_line(key: &VerifyingKey) -> String {
    format!("{DID_KEY}{}\n", multikey::encode(key))
}

/// Forms in which a public key is handed to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicFormat {
    /// `did:key:z6Mk…`.
    DidKey,
    /// `z6Mk…`, as issuer files hold it.
    Multikey,
    /// SubjectPublicKeyInfo in PEM, as OpenSSL reads it.
    Pem,
}

/// A public key in a form for others, with a line end.
///
/// # Errors
/// [`fmt::Error`] if a PEM cannot be written, which no key is known to cause.
pub fn export_public(key: &VerifyingKey, format: PublicFormat) -> Result<String, fmt::Error> {
    match format {
        PublicFormat::DidKey => Ok(did_key_line(key)),
        PublicFormat::Multikey => Ok(format!("{}\n", multikey::encode(key))),
        PublicFormat::Pem => key.to_public_key_pem(LineEnding::LF).map_err(|_| fmt::Error),
    }
}
