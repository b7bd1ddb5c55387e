//! A canvas for SVG: shapes as they are given, text as outlines, shrunk, wrapped and at last cut to the room it has.

use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use unicode_segmentation::UnicodeSegmentation;

use crate::badge::draw::fonts::face::{Face, Faces, Weight};

/// Units of the typeface along an em.
const EM: f32 = 1_000.0;

/// Steps by which text shrinks to its room, in units of the drawing.
const STEP: f32 = 0.5;

/// How a text looks, and the room that it has.
#[derive(Clone, Copy)]
pub struct Style {
    /// How heavy it is.
    pub weight: Weight,
    /// A colour of SVG.
    pub ink: &'static str,
    /// The size that it has where it fits, in units to the em.
    pub size: f32,
    /// The size below which it is broken and cut instead.
    pub least: f32,
    /// How wide a line may be.
    pub width: f32,
    /// How many lines there may be.
    pub lines: usize,
}

/// A text that has been fitted into its room.
pub struct Fitted {
    /// Its lines.
    pub lines: Vec<String>,
    /// Its size, in units to the em.
    pub size: f32,
    /// The width of its widest line.
    pub width: f32,
}

/// SVG in the making.
pub struct Canvas {
    faces: Faces,
    svg: String,
}

impl Canvas {
    /// An empty canvas; `None` when the embedded typefaces are damaged.
    pub fn new() -> Option<Self> {
        Some(Self { faces: Faces::load()?, svg: String::new() })
    }

    /// What was drawn.
    pub fn into_svg(self) -> String {
        self.svg
    }

    /// Whether the typeface has every character of a text.
    pub fn has(&self, text: &str) -> bool {
        self.faces.have(text)
    }

    /// Adds elements as they are.
    pub fn add(&mut self, markup: &str) {
        self.svg.push_str(markup);
    }

    /// Draws a group of elements under a name.
    pub fn group(&mut self, name: &str, draw: impl FnOnce(&mut Self)) {
        self.add(&format!("<g id=\"{name}\">"));
        draw(self);
        self.add("</g>");
    }

    /// Finds size and lines for a text: the largest size at which it fits without breaking a word, else the least, where
    /// words break and the end is cut off.
    pub fn fit(&self, text: &str, style: &Style) -> Fitted {
        let face = self.faces.of(style.weight);
        let text = bound(text);
        let sizes = (0..).map(|n| style.size - n as f32 * STEP).take_while(|size| *size >= style.least);
        let whole = sizes.filter_map(|size| Some((size, unbroken(face, &text, size, style)?))).next();
        let (size, lines) = whole.unwrap_or_else(|| (style.least, cut(face, &text, style)));
        let width = lines.iter().map(|line| face.width(line, size)).fold(0.0, f32::max);
        Fitted { lines, size, width }
    }

    /// Draws one line whose letters stand on `baseline`.
    pub fn line(&mut self, text: &str, style: &Style, size: f32, x: f32, baseline: f32) {
        let outline = outline(self.faces.of(style.weight), text);
        let (x, y, scale) = (number(x), number(baseline), number(size));
        let place = format!("translate({x} {y})scale({scale})scale(.001 -.001)");
        self.add(&format!("<path fill=\"{}\" transform=\"{place}\" d=\"{outline}\"/>", style.ink));
    }

    /// Fits a text and draws its lines, the first on `baseline`, each `leading` times its size below the other.
    pub fn text(&mut self, text: &str, style: &Style, x: f32, baseline: f32, leading: f32) -> Fitted {
        let fitted = self.fit(text, style);
        for (n, line) in fitted.lines.iter().enumerate() {
            self.line(line, style, fitted.size, x, baseline + n as f32 * fitted.size * leading);
        }
        fitted
    }
}

/// A text in which numbers stay together with what follows them.
fn bound(text: &str) -> String {
    let mut bound = String::with_capacity(text.len());
    for c in text.chars() {
        match bound.chars().next_back() {
            Some(digit) if c == ' ' && digit.is_ascii_digit() => bound.push('\u{a0}'),
            _ => bound.push(c),
        }
    }
    bound
}

/// The lines of a text at a size, if they are few enough and no word is broken; as even as they can be.
fn unbroken(face: &Face, text: &str, size: f32, style: &Style) -> Option<Vec<String>> {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let wrapped = |width: f32| {
        let lines = face.wrap(text, size, width);
        let whole = lines.iter().flat_map(|line| line.split(' ')).eq(words.iter().copied());
        (whole && lines.len() <= style.lines).then_some(lines)
    };
    let lines = wrapped(style.width)?;
    let narrower = (50..100).map(|percent| style.width * percent as f32 / 100.0);
    let mut even = narrower.filter_map(wrapped).filter(|even| even.len() == lines.len());
    Some(even.next().unwrap_or(lines))
}

/// As many lines as there may be at the least size, and an ellipsis where more was to come.
fn cut(face: &Face, text: &str, style: &Style) -> Vec<String> {
    let mut lines = face.wrap(text, style.least, style.width);
    if lines.len() <= style.lines {
        return lines;
    }
    lines.truncate(style.lines);
    if let Some(last) = lines.last_mut() {
        let starts = last.grapheme_indices(true).map(|(at, _)| at).chain([last.len()]);
        let fronts = starts.filter_map(|end| Some(format!("{}…", last.get(..end)?.trim_end())));
        let fitting = fronts.filter(|front| face.width(front, style.least) <= style.width);
        *last = fitting.last().unwrap_or_default();
    }
    lines
}

/// The outlines of a line, in units of the typeface.
fn outline(face: &Face, text: &str) -> String {
    let mut pen = Pen::default();
    let mut advance = 0.0;
    for glyph in face.run(text).glyphs {
        pen.origin = (((advance + glyph.x_offset) * EM).round(), (glyph.y_offset * EM).round());
        face.shaper().outline_glyph(GlyphId(glyph.glyph_id.to_u32() as u16), &mut pen);
        advance += glyph.x_advance;
    }
    pen.path
}

/// Writes outlines as path data with relative coordinates, which are whole numbers.
#[derive(Default)]
struct Pen {
    path: String,
    origin: (f32, f32),
    last: (f32, f32),
    start: (f32, f32),
}

impl Pen {
    fn push(&mut self, command: char, points: &[(f32, f32)]) {
        self.path.push(command);
        let from = self.last;
        for (n, (x, y)) in points.iter().enumerate() {
            let (x, y) = (x + self.origin.0, y + self.origin.1);
            let text = format!("{} {}", number(x - from.0), number(y - from.1));
            if n > 0 {
                self.path.push(' ');
            }
            self.path.push_str(&text.replace(" -", "-"));
            self.last = (x, y);
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push('m', &[(x, y)]);
        self.start = self.last;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push('l', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.push('q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.push('c', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('z');
        self.last = self.start;
    }
}

/// A coordinate with at most two decimals.
pub fn number(value: f32) -> String {
    // Adding zero makes a negative zero positive.
    format!("{}", (value * 100.0).round() / 100.0 + 0.0)
}
