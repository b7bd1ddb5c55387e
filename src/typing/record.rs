//! A record: the attempt files of all that was practised, in their order, behind the list of their digests. The evidence
//! of a badge that rests on more than one attempt.
//!
//! # Bytes, version 1
//!
//! The *list*: `"TPR" 0x01`, the number of attempts, and the SHA-256 (32 bytes) of each attempt file, in order. Then each
//! attempt file: its length and its bytes, which are compressed already. Numbers are varints (LEB128, shortest form). The
//! SHA-256 of the list is the record's name: it fixes every attempt and their order, and whoever holds the list and one
//! attempt file can tell that the one belongs to the other.

use sha2::{Digest, Sha256};

use super::attempt;
use super::bytes::{BytesError, Reader, push_varint};

/// Largest record in bytes: a hundred hours at twelve keys a second, the fastest that anybody keeps up, are 4.3 million
/// keys of about two bytes each; with texts and descriptions of ten thousand attempts that is some 20 MB, and this leaves
/// room for three times as much.
pub const MAX_BYTES: usize = 64 << 20;

/// Most attempts in a record: a hundred hours in exercises of six seconds.
pub const MAX_ATTEMPTS: usize = 60_000;

/// How a record begins.
const MAGIC: &[u8; 4] = b"TPR\x01";

/// Why attempts make no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Too many attempts.
    #[error(
        "a record holds at most {MAX_ATTEMPTS} attempts, and these are {0}; a badge cannot rest on all of them"
    )]
    Many(usize),
    /// Too many bytes.
    #[error(
        "a record holds at most {MAX_BYTES} bytes, and these attempts have {0}; a badge cannot rest on all of them"
    )]
    Large(usize),
}

/// A record as it was read: nothing of it is checked but its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<'a> {
    /// The digests of the list.
    pub digests: Vec<[u8; 32]>,
    /// The attempt files, one for each digest.
    pub files: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    /// The record of these attempt files.
    #[must_use]
    pub fn of(files: Vec<&'a [u8]>) -> Self {
        Self { digests: files.iter().map(|file| attempt::digest(file)).collect(), files }
    }

    /// Reads a record.
    ///
    /// # Errors
    /// On anything that [`Self::to_bytes`] would not write, and beyond the limits. Whether the digests are those of the
    /// files is for the reader to ask.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, BytesError> {
        if bytes.len() > MAX_BYTES {
            return Err(BytesError::Value("size of the record", bytes.len() as u64));
        }
        let body = bytes.strip_prefix(MAGIC).ok_or(BytesError::Magic("a typeproof record, version 1"))?;
        let mut r = Reader::new(body);
        let count = r.varint_to(MAX_ATTEMPTS as u64, "number of attempts")? as usize;
        let digests = (0..count).map(|_| r.array("digest")).collect::<Result<_, _>>()?;
        let mut file = |_| {
            let length = r.varint_to(attempt::MAX_BYTES as u64, "length of an attempt")? as usize;
            r.take(length, "attempt")
        };
        let files = (0..count).map(&mut file).collect::<Result<_, _>>()?;
        r.finish()?;
        Ok(Self { digests, files })
    }

    /// Writes the record; see the module's text for the format.
    ///
    /// # Errors
    /// [`RecordError`] beyond the limits.
    pub fn to_bytes(&self) -> Result<Vec<u8>, RecordError> {
        if self.files.len() > MAX_ATTEMPTS {
            return Err(RecordError::Many(self.files.len()));
        }
        let mut out = self.list();
        for file in &self.files {
            push_varint(&mut out, file.len() as u64);
            out.extend_from_slice(file);
        }
        if out.len() > MAX_BYTES { Err(RecordError::Large(out.len())) } else { Ok(out) }
    }

    /// The SHA-256 of the list, which a badge names as its evidence.
    #[must_use]
    pub fn name(&self) -> [u8; 32] {
        Sha256::digest(self.list()).into()
    }

    fn list(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        push_varint(&mut out, self.digests.len() as u64);
        self.digests.iter().for_each(|digest| out.extend_from_slice(digest));
        out
    }
}

/// Whether bytes begin as a record does, and not as a single attempt.
#[must_use]
pub fn is_record(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}
