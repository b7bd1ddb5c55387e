//! Whether a picture shows what the badge in it says: the badge is drawn anew, beside the code that the picture has, and
//! the two are compared. SVG is compared byte for byte, since a browser shows more than pixels can say; PNG by pixels.
//!
//! Only pictures with the mark of the present drawing are compared, as all others may be right and look otherwise.
//! The code in the picture is taken over as it is, since nothing in the badge says behind which address its link stands; then it
//! is read, and what it carries has to be this badge.

use std::io::Cursor;

use png::{ColorType, Decoder, Transformations};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::layout::{self, FOOT, SIDE};
use super::raster::{PIXELS, rgba};
use super::said::Said;
use crate::badge::carry::symbol::{self, MAX_VERSION};
use crate::badge::carry::{bake, link};
use crate::badge::holes::urn_uuid;
use crate::badge::reasons::Reason;
use crate::badge::token::Token;
use crate::badge::verify::summary;
use crate::trust::multikey;

/// How far a channel of a pixel may be from ours, of 255: other versions of the renderer smooth edges a little otherwise,
/// and nobody can read writing that differs from its ground by less.
const TOLERANCE: u8 = 8;

/// Where the group of the code begins in the SVG.
const CODE: &str = "<g id=\"code\">";

/// The rows of a code, `true` for dark.
type Rows = Vec<Vec<bool>>;

/// What became of comparing a picture with the drawing that its badge gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// The picture shows what the badge says.
    Same,
    /// The picture has our mark, and shows something else.
    Differs,
    /// The picture shows what the badge says, and beside it a code of something else.
    OtherCode,
    /// The picture is not ours, is of another version or is of another size.
    NotCompared,
}

impl Drawing {
    /// Whether the picture says otherwise than the badge in it.
    #[must_use]
    pub const fn is_warning(self) -> bool {
        matches!(self, Self::Differs | Self::OtherCode)
    }

    /// The same as a code and a sentence.
    #[must_use]
    pub const fn reason(self) -> Reason {
        Reason::new(match self {
            Self::Same => "drawing-same",
            Self::Differs => "drawing-differs",
            Self::OtherCode => "drawing-code",
            Self::NotCompared => "drawing-unsigned",
        })
    }
}

/// Compares a picture, the bytes of an SVG or PNG file, with the drawing of the credential that was taken out of it.
pub fn compared(picture: &[u8], credential: &Value) -> Drawing {
    let found = match str::from_utf8(picture) {
        Ok(text) => svg(text.trim_start_matches('\u{feff}').trim(), credential),
        Err(_) => png(picture, credential),
    };
    match found {
        Some(Found { same: true, code: None }) => Drawing::Same,
        Some(Found { same: true, code: Some(code) }) if is_of(&code, credential) => Drawing::Same,
        Some(Found { same: true, .. }) => Drawing::OtherCode,
        Some(Found { same: false, .. }) => Drawing::Differs,
        None => Drawing::NotCompared,
    }
}

/// What was found in a picture of ours.
struct Found {
    /// Whether it is drawn as the badge and this code give it.
    same: bool,
    /// The code in it.
    code: Option<Rows>,
}

/// Whether a code carries the badge: the claim whose digest is the badge's id, and signatures that are the badge's.
fn is_of(code: &[Vec<bool>], credential: &Value) -> bool {
    let token = symbol::read(code).and_then(|text| link::read(&text).ok());
    let Some(token) = token.and_then(|link| Token::read(&link.payload).ok()) else { return false };
    let id = token.claim.to_bytes().map(|bytes| urn_uuid(&Sha256::digest(bytes).into())).unwrap_or_default();
    let proofs: Vec<&str> = summary::list(credential.get("proof"))
        .filter_map(|proof| proof.get("proofValue")?.as_str())
        .collect();
    let signed = |signature: &[u8]| proofs.contains(&multikey::encode_base58(signature).as_str());
    credential.get("id").and_then(Value::as_str) == Some(&id)
        && signed(&token.jcs)
        && token.rdfc.is_none_or(|signature| signed(&signature))
}

/// The drawings of a credential beside a code: as one that invites to scan it, and as one that does not.
fn drawings(credential: &Value, code: Option<Rows>) -> impl Iterator<Item = String> {
    let said = [true, false].map(|opens| Said::beside(credential, code.clone(), opens));
    said.into_iter().filter_map(|said| layout::draw(&said))
}

/// Whether an SVG picture is as we draw it; nothing where it has no mark.
fn svg(text: &str, credential: &Value) -> Option<Found> {
    text.contains(&format!("id=\"{}\"", layout::mark())).then_some(())?;
    // Baked anew, so that the spelling of the badge in it makes no difference.
    let given = bake::svg(text, credential).ok()?;
    let code = code_in_svg(&given);
    let mut drawings = drawings(credential, code.clone());
    let same = drawings.any(|drawing| bake::svg(drawing.trim(), credential).is_ok_and(|ours| ours == given));
    Some(Found { same, code })
}

