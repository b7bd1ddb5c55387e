//! The keyboard on the screen: every key at its place, in any style. With the next key it leads fingers; with a style for
//! each key it shows how fast, how wrong or how much used each is.
//!
//! ```text
//!  `   1   2   3   4   5   6   7   8   9   0   -   =
//!        q   w   e   r   t   y   u   i   o   p   [   ]   \
//!         a   s   d   f   g   h   j   k   l   ;   '   Enter
//! Shift     z   x   c   v   b   n   m   ,   .   /   Shift
//! US (QWERTY)       [        Space        ]     AltGr
//!         1   2   3   4           4   3   2   1
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::lessons::layout::place::{Finger, Form, Hand, Place, Row};
use crate::lessons::layout::sign::{Level, Press};
use crate::lessons::layout::{Key, Layout};
use crate::tui::screens::parts::fit;
use crate::typing::key::Key as Typed;

mod caption;

pub use caption::{caption, finger_of};

/// Rows of a keyboard.
pub const ROWS: u16 = 5;

/// Columns of a key.
const CELL: u16 = 3;

/// The columns of a keyboard whose keys stand apart, and of one whose keys stand close together.
const WIDE: u16 = 60;
const NARROW: u16 = 40;

/// Columns beside the space bar, for the name of the layout.
const NAME: usize = 17;

/// Below the resting keys: the numbers of fingers, 1 for the index finger.
const FINGERS: [&str; 8] = ["4", "3", "2", "1", "1", "2", "3", "4"];

/// How a key looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The style of its cells.
    pub style: Style,
    /// A sign behind the character, for what must not rest on colour alone.
    pub mark: Option<char>,
}

/// What else is to be pressed than a key that types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Other {
    Shift(Hand),
    AltGr,
    Enter,
}

/// A keyboard as it is drawn.
#[derive(Clone, Debug)]
pub struct Board {
    layout: Layout,
    /// What stands beside the space bar.
    name: String,
    hands: bool,
}

/// The keys that come next, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Next {
    presses: Vec<Press>,
    enter: bool,
}

impl Next {
    /// The presses that type a key; none where the layout has no way to it. A character that the layout lacks may be typed by
    /// another that stands for it.
    #[must_use]
    pub fn of(layout: &Layout, key: Option<Typed>) -> Self {
        match key {
            Some(Typed::Char(c)) => {
                let way = layout.way(c).or_else(|| layout.way(stand_in(c)?));
                Self { presses: way.into_iter().flat_map(|way| way.presses()).collect(), enter: false }
            }
            Some(Typed::Enter) => Self { presses: Vec::new(), enter: true },
            Some(Typed::Tab | Typed::Backspace | Typed::DeleteWord) | None => Self::default(),
        }
    }

    /// Whether a key is pressed first, and whether it is pressed at all.
    fn has(&self, place: Place) -> Option<bool> {
        self.presses.iter().position(|press| press.place == place).map(|at| at == 0)
    }

    fn needs(&self, other: Other) -> bool {
        match other {
            Other::Enter => self.enter,
            Other::AltGr => self.presses.iter().any(|press| press.level.altgr()),
            Other::Shift(hand) => self.presses.iter().any(|press| press.shift_hand() == Some(hand)),
        }
    }

    /// The fingers on keys that type.
    fn fingers<'a>(&'a self, layout: &'a Layout) -> impl Iterator<Item = Finger> + 'a {
        self.presses.iter().filter_map(|press| layout.key(press.place)).map(|key| key.finger)
    }
}

/// What may be typed in the place of a character that keyboards lack.
const fn stand_in(c: char) -> Option<char> {
    match c {
        '‘' | '’' => Some('\''),
        '“' | '”' | '„' => Some('"'),
        '–' | '—' => Some('-'),
        '\u{a0}' => Some(' '),
        _ => None,
    }
}

impl Board {
    /// The keyboard of a layout; with `hands`, the fingers stand below.
    #[must_use]
    pub fn new(layout: Layout, hands: bool) -> Self {
        Self { name: layout.name.clone(), layout, hands }
    }

    /// The same, for a keyboard that is set to another layout.
    #[must_use]
    pub fn set_to(self, other: &str) -> Self {
        Self { name: format!("{} on {other}", self.layout.id), ..self }
    }

    /// Its layout.
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The rows that it takes, hands included.
    #[must_use]
    pub fn rows(&self) -> u16 {
        ROWS + u16::from(self.hands)
    }

    /// Whether it has room in so many columns.
    #[must_use]
    pub const fn fits(width: u16) -> bool {
        width >= NARROW
    }

    /// Draws it into the middle of an area, the next keys marked. The first is reversed; one that follows a dead key is
    /// underlined.
    pub fn draw_next(&self, area: Rect, buffer: &mut Buffer, next: &Next) {
        let look = |key: &Key| {
            let style = match next.has(key.place) {
                Some(true) => first(),
                Some(false) => second(),
                None if key.distance() == 0 => Style::new().add_modifier(Modifier::BOLD),
                None => Style::new(),
            };
            Look { style, mark: None }
        };
        self.draw(area, buffer, look);
        let drawn = Drawn::of(self.layout.form, area);
        for other in [Other::Shift(Hand::Left), Other::Shift(Hand::Right), Other::AltGr, Other::Enter] {
            if next.needs(other) {
                drawn.other(other, buffer, first());
            }
        }
        if self.hands {
            drawn.hands(buffer, |finger| next.fingers(&self.layout).any(|moves| moves == finger));
        }
    }

