//! Strict reading of binary data: shortest varints, bounded inflating, no trailing bytes.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// Why binary data was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BytesError {
    /// It does not begin as it should.
    #[error("this is not {0}: it begins differently; give another file, or use a newer typeproof")]
    Magic(&'static str),
    /// It ends too early.
    #[error("the data is cut off at: {0}; copy the file again")]
    Truncated(&'static str),
    /// Something follows the end.
    #[error("{0} bytes follow the end of the data; the file was altered")]
    Trailing(usize),
    /// A number that is not in its shortest form.
    #[error("a number is not in its shortest form at: {0}; the file was altered")]
    LongForm(&'static str),
    /// A value that cannot be.
    #[error("{0}: {1} cannot be; the file was altered")]
    Value(&'static str, u64),
    /// Compressed data that is damaged or grows beyond the limit.
    #[error("the compressed data is damaged, or larger than {0} bytes; the file was altered")]
    Inflate(usize),
    /// Text that is not UTF-8, or a description that does not parse.
    #[error("{0}: {1}")]
    Text(&'static str, String),
}

/// Appends `value` as a varint (LEB128: seven bits a byte, low first).
pub fn push_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Inflates a raw deflate stream that must fill `bytes` exactly.
///
/// # Errors
/// When it is damaged, or larger than `limit` bytes (so that a bomb does no harm).
pub fn inflate(bytes: &[u8], limit: usize) -> Result<Vec<u8>, BytesError> {
    let raw = decompress_to_vec_with_limit(bytes, limit).map_err(|_| BytesError::Inflate(limit))?;
    // The decoder does not say how much it read; a stream that was followed by more does not survive losing a byte.
    let shorter = bytes.get(..bytes.len().saturating_sub(1)).unwrap_or_default();
    match decompress_to_vec_with_limit(shorter, limit) {
        Ok(_) => Err(BytesError::Trailing(1)),
        Err(_) => Ok(raw),
    }
}

/// A cursor over bytes from outside.
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Begins at the first of `bytes`.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Takes the next `n` bytes; `what` names them in an error.
    ///
    /// # Errors
    /// When fewer are left.
    pub fn take(&mut self, n: usize, what: &'static str) -> Result<&'a [u8], BytesError> {
        let (head, rest) = self.rest.split_at_checked(n).ok_or(BytesError::Truncated(what))?;
        self.rest = rest;
        Ok(head)
    }

    /// Takes the next `N` bytes as an array.
    ///
    /// # Errors
    /// When fewer are left.
    pub fn array<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], BytesError> {
        let (head, rest) = self.rest.split_first_chunk().ok_or(BytesError::Truncated(what))?;
        self.rest = rest;
        Ok(*head)
    }

    /// Takes one byte.
    ///
    /// # Errors
    /// When none is left.
    pub fn byte(&mut self, what: &'static str) -> Result<u8, BytesError> {
        self.array::<1>(what).map(|[b]| b)
    }

    /// Takes a varint in its shortest form.
    ///
    /// # Errors
    /// When it is cut off, longer than need be, or beyond 64 bits.
    pub fn varint(&mut self, what: &'static str) -> Result<u64, BytesError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let b = self.byte(what)?;
            let bits = u64::from(b & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(BytesError::LongForm(what));
            }
            value |= bits << shift;
            if b & 0x80 == 0 {
                return if b == 0 && shift > 0 { Err(BytesError::LongForm(what)) } else { Ok(value) };
            }
        }
        Err(BytesError::LongForm(what))
    }

    /// Takes a varint of at most `max`.
    ///
    /// # Errors
    /// As [`Self::varint`], and when it is larger.
    pub fn varint_to(&mut self, max: u64, what: &'static str) -> Result<u64, BytesError> {
        let value = self.varint(what)?;
        if value > max { Err(BytesError::Value(what, value)) } else { Ok(value) }
    }

    /// Takes a varint that fits 32 bits.
    ///
    /// # Errors
    /// As [`Self::varint_to`].
    pub fn u32(&mut self, what: &'static str) -> Result<u32, BytesError> {
        self.varint_to(u64::from(u32::MAX), what).map(|v| v as u32)
    }

    /// What is left.
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// When bytes are left.
    pub fn finish(self) -> Result<(), BytesError> {
        if self.rest.is_empty() { Ok(()) } else { Err(BytesError::Trailing(self.rest.len())) }
    }
}
