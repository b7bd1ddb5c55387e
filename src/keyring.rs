//! Secret issuer keys on disk: made once, readable by OpenSSL, never overwritten.
//!
//! A directory holds `issuer.pem`, the Ed25519 key as PKCS#8 (RFC 8410), in clear or encrypted with a passphrase, for
//! its owner's eyes only; and `issuer.pub`, its public half as did:key, with which the secret one is compared each
//! time it is read.

mod pem;

use std::fmt;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ed25519_dalek::pkcs8::EncodePublicKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::{SigningKey, VerifyingKey};
use zeroize::Zeroizing;

use crate::store::files::{Access, FileError, read_at_most, write_new};
use crate::system::{self, NoRandomness};
use crate::trust::multikey;

/// The largest key file, in bytes: an encrypted Ed25519 key in PEM has about 400.
const MAX_KEY_BYTES: usize = 16 * 1024;

/// What stands in front of a multikey in a did:key (W3C CCG, the did:key method).
const DID_KEY: &str = "did:key:";

/// Why a key was not made, read or used.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
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
        "{0} is there but its secret key is not; restore issuer.pem from a backup, or move this file away"
    )]
    Orphan(PathBuf),
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
    /// The file is no Ed25519 key in PKCS#8 PEM.
    #[error("{0} is no Ed25519 key in PKCS#8 PEM; restore it from a backup")]
    NotAKey(PathBuf),
    /// The file with the public half holds something else.
    #[error("{0} holds no did:key of an Ed25519 key; remove it and unlock the issuer key to write it again")]
    BadPublic(PathBuf),
    /// The key is encrypted and no passphrase was given.
    #[error("the issuer key {0} is encrypted; its passphrase is needed")]
    NeedsPassphrase(PathBuf),
    /// The passphrase opens nothing.
    #[error("the passphrase does not open {0}; type it again")]
    WrongPassphrase(PathBuf),
    /// A passphrase of no characters.
    #[error("the passphrase is empty; type one, or make the key without a passphrase")]
    EmptyPassphrase,
    /// The secret and the public half are not a pair.
    #[error("{secret} and {public} are not one key; restore both from the same backup")]
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

/// An unlocked issuer key. It has no `Debug`, no copy, and is wiped when dropped.
pub struct IssuerKey(SigningKey);

impl IssuerKey {
    /// The key that signs.
    #[must_use]
    pub fn signing_key(&self) -> &SigningKey {
        &self.0
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> VerifyingKey {
        self.0.verifying_key()
    }
}

/// Forms in which a public key is handed to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicFormat {
    /// `did:key:z6Mk…`.
    DidKey,
    /// `z6Mk…`, as issuer files hold it.
    Multikey,
    /// SubjectPublicKeyInfo in PEM, as OpenSSL reads it.
    Pem,
}

/// A public key in a form for others, with a line end.
///
/// # Errors
/// [`fmt::Error`] if a PEM cannot be written, which no key is known to cause.
pub fn export_public(key: &VerifyingKey, format: PublicFormat) -> Result<String, fmt::Error> {
    match format {
        PublicFormat::DidKey => Ok(format!("{DID_KEY}{}\n", multikey::encode(key))),
        PublicFormat::Multikey => Ok(format!("{}\n", multikey::encode(key))),
        PublicFormat::Pem => key.to_public_key_pem(LineEnding::LF).map_err(|_| fmt::Error),
    }
}

/// The directory of the user's issuer key. Naming it reads and creates nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyring {
    dir: PathBuf,
}

impl Keyring {
    /// The keyring in this directory, which is made when the key is.
    #[must_use]
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// The file of the secret key.
    #[must_use]
    pub fn secret_file(&self) -> PathBuf {
        self.dir.join("issuer.pem")
    }

    /// The file of the public key.
    #[must_use]
    pub fn public_file(&self) -> PathBuf {
        self.dir.join("issuer.pub")
    }

