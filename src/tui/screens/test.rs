//! The test screen: text with the caret in it, the clock, the figures so far.
//!
//! The edge hands over inputs with the time at which they were read. Before the clock runs nothing wakes and nothing is
//! drawn; afterwards the clock asks for one wake-up a second, which a key that comes in time makes needless.

use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::document::fit;
use super::parts::{self, COLUMN, SMALLEST, columns, style};
use super::{Effect, Step};
use crate::tui::input::{Input, KeyPress};
use crate::tui::screen::Screen;
use crate::tui::sheet::Sheet;
use crate::typing::key::{Key, Millis, Stroke};
use crate::typing::log::{EventKind, MAX_MS};
use crate::typing::rules::{Clock, Limit};
use crate::typing::score::live;
use crate::typing::session::{Phase, Session};

/// The keys of the test screen. What types is left out.
pub const KEYS: &[(&str, &str)] = &[("Tab", "restart"), ("Esc", "back"), ("^L", "figures"), ("^C", "quit")];

/// By how much the clock on the screen may be late: a key that comes within it saves a wake-up.
const LATENESS: Duration = Duration::from_millis(250);

const FIRST_KEY: &str = "The first key starts the clock.";
const SIGNAL: &str = "Enter starts the clock; then every key counts.";
const ASK_RESTART: &str = "Tab again restarts, and this test is lost.";
const ASK_LEAVE: &str = "Esc again leaves, and this test is lost.";

/// What was typed for so many milliseconds is not thrown away by one key.
const DEAR_FROM: Millis = 10_000;

/// From so many milliseconds on a speed is shown.
const SPEED_FROM: Millis = 3_000;

const PASTED: &str = "Pasted text is refused, and noted.";

/// A test that is being taken.
#[derive(Debug)]
pub struct TestPage {
    title: String,
    back: Effect,
    session: Session,
    started: Option<Instant>,
    /// The time that was last told, in milliseconds of the test.
    now: Millis,
    /// Whether speed and accuracy are shown.
    figures: bool,
    hint: &'static str,
    places: Places,
    sheet: Sheet,
    stale: Stale,
}

/// What is to be drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Stale {
    all: bool,
    status: bool,
    hint: bool,
    text: bool,
}

/// Where things stand; what has no room is empty.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    pub(super) title: Rect,
    pub(super) status: Rect,
    pub(super) text: Rect,
    pub(super) hint: Rect,
    pub(super) footer: Rect,
}

impl TestPage {
    /// A test of this session, which must be ready; `back` is where Esc leads.
    pub fn new(title: String, session: Session, figures: bool, back: Effect, area: Rect) -> Self {
        let hint = match session.exercise().rules.clock {
            Clock::FirstKey => FIRST_KEY,
            Clock::StartSignal => SIGNAL,
        };
        let places = Places::new(area);
        let sheet = Sheet::new(places.text);
        let stale = Stale { all: true, ..Stale::default() };
        Self { title, back, session, started: None, now: 0, figures, hint, places, sheet, stale }
    }

    /// The session, as far as it is.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// When to wake although nothing was pressed: for the clock on the screen, and for the end of the time.
    pub fn wake(&self) -> Option<Instant> {
        let started = self.started.filter(|_| self.session.phase() == Phase::Running)?;
        let second = started + Duration::from_millis(u64::from(self.now / 1_000 + 1) * 1_000) + LATENESS;
        let limit = self.session.exercise().rules.limit_ms();
        let limit = limit.map(|ms| started + Duration::from_millis(u64::from(ms)));
        Some(limit.map_or(second, |limit| limit.min(second)))
    }

    /// Takes what was typed or happened at that time.
    pub fn take(&mut self, at: Instant, input: &Input) -> Step {
        match input {
            // A key held down is pressed once.
            Input::Repeat(KeyPress::Esc | KeyPress::Tab | KeyPress::Ctrl('r')) => Step::Unchanged,
            Input::Key(key) | Input::Repeat(key) => self.key(at, *key),
            Input::Release(key) => match typing_key(*key) {
                Some(key) => self.record(at, EventKind::Release(key)),
                None => Step::Unchanged,
            },
            Input::Paste { chars, .. } => {
                self.say(PASTED);
                self.record(at, EventKind::Paste(u32::try_from(*chars).unwrap_or(u32::MAX)));
                Step::Stay
            }
            Input::FocusLost => self.record(at, EventKind::FocusLost),
            Input::FocusGained => self.record(at, EventKind::FocusGained),
            _ => Step::Unchanged,
        }
    }

