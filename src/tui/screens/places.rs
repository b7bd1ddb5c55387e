//! Where the parts of a test stand: its text in the middle, the rest around it.

use ratatui::layout::{Margin, Rect};

use super::parts::{self, COLUMN, SMALLEST};

/// Columns from which on pages have a margin beside a keyboard.
const WIDE: u16 = 64;

/// Rows from which on things around a keyboard stand apart: what is not keyboard then takes so many.
const ROOMY: u16 = 12;

/// Where things stand; what has no room is empty.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    pub(super) title: Rect,
    pub(super) status: Rect,
    pub(super) text: Rect,
    pub(super) hint: Rect,
    pub(super) footer: Rect,
    /// The keyboard with its words; empty where none is shown.
    pub(super) board: Rect,
}

impl Places {
    /// The text in the middle, the rest around it as far as there is room: at 20×5 clock and text, on one row the text.
    pub(super) fn new(area: Rect) -> Self {
        let margin = if area.width >= SMALLEST.0 { 2 } else { 0 };
        let page = area.inner(Margin::new(margin, 0));
        let column = parts::centred(page, COLUMN);
        let height = area.height;
        let row = |rect: Rect, y: u16, from: u16| {
            let shown = u16::from(height >= from);
            Rect { y: area.y + y, height: shown, ..rect }
        };
        let (lines, top) = if height >= SMALLEST.1 {
            let lines = (height / 4).clamp(3, 10);
            (lines, (height - lines) / 2)
        } else {
            let around = [4, 6, 7].into_iter().filter(|from| height >= *from).count() as u16;
            (height.saturating_sub(around), u16::from(height >= 4))
        };
        let gap = u16::from(height >= SMALLEST.1);
        Self {
            title: row(column, 0, SMALLEST.1),
            status: row(column, top.saturating_sub(1 + gap), 4),
            text: Rect { y: area.y + top, height: lines, ..column },
            hint: row(column, top + lines + gap, 6),
            footer: row(column, height.saturating_sub(1), 7),
            board: Rect::default(),
        }
    }

    /// The same above a keyboard of so many rows; without it where there is no room. A low screen leaves out the title, then
    /// the hint, then the last row of the keyboard: that is the one with the hands, where they are shown.
    pub(super) fn above(area: Rect, rows: u16) -> Self {
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            return Self::new(area);
        }
        let page = area.inner(Margin::new(if area.width >= WIDE { 2 } else { 0 }, 0));
        let column = parts::centred(page, COLUMN);
        let roomy = area.height >= ROOMY + rows;
        let gap = u16::from(roomy);
        let hint = u16::from(area.height > 4 + rows);
        // Rows of all but text and keyboard: title, status, hint, footer, and gaps between them.
        let around = gap * 2 + 1 + gap + gap + hint + gap + gap + 1;
        let rows = rows.min(area.height - around - 2);
        let lines = (area.height - around - rows).min((area.height / 4).max(2));
        let spare = (area.height - around - rows - lines) / 2;
        let at = |y: u16, height: u16, rect: Rect| Rect { y: area.y + y, height, ..rect };
        let status = gap * 2 + spare;
        let text = status + 1 + gap;
        Self {
            title: at(0, gap, column),
            status: at(status, 1, column),
            text: at(text, lines, column),
            hint: at(text + lines + gap, hint, column),
            board: at(area.height - 1 - gap - rows, rows, column),
            footer: at(area.height - 1, 1, column),
        }
    }
}
