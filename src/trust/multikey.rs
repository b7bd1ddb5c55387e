//! Ed25519 public keys as text: Multikey, which is multibase base58btc over a two-byte prefix (`z6Mk…`).
//!
//! One key has one text. Small-order keys, under which a signature fits any message, are refused wherever a key is read.

use ed25519_dalek::VerifyingKey;

/// The multicodec prefix of an Ed25519 public key (varint of 0xed; W3C Controlled Identifiers, section 2.2.2).
const ED25519: [u8; 2] = [0xed, 0x01];

/// Why a text or bytes are not an Ed25519 public key to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not base58btc after a `z`, or of another length.
    #[error("it is damaged or not complete")]
    Form,
    /// A Multikey of another kind.
    #[error("it is a key of a kind that is not used here")]
    Kind,
    /// 32 bytes that are no point of the curve, or not its one encoding.
    #[error("it looks like a key, but no such key can exist")]
    Point,
    /// A key of small order.
    #[error("anybody can sign with this key, even without its secret half")]
    Weak,
}

/// The Multikey text of a public key, 48 characters.
pub fn encode(key: &VerifyingKey) -> String {
    encode_base58(&[&ED25519[..], key.as_bytes()].concat())
}

/// Reads a Multikey text.
///
/// # Errors
/// [`KeyError`] unless the text is `z` and base58btc of exactly the Ed25519 prefix and a good key.
pub fn decode(text: &str) -> Result<VerifyingKey, KeyError> {
    let [a, b, key @ ..] = decode_base58::<34>(text).ok_or(KeyError::Form)?;
    if [a, b] != ED25519 {
        return Err(KeyError::Kind);
    }
    from_bytes(&key)
}

/// Takes 32 bytes as a public key.
///
/// # Errors
/// [`KeyError::Point`] for bytes that are not the one encoding of a point of the curve, [`KeyError::Weak`] for a
/// point of small order.
pub fn from_bytes(bytes: &[u8; 32]) -> Result<VerifyingKey, KeyError> {
    let key = VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::Point)?;
    if key.is_weak() {
        return Err(KeyError::Weak);
    }
    if key.to_edwards().compress().as_bytes() != bytes {
        return Err(KeyError::Point);
    }
    Ok(key)
}

/// Multibase base58btc: `z` and the digits.
pub fn encode_base58(bytes: &[u8]) -> String {
    format!("z{}", bs58::encode(bytes).into_string())
}

/// Reads multibase base58btc of exactly `N` bytes; base58 has one text for every bytes, so no second form slips in.
pub fn decode_base58<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let length = bs58::decode(text.strip_prefix('z')?).onto(&mut bytes).ok()?;
    (length == N).then_some(bytes)
}
