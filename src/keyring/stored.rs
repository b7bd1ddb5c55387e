//! One key on disk: made once, read with care, never overwritten.

use std::fs::Metadata;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ed25519_dalek::{SigningKey, VerifyingKey};
use zeroize::Zeroizing;

use super::error::KeyringError;
use super::id::KeyId;
use super::pem;
use super::public::{DID_KEY, did_key_line};
use crate::store::files::{Access, FileError, clear_remains, open_regular, read_at_most, write_new};
use crate::system;
use crate::trust::multikey;

/// The largest key file, in bytes: an encrypted Ed25519 key in PEM has about 400.
const MAX_KEY_BYTES: usize = 16 * 1024;

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

/// The public half of a key that is to be made from these bytes.
#[must_use]
pub fn public_of(seed: &Zeroizing<[u8; 32]>) -> VerifyingKey {
    SigningKey::from_bytes(seed).verifying_key()
}

/// A key's place in a keyring: the two files of its id. Naming it reads and creates nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredKey {
    pub(super) dir: PathBuf,
    pub(super) id: KeyId,
}

impl StoredKey {
    /// The key's id.
    #[must_use]
    pub const fn id(&self) -> &KeyId {
        &self.id
    }

    /// The file of the secret key.
    #[must_use]
    pub fn secret_file(&self) -> PathBuf {
        self.dir.join(format!("{}.pem", self.id))
    }

    /// The file of the public key.
    #[must_use]
    pub fn public_file(&self) -> PathBuf {
        self.dir.join(format!("{}.pub", self.id))
    }

    /// Whether a secret key is there.
    ///
    /// # Errors
    /// When that cannot be seen, as in a folder that is another user's: such a key is not known to be missing.
    pub fn exists(&self) -> Result<bool, KeyringError> {
        is_there(&self.secret_file())
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
    /// otherwise what cannot be seen or written. No file is ever overwritten. What a program that was ended while it made a
    /// key left of it is removed first.
    pub fn create(
        &self,
        passphrase: Option<&Zeroizing<String>>,
        seed: &Zeroizing<[u8; 32]>,
    ) -> Result<IssuerKey, KeyringError> {
        clear_remains(&self.dir)?;
        // The secret half is written first, so who sees the public one without it sees a key that is lost.
        let has_public = is_there(&self.public_file())?;
        if self.exists()? {
            return Err(KeyringError::Exists(self.secret_file()));
        }
        if has_public {
            return Err(KeyringError::Orphan { public: self.public_file(), id: self.id.clone() });
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
        if !self.exists()? {
            return Err(self.missing());
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
                let text = did_key_line(&public);
                match write_new(&self.public_file(), text.as_bytes(), Access::Everyone) {
                    // Another program wrote it since; what it wrote is compared.
                    Err(FileError::Exists(_)) if self.read_public()? == Some(public) => Ok(()),
                    other => Ok(other?),
                }
            }
        }
    }

    fn missing(&self) -> KeyringError {
        match self.id.is_default() {
            true => KeyringError::Missing(self.secret_file()),
            false => KeyringError::Unknown { id: self.id.clone(), dir: self.dir.clone() },
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
        let Some(file) = open_regular(&path)? else { return Err(self.missing()) };
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

/// Whether something of that name is there, be it a link that leads nowhere.
fn is_there(path: &Path) -> Result<bool, KeyringError> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(why) => Err(FileError::io(path, "looked at")(why).into()),
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
