//! The visit as a program: what comes in, what the proctor wants, what is written down.
//!
//! The test itself is the screen and the session of any other test; here it cannot be left or begun anew, and every event
//! is written down.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::layout::Rect;
use tokio::sync::Notify;

use super::doing::Doing;
use super::keys::Keys;
use crate::exam::definition::Accommodation;
use crate::exam::event::Preflight;
use crate::exam::{Actor, What};
use crate::room::hall::{Begin, Hall, Live, Order};
use crate::room::ssh::{Terminal, Visit};
use crate::sitting::{Accepted, Sitting};
use crate::system::monotonic;
use crate::tui::drive::{Program, Request};
use crate::tui::host::Capabilities;
use crate::tui::input::{Input, KeyPress};
use crate::tui::screen::Screen;
use crate::tui::screens::{Command, Step};
use crate::tui::seat::{Seat, Taken};
use crate::typing::log::EventKind;
use crate::typing::score::{Score, live};
use crate::typing::session::Phase;

/// After a test, what is typed on answers nothing for so long.
pub(super) const CALM: Duration = Duration::from_secs(2);

/// Keys do not take a message of the proctor away before it could be read.
const READ: Duration = Duration::from_secs(5);

const LOST: &str = "the connection was lost";
const ENDED: &str = "The proctor ended this test. Wait for the proctor.";

/// Where a candidate is.
pub(super) enum Stage {
    /// Asked for the name.
    Name,
    /// Trying the keys.
    Keys(Keys),
    /// Typing to warm up.
    WarmUp(Box<Seat>),
    /// Waiting for the start.
    Ready,
    /// In a test.
    Test(Box<Seat>, Begin),
    /// Between tests, or after the last: with the figures of the one just taken.
    Between(Option<Box<Score>>),
}

/// A candidate's visit.
pub struct Sitter {
    pub(super) hall: Arc<Hall>,
    pub(super) number: String,
    pub(super) name: String,
    /// Which session it is.
    pub(super) session: u64,
    pub(super) from: IpAddr,
    pub(super) bell: Arc<Notify>,
    pub(super) needs: Accommodation,
    pub(super) stage: Stage,
    pub(super) terminal: Option<Terminal>,
    pub(super) latency_ms: Option<u32>,
    pub(super) area: Rect,
    pub(super) message: Option<String>,
    /// Until when the message stays, whatever is typed.
    pub(super) held: Option<Instant>,
    pub(super) calm: Option<Instant>,
    pub(super) figures: bool,
    pub(super) stale: bool,
    pub(super) over: bool,
    pub(super) farewell: String,
}

impl Sitter {
    /// A visit of a session that was let in.
    #[must_use]
    pub fn new(hall: Arc<Hall>, number: String, session: u64, from: IpAddr) -> Self {
        let (bell, needs) = (hall.bell(&number), hall.exam().accommodation(&number).cloned());
        let name = hall.person(&number).map(|person| person.name).unwrap_or_default();
        Self {
            hall,
            name,
            session,
            from,
            bell,
            needs: needs.unwrap_or_default(),
            number,
            stage: Stage::Name,
            terminal: None,
            latency_ms: None,
            area: Rect::default(),
            message: None,
            held: None,
            calm: None,
            figures: true,
            stale: true,
            over: false,
            farewell: String::new(),
        }
    }

    pub(super) fn happened(&mut self, what: What) {
        if let Err(why) = self.hall.happened(&self.number, Actor::Candidate, what) {
            self.tell(&why.to_string());
        }
    }

    pub(super) fn tell(&mut self, message: &str) {
        self.message = Some(message.to_owned());
        self.stale = true;
    }

    pub(super) fn leave(&mut self, farewell: &str) {
        farewell.clone_into(&mut self.farewell);
        self.over = true;
    }

    /// A screen for something that is typed.
    pub(super) fn seat_for(&self, sitting: Sitting, may_leave: bool) -> Box<Seat> {
        let seat = Seat::new(sitting, self.figures, self.area).supervised(may_leave);
        Box::new(if self.needs.wide_spacing { seat.widely_spaced() } else { seat })
    }

