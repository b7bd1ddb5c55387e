//! Decimal numbers with up to two places as whole hundredths: speeds and percentages, exact in files and in badges, and with
//! one place wherever a person reads what was measured.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

/// A number in hundredths, 0 to 42,949,672.95; 98.7 is 9870.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hundredths(pub u32);

impl Hundredths {
    /// Reads a whole number or a decimal with one or two places; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, places) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(places) || places.len() > 2 {
            return None;
        }
        let scale = if places.len() == 1 { 10 } else { 1 };
        let hundredths = places.parse::<u32>().ok()? * scale;
        Some(Self(whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(hundredths)?))
    }
}

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text(u64::from(self.0)))
    }
}

impl<'de> Deserialize<'de> for Hundredths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Decimal)
    }
}

/// Hundredths as a decimal without needless zeros: 9870 is "98.7".
pub fn text(x100: u64) -> String {
    let (whole, places) = (x100 / 100, x100 % 100);
    match (places, places % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole}.{}", places / 10),
        _ => format!("{whole}.{places:02}"),
    }
}

/// A measured figure for people, of hundredths: one decimal place, 9769 is "97.6".
///
/// Every screen, table, picture, page and text shows figures so. What lies beyond the first place is cut off and not rounded:
/// nobody's figure is shown higher than it is, and the figure that is shown reaches a threshold with one decimal place at most
/// exactly where the figure itself does.
#[must_use]
pub fn figure(x100: u64) -> String {
    format!("{}.{}", x100 / 100, x100 % 100 / 10)
}

/// The same of a decimal number in digits, `97.69`; anything else stays as it is.
#[must_use]
pub fn figure_of(text: &str) -> String {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, places)) if digits(whole) && digits(places) => {
            format!("{whole}.{}", places.get(..1).unwrap_or_default())
        }
        _ => text.to_owned(),
    }
}

/// A figure beside what is asked, both in hundredths, and how much is missing: cut as by [`figure`] where that tells them
/// apart, else exact; without needless zeros.
#[must_use]
pub fn missed(needed: u64, reached: u64) -> (String, String) {
    let shown = if needed.is_multiple_of(10) { reached / 10 * 10 } else { reached };
    (text(shown), text(needed.saturating_sub(shown)))
}

struct Decimal;

impl Visitor<'_> for Decimal {
    type Value = Hundredths;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, or a decimal with one or two places in quotes (\"98.7\")")
    }

    fn visit_i64<E: Error>(self, v: i64) -> Result<Hundredths, E> {
        self.visit_str(&v.to_string())
    }

    fn visit_u64<E: Error>(self, v: u64) -> Result<Hundredths, E> {
        self.visit_str(&v.to_string())
    }

    fn visit_str<E: Error>(self, v: &str) -> Result<Hundredths, E> {
        Hundredths::parse(v).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(v), &self))
    }
}
