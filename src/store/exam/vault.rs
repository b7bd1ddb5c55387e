//! The bank of an exam's passages: encrypted at rest, with a passphrase, as `age` does it.

use std::io::{Read, Write};
use std::iter;

use age::scrypt::{Identity, Recipient};
use age::secrecy::SecretString;
use age::{Decryptor, Encryptor};
use zeroize::Zeroizing;

use crate::exam::passages::Bank;

/// Largest bank that is opened, in bytes.
pub const MAX_BYTES: u64 = crate::exam::passages::MAX_BANK_BYTES as u64;

/// Shortest passphrase in characters: whoever has the file can try as long as they like.
pub const LEAST_CHARACTERS: usize = 8;

/// The work of a guess: 2 to this power, as the standard has it; more is refused, since it would keep a machine busy for hours.
const MAX_WORK: u8 = 20;

/// Why a bank could not be encrypted or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The passphrase is too short.
    #[error("the passphrase has fewer than {LEAST_CHARACTERS} characters; take a longer one")]
    Short,
    /// The passphrase is another one.
    #[error("the passphrase does not open the bank; type it again")]
    Passphrase,
    /// It is not encrypted with a passphrase.
    #[error("the bank is encrypted for keys, not with a passphrase; make it with `typeproof exam bank`")]
    Keys,
    /// It is no file of age, or was altered.
    #[error("the bank cannot be opened ({0}); make it again with `typeproof exam bank`")]
    Damaged(String),
    /// What is inside is no bank.
    #[error("{0}")]
    Faults(#[from] crate::exam::fault::Faults),
}

/// The bytes of a bank's text under a passphrase. `work` is the work of a guess as a power of two; where it is not given, as
/// much as a second allows.
///
/// # Errors
/// [`VaultError::Short`] for a short passphrase; the faults of a text that is no bank.
pub fn seal(name: &str, text: &str, passphrase: &str, work: Option<u8>) -> Result<Vec<u8>, VaultError> {
    if passphrase.chars().count() < LEAST_CHARACTERS {
        return Err(VaultError::Short);
    }
    Bank::parse(name, text)?;
    let mut recipient = Recipient::new(SecretString::from(passphrase.to_owned()));
    if let Some(work) = work.filter(|work| (1..=MAX_WORK).contains(work)) {
        recipient.set_work_factor(work);
    }
    let damaged = |why: &dyn ToString| VaultError::Damaged(why.to_string());
    let recipients = iter::once(&recipient as &dyn age::Recipient);
    let encryptor = Encryptor::with_recipients(recipients).map_err(|why| damaged(&why))?;
    let mut sealed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut sealed).map_err(|why| damaged(&why))?;
    writer.write_all(text.as_bytes()).map_err(|why| damaged(&why))?;
    writer.finish().map_err(|why| damaged(&why))?;
    Ok(sealed)
}

/// The bank in a file, opened with its passphrase. Its text is in memory only.
///
/// # Errors
/// When the passphrase is another one, when the file was altered, and when what is inside is no bank.
pub fn open(name: &str, sealed: &[u8], passphrase: &str) -> Result<Bank, VaultError> {
    let damaged = |why: &dyn ToString| VaultError::Damaged(why.to_string());
    let decryptor = Decryptor::new(sealed).map_err(|why| damaged(&why))?;
    if !decryptor.is_scrypt() {
        return Err(VaultError::Keys);
    }
    let mut identity = Identity::new(SecretString::from(passphrase.to_owned()));
    identity.set_max_work_factor(MAX_WORK);
    let identities = iter::once(&identity as &dyn age::Identity);
    let reader = decryptor.decrypt(identities).map_err(|why| match why {
        age::DecryptError::NoMatchingKeys
        | age::DecryptError::DecryptionFailed
        | age::DecryptError::KeyDecryptionFailed => VaultError::Passphrase,
        other => damaged(&other),
    })?;
    let mut text = Zeroizing::new(String::new());
    reader.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(|why| damaged(&why))?;
    Ok(Bank::parse(name, &text)?)
}
