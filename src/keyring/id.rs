//! The ids of keys: what a key's files are called.

use std::fmt;
use std::str::FromStr;

/// The longest id, in characters: with an extension it stays far below what file systems allow.
const MAX_ID: usize = 40;

/// The id of the key that a keyring had before it held several.
const DEFAULT: &str = "issuer";

/// Names that Windows keeps for devices, with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// Why a text is no id of a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyIdError {
    /// Another form.
    #[error(
        "{0:?} is not a key id; expected 1 to {MAX_ID} lower-case letters, digits and hyphens, the first no hyphen"
    )]
    Form(String),
    /// A device of Windows.
    #[error("{0:?} is not a key id, since Windows keeps that name for a device; choose another")]
    Device(String),
}

/// The id of a key: the stem of its files' names, so that it holds no part of a path and is written in one way only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(String);

impl KeyId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the id of the key that signs unless another is asked for.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.0 == DEFAULT
    }
}

impl Default for KeyId {
    fn default() -> Self {
        Self(DEFAULT.to_owned())
    }
}

impl FromStr for KeyId {
    type Err = KeyIdError;

    fn from_str(text: &str) -> Result<Self, KeyIdError> {
        let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
        let shown = || text.chars().take(2 * MAX_ID).collect();
        if text.is_empty() || text.len() > MAX_ID || text.starts_with('-') || !text.bytes().all(plain) {
            return Err(KeyIdError::Form(shown()));
        }
        let device = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let numbered = text.len() - device.len();
        if DEVICES.contains(&device) && numbered == usize::from(matches!(device, "com" | "lpt")) {
            return Err(KeyIdError::Device(shown()));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}
