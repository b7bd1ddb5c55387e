//! A log as bytes: each in the oldest format that says what it says, so that older programs read what they can.

use std::sync::Arc;

use super::{Log, format1, format2, format3};
use crate::typing::bytes::BytesError;
use crate::typing::conduct::Conduct;
use crate::typing::exercise::Exercise;

impl Log {
    /// Writes the log of a session on `exercise`; see [`format1`], [`format2`] and [`format3`].
    pub fn to_bytes(&self, exercise: &Arc<Exercise>) -> Vec<u8> {
        match self.conduct {
            Conduct::First => format1::write(self, exercise),
            Conduct::Second => format2::write(self, exercise),
            Conduct::Third => format3::write(self, exercise),
        }
    }

    /// Reads a log of a session on `exercise`.
    ///
    /// # Errors
    /// On anything that [`Self::to_bytes`] would not write: another version, truncation, trailing bytes, unknown
    /// codes, numbers and keys in a longer form, and data that inflates beyond the limits. Only the packing is free,
    /// as deflate is: the digest of the file pins it.
    pub fn from_bytes(bytes: &[u8], exercise: &Arc<Exercise>) -> Result<Self, BytesError> {
        if let Some(body) = bytes.strip_prefix(format1::MAGIC) {
            return format1::read(body, exercise);
        }
        if let Some(body) = bytes.strip_prefix(format2::MAGIC) {
            return format2::read(body, exercise);
        }
        let unknown = BytesError::Magic("a typeproof keystroke log, version 1, 2 or 3");
        format3::read(bytes.strip_prefix(format3::MAGIC).ok_or(unknown)?, exercise)
    }
}
