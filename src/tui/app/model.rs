//! The state of the program: which screen has the keyboard, and what reaches it.

use std::convert::Infallible;
use std::time::Instant;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::Start;
use super::after::{Calm, Left, leads_away};
use crate::desk::{Desk, DeskError, Finished};
use crate::system::{Clocks, monotonic};
use crate::tui::context::Context;
use crate::tui::drive::{Program, Request};
use crate::tui::errand::Errand;
use crate::tui::host::Capabilities;
use crate::tui::input::{Input, KeyPress, Signal};
use crate::tui::keymap::{Everywhere, Keymap, everywhere};
use crate::tui::screen::{Screen, Signs};
use crate::tui::screens::parts::{self, SMALLEST};
use crate::tui::screens::replay::ReplayPage;
use crate::tui::screens::{Keyed, Page, Route, Step};
use crate::tui::seat::Seat;
use crate::typing::key::Key;
use crate::typing::log::EventKind;
use crate::typing::session::Session;

/// The exit status of a test that was given up: as if it had been interrupted.
const GIVEN_UP: u8 = 130;

/// Why signs look plain, and what to do about letters that look wrong.
const IN_ASCII: &str = "Signs are drawn in ASCII, because the locale is not UTF-8 or the terminal draws some signs \
    two columns wide. LC_ALL=C.UTF-8 sets a UTF-8 locale.";

/// What has the keyboard.
pub(super) enum Scene {
    /// A test, which is drawn in parts.
    Test(Box<Seat>),
    /// Any other screen.
    Page(Box<dyn Page>),
}

/// The screen before the first one.
pub(super) struct Nothing;

impl Keyed for Nothing {
    type Action = Infallible;

    fn keymap(&self) -> Keymap<Infallible> {
        Keymap::of([])
    }

    fn act(&mut self, action: Infallible) -> Step {
        match action {}
    }
}

impl Page for Nothing {
    fn view(&self, _area: Rect, _buffer: &mut Buffer) -> Option<Position> {
        None
    }
}

/// The program between two inputs. It knows no terminal: inputs come with their time, drawings go to a [`Screen`].
pub struct App {
    pub(super) context: Context,
    /// Where one is, and beneath it the way back.
    pub(super) stack: Vec<Route>,
    /// What is open: the top of the stack.
    pub(super) scene: Scene,
    pub(super) area: Rect,
    /// The test or replay came from the command line: leaving it ends the program.
    pub(super) single: bool,
    pub(super) quick: bool,
    pub(super) message: Option<(String, Style)>,
    pub(super) status: Option<u8>,
    /// The row chosen in the overlay of keys, while it is shown.
    pub(super) help: Option<usize>,
    /// The keys of every page: where none types text, and where one does.
    pub(super) everywhere: [Keymap<Everywhere>; 2],
    /// What the host is to do next.
    pub(super) errand: Option<Errand>,
    /// Whether the first key makes the program panic, to show that the terminal is restored.
    crash: bool,
    /// After the end of a test, while what is typed on is nothing.
    pub(super) calm: Option<Calm>,
    /// Whether it was asked if a result that is not saved may be lost.
    pub(super) asked: bool,
    pub(super) left: Option<Left>,
    pub(super) stale: bool,
    /// Whether the screen is to be cleared first.
    pub(super) redraw: bool,
}

impl Program for App {
    fn meet(&mut self, viewer: Capabilities) {
        self.context.viewer = viewer;
        if viewer.signs == Signs::Ascii && !self.single && self.message.is_none() {
            self.message = Some((IN_ASCII.to_owned(), parts::style::accent()));
            self.stale = true;
        }
    }

    fn is_unseen(&self) -> bool {
        matches!(&self.scene, Scene::Test(seat) if seat.is_unseen())
    }

    fn came(&mut self, characters: u32, early: bool) {
        if let Scene::Test(seat) = &mut self.scene {
            seat.came(characters, early, self.context.viewer.bundles);
        }
    }

