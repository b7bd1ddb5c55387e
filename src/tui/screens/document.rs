//! Text of several parts, wrapped to the width there is and scrolled where rows are short.

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState, StatefulWidget, Widget};

use super::parts::{columns, style, wrap};
use crate::tui::keymap::Motion;

/// The narrowest column of values beside their labels; where it would be narrower, values go below.
const LEAST_VALUE: usize = 24;

/// Columns between a label and its value.
const GUTTER: usize = 2;

/// A space at which no line ends.
pub const NO_BREAK: &str = "\u{a0}";

/// Columns that the scroll bar and the space before it take.
const BAR: u16 = 2;

enum Part {
    Text(String, Style),
    /// Labels and values in two columns.
    Table(Vec<(String, String, Style)>),
    /// An empty line, left out where that makes all fit.
    Gap,
}

/// Paragraphs, tables and gaps, from top to bottom.
#[derive(Default)]
pub struct Document {
    parts: Vec<Part>,
}

impl Document {
    /// Adds a paragraph; nothing for an empty text.
    pub fn text(&mut self, text: impl Into<String>, style: Style) {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push(Part::Text(text, style));
        }
    }

    /// Adds an empty line, which is left out where all fits only without.
    pub fn gap(&mut self) {
        self.parts.push(Part::Gap);
    }

    /// Adds labels with their values, the values' left edges in a line.
    pub fn table(&mut self, rows: impl IntoIterator<Item = (String, String, Style)>) {
        self.parts.push(Part::Table(rows.into_iter().collect()));
    }

    /// The lines at a width; without gaps if they fit `height` only so.
    pub fn lines(&self, width: u16, height: u16) -> Vec<Line<'static>> {
        let full = self.lines_with(width, true);
        if full.len() <= usize::from(height) {
            return full;
        }
        let dense = self.lines_with(width, false);
        if dense.len() <= usize::from(height) { dense } else { full }
    }

    /// Draws what fits.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer) {
        for (row, line) in area.rows().zip(self.lines(area.width, area.height)) {
            line.render(row, buffer);
        }
    }

    fn lines_with(&self, width: u16, gaps: bool) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        for part in &self.parts {
            match part {
                Part::Text(text, style) => {
                    lines.extend(wrapped(text, width).into_iter().map(|line| Line::styled(line, *style)));
                }
                Part::Table(rows) => table_lines(&mut lines, rows, width),
                Part::Gap if gaps => lines.push(Line::default()),
                Part::Gap => {}
            }
        }
        lines
    }
}

/// Wrapped text; no-break spaces hold it together and are drawn as spaces.
fn wrapped(text: &str, width: u16) -> Vec<String> {
    wrap(text, width).iter().map(|line| line.replace(NO_BREAK, " ")).collect()
}

fn table_lines(lines: &mut Vec<Line<'static>>, rows: &[(String, String, Style)], width: u16) {
    let label = rows.iter().map(|(label, ..)| columns(label)).max().unwrap_or(0);
    let beside = label + GUTTER + LEAST_VALUE <= usize::from(width);
    let indent = if beside { label + GUTTER } else { GUTTER };
    for (name, value, value_style) in rows {
        let values = wrapped(value, width.saturating_sub(indent as u16));
        let mut name = Some(Span::styled(name.clone(), style::dim()));
        if !beside {
            lines.extend(name.take().map(Line::from));
        }
        for value in values {
            let name = name.take().unwrap_or_default();
            let space = " ".repeat(indent.saturating_sub(name.width()));
            lines.push(Line::from_iter([name, Span::raw(space), Span::styled(value, *value_style)]));
        }
    }
}

/// How far a document is scrolled. What the window allows is known only when it is drawn, so drawing narrows this down.
#[derive(Debug, Default)]
pub struct Scroll {
    offset: Cell<u16>,
    page: Cell<u16>,
}

impl Scroll {
    /// Scrolls.
    pub fn by(&self, motion: Motion) {
        let (at, page) = (self.offset.get(), self.page.get().max(1));
        let to = motion.from(at.into(), u16::MAX.into(), page.into());
        self.offset.set(u16::try_from(to).unwrap_or(u16::MAX));
    }

    /// Draws a document, with a scroll bar where it is longer than the area is high.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, document: &Document) {
        let mut lines = document.lines(area.width, area.height);
        let mut text = area;
        let overflows = lines.len() > usize::from(area.height);
        if overflows {
            text.width = area.width.saturating_sub(BAR);
            lines = document.lines(text.width, area.height);
        }
        let most = lines.len().saturating_sub(usize::from(area.height)) as u16;
        self.offset.set(self.offset.get().min(most));
        self.page.set(area.height);
        let shown = lines.into_iter().skip(usize::from(self.offset.get()));
        for (row, line) in text.rows().zip(shown) {
            line.render(row, buffer);
        }
        if overflows {
            scroll_bar(area, buffer, usize::from(most) + 1, self.offset.get().into());
        }
    }
}

/// Draws a scroll bar at the right edge of `area`, for a number of positions of which one is shown.
pub fn scroll_bar(area: Rect, buffer: &mut Buffer, positions: usize, position: usize) {
    let mut state =
        ScrollbarState::new(positions).position(position).viewport_content_length(area.height.into());
    Scrollbar::new(ScrollbarOrientation::VerticalRight)
        .begin_symbol(None)
        .end_symbol(None)
        .track_symbol(Some("│"))
        .style(style::dim())
        .render(area, buffer, &mut state);
}
