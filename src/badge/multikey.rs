//! Ed25519 public keys as multibase text: `z6Mk…`, the form did:key and Data Integrity use.

use ed25519_dalek::VerifyingKey;

/// The multicodec prefix of an Ed25519 public key (0xed as a varint), from the multicodec table.
const ED25519_PUB: [u8; 2] = [0xed, 0x01];

/// Why a text is no usable multikey.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MultikeyError {
    /// The text is not base58btc multibase of 34 bytes with the Ed25519 prefix.
    #[error("{0:?} is no Ed25519 multikey; one begins with z6Mk and has 48 characters")]
    Malformed(String),
    /// The 32 bytes are no point of the curve.
    #[error("the multikey {0} holds no Ed25519 public key; copy it again from its owner")]
    NotAKey(String),
}

/// The multikey text of a public key.
#[must_use]
pub fn encode(key: &VerifyingKey) -> String {
    let bytes = [&ED25519_PUB[..], key.as_bytes()].concat();
    format!("z{}", bs58::encode(bytes).into_string())
}

/// The public key of a multikey text.
///
/// # Errors
/// When the text is no Ed25519 multikey or its bytes are no point of the curve.
pub fn decode(text: &str) -> Result<VerifyingKey, MultikeyError> {
    let malformed = || MultikeyError::Malformed(text.chars().take(64).collect());
    let mut bytes = [0_u8; 34];
    let body = text.strip_prefix('z').ok_or_else(malformed)?;
    if bs58::decode(body).onto(&mut bytes) != Ok(bytes.len()) {
        return Err(malformed());
    }
    let key = bytes.strip_prefix(&ED25519_PUB).and_then(|rest| rest.first_chunk()).ok_or_else(malformed)?;
    VerifyingKey::from_bytes(key).map_err(|_| MultikeyError::NotAKey(text.to_owned()))
}
