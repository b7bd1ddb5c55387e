//! The QR code as a widget: centred where it fits, and a sentence saying what it needs where it does not.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;
use ratatui::widgets::{Paragraph, Widget, Wrap};

use crate::badge::carry::symbol::Symbol;
use crate::badge::draw::drawing::cells::{self, Fit, QrStyle};

/// A symbol to be drawn into an area, in black and white whatever the theme.
#[derive(Debug, Clone, Copy)]
pub struct Qr<'a> {
    symbol: &'a Symbol,
    form: QrStyle,
}

impl<'a> Qr<'a> {
    /// The widget of a symbol, in the form that the terminal can show.
    pub fn new(symbol: &'a Symbol, form: QrStyle) -> Self {
        Self { symbol, form }
    }

    /// Columns and rows of the smallest area that the symbol is drawn in, see [`cells::least`].
    pub fn least(&self) -> (u16, u16) {
        cells::least(self.symbol, self.form)
    }

    /// Whether it fits only so.
    fn fits_tightly(&self, area: Rect) -> bool {
        let (columns, rows) = self.least();
        columns <= area.width && rows <= area.height
    }
}

impl Widget for Qr<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let area = area.intersection(buffer.area);
        let fit = cells::fits(self.symbol, area.width, area.height, self.form);
        let quiet = match fit {
            Fit::Quiet(quiet) => quiet,
            Fit::Needs { .. } if self.fits_tightly(area) => cells::LEAST_QUIET,
            Fit::Needs { .. } => {
                return Paragraph::new(fit.to_string()).wrap(Wrap { trim: true }).render(area, buffer);
            }
        };
        let (columns, rows) = cells::extent(self.symbol, quiet, self.form);
        let rows = rows.min(area.height);
        let left = area.x + (area.width - columns) / 2;
        let top = area.y + (area.height - rows) / 2;
        for (row, y) in cells::cells(self.symbol, quiet, self.form).iter().zip(top..area.bottom()) {
            for (cell, x) in row.iter().zip(left..) {
                if let Some(target) = buffer.cell_mut(Position::new(x, y)) {
                    target.reset();
                    target.set_char(cell.glyph);
                    target.set_fg(Color::Indexed(cell.foreground)).set_bg(Color::Indexed(cell.background));
                }
            }
        }
    }
}
