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
use crate::tui::keymap::{Row, row};

/// What stands for a character of a secret.
const DOT: &str = "•";

/// A change to a field, or a move within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Inserts a character before the cursor.
    Insert(char),
    /// Takes the character before the cursor.
    Erase,
    /// Takes the word before the cursor.
    EraseWord,
    /// Takes all before the cursor.
    EraseAll,
    /// Takes the character behind the cursor.
    EraseNext,
    /// A character to the left.
    Left,
    /// A character to the right.
    Right,
    /// To the beginning.
    Start,
    /// To the end.
    End,
}

/// The keys that edit a field, beside the characters typed into it.
pub fn keys<A>(edit: fn(Edit) -> A) -> [Row<A>; 6] {
    [
        row([(KeyPress::Ctrl('u'), edit(Edit::EraseAll))], "clear up to the cursor").shown(1, "clear"),
        row([(KeyPress::DeleteWord, edit(Edit::EraseWord))], "delete a word"),
        row([(KeyPress::Backspace, edit(Edit::Erase))], "delete a character"),
        row([(KeyPress::Delete, edit(Edit::EraseNext))], "delete the character after the cursor"),
        row([(KeyPress::Left, edit(Edit::Left)), (KeyPress::Right, edit(Edit::Right))], "move"),
        row(
            [
                (KeyPress::Home, edit(Edit::Start)),
                (KeyPress::Ctrl('a'), edit(Edit::Start)),
                (KeyPress::End, edit(Edit::End)),
                (KeyPress::Ctrl('e'), edit(Edit::End)),
            ],
            "to the beginning or end",
        ),
    ]
}

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

    /// Changes the text, or moves the cursor.
    pub fn edit(&mut self, edit: Edit) {
        let (before, after) = self.text.split_at_checked(self.cursor).unwrap_or((&self.text, ""));
        let left = before.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
        let right = self.cursor + after.graphemes(true).next().map_or(0, str::len);
        let word = before.trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1);
        match edit {
            Edit::Insert(c) => self.insert(c),
            Edit::Erase => self.erase(left, self.cursor),
            Edit::EraseWord => self.erase(self.boundary(word), self.cursor),
            Edit::EraseAll => self.erase(0, self.cursor),
            Edit::EraseNext => self.erase(self.cursor, right),
            Edit::Left => self.cursor = left,
            Edit::Right => self.cursor = right,
            Edit::Start => self.cursor = 0,
            Edit::End => self.cursor = self.text.len(),
        }
    }

    /// Inserts pasted text without its control characters: a path or link copied from elsewhere brings line ends
    /// along.
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
