//! A drawing as pixels.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use super::layout::SIDE;

/// Pixels along a side of the PNG: two for a unit of the drawing.
pub const PIXELS: u32 = 1_200;

/// The pixels of a drawing, row by row, four bytes each: red, green, blue, opacity; all of our drawings are opaque.
///
/// # Errors
/// What is wrong, when the drawing cannot be read as SVG or has no place in memory.
pub fn rgba(svg: &str) -> Result<Vec<u8>, String> {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).map_err(|e| e.to_string())?;
    let mut pixmap = Pixmap::new(PIXELS, PIXELS).ok_or_else(|| "no memory".to_owned())?;
    let scale = PIXELS as f32 / SIDE;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    Ok(pixmap.take())
}
