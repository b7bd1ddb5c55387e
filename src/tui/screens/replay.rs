//! The replay: an attempt's log played in the terminal, as it was typed or faster.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::parts::{self, fit, span, style};
use super::places::Places;
use super::test::clock;
use super::{Keyed, Keys, Page, Step};
use crate::tui::context::Context;
use crate::tui::input::KeyPress;
use crate::tui::keymap::{Keymap, row};
use crate::tui::sheet::Sheet;
use crate::typing::attempt::Attempt;
use crate::typing::key::Millis;
use crate::typing::score::live;
use crate::typing::session::Session;

/// What keys mean on this screen.
#[derive(Clone, Copy)]
pub enum Action {
    /// Stops or goes on; at the end, plays again.
    Pause,
    /// Plays this many times as fast.
    Speed(u32),
    /// Goes back five seconds.
    Back5,
    /// Goes on five seconds.
    On5,
    /// Goes to the start.
    Start,
    /// Goes to the end.
    End,
    /// Leaves.
    Leave,
}

/// How far an arrow key goes, in milliseconds of the log.
const SEEK: Millis = 5_000;

/// How often the clock on the screen goes on when nothing is typed, in milliseconds of real time.
const CLOCK: Duration = Duration::from_secs(1);

/// An attempt being played.
#[derive(Debug)]
pub struct ReplayPage {
    title: String,
    attempt: Arc<Attempt>,
    session: Session,
    /// Events played so far.
    played: usize,
    /// Where the replay stands, in milliseconds of the log.
    at: Millis,
    /// Log milliseconds to a real one: 1, 2, 4 or 8.
    speed: u32,
    paused: bool,
    /// The last time that came in.
    now: Option<Instant>,
    /// A real time and where the replay stood then: it runs from there.
    anchor: Option<(Instant, Millis)>,
    // Laid out when drawn, for the size of that moment.
    sheet: RefCell<Sheet>,
}

impl ReplayPage {
    /// The replay of the attempt just finished, if there is one.
    pub(in crate::tui) fn open(context: &Context) -> Option<Self> {
        let attempt = context.finished.as_ref().map(|finished| Arc::clone(&finished.attempt))?;
        Some(Self::of(context, attempt))
    }

    /// The replay of an attempt under the name of what was practised, or else of its level.
    pub(in crate::tui) fn of(context: &Context, attempt: Arc<Attempt>) -> Self {
        let level = attempt.level.as_ref().map(|level| level.id.clone());
        let title = context.title().map(str::to_owned).or(level);
        Self::new(title.as_deref().unwrap_or("free test"), attempt)
    }

    /// A replay from the start; it begins to run when the first time comes in.
    pub fn new(title: &str, attempt: Arc<Attempt>) -> Self {
        let session = Session::started_by(Arc::clone(&attempt.exercise), attempt.log.conduct);
        Self {
            title: format!("Replay: {title}"),
            attempt,
            session,
            played: 0,
            at: 0,
            speed: 1,
            paused: false,
            now: None,
            anchor: None,
            sheet: RefCell::new(Sheet::new(Rect::default())),
        }
    }

    fn end(&self) -> Millis {
        self.attempt.log.close.at
    }

    fn runs(&self) -> bool {
        !self.paused && self.at < self.end()
    }

    /// Plays the events that are due.
    fn advance(&mut self) {
        let rest = self.attempt.log.events.get(self.played..).unwrap_or_default();
        for event in rest.iter().take_while(|event| event.at <= self.at) {
            self.session.record(event.at, event.what);
            self.sheet.get_mut().follow(&self.session);
            self.played += 1;
        }
    }

    /// Goes to another time of the log.
    fn seek(&mut self, to: Millis) {
        self.at = to.min(self.end());
        self.played = self.attempt.log.events.partition_point(|event| event.at <= self.at);
        self.session = Session::replay_until(Arc::clone(&self.attempt.exercise), &self.attempt.log, self.at);
        self.sheet = RefCell::new(Sheet::new(Rect::default()));
    }

