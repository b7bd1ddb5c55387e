//! The test screen: text with the caret in it, the clock, the figures so far.
//!
//! The edge hands over inputs with the time at which they were read. Before the clock runs nothing wakes and nothing is
//! drawn; afterwards the clock asks for one wake-up a second, which a key that comes in time makes needless.

use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::parts::{self, columns, fit, style};
use super::places::Places;
use super::{Command, Route, Step};
use crate::sitting::{Accepted, Sitting};
use crate::tui::input::{Input, KeyPress};
use crate::tui::keyboard::Board;
use crate::tui::keymap::{Keymap, Listed};
use crate::tui::screen::Screen;
use crate::tui::sheet::Sheet;
use crate::typing::key::{Key, Millis};
use crate::typing::log::EventKind;
use crate::typing::pace::Pace;
use crate::typing::rules::Clock;
use crate::typing::session::{Phase, Session};

mod guide;
mod keys;
mod pressed;
mod status;

use guide::Guide;
use keys::{Action, keymap, supervised};
use pressed::{few_have, typing_key, waits_for};

/// The keys of this screen for footer and help, `tabs` where Tab is typed.
pub fn keys(tabs: bool) -> Vec<Listed> {
    keymap(tabs, false).listed()
}

/// By how much the clock on the screen may be late: a key that comes within it saves a wake-up.
const LATENESS: Duration = Duration::from_millis(250);

const FIRST_KEY: &str = "The first key starts the clock.";
const FIRST_KEY_AND_BREAKS: &str = "The first key starts the clock. ⏎ is the Enter key.";
const SIGNAL: &str = "Press Enter to start the clock.";
const ASK_RESTART: &str = "Press Tab again to restart.";
const ASK_RESTART_BESIDE_TAB: &str = "Press Ctrl-R again to restart.";
const ASK_LEAVE: &str = "Press Esc again to leave.";
const ASK_LAYOUT: &str = "Press F2 again to choose another layout.";
const ASK_QUIT: &str = "Press Ctrl-C again to quit.";

/// What follows such a question when much was typed.
const IS_KEPT: &str = "What you typed is kept as unfinished.";

/// What was typed for this long, in milliseconds, is not thrown away by one key.
const DEAR_FROM: Millis = 10_000;

/// A text of this many characters is not either, however fast it was typed.
const DEAR_CHARACTERS: u32 = 50;

const PASTED: &str = "Pasting does not count here. The attempt notes it.";

/// The screen of a test. It does not own the sitting: the part that runs the sitting shows it, and says what was
/// accepted.
#[derive(Debug)]
pub struct TestPage {
    title: String,
    /// The second of the test that the clock on the screen shows.
    second: Millis,
    /// Whether speed and accuracy are shown.
    figures: bool,
    hint: String,
    /// Whether the text asks for Tab, which then does nothing else.
    tabs: bool,
    keymap: Keymap<Action>,
    places: Places,
    sheet: Sheet,
    /// What is typed against.
    pace: Option<Pace>,
    area: Rect,
    /// The keyboard below the text, where it is shown.
    guide: Option<Guide>,
    stale: Stale,
}

/// What the screen asks for after an input.
#[derive(Debug)]
pub enum Asked {
    /// A key for the sitting.
    Press(Key),
    /// An event for its log.
    Record(EventKind),
    /// Something that is no typing.
    Step(Step),
}

/// What is to be drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Stale {
    all: bool,
    status: bool,
    hint: bool,
    text: bool,
    guide: bool,
}

impl TestPage {
    /// The screen of a sitting that is ready.
    pub fn new(sitting: &Sitting, figures: bool, area: Rect) -> Self {
        let exercise = sitting.session().exercise();
        let start = match exercise.rules.clock {
            Clock::FirstKey if exercise.text.has_breaks() => FIRST_KEY_AND_BREAKS,
            Clock::FirstKey => FIRST_KEY,
            Clock::StartSignal => SIGNAL,
        };
        let hint = match exercise.text.keyless(exercise.lookalikes).as_slice() {
            [] => start.to_owned(),
            keyless => format!("{start} {}", few_have(keyless)),
        };
        let (tabs, places) = (exercise.asks_for_tabs(), Places::new(area));
        let sheet = Sheet::new(places.text);
        let stale = Stale { all: true, ..Stale::default() };
        Self {
            title: sitting.title(),
            second: 0,
            figures,
            hint,
            tabs,
            keymap: keymap(tabs, sitting.why().is_some()),
            places,
            sheet,
            pace: None,
            area,
            guide: None,
            stale,
        }
    }

    /// Types against a pace, where there is one, and with errors hidden where it is `blind`.
    pub fn aid(&mut self, pace: Option<Pace>, blind: bool) {
        self.pace = pace;
        self.sheet.hide_errors(blind);
    }

    /// Takes only the keys of an exam, in which the test cannot be begun anew or left.
    pub fn supervise(&mut self, may_leave: bool) {
        self.keymap = supervised(may_leave);
        self.stale.all = true;
    }

