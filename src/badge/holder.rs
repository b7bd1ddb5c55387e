//! Whom a badge is about: a plain name, and an e-mail address that can be compared but not read.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::badge::reasons::Reason;

/// Longest name in UTF-8 bytes: it rides in the QR code.
pub const MAX_NAME_BYTES: usize = 40;
/// Longest e-mail address (RFC 5321: 254 octets).
pub const MAX_EMAIL_BYTES: usize = 254;

/// Why a name or address cannot stand in a badge.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub enum HolderError {
    /// Empty, or with characters that do harm in a terminal.
    Name(#[from] crate::trust::NameError),
    /// Too long for the QR code.
    LongName(String, usize, usize),
    /// Braces, by which some wallets find the end of a badge in a picture.
    Braces(String),
    /// Not of the form `somebody@somewhere`.
    Email(String),
}

impl HolderError {
    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::Name(why) => Reason::from(why),
            Self::LongName(name, size, most) => Reason::new("holder-long")
                .with("name", format!("{name:?}"))
                .with("size", *size)
                .with("most", *most),
            Self::Braces(name) => Reason::new("holder-braces").with("name", format!("{name:?}")),
            Self::Email(address) => Reason::new("holder-e-mail-form").with("address", format!("{address:?}")),
        }
    }
}

/// A few words as they stand in a badge: NFC, trimmed, single spaces, 1 to `MOST` bytes of UTF-8.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Phrase<const MOST: usize>(String);

/// A name as it stands in a badge: the holder's, and those of others who are named there.
pub type HolderName = Phrase<MAX_NAME_BYTES>;

impl<const MOST: usize> Phrase<MOST> {
    /// Takes what a person entered.
    ///
    /// # Errors
    /// When it is empty, too long, or holds control characters, bidirectional overrides or braces.
    pub fn new(entered: &str) -> Result<Self, HolderError> {
        let name = crate::trust::checked_name(entered)?;
        match name.len() {
            n if n > MOST => Err(HolderError::LongName(name, n, MOST)),
            _ if name.contains(['{', '}']) => Err(HolderError::Braces(name)),
            _ => Ok(Self(name)),
        }
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An e-mail address that may be kept or hashed, without the white space around it: something, one `@`, a domain of at
/// least two labels, nothing that cannot be shown. Nobody asks whether somebody reads it.
///
/// # Errors
/// When the text cannot be an address.
pub fn checked_email(entered: &str) -> Result<&str, HolderError> {
    let address = entered.trim();
    let plain = crate::trust::is_displayable(address) && !address.contains(char::is_whitespace);
    let is_domain = |domain: &str| domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
    match address.split_once('@') {
        Some((local, domain))
            if plain
                && address.len() <= MAX_EMAIL_BYTES
                && !local.is_empty()
                && !domain.contains('@')
                && is_domain(domain) =>
        {
            Ok(address)
        }
        _ => Err(HolderError::Email(address.to_owned())),
    }
}

/// A salted SHA-256 of an e-mail address: it binds, it does not hide (addresses can be guessed).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashedEmail {
    /// SHA-256 of the address followed by [`Self::salt_text`].
    pub hash: [u8; 32],
    /// The salt.
    pub salt: [u8; 8],
}

impl HashedEmail {
    /// Hashes an address, in lower case, with a salt drawn by the caller.
    ///
    /// # Errors
    /// When `address` does not look like one.
    pub fn new(address: &str, salt: [u8; 8]) -> Result<Self, HolderError> {
        let address = checked_email(address)?.to_lowercase();
        Ok(Self { hash: hash(&address, &salt_text(salt)), salt })
    }

    /// The salt as the credential has it: sixteen hexadecimal digits.
    pub fn salt_text(&self) -> String {
        salt_text(self.salt)
    }

    /// The hash as the credential has it: `sha256$` and 64 hexadecimal digits (OB 3.0, IdentityObject).
    pub fn text(&self) -> String {
        format!("sha256${}", data_encoding::HEXLOWER.encode(&self.hash))
    }
}

fn salt_text(salt: [u8; 8]) -> String {
    data_encoding::HEXLOWER.encode(&salt)
}

/// SHA-256 of an identifier followed by a salt, both as UTF-8 (OB 3.0, IdentityObject).
pub fn hash(identifier: &str, salt: &str) -> [u8; 32] {
    Sha256::new().chain_update(identifier).chain_update(salt).finalize().into()
}