    /// Whether a secret key is there.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.secret_file().symlink_metadata().is_ok()
    }

    /// Whether the secret key needs a passphrase.
    ///
    /// # Errors
    /// When there is no key, others can read it, or it is no key.
    pub fn is_encrypted(&self) -> Result<bool, KeyringError> {
        let pem = self.read_secret()?;
        pem::is_encrypted(&pem).ok_or_else(|| KeyringError::NotAKey(self.secret_file()))
    }

    /// Makes the key from 32 random bytes, encrypted if a passphrase is given, and returns it as read back from disk.
    ///
    /// # Errors
    /// [`KeyringError::Exists`] when there is a key, [`KeyringError::Orphan`] when only its public half is there;
    /// otherwise what cannot be written. No file is ever overwritten.
    pub fn create(
        &self,
        passphrase: Option<&Zeroizing<String>>,
        seed: &Zeroizing<[u8; 32]>,
    ) -> Result<IssuerKey, KeyringError> {
        if self.exists() {
            return Err(KeyringError::Exists(self.secret_file()));
        }
        if self.public_file().symlink_metadata().is_ok() {
            return Err(KeyringError::Orphan(self.public_file()));
        }
        let pem = match passphrase {
            None => pem::plain(seed),
            Some(passphrase) if passphrase.is_empty() => return Err(KeyringError::EmptyPassphrase),
            Some(passphrase) => pem::encrypted(seed, passphrase, &system::random()?, &system::random()?),
        };
        let pem = pem.map_err(|_| KeyringError::Encryption)?;
        match write_new(&self.secret_file(), pem.as_bytes(), Access::Owner) {
            Err(FileError::Exists(path)) => return Err(KeyringError::Exists(path)),
            other => other?,
        }
        // Unlocking writes the public half, as it does when that file is lost.
        self.unlock(passphrase)
    }

    /// Reads the secret key; a passphrase given for a key in clear is not looked at. If the public half is missing it
    /// is written again.
    ///
    /// # Errors
    /// When there is no key, others can read it, the passphrase is missing or wrong, or the public half is another's.
    pub fn unlock(&self, passphrase: Option<&Zeroizing<String>>) -> Result<IssuerKey, KeyringError> {
        let path = self.secret_file();
        let pem = self.read_secret()?;
        let seed = match (pem::is_encrypted(&pem), passphrase) {
            (None, _) => return Err(KeyringError::NotAKey(path)),
            (Some(false), _) => pem::read_plain(&pem).map_err(|_| KeyringError::NotAKey(path))?,
            (Some(true), None) => return Err(KeyringError::NeedsPassphrase(path)),
            (Some(true), Some(passphrase)) => {
                pem::read_encrypted(&pem, passphrase).map_err(|_| KeyringError::WrongPassphrase(path))?
            }
        };
        let key = IssuerKey(SigningKey::from_bytes(&seed));
        self.compare(&key)?;
        Ok(key)
    }

    /// The public key, without any passphrase.
    ///
    /// # Errors
    /// When there is no key, or its public half is missing or damaged and the secret one is encrypted.
    pub fn public(&self) -> Result<VerifyingKey, KeyringError> {
        if !self.exists() {
            return Err(KeyringError::Missing(self.secret_file()));
        }
        match self.read_public()? {
            Some(key) => Ok(key),
            None if self.is_encrypted()? => Err(KeyringError::NoPublic(self.public_file())),
            None => Ok(self.unlock(None)?.public()),
        }
    }

    /// Holds the secret key against the stored public one. Encryption in PKCS#8 carries no checksum, so this is what
    /// tells a damaged file from a whole one.
    fn compare(&self, key: &IssuerKey) -> Result<(), KeyringError> {
        let public = key.public();
        match self.read_public()? {
            Some(stored) if stored == public => Ok(()),
            Some(_) => Err(KeyringError::NotAPair { secret: self.secret_file(), public: self.public_file() }),
            None => {
                let text = format!("{DID_KEY}{}\n", multikey::encode(&public));
                match write_new(&self.public_file(), text.as_bytes(), Access::Everyone) {
                    // Another program wrote it since; what it wrote is compared.
                    Err(FileError::Exists(_)) if self.read_public()? == Some(public) => Ok(()),
                    other => Ok(other?),
                }
            }
        }
    }

    fn read_public(&self) -> Result<Option<VerifyingKey>, KeyringError> {
        let path = self.public_file();
        let Some(bytes) = read_at_most(&path, MAX_KEY_BYTES as u64)? else { return Ok(None) };
        let text = str::from_utf8(&bytes).unwrap_or_default().trim();
        let key = text.strip_prefix(DID_KEY).and_then(|multikey| multikey::decode(multikey).ok());
        key.map(Some).ok_or(KeyringError::BadPublic(path))
    }

    /// The text of the secret key's file, refused when others can read it. The opened file itself is asked, so that
    /// what is checked is what is read.
    fn read_secret(&self) -> Result<Zeroizing<String>, KeyringError> {
        let path = self.secret_file();
        let file = match File::open(&path) {
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Err(KeyringError::Missing(path)),
            file => file.map_err(FileError::io(&path, "read"))?,
        };
        refuse_exposed(&path, &file.metadata().map_err(FileError::io(&path, "read"))?)?;
        // Room from the start: a growing buffer would leave unwiped copies behind.
        let mut text = Zeroizing::new(String::with_capacity(MAX_KEY_BYTES + 1));
        match file.take(MAX_KEY_BYTES as u64 + 1).read_to_string(&mut text) {
            Ok(read) if read <= MAX_KEY_BYTES => Ok(text),
            Err(why) if why.kind() != io::ErrorKind::InvalidData => {
                Err(FileError::io(&path, "read")(why).into())
            }
            _ => Err(KeyringError::NotAKey(path)),
        }
    }
}

#[cfg(unix)]
fn refuse_exposed(path: &Path, entry: &Metadata) -> Result<(), KeyringError> {
    let mode = std::os::unix::fs::MetadataExt::mode(entry) & 0o7777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(KeyringError::Exposed { path: path.to_owned(), mode })
}

/// Where files have no mode they inherit the rights of the user's profile, which others cannot read.
#[cfg(not(unix))]
fn refuse_exposed(_: &Path, _: &Metadata) -> Result<(), KeyringError> {
    Ok(())
}
