//! Seat codes: what a candidate types once, with the number, to take a seat.

use std::fmt;
use std::hint::black_box;

use sha2::{Digest, Sha256};

/// The letters and digits of a code: those that look like others (0 and O, 1 and I) are left out.
const SYMBOLS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Symbols of a code: forty bits. With five tries a seat, one of 30 open codes is guessed once in seven thousand million
/// sessions.
const LENGTH: usize = 8;

/// A one-time code that takes a seat. Its text is shown by [`fmt::Display`] alone, since only the sheet prints it.
#[derive(Clone, PartialEq, Eq)]
pub struct SeatCode([u8; LENGTH]);

/// What is kept of a code: salted SHA-256, from which nobody reads it at a glance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CodeDigest {
    /// Sixteen random bytes.
    pub salt: [u8; 16],
    /// SHA-256 of salt and code.
    pub digest: [u8; 32],
}

impl SeatCode {
    /// The code of five random bytes: five bits a symbol.
    #[must_use]
    pub fn of(random: [u8; 5]) -> Self {
        let bits = random.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        Self(std::array::from_fn(|i| {
            let symbol = (bits >> (5 * (LENGTH - 1 - i)) & 31) as usize;
            SYMBOLS.get(symbol).copied().unwrap_or_default()
        }))
    }

    /// What is kept of it.
    #[must_use]
    pub fn digest(&self, salt: [u8; 16]) -> CodeDigest {
        CodeDigest { salt, digest: digest_of(&self.0, &salt) }
    }
}

impl fmt::Display for SeatCode {
    /// In two groups of four: `K7RM-2QXD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, symbol) in self.0.iter().enumerate() {
            let gap = if i == LENGTH / 2 { "-" } else { "" };
            write!(f, "{gap}{}", char::from(*symbol))?;
        }
        Ok(())
    }
}

impl fmt::Debug for SeatCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SeatCode(..)")
    }
}

impl CodeDigest {
    /// Whether this is the code: upper or lower case, with or without hyphens and spaces. It takes the same time wherever the
    /// first difference is.
    ///
    /// ```
    /// use typeproof::exam::SeatCode;
    ///
    /// let code = SeatCode::of([0x12, 0x34, 0x56, 0x78, 0x9a]);
    /// let kept = code.digest([7; 16]);
    /// assert!(kept.matches(&code.to_string().to_lowercase()));
    /// assert!(!kept.matches("2222-2222"));
    /// ```
    #[must_use]
    pub fn matches(&self, typed: &str) -> bool {
        let kept = |c: &char| !matches!(c, '-' | ' ' | '\u{2010}'..='\u{2015}');
        let plain: String = typed.chars().filter(kept).take(LENGTH + 1).collect();
        let other = digest_of(plain.to_ascii_uppercase().as_bytes(), &self.salt);
        let differences = self.digest.iter().zip(other).fold(0u8, |all, (a, b)| all | (a ^ b));
        black_box(differences) == 0
    }

    /// A digest that no code has: who knows no such number compares with it, and takes as long.
    #[must_use]
    pub const fn of_nobody() -> Self {
        Self { salt: [0; 16], digest: [0; 32] }
    }
}

fn digest_of(code: &[u8], salt: &[u8; 16]) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"typeproof seat code 1\n")
        .chain_update(salt)
        .chain_update(code)
        .finalize()
        .into()
}
