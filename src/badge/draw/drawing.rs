//! A symbol as pictures: SVG and PNG here, terminal cells and terminal images below.

pub mod cells;
pub mod image_protocol;

use png::{BitDepth, ColorType, EncodingError, Filter};
use thiserror::Error;

use crate::badge::carry::symbol::Symbol;

/// Modules of light around a symbol in a picture (ISO/IEC 18004 asks for four).
pub const QUIET_ZONE: usize = 4;

/// Pixels a picture is wide at least: enough for print at 50 mm with 300 dots to the inch.
pub const MIN_PIXELS: usize = 600;

/// A picture could not be written.
#[derive(Debug, Error)]
pub enum DrawingError {
    /// The PNG encoder refused the picture.
    #[error("the QR code could not be written as PNG ({0}); take the SVG picture instead")]
    Png(#[from] EncodingError),
}

/// Pixels along a module: the fewest that make the picture [`MIN_PIXELS`] wide.
fn scale(modules: usize) -> usize {
    MIN_PIXELS.div_ceil(modules)
}

/// The symbol as SVG text: black on white with a quiet zone of four modules, one path, and a title that browsers show
/// and screen readers speak. It is 600 or some more pixels wide, and scales.
///
/// That nothing is stroked is the default and is said all the same: ImageMagick's own SVG reader otherwise draws an
/// outline one module wide, and the code is lost.
pub fn svg(symbol: &Symbol, title: &str) -> String {
    let rows = symbol.framed(QUIET_ZONE);
    let side = rows.len();
    let pixels = side * scale(side);
    let path = path(&rows);
    format!(
        concat!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{pixels}" height="{pixels}" viewBox="0 0 {side} {side}" "#,
            r#"shape-rendering="crispEdges" stroke="none" role="img"><title>{title}</title>"#,
            r##"<rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{path}"/></svg>"##,
            "\n"
        ),
        pixels = pixels,
        side = side,
        title = escape(title),
        path = path,
    )
}

/// The dark modules of rows as path data of SVG, a module being one unit.
pub fn path(rows: &[Vec<bool>]) -> String {
    rows.iter().enumerate().map(|(y, row)| svg_row(row, y)).collect()
}

/// The dark runs of one row as rectangles of a path.
fn svg_row(row: &[bool], y: usize) -> String {
    let mut x = 0;
    let mut path = String::new();
    for run in row.chunk_by(|a, b| a == b) {
        let length = run.len();
        if run.first() == Some(&true) {
            path.push_str(&format!("M{x} {y}h{length}v1h-{length}z"));
        }
        x += length;
    }
    path
}

/// Text for XML and HTML, between tags and in quoted attributes: markup and quotation marks escaped, and the characters
/// that XML 1.0 forbids dropped.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')) {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// The symbol as the bytes of a PNG file: one bit a pixel, 600 or some more pixels wide, black on white with a quiet
/// zone of four modules.
///
/// # Errors
///
/// [`DrawingError::Png`] if the encoder refuses, which no symbol makes it do.
pub fn png(symbol: &Symbol) -> Result<Vec<u8>, DrawingError> {
    let rows = symbol.framed(QUIET_ZONE);
    let scale = scale(rows.len());
    let side = (rows.len() * scale) as u32;
    let pixels: Vec<u8> = rows.iter().flat_map(|row| packed(row, scale).repeat(scale)).collect();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(file)
}

/// One line of pixels, eight to a byte from the left, a set bit for white.
fn packed(row: &[bool], scale: usize) -> Vec<u8> {
    let pixels: Vec<bool> = row.iter().flat_map(|dark| std::iter::repeat_n(*dark, scale)).collect();
    pixels
        .chunks(8)
        .map(|eight| {
            eight
                .iter()
                .zip([128, 64, 32, 16, 8, 4, 2, 1])
                .filter(|(dark, _)| !**dark)
                .map(|(_, bit)| bit)
                .sum()
        })
        .collect()
}
