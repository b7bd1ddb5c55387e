//! Where the parts of a test stand: its text in the middle, the rest around it.

use ratatui::layout::{Margin, Rect};

use super::parts::{self, COLUMN, SMALLEST};

/// Where things stand; what has no room is empty.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    pub(super) title: Rect,
    pub(super) status: Rect,
    pub(super) text: Rect,
    pub(super) hint: Rect,
    pub(super) footer: Rect,
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
        }
    }
}
