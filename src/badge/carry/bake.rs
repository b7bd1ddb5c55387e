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

use crate::badge::reasons::Reason;
use crate::badge::vc::json::SIZE_MAX;

pub use png::png;
pub use svg::svg;

/// The largest picture read, in bytes: 16 MiB, an unpacked photograph; a badge's picture has about 100 KiB.
pub const PICTURE_MAX: usize = 16 << 20;

/// Why a picture cannot be baked, or no badge be taken out of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub enum BakeError {
    /// Larger than [`PICTURE_MAX`].
    PictureTooLarge {
        /// Its length in bytes.
        size: usize,
    },
    /// A PNG of more chunks, or an SVG of more elements and attributes, than are read.
    TooManyParts {
        /// How many are read.
        most: usize,
    },
    /// The credential is larger than [`SIZE_MAX`].
    BadgeTooLarge {
        /// Its length in bytes, as it would be written.
        size: usize,
    },
    /// A picture of a kind that holds no badge.
    OtherPicture {
        /// Its format.
        kind: &'static str,
    },
    /// A PDF document.
    Pdf,
    /// XML or HTML, and no SVG.
    OtherXml,
    /// Nothing is baked in.
    NoBadge,
    /// More than one credential.
    Several,
    /// An Open Badge 2.
    OpenBadges2,
    /// A JSON Web Signature.
    Token,
    /// A compressed text chunk.
    Compressed,
    /// Baked in another way than the specification's.
    Form {
        /// What was found: the code of a reason.
        what: &'static str,
    },
    /// A PNG that ends too early.
    Incomplete,
    /// A PNG chunk whose checksum is wrong.
    Checksum {
        /// The chunk's type, four letters.
        chunk: String,
    },
    /// A PNG whose chunks stand in no order that a PNG may have.
    Png {
        /// What was found: the code of a reason.
        what: &'static str,
    },
    /// SVG that is no well-formed XML.
    Xml {
        /// What was found: the code of a reason.
        what: &'static str,
    },
    /// A document type with declarations of its own.
    Declarations,
    /// An entity beyond the five that XML knows.
    Entity {
        /// Its name, at most twenty characters.
        name: String,
    },
}

impl BakeError {
    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        let within = |code, what: &'static str| Reason::new(code).with("what", Reason::new(what));
        match self {
            Self::PictureTooLarge { size } => {
                Reason::new("bake-picture-large").with("size", *size).with("most", PICTURE_MAX)
            }
            Self::TooManyParts { most } => Reason::new("bake-parts").with("most", *most),
            Self::BadgeTooLarge { size } => {
                Reason::new("bake-badge-large").with("size", *size).with("most", SIZE_MAX)
            }
            Self::OtherPicture { kind } => Reason::new("bake-other-picture").with("kind", *kind),
            Self::Pdf => Reason::new("bake-pdf"),
            Self::OtherXml => Reason::new("bake-other-xml"),
            Self::NoBadge => Reason::new("bake-none"),
            Self::Several => Reason::new("bake-several"),
            Self::OpenBadges2 => Reason::new("bake-open-badges-2"),
            Self::Token => Reason::new("bake-token"),
            Self::Compressed => Reason::new("bake-compressed"),
            Self::Form { what } => within("bake-form", what),
            Self::Incomplete => Reason::new("bake-incomplete"),
            Self::Checksum { chunk } => Reason::new("bake-checksum").with("chunk", chunk.as_str()),
            Self::Png { what } => within("bake-png", what),
            Self::Xml { what } => within("bake-xml", what),
            Self::Declarations => Reason::new("bake-declarations"),
            Self::Entity { name } => Reason::new("bake-entity").with("name", name.as_str()),
        }
    }
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
        None => svg::found(str::from_utf8(text).map_err(|_| BakeError::Xml { what: "bake-xml-utf-8" })?)?,
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
