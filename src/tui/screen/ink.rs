//! Cells to bytes: the pen and the cursor of a terminal, moved by the shortest sequences (ECMA-48; xterm's control sequences).
//!
//! The first move of each drawing is an absolute one: other programs write to the terminal, too, and what they wrote must
//! not push about what is drawn after it.

use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use super::signs::Signs;

/// Which colours are written. Bold, dim, underline and reverse always are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// All; the named ones are the terminal's own palette.
    All,
    /// None but [`BLACK`] and [`WHITE`].
    None,
}

/// Black of the fixed 256 colours, whatever the palette: with [`WHITE`] for pictures that machines read, such as a QR
/// code, and therefore written with [`Colours::None`] too.
pub const BLACK: Color = Color::Indexed(16);

/// White of the fixed 256 colours; see [`BLACK`].
pub const WHITE: Color = Color::Indexed(231);

impl Colours {
    /// By the value of the environment variable `NO_COLOR`: colours are off when it is set and not empty
    /// (<https://no-color.org>).
    pub fn by_no_color(value: Option<&std::ffi::OsStr>) -> Self {
        if value.is_some_and(|value| !value.is_empty()) { Self::None } else { Self::All }
    }

    fn allow(self, colour: Color) -> Color {
        if self == Self::All || colour == BLACK || colour == WHITE { colour } else { Color::Reset }
    }
}

/// How the terminal writes the next character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// The modifiers with the parameter that sets each, and the one that takes it away; bold and dim share the latter.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// What the terminal's pen and cursor are known to be, and the bytes of one drawing.
#[derive(Debug)]
pub(super) struct Ink {
    out: String,
    colours: Colours,
    signs: Signs,
    size: Size,
    pen: Pen,
    /// Where the cursor stands; a column equal to the width means behind the last one, where it wraps. `None`: unknown.
    cursor: Option<Position>,
    /// Where the last drawing left the cursor.
    left: Option<Position>,
    visible: bool,
    cleared: bool,
    finished: bool,
}

impl Ink {
    pub(super) fn new(colours: Colours, signs: Signs) -> Self {
        Self {
            out: String::new(),
            colours,
            signs,
            size: Size::new(1, 1),
            pen: Pen::default(),
            cursor: None,
            left: None,
            visible: true,
            cleared: false,
            finished: true,
        }
    }

    /// Nothing is known of the terminal any more but its size; the next drawing begins by clearing it.
    pub(super) fn forget(&mut self, size: Size) {
        *self = Self { size, out: std::mem::take(&mut self.out), ..Self::new(self.colours, self.signs) };
    }

    /// Gives back the memory of a drawing that has ended.
    pub(super) fn rest(&mut self) {
        if self.finished {
            self.out = String::new();
        }
    }

    /// Takes other signs; the next drawing must be a whole one.
    pub(super) fn set_signs(&mut self, signs: Signs) {
        self.signs = signs;
    }

    pub(super) const fn signs(&self) -> Signs {
        self.signs
    }

    /// Begins a drawing, unless one is begun.
    pub(super) fn begin(&mut self) {
        if std::mem::take(&mut self.finished) {
            self.out.clear();
            self.left = self.cursor.take();
        }
        if !self.cleared {
            // ASCII as the character set and the whole screen as the region that scrolls, whatever another program set;
            // pen to normal, cursor shown, screen cleared with that pen.
            self.out.push_str("\x0f\x1b(B\x1b[r\x1b[m\x1b[?25h\x1b[2J");
            self.cleared = true;
        }
    }

    /// Writes one cell, `width` columns wide, unless it would not fit or not be harmless: then a blank.
    pub(super) fn put(&mut self, x: u16, y: u16, cell: &Cell, width: u16) {
        self.go(Position { x, y });
        self.dip(Pen {
            fg: self.colours.allow(cell.fg),
            bg: self.colours.allow(cell.bg),
            modifier: cell.modifier,
        });
        let symbol = match cell.symbol() {
            symbol if symbol.len() > 1 => self.signs.shown(symbol),
            symbol => symbol,
        };
        if let [0x20..=0x7e] = symbol.as_bytes() {
            self.out.push_str(symbol);
        } else {
            self.put_unusual(symbol, width);
        }
        let known = match symbol.len() {
            1 => true,
            // Where signs are wider than they should be, or UTF-8 is not known, nothing else is certain.
            _ => self.signs != Signs::Ascii && symbol.chars().nth(1).is_none(),
        };
        self.cursor = known.then_some(Position { x: x + width, y });
    }

    fn put_unusual(&mut self, symbol: &str, width: u16) {
        let harmless = !symbol.is_empty() && !symbol.contains(char::is_control);
        if harmless && ratatui::buffer::CellWidth::cell_width(symbol) == width {
            self.out.push_str(symbol);
        } else {
            self.out.extend(std::iter::repeat_n(' ', usize::from(width)));
        }
    }

    /// Puts the cursor where it is wanted, hides it if nowhere, and returns the bytes of the drawing.
    pub(super) fn end(&mut self, cursor: Option<Position>) -> &[u8] {
        self.begin();
        self.finished = true;
        match cursor {
            Some(at) if self.out.is_empty() && self.left == cursor => self.cursor = Some(at),
            Some(at) => self.go(at),
            None => {}
        }
        if cursor.is_some() != self.visible {
            self.out.push_str(if self.visible { "\x1b[?25l" } else { "\x1b[?25h" });
            self.visible = cursor.is_some();
        }
        self.out.as_bytes()
    }

