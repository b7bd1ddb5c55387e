//! The typeface of everything that is drawn: Noto Sans in two weights, with Latin, Greek and Cyrillic letters.

pub mod face;

/// Noto Sans Regular, TrueType.
pub static REGULAR: &[u8] = include_bytes!("fonts/NotoSans-Regular.ttf");

/// Noto Sans Bold, TrueType.
pub static BOLD: &[u8] = include_bytes!("fonts/NotoSans-Bold.ttf");
