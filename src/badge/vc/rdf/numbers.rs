//! Numbers as JSON-LD reads them: to 16 significant digits where they have a fraction (JSON-LD 1.1 API, section 8.6:
//! `%1.15E`), written for a processor that copies the digits it is given.

use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::Formatter;

/// The text of a document whose numbers have the digits that JSON-LD reads.
pub(super) fn text(document: &Value) -> serde_json::Result<Vec<u8>> {
    let mut text = Vec::new();
    document.serialize(&mut serde_json::Serializer::with_formatter(&mut text, Sixteen))?;
    Ok(text)
}

/// Writes numbers with a fraction to 16 significant digits.
struct Sixteen;

impl Formatter for Sixteen {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        writer.write_all(sixteen_digits(value).as_bytes())
    }
}

/// A number in 16 significant digits, as other programs round it: half away from zero, where 17 digits say it exactly.
fn sixteen_digits(value: f64) -> String {
    let near = format!("{value:.15e}");
    let exact = format!("{:.40e}", value.abs());
    let Some((digits, exponent)) = exact.split_once('e') else { return near };
    // A digit, a point and fifteen digits stand before the seventeenth.
    let Some((front, rest)) = digits.split_at_checked(17) else { return near };
    let is_half = rest.strip_prefix('5').is_some_and(|rest| rest.bytes().all(|digit| digit == b'0'));
    match (is_half, front.replace('.', "").parse::<u64>(), exponent.parse::<i32>()) {
        (true, Ok(digits), Ok(exponent)) => {
            let sign = if value.is_sign_negative() { "-" } else { "" };
            format!("{sign}{}e{}", digits + 1, exponent - 15)
        }
        _ => near,
    }
}