    /// Notes in the log something that is no key press.
    pub fn record(&mut self, at: Instant, what: EventKind) -> Step {
        self.session.record(self.millis(at), what);
        Step::Unchanged
    }

    /// Tells the time; at its limit the session ends.
    pub fn tick(&mut self, at: Instant) {
        if self.started.is_some() {
            let now = self.millis(at);
            self.session.tick(now);
            self.stale.status |= now / 1_000 != self.now / 1_000;
            self.now = now;
        }
    }

    /// Shows or hides speed and accuracy.
    pub fn show_figures(&mut self, shown: bool) {
        self.figures = shown;
        self.stale.status = true;
    }

    /// Takes another size; the test goes on.
    pub fn resize(&mut self, area: Rect) {
        self.places = Places::new(area);
        self.sheet.renew(self.places.text, &self.session);
        self.stale.all = true;
    }

    /// Whether the screen is behind.
    pub fn is_stale(&self) -> bool {
        self.stale != Stale::default()
    }

    /// Draws what changed, and returns the bytes for the terminal.
    pub fn draw<'s>(&mut self, screen: &'s mut Screen) -> &'s [u8] {
        let stale = std::mem::take(&mut self.stale);
        if stale.all {
            return screen.draw(|buffer| self.view(buffer));
        }
        if stale.text {
            self.sheet.draw_changes(&self.session, screen);
        }
        if stale.status {
            screen.paint(self.places.status, |buffer| self.view_status(buffer));
        }
        if stale.hint {
            screen.paint(self.places.hint, |buffer| self.view_hint(buffer));
        }
        screen.finish(self.sheet.cursor(&self.session))
    }

    /// Draws all; returns where the terminal's cursor belongs, so that input methods open at the caret.
    pub fn view(&mut self, buffer: &mut Buffer) -> Option<Position> {
        let title = fit(&self.title, self.places.title.width.into());
        Line::styled(title, style::title()).render(self.places.title, buffer);
        self.view_status(buffer);
        self.sheet.draw(&self.session, buffer);
        self.view_hint(buffer);
        parts::footer(self.places.footer, buffer, KEYS);
        self.sheet.cursor(&self.session)
    }

    fn key(&mut self, at: Instant, key: KeyPress) -> Step {
        match key {
            KeyPress::Esc => self.lose(at, ASK_LEAVE, self.back.clone()),
            KeyPress::Tab | KeyPress::Ctrl('r') => self.lose(at, ASK_RESTART, Effect::Restart),
            KeyPress::Ctrl('l') => Step::Do(Effect::ToggleLive),
            key => match typing_key(key) {
                Some(key) => self.press(at, key),
                None => Step::Unchanged,
            },
        }
    }

    /// Does what ends the test; when much was typed, only at the second time in a row.
    fn lose(&mut self, at: Instant, question: &'static str, effect: Effect) -> Step {
        let dear = self.session.phase() == Phase::Running && self.millis(at) >= DEAR_FROM;
        if dear && self.hint != question {
            self.say(question);
            return Step::Stay;
        }
        Step::Do(effect)
    }

    fn press(&mut self, at: Instant, key: Key) -> Step {
        let by_signal = self.session.exercise().rules.clock == Clock::StartSignal;
        if by_signal && self.session.phase() == Phase::Ready {
            if key != Key::Enter {
                return Step::Unchanged;
            }
            self.session.start();
        } else {
            self.session.press(Stroke { at: self.millis(at), key });
        }
        if self.started.is_none() && self.session.phase() != Phase::Ready {
            self.started = Some(at);
            self.stale.status = true;
        }
        self.say("");
        self.sheet.follow(&self.session);
        self.stale.text = true;
        self.tick(at);
        Step::Stay
    }

    /// Milliseconds since the clock started, rounded down.
    fn millis(&self, at: Instant) -> Millis {
        let since = self.started.map_or(Duration::ZERO, |started| at.saturating_duration_since(started));
        Millis::try_from(since.as_millis()).unwrap_or(MAX_MS)
    }

    fn say(&mut self, hint: &'static str) {
        self.stale.hint |= self.hint != hint;
        self.hint = hint;
    }

    fn view_status(&self, buffer: &mut Buffer) {
        Line::raw(self.status()).render(self.places.status, buffer);
    }

    fn view_hint(&self, buffer: &mut Buffer) {
        let row = self.places.hint;
        Line::styled(self.hint, style::dim()).render(row, buffer);
        let keys =
            Line::from_iter([Span::styled("F1", style::accent()), Span::styled(" keys", style::dim())]);
        let x = columns(self.hint) + 3;
        if self.session.phase() == Phase::Ready && x + keys.width() <= usize::from(row.width) {
            keys.render(Rect { x: row.x + x as u16, width: row.width - x as u16, ..row }, buffer);
        }
    }

    /// Clock, words, speed and accuracy; numbers keep their columns, so that few cells change.
    fn status(&self) -> String {
        let rules = &self.session.exercise().rules;
        let narrow = self.places.status.width < SMALLEST.0;
        let words = (0..self.session.caret().0).filter(|word| self.session.word_is_right(*word)).count();
        let (time, words) = match rules.limit {
            Limit::Seconds(s) if narrow => (clock(s.saturating_sub(self.now / 1_000)), String::new()),
            Limit::Text if narrow => (clock(self.now / 1_000), String::new()),
            Limit::Seconds(s) => {
                let left = s.saturating_sub(self.now / 1_000);
                (format!("{} left", clock(left)), format!("   {words:>3} words right"))
            }
            Limit::Text => {
                let all = self.session.exercise().text.word_count();
                (clock(self.now / 1_000), format!("   {words:>3} of {all} words right"))
            }
        };
        let figures = self.live_figures(narrow);
        match time + &words + &figures {
            all if columns(&all) <= usize::from(self.places.status.width) => all,
            all => all.replacen(&words, "", 1),
        }
    }

    /// Speed and accuracy so far, where they are shown; a speed of the first moments says nothing and is held back.
    fn live_figures(&self, narrow: bool) -> String {
        if !self.figures || self.session.phase() == Phase::Ready {
            return String::new();
        }
        let unit = self.session.exercise().rules.unit;
        let live = live(&self.session, self.now);
        let speed = match self.now {
            0..SPEED_FROM => "--".to_owned(),
            _ => ((u64::from(live.gross_wpm_x100) * u64::from(unit.per_wpm()) + 50) / 100).to_string(),
        };
        let accuracy = (live.accuracy_bp + 50) / 100;
        let (gap, gross) = if narrow { (" ", "") } else { ("   ", " gross") };
        format!("{gap}{speed:>3} {}{gross}{gap}{accuracy:>3} %", unit.name())
    }
}

