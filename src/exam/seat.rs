//! A seat: where its candidate is in the exam, and every test that was taken. Events move it; nothing else does.

mod acts;
mod refused;
mod state;

pub use refused::Refused;
pub use state::{Noted, Run, Standing, State};

use super::definition::{Definition, OnDisconnect};
use super::event::{Actor, Connection, Event, Preflight, What};

/// A seat: a candidate's place in the exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    number: String,
    terms: Terms,
    state: State,
    live: Option<Connection>,
    confirmed: bool,
    preflight: Option<Preflight>,
    warmed: bool,
    runs: Vec<Run>,
    extra: u32,
    /// Tests that were aborted because the connection was lost, and not by the proctor.
    lost: u32,
    notes: Vec<Noted>,
    erased: bool,
}

/// What of an exam's policy a seat follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Terms {
    attempts: u32,
    warm_up: bool,
    on_disconnect: OnDisconnect,
    fresh_at_most: u32,
}

impl Seat {
    /// The seat of a candidate who is on the roster.
    #[must_use]
    pub fn new(number: &str, exam: &Definition) -> Self {
        Self {
            number: number.to_owned(),
            terms: Terms {
                attempts: exam.attempts.number,
                warm_up: exam.warm_up_for(number) > 0,
                on_disconnect: exam.disconnect.policy,
                fresh_at_most: exam.disconnect.fresh_at_most,
            },
            state: State::Registered,
            live: None,
            confirmed: false,
            preflight: None,
            warmed: false,
            runs: Vec::new(),
            extra: 0,
            lost: 0,
            notes: Vec::new(),
            erased: false,
        }
    }

    /// The candidate's number.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Where the seat is.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// The session that is connected.
    #[must_use]
    pub const fn live(&self) -> Option<&Connection> {
        self.live.as_ref()
    }

    /// Whether the candidate confirmed the name.
    #[must_use]
    pub const fn is_confirmed(&self) -> bool {
        self.confirmed
    }

    /// What the last pre-flight found.
    #[must_use]
    pub const fn preflight(&self) -> Option<&Preflight> {
        self.preflight.as_ref()
    }

    /// Every test that was begun, in order.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The incidents, in order.
    #[must_use]
    pub fn notes(&self) -> &[Noted] {
        &self.notes
    }

    /// Whether the candidate's data were deleted.
    #[must_use]
    pub const fn is_erased(&self) -> bool {
        self.erased
    }

    /// How many attempts the candidate has: those of the exam, and those that the proctor gave.
    #[must_use]
    pub const fn allowed(&self) -> u32 {
        self.terms.attempts.saturating_add(self.extra)
    }

    /// How many of them are used: finished and void tests. An aborted test uses none.
    #[must_use]
    pub fn used(&self) -> u32 {
        let used = |run: &&Run| matches!(run.standing, Standing::Finished | Standing::Void);
        u32::try_from(self.runs.iter().filter(used).count()).unwrap_or(u32::MAX)
    }

    /// How many are left.
    #[must_use]
    pub fn left(&self) -> u32 {
        self.allowed().saturating_sub(self.used())
    }

    /// The test that runs, or may go on.
    #[must_use]
    pub fn current(&self) -> Option<&Run> {
        self.runs.last().filter(|run| run.standing == Standing::Open)
    }

    /// The place of the next test, from 1.
    #[must_use]
    pub fn next_run(&self) -> u32 {
        u32::try_from(self.runs.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Whether the room may give a fresh passage by itself, after a connection was lost.
    #[must_use]
    pub const fn may_start_afresh(&self) -> bool {
        self.lost <= self.terms.fresh_at_most
    }

    /// Takes an event.
    ///
    /// # Errors
    /// When it cannot happen now, when it is for the proctor alone, or when it needs a reason; the seat stays as it is.
    pub fn apply(&mut self, event: &Event) -> Result<State, Refused> {
        self.check_actor(event)?;
        match &event.what {
            What::Connected(connection) => self.connect(connection)?,
            What::Adopted { events } => self.adopt(events)?,
            What::Disconnected => self.disconnect()?,
            What::Confirmed => {
                self.needs_live()?;
                self.confirmed = true;
            }
            What::Checked(preflight) => {
                self.needs_live()?;
                self.preflight = Some(preflight.clone());
            }
            What::WarmUp => self.warm_up()?,
            What::Ready => self.make_ready(event)?,
            What::Started(begun) => self.begin(begun, event.at_unix_ms)?,
            What::Finished(outcome) => self.end(outcome, event, Standing::Finished)?,
            What::Aborted(outcome) => self.end(outcome, event, Standing::Aborted)?,
            What::Voided { run } => self.void(*run, event)?,
            What::Resumed => self.resume()?,
            What::Continued => self.go_on()?,
            What::Rebound => self.live = None,
            What::Extra => self.extra = self.extra.saturating_add(1),
            What::Noted(note) => self.note(note, event),
            What::Settled { note } => self.settle(*note, event)?,
            What::Recomputed(recomputed) => drop(self.run(recomputed.run)?),
            What::TimingDeleted => {}
            What::Erased => self.erased = true,
        }
        Ok(self.state)
    }

    /// Who may do it, and whether a reason is given where one is due.
    fn check_actor(&self, event: &Event) -> Result<(), Refused> {
        let (proctor, reason, what) = match &event.what {
            What::Voided { .. } => (true, true, "void a test"),
            What::Resumed => (true, true, "let a test go on"),
            What::Rebound => (true, true, "give a new code"),
            What::Extra => (true, true, "give another attempt"),
            What::Noted(_) => (true, false, "note an incident"),
            What::Settled { .. } => (true, true, "decide on an incident"),
            What::Aborted(_) => (false, true, "abort a test"),
            _ => return Ok(()),
        };
        let may = event.by.is_proctor() || (!proctor && event.by == Actor::Room);
        match (may, reason && event.reason.trim().is_empty()) {
            (false, _) => Err(Refused::Proctor(what)),
            (true, true) => Err(Refused::Reason(what)),
            (true, false) => Ok(()),
        }
    }
}
