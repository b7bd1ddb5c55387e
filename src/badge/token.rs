//! A token: what a QR code carries, the bytes of a claim with one signature behind them, or with both.
//!
//! The claim's bytes are followed by the signature of the `eddsa-jcs-2022` proof (64), by itself where room is scarce,
//! as on a terminal. Where there is room, as in print, the signature of the `eddsa-rdfc-2022` proof (64) follows it,
//! and what is rebuilt is the badge's file, byte for byte. Any other bytes are refused.

use crate::badge::claim::{Claim, ClaimError};
use crate::typing::bytes::Reader;

/// Bytes of an Ed25519 signature (RFC 8032).
pub const SIGNATURE_BYTES: usize = 64;

/// A claim and the signatures of its credential's proofs, none of them checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What is asserted.
    pub claim: Claim,
    /// The signature of the `eddsa-jcs-2022` proof.
    pub jcs: [u8; SIGNATURE_BYTES],
    /// The signature of the `eddsa-rdfc-2022` proof, where the token has room for it.
    pub rdfc: Option<[u8; SIGNATURE_BYTES]>,
}

impl Token {
    /// Reads a token; one token has one byte string.
    ///
    /// # Errors
    /// On everything but the bytes that [`Claim::to_bytes`] writes and one or two whole signatures.
    pub fn read(bytes: &[u8]) -> Result<Self, ClaimError> {
        let mut r = Reader::new(bytes);
        let claim = Claim::read(&mut r)?;
        let body = bytes.len() - r.rest().len();
        let jcs = r.array("signature")?;
        let rdfc = if r.rest().is_empty() { None } else { Some(r.array("second signature")?) };
        r.finish()?;
        if bytes.get(..body) != Some(claim.to_bytes()?.as_slice()) {
            return Err(ClaimError::NotCanonical);
        }
        Ok(Self { claim, jcs, rdfc })
    }

    /// The token's bytes.
    ///
    /// # Errors
    /// When the claim contradicts itself or names nobody.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ClaimError> {
        let mut bytes = self.claim.to_bytes()?;
        bytes.extend_from_slice(&self.jcs);
        bytes.extend(self.rdfc.iter().flatten());
        Ok(bytes)
    }
}
