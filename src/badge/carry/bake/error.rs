//! Why a picture cannot be baked, or no badge be taken out of it.

use crate::badge::reasons::Reason;
use crate::badge::vc::json::SIZE_MAX;

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
    /// A PDF document to which no badge is attached.
    PdfNone,
    /// A PDF document to which more than one badge is attached.
    PdfSeveral,
    /// A PDF document that is locked by a password, or otherwise encrypted.
    PdfEncrypted,
    /// A PDF document that ends too early.
    PdfCut,
    /// A PDF document whose structure cannot be followed.
    PdfDamaged,
    /// A PDF document that is packed in a way that is not read here.
    PdfPacked,
    /// A PDF document with an attachment that begins as a badge does, and is larger than [`SIZE_MAX`].
    PdfLarge,
    /// XML or HTML, and no SVG.
    OtherXml,
    /// Nothing is baked in.
    NoBadge,
    /// More than one credential.
    Several,
    /// An Open Badge 2.
    OpenBadges2,
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
            Self::PdfNone => Reason::new("bake-pdf"),
            Self::PdfSeveral => Reason::new("bake-pdf-several"),
            Self::PdfEncrypted => Reason::new("bake-pdf-encrypted"),
            Self::PdfCut => Reason::new("bake-pdf-cut"),
            Self::PdfDamaged => Reason::new("bake-pdf-damaged"),
            Self::PdfPacked => Reason::new("bake-pdf-packed"),
            Self::PdfLarge => Reason::new("bake-pdf-large").with("most", SIZE_MAX),
            Self::OtherXml => Reason::new("bake-other-xml"),
            Self::NoBadge => Reason::new("bake-none"),
            Self::Several => Reason::new("bake-several"),
            Self::OpenBadges2 => Reason::new("bake-open-badges-2"),
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
    /// Whether the badge could not be looked at, as opposed to a file that is refused.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        use BakeError::{
            BadgeTooLarge, Compressed, NoBadge, OpenBadges2, OtherPicture, OtherXml, PdfEncrypted, PdfLarge,
            PdfNone, PdfPacked, PictureTooLarge, TooManyParts,
        };
        matches!(
            self,
            BadgeTooLarge { .. }
                | PictureTooLarge { .. }
                | TooManyParts { .. }
                | OtherPicture { .. }
                | PdfEncrypted
                | PdfLarge
                | PdfNone
                | PdfPacked
                | OtherXml
                | NoBadge
                | OpenBadges2
                | Compressed
        )
    }
}
