//! A test being taken: a sitting, and the screen that looks at it.

use std::time::Instant;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::input::Input;
use super::screen::Screen;
use super::screens::Step;
use super::screens::test::{Asked, TestPage};
use crate::sitting::{Accepted, Sitting};
use crate::typing::log::EventKind;
use crate::typing::session::Session;

/// A sitting with its screen. What is typed goes to the sitting first; the screen is told what became of it.
#[derive(Debug)]
pub struct Seat {
    sitting: Sitting,
    page: TestPage,
}

impl Seat {
    /// A seat for a sitting that is ready; `figures` says whether speed and accuracy are shown meanwhile.
    pub fn new(sitting: Sitting, figures: bool, area: Rect) -> Self {
        let page = TestPage::new(&sitting, figures, area);
        Self { sitting, page }
    }

    /// The sitting.
    pub const fn sitting(&self) -> &Sitting {
        &self.sitting
    }

    /// The sitting, when the screen is no more needed.
    pub fn into_sitting(self) -> Sitting {
        self.sitting
    }

    /// Its session, as far as it is.
    pub const fn session(&self) -> &Session {
        self.sitting.session()
    }

    /// When to wake although nothing was pressed: for the clock on the screen, and for the end of the time.
    pub fn wake(&self) -> Option<Instant> {
        self.page.wake(&self.sitting)
    }

    /// Takes what was typed or happened at that time: what the screen asks for, and what the sitting took.
    pub fn take(&mut self, at: Instant, input: &Input) -> (Step, Accepted) {
        let (step, accepted) = match self.page.update(&self.sitting, at, input) {
            Asked::Step(step) => return (step, Accepted::default()),
            Asked::Press(key) => (Step::Stay, self.sitting.press(at, key)),
            Asked::Record(what) => (Step::Unchanged, self.sitting.record(at, what)),
        };
        self.page.follow(&self.sitting, &accepted);
        (step, accepted)
    }

    /// Notes in the log something that is no input.
    pub fn record(&mut self, at: Instant, what: EventKind) -> Accepted {
        let accepted = self.sitting.record(at, what);
        self.page.follow(&self.sitting, &accepted);
        accepted
    }

    /// Takes the time; at its limit the test ends.
    pub fn tick(&mut self, at: Instant) -> Accepted {
        let accepted = self.sitting.tick(at);
        self.page.follow(&self.sitting, &accepted);
        accepted
    }

    /// Ends a running test as given up, because the line dropped.
    pub fn close(&mut self, at: Instant) -> Accepted {
        self.sitting.close(at)
    }

    /// Shows or hides speed and accuracy.
    pub fn show_figures(&mut self, shown: bool) {
        self.page.show_figures(shown);
    }

    /// Takes another size; the test goes on.
    pub fn resize(&mut self, area: Rect) {
        self.page.resize(area, self.sitting.session());
    }

    /// Whether the screen is behind.
    pub fn is_stale(&self) -> bool {
        self.page.is_stale()
    }

    /// Draws what changed, and returns the bytes for the terminal.
    pub fn draw<'s>(&mut self, screen: &'s mut Screen) -> &'s [u8] {
        self.page.draw(&self.sitting, screen)
    }

    /// Draws all; returns where the terminal's cursor belongs.
    pub fn view(&mut self, buffer: &mut Buffer) -> Option<Position> {
        self.page.view(&self.sitting, buffer)
    }
}
