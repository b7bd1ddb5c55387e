//! The keyboard below a test: which key it shows, and when it follows.
//!
//! Who types fluently looks at the text, so the picture waits for the first hesitation: then it shows the next key, and
//! until the keys come fast again it follows each of them at once. Typing without a pause costs no bytes for it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::tui::keyboard::{Board, Next, caption, finger_of};
use crate::tui::screens::parts::{centred, fit, style};
use crate::typing::key::{Key, Millis};
use crate::typing::log::{Event, EventKind};
use crate::typing::session::{Phase, Session};

/// Milliseconds without a key that are a hesitation: a little more than a key takes somebody who types 50 WPM.
const HESITATION: Millis = 250;

/// Columns of the picture, and of the words above it.
const WIDTH: u16 = 60;

/// The keyboard, and the key that it shows.
#[derive(Debug)]
pub(super) struct Guide {
    board: Board,
    /// Whether it says which finger takes a key that was missed.
    teaches: bool,
    shown: Option<Key>,
    /// The characters that were missed, each once.
    missed: Vec<char>,
}

impl Guide {
    pub(super) fn new(board: Board, teaches: bool, session: &Session) -> Self {
        Self { board, teaches, shown: session.due(), missed: Vec::new() }
    }

    /// The rows that it takes: words above the picture, and the picture.
    pub(super) fn rows(&self) -> u16 {
        1 + self.board.rows()
    }

    /// Follows the session at this time; says whether it shows something else now.
    pub(super) fn follow(&mut self, session: &Session, now: Millis) -> bool {
        let due = session.due();
        let follows = due != self.shown && (session.phase() == Phase::Ready || hesitates(session, now));
        if follows {
            self.shown = due;
        }
        follows
    }

    /// When it follows although nothing is pressed, in milliseconds of the test.
    pub(super) fn wake(&self, session: &Session) -> Option<Millis> {
        (session.due() != self.shown).then(|| session.last_at() + HESITATION)
    }

    /// What to say of a key that is about to be pressed: which finger takes the one that was due, where it is missed for
    /// the first time.
    pub(super) fn missed(&mut self, session: &Session, key: Key) -> Option<String> {
        let Some(Key::Char(due)) = session.due().filter(|due| *due != key) else { return None };
        let wrong = self.teaches && matches!(key, Key::Char(_)) && !self.missed.contains(&due);
        let finger = finger_of(self.board.layout(), due).filter(|_| wrong && due != ' ')?;
        self.missed.push(due);
        Some(format!("{due} is for the {finger}."))
    }

    /// Draws it, words above the picture.
    pub(super) fn draw(&self, area: Rect, buffer: &mut Buffer) {
        let layout = self.board.layout();
        let words = centred(Rect { height: area.height.min(1), ..area }, WIDTH);
        Line::styled(fit(&caption(layout, self.shown), words.width.into()), style::accent())
            .render(words, buffer);
        let picture = Rect { y: area.y + words.height, height: area.height - words.height, ..area };
        self.board.draw_next(picture, buffer, &Next::of(layout, self.shown));
    }
}

/// Whether the typist takes time: since the last key, or before it.
fn hesitates(session: &Session, now: Millis) -> bool {
    let pressed = |event: &&Event| matches!(event.what, EventKind::Press(_));
    let mut presses = session.events().iter().rev().filter(pressed).map(|event| event.at);
    let (last, before) = (presses.next(), presses.next());
    let took = last.zip(before).is_none_or(|(last, before)| last - before >= HESITATION);
    took || last.is_some_and(|last| now.saturating_sub(last) >= HESITATION)
}