    /// Moves the cursor by the shortest way: not at all, from where it is, or to an absolute place, as at first.
    fn go(&mut self, to: Position) {
        if self.cursor == Some(to) {
            return;
        }
        let start = self.out.len();
        if let Some(from) = self.cursor {
            relative(&mut self.out, from, to, self.size);
        }
        // Both ways are written, and the longer one is taken back.
        let middle = self.out.len();
        absolute(&mut self.out, to);
        if self.cursor.is_some() && middle - start <= self.out.len() - middle {
            self.out.truncate(middle);
        } else {
            self.out.replace_range(start..middle, "");
        }
        self.cursor = Some(to);
    }

    /// Changes the pen by what differs, or by way of the normal pen where that is shorter.
    fn dip(&mut self, pen: Pen) {
        if pen == self.pen {
            return;
        }
        self.out.push_str("\x1b[");
        let start = self.out.len();
        self.pen.change(pen, &mut self.out);
        let middle = self.out.len();
        Pen::default().change(pen, &mut self.out);
        let anew = self.out.len() - middle;
        if anew < middle - start {
            self.out.replace_range(start..middle, if anew == 0 { "" } else { ";" });
        } else {
            self.out.truncate(middle);
        }
        self.out.push('m');
        self.pen = pen;
    }
}

impl Pen {
    /// Appends the SGR parameters that lead from this pen to another.
    fn change(self, to: Self, out: &mut String) {
        let mut parameters = Parameters { start: out.len(), out };
        let mut now = self.modifier;
        for (modifier, _, off) in MODIFIERS {
            if now.contains(modifier) && !to.modifier.contains(modifier) {
                parameters.push(&[off]);
                for (shared, ..) in MODIFIERS.iter().filter(|(.., o)| *o == off) {
                    now.remove(*shared);
                }
            }
        }
        for (_, on, _) in MODIFIERS.iter().filter(|(m, ..)| to.modifier.contains(*m) && !now.contains(*m)) {
            parameters.push(&[*on]);
        }
        if self.fg != to.fg {
            parameters.push_colour(to.fg, 30);
        }
        if self.bg != to.bg {
            parameters.push_colour(to.bg, 40);
        }
    }
}

/// The parameters of one sequence, as they are appended.
struct Parameters<'a> {
    out: &'a mut String,
    start: usize,
}

impl Parameters<'_> {
    fn push(&mut self, numbers: &[u8]) {
        for n in numbers {
            if self.out.len() > self.start {
                self.out.push(';');
            }
            number(self.out, u16::from(*n));
        }
    }

    /// The parameters of a colour; `base` is 30 for the foreground and 40 for the background.
    fn push_colour(&mut self, colour: Color, base: u8) {
        let named = match colour {
            Color::Reset => 9,
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::DarkGray => 60,
            Color::LightRed => 61,
            Color::LightGreen => 62,
            Color::LightYellow => 63,
            Color::LightBlue => 64,
            Color::LightMagenta => 65,
            Color::LightCyan => 66,
            Color::White => 67,
            Color::Indexed(index) => return self.push(&[base + 8, 5, index]),
            Color::Rgb(r, g, b) => return self.push(&[base + 8, 2, r, g, b]),
        };
        self.push(&[base + named]);
    }
}

/// Appends a number in decimal. Formatting by way of `write!` costs more than all else of a key's drawing.
fn number(out: &mut String, n: u16) {
    if n >= 10 {
        number(out, n / 10);
    }
    out.push(char::from(b'0' + (n % 10) as u8));
}

/// Appends CUP, with the parts left out that are 1 anyway.
fn absolute(out: &mut String, to: Position) {
    out.push_str("\x1b[");
    if to != Position::ORIGIN {
        number(out, to.y + 1);
    }
    if to.x > 0 {
        out.push(';');
        number(out, to.x + 1);
    }
    out.push('H');
}

/// Appends the way from a known place: down or up first, then along the row, or from the row's start.
fn relative(out: &mut String, from: Position, to: Position, size: Size) {
    let wrapping = from.x >= size.width;
    let x = if wrapping || to.x == 0 && from.x > 0 {
        out.push('\r');
        0
    } else {
        from.x
    };
    match to.y.checked_sub(from.y) {
        Some(0) => {}
        // Only at the start of a row: where the system makes CR LF of LF, as Windows does, that is the same.
        Some(down @ 1..=3) if x == 0 => out.extend(std::iter::repeat_n('\n', usize::from(down))),
        Some(down) => step(out, down, 'B'),
        None if from.y - to.y == 1 => out.push_str("\x1bM"),
        None => step(out, from.y - to.y, 'A'),
    }
    match to.x.checked_sub(x) {
        Some(0) => {}
        Some(right) => step(out, right, 'C'),
        None if x - to.x <= 3 => out.extend(std::iter::repeat_n('\x08', usize::from(x - to.x))),
        None => step(out, x - to.x, 'D'),
    }
}

fn step(out: &mut String, by: u16, to: char) {
    out.push_str("\x1b[");
    if by > 1 {
        number(out, by);
    }
    out.push(to);
}
