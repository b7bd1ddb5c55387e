//! A terminal's screen as pixels: what a camera sees of it, in a real font, under a dark and under a light theme.

use std::fmt::Write;
use std::path::Path;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use rustybuzz::Face;
use rustybuzz::ttf_parser::OutlineBuilder;
use vt100::{Cell, Color, Screen};

use crate::support::node;

/// A monospaced font of which terminals draw, and where Debian has it.
const FONT: &str = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf";

/// Letter size, and a cell's width and height, in pixels: the font's advance is 0.602 of its size, its line 1.164.
const SIZE: u16 = 20;
const WIDE: u16 = 12;
const HIGH: u16 = 23;

/// How far below a cell's top its letters stand, in pixels: the font's ascent is 0.928 of its size.
const ASCENT: u16 = 19;

/// The colours that a user's theme decides: of letters, of what is behind them, and the sixteen named ones.
pub struct Theme {
    pub name: &'static str,
    pub letters: u32,
    pub behind: u32,
    named: [u32; 16],
}

/// A dark and a light theme, whose named black and white are neither.
pub const THEMES: [Theme; 2] = [
    Theme { name: "dark", letters: 0x00cd_d6f4, behind: 0x001e_1e2e, named: NAMED },
    Theme { name: "light", letters: 0x0065_7b83, behind: 0x00fd_f6e3, named: NAMED },
];

const NAMED: [u32; 16] = [
    0x073642, 0xdc322f, 0x859900, 0xb58900, 0x268bd2, 0xd33682, 0x2aa198, 0xeee8d5, 0x002b36, 0xcb4b16,
    0x586e75, 0x657b83, 0x839496, 0x6c71c4, 0x93a1a1, 0xfdf6e3,
];

impl Theme {
    /// What a colour looks like; the cube and the greys of the 256 are those of xterm.
    fn colour(&self, colour: Color, default: u32) -> u32 {
        let level = |n: u8| if n == 0 { 0 } else { u32::from(n) * 40 + 55 };
        match colour {
            Color::Default => default,
            Color::Rgb(r, g, b) => u32::from_be_bytes([0, r, g, b]),
            Color::Idx(n @ 0..=15) => self.named[usize::from(n)],
            Color::Idx(n @ 16..=231) => {
                let n = n - 16;
                level(n / 36) << 16 | level(n / 6 % 6) << 8 | level(n % 6)
            }
            Color::Idx(n) => (u32::from(n - 232) * 10 + 8) * 0x01_01_01,
        }
    }

    /// A cell's letters and what is behind them.
    fn colours(&self, cell: &Cell) -> (u32, u32) {
        let letters = self.colour(cell.fgcolor(), self.letters);
        let behind = self.colour(cell.bgcolor(), self.behind);
        if cell.inverse() { (behind, letters) } else { (letters, behind) }
    }
}

/// Whether the font is there; where it is not, this says so.
pub fn font() -> bool {
    let found = Path::new(FONT).is_file();
    if !found {
        node::skip("there is no font DejaVu Sans Mono", "install fonts-dejavu-core");
    }
    found
}

/// A glyph's outline as an SVG path.
#[derive(Default)]
struct Outline(String);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        write!(self.0, "M{x} {y}").unwrap();
    }
    fn line_to(&mut self, x: f32, y: f32) {
        write!(self.0, "L{x} {y}").unwrap();
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        write!(self.0, "Q{x1} {y1} {x} {y}").unwrap();
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        write!(self.0, "C{x1} {y1} {x2} {y2} {x} {y}").unwrap();
    }
    fn close(&mut self) {
        self.0.push('z');
    }
}

/// The outline of a character, in the font's units with its upward axis.
fn outline(font: &Face<'_>, character: char) -> String {
    let mut outline = Outline::default();
    let glyph = font.glyph_index(character).unwrap_or_else(|| panic!("the font has no {character:?}"));
    font.outline_glyph(glyph, &mut outline);
    outline.0
}

/// The screen in a theme, drawn cell by cell as terminals do that have no block characters of their own: a rectangle,
/// and the font's glyph upon it.
pub fn draw(screen: &Screen, theme: &Theme) -> Pixmap {
    let bytes = std::fs::read(FONT).unwrap();
    let font = Face::from_slice(&bytes, 0).unwrap();
    let scale = f32::from(SIZE) / font.units_per_em() as f32;
    let (rows, columns) = screen.size();
    let (wide, high) = (columns.get() * WIDE, rows.get() * HIGH);
    let (mut behind_all, mut glyphs) = (String::new(), String::new());
    for (row, column) in (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column))) {
        let cell = screen.cell(row, column).unwrap();
        let (letters, behind) = theme.colours(cell);
        let (x, y) = (column * WIDE, row * HIGH);
        write!(behind_all, r##"<path fill="#{behind:06x}" d="M{x} {y}h{WIDE}v{HIGH}h-{WIDE}z"/>"##).unwrap();
        for character in cell.contents().trim().chars() {
            let (y, path) = (y + ASCENT, outline(&font, character));
            let place = format!("translate({x} {y}) scale({scale} -{scale})");
            write!(glyphs, r##"<path fill="#{letters:06x}" transform="{place}" d="{path}"/>"##).unwrap();
        }
    }
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"><g shape-rendering="crispEdges">{behind_all}</g>{glyphs}</svg>"#
    );
    let tree = Tree::from_str(&svg, &Options::default()).unwrap();
    let mut pixels = Pixmap::new(wide.into(), high.into()).unwrap();
    resvg::render(&tree, Transform::default(), &mut pixels.as_mut());
    pixels
}

/// What a decoder written in Rust reads.
pub fn by_rqrr(pixels: &Pixmap) -> String {
    let (wide, high) = (pixels.width() as usize, pixels.height() as usize);
    let grey = |x: usize, y: usize| {
        let pixel = pixels.pixels()[y * wide + x];
        ((u32::from(pixel.red()) + u32::from(pixel.green()) + u32::from(pixel.blue())) / 3) as u8
    };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(wide, high, grey);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code on the screen");
    grids[0].decode().unwrap().1
}
