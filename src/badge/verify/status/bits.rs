//! The list itself: a bit for each badge, packed with gzip and written in base64url (Bitstring Status List, section 3).

use std::collections::BTreeSet;

use data_encoding::BASE64URL_NOPAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::badge::reasons::Reason;

/// The fewest places of a list: fewer would tell who looks at which badge (section 3.4 of the specification).
pub const LENGTH_MIN: u32 = 131_072;

/// The most places of a list that is read: 128 KiB unpacked, eight times the least.
pub const LENGTH_MAX: u32 = 1 << 20;

/// What gzip writes first: its mark, deflate, no options, no time, no system (RFC 1952, section 2.3).
const GZIP: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// How hard deflate tries, of 10.
const LEVEL: u8 = 9;

/// The marked places as `encodedList`; all of them lie within the length.
pub(super) fn encode(marked: &BTreeSet<u32>, length: u32) -> String {
    let mut bytes = vec![0_u8; length.div_ceil(8) as usize];
    for index in marked {
        // The first place is the highest bit of the first byte.
        if let Some(byte) = bytes.get_mut((index / 8) as usize) {
            *byte |= 0x80 >> (index % 8);
        }
    }
    let trailer = [crc32fast::hash(&bytes).to_le_bytes(), (bytes.len() as u32).to_le_bytes()].concat();
    let packed = [&GZIP[..], &compress_to_vec(&bytes, LEVEL), &trailer].concat();
    format!("u{}", BASE64URL_NOPAD.encode(&packed))
}

/// The marked places and the length of an `encodedList`, or what is wrong with it. In lists of 2021 no letter for the
/// coding stands in front, and some pad the end.
pub(super) fn decode(text: &str, of_2021: bool) -> Result<(BTreeSet<u32>, u32), Reason> {
    let packed = match of_2021 {
        true => text.trim_end_matches('='),
        false => text.strip_prefix('u').ok_or(Reason::new("list-multibase"))?,
    };
    let packed = BASE64URL_NOPAD.decode(packed.as_bytes()).map_err(|_| Reason::new("list-base64"))?;
    let bytes = gunzip(&packed)?;
    let length = u32::try_from(bytes.len() * 8).unwrap_or(u32::MAX);
    if length < LENGTH_MIN {
        return Err(Reason::new("list-short").with("least", LENGTH_MIN));
    }
    let marked = (0_u32..).zip(&bytes).filter(|(_, byte)| **byte != 0).flat_map(|(place, byte)| {
        (0..8).filter(move |bit| byte & (0x80 >> bit) != 0).map(move |bit| place * 8 + bit)
    });
    Ok((marked.collect(), length))
}

/// Unpacks one gzip member of at most [`LENGTH_MAX`] bits.
fn gunzip(packed: &[u8]) -> Result<Vec<u8>, Reason> {
    let broken = || Reason::new("list-gzip");
    let (body, size) = packed.split_last_chunk::<4>().ok_or_else(broken)?;
    let (body, checksum) = body.split_last_chunk::<4>().ok_or_else(broken)?;
    let size = u32::from_le_bytes(*size);
    if size > LENGTH_MAX / 8 {
        return Err(Reason::new("list-long").with("most", LENGTH_MAX));
    }
    let deflated = deflated(body).ok_or_else(broken)?;
    let bytes = decompress_to_vec_with_limit(deflated, size as usize).map_err(|_| broken())?;
    match bytes.len() == size as usize && crc32fast::hash(&bytes).to_le_bytes() == *checksum {
        true => Ok(bytes),
        false => Err(broken()),
    }
}

/// What follows gzip's header, with the options that it may have: a name, a comment, an extra field, a checksum.
fn deflated(member: &[u8]) -> Option<&[u8]> {
    let ([0x1f, 0x8b, 8, flags, ..], mut rest) = member.split_at_checked(GZIP.len())? else { return None };
    if flags & 0xe0 != 0 {
        return None;
    }
    if flags & 4 != 0 {
        let (length, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(u16::from_le_bytes(*length).into()..)?;
    }
    for text in [8, 16] {
        if flags & text != 0 {
            rest = rest.splitn(2, |byte| *byte == 0).nth(1)?;
        }
    }
    if flags & 2 != 0 { rest.get(2..) } else { Some(rest) }
}
