//! What a page consists of: texts, rules, links and the code, each with its place.

use crate::badge::carry::symbol::Symbol;
use crate::badge::draw::fonts::face::Weight;

/// Colours by meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Names and headings.
    Navy,
    /// Running text and values.
    Ink,
    /// Labels.
    Grey,
    /// Rules.
    Line,
}

/// What a text is to a person who has the page read aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The page's title.
    Title,
    /// A heading of a section.
    Heading,
    /// Anything else.
    Paragraph,
}

/// Letters: weight, size in points, colour.
#[derive(Debug, Clone, Copy)]
pub struct Style(pub Weight, pub f32, pub Colour);

/// Lines of text below each other.
#[derive(Debug, Clone)]
pub struct Text {
    /// What it is.
    pub role: Role,
    /// How it looks.
    pub style: Style,
    /// Left edge in points.
    pub x: f32,
    /// First baseline in points from the top.
    pub y: f32,
    /// Points from baseline to baseline.
    pub leading: f32,
    /// The lines, at least one.
    pub lines: Vec<String>,
}

/// Something on the page, in points from the upper left corner.
#[derive(Debug, Clone)]
pub enum Item {
    /// Text.
    Text(Text),
    /// A label and its value.
    Pair(Text, Text),
    /// A text that opens an address.
    Link(Text, String),
    /// A horizontal line: left edge, height, width, thickness, colour.
    Rule(f32, f32, f32, f32, Colour),
    /// The QR code without its quiet zone: left edge, upper edge, length of a module.
    Code(f32, f32, f32, Box<Symbol>),
}

impl Style {
    /// Points from line to line: large letters are set closer.
    pub fn leading(self) -> f32 {
        self.1 * if self.1 >= 12.0 { 1.24 } else { 1.38 }
    }
}

impl Item {
    /// The same, `by` points lower.
    pub fn lower(self, by: f32) -> Self {
        let text = |text: Text| Text { y: text.y + by, ..text };
        match self {
            Self::Text(it) => Self::Text(text(it)),
            Self::Pair(label, value) => Self::Pair(text(label), text(value)),
            Self::Link(it, target) => Self::Link(text(it), target),
            Self::Rule(x, y, width, thickness, colour) => Self::Rule(x, y + by, width, thickness, colour),
            Self::Code(x, y, module, symbol) => Self::Code(x, y + by, module, symbol),
        }
    }
}
