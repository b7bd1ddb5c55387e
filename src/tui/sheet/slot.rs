//! One character of the sheet: where it stands, how it went, and how that looks.

use std::cmp::Ordering;

use ratatui::buffer::Cell;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthChar;

use crate::typing::session::Session;
use crate::typing::text::Grapheme;

/// Stands for a line break that is to be typed.
const BREAK_MARK: &str = "⏎";

/// Stands for a tab that is to be typed, with blanks behind it.
const TAB_MARK: &str = "⇥";

/// Columns of a tab.
const TAB_WIDTH: u16 = 4;

/// Bears a sign that stands without a letter.
const NO_LETTER: char = '◌';

/// Stands for a space that was not typed where it belonged, or that another key stands for.
const SPACE_MARK: &str = "·";

/// Where something stands: in which word, and before it how many letters of the text and superfluous characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) word: usize,
    pub(super) slot: usize,
}

/// How a character went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Upcoming,
    /// Upcoming, in the word at the caret.
    Current,
    Right,
    Wrong,
    /// Passed over.
    Missed,
    /// Typed where nothing more belonged.
    Extra,
}

impl State {
    /// Nothing rests on colour or faintness alone: what is typed is bold, an error reversed, the word at the caret
    /// underlined.
    const fn style(self) -> Style {
        let wrong = Style::new().red().add_modifier(Modifier::REVERSED);
        match self {
            Self::Upcoming => Style::new(),
            Self::Current => Style::new().add_modifier(Modifier::UNDERLINED),
            Self::Right => Style::new().green().add_modifier(Modifier::BOLD),
            Self::Wrong => wrong,
            Self::Missed => wrong.add_modifier(Modifier::UNDERLINED),
            Self::Extra => wrong.add_modifier(Modifier::CROSSED_OUT),
        }
    }
}

/// One character on the screen.
pub(super) struct Slot<'a> {
    pub(super) grapheme: &'a Grapheme,
    state: State,
    /// Whether it parts a word from the next.
    pub(super) separator: bool,
}

impl Slot<'_> {
    /// The columns it takes.
    pub(super) fn width(&self) -> u16 {
        if *self.grapheme == Grapheme::One('\t') { TAB_WIDTH } else { self.grapheme.width() }
    }

    /// Sets one of its cells; the second one of a wide character stays as it is.
    pub(super) fn put(&self, column: u16, cell: &mut Cell, blind: bool) {
        let state = match self.state {
            State::Wrong | State::Missed | State::Extra if blind => State::Right,
            state => state,
        };
        match (self.grapheme, state) {
            (Grapheme::One('\t'), _) if column == 0 => cell.set_symbol(TAB_MARK),
            (Grapheme::One('\t'), _) => cell,
            _ if column > 0 => return,
            (Grapheme::One('\n'), _) => cell.set_symbol(BREAK_MARK),
            (Grapheme::One(' '), State::Wrong | State::Extra) => cell.set_symbol(SPACE_MARK),
            (Grapheme::One(c), _) if c.width() == Some(0) => cell.set_symbol(&format!("{NO_LETTER}{c}")),
            (Grapheme::One(c), _) => cell.set_char(*c),
            (Grapheme::Many(cluster), _) => cell.set_symbol(cluster),
        };
        cell.set_style(state.style());
    }
}

/// Everything from a place on, to the end of the text.
pub(super) fn slots(session: &Session, from: Place) -> impl Iterator<Item = (Place, Slot<'_>)> {
    let mut place = from;
    std::iter::from_fn(move || {
        let slot = slot(session, place)?;
        let here = place;
        place = if slot.separator {
            Place { word: place.word + 1, slot: 0 }
        } else {
            Place { slot: place.slot + 1, ..place }
        };
        Some((here, slot))
    })
}

/// What stands at a place: the letters of a word, what was typed beyond them, the separator. An error shows what
/// belongs there, so that the text stays readable and nothing moves.
fn slot(session: &Session, place: Place) -> Option<Slot<'_>> {
    let text = &session.exercise().text;
    let word = session.words().get(place.word);
    let typed = word.and_then(|word| word.typed.get(place.slot));
    if let Some(grapheme) = text.word(place.word).get(place.slot) {
        let state = match typed {
            Some(typed) if typed.right => State::Right,
            Some(_) => State::Wrong,
            None => match place.word.cmp(&session.caret().0) {
                Ordering::Less => State::Missed,
                Ordering::Equal => State::Current,
                Ordering::Greater => State::Upcoming,
            },
        };
        return Some(Slot { grapheme, state, separator: false });
    }
    if let Some(typed) = typed {
        return Some(Slot { grapheme: &typed.grapheme, state: State::Extra, separator: false });
    }
    let grapheme = text.separator(place.word)?;
    let state = match word.and_then(|word| word.separator.as_ref()) {
        Some(typed) if typed.right => State::Right,
        Some(_) => State::Wrong,
        None => State::Upcoming,
    };
    Some(Slot { grapheme, state, separator: true })
}
