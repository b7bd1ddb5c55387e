//! After a test: the moment in which what is typed on answers nothing, and what became of a test that was left.

use std::time::{Duration, Instant};

use crate::tui::input::KeyPress;
use crate::tui::screens::{Command, Step};

/// Whoever is cut off by the clock types on for a moment; what is typed then must not answer the result screen.
const CALM: Duration = Duration::from_secs(3);

/// That moment lasts until nothing was typed for so long: at 20 words a minute keys are 600 ms apart, and some are late.
const CALM_AFTER_KEY: Duration = Duration::from_millis(1_500);

/// What no text asks for, such as Esc, is nothing for a shorter time: it was meant for the test.
const STARTLED: Duration = Duration::from_secs(1);

/// What became of a test that was left while it ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// It is kept as an unfinished attempt.
    Kept {
        /// Its identifier.
        id: String,
        /// Whether the rest of its text can be typed later.
        has_rest: bool,
    },
    /// It could not be saved: why.
    Lost(String),
}

/// The moment after the end of a test.
#[derive(Clone, Copy)]
pub(super) struct Calm {
    ended: Instant,
    until: Instant,
}

impl Calm {
    pub(super) fn after(ended: Instant) -> Self {
        Self { ended, until: ended + CALM }
    }

    /// When keys answer again.
    pub(super) const fn until(self) -> Instant {
        self.until
    }

    /// Whether a key belongs to the test that has ended. A letter puts the end of the moment off, and begins it anew where
    /// it is over; Enter alone does not, so that it answers at last when it is pressed again and again.
    pub(super) fn swallows(&mut self, at: Instant, key: KeyPress) -> bool {
        use KeyPress::{Backspace, Char, DeleteWord, Enter, Tab};
        if !matches!(key, Char(_) | Enter | Tab | Backspace | DeleteWord) {
            return at < self.ended + STARTLED;
        }
        let swallowed = at < self.until;
        if !matches!(key, Enter | Tab) {
            self.until = self.until.max(at + CALM_AFTER_KEY);
        }
        swallowed
    }
}

/// Whether a step leads away from the page that asks for it.
pub(super) fn leads_away(step: &Step) -> bool {
    matches!(step, Step::Go(_) | Step::Back | Step::Do(Command::Restart | Command::Quit))
}
