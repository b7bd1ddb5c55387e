//! Secret issuer keys on disk: made once, readable by OpenSSL, never overwritten.
//!
//! A directory holds two files for each key, named by its id: `ID.pem`, the Ed25519 key as PKCS#8 (RFC 8410), in clear or
//! encrypted with a passphrase, for its owner's eyes only; and `ID.pub`, its public half as did:key, with which the secret
//! one is compared each time it is read. The key `issuer` is the one that signs unless another is asked for.

mod error;
mod id;
mod pem;
mod public;
mod stored;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::PathBuf;

pub use error::{KeyringError, MAX_LISTED};
pub use id::{KeyId, KeyIdError};
pub use public::{PublicFormat, export_public};
pub use stored::{IssuerKey, StoredKey, public_of};

use crate::store::files::{FileError, clear_remains};

/// The directory of the user's issuer keys. Naming it reads and creates nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyring {
    dir: PathBuf,
}

impl Keyring {
    /// The keyring in this directory, which is made when the first key is.
    #[must_use]
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// The place of a key, whether or not there is one of that id.
    #[must_use]
    pub fn key(&self, id: &KeyId) -> StoredKey {
        StoredKey { dir: self.dir.clone(), id: id.clone() }
    }

    /// The keys of which a half is there, the default one first, then by id. Files with names that are no id are passed
    /// over: nothing here has written them.
    ///
    /// # Errors
    /// When the directory cannot be read, or holds more than [`MAX_LISTED`] keys. A missing directory holds none.
    pub fn list(&self) -> Result<Vec<StoredKey>, KeyringError> {
        let entries = match fs::read_dir(&self.dir) {
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(FileError::io(&self.dir, "read"))?,
        };
        let mut ids = BTreeSet::new();
        for entry in entries {
            let path = entry.map_err(FileError::io(&self.dir, "read"))?.path();
            let is_half = path.extension().is_some_and(|half| half == "pem" || half == "pub");
            let stem = path.file_stem().and_then(|stem| stem.to_str()).filter(|_| is_half);
            ids.extend(stem.and_then(|stem| stem.parse::<KeyId>().ok()));
        }
        if ids.len() > MAX_LISTED {
            return Err(KeyringError::TooMany { dir: self.dir.clone(), count: ids.len() });
        }
        let (own, others): (Vec<_>, Vec<_>) = ids.iter().partition(|id| id.is_default());
        Ok([own, others].concat().into_iter().map(|id| self.key(id)).collect())
    }

    /// Removes what programs left that were ended while they made a key.
    ///
    /// # Errors
    /// When the operating system refuses. A missing directory has none.
    pub fn clear_remains(&self) -> Result<(), KeyringError> {
        Ok(clear_remains(&self.dir)?)
    }
}