    /// Puts an empty row between the rows of the text.
    pub fn space_widely(&mut self, session: &Session) {
        self.sheet.space_widely();
        self.resize(self.area, session);
    }

    /// Moves the mark of the pace to where it stands now.
    fn follow_pace(&mut self, sitting: &Sitting) {
        let Some(pace) = &self.pace else { return };
        let place = (sitting.phase() != Phase::Ready).then(|| pace.place(sitting.now()));
        self.stale.text |= self.sheet.mark_pace(place, sitting.session());
    }

    /// Shows a keyboard below the text, or none.
    pub fn show_keyboard(&mut self, board: Option<Board>, sitting: &Sitting) {
        let (session, teaches) = (sitting.session(), sitting.task().teaches());
        self.guide = board.map(|board| Guide::new(board, teaches, session));
        self.resize(self.area, session);
    }

    /// Whether a keyboard is shown.
    pub const fn shows_keyboard(&self) -> bool {
        self.guide.is_some()
    }

    /// When to wake although nothing was pressed: for the clock on the screen, and for the end of the time.
    pub fn wake(&self, sitting: &Sitting) -> Option<Instant> {
        let started = sitting.started().filter(|_| sitting.phase() == Phase::Running)?;
        let second = started + Duration::from_millis(u64::from(self.second + 1) * 1_000) + LATENESS;
        let pace = self.pace.as_ref().and_then(|pace| pace.next(sitting.now()));
        let guide = self.guide.as_ref().and_then(|guide| guide.wake(sitting.session()));
        let aids = [pace, guide].into_iter().flatten().min();
        let aids = aids.map(|at| started + Duration::from_millis(at.into()));
        [Some(second), sitting.limit(), aids].into_iter().flatten().min()
    }

    /// Takes what was typed or happened at that time, and says what is to be done with it.
    pub fn update(&mut self, sitting: &Sitting, at: Instant, input: &Input) -> Asked {
        match input {
            // A key held down is pressed once.
            Input::Repeat(KeyPress::Esc | KeyPress::Ctrl('r' | 'c')) => Asked::Step(Step::Unchanged),
            Input::Repeat(KeyPress::Tab) if !self.tabs => Asked::Step(Step::Unchanged),
            Input::Key(key) | Input::Repeat(key) => self.key(sitting, at, *key),
            Input::Release(key) => match typing_key(*key) {
                Some(key) => Asked::Record(EventKind::Release(key)),
                None => Asked::Step(Step::Unchanged),
            },
            Input::Paste { chars, .. } => {
                self.say(PASTED);
                Asked::Record(EventKind::Paste(u32::try_from(*chars).unwrap_or(u32::MAX)))
            }
            Input::FocusLost => Asked::Record(EventKind::FocusLost),
            Input::FocusGained => Asked::Record(EventKind::FocusGained),
            _ => Asked::Step(Step::Unchanged),
        }
    }

    /// Whether a key does anything here, beside text.
    pub fn means(&self, key: KeyPress) -> bool {
        self.keymap.action(key).is_some()
    }

    /// Its keys, for footer and help.
    pub fn keys(&self) -> Vec<Listed> {
        self.keymap.listed()
    }

    /// Takes note of a key that is about to be pressed: a hint goes, and in a lesson a key that is missed for the first time
    /// has its finger named.
    pub fn expect(&mut self, sitting: &Sitting, key: Key) {
        let missed = self.guide.as_mut().and_then(|guide| guide.missed(sitting.session(), key));
        self.say(missed.as_deref().unwrap_or_default());
    }

    /// Follows the sitting by what it accepted last.
    pub fn follow(&mut self, sitting: &Sitting, accepted: &Accepted) {
        if matches!(accepted.event.map(|event| event.what), Some(EventKind::Press(_))) {
            self.sheet.follow(sitting.session());
            self.stale.text = true;
        }
        self.follow_pace(sitting);
        if let Some(guide) = &mut self.guide {
            self.stale.guide |= guide.follow(sitting.session(), sitting.now());
        }
        let second = sitting.now() / 1_000;
        self.stale.status |= accepted.phase == Some(Phase::Running) || second != self.second;
        self.second = second;
    }

    /// Shows or hides speed and accuracy.
    pub fn show_figures(&mut self, shown: bool) {
        self.figures = shown;
        self.stale.status = true;
    }

    /// Takes another size; the test goes on.
    pub fn resize(&mut self, area: Rect, session: &Session) {
        self.area = area;
        self.places = match &self.guide {
            Some(guide) => Places::above(area, guide.rows()),
            None => Places::new(area),
        };
        self.sheet.renew(self.places.text, session);
        self.stale.all = true;
    }

    /// Whether the screen is behind.
    pub fn is_stale(&self) -> bool {
        self.stale != Stale::default()
    }

