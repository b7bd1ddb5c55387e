//! The badge as a picture: a square of 600 units, as SVG text and as a PNG of 1200 pixels, drawn from the credential alone.
//!
//! Letters are drawn as outlines of the embedded typeface, so that the picture needs no font and is the same
//! everywhere, and the same input gives the same bytes. `said` is what it says, `canvas` draws, `layout` puts
//! everything in its place, `raster` makes pixels of it; `compared` looks whether a picture is what its badge gives.

mod canvas;
mod compared;
mod layout;
mod raster;
mod said;

use png::{BitDepth, ColorType, Compression, EncodingError, PixelDimensions, Unit};
use serde_json::Value;
use thiserror::Error;

pub use compared::{Drawing, compared};
pub use layout::SIDE;
pub use raster::PIXELS;

/// Pixels a metre in print, so that the PNG is 100 mm wide and a module of the largest code 0.67 mm.
const PIXELS_PER_METRE: u32 = 12_000;

/// Why a badge was not drawn.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The embedded typefaces are damaged.
    #[error("the typefaces of this program are damaged; install typeproof again")]
    Typeface,
    /// The drawing cannot be read as SVG, or has no place in memory.
    #[error("the badge's picture could not be turned into pixels ({0}); take the .svg instead")]
    Pixels(String),
    /// The encoder refused the picture.
    #[error("the badge's picture could not be written as PNG ({0}); take the .svg instead")]
    Png(#[from] EncodingError),
}

/// The badge as SVG text, 600 by 600 units, with a title and a description for those who cannot see it. `link` is what
/// the QR code holds; where no code up to version 10 holds it, the picture says how to verify without.
///
/// # Errors
/// [`PictureError::Typeface`] when the program itself is damaged.
pub fn svg(credential: &Value, link: &str) -> Result<String, PictureError> {
    layout::draw(&said::Said::of(credential, link)).ok_or(PictureError::Typeface)
}

/// The same as the bytes of a PNG file, [`PIXELS`] wide and 100 mm in print, without transparency.
///
/// # Errors
/// As [`svg()`]; [`PictureError::Pixels`] and [`PictureError::Png`] when rendering or encoding fail.
pub fn png(credential: &Value, link: &str) -> Result<Vec<u8>, PictureError> {
    rendered(&svg(credential, link)?)
}

/// A drawing of [`svg()`] as the bytes of a PNG file: a caller that has the one need not draw it again for the other.
///
/// # Errors
/// As [`png()`].
pub fn rendered(svg: &str) -> Result<Vec<u8>, PictureError> {
    let rgba = raster::rgba(svg).map_err(PictureError::Pixels)?;
    // The ground is white and opaque, so the fourth byte of every pixel is 255.
    let rgb: Vec<u8> = rgba.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, PIXELS, PIXELS);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::High);
    let ppm = PIXELS_PER_METRE;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: ppm, yppu: ppm, unit: Unit::Meter }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rgb)?;
    writer.finish()?;
    Ok(file)
}