    /// Draws it into the middle of an area, each key with the look that it gets.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, look: impl Fn(&Key) -> Look) {
        let drawn = Drawn::of(self.layout.form, area);
        for key in self.layout.keys() {
            drawn.key(key, buffer, look(key));
        }
        let dim = Style::new().add_modifier(Modifier::DIM);
        for other in [Other::Shift(Hand::Left), Other::Shift(Hand::Right), Other::AltGr, Other::Enter] {
            drawn.other(other, buffer, dim);
        }
        if drawn.wide {
            drawn.text(0, ROWS - 1, &fit(&self.name, NAME), buffer, dim);
        }
    }
}

/// The style of a key that is pressed now.
const fn first() -> Style {
    Style::new().cyan().add_modifier(Modifier::REVERSED).add_modifier(Modifier::BOLD)
}

/// The style of a key that is pressed after a dead key.
const fn second() -> Style {
    Style::new().cyan().add_modifier(Modifier::UNDERLINED).add_modifier(Modifier::BOLD)
}

/// Where keys stand on the screen.
struct Drawn {
    form: Form,
    area: Rect,
    wide: bool,
}

impl Drawn {
    fn of(form: Form, area: Rect) -> Self {
        let wide = area.width >= WIDE;
        let width = if wide { WIDE } else { NARROW };
        let x = area.x + area.width.saturating_sub(width) / 2;
        Self { form, area: Rect { x, width: width.min(area.width), ..area }, wide }
    }

    /// The first column of a place, and its row, counted from those of the keyboard.
    fn at(&self, place: Place) -> (u16, u16) {
        // Rows are shifted as on the keyboard: by a half, three quarters and one and a quarter of a key.
        let column = u16::from(place.column);
        let (row, wide, narrow) = match place.row {
            Row::Digits => (0, 4 * column, CELL * column),
            Row::Upper => (1, 4 * column + 2, (CELL * column).saturating_sub(2)),
            Row::Home => (2, 4 * column + 3, (CELL * column).saturating_sub(1)),
            Row::Lower => (3, 4 * column + 5, CELL * column + 1),
            Row::Space => (4, 18, 10),
        };
        (if self.wide { wide } else { narrow }, row)
    }

    fn key(&self, key: &Key, buffer: &mut Buffer, Look { style, mark }: Look) {
        let (x, y) = self.at(key.place);
        if key.place == Place::SPACE {
            let width = if self.wide { 23 } else { 18 };
            return self.text(x, y, &format!("[{:^width$}]", "Space", width = width - 2), buffer, style);
        }
        let shown = key.sign(Level::Plain).shown().map_or_else(|| " ".to_owned(), sign);
        let mark = mark.map_or_else(|| " ".to_owned(), String::from);
        self.text(x, y, &format!(" {shown}{mark}"), buffer, style);
    }

    fn other(&self, other: Other, buffer: &mut Buffer, style: Style) {
        let end = |row: Row| {
            let last = Place { row, column: *self.form.columns(row).end() };
            let (x, y) = self.at(last);
            (x + CELL, y)
        };
        let ((x, y), text) = match other {
            Other::Shift(Hand::Left) => ((0, 3), if self.wide { "Shift" } else { "⇧" }),
            Other::Shift(Hand::Right) => (end(Row::Lower), if self.wide { " Shift" } else { " ⇧" }),
            Other::AltGr => ((if self.wide { 46 } else { 31 }, 4), "AltGr"),
            Other::Enter => (end(Row::Home), if self.wide { " Enter" } else { "⏎" }),
        };
        self.text(x + (text.len() - text.trim_start().len()) as u16, y, text.trim_start(), buffer, style);
    }

    /// The numbers of the fingers below the keys on which they rest; those that move are marked.
    fn hands(&self, buffer: &mut Buffer, moves: impl Fn(Finger) -> bool) {
        for (finger, number) in Finger::RESTING.into_iter().zip(FINGERS) {
            let (x, _) = self.at(Place { row: Row::Home, column: finger.column() });
            let style = if moves(finger) { first() } else { Style::new().add_modifier(Modifier::DIM) };
            self.text(x + 1, ROWS, number, buffer, style);
        }
    }

    /// Writes a text within the area.
    fn text(&self, x: u16, y: u16, text: &str, buffer: &mut Buffer, style: Style) {
        if y < self.area.height
            && x < self.area.width
            && buffer.area.contains((self.area.x + x, self.area.y + y).into())
        {
            let room = usize::from(self.area.width - x);
            buffer.set_stringn(self.area.x + x, self.area.y + y, text, room, style);
        }
    }
}

/// A character as it stands on a key; a combining mark on a circle.
fn sign(c: char) -> String {
    match unicode_normalization::char::is_combining_mark(c) {
        true => format!("◌{c}"),
        false => c.to_string(),
    }
}