    fn takes_text(&self) -> bool {
        match &self.scene {
            Scene::Test(_) => true,
            Scene::Page(page) => page.is_typing(),
        }
    }

    fn means(&self, key: KeyPress) -> bool {
        let here = match &self.scene {
            Scene::Test(seat) => seat.means(key),
            Scene::Page(page) => page.means(key),
        };
        here || self.meant_everywhere(key).is_some()
    }

    fn resize(&mut self, area: Rect) {
        self.area = area;
        self.stale = true;
        if let Scene::Test(page) = &mut self.scene {
            page.resize(area);
        }
    }

    fn wake(&self) -> Option<Instant> {
        match &self.scene {
            // The passage is on the screen by now, and is noted as seen.
            Scene::Test(_) if self.context.desk.has_shown() => Some(monotonic()),
            Scene::Test(page) => page.wake(),
            Scene::Page(page) => {
                let calm = self.calm.filter(|_| self.says_typed_on()).map(Calm::until);
                [page.wake(), calm].into_iter().flatten().min()
            }
        }
    }

    fn is_stale(&self) -> bool {
        self.stale || matches!(&self.scene, Scene::Test(page) if page.is_stale())
    }

    fn take(&mut self, at: Instant, input: &Input) -> Request {
        if let Input::Key(key) = input {
            if self.crash {
                crash();
            }
            match self.meant_everywhere(*key) {
                Some(Everywhere::Stop) => return Request::Stop,
                Some(Everywhere::Redraw) => return Request::Redraw,
                Some(Everywhere::Quit) => {
                    if self.may_leave() {
                        self.quit();
                    }
                    return Request::Nothing;
                }
                Some(Everywhere::Keys) | None => {}
            }
        }
        match input {
            Input::Signal(signal) => {
                if signal.exit_status().is_some() {
                    self.save_what_there_is(at);
                }
                self.status = signal.exit_status().or(self.status);
            }
            Input::Closed => {
                self.save_what_there_is(at);
                self.status = Signal::Hangup.exit_status();
            }
            Input::Key(key) | Input::Repeat(key) if self.help.is_some() => {
                if let Some(key) = self.choose_key(*key) {
                    return self.take(at, &Input::Key(key));
                }
            }
            // A key held down is no second answer.
            Input::Repeat(_) if self.asked => {}
            input => {
                let step = self.hand_over(at, input);
                self.asked &= leads_away(&step) || !matches!(input, Input::Key(_));
                self.step(at, step);
            }
        }
        if std::mem::take(&mut self.redraw) { Request::Redraw } else { Request::Nothing }
    }

    fn tick(&mut self, at: Instant) {
        if let Err(why) = self.context.desk.note_shown() {
            self.message = Some((why.to_string(), parts::style::bad()));
            self.stale = true;
        }
        match &mut self.scene {
            Scene::Test(seat) => {
                let accepted = seat.tick(at);
                self.follow(at, &accepted);
            }
            Scene::Page(page) => {
                let step = page.tick(at);
                self.step(at, step);
                self.end_calm(at);
            }
        }
    }

    fn record(&mut self, at: Instant, what: EventKind) {
        if let Scene::Test(seat) = &mut self.scene {
            let accepted = seat.record(at, what);
            self.follow(at, &accepted);
        }
    }

    fn draw<'s>(&mut self, screen: &'s mut Screen) -> &'s [u8] {
        // A message lies over what the parts of a test would draw.
        let whole = std::mem::take(&mut self.stale) || self.message.is_some();
        match &mut self.scene {
            Scene::Test(page) if !whole => page.draw(screen),
            _ => screen.draw(|buffer| self.view(buffer)),
        }
    }

    fn is_over(&self) -> bool {
        self.status.is_some()
    }

    fn errand(&mut self) -> Option<Errand> {
        self.errand.take()
    }

    fn refused(&mut self, why: String) {
        self.message = Some((why, parts::style::bad()));
        self.stale = true;
    }
}

