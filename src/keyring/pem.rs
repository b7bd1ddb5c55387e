//! An Ed25519 seed as PKCS#8 in PEM, as OpenSSL 3.0 and later read it.

use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey, KeypairBytes};
use pkcs8::der::asn1::OctetStringRef;
use pkcs8::der::pem::PemLabel;
use pkcs8::pkcs5::pbes2::{self, Kdf, Salt, ScryptParams};
use pkcs8::{EncryptedPrivateKeyInfoRef, LineEnding, PrivateKeyInfoRef, SecretDocument};
use zeroize::Zeroizing;

/// scrypt's cost N. OpenSSL allows scrypt 32 MiB, which 2^15 with r = 8 exceeds, so this is the most it reads.
const SCRYPT_N: u64 = 1 << 14;
/// scrypt's block size r (RFC 7914, section 2).
const SCRYPT_R: u16 = 8;
/// scrypt's parallelization p (RFC 7914, section 2).
const SCRYPT_P: u16 = 1;

/// Whether a PEM text holds an encrypted key (true) or one in clear (false); nothing if it holds neither.
pub(super) fn is_encrypted(pem: &str) -> Option<bool> {
    match pkcs8::der::pem::decode_label(pem.as_bytes()) {
        Ok(EncryptedPrivateKeyInfoRef::PEM_LABEL) => Some(true),
        Ok(PrivateKeyInfoRef::PEM_LABEL) => Some(false),
        _ => None,
    }
}

/// The seed as version 1 of PKCS#8: the version that carries the public key too is not read by OpenSSL before 3.5.
fn pair(seed: &[u8; 32]) -> KeypairBytes {
    KeypairBytes { secret_key: *seed, public_key: None }
}

/// The seed in clear.
pub(super) fn plain(seed: &[u8; 32]) -> pkcs8::Result<Zeroizing<String>> {
    pair(seed).to_pkcs8_pem(LineEnding::LF)
}

/// The seed encrypted with PBES2 (RFC 8018): scrypt and AES-256-CBC. Salt and IV are random and used once.
pub(super) fn encrypted(
    seed: &[u8; 32],
    passphrase: &str,
    salt: &[u8; 16],
    iv: &[u8; 16],
) -> pkcs8::Result<Zeroizing<String>> {
    let kdf = Kdf::Scrypt(ScryptParams {
        salt: Salt::new(salt)?,
        cost_parameter: SCRYPT_N,
        block_size: SCRYPT_R,
        parallelization: SCRYPT_P,
        key_length: None,
    });
    let scheme = pbes2::Parameters { kdf, encryption: pbes2::EncryptionScheme::Aes256Cbc { iv: *iv } };
    let secret = scheme.encrypt(passphrase, pair(seed).to_pkcs8_der()?.as_bytes())?;
    let info = EncryptedPrivateKeyInfoRef {
        encryption_algorithm: scheme.into(),
        encrypted_data: OctetStringRef::new(&secret)?,
    };
    let document = SecretDocument::try_from(&info)?;
    Ok(document.to_pem(EncryptedPrivateKeyInfoRef::PEM_LABEL, LineEnding::LF)?)
}

/// The seed of a PEM text in clear.
pub(super) fn read_plain(pem: &str) -> pkcs8::Result<Zeroizing<[u8; 32]>> {
    KeypairBytes::from_pkcs8_pem(pem).map(|pair| Zeroizing::new(pair.secret_key))
}

/// The seed of an encrypted PEM text.
pub(super) fn read_encrypted(pem: &str, passphrase: &str) -> pkcs8::Result<Zeroizing<[u8; 32]>> {
    KeypairBytes::from_pkcs8_encrypted_pem(pem, passphrase).map(|pair| Zeroizing::new(pair.secret_key))
}