    /// Takes what the sitting of the stage accepted.
    fn follow(&mut self, at: Instant, taken: &Taken) {
        if let Stage::Test(seat, begin) = &self.stage {
            let events: Vec<_> = taken.iter().filter_map(|accepted| accepted.event).collect();
            self.hall.typed(&self.number, begin.run, &events);
            let (session, now) = (seat.session(), seat.sitting().now());
            let figures = live(session, now);
            let (gross_wpm_x100, accuracy_bp) = (figures.gross_wpm_x100, figures.accuracy_bp);
            self.hall.goes(&self.number, Live { typed: Some(at), gross_wpm_x100, accuracy_bp, at_ms: now });
        }
        self.notice_end(at);
    }

    fn notice_end(&mut self, at: Instant) {
        match &self.stage {
            Stage::Test(seat, begin) if matches!(seat.session().phase(), Phase::Ended(_)) => {
                let score = self.hall.ended(&self.number, begin.run, seat.sitting(), None);
                self.rest(at, score);
            }
            Stage::WarmUp(seat) if matches!(seat.session().phase(), Phase::Ended(_)) => self.become_ready(at),
            _ => {}
        }
    }

    /// Goes to where nothing is typed.
    fn rest(&mut self, at: Instant, score: Option<Score>) {
        self.stage = Stage::Between(score.map(Box::new));
        self.calm = Some(at + CALM);
        self.stale = true;
    }

    /// Ends a running test by somebody's act.
    fn abort(&mut self, at: Instant, by: Actor, reason: &str) -> Option<u32> {
        let Stage::Test(seat, begin) = &mut self.stage else { return None };
        let (run, last) = (begin.run, seat.close(at));
        let last: Vec<_> = last.event.into_iter().collect();
        self.hall.typed(&self.number, run, &last);
        self.hall.ended(&self.number, run, seat.sitting(), Some((by, reason.to_owned())));
        self.rest(at, None);
        Some(run)
    }

    fn obey(&mut self, at: Instant, order: Order) {
        let proctor = || Actor::Proctor(self.hall.exam().proctor.name.clone());
        match order {
            Order::Go if matches!(self.stage, Stage::Ready) => self.begin(),
            Order::Go => {}
            Order::Abort { reason, void } => {
                let by = proctor();
                if let Some(run) = self.abort(at, by, &reason)
                    && void
                {
                    self.hall.void_ended(&self.number, run, &reason);
                }
                self.tell(ENDED);
            }
            Order::Say(text) => {
                self.tell(&format!("Proctor: {text}"));
                self.held = Some(at + READ);
            }
            Order::Leave(why) => {
                let by = proctor();
                self.abort(at, by, "the seat was freed");
                self.leave(&why);
            }
            Order::Look => self.stale = true,
        }
    }

    fn do_it(&mut self, at: Instant, doing: Doing) {
        match doing {
            Doing::Confirm => {
                self.happened(What::Confirmed);
                self.stage = Stage::Keys(Keys::of(self.hall.exam().language));
            }
            Doing::Deny => self.leave("Tell the proctor that the name was not yours."),
            Doing::Checked => self.check_keys(at),
            Doing::Ready => self.become_ready(at),
            Doing::Begin => self.begin(),
            Doing::Leave => self.leave("Your results are kept. Thank you."),
        }
        self.stale = true;
    }

    fn check_keys(&mut self, at: Instant) {
        let Stage::Keys(keys) = &mut self.stage else { return };
        let missing = keys.missing();
        if !missing.is_empty() && !keys.is_sure() {
            return self.tell(&format!("Not seen yet: {missing}. Press Enter again to go on without them."));
        }
        let (columns, rows) = (self.area.width, self.area.height);
        let latency_ms = self.latency_ms.unwrap_or_default();
        self.happened(What::Checked(Preflight { columns, rows, latency_ms, missing }));
        self.after_keys(at);
    }

    fn in_typing(&self) -> bool {
        matches!(self.stage, Stage::WarmUp(_) | Stage::Test(..))
    }

    /// Hands an input to the screen of a test.
    fn type_in(&mut self, at: Instant, input: &Input) -> Request {
        let (Stage::WarmUp(seat) | Stage::Test(seat, _)) = &mut self.stage else { return Request::Nothing };
        let (step, taken) = seat.take(at, input);
        match step {
            Step::Do(Command::Redraw) => return Request::Redraw,
            Step::Do(Command::ToggleLive) => {
                self.figures = !self.figures;
                seat.show_figures(self.figures);
            }
            // Only a warm-up can be left.
            Step::Back => {
                return {
                    self.become_ready(at);
                    Request::Nothing
                };
            }
            _ => {}
        }
        self.follow(at, &taken);
        Request::Nothing
    }
}

