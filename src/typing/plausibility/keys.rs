//! Keys as far as timing is concerned, and where they are on the US layout.

use crate::typing::key::Key;

/// A key, as far as timing is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pressed {
    /// A character.
    Char(char),
    /// The key that erases one character.
    Backspace,
    /// Anything else: no time to it or from it is used.
    Other,
}

impl From<Key> for Pressed {
    fn from(key: Key) -> Self {
        match key {
            Key::Char(c) => Self::Char(c),
            Key::Backspace => Self::Backspace,
            Key::Enter | Key::Tab | Key::DeleteWord => Self::Other,
        }
    }
}

/// The rows of the US layout without Shift and with it, and the column of the first key that the left little finger types.
const ROWS: [(&str, &str, usize); 4] = [
    ("`1234567890-=", "~!@#$%^&*()_+", 1),
    ("qwertyuiop[]\\", "QWERTYUIOP{}|", 0),
    ("asdfghjkl;'", "ASDFGHJKL:\"", 0),
    ("zxcvbnm,./", "ZXCVBNM<>?", 0),
];

/// The fingers of ten columns, from the left little finger (0) to the right one (7); what lies beyond is the right one's too.
const FINGERS: [u8; 10] = [0, 1, 2, 3, 3, 4, 4, 5, 6, 7];

/// Where a character is on the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The character of the key without Shift.
    pub(super) base: char,
    /// Whether it needs Shift.
    pub(super) shift: bool,
    /// The finger; `None` for the space bar.
    pub(super) finger: Option<u8>,
}

impl Place {
    /// The place of a character; `None` where the layout does not have it.
    pub(super) fn of(character: char) -> Option<Self> {
        if character == ' ' {
            return Some(Self { base: ' ', shift: false, finger: None });
        }
        ROWS.iter().find_map(|(plain, shifted, first)| {
            let find = |row: &str| row.chars().position(|c| c == character);
            let (column, shift) = find(plain).map(|c| (c, false)).or_else(|| Some((find(shifted)?, true)))?;
            let finger = FINGERS.get(column.saturating_sub(*first)).or(FINGERS.last()).copied();
            Some(Self { base: plain.chars().nth(column)?, shift, finger })
        })
    }

    pub(super) const fn is_space(self) -> bool {
        self.base == ' '
    }

    pub(super) const fn is_letter(self) -> bool {
        self.base.is_ascii_lowercase()
    }
}
