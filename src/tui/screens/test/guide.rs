//! The keyboard below a test: which key it shows, and when.
//!
//! Who looks for every key is led to each at once. Who types evenly looks at the text: then a key is shown at once only where
//! it was missed or looked for the last time, any other at the first hesitation, and until then none. So typing evenly costs no
//! bytes for it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::tui::keyboard::{Board, Next, caption, finger_of};
use crate::tui::screens::parts::{centred, fit, style};
use crate::typing::key::{Key, Millis};
use crate::typing::log::EventKind;
use crate::typing::session::{Phase, Session};

/// A hesitation takes so many quarters of the time of a usual key,
const HESITATION_QUARTERS: Millis = 7;
/// at least this in milliseconds, which is a little more than a key takes somebody who types 50 WPM,
const LEAST_HESITATION: Millis = 250;
/// and at most this.
const MOST_HESITATION: Millis = 1_000;

/// Somebody whose keys usually take so many milliseconds, as at 15 WPM, looks for every key.
const LOOKS_FOR_ALL: Millis = 800;

/// The latest keys by which it is told how long a key usually takes.
const USUAL_AMONG: usize = 9;

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
    /// The keys that were missed or looked for when they were last due.
    trouble: Vec<Key>,
    /// What the latest keys took in milliseconds, the latest last.
    took: Vec<Millis>,
    /// The key that was due before the last one was pressed.
    due: Option<Key>,
    /// When the last key was pressed.
    last: Option<Millis>,
}

impl Guide {
    pub(super) fn new(board: Board, teaches: bool, session: &Session) -> Self {
        let due = session.due();
        Self {
            board,
            teaches,
            shown: due,
            missed: Vec::new(),
            trouble: Vec::new(),
            took: Vec::new(),
            due,
            last: None,
        }
    }

    /// The rows that it takes: words above the picture, and the picture.
    pub(super) fn rows(&self) -> u16 {
        1 + self.board.rows()
    }

    /// Follows the session at this time; says whether it shows something else now.
    pub(super) fn follow(&mut self, session: &Session, now: Millis) -> bool {
        let due = session.due();
        self.learn(session, due);
        let next = due.filter(|due| session.phase() == Phase::Ready || self.leads(*due, now));
        std::mem::replace(&mut self.shown, next) != next
    }

    /// Whether a key is shown now, because the typist will look for it.
    fn leads(&self, due: Key, now: Millis) -> bool {
        let usual = self.usual();
        let hesitates = self.last.is_some_and(|last| now.saturating_sub(last) >= hesitation(usual));
        usual.is_none_or(|usual| usual >= LOOKS_FOR_ALL) || hesitates || self.trouble.contains(&due)
    }

    /// Takes note of how the last key went, if one was pressed since.
    fn learn(&mut self, session: &Session, due: Option<Key>) {
        let press = session.events().iter().rev().find_map(|event| match event.what {
            EventKind::Press(key) => Some((event.at, key)),
            _ => None,
        });
        let Some((at, key)) = press.filter(|(at, _)| self.due != due || self.last != Some(*at)) else {
            return;
        };
        let took = self.last.map(|last| at.saturating_sub(last));
        self.last = Some(at);
        if let Some(asked) = std::mem::replace(&mut self.due, due) {
            let found = key == asked
                && took.zip(self.usual()).is_none_or(|(took, usual)| took < hesitation(Some(usual)));
            self.trouble.retain(|key| *key != asked);
            if !found {
                self.trouble.push(asked);
            }
        }
        if let Some(took) = took {
            self.took.push(took);
            let old = self.took.len().saturating_sub(USUAL_AMONG);
            self.took.drain(..old);
        }
    }

    /// What a key usually takes in milliseconds; nothing before the second one.
    fn usual(&self) -> Option<Millis> {
        let mut took = self.took.clone();
        took.sort_unstable();
        took.get(took.len() / 2).copied()
    }

    /// When it follows although nothing is pressed, in milliseconds of the test.
    pub(super) fn wake(&self, session: &Session) -> Option<Millis> {
        let due = session.due();
        (due.is_some() && due != self.shown).then(|| session.last_at() + hesitation(self.usual()))
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

/// How many milliseconds without a key are a hesitation where a key usually takes so many.
fn hesitation(usual: Option<Millis>) -> Millis {
    let long = usual.unwrap_or(0).saturating_mul(HESITATION_QUARTERS) / 4;
    long.clamp(LEAST_HESITATION, MOST_HESITATION)
}