impl Drop for Sitter {
    /// However the line ended: what was typed is kept, and the seat is free again.
    fn drop(&mut self) {
        self.abort(monotonic(), Actor::Room, LOST);
        self.hall.left(&self.number, self.session);
    }
}

impl Program for Sitter {
    fn meet(&mut self, _viewer: Capabilities) {
        self.stale = true;
    }

    fn resize(&mut self, area: Rect) {
        self.area = area;
        self.stale = true;
        if let Stage::WarmUp(seat) | Stage::Test(seat, _) = &mut self.stage {
            seat.resize(area);
        }
    }

    fn is_stale(&self) -> bool {
        let typing = match &self.stage {
            Stage::WarmUp(seat) | Stage::Test(seat, _) => seat.is_stale(),
            _ => false,
        };
        self.stale || typing
    }

    fn draw<'s>(&mut self, screen: &'s mut Screen) -> &'s [u8] {
        let whole = std::mem::take(&mut self.stale);
        match &mut self.stage {
            Stage::WarmUp(seat) | Stage::Test(seat, _) if !whole => seat.draw(screen),
            _ => screen.draw(|buffer| self.view(buffer)),
        }
    }

    fn wake(&self) -> Option<Instant> {
        match &self.stage {
            Stage::WarmUp(seat) | Stage::Test(seat, _) => seat.wake(),
            _ => None,
        }
    }

    fn takes_text(&self) -> bool {
        self.in_typing() || matches!(self.stage, Stage::Keys(_))
    }

    fn means(&self, key: KeyPress) -> bool {
        match &self.stage {
            Stage::WarmUp(seat) | Stage::Test(seat, _) => seat.means(key),
            _ => self.keymap().action(key).is_some(),
        }
    }

    fn take(&mut self, at: Instant, input: &Input) -> Request {
        if *input == Input::Closed {
            self.abort(at, Actor::Room, LOST);
            self.leave("");
            return Request::Nothing;
        }
        if let Input::Key(_) = input
            && self.held.is_none_or(|until| at >= until)
            && self.message.take().is_some()
        {
            self.stale = true;
        }
        if self.in_typing() {
            return self.type_in(at, input);
        }
        let Input::Key(key) = input else { return Request::Nothing };
        if matches!(key, KeyPress::Ctrl('l' | 'r')) {
            return Request::Redraw;
        }
        if self.calm.is_some_and(|until| at < until) {
            return Request::Nothing;
        }
        if let (Stage::Keys(keys), KeyPress::Char(c)) = (&mut self.stage, key) {
            keys.saw(*c);
            self.stale = true;
        } else if let Some(doing) = self.keymap().action(*key) {
            self.do_it(at, doing);
        }
        Request::Nothing
    }

    fn is_unseen(&self) -> bool {
        matches!(&self.stage, Stage::Test(seat, _) if seat.is_unseen())
    }

    fn came(&mut self, characters: u32, early: bool) {
        if let Stage::Test(seat, _) = &mut self.stage {
            seat.came(characters, early, true);
        }
    }

    fn record(&mut self, _at: Instant, _what: EventKind) {}

    fn tick(&mut self, at: Instant) {
        for order in self.hall.take_orders(&self.number) {
            self.obey(at, order);
        }
        if let Stage::WarmUp(seat) | Stage::Test(seat, _) = &mut self.stage {
            let accepted = seat.tick(at);
            if accepted != Accepted::default() {
                self.notice_end(at);
            }
        }
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

impl Visit for Sitter {
    fn bell(&self) -> Arc<Notify> {
        Arc::clone(&self.bell)
    }

    fn seated(&mut self, _at: Instant, terminal: &Terminal) {
        self.hall.seated(&self.number, self.session, self.from, &terminal.client);
        self.terminal = Some(terminal.clone());
    }

    fn answered(&mut self, latency_ms: u32) {
        self.latency_ms = Some(latency_ms);
        self.stale |= matches!(self.stage, Stage::Keys(_));
    }

    fn may_idle_out(&self) -> bool {
        !matches!(self.stage, Stage::Ready)
    }

    fn is_plain(&self) -> bool {
        self.needs.plain
    }

    fn farewell(&self) -> String {
        self.farewell.clone()
    }
}