#[expect(clippy::panic, reason = "asked for")]
fn crash() -> ! {
    panic!("this was asked for with --crash");
}

impl App {
    /// The program at its start.
    ///
    /// # Errors
    /// When what `start` names cannot be had.
    pub fn new(desk: Desk, start: Start, quick: bool) -> Result<Self, DeskError> {
        let mut app = Self {
            context: Context::new(desk),
            stack: Vec::new(),
            scene: Scene::Page(Box::new(Nothing)),
            area: Rect::default(),
            single: matches!(start, Start::Test(_) | Start::Replay(_)),
            quick,
            message: None,
            status: None,
            help: None,
            everywhere: [everywhere(false), everywhere(true)],
            errand: None,
            crash: false,
            calm: None,
            asked: false,
            left: None,
            stale: true,
            redraw: false,
        };
        match start {
            Start::Home => app.go(Route::Home)?,
            Start::Test(task) => app.go(Route::Test(task))?,
            Start::Lesson { course, lesson } => {
                app.go(Route::Home)?;
                app.go(Route::Lesson { course, lesson })?;
            }
            Start::Course(id) => {
                app.go(Route::Home)?;
                app.go(Route::Course(id, None))?;
            }
            Start::Replay(attempt) => {
                let page = ReplayPage::of(&app.context, attempt);
                app.show(Route::Replay, Scene::Page(Box::new(page)));
            }
        }
        app.read_notices();
        Ok(app)
    }

    /// The program that panics at the first key.
    #[must_use]
    pub fn crashing(self) -> Self {
        Self { crash: true, ..self }
    }

    /// The program with other clocks: what they say when something is read at a time.
    #[must_use]
    pub const fn with_clocks(mut self, read_clocks: fn(Instant) -> Clocks) -> Self {
        self.context.read_clocks = read_clocks;
        self
    }

    /// Takes up whether there is a browser beside the screen.
    pub const fn meet_browser(&mut self, browser: bool) {
        self.context.browser = browser;
    }

    /// The exit status, once the program is to end.
    pub const fn status(&self) -> Option<u8> {
        self.status
    }

    /// The session of the test that is on, if one is.
    pub fn session(&self) -> Option<&Session> {
        match &self.scene {
            Scene::Test(seat) => Some(seat.session()),
            Scene::Page(_) => None,
        }
    }

    /// The key that the text of a running or ready test asks for; nothing elsewhere.
    #[must_use]
    pub fn due(&self) -> Option<Key> {
        match &self.scene {
            Scene::Test(seat) => seat.session().due(),
            Scene::Page(_) => None,
        }
    }

    /// What became of the test that was left last while it ran.
    pub const fn left(&self) -> Option<&Left> {
        self.left.as_ref()
    }

    /// The last test that was finished and saved.
    pub fn into_finished(self) -> Option<Finished> {
        self.context.finished
    }

    fn view(&mut self, buffer: &mut Buffer) -> Option<Position> {
        let area = self.area;
        let mut cursor = match &mut self.scene {
            Scene::Test(page) => page.view(buffer),
            Scene::Page(_) if parts::too_small(area, buffer, SMALLEST) => return None,
            Scene::Page(page) => page.view(area, buffer),
        };
        if let Some((text, style)) = &self.message {
            parts::message(area, buffer, text, *style, self.widest());
        }
        if let Some(chosen) = self.help {
            parts::help_overlay(area, buffer, &self.keys(), chosen);
            cursor = None;
        }
        cursor
    }

    /// How many columns wide the page is that has the keyboard.
    fn widest(&self) -> u16 {
        match &self.scene {
            Scene::Test(_) => parts::COLUMN,
            Scene::Page(page) => page.widest(),
        }
    }

    pub(super) fn quit(&mut self) {
        let given_up = self.single && self.context.finished.is_none() && self.context.practised.is_some();
        self.status = Some(if given_up { GIVEN_UP } else { 0 });
    }
}
