//! Badges inside pictures: a credential baked into a PNG or SVG, and taken out again (Open Badges 3.0, section 5.3).
//!
//! What is baked is JSON in ASCII, with braces inside texts escaped as well: wallets find it by counting braces in the
//! whole file, without looking at strings, and some read the bytes as Latin-1. Signatures are over what the JSON says,
//! so no spelling of it changes them.
//!
//! Taking out is strict: a picture that two readers would read differently is refused. A page in a browser does the
//! same, with the same words (`src/web/page/engine/unbake.mjs`).

mod png;
mod svg;
mod xml;

use std::io::{self, Write};

use serde_json::Value;
use serde_json::ser::{Formatter, Serializer};

use crate::badge::vc::json::SIZE_MAX;

pub use png::png;
pub use svg::svg;

/// The largest picture read, in bytes: 16 MiB, an unpacked photograph; a badge's picture has about 100 KiB.
pub const PICTURE_MAX: usize = 16 << 20;

/// Why a picture cannot be baked, or no badge be taken out of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BakeError {
    /// Larger than [`PICTURE_MAX`].
    #[error(
        "the picture has {size} bytes, more than the {PICTURE_MAX} that are read; ask for the badge's .json file"
    )]
    PictureTooLarge {
        /// Its length in bytes.
        size: usize,
    },
    /// A PNG of more chunks, or an SVG of more elements and attributes, than are read.
    #[error(
        "the picture has more than {most} parts, which is more than are read; ask for the badge's .json file"
    )]
    TooManyParts {
        /// How many are read.
        most: usize,
    },
    /// The credential is larger than [`SIZE_MAX`].
    #[error(
        "the badge for this picture has {size} bytes, more than the {SIZE_MAX} that are read; is it really a badge?"
    )]
    BadgeTooLarge {
        /// Its length in bytes, as it would be written.
        size: usize,
    },
    /// A picture of a kind that holds no badge.
    #[error(
        "this is a {kind} picture, and a badge travels only in PNG and SVG: an app that converted it has stripped the \
         badge; ask for the .json file, or scan the picture's code with a phone"
    )]
    OtherPicture {
        /// Its format.
        kind: &'static str,
    },
    /// A PDF document.
    #[error(
        "this is a PDF document: the badge's .json file is attached to it if it is a certificate; save the attachment \
         with a PDF reader and give that, or scan its code with a phone"
    )]
    Pdf,
    /// XML or HTML, and no SVG.
    #[error("this is a web page or another XML file, not an SVG picture; ask for the badge's .json file")]
    OtherXml,
    /// Nothing is baked in.
    #[error(
        "this picture holds no badge: messengers and photo apps strip it; ask for the .json file, or scan the \
         picture's code with a phone if it shows one"
    )]
    NoBadge,
    /// More than one credential.
    #[error(
        "this picture holds more than one badge; a picture with two readings is refused; ask for the .json file"
    )]
    Several,
    /// An Open Badge 2.
    #[error(
        "this picture holds an Open Badge 2, which is not read here; ask its issuer for an Open Badge 3.0"
    )]
    OpenBadges2,
    /// A JSON Web Signature.
    #[error(
        "this picture holds its badge as a JSON Web Token, which is not read here; ask its issuer for a badge with an \
         embedded proof (a .json file)"
    )]
    Token,
    /// A compressed text chunk.
    #[error(
        "the badge in this picture is compressed, which Open Badges 3.0 forbids and wallets cannot read; ask for the \
         .json file"
    )]
    Compressed,
    /// Baked in another way than the specification's.
    #[error(
        "the badge in this picture is not written as Open Badges 3.0 asks ({what}); ask for the .json file"
    )]
    Form {
        /// What was found.
        what: &'static str,
    },
    /// A PNG that ends too early.
    #[error("the PNG picture is not all there; download or copy it again")]
    Incomplete,
    /// A PNG chunk whose checksum is wrong.
    #[error(
        "the PNG picture is damaged: the checksum of its {chunk} chunk is wrong; download or copy it again"
    )]
    Checksum {
        /// The chunk's type, four letters.
        chunk: String,
    },
    /// A PNG whose chunks stand in no order that a PNG may have.
    #[error("the PNG picture is damaged: {what}; download or copy it again")]
    Png {
        /// What was found.
        what: &'static str,
    },
    /// SVG that is no well-formed XML.
    #[error("the SVG picture is damaged: it is no well-formed XML ({what}); download or copy it again")]
    Xml {
        /// What was found.
        what: &'static str,
    },
    /// A document type with declarations of its own.
    #[error(
        "the SVG picture declares entities of its own, so that its text has no one reading; ask for the .json file"
    )]
    Declarations,
    /// An entity beyond the five that XML knows.
    #[error("the SVG picture uses the entity &{name}; which XML does not know; ask for the .json file")]
    Entity {
        /// Its name, at most twenty characters.
        name: String,
    },
}

impl BakeError {
    /// Whether nothing can be told of the badge, as opposed to a file that is to be refused.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        use BakeError::{
            Compressed, NoBadge, OpenBadges2, OtherPicture, OtherXml, Pdf, PictureTooLarge, Token,
            TooManyParts,
        };
        matches!(
            self,
            PictureTooLarge { .. }
                | TooManyParts { .. }
                | OtherPicture { .. }
                | Pdf
                | OtherXml
                | NoBadge
                | OpenBadges2
                | Token
                | Compressed
        )
    }
}

/// Takes the JSON of the badge out of a picture; `None` when the bytes are no picture and nothing like one. What was
/// found is not looked into: [`verify::document`](crate::badge::verify::document) does that.
///
/// # Errors
/// [`BakeError`] when the picture is damaged, holds no badge or several, or one in a form that is not read here.
pub fn unbake(bytes: &[u8]) -> Result<Option<Vec<u8>>, BakeError> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    let is_png = bytes.starts_with(png::BEGINNING);
    let other = OTHERS.iter().find(|(beginning, _)| bytes.starts_with(beginning));
    if !is_png && other.is_none() && !text.starts_with(b"<") {
        return Ok(None);
    }
    if bytes.len() > PICTURE_MAX {
        return Err(BakeError::PictureTooLarge { size: bytes.len() });
    }
    let found = match other {
        Some((_, "PDF")) => return Err(BakeError::Pdf),
        Some((_, kind)) => return Err(BakeError::OtherPicture { kind }),
        None if is_png => png::found(bytes)?,
        None => svg::found(str::from_utf8(text).map_err(|_| BakeError::Xml { what: "it is not UTF-8" })?)?,
    };
    match found.len() {
        size if size > SIZE_MAX => Err(BakeError::BadgeTooLarge { size }),
        _ if is_token(&found) => Err(BakeError::Token),
        _ => Ok(Some(found.into_bytes())),
    }
}

/// How files begin that people take for badges, and what they are.
const OTHERS: [(&[u8], &str); 4] =
    [(b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"RIFF", "WebP"), (b"%PDF", "PDF")];

/// Whether a text is a compact JSON Web Signature: three parts of base64url, the middle one perhaps empty (RFC 7515).
fn is_token(text: &str) -> bool {
    let parts: Vec<&str> = text.trim_ascii().split('.').collect();
    let base64url = |part: &&str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    matches!(parts[..], [first, _, last] if !first.is_empty() && !last.is_empty())
        && parts.iter().all(base64url)
}

/// The credential as JSON in ASCII without braces, angle brackets or ampersands inside its texts.
fn ascii(credential: &Value) -> Result<String, BakeError> {
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
