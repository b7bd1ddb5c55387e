//! Texts in the bytes of a claim: their length, then their UTF-8.

use super::ClaimError;
use crate::typing::bytes::{BytesError, Reader, push_varint};

/// Writes a text; nothing where there is none.
pub(super) fn push_text(out: &mut Vec<u8>, text: Option<&str>) {
    if let Some(text) = text {
        push_varint(out, text.len() as u64);
        out.extend_from_slice(text.as_bytes());
    }
}

/// Reads a text of at most so many bytes; `what` names it where it cannot be.
pub(super) fn read_text(
    r: &mut Reader<'_>,
    longest: usize,
    what: &'static str,
) -> Result<String, ClaimError> {
    let length = r.varint_to(longest as u64, what)? as usize;
    let text = std::str::from_utf8(r.take(length, what)?);
    Ok(text.map_err(|e| BytesError::Text(what, e.to_string()))?.to_owned())
}
