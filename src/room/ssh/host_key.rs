//! The key by which clients know the room again: made once, kept for its owner's eyes only.

use std::path::Path;

use russh::keys::ssh_key::private::Ed25519Keypair;
use russh::keys::{HashAlg, PrivateKey, PublicKeyBase64};
use zeroize::Zeroizing;

use crate::keyring::{KeyId, KeyIdError, Keyring, KeyringError};
use crate::system;

/// The key's id, which names its files.
const ID: &str = "room";

/// Why there is no host key.
#[derive(Debug, thiserror::Error)]
pub enum HostKeyError {
    /// It cannot be read or made.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// No randomness.
    #[error(transparent)]
    NoRandomness(#[from] system::NoRandomness),
    /// Not the name of a key.
    #[error(transparent)]
    Id(#[from] KeyIdError),
}

/// An Ed25519 key that a server shows.
#[derive(Clone)]
pub struct HostKey(PrivateKey);

impl std::fmt::Debug for HostKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("HostKey").field(&self.fingerprint()).finish()
    }
}

impl HostKey {
    /// The key in a folder; where there is none yet, it is made. It is never overwritten, and refused where others can
    /// read it.
    ///
    /// # Errors
    /// When the folder cannot be read or written, the key is another's or damaged, or others can read it.
    pub fn kept_in(folder: &Path) -> Result<Self, HostKeyError> {
        let place = Keyring::at(folder).key(&ID.parse::<KeyId>()?);
        let key = match place.exists()? {
            true => place.unlock(None)?,
            false => place.create(None, &Zeroizing::new(system::random()?))?,
        };
        Ok(Self::of(&Zeroizing::new(key.signing_key().to_bytes())))
    }

    /// The key of 32 secret bytes.
    #[must_use]
    pub fn of(seed: &[u8; 32]) -> Self {
        Self(PrivateKey::from(Ed25519Keypair::from_seed(seed)))
    }

    pub(super) const fn private(&self) -> &PrivateKey {
        &self.0
    }

    /// How clients show it to people: `SHA256:` and 43 characters.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.0.public_key().fingerprint(HashAlg::Sha256).to_string()
    }

    /// The line of a `known_hosts` file by which a client trusts it at this address.
    #[must_use]
    pub fn known_hosts_line(&self, host: &str, port: u16) -> String {
        let place = if port == 22 { host.to_owned() } else { format!("[{host}]:{port}") };
        format!("{place} ssh-ed25519 {}", self.0.public_key().public_key_base64())
    }
}
