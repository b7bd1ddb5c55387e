//! The proctor's board: every seat at a glance, problems first, and what a proctor does about them. It sanctions nothing by
//! itself.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::layout::{Position, Rect};

mod asking;
mod view;

use asking::{Asking, Wanted};

use super::hall::{ActError, Hall, Table};
use crate::exam::event::Note;
use crate::exam::seats::Phase;
use crate::tui::drive::{Program, Request};
use crate::tui::host::Capabilities;
use crate::tui::input::{Input, KeyPress, Signal};
use crate::tui::keymap::{Everywhere, Keymap, Listed, Motion, everywhere, leaps, lines, row};
use crate::tui::screen::Screen;
use crate::tui::screens::parts;
use crate::typing::log::EventKind;

/// How often the board looks at the seats.
const LOOK: Duration = Duration::from_secs(1);

/// What keys mean on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Go,
    Pause,
    Ask(Wanted),
    Move(Motion),
    Sheet,
    Close,
}

/// The board.
pub struct Board {
    hall: Arc<Hall>,
    table: Table,
    /// The number of the seat that is chosen.
    chosen: Option<String>,
    asking: Option<Asking>,
    /// How candidates connect: shown when asked for.
    ways: Vec<String>,
    shows_ways: bool,
    /// The row chosen in the overlay of keys, while it is shown.
    help: Option<usize>,
    message: Option<String>,
    everywhere: Keymap<Everywhere>,
    area: Rect,
    next_look: Instant,
    stale: bool,
    over: bool,
}

impl Board {
    /// The board of a hall; `ways` says how candidates connect.
    #[must_use]
    pub fn new(hall: Arc<Hall>, ways: Vec<String>, now: Instant) -> Self {
        let table = hall.table(now);
        let chosen = table.rows.first().map(|row| row.number.clone());
        Self {
            hall,
            table,
            chosen,
            asking: None,
            ways,
            shows_ways: true,
            help: None,
            message: None,
            everywhere: everywhere(false),
            area: Rect::default(),
            next_look: now + LOOK,
            stale: true,
            over: false,
        }
    }

    fn keymap(&self) -> Keymap<Action> {
        let pause = if self.table.phase == Phase::Paused { "go on" } else { "pause" };
        let ask = |key, wanted, words: &'static str, short: &'static str| {
            row([(KeyPress::Char(key), Action::Ask(wanted))], words).shown(1, short)
        };
        Keymap::of([
            row([(KeyPress::Char('g'), Action::Go)], "start the test for all who are ready")
                .shown(1, "start"),
            row([(KeyPress::Char('p'), Action::Pause)], "let no test begin, or let them begin again")
                .shown(1, pause),
            ask('a', Wanted::Abort, "end the running test of the chosen seat", "abort"),
            ask('v', Wanted::Void, "make its last test void", "void"),
            ask('n', Wanted::Incident, "note an incident", "note"),
            ask('b', Wanted::Rebind, "free the seat and give it a new code", "new code"),
            ask('m', Wanted::Message, "send a message to the chosen seat", "message"),
            row([(KeyPress::Char('t'), Action::Ask(Wanted::MessageToAll))], "send a message to all"),
            ask('x', Wanted::Extra, "give the candidate one more attempt", "extra"),
            row([(KeyPress::Char('i'), Action::Sheet)], "show how candidates connect").shown(1, "connect"),
            row([(KeyPress::Char('q'), Action::Close)], "close the room").shown(1, "close"),
            lines(Action::Move, "choose a seat"),
        ])
        .and(leaps(Action::Move))
    }

    fn keys(&self) -> Vec<Listed> {
        let mut keys = match &self.asking {
            Some(asking) => return asking.keys(),
            None => self.keymap().listed(),
        };
        keys.extend(self.everywhere.listed());
        keys
    }

    fn chosen_at(&self) -> usize {
        let is = |number: &String| self.table.rows.iter().position(|row| row.number == *number);
        self.chosen.as_ref().and_then(is).unwrap_or_default()
    }

    fn look(&mut self, now: Instant) {
        self.next_look = now + LOOK;
        let table = self.hall.table(now);
        if table != self.table {
            self.table = table;
            self.stale = true;
        }
    }

    fn act(&mut self, now: Instant, action: Action) {
        self.stale = true;
        match action {
            Action::Go => {
                let begun = self.hall.go();
                let seats = if begun == 1 { "seat" } else { "seats" };
                self.message = Some(format!(
                    "Started: {begun} {seats}. Others begin when they are ready and you press g again."
                ));
            }
            Action::Pause => self.hall.pause(self.table.phase != Phase::Paused),
            Action::Move(motion) => {
                let last = self.table.rows.len().saturating_sub(1);
                let at = motion.from(self.chosen_at(), last, 10);
                self.chosen = self.table.rows.get(at).map(|row| row.number.clone());
            }
            Action::Sheet => self.shows_ways = !self.shows_ways,
            Action::Ask(wanted) => self.asking = self.seat_for(wanted).map(|seat| Asking::new(wanted, seat)),
            Action::Close => {
                self.look(now);
                self.asking = Some(Asking::new(Wanted::Close, self.running()));
            }
        }
        self.look(now);
    }

