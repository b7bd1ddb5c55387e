//! A credential as the text that is baked in.

use std::io::{self, Write};

use serde_json::Value;
use serde_json::ser::{Formatter, Serializer};

use super::error::BakeError;
use crate::badge::vc::json::SIZE_MAX;

/// The credential as JSON in ASCII without braces, angle brackets or ampersands inside its texts.
pub(super) fn ascii(credential: &Value) -> Result<String, BakeError> {
    let mut out = Vec::new();
    let written = serde::Serialize::serialize(credential, &mut Serializer::with_formatter(&mut out, Ascii));
    let text = written.ok().and_then(|()| String::from_utf8(out).ok()).unwrap_or_default();
    match text.len() {
        0 => Err(BakeError::NoBadge),
        1..=SIZE_MAX => Ok(text),
        size => Err(BakeError::BadgeTooLarge { size }),
    }
}

/// Writes compact JSON, and what readers of pictures stumble over as escapes such as `\u00e9`: UTF-16 units, as JSON has it.
struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        for c in fragment.chars() {
            if c.is_ascii() && !c.is_ascii_control() && !"{}<>&".contains(c) {
                write!(writer, "{c}")?;
            } else {
                c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(writer, "\\u{unit:04x}"))?;
            }
        }
        Ok(())
    }
}
