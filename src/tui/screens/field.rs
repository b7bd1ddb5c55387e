//! One line of text to be entered, with a cursor; also for secrets, which are shown as dots and wiped from memory.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::Widget;
use unicode_segmentation::UnicodeSegmentation;
use zeroize::Zeroizing;

use super::parts::{clean, columns};
use crate::tui::input::KeyPress;

/// What stands for a character of a secret.
const DOT: &str = "•";

/// A text being entered. It never holds more than its limit, and so is never moved in memory.
pub struct Field {
    text: Zeroizing<String>,
    /// Bytes before the cursor, at a character's boundary.
    cursor: usize,
    limit: usize,
    secret: bool,
}

impl Field {
    /// A field for at most `limit` bytes, with a text that may be changed and the cursor behind it.
    pub fn new(text: &str, limit: usize) -> Self {
        let mut field =
            Self { text: Zeroizing::new(String::with_capacity(limit)), cursor: 0, limit, secret: false };
        text.chars().for_each(|c| field.insert(c));
        field
    }

    /// An empty field for a secret of at most `limit` bytes.
    pub fn secret(limit: usize) -> Self {
        Self { secret: true, ..Self::new("", limit) }
    }

    /// What was entered.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Takes a key that edits; says whether this was one.
    pub fn update(&mut self, key: KeyPress) -> bool {
        let (before, after) = self.text.split_at_checked(self.cursor).unwrap_or((&self.text, ""));
        let left = before.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
        let right = self.cursor + after.graphemes(true).next().map_or(0, str::len);
        let word = before.trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1);
        match key {
            KeyPress::Char(c) => self.insert(c),
            KeyPress::Backspace => self.erase(left, self.cursor),
            KeyPress::DeleteWord => self.erase(self.boundary(word), self.cursor),
            KeyPress::Ctrl('u') => self.erase(0, self.cursor),
            KeyPress::Delete => self.erase(self.cursor, right),
            KeyPress::Left => self.cursor = left,
            KeyPress::Right => self.cursor = right,
            KeyPress::Home | KeyPress::Ctrl('a') => self.cursor = 0,
            KeyPress::End | KeyPress::Ctrl('e') => self.cursor = self.text.len(),
            _ => return false,
        }
        true
    }

    /// Inserts pasted text without its control characters: a path or link copied from elsewhere brings line ends along.
    pub fn paste(&mut self, text: &str) {
        text.chars().filter(|c| !c.is_control()).for_each(|c| self.insert(c));
    }

    fn insert(&mut self, c: char) {
        if self.text.len() + c.len_utf8() <= self.limit {
            self.text.insert(self.cursor, c);
            self.cursor += c.len_utf8();
        }
    }

    fn erase(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.cursor = from;
    }

    /// The first character boundary at or after a byte: some white space takes more than one.
    fn boundary(&self, at: usize) -> usize {
        (at..self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.text.len())
    }

    /// Draws the field into a row, scrolled sideways so that the cursor is seen; returns where the cursor stands.
    pub fn view(&self, row: Rect, buffer: &mut Buffer) -> Option<Position> {
        let (before, after) = self.text.split_at_checked(self.cursor)?;
        let (before, after) = (self.shown(before), self.shown(after));
        let room = usize::from(row.width).checked_sub(1)?;
        let start = before.char_indices().map(|(at, _)| at).chain([before.len()]);
        let visible = start.filter_map(|at| before.get(at..)).find(|text| columns(text) <= room)?;
        let style = Style::new().add_modifier(Modifier::UNDERLINED);
        buffer.set_style(row, style);
        Line::styled(format!("{visible}{after}"), style).render(row, buffer);
        Some(Position::new(row.x + columns(visible) as u16, row.y))
    }

    fn shown(&self, text: &str) -> String {
        match self.secret {
            true => DOT.repeat(text.graphemes(true).count()),
            false => clean(text),
        }
    }
}
