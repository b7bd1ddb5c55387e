//! Bytes as decimal digits, the form a QR symbol packs best, with exactly one spelling for every byte string.

use thiserror::Error;

use crate::badge::reasons::Reason;

/// Bytes in a full group: 256⁷ − 1 needs 17 digits, 2.429 a byte, and still fits 64 bits.
const GROUP_BYTES: usize = 7;

/// Decimal digits that hold any value of 0, 1, … 7 big-endian bytes, the fewest for each.
const GROUP_DIGITS: [usize; GROUP_BYTES + 1] = [0, 3, 5, 8, 10, 13, 15, 17];

/// Digits of a full group.
const FULL_DIGITS: usize = GROUP_DIGITS[GROUP_BYTES];

/// Payload bytes that are read at most: a symbol of version 10 holds 236, with room for longer links kept in files.
pub const MAX_PAYLOAD_BYTES: usize = 400;

/// Digits of the longest payload that is read.
pub const MAX_DIGITS: usize =
    MAX_PAYLOAD_BYTES / GROUP_BYTES * FULL_DIGITS + GROUP_DIGITS[MAX_PAYLOAD_BYTES % GROUP_BYTES];

/// Why a text is not the digits of any payload.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.reason())]
pub enum DigitsError {
    /// More digits than any payload has.
    TooLong {
        /// Bytes of the text.
        digits: usize,
    },
    /// Something other than `0` to `9`.
    NotADigit {
        /// The character.
        found: char,
        /// Its place, counted from 1.
        place: usize,
    },
    /// The digits left over after the full groups fit no number of bytes.
    Length {
        /// Digits in all.
        digits: usize,
    },
    /// A group stands for a number larger than its bytes can hold.
    Overflow {
        /// The group, counted from 1.
        group: usize,
        /// Its digits.
        text: String,
    },
}

impl DigitsError {
    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::TooLong { digits } => {
                Reason::new("digits-many").with("digits", *digits).with("most", MAX_DIGITS)
            }
            Self::NotADigit { found, place } => {
                Reason::new("digits-no-digit").with("found", escaped(*found)).with("place", *place)
            }
            Self::Length { digits } => Reason::new("digits-length").with("digits", *digits),
            Self::Overflow { group, text } => {
                Reason::new("digits-overflow").with("group", *group).with("text", text.as_str())
            }
        }
    }
}

/// A character as a reason may repeat it between `'` and `'`.
pub(super) fn escaped(c: char) -> String {
    let quoted = format!("{c:?}");
    quoted.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).unwrap_or(&quoted).to_owned()
}

/// Writes bytes as digits: each 7 bytes, big-endian, as 17 digits with leading zeros; a last group of k bytes with
/// 3, 5, 8, 10, 13 or 15 digits for k = 1 to 6. No bytes give no digits.
pub fn encode(payload: &[u8]) -> String {
    payload
        .chunks(GROUP_BYTES)
        .map(|group| {
            let value = group.iter().fold(0u64, |value, byte| value << 8 | u64::from(*byte));
            let width = GROUP_DIGITS.get(group.len()).copied().unwrap_or(FULL_DIGITS);
            format!("{value:0width$}")
        })
        .collect()
}

/// Reads digits back to the only bytes that [`encode`] writes so.
///
/// # Errors
///
/// [`DigitsError`] for more than [`MAX_DIGITS`] digits, for anything but the digits 0 to 9, for a last group of a
/// length that no bytes have, and for a group whose number is 256ᵏ or more for its k bytes.
pub fn decode(text: &str) -> Result<Vec<u8>, DigitsError> {
    if text.len() > MAX_DIGITS {
        return Err(DigitsError::TooLong { digits: text.len() });
    }
    if let Some((before, found)) = text.chars().enumerate().find(|(_, c)| !c.is_ascii_digit()) {
        return Err(DigitsError::NotADigit { found, place: before + 1 });
    }
    let mut payload = Vec::with_capacity(MAX_PAYLOAD_BYTES);
    for (before, group) in text.as_bytes().chunks(FULL_DIGITS).enumerate() {
        let Some(bytes) = GROUP_DIGITS.iter().position(|digits| *digits == group.len()) else {
            return Err(DigitsError::Length { digits: text.len() });
        };
        let value = group.iter().fold(0u64, |value, digit| value * 10 + u64::from(digit - b'0'));
        if value >> (8 * bytes) != 0 {
            let text = String::from_utf8_lossy(group).into_owned();
            return Err(DigitsError::Overflow { group: before + 1, text });
        }
        payload.extend(value.to_be_bytes().iter().skip(8 - bytes));
    }
    Ok(payload)
}