    /// Draws what changed, and returns the bytes for the terminal.
    pub fn draw<'s>(&mut self, sitting: &Sitting, screen: &'s mut Screen) -> &'s [u8] {
        let stale = std::mem::take(&mut self.stale);
        if stale.all {
            return screen.draw(|buffer| self.view(sitting, buffer));
        }
        if stale.text {
            self.sheet.draw_changes(sitting.session(), screen);
        }
        if let Some(guide) = self.guide.as_ref().filter(|_| stale.guide) {
            screen.paint(self.places.board, |buffer| guide.draw(self.places.board, buffer));
        }
        if stale.status {
            screen.paint(self.places.status, |buffer| self.view_status(sitting, buffer));
        }
        if stale.hint {
            screen.paint(self.places.hint, |buffer| self.view_hint(sitting, buffer));
        }
        screen.finish(self.sheet.cursor(sitting.session()))
    }

    /// Draws all; returns where the terminal's cursor belongs, so that input methods open at the caret.
    pub fn view(&mut self, sitting: &Sitting, buffer: &mut Buffer) -> Option<Position> {
        self.stale = Stale::default();
        let title = fit(&self.title, self.places.title.width.into());
        Line::styled(title, style::title()).render(self.places.title, buffer);
        self.view_status(sitting, buffer);
        self.sheet.draw(sitting.session(), buffer);
        self.view_hint(sitting, buffer);
        parts::footer(self.places.footer, buffer, &self.keys());
        if let Some(guide) = &self.guide {
            guide.draw(self.places.board, buffer);
        }
        self.sheet.cursor(sitting.session())
    }

    fn key(&mut self, sitting: &Sitting, at: Instant, key: KeyPress) -> Asked {
        match self.keymap.action(key) {
            Some(Action::Leave) => Asked::Step(self.lose(sitting, at, ASK_LEAVE, Step::Back)),
            Some(Action::Restart) => Asked::Step(self.restart(sitting, at)),
            Some(Action::Redraw) => Asked::Step(Step::Do(Command::Redraw)),
            Some(Action::Why) => Asked::Step(Step::Do(Command::Why)),
            Some(Action::Figures) => Asked::Step(Step::Do(Command::ToggleLive)),
            Some(Action::Keyboard) => Asked::Step(Step::Do(Command::ToggleKeyboard)),
            Some(Action::Layout) => {
                let then = Some(Box::new(Route::Test(sitting.task().clone())));
                Asked::Step(self.lose(sitting, at, ASK_LAYOUT, Step::Go(Route::Layouts(then))))
            }
            Some(Action::Quit) => Asked::Step(self.lose(sitting, at, ASK_QUIT, Step::Do(Command::Quit))),
            Some(Action::Erase) | None => match typing_key(key).filter(|key| waits_for(sitting, *key)) {
                Some(key) => Asked::Press(key),
                None => Asked::Step(Step::Unchanged),
            },
        }
    }

    fn restart(&mut self, sitting: &Sitting, at: Instant) -> Step {
        let question = if self.tabs { ASK_RESTART_BESIDE_TAB } else { ASK_RESTART };
        self.lose(sitting, at, question, Step::Do(Command::Restart))
    }

    /// Does what ends the test; when much was typed, only at the second time in a row. A level that runs is not left by one
    /// key however little was typed; it may be begun anew.
    fn lose(&mut self, sitting: &Sitting, at: Instant, question: &str, step: Step) -> Step {
        let is_dear = is_dear(sitting, at);
        let is_restart = matches!(step, Step::Do(Command::Restart));
        let is_level = sitting.level().is_some() && sitting.phase() == Phase::Running;
        let question = if is_dear { format!("{question} {IS_KEPT}") } else { question.to_owned() };
        if (is_dear || is_level && !is_restart) && self.hint != question {
            self.say(&question);
            return Step::Stay;
        }
        step
    }

    fn say(&mut self, hint: &str) {
        if self.hint != hint {
            hint.clone_into(&mut self.hint);
            self.stale.hint = true;
        }
    }

    fn view_hint(&self, sitting: &Sitting, buffer: &mut Buffer) {
        let row = self.places.hint;
        let hint = fit(&self.hint, row.width.into());
        Line::styled(hint, style::dim()).render(row, buffer);
        let keys =
            Line::from_iter([Span::styled("F1", style::accent()), Span::styled(" keys", style::dim())]);
        let x = columns(&self.hint) + 3;
        if sitting.phase() == Phase::Ready && x + keys.width() <= usize::from(row.width) {
            keys.render(Rect { x: row.x + x as u16, width: row.width - x as u16, ..row }, buffer);
        }
    }
}

/// Minutes and seconds.
pub(super) fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Whether so much was typed that one key does not end the test.
pub fn is_dear(sitting: &Sitting, at: Instant) -> bool {
    let much = sitting.millis(at) >= DEAR_FROM || sitting.session().tally().typed >= DEAR_CHARACTERS;
    sitting.phase() == Phase::Running && much
}