/// The code in an SVG picture, as far as it can be read; whatever else is in its path is missing in the drawing of it.
fn code_in_svg(picture: &str) -> Option<Rows> {
    let (group, _) = picture.split_once(CODE)?.1.split_once("</g>")?;
    let (_, path) = group.split_once(" d=\"")?;
    let largest = side(MAX_VERSION);
    let mut rows = vec![vec![false; largest]; largest];
    let mut size = 0;
    for run in path.split('M').skip(1) {
        let mut numbers = run.split([' ', 'h', 'v']).map_while(|number| number.parse::<usize>().ok());
        let (x, y, length) = (numbers.next()?, numbers.next()?, numbers.next()?);
        rows.get_mut(y)?.get_mut(x..x.checked_add(length)?)?.fill(true);
        size = size.max(y + 1);
    }
    rows.truncate(size);
    rows.iter_mut().for_each(|row| row.truncate(size));
    is_code(&rows).then_some(rows)
}

/// Modules along a side of a code of this version (ISO/IEC 18004).
fn side(version: u8) -> usize {
    17 + 4 * usize::from(version)
}

/// Whether rows have the size of a code and its three finder patterns: dark, with a light ring two modules from the middle.
fn is_code(rows: &[Vec<bool>]) -> bool {
    let size = rows.len();
    let dark = |x: usize, y: usize| rows.get(y).and_then(|row| row.get(x)) == Some(&true);
    let finder = |left: usize, top: usize| {
        (0..7).all(|y: usize| {
            (0..7).all(|x: usize| dark(left + x, top + y) == (x.abs_diff(3).max(y.abs_diff(3)) != 2))
        })
    };
    (1..=MAX_VERSION).any(|version| side(version) == size)
        && [(0, 0), (size - 7, 0), (0, size - 7)].into_iter().all(|(left, top)| finder(left, top))
}

/// Whether a PNG picture is as we draw it; nothing where it has another size or no mark.
fn png(file: &[u8], credential: &Value) -> Option<Found> {
    let shown = Shown::of(file)?;
    let code = shown.code();
    let mut drawings = drawings(credential, code.clone()).filter_map(|svg| rgba(&svg).ok()).peekable();
    let foot = (FOOT / SIDE * PIXELS as f32) as usize * PIXELS as usize * 4;
    if !is_like(shown.rgba.get(foot..)?, drawings.peek()?.get(foot..)?) {
        return None;
    }
    Some(Found { same: !shown.is_animated && drawings.any(|ours| is_like(&shown.rgba, &ours)), code })
}

/// Whether pixels are the same within [`TOLERANCE`].
fn is_like(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.abs_diff(*b) <= TOLERANCE)
}

/// What a PNG picture of our size shows.
struct Shown {
    /// Its pixels, as [`rgba`] has them.
    rgba: Vec<u8>,
    /// Whether other images follow.
    is_animated: bool,
}

impl Shown {
    /// Decodes a picture; nothing of another size is unpacked.
    fn of(file: &[u8]) -> Option<Self> {
        let mut decoder = Decoder::new(Cursor::new(file));
        decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
        decoder.set_ignore_text_chunk(true);
        let mut reader = decoder.read_info().ok()?;
        let info = reader.info();
        let is_animated = info.animation_control.is_some();
        if (info.width, info.height) != (PIXELS, PIXELS) {
            return None;
        }
        let mut pixels = vec![0; reader.output_buffer_size()?];
        let kind = reader.next_frame(&mut pixels).ok()?.color_type;
        let rgba = match kind {
            ColorType::Rgba => pixels,
            ColorType::GrayscaleAlpha => {
                let spread = |pixel: &[u8]| match *pixel {
                    [grey, opacity] => [grey, grey, grey, opacity],
                    _ => [0; 4],
                };
                pixels.chunks_exact(2).flat_map(spread).collect()
            }
            _ => return None,
        };
        Some(Self { rgba, is_animated })
    }

    /// The code that stands in the place of codes, of whichever size it is.
    fn code(&self) -> Option<Rows> {
        let scale = PIXELS as f32 / SIDE;
        let sizes = (1..=MAX_VERSION).map(side);
        let mut codes = sizes.map(|size| -> Rows {
            let (left, top, module) = layout::code_place(size);
            let middle = |start: f32, n: usize| ((start + (n as f32 + 0.5) * module) * scale) as usize;
            (0..size)
                .map(|y| (0..size).map(|x| self.is_dark(middle(left, x), middle(top, y))).collect())
                .collect()
        });
        codes.find(|rows| is_code(rows))
    }

    /// Whether a pixel is nearer to black than to white.
    fn is_dark(&self, x: usize, y: usize) -> bool {
        let at = (y * PIXELS as usize + x) * 4;
        let colours = self.rgba.get(at..at + 3).unwrap_or_default();
        colours.iter().map(|colour| u32::from(*colour)).sum::<u32>() < 3 * 128
    }
}