    /// Whom it is about: nobody where the roster is empty.
    fn seat_for(&self, wanted: Wanted) -> Option<String> {
        if wanted == Wanted::MessageToAll {
            return Some("all".to_owned());
        }
        self.chosen.clone()
    }

    fn running(&self) -> String {
        let count = self.table.rows.iter().filter(|row| row.state == crate::exam::State::Running).count();
        count.to_string()
    }

    /// Does what was asked for, with what was written.
    fn answer(&mut self, now: Instant, asking: &Asking) {
        let (number, text) = (asking.seat(), asking.text());
        let done: Result<Option<String>, ActError> = match asking.wanted() {
            Wanted::Abort => self.hall.abort(number, text).map(|()| None),
            Wanted::Void => self.hall.void(number, text).map(|()| None),
            Wanted::Extra => self.hall.extra(number, text).map(|()| None),
            Wanted::Rebind => self.hall.rebind(number, text).map(|code| {
                Some(format!("New code for {number}: {code}. Write it down: it is not shown again."))
            }),
            Wanted::Message => Ok(None).inspect(|_| self.hall.say(number, text)),
            Wanted::MessageToAll => Ok(None).inspect(|_| self.hall.say_to_all(text)),
            Wanted::Incident => {
                let run = self.hall.seat(number, |seat| seat.next_run() - 1).filter(|run| *run > 0);
                let note = Note { code: asking.incident(), text: text.to_owned(), run };
                self.hall.incident(number, note).map(|()| None)
            }
            Wanted::Close => {
                self.hall.close();
                self.over = true;
                Ok(None)
            }
        };
        self.message = match done {
            Ok(said) => said.or_else(|| Some(format!("Done: {} {number}.", asking.wanted().done()))),
            Err(why) => Some(why.to_string()),
        };
        self.look(now);
        self.stale = true;
    }

    fn key(&mut self, at: Instant, key: KeyPress) -> Request {
        self.stale |= self.message.take().is_some();
        if let Some(chosen) = self.help.take() {
            self.stale = true;
            self.help = match key {
                KeyPress::Up => Some(chosen.saturating_sub(1)),
                KeyPress::Down => Some((chosen + 1).min(self.keys().len().saturating_sub(1))),
                _ => None,
            };
            return Request::Nothing;
        }
        if let Some(mut asking) = self.asking.take() {
            self.stale = true;
            match asking.take(key) {
                asking::Said::More => self.asking = Some(asking),
                asking::Said::Nothing => {}
                asking::Said::Done => self.answer(at, &asking),
            }
            return Request::Nothing;
        }
        match (self.keymap().action(key), self.everywhere.action(key)) {
            (Some(action), _) => self.act(at, action),
            (None, Some(Everywhere::Keys)) => (self.help, self.stale) = (Some(0), true),
            (None, Some(Everywhere::Redraw)) => return Request::Redraw,
            (None, Some(Everywhere::Quit)) => self.act(at, Action::Close),
            (None, _) => {}
        }
        Request::Nothing
    }

    /// Draws all.
    pub fn view(&self, area: Rect, buffer: &mut ratatui::buffer::Buffer) -> Option<Position> {
        let keys = self.keys();
        self.view_seats(area, buffer, &keys);
        let cursor = self.asking.as_ref().and_then(|asking| asking.view(area, buffer));
        if let Some(chosen) = self.help {
            parts::help_overlay(area, buffer, &keys, chosen);
        }
        cursor
    }
}

impl Program for Board {
    fn meet(&mut self, _viewer: Capabilities) {
        self.stale = true;
    }

    fn resize(&mut self, area: Rect) {
        self.area = area;
        self.stale = true;
    }

    fn is_stale(&self) -> bool {
        self.stale
    }

    fn draw<'s>(&mut self, screen: &'s mut Screen) -> &'s [u8] {
        self.stale = false;
        let area = screen.area();
        screen.draw(|buffer| self.view(area, buffer))
    }

    fn wake(&self) -> Option<Instant> {
        Some(self.next_look)
    }

    fn takes_text(&self) -> bool {
        self.asking.is_some()
    }

    fn means(&self, key: KeyPress) -> bool {
        self.asking.is_none()
            && (self.keymap().action(key).is_some() || self.everywhere.action(key).is_some())
    }

    fn take(&mut self, at: Instant, input: &Input) -> Request {
        match input {
            Input::Key(key) | Input::Repeat(key) => self.key(at, *key),
            Input::Paste { text, .. } => {
                if let Some(asking) = &mut self.asking {
                    asking.paste(text);
                    self.stale = true;
                }
                Request::Nothing
            }
            // The window is gone: seats note what was typed, and the room can be opened again.
            Input::Closed
            | Input::Signal(Signal::Terminate | Signal::Hangup | Signal::Interrupt | Signal::Quit) => {
                self.over = true;
                Request::Nothing
            }
            _ => Request::Nothing,
        }
    }

    fn is_unseen(&self) -> bool {
        false
    }

    fn came(&mut self, _characters: u32, _early: bool) {}

    fn record(&mut self, _at: Instant, _what: EventKind) {}

    fn tick(&mut self, at: Instant) {
        if at >= self.next_look {
            self.look(at);
        }
    }

    fn is_over(&self) -> bool {
        self.over
    }
}
