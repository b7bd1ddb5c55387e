//! Why a key was not made, found, read or used.

use std::path::PathBuf;

use super::id::KeyId;
use crate::store::files::FileError;
use crate::system::NoRandomness;

/// The most keys that a keyring lists: an issuer makes one a year or so.
pub const MAX_LISTED: usize = 100;

/// Why a key was not made, read or used.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// No key of this id.
    #[error("there is no key {id:?} in {dir}; `typeproof issuer show` lists those that are there")]
    Unknown {
        /// The id.
        id: KeyId,
        /// The keyring.
        dir: PathBuf,
    },
    /// More keys than are listed.
    #[error(
        "{dir} holds {count} keys, and at most {MAX_LISTED} are listed; move away those that are no longer used"
    )]
    TooMany {
        /// The keyring.
        dir: PathBuf,
        /// How many there are.
        count: usize,
    },
    /// There is no secret key yet.
    #[error("there is no issuer key at {0}; make one with `typeproof issuer new`")]
    Missing(PathBuf),
    /// A key is there and is never overwritten.
    #[error(
        "there is an issuer key at {0} already; it is not overwritten, because badges signed with it need it"
    )]
    Exists(PathBuf),
    /// The public half is there, the secret one is gone.
    #[error(
        "{public} is there but its secret key is not; restore {id}.pem from a backup, or move this file away"
    )]
    Orphan {
        /// The public half.
        public: PathBuf,
        /// The id of the key.
        id: KeyId,
    },
    /// The public half is gone, and the secret one is encrypted.
    #[error("{0} is missing; unlock the issuer key once with its passphrase to write it again")]
    NoPublic(PathBuf),
    /// Others than the owner can read the secret key.
    #[error(
        "{path} can be read by others (mode {mode:04o}); run `chmod 600` on it, and make a new key if it was read"
    )]
    Exposed {
        /// The key file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file is not an Ed25519 key in PKCS#8 PEM.
    #[error("{0} is not a key file that typeproof wrote; restore it from a backup")]
    NotAKey(PathBuf),
    /// The file with the public half holds something else.
    #[error("{0} does not hold a public key; remove it and unlock the issuer key to write it again")]
    BadPublic(PathBuf),
    /// The key is encrypted and no passphrase was given.
    #[error("the issuer key {0} is encrypted; its passphrase is needed")]
    NeedsPassphrase(PathBuf),
    /// The passphrase opens nothing.
    #[error("this is not the passphrase of {0}; type it again")]
    WrongPassphrase(PathBuf),
    /// A passphrase of no characters.
    #[error("the passphrase is empty; type one, or make the key without a passphrase")]
    EmptyPassphrase,
    /// The secret and the public half are not a pair.
    #[error("{secret} and {public} do not belong together; restore both from the same backup")]
    NotAPair {
        /// The secret half.
        secret: PathBuf,
        /// The public half.
        public: PathBuf,
    },
    /// Encryption failed, which no input explains.
    #[error("the issuer key could not be encrypted; nothing was written, try again")]
    Encryption,
    /// No randomness for the salt.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}
