//! Public keys of whatever kind a credential may be signed with, and whether a signature fits one.
//!
//! Our own badges are signed with Ed25519 alone. Keys of other curves come from other issuers' badges, as Multikey text or
//! as JSON Web Key.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::VerifyingKey;
use p256::ecdsa::signature::Verifier;
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, PublicKey as RsaKey, pkcs1v15, pss};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::trust::multikey::{self, KeyError};

/// The multicodec prefix of a P-256 public key (varint of 0x1200; W3C Controlled Identifiers, section 2.2.2).
const P256: [u8; 2] = [0x80, 0x24];

/// The multicodec prefix of a P-384 public key (varint of 0x1201).
const P384: [u8; 2] = [0x81, 0x24];

/// The longest Multikey text that is read, in characters: a compressed P-384 key has 70.
const MULTIKEY_MAX: usize = 128;

/// The fewest bits of an RSA key (RFC 7518, section 3.3).
const RSA_MIN: u32 = 2048;

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// Edwards curve 25519; never a weak key.
    Ed25519(VerifyingKey),
    /// NIST P-256.
    P256(Box<p256::ecdsa::VerifyingKey>),
    /// NIST P-384.
    P384(Box<p384::ecdsa::VerifyingKey>),
    /// SEC 2 secp256k1.
    Secp256k1(Box<k256::ecdsa::VerifyingKey>),
    /// RSA of at least 2,048 bits.
    Rsa(Box<RsaKey>),
}

impl From<VerifyingKey> for PublicKey {
    fn from(key: VerifyingKey) -> Self {
        Self::Ed25519(key)
    }
}

impl PublicKey {
    /// Reads a Multikey text: multibase base58btc of a prefix and the key, compressed where it is a point of a NIST curve.
    ///
    /// # Errors
    /// [`KeyError`] when the text is no Multikey, is one of a kind that is not known here, or names no good key.
    pub fn from_multikey(text: &str) -> Result<Self, KeyError> {
        let ed25519 = multikey::decode(text);
        let Err(KeyError::Form | KeyError::Kind) = ed25519 else { return ed25519.map(Self::Ed25519) };
        let digits = text.strip_prefix('z').filter(|digits| digits.len() <= MULTIKEY_MAX);
        let bytes = digits.and_then(|digits| bs58::decode(digits).into_vec().ok()).ok_or(KeyError::Form)?;
        match bytes.as_slice() {
            [a, b, point @ ..] if [*a, *b] == P256 && point.len() == 33 => {
                p256::ecdsa::VerifyingKey::from_sec1_bytes(point)
                    .map(|key| Self::P256(key.into()))
                    .map_err(|_| KeyError::Point)
            }
            [a, b, point @ ..] if [*a, *b] == P384 && point.len() == 49 => {
                p384::ecdsa::VerifyingKey::from_sec1_bytes(point)
                    .map(|key| Self::P384(key.into()))
                    .map_err(|_| KeyError::Point)
            }
            _ => ed25519.map(Self::Ed25519),
        }
    }

