//! Baking into PNG: one uncompressed `iTXt` chunk with the keyword `openbadgecredential`, straight after the header.

use serde_json::Value;

use super::ascii::ascii;
use super::error::{BakeError, PICTURE_MAX};
use crate::badge::vc::json;

/// The first four bytes of a PNG file, which distinguish it from other files.
pub(super) const BEGINNING: &[u8] = b"\x89PNG";

/// The first eight bytes of a PNG file (PNG specification, section 5.2).
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// How many chunks are read: encoders write the image in pieces of 8 KiB and more, so that the largest picture read has
/// 2,048 of them and a few others; a chunk may be empty, and then it has a million.
const CHUNKS_MAX: usize = 10_000;

/// The keyword of the chunk (Open Badges 3.0, section 5.3).
const KEYWORD: &[u8] = b"openbadgecredential";

/// The keyword of Open Badges 2.
const KEYWORD_2: &[u8] = b"openbadges";

/// Bakes a credential into a PNG picture, in place of one that is there.
///
/// # Errors
/// [`BakeError`] when the picture is no whole PNG, or the credential is too large to be read again.
pub fn png(picture: &[u8], credential: &Value) -> Result<Vec<u8>, BakeError> {
    // Keyword, then: not compressed, method 0, no language, no translated keyword; the text follows.
    let data = [KEYWORD, &[0; 5], ascii(credential)?.as_bytes()].concat();
    let mut baked = SIGNATURE.to_vec();
    for chunk in chunks(picture)? {
        let chunk = chunk?;
        if !chunk.is_text(KEYWORD) {
            baked.extend_from_slice(chunk.whole);
        }
        if chunk.kind == b"IHDR" {
            baked.extend(whole(b"iTXt", &data));
        }
    }
    match baked.len() {
        ..=PICTURE_MAX => Ok(baked),
        size => Err(BakeError::PictureTooLarge { size }),
    }
}

/// The text that is baked into a PNG picture.
pub(super) fn found(picture: &[u8]) -> Result<String, BakeError> {
    let (mut found, mut older): (Option<String>, bool) = (None, false);
    for chunk in chunks(picture)? {
        let chunk = chunk?;
        older |= chunk.is_text(KEYWORD_2);
        if !chunk.is_text(KEYWORD) {
            continue;
        }
        let text = text_of(&chunk)?;
        match &found {
            // Some tools bake the same badge once more instead of replacing it.
            Some(first) if !is_same(first, &text) => return Err(BakeError::Several),
            _ => found = Some(text),
        }
    }
    match found {
        Some(text) => Ok(text),
        None if older => Err(BakeError::OpenBadges2),
        None => Err(BakeError::NoBadge),
    }
}

/// Whether two texts are the same badge: letter for letter, or as JSON.
fn is_same(a: &str, b: &str) -> bool {
    let json = |text: &str| json::parse(text.as_bytes()).ok();
    a == b || json(a).is_some_and(|a| json(b) == Some(a))
}

/// The text of an `iTXt` chunk (PNG specification, section 11.3.3.4).
fn text_of(chunk: &Chunk<'_>) -> Result<String, BakeError> {
    let form = |what| BakeError::Form { what };
    if chunk.kind != b"iTXt" {
        return Err(form("bake-form-kind"));
    }
    let after_keyword = chunk.data.get(KEYWORD.len() + 1..).unwrap_or_default();
    let rest = match after_keyword {
        [0, 0, rest @ ..] => rest,
        [1, ..] => return Err(BakeError::Compressed),
        _ => return Err(form("bake-form-malformed")),
    };
    let text = rest.splitn(3, |byte| *byte == 0).nth(2).ok_or(form("bake-form-malformed"))?;
    str::from_utf8(text).map(str::to_owned).map_err(|_| form("bake-form-utf-8"))
}

/// A piece of a PNG file.
struct Chunk<'a> {
    kind: &'a [u8],
    data: &'a [u8],
    /// With length, type and checksum.
    whole: &'a [u8],
}

impl Chunk<'_> {
    /// Whether it is a text of this keyword, in any of the three kinds of text chunk.
    fn is_text(&self, keyword: &[u8]) -> bool {
        let text = [b"iTXt", b"tEXt", b"zTXt"].iter().any(|kind| self.kind == *kind);
        text && self.data.split(|byte| *byte == 0).next() == Some(keyword)
    }
}

/// A chunk as bytes: length, type, data, CRC-32 of the last two.
fn whole(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes();
    let body = [kind, data].concat();
    let checksum = crc32fast::hash(&body).to_be_bytes();
    [&length[..], &body, &checksum].concat()
}

/// The chunks of a PNG from `IHDR` to `IEND`, each with a good checksum and at most [`CHUNKS_MAX`]; an error
/// is the last item.
fn chunks(picture: &[u8]) -> Result<impl Iterator<Item = Result<Chunk<'_>, BakeError>>, BakeError> {
    let broken = BakeError::Png { what: "bake-png-beginning" };
    let mut rest = picture.strip_prefix(SIGNATURE).ok_or(broken)?;
    let (mut count, mut over) = (0, false);
    Ok(std::iter::from_fn(move || {
        if over {
            return None;
        }
        count += 1;
        let first = count == 1;
        let chunk = match count {
            ..=CHUNKS_MAX => next(&mut rest),
            _ => Err(BakeError::TooManyParts { most: CHUNKS_MAX }),
        };
        let found = chunk.and_then(|chunk| match chunk.kind {
            b"IHDR" if !first => Err(BakeError::Png { what: "bake-png-headers" }),
            b"IHDR" => Ok(chunk),
            _ if first => Err(BakeError::Png { what: "bake-png-no-header" }),
            b"IEND" if !rest.is_empty() => Err(BakeError::Png { what: "bake-png-behind" }),
            _ => Ok(chunk),
        });
        over = found.as_ref().map_or(true, |chunk| chunk.kind == b"IEND");
        Some(found)
    }))
}

/// The next chunk; a picture without one has no end.
fn next<'a>(rest: &mut &'a [u8]) -> Result<Chunk<'a>, BakeError> {
    let (length, _) = rest.split_first_chunk::<4>().ok_or(BakeError::Incomplete)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
    let end = length.checked_add(12).ok_or(BakeError::Incomplete)?;
    let (whole, after) = rest.split_at_checked(end).ok_or(BakeError::Incomplete)?;
    let (body, checksum) = whole.split_last_chunk::<4>().ok_or(BakeError::Incomplete)?;
    let (_, body) = body.split_first_chunk::<4>().ok_or(BakeError::Incomplete)?;
    let (kind, data) = body.split_at_checked(4).ok_or(BakeError::Incomplete)?;
    if !kind.iter().all(u8::is_ascii_alphabetic) {
        return Err(BakeError::Png { what: "bake-png-name" });
    }
    if crc32fast::hash(body).to_be_bytes() != *checksum {
        return Err(BakeError::Checksum { chunk: String::from_utf8_lossy(kind).into_owned() });
    }
    *rest = after;
    Ok(Chunk { kind, data, whole })
}
