//! A test being taken: a sitting, and the screen that looks at it. It runs on any host by itself, without a desk or other
//! screens.

use std::time::Instant;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::drive::{self, Program, Request};
use super::host::{Capabilities, Host, HostError};
use super::input::{Input, KeyPress, Signal};
use super::keyboard::Board;
use super::keymap::Listed;
use super::screen::Screen;
use super::screens::test::{self, Asked, TestPage};
use super::screens::{Command, Step};
use crate::sitting::{Accepted, Sitting};
use crate::typing::key::Key;
use crate::typing::log::EventKind;
use crate::typing::pace::Pace;
use crate::typing::session::{Phase, Session};

/// What a sitting took of one input: nearly always one thing, for which nothing is allocated.
#[derive(Debug, Default)]
pub struct Taken {
    first: Option<Accepted>,
    others: Vec<Accepted>,
}

impl Taken {
    /// In the order in which it was taken.
    pub fn iter(&self) -> impl Iterator<Item = &Accepted> {
        self.first.iter().chain(&self.others)
    }

    /// Whether the input was nothing to the sitting.
    pub const fn is_empty(&self) -> bool {
        self.first.is_none()
    }
}

impl FromIterator<Accepted> for Taken {
    fn from_iter<I: IntoIterator<Item = Accepted>>(taken: I) -> Self {
        let mut taken = taken.into_iter();
        Self { first: taken.next(), others: taken.collect() }
    }
}

/// A sitting with its screen. What is typed goes to the sitting first; the screen then shows what became of it.
#[derive(Debug)]
pub struct Seat {
    sitting: Sitting,
    page: TestPage,
    /// Whether nobody can have seen the text yet.
    unseen: bool,
}

impl Seat {
    /// A seat for a sitting that is ready; `figures` says whether speed and accuracy are shown meanwhile.
    pub fn new(sitting: Sitting, figures: bool, area: Rect) -> Self {
        let page = TestPage::new(&sitting, figures, area);
        Self { sitting, page, unseen: true }
    }

    /// The seat with a pace to type against, where there is one, and with errors hidden where it is `blind`.
    #[must_use]
    pub fn aided(mut self, pace: Option<Pace>, blind: bool) -> Self {
        self.page.aid(pace, blind);
        self
    }

    /// The seat in an exam: the test cannot be begun anew or left, unless somebody `may_leave` a warm-up.
    #[must_use]
    pub fn supervised(mut self, may_leave: bool) -> Self {
        self.page.supervise(may_leave);
        self
    }

    /// The seat with an empty row between the rows of the text.
    #[must_use]
    pub fn widely_spaced(mut self) -> Self {
        self.page.space_widely(self.sitting.session());
        self
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

    /// The keys of the screen, for its help.
    pub fn keys(&self) -> Vec<Listed> {
        self.page.keys()
    }

    /// Whether a key does anything here, beside text.
    pub fn means(&self, key: KeyPress) -> bool {
        self.page.means(key)
    }

    /// Whether nobody can have seen the text yet.
    pub const fn is_unseen(&self) -> bool {
        self.unseen
    }

    /// Notes how keys came, over a line that `bundles` them or not.
    pub fn came(&mut self, characters: u32, early: bool, bundles: bool) {
        match early {
            true => self.sitting.came_early(characters),
            false => self.sitting.came_together(characters, bundles),
        }
    }

    /// When to wake although nothing was pressed: for the clock on the screen, and for the end of the time.
    pub fn wake(&self) -> Option<Instant> {
        self.page.wake(&self.sitting)
    }

    /// Takes what was typed or happened at that time: what the screen asks for, and what the sitting took.
    pub fn take(&mut self, at: Instant, input: &Input) -> (Step, Taken) {
        match self.page.update(&self.sitting, at, input) {
            Asked::Step(step) => (step, Taken::default()),
            Asked::Press(key) => (Step::Stay, self.press(at, key)),
            Asked::Record(what) => (Step::Unchanged, [self.record(at, what)].into_iter().collect()),
        }
    }

    /// Takes a key, or the keys that it stands for where a layout is emulated.
    fn press(&mut self, at: Instant, key: Key) -> Taken {
        let keys = self.sitting.meant(key);
        let take = |key: Key| {
            self.page.expect(&self.sitting, key);
            let accepted = self.sitting.press(at, key);
            self.page.follow(&self.sitting, &accepted);
            accepted
        };
        keys.map(take).collect()
    }

    /// Notes in the log something that is no input.
    pub fn record(&mut self, at: Instant, what: EventKind) -> Accepted {
        // What the screen shows after a stop is seen when it is drawn again.
        self.unseen |= what == EventKind::Resumed && self.sitting.phase() == Phase::Ready;
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

    /// Whether much would be lost by leaving it now.
    pub fn is_dear(&self, at: Instant) -> bool {
        test::is_dear(&self.sitting, at)
    }

    /// Ends a running test as given up.
    pub fn close(&mut self, at: Instant) -> Accepted {
        self.sitting.close(at)
    }

    /// Shows or hides speed and accuracy.
    pub fn show_figures(&mut self, shown: bool) {
        if shown {
            self.sitting.saw_figures();
        }
        self.page.show_figures(shown);
    }

    /// Shows a keyboard below the text, or none.
    pub fn show_keyboard(&mut self, board: Option<Board>) {
        self.page.show_keyboard(board, &self.sitting);
    }

    /// Whether a keyboard is shown.
    pub const fn shows_keyboard(&self) -> bool {
        self.page.shows_keyboard()
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
        self.unseen = false;
        self.page.draw(&self.sitting, screen)
    }

    /// Draws all; returns where the terminal's cursor belongs.
    pub fn view(&mut self, buffer: &mut Buffer) -> Option<Position> {
        self.unseen = false;
        self.page.view(&self.sitting, buffer)
    }
}

/// Runs a test by itself until it has ended or is left; `journal` gets all that the sitting takes, as it takes it. The
/// sitting stays in its seat, whatever happens: left, or with the line dropped, it is closed as given up.
///
/// # Errors
/// When the host fails.
pub fn run(
    seat: &mut Seat,
    host: &mut dyn Host,
    journal: &mut dyn FnMut(&Accepted),
) -> Result<(), HostError> {
    drive::run(&mut Alone { seat, journal, left: false, figures: true, bundles: true }, host)
}

/// A seat and nothing else.
struct Alone<'a> {
    seat: &'a mut Seat,
    journal: &'a mut dyn FnMut(&Accepted),
    left: bool,
    figures: bool,
    bundles: bool,
}

impl Alone<'_> {
    fn leave(&mut self, at: Instant) {
        let accepted = self.seat.close(at);
        self.note(&accepted);
        self.left = true;
    }

