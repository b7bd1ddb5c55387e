//! Badges inside pictures: a credential baked into a PNG or SVG, and taken out again (Open Badges 3.0, section 5.3); and the
//! one that is attached to a PDF document, taken out.
//!
//! What is baked is JSON in ASCII, with braces inside texts escaped as well: wallets find it by counting braces in the
//! whole file, without looking at strings, and some read the bytes as Latin-1. Signatures are over what the JSON says,
//! so no spelling of it changes them.
//!
//! Taking out is strict: a picture that two readers would read differently is refused. A page in a browser does the
//! same, with the same words (`src/web/page/engine/unbake.mjs` and `pdf.mjs`).

mod ascii;
mod error;
mod pdf;
mod png;
mod svg;
mod xml;

use crate::badge::vc::json::SIZE_MAX;

pub use error::{BakeError, PICTURE_MAX};
pub use png::png;
pub use svg::svg;

/// Takes the JSON of the badge out of a picture or a PDF document; `None` when the bytes are neither and nothing like one. What was
/// found is not looked into: [`verify::document`](crate::badge::verify::document) does that.
///
/// # Errors
/// [`BakeError`] when the picture is damaged, holds no badge or several, or one in a form that is not read here.
pub fn unbake(bytes: &[u8]) -> Result<Option<Vec<u8>>, BakeError> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    let (is_png, is_pdf) = (bytes.starts_with(png::BEGINNING), bytes.starts_with(pdf::BEGINNING));
    let other = OTHERS.iter().find(|(beginning, _)| bytes.starts_with(beginning));
    if !is_png && !is_pdf && other.is_none() && !text.starts_with(b"<") {
        return Ok(None);
    }
    if bytes.len() > PICTURE_MAX {
        return Err(BakeError::PictureTooLarge { size: bytes.len() });
    }
    let found = match other {
        Some((_, kind)) => return Err(BakeError::OtherPicture { kind }),
        None if is_png => png::found(bytes)?,
        None if is_pdf => pdf::found(bytes)?,
        None => svg::found(str::from_utf8(text).map_err(|_| BakeError::Xml { what: "bake-xml-utf-8" })?)?,
    };
    match found.len() {
        size if size > SIZE_MAX => Err(BakeError::BadgeTooLarge { size }),
        _ => Ok(Some(found.into_bytes())),
    }
}

/// How files begin that people take for badges, and what they are.
const OTHERS: [(&[u8], &str); 3] = [(b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"RIFF", "WebP")];
