//! The drawing surface: ratatui buffers in, the fewest bytes that bring the terminal up to date out.
//!
//! It remembers what the terminal shows. A drawing covers the whole screen or one area of it, is compared with what is
//! shown there, and only the difference is written; so a key that changes one line costs one line's cells.

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect, Size};

mod ink;
mod signs;

use ink::Ink;
pub use ink::{BLACK, Colours, WHITE};
pub use signs::Signs;

/// The largest screen drawn on, in columns and rows. What a terminal claims beyond is left blank: a wrong claim must
/// not decide how much memory is taken.
pub const LARGEST: Size = Size::new(500, 200);

/// The screen as the terminal shows it, and the way to change it.
#[derive(Debug)]
pub struct Screen {
    /// What the terminal shows; without cells while that is nothing, so that a first drawing needs one buffer only.
    shown: Buffer,
    next: Buffer,
    ink: Ink,
}

impl Screen {
    /// A blank screen of this size, at least 1×1 and at most [`LARGEST`]; the first drawing clears the terminal.
    pub fn new(size: Size, colours: Colours) -> Self {
        let ink = Ink::new(colours, Signs::All);
        let mut screen = Self { shown: Buffer::default(), next: Buffer::default(), ink };
        screen.resize(size);
        screen
    }

    /// Takes what the terminal can show; where that is something else than before, the next drawing must be a whole one.
    /// Says whether it is.
    pub fn set_signs(&mut self, signs: Signs) -> bool {
        let other = self.ink.signs() != signs;
        if other {
            self.ink.set_signs(signs);
            self.forget();
        }
        other
    }

    /// The whole screen, from (0, 0).
    pub fn area(&self) -> Rect {
        self.shown.area
    }

    /// What the terminal shows after the last drawing; without cells before the first.
    pub fn shown(&self) -> &Buffer {
        &self.shown
    }

    /// Takes another size, clamped as in [`Screen::new`]; the next drawing must be a whole one.
    pub fn resize(&mut self, size: Size) {
        let width = size.width.clamp(1, LARGEST.width);
        let height = size.height.clamp(1, LARGEST.height);
        self.shown = Buffer { area: Rect::new(0, 0, width, height), content: Vec::new() };
        self.next = Buffer::default();
        self.ink.forget(self.shown.area.as_size());
    }

    /// Forgets what is shown, as after another program had the terminal; the next drawing must be a whole one.
    pub fn forget(&mut self) {
        self.resize(self.shown.area.as_size());
    }

    /// Gives back the memory of the last drawing, beside what is shown.
    pub fn rest(&mut self) {
        self.next = Buffer::default();
        self.ink.rest();
    }

    /// Draws the whole screen: `view` fills a blank buffer and says where the cursor is to stand, nowhere hides it.
    /// Returns the bytes for the terminal, none when nothing changed; they must all be written, in order.
    pub fn draw(&mut self, view: impl FnOnce(&mut Buffer) -> Option<Position>) -> &[u8] {
        self.draw_in(self.shown.area, view)
    }

    /// Draws one area as [`Screen::draw`] draws all, and leaves the rest as it is.
    pub fn draw_in(&mut self, area: Rect, view: impl FnOnce(&mut Buffer) -> Option<Position>) -> &[u8] {
        let cursor = self.paint(area, view);
        self.finish(cursor)
    }

    /// Draws one area as a part of a drawing that [`Screen::finish`] ends. The buffer covers just that area, at its
    /// place on the screen: widgets are clipped to it, and setting cells beyond it is the caller's error, as it is
    /// with ratatui. Returns what `view` returned.
    pub fn paint<T>(&mut self, area: Rect, view: impl FnOnce(&mut Buffer) -> T) -> T {
        let area = area.intersection(self.shown.area);
        self.ink.begin();
        self.next.resize(area);
        self.next.reset();
        let answer = view(&mut self.next);
        let is_first = self.shown.content.is_empty();
        for y in area.rows().map(|row| row.y) {
            if is_first {
                self.write_row(y, area);
            } else {
                self.update_row(y, area);
            }
        }
        if is_first {
            self.show_next();
        }
        answer
    }

