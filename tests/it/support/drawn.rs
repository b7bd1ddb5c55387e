//! A screen as an SVG picture: what a buffer holds, in the colours of a dark terminal.
//!
//! A word of one style is one `<text>`, stretched to the cells that it takes, so that every monospaced font fits.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// Pixels of a cell, and of the margin around the screen.
const CELL: (u16, u16) = (9, 20);
const MARGIN: u16 = 14;
/// Where the letters stand in a cell.
const BASELINE: u16 = 15;

const PAPER: &str = "#1d2129";
const INK: &str = "#d7dbe2";

/// A colour of the terminal, as these pictures show it.
fn colour(colour: Color, reset: &'static str) -> &'static str {
    match colour {
        Color::Reset => reset,
        Color::Black => "#14171c",
        Color::Red => "#f2777a",
        Color::Green => "#99cc99",
        Color::Yellow => "#ffcc66",
        Color::Blue => "#6699cc",
        Color::Magenta => "#cc99cc",
        Color::Cyan => "#66cccc",
        Color::White | Color::Indexed(231) => "#ffffff",
        Color::Indexed(16) => "#000000",
        other => panic!("no picture has {other:?} yet"),
    }
}

/// Foreground and background of a cell.
fn colours(cell: &Cell) -> (&'static str, &'static str) {
    let (ink, paper) = (colour(cell.fg, INK), colour(cell.bg, PAPER));
    if cell.modifier.contains(Modifier::REVERSED) { (paper, ink) } else { (ink, paper) }
}

/// Neighbouring cells of one style, as they are collected.
struct Run {
    x: u16,
    width: u16,
    text: String,
    like: Cell,
}

/// A row of a buffer as runs: words, and the spaces between them.
fn runs(buffer: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = buffer.area.x;
    while x < buffer.area.right() {
        let cell = &buffer[(x, y)];
        let width = cell.cell_width().max(1);
        let blank = |symbol: &str| symbol.trim().is_empty();
        let same = |run: &&mut Run| {
            (colours(&run.like), run.like.modifier) == (colours(cell), cell.modifier)
                && blank(&run.text) == blank(cell.symbol())
        };
        match runs.last_mut().filter(same) {
            Some(run) => {
                run.text.push_str(cell.symbol());
                run.width += width;
            }
            None => runs.push(Run { x, width, text: cell.symbol().to_owned(), like: cell.clone() }),
        }
        x += width;
    }
    runs
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The attributes that a style needs besides its colour.
fn attributes(modifier: Modifier) -> String {
    let mut out = String::new();
    if modifier.contains(Modifier::BOLD) {
        out.push_str(" font-weight=\"bold\"");
    }
    if modifier.contains(Modifier::DIM) {
        out.push_str(" opacity=\"0.6\"");
    }
    let lines = [(Modifier::UNDERLINED, "underline"), (Modifier::CROSSED_OUT, "line-through")];
    let lines: Vec<&str> =
        lines.iter().filter(|(m, _)| modifier.contains(*m)).map(|(_, name)| *name).collect();
    if !lines.is_empty() {
        let _ = write!(out, " text-decoration=\"{}\"", lines.join(" "));
    }
    out
}

fn draw(out: &mut String, run: &Run, row: u16) {
    let (ink, paper) = colours(&run.like);
    let (x, y, width) = (MARGIN + run.x * CELL.0, MARGIN + row * CELL.1, run.width * CELL.0);
    if paper != PAPER {
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{paper}\"/>",
            CELL.1
        );
    }
    if run.text.trim().is_empty() {
        let decorated = run.like.modifier.intersects(Modifier::UNDERLINED | Modifier::CROSSED_OUT);
        assert!(!decorated, "no picture has a line under spaces yet");
        return;
    }
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{ink}\"{}>{}</text>",
        y + BASELINE,
        attributes(run.like.modifier),
        escaped(&run.text)
    );
}

/// The picture of a buffer, with the cursor where it stands; `title` is its description for those who do not see it.
pub fn svg(title: &str, buffer: &Buffer, cursor: Option<Position>) -> String {
    let area = buffer.area;
    let (width, height) = (2 * MARGIN + area.width * CELL.0, 2 * MARGIN + area.height * CELL.1);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"10\" fill=\"{PAPER}\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"15\">\n",
        escaped(title)
    );
    for (row, y) in (area.y..area.bottom()).enumerate() {
        runs(buffer, y).iter().for_each(|run| draw(&mut out, run, row as u16));
    }
    if let Some(at) = cursor {
        let (x, y) = (MARGIN + at.x * CELL.0, MARGIN + at.y * CELL.1);
        let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"2\" height=\"{}\" fill=\"{INK}\"/>", CELL.1);
    }
    out.push_str("</g>\n</svg>\n");
    out
}