    fn note(&mut self, accepted: &Accepted) {
        if *accepted != Accepted::default() {
            (self.journal)(accepted);
        }
    }
}

impl Program for Alone<'_> {
    fn meet(&mut self, viewer: Capabilities) {
        self.bundles = viewer.bundles;
    }

    fn is_unseen(&self) -> bool {
        self.seat.is_unseen()
    }

    fn came(&mut self, characters: u32, early: bool) {
        self.seat.came(characters, early, self.bundles);
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn means(&self, key: KeyPress) -> bool {
        self.seat.means(key)
    }

    fn resize(&mut self, area: Rect) {
        self.seat.resize(area);
    }

    fn is_stale(&self) -> bool {
        self.seat.is_stale()
    }

    fn draw<'s>(&mut self, screen: &'s mut Screen) -> &'s [u8] {
        self.seat.draw(screen)
    }

    fn wake(&self) -> Option<Instant> {
        self.seat.wake()
    }

    fn take(&mut self, at: Instant, input: &Input) -> Request {
        match input {
            Input::Key(KeyPress::Ctrl('z')) => return Request::Stop,
            Input::Closed => self.leave(at),
            Input::Signal(Signal::Stop | Signal::Continue) => {}
            Input::Signal(_) => self.leave(at),
            input => {
                let (step, accepted) = self.seat.take(at, input);
                accepted.iter().for_each(|accepted| self.note(accepted));
                match step {
                    Step::Back | Step::Do(Command::Quit) => self.leave(at),
                    Step::Do(Command::Redraw) => return Request::Redraw,
                    Step::Do(Command::ToggleLive) => {
                        self.figures = !self.figures;
                        self.seat.show_figures(self.figures);
                    }
                    // There is no other text here, and nothing else to go to.
                    Step::Do(
                        Command::Restart
                        | Command::Award
                        | Command::Own
                        | Command::Another
                        | Command::Sign(_)
                        | Command::Holder { .. }
                        | Command::Claim(_)
                        | Command::ClaimPractice(_)
                        | Command::Replay
                        | Command::VerifyBadge { .. }
                        | Command::Serve
                        | Command::Copy(_)
                        | Command::Browse(_)
                        | Command::Save
                        | Command::ToggleKeyboard
                        | Command::TakeLayout(..)
                        | Command::NextLanguage
                        | Command::Aim(_)
                        | Command::Wish(_)
                        | Command::Goal(_)
                        | Command::Play(_)
                        | Command::Race(_)
                        | Command::SetOptions(_)
                        | Command::GoOn(_)
                        | Command::TypeOwn(_)
                        | Command::Why,
                    )
                    | Step::Go(_)
                    | Step::Stay
                    | Step::Unchanged => {}
                }
            }
        }
        Request::Nothing
    }

    fn record(&mut self, at: Instant, what: EventKind) {
        let accepted = self.seat.record(at, what);
        self.note(&accepted);
    }

    fn tick(&mut self, at: Instant) {
        let accepted = self.seat.tick(at);
        self.note(&accepted);
    }

    fn is_over(&self) -> bool {
        self.left || matches!(self.seat.sitting.phase(), Phase::Ended(_))
    }
}
