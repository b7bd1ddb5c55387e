//! Text as glyphs: how wide it is, where its lines end, and whether the typeface has it at all.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face as Shaper, UnicodeBuffer};
use unicode_segmentation::UnicodeSegmentation;

use super::{BOLD, REGULAR};

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// For reading.
    Regular,
    /// For names, values and headings.
    Bold,
}

/// The typeface in both weights.
pub struct Faces {
    regular: Face,
    bold: Face,
}

impl Faces {
    /// Reads the embedded typefaces; `None` when they are damaged.
    pub fn load() -> Option<Self> {
        Some(Self { regular: Face::new(REGULAR)?, bold: Face::new(BOLD)? })
    }

    /// One weight.
    pub const fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// Whether both weights have every character of a text.
    pub fn have(&self, text: &str) -> bool {
        [&self.regular, &self.bold].iter().all(|face| face.run(text).whole)
    }
}

/// One weight of the typeface, ready to measure and to draw.
pub struct Face {
    shaper: Shaper<'static>,
    font: Font,
    /// Widths in ems of texts that were measured: the same words are set again at every size that is tried.
    measured: RefCell<HashMap<String, f32>>,
}

/// A text as glyphs.
pub struct Run {
    /// The glyphs, measured in ems.
    pub glyphs: Vec<KrillaGlyph>,
    /// Their width in ems.
    pub width: f32,
    /// Whether the typeface has all of them.
    pub whole: bool,
}

impl Face {
    fn new(data: &'static [u8]) -> Option<Self> {
        let (shaper, font) = (Shaper::from_slice(data, 0)?, Font::new(data.into(), 0)?);
        Some(Self { shaper, font, measured: RefCell::default() })
    }

    /// The font for reading its outlines.
    pub const fn shaper(&self) -> &Shaper<'static> {
        &self.shaper
    }

    /// The font as the PDF embeds it.
    pub fn font(&self) -> Font {
        self.font.clone()
    }

    /// A text as glyphs, from left to right: the typeface has no letters that go another way.
    pub fn run(&self, text: &str) -> Run {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(&self.shaper, &[], buffer);
        let em = self.font.units_per_em();
        let (infos, positions) = (shaped.glyph_infos(), shaped.glyph_positions());
        let ends = infos.iter().enumerate().map(|(at, info)| {
            let next = infos.iter().skip(at).find(|next| next.cluster > info.cluster);
            next.map_or(text.len(), |next| next.cluster as usize)
        });
        let mut width = 0.0;
        let glyphs = infos.iter().zip(positions).zip(ends).map(|((info, position), end)| {
            let [advance, x, y, rise] =
                [position.x_advance, position.x_offset, position.y_offset, position.y_advance]
                    .map(|units| units as f32 / em);
            width += advance;
            let letters: Range<usize> = info.cluster as usize..end;
            KrillaGlyph::new(GlyphId::new(info.glyph_id), advance, x, y, rise, letters, None)
        });
        let glyphs = glyphs.collect();
        // Glyph 0 is the empty box of a typeface.
        Run { glyphs, width, whole: infos.iter().all(|info| info.glyph_id != 0) }
    }

    /// How wide a text is at a size, in points.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        if let Some(ems) = self.measured.borrow().get(text) {
            return ems * size;
        }
        let ems = self.run(text).width;
        self.measured.borrow_mut().insert(text.to_owned(), ems);
        ems * size
    }

    /// The lines of a text at a size, none wider than `width` points: broken at spaces, and within words that are
    /// wider than a line.
    pub fn wrap(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        if self.width(text, size) <= width {
            return vec![text.to_owned()].into_iter().filter(|line| !line.is_empty()).collect();
        }
        let space = self.width(" ", size);
        let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0.0);
        for word in
            text.split(' ').filter(|word| !word.is_empty()).flat_map(|word| self.pieces(word, size, width))
        {
            let wide = self.width(&word, size);
            if !line.is_empty() && used + space + wide > width {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            if !line.is_empty() {
                line.push(' ');
                used += space;
            }
            line.push_str(&word);
            used += wide;
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// A word, or the pieces that it has to be broken into.
    fn pieces(&self, word: &str, size: f32, width: f32) -> Vec<String> {
        if self.width(word, size) <= width {
            return vec![word.to_owned()];
        }
        let (mut pieces, mut piece, mut used) = (Vec::new(), String::new(), 0.0);
        for grapheme in word.graphemes(true) {
            let wide = self.width(grapheme, size);
            if used + wide > width && !piece.is_empty() {
                pieces.push(std::mem::take(&mut piece));
                used = 0.0;
            }
            piece.push_str(grapheme);
            used += wide;
        }
        pieces.push(piece);
        pieces
    }
}
