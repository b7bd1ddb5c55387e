//! The state of the program: which screen has the keyboard, and what reaches it.

use std::convert::Infallible;
use std::time::Instant;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::Start;
use super::after::{Calm, Left, leads_away};
use crate::desk::{Desk, DeskError, Finished};
use crate::sitting::Accepted;
use crate::system::monotonic;
use crate::tui::context::Context;
use crate::tui::drive::{Program, Request};
use crate::tui::errand::Errand;
use crate::tui::host::Capabilities;
use crate::tui::input::{Input, KeyPress, Signal};
use crate::tui::keymap::{Everywhere, Keymap, Listed, everywhere};
use crate::tui::screen::{Screen, Signs};
use crate::tui::screens::parts::{self, SMALLEST};
use crate::tui::screens::replay::ReplayPage;
use crate::tui::screens::{Keyed, Page, Route, Step};
use crate::tui::seat::Seat;
use crate::typing::log::EventKind;
use crate::typing::session::Phase;

/// The exit status of a test that was given up: as if it had been interrupted.
const GIVEN_UP: u8 = 130;

/// Why signs look plain, and what to do about letters that look wrong.
const IN_ASCII: &str = "Only ASCII is sure to look right here, so signs are drawn in it: the locale names no UTF-8, or the \
    terminal draws some letters two columns wide. LC_ALL=C.UTF-8 sets a UTF-8 locale.";

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
    help: Option<usize>,
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
        match input {
            Input::Key(_) if self.crash => crash(),
            Input::Key(key) if self.asks_to(Everywhere::Stop, *key) => return Request::Stop,
            Input::Key(key) if self.asks_to(Everywhere::Redraw, *key) => return Request::Redraw,
            Input::Key(key) if self.asks_to(Everywhere::Quit, *key) => {
                if self.may_leave() {
                    self.quit();
                }
            }
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
        let whole = std::mem::take(&mut self.stale);
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
            single: !matches!(start, Start::Home),
            quick,
            message: None,
            status: None,
            help: None,
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

    /// Takes up whether there is a browser beside the screen.
    pub const fn meet_browser(&mut self, browser: bool) {
        self.context.browser = browser;
    }

    /// The exit status, once the program is to end.
    pub const fn status(&self) -> Option<u8> {
        self.status
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
            parts::message(area, buffer, text, *style);
        }
        if let Some(chosen) = self.help {
            parts::help_overlay(area, buffer, &self.keys(), chosen);
            cursor = None;
        }
        cursor
    }

    /// The keys that work at the moment.
    fn keys(&self) -> Vec<Listed> {
        match &self.scene {
            Scene::Test(seat) => seat.keys(),
            Scene::Page(page) => page.keys(),
        }
    }

    /// Gives an input to the screen that has the keyboard.
    fn hand_over(&mut self, at: Instant, input: &Input) -> Step {
        let key = match input {
            Input::Key(key) | Input::Repeat(key) => Some(*key),
            _ => None,
        };
        if key.is_some_and(|key| self.is_typed_on(at, key)) {
            return Step::Unchanged;
        }
        if key.is_some() && self.message.take().is_some() {
            self.stale = true;
        }
        match (&mut self.scene, input, key) {
            (Scene::Test(page), _, Some(KeyPress::F(1))) if page.session().phase() == Phase::Ready => {
                self.help = Some(0);
                Step::Stay
            }
            (Scene::Test(seat), input, _) => {
                let (step, accepted) = seat.take(at, input);
                self.follow(at, &accepted);
                step
            }
            (Scene::Page(page), Input::Paste { text, .. }, _) => page.paste(text),
            (Scene::Page(page), _, Some(key)) => {
                let _ = page.tick(at);
                if everywhere(page.is_typing()).action(key) == Some(Everywhere::Keys) {
                    self.help = Some(0);
                    return Step::Stay;
                }
                page.update(key)
            }
            _ => Step::Unchanged,
        }
    }

    fn step(&mut self, at: Instant, step: Step) {
        let away = leads_away(&step);
        if away {
            self.keep_unfinished(at);
            if !self.may_leave() {
                return;
            }
        }
        let done = match step {
            Step::Unchanged => return,
            Step::Stay => {
                self.stale |= self.help.is_some() || matches!(self.scene, Scene::Page(_));
                return;
            }
            Step::Go(route) => self.go(route),
            Step::Back => self.back(),
            Step::Do(command) => self.perform(command),
        };
        if away && done.is_ok() {
            self.context.unsaved = None;
        }
        self.tell(done);
        self.stale = true;
        if let Scene::Page(page) = &mut self.scene {
            let _ = page.tick(at);
        }
    }

    /// Goes on to the result when the test has ended. One that ends with the program stays on the screen.
    fn follow(&mut self, at: Instant, accepted: &Accepted) {
        if matches!(accepted.phase, Some(Phase::Ended(_))) && self.status.is_none() {
            self.stale = true;
            self.finish();
            self.calm = Some(Calm::after(at));
        }
    }

    /// In the overlay of keys arrows choose, Enter closes it and presses the key that was chosen, and every other key
    /// closes it and does nothing else: so whatever a letter does can be done without typing it.
    fn choose_key(&mut self, key: KeyPress) -> Option<KeyPress> {
        let chosen = self.help.take()?;
        let keys = self.keys();
        let last = keys.len().saturating_sub(1);
        self.stale = true;
        self.help = match key {
            KeyPress::Enter => return keys.get(chosen).and_then(|row| row.keys.first()).copied(),
            KeyPress::Up | KeyPress::BackTab => Some(chosen.checked_sub(1).unwrap_or(last)),
            KeyPress::Down | KeyPress::Tab => Some(if chosen < last { chosen + 1 } else { 0 }),
            _ => None,
        };
        None
    }

    /// Whether a key asks for this, which it does everywhere; a test has a keymap of its own for all but the stop.
    fn asks_to(&self, what: Everywhere, key: KeyPress) -> bool {
        let is_test = self.help.is_none() && matches!(self.scene, Scene::Test(_));
        let here = !is_test || what == Everywhere::Stop;
        here && everywhere(self.takes_text()).action(key) == Some(what)
    }

    pub(super) fn quit(&mut self) {
        let given_up = self.single && self.context.finished.is_none() && self.context.practised.is_some();
        self.status = Some(if given_up { GIVEN_UP } else { 0 });
    }
}
