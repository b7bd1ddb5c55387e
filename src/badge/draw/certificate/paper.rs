//! The sheet that a certificate is printed on.

/// The size of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// ISO 216 A4, 210 × 297 mm.
    #[default]
    A4,
    /// US Letter, 8.5 × 11 inches.
    Letter,
}

/// Territories whose offices print on Letter (CLDR 46, supplemental data, paperSize `US-Letter`).
const LETTER: [&str; 14] =
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"];

impl Paper {
    /// The paper of a locale such as `en_US.UTF-8`, by its territory; A4 where it names none.
    pub fn of_locale(locale: &str) -> Self {
        let territory = locale.split(['.', '@']).next().and_then(|name| name.split('_').next_back());
        match territory.is_some_and(|territory| LETTER.contains(&territory)) {
            true => Self::Letter,
            false => Self::A4,
        }
    }

    /// Width and height in points of 1/72 inch.
    pub const fn size(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}