    /// Takes what was drawn first as what is shown.
    fn show_next(&mut self) {
        let whole = self.shown.area;
        self.shown = std::mem::take(&mut self.next);
        if self.shown.area != whole {
            let part = std::mem::replace(&mut self.shown, Buffer::empty(whole));
            self.shown.merge(&part);
        }
    }

    /// Ends a drawing with the cursor where it is to stand, and returns its bytes.
    pub fn finish(&mut self, cursor: Option<Position>) -> &[u8] {
        self.ink.end(cursor.filter(|at| self.shown.area.contains(*at)))
    }

    /// Writes what one row of the area has, where nothing is shown.
    fn write_row(&mut self, y: u16, area: Rect) {
        let mut x = area.x;
        while x < area.right() {
            let width = width_at(&self.next, x, y).clamp(1, area.right() - x);
            if let Some(cell) = self.next.cell((x, y)).filter(|cell| **cell != Cell::EMPTY) {
                self.ink.put(x, y, cell, width);
            }
            x += width;
        }
    }

    /// Brings one row of the area up to date.
    fn update_row(&mut self, y: u16, area: Rect) {
        let Some((first, last)) = self.differences(y, area) else { return };
        // What differs only under the second half of a wide character is hidden.
        let mut x = first + u16::from(first > 0 && width_at(&self.shown, first - 1, y) == 2);
        let mut stale_until = x;
        while x < area.right() && (x <= last || x < stale_until) {
            let width = width_at(&self.next, x, y).clamp(1, area.right() - x);
            if x < stale_until || self.next.cell((x, y)) != self.shown.cell((x, y)) {
                stale_until = stale_until.max(self.damaged_until(x, x + width, y));
                self.replace(x, y, width);
            }
            x += width;
        }
        // A wide character that reached over the area's end lost its half: what is under it is shown again.
        for x in area.right()..stale_until.min(self.shown.area.right()) {
            self.ink.put(x, y, self.shown.cell((x, y)).unwrap_or(&Cell::EMPTY), 1);
        }
    }

    /// The first and the last column of the area where the row differs from what is shown. Most rows do not differ,
    /// and comparing them is most of the work.
    fn differences(&self, y: u16, area: Rect) -> Option<(u16, u16)> {
        let next = row(&self.next, area.x, y, area.width);
        let shown = row(&self.shown, area.x, y, area.width);
        let differs = |(next, shown)| next != shown;
        let first = next.iter().zip(shown).position(differs)?;
        let last = next.iter().zip(shown).rposition(differs)?;
        Some((area.x + first as u16, area.x + last as u16))
    }

    /// The column after the last that is damaged when columns `x..end` are overwritten: a terminal blanks the other
    /// half of a wide character too.
    fn damaged_until(&self, x: u16, end: u16, y: u16) -> u16 {
        (x..end).map(|x| x + width_at(&self.shown, x, y)).fold(end, u16::max)
    }

    fn replace(&mut self, x: u16, y: u16, width: u16) {
        for at in x..x + width {
            if let (Some(shown), Some(next)) = (self.shown.cell_mut((at, y)), self.next.cell((at, y))) {
                shown.clone_from(next);
            }
        }
        if let Some(cell) = self.next.cell((x, y)) {
            self.ink.put(x, y, cell, width);
        }
    }
}

/// Cells of a row, from column `x` on; none if the buffer has not all of them.
fn row(buffer: &Buffer, x: u16, y: u16, width: u16) -> &[Cell] {
    let area = buffer.area;
    if y < area.y || x < area.x {
        return &[];
    }
    let start = usize::from(y - area.y) * usize::from(area.width) + usize::from(x - area.x);
    buffer.content.get(start..start + usize::from(width)).unwrap_or_default()
}

/// Columns that the symbol of a cell takes; 0 outside the buffer and for a symbol that takes none.
fn width_at(buffer: &Buffer, x: u16, y: u16) -> u16 {
    buffer.cell((x, y)).map_or(0, |cell| match cell.symbol().as_bytes() {
        [_] => 1,
        _ => cell.cell_width(),
    })
}
