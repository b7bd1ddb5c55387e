//! Many badges signed together, as after an examination: all of them, or none.

use ed25519_dalek::SigningKey;

use super::{Badge, CredentialError, issue};
use crate::badge::issuance::{Issuance, Tested};
use crate::badge::texts::Texts;

/// One result of many that are signed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// What was typed.
    pub tested: Tested,
    /// What it is for.
    pub texts: &'a Texts,
    /// Who signs it, for whom, and under which supervision.
    pub issuance: Issuance,
}

/// Why a batch was not signed: the first entry that cannot be.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("no badge was signed, because number {} of the batch cannot be: {why}", at + 1)]
pub struct BatchError {
    /// Its place, counted from 0.
    pub at: usize,
    /// Why.
    pub why: CredentialError,
}

/// Signs a badge for every entry, in their order.
///
/// # Errors
/// For the first entry that cannot be signed; then none is.
pub fn issue_all(entries: &[Entry<'_>], key: &SigningKey) -> Result<Vec<Badge>, BatchError> {
    let one = |(at, entry): (usize, &Entry<'_>)| {
        let claim = entry.issuance.claim(&entry.tested);
        issue(&claim, entry.texts, &entry.issuance.issuer(), key).map_err(|why| BatchError { at, why })
    };
    entries.iter().enumerate().map(one).collect()
}
