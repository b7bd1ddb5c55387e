//! A symbol as terminal cells, in colours that no theme changes.
//!
//! A cell of one colour is a space with a background, for fonts leave gaps around block glyphs and never around
//! backgrounds; a cell of two is `▄`, whose lower edge is the one that fonts get right. Without UTF-8 a module is two
//! columns of background.

use std::fmt;

use crate::badge::carry::symbol::Symbol;

/// Black in the 256-colour palette: the first of the colour cube, which themes leave alone, unlike colour 0.
pub const BLACK: u8 = 16;

/// White in the 256-colour palette: the last of the colour cube, unlike the greyish colour 15.
pub const WHITE: u8 = 231;

/// The quiet zones that are tried, in modules: four by the standard, two at least, as one fails on some phones.
const QUIET_ZONES: [u16; 3] = [4, 3, LEAST_QUIET];

/// The narrowest quiet zone that is drawn, in modules.
pub const LEAST_QUIET: u16 = 2;

/// What a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QrStyle {
    /// UTF-8: two modules above each other in a cell.
    HalfBlocks,
    /// Any other character set: two cells a module, and only spaces.
    Spaces,
}

impl QrStyle {
    /// The form for a locale that is UTF-8, or is not.
    pub fn for_locale(utf8: bool) -> Self {
        if utf8 { Self::HalfBlocks } else { Self::Spaces }
    }
}

/// One terminal cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// A space, or `▄`.
    pub glyph: char,
    /// Foreground, [`BLACK`] or [`WHITE`]: the lower module.
    pub foreground: u8,
    /// Background, [`BLACK`] or [`WHITE`]: the upper module.
    pub background: u8,
}

impl Cell {
    fn new(upper: bool, lower: bool) -> Self {
        let colour = |dark| if dark { BLACK } else { WHITE };
        let glyph = if upper == lower { ' ' } else { '▄' };
        Self { glyph, foreground: colour(lower), background: colour(upper) }
    }
}

/// Whether a symbol fits a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It does, with a quiet zone of this width in modules, 2 to 4.
    Quiet(u16),
    /// It does not: it needs these columns and rows.
    Needs {
        /// Columns, with the narrowest quiet zone.
        columns: u16,
        /// Rows, with the narrowest quiet zone.
        rows: u16,
    },
}

impl fmt::Display for Fit {
    /// A sentence for the person at the terminal.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quiet(_) => write!(out, "The QR code fits."),
            Self::Needs { columns, rows } => write!(
                out,
                "The QR code needs {columns} columns and {rows} rows. Enlarge the window or make its letters smaller, \
                 or open the code's PNG or SVG picture."
            ),
        }
    }
}

/// Columns and rows of a symbol drawn with a quiet zone of `quiet` modules.
pub fn extent(symbol: &Symbol, quiet: u16, form: QrStyle) -> (u16, u16) {
    let side = (symbol.size() as u16).saturating_add(quiet.saturating_mul(2));
    match form {
        QrStyle::HalfBlocks => (side, side.div_ceil(2)),
        QrStyle::Spaces => (side.saturating_mul(2), side),
    }
}

/// Whether a symbol fits a space of `columns` and `rows`, and with how wide a quiet zone: four modules if they
/// fit, two at least. Rows for a caption are the caller's to take off before.
pub fn fits(symbol: &Symbol, columns: u16, rows: u16, form: QrStyle) -> Fit {
    let within = |quiet: &u16| {
        let (wide, high) = extent(symbol, *quiet, form);
        wide <= columns && high <= rows
    };
    let (wide, high) = extent(symbol, LEAST_QUIET, form);
    QUIET_ZONES.into_iter().find(within).map_or(Fit::Needs { columns: wide, rows: high }, Fit::Quiet)
}

/// Columns and rows of the smallest space that a symbol is drawn in: with the narrowest quiet zone, of which the last row
/// (half of one in characters) gives way. What lies below it is the window's edge, or an empty line.
pub fn least(symbol: &Symbol, form: QrStyle) -> (u16, u16) {
    let (columns, rows) = extent(symbol, LEAST_QUIET, form);
    (columns, rows.saturating_sub(1))
}

/// The cells of a symbol with its quiet zone, row by row from the top; [`extent`] says how many.
pub fn cells(symbol: &Symbol, quiet: u16, form: QrStyle) -> Vec<Vec<Cell>> {
    let modules = symbol.framed(usize::from(quiet));
    match form {
        QrStyle::HalfBlocks => modules.chunks(2).map(half_blocks).collect(),
        QrStyle::Spaces => modules
            .iter()
            .map(|row| row.iter().flat_map(|dark| [Cell::new(*dark, *dark); 2]).collect())
            .collect(),
    }
}

/// Two rows of modules as one of cells; below the last row of an odd number all is light.
fn half_blocks(pair: &[Vec<bool>]) -> Vec<Cell> {
    let (upper, lower) = (pair.first(), pair.get(1));
    let below = |x| lower.and_then(|row| row.get(x)).copied().unwrap_or(false);
    upper.into_iter().flatten().enumerate().map(|(x, dark)| Cell::new(*dark, below(x))).collect()
}

/// A symbol as lines of text with colour escapes, for a terminal's plain output of so many columns and rows: with as
/// wide a quiet zone as fits, or as [`least`] says. Every line ends with the colours reset and a line feed. Nothing where it
/// does not fit.
pub fn to_ansi(symbol: &Symbol, columns: u16, rows: u16, form: QrStyle) -> Option<String> {
    let (wide, high) = least(symbol, form);
    let (quiet, shown) = match fits(symbol, columns, rows, form) {
        Fit::Quiet(quiet) => (quiet, usize::MAX),
        Fit::Needs { .. } if wide <= columns && high <= rows => (LEAST_QUIET, usize::from(high)),
        Fit::Needs { .. } => return None,
    };
    Some(cells(symbol, quiet, form).iter().take(shown).map(|row| ansi_line(row)).collect())
}

fn ansi_line(row: &[Cell]) -> String {
    let mut line = String::new();
    for run in row.chunk_by(|a, b| a == b) {
        let Some(Cell { glyph, foreground, background }) = run.first() else { continue };
        line.push_str(&format!("\x1b[38;5;{foreground};48;5;{background}m"));
        line.extend(std::iter::repeat_n(*glyph, run.len()));
    }
    line + "\x1b[0m\n"
}