    /// Reads a JSON Web Key (RFC 7517, RFC 7518 section 6.2, RFC 8037); nothing for a kind that is not known here.
    ///
    /// # Errors
    /// [`KeyError`] when a member is missing or is no coordinate of a good key.
    pub fn from_jwk(jwk: &Value) -> Option<Result<Self, KeyError>> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        if text("kty")? == "RSA" {
            return Some(rsa_key(text("n"), text("e")));
        }
        match (text("kty")?, text("crv")?) {
            ("EC", "secp256k1") => Some(point::<32>(text("x"), text("y")).and_then(|point| {
                let key = k256::ecdsa::VerifyingKey::from_sec1_bytes(&point);
                key.map(|key| Self::Secp256k1(key.into())).map_err(|_| KeyError::Point)
            })),
            ("OKP", "Ed25519") => {
                let bytes = coordinate::<32>(text("x"));
                Some(bytes.and_then(|bytes| multikey::from_bytes(&bytes)).map(Self::Ed25519))
            }
            ("EC", "P-256") => Some(point::<32>(text("x"), text("y")).and_then(|point| {
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&point);
                key.map(|key| Self::P256(key.into())).map_err(|_| KeyError::Point)
            })),
            ("EC", "P-384") => Some(point::<48>(text("x"), text("y")).and_then(|point| {
                let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(&point);
                key.map(|key| Self::P384(key.into())).map_err(|_| KeyError::Point)
            })),
            _ => None,
        }
    }

    /// The key if it is one of Ed25519, as lists of trusted issuers know them.
    #[must_use]
    pub const fn ed25519(&self) -> Option<&VerifyingKey> {
        match self {
            Self::Ed25519(key) => Some(key),
            _ => None,
        }
    }

    /// The key as a person may compare it: its Multikey text; of RSA and secp256k1, which badges do not write so, the
    /// beginning of the SHA-256 of its number or point.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Ed25519(key) => multikey::encode(key),
            Self::P256(key) => {
                let point = key.to_sec1_point(true);
                multikey::encode_base58(&[&P256[..], point.as_bytes()].concat())
            }
            Self::P384(key) => {
                let point = key.to_sec1_point(true);
                multikey::encode_base58(&[&P384[..], point.as_bytes()].concat())
            }
            Self::Secp256k1(key) => fingerprint(key.to_sec1_point(true).as_bytes()),
            Self::Rsa(key) => {
                let number = key.n().to_be_bytes();
                let zeros = number.iter().take_while(|byte| **byte == 0).count();
                fingerprint(number.get(zeros..).unwrap_or_default())
            }
        }
    }

    /// Whether the signature over the message fits: Ed25519 by its strict rules (RFC 8032, no second encodings), ECDSA as
    /// two whole numbers side by side (IEEE P1363), over SHA-256, and SHA-384 for P-384; RSA as PKCS #1 v1.5 over SHA-256.
    #[must_use]
    pub fn fits(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Ed25519(key) => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| !key.is_weak() && key.verify_strict(message, &signature).is_ok()),
            Self::P256(key) => p256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Self::P384(key) => p384::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Self::Secp256k1(key) => k256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Self::Rsa(key) => pkcs1v15::Signature::try_from(signature).is_ok_and(|signature| {
                pkcs1v15::VerifyingKey::<Sha256>::new((**key).clone()).verify(message, &signature).is_ok()
            }),
        }
    }

    /// Whether the signature over the message fits this RSA key as PSS over SHA-256; never one of another key.
    #[must_use]
    pub fn fits_pss(&self, message: &[u8], signature: &[u8]) -> bool {
        let Self::Rsa(key) = self else { return false };
        let key = pss::VerifyingKey::<Sha256>::new((**key).clone());
        pss::Signature::try_from(signature).is_ok_and(|signature| key.verify(message, &signature).is_ok())
    }
}

/// The beginning of a key's SHA-256, in hex.
fn fingerprint(key: &[u8]) -> String {
    let digest: [u8; 32] = Sha256::digest(key).into();
    let front: String = HEXLOWER.encode(&digest).chars().take(FINGERPRINT).collect();
    format!("sha256:{front}")
}

/// How many hex digits of a key's SHA-256 are shown.
const FINGERPRINT: usize = 32;

/// The RSA key of a modulus and an exponent.
fn rsa_key(n: Option<&str>, e: Option<&str>) -> Result<PublicKey, KeyError> {
    let number = |text: Option<&str>| {
        let bytes = text.and_then(|text| BASE64URL_NOPAD.decode(text.as_bytes()).ok());
        bytes.map(|bytes| BoxedUint::from_be_slice_vartime(&bytes)).ok_or(KeyError::Form)
    };
    let (n, e) = (number(n)?, number(e)?);
    if n.bit_width_vartime() < RSA_MIN {
        return Err(KeyError::Weak);
    }
    RsaKey::new(n, e).map(|key| PublicKey::Rsa(key.into())).map_err(|_| KeyError::Point)
}

/// A coordinate or key of `N` bytes in base64url.
fn coordinate<const N: usize>(text: Option<&str>) -> Result<[u8; N], KeyError> {
    let bytes = text.and_then(|text| BASE64URL_NOPAD.decode(text.as_bytes()).ok());
    bytes.and_then(|bytes| <[u8; N]>::try_from(bytes).ok()).ok_or(KeyError::Form)
}

/// The uncompressed point of two coordinates (SEC 1, section 2.3.3).
fn point<const N: usize>(x: Option<&str>, y: Option<&str>) -> Result<Vec<u8>, KeyError> {
    Ok([&[4][..], &coordinate::<N>(x)?, &coordinate::<N>(y)?].concat())
}
