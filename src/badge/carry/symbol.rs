//! The QR symbol of a link: the smallest that holds it, then as well protected as its size allows.

mod read;

use qrcode::{Color, EcLevel, QrCode, Version};
use thiserror::Error;

pub use read::read;

/// The largest version that is drawn: up to here good decoders read every photograph that gives a module five camera
/// pixels, beyond it a code no longer fits an ordinary terminal and cameras begin to fail.
pub const MAX_VERSION: u8 = 10;

/// Bytes of text that are tried at all: the digits a version 10-L symbol holds (ISO/IEC 18004, table 7), the densest
/// of its contents.
pub const MAX_TEXT_BYTES: usize = 652;

/// How much of a symbol may be lost: about 7, 15 or 25 % of its codewords (ISO/IEC 18004).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Correction {
    /// Level L, 7 %.
    L,
    /// Level M, 15 %.
    M,
    /// Level Q, 25 %.
    Q,
}

impl Correction {
    fn level(self) -> EcLevel {
        match self {
            Self::L => EcLevel::L,
            Self::M => EcLevel::M,
            Self::Q => EcLevel::Q,
        }
    }
}

/// Why a text has no symbol.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SymbolError {
    /// The text does not fit the largest symbol that is drawn.
    #[error(
        "a link of {bytes} bytes needs a QR code above version {MAX_VERSION}, which cameras read badly; shorten the address or the holder's name, or hand over the badge file"
    )]
    TooLong {
        /// Bytes of the text.
        bytes: usize,
    },
}

/// A QR symbol: a square of dark and light modules, without its quiet zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    size: usize,
    version: u8,
    correction: Correction,
    modules: Vec<Color>,
}

impl Symbol {
    /// The symbol of a text: the smallest version that holds it at level L, then the highest of L, M and Q that this
    /// version still holds.
    ///
    /// # Errors
    ///
    /// [`SymbolError::TooLong`] if version [`MAX_VERSION`] does not hold it.
    pub fn new(text: &str) -> Result<Self, SymbolError> {
        let too_long = SymbolError::TooLong { bytes: text.len() };
        if text.len() > MAX_TEXT_BYTES {
            return Err(too_long);
        }
        let smallest =
            (1..=MAX_VERSION).find_map(|version| Self::at(text, version, Correction::L)).ok_or(too_long)?;
        let safer = [Correction::Q, Correction::M];
        Ok(safer.into_iter().find_map(|level| Self::at(text, smallest.version, level)).unwrap_or(smallest))
    }

    fn at(text: &str, version: u8, correction: Correction) -> Option<Self> {
        let code = QrCode::with_version(text, Version::Normal(version.into()), correction.level()).ok()?;
        Some(Self { size: code.width(), version, correction, modules: code.into_colors() })
    }

    /// Modules along a side: 17 + 4 × version, so 21 to 57, and always odd.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The version, 1 to [`MAX_VERSION`].
    pub fn version(&self) -> u8 {
        self.version
    }

    /// The level of error correction.
    pub fn correction(&self) -> Correction {
        self.correction
    }

    /// Whether the module in column `x` of row `y` is dark, both counted from 0 at the top left; outside the symbol
    /// all is light.
    pub fn dark(&self, x: usize, y: usize) -> bool {
        x < self.size && y < self.size && self.modules.get(y * self.size + x) == Some(&Color::Dark)
    }

    /// The rows of the symbol with `quiet` light modules around it; `true` is dark.
    pub fn framed(&self, quiet: usize) -> Vec<Vec<bool>> {
        let side = self.size + 2 * quiet;
        let dark = |x: usize, y: usize| match (x.checked_sub(quiet), y.checked_sub(quiet)) {
            (Some(x), Some(y)) => self.dark(x, y),
            _ => false,
        };
        (0..side).map(|y| (0..side).map(|x| dark(x, y)).collect()).collect()
    }
}