impl Places {
    /// The text in the middle, the rest around it as far as there is room: at 20×5 clock and text, on one row the text.
    pub(super) fn new(area: Rect) -> Self {
        let margin = if area.width >= SMALLEST.0 { 2 } else { 0 };
        let page = area.inner(Margin::new(margin, 0));
        let column = parts::centred(page, COLUMN);
        let height = area.height;
        let row = |rect: Rect, y: u16, from: u16| {
            let shown = u16::from(height >= from);
            Rect { y: area.y + y, height: shown, ..rect }
        };
        let (lines, top) = if height >= SMALLEST.1 {
            let lines = (height / 4).clamp(3, 10);
            (lines, (height - lines) / 2)
        } else {
            let around = [4, 6, 7].into_iter().filter(|from| height >= *from).count() as u16;
            (height.saturating_sub(around), u16::from(height >= 4))
        };
        let gap = u16::from(height >= SMALLEST.1);
        Self {
            title: row(page, 0, SMALLEST.1),
            status: row(column, top.saturating_sub(1 + gap), 4),
            text: Rect { y: area.y + top, height: lines, ..column },
            hint: row(column, top + lines + gap, 6),
            footer: row(page, height.saturating_sub(1), 7),
        }
    }
}

/// Minutes and seconds.
pub(super) fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// What a key is to the typing core.
fn typing_key(key: KeyPress) -> Option<Key> {
    match key {
        KeyPress::Char(c) => Some(Key::Char(c)),
        KeyPress::Enter => Some(Key::Enter),
        KeyPress::Backspace => Some(Key::Backspace),
        KeyPress::DeleteWord => Some(Key::DeleteWord),
        _ => None,
    }
}
