//! While the coach reads a history that is new to it: how far it is. It reads a part between two looks at the keyboard, so keys
//! answer meanwhile, and what was read is kept.

use std::time::Instant;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::parts::{COLUMN, SMALLEST, below, fit, frame_within, lowered, paragraph, style, too_small};
use super::{Command, Keyed, Keys, Page, Route, Step};
use crate::desk::DeskError;
use crate::system::monotonic;
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, row};

/// How many attempts are read at a time: some hundredths of a second.
const AT_A_TIME: u32 = 50;

const WHY: &str = "The coach reads your attempts for what they say of every key and pair of keys. It does so once for a layout \
    and a language, and keeps what it has read.";

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Goes back.
    Back,
}

/// The screen that is shown while the coach reads.
pub struct Reading {
    then: Route,
    read: u32,
    all: Option<u32>,
    /// When it was opened: it goes on at once.
    opened: Instant,
}

impl Reading {
    /// Reads a part of the history; nothing where all of it is read, and `then` can be opened.
    pub(in crate::tui) fn on(context: &mut Context, then: &Route) -> Result<Option<Self>, DeskError> {
        if context.desk.read_on(AT_A_TIME)? {
            return Ok(None);
        }
        let (read, all) = context.desk.attempts_read()?;
        Ok(Some(Self::new(then.clone(), read, all, monotonic())))
    }

    /// The screen at a time, after so many attempts, of all where that is known; `then` is where to go on to.
    #[must_use]
    pub const fn new(then: Route, read: u32, all: Option<u32>, opened: Instant) -> Self {
        Self { then, read, all, opened }
    }
}

impl Keyed for Reading {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let back = [KeyPress::Esc, KeyPress::Char('q')].map(|key| (key, Action::Back));
        Keymap::of([row(back, "back; it goes on here next time").shown(1, "back")])
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Back => Step::Back,
        }
    }
}

impl Page for Reading {
    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if too_small(area, buffer, SMALLEST) {
            return None;
        }
        let room = lowered(frame_within(area, buffer, "Reading your history", &self.keys(), COLUMN), 5);
        let so_far = match self.all {
            Some(all) => format!("{} of {all} attempts read", self.read.min(all)),
            None => format!("{} attempts read", self.read),
        };
        Line::styled(fit(&so_far, room.width.into()), style::accent()).render(room, buffer);
        paragraph(below(room, 2), buffer, WHY, Style::new());
        None
    }

    fn wake(&self) -> Option<Instant> {
        Some(self.opened)
    }

    fn tick(&mut self, _now: Instant) -> Step {
        Step::Do(Command::GoOn(Box::new(self.then.clone())))
    }
}
