//! What can be wrong with a proof, each in words that say which.

use crate::badge::vc::canon::CanonError;
use crate::badge::vc::did::DidError;

/// Why a proof is not made or not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The document to be signed, or checked against a separate proof, has a `proof` in it.
    #[error("the document carries a proof already; proofs are made over the document without it")]
    AlreadyThere,
    /// The credential has no proof.
    #[error("the credential carries no proof, so nobody vouches for it")]
    Missing,
    /// More proofs than [`PROOFS_MAX`](super::PROOFS_MAX).
    #[error("the credential carries {count} proofs, more than the {} that are checked", super::PROOFS_MAX)]
    TooMany {
        /// How many it carries.
        count: usize,
    },
    /// The credential names no issuer.
    #[error("the credential names no issuer with an id, so no key can belong to it")]
    NoIssuer,
    /// One of the credential's proofs is bad.
    #[error("proof {number} of {count}: {source}")]
    Bad {
        /// Which one, from 1.
        number: usize,
        /// How many there are.
        count: usize,
        /// What is wrong with it.
        source: Box<ProofError>,
    },
    /// A proof that is not a JSON object.
    #[error("the proof is not a JSON object")]
    NotAnObject,
    /// A member is missing or is not a text.
    #[error("the proof has no text `{name}`")]
    Member {
        /// The member.
        name: &'static str,
    },
    /// Not a Data Integrity proof.
    #[error("the proof is of type \"{found}\", not DataIntegrityProof")]
    Type {
        /// The type it gives.
        found: String,
    },
    /// A cryptosuite not known here.
    #[error("the proof's cryptosuite \"{found}\" is not known here; eddsa-rdfc-2022 and eddsa-jcs-2022 are")]
    Suite {
        /// The suite it gives.
        found: String,
    },
    /// A proof made for another purpose, such as logging in.
    #[error("the proof was made for \"{found}\", not for assertionMethod")]
    Purpose {
        /// The purpose it gives.
        found: String,
    },
    /// A proof that stands on another proof.
    #[error("the proof stands on a previous proof; chains of proofs are not read here")]
    Chained,
    /// A time that cannot be read.
    #[error("the proof's `{name}` is not a time with a zone, such as 2026-11-23T10:00:00Z")]
    Time {
        /// The member.
        name: &'static str,
    },
    /// The proof's contexts are not those of the document.
    #[error("the proof was made under other contexts than the document names")]
    Context,
    /// The signature's text is malformed.
    #[error("the proof's value is not a signature: `z` and base58 of 64 bytes")]
    Value,
    /// The key belongs to somebody else.
    #[error("the proof was made with a key of {method}, and the issuer is {issuer}")]
    NotIssuer {
        /// The verification method.
        method: String,
        /// The credential's issuer.
        issuer: String,
    },
    /// No key was found for the proof.
    #[error(transparent)]
    Key(#[from] DidError),
    /// A key of small order, for which signatures can be made without a secret.
    #[error("the proof's key is of small order, for which signatures can be made without a secret")]
    WeakKey,
    /// The document or the proof's options have no canonical form.
    #[error(transparent)]
    Canon(#[from] CanonError),
    /// The signature does not fit: the document, the proof or the key is not the one that was signed with.
    #[error(
        "the signature does not fit: the credential or the proof was changed after signing, or the key is another"
    )]
    Signature,
}