    /// Where the replay stands, and the figures of that moment as far as they have room.
    fn status(&self, width: u16) -> String {
        let rules = &self.session.exercise().rules;
        let live = live(&self.session, self.at);
        let speed = u64::from(live.gross_wpm_x100) * u64::from(rules.unit.per_wpm()) / 100;
        let accuracy = live.accuracy_bp / 100;
        let state = match (self.paused, self.at >= self.end()) {
            (_, true) => "at the end".to_owned(),
            (true, _) => "paused".to_owned(),
            _ => format!("{}×", self.speed),
        };
        let short = self.end() < 60_000;
        let at = if short { span(self.at) } else { clock(self.at / 1_000) };
        let end = span(self.end());
        let status = [
            format!("{at} of {end}"),
            state,
            format!("{speed:>3} {} gross", rules.unit.name()),
            format!("{accuracy:>3} % accuracy"),
        ];
        parts::items(&status, "   ", width).into_iter().next().unwrap_or_default()
    }
}

impl Keyed for ReplayPage {
    type Action = Action;

    fn keymap(&self) -> Keymap<Action> {
        let speeds = [('1', 1), ('2', 2), ('4', 4), ('8', 8)];
        let speeds = speeds.map(|(digit, speed)| (KeyPress::Char(digit), Action::Speed(speed)));
        let leave = [KeyPress::Esc, KeyPress::Char('q')].map(|key| (key, Action::Leave));
        let pause = [(KeyPress::Char(' '), Action::Pause)];
        let leave = row(leave, "back").shown(1, "back");
        let speed = row(speeds, "times as fast");
        let start = row([(KeyPress::Home, Action::Start)], "from the start");
        if self.at >= self.end() {
            let back = row([(KeyPress::Left, Action::Back5)], "5 seconds back").shown(1, "5 seconds back");
            return Keymap::of([row(pause, "play again").shown(1, "again"), leave, back, start]);
        }
        let seek = [(KeyPress::Left, Action::Back5), (KeyPress::Right, Action::On5)];
        Keymap::of([
            row(pause, "pause, go on").shown(1, "pause"),
            leave,
            speed.shown(speeds.len(), "speed"),
            row(seek, "5 seconds back or on").shown(2, "5 seconds"),
            start.shown(1, "from the start"),
            row([(KeyPress::End, Action::End)], "to the end"),
        ])
    }

    fn act(&mut self, action: Action) -> Step {
        match action {
            Action::Pause if self.at >= self.end() => {
                self.seek(0);
                self.paused = false;
            }
            Action::Pause => self.paused = !self.paused,
            Action::Speed(speed) => self.speed = speed,
            Action::Back5 => self.seek(self.at.saturating_sub(SEEK)),
            Action::On5 => self.seek(self.at.saturating_add(SEEK)),
            Action::Start => self.seek(0),
            Action::End => self.seek(self.end()),
            Action::Leave => return Step::Back,
        }
        self.anchor = self.now.map(|now| (now, self.at));
        Step::Stay
    }
}

impl Page for ReplayPage {
    fn widest(&self) -> u16 {
        parts::COLUMN
    }

    fn view(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let places = Places::new(area);
        Line::styled(fit(&self.title, places.title.width.into()), style::title())
            .render(places.title, buffer);
        Line::raw(self.status(places.status.width)).render(places.status, buffer);
        let mut sheet = self.sheet.borrow_mut();
        if sheet.area() != places.text {
            sheet.renew(places.text, &self.session);
        }
        sheet.draw(&self.session, buffer);
        parts::footer(places.footer, buffer, &self.keys());
        sheet.cursor(&self.session)
    }

    fn wake(&self) -> Option<Instant> {
        let (since, from) = self.anchor.filter(|_| self.runs())?;
        let next = self.attempt.log.events.get(self.played).map_or(self.end(), |event| event.at);
        let ms = u64::from(next.saturating_sub(from)).div_ceil(u64::from(self.speed));
        let next = since + Duration::from_millis(ms);
        Some(self.now.map_or(next, |now| next.min(now + CLOCK)))
    }

    fn tick(&mut self, now: Instant) -> Step {
        self.now = Some(now);
        if !self.runs() {
            return Step::Unchanged;
        }
        let (since, from) = *self.anchor.get_or_insert((now, self.at));
        let ms = now.saturating_duration_since(since).as_millis() * u128::from(self.speed);
        self.at = Millis::try_from(u128::from(from) + ms).unwrap_or(Millis::MAX).min(self.end());
        self.advance();
        Step::Stay
    }
}
