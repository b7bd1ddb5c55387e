//! What each event does to a seat.

use super::Seat;
use super::refused::Refused;
use super::state::{Noted, Run, Standing, State};
use crate::exam::definition::OnDisconnect;
use crate::exam::event::{Actor, Begun, Connection, Event, Note, Outcome, What};

impl Seat {
    pub(super) fn refused(&self, what: &'static str, todo: &'static str) -> Refused {
        Refused::State { number: self.number.clone(), state: self.state, what, todo }
    }

    pub(super) fn needs_live(&self) -> Result<(), Refused> {
        if self.live.is_some() { Ok(()) } else { Err(Refused::NotLive(self.number.clone())) }
    }

    pub(super) fn connect(&mut self, connection: &Connection) -> Result<(), Refused> {
        if self.live.is_some() {
            return Err(Refused::Live(self.number.clone()));
        }
        if self.erased {
            return Err(self.refused("be taken", "the candidate's data were deleted"));
        }
        self.live = Some(connection.clone());
        Ok(())
    }

    /// Becomes the seat that another room had. What happened there happened; this room has nothing of its own yet.
    pub(super) fn adopt(&mut self, events: &[Event]) -> Result<(), Refused> {
        if self.live.is_some() || !self.runs.is_empty() {
            return Err(self.refused("be taken over", "this room knows the candidate already"));
        }
        let mut seat = Self {
            state: State::Registered,
            confirmed: false,
            warmed: false,
            notes: Vec::new(),
            ..self.clone()
        };
        for event in events.iter().filter(|event| !matches!(event.what, What::Adopted { .. })) {
            seat.apply(event)?;
        }
        seat.live = None;
        *self = seat;
        Ok(())
    }

    /// A test that runs stays open: the room aborts it then, with what was typed.
    pub(super) fn disconnect(&mut self) -> Result<(), Refused> {
        self.needs_live()?;
        self.live = None;
        if matches!(self.state, State::WarmingUp | State::Ready) {
            self.state = self.resting();
        }
        Ok(())
    }

    /// The state between tests, of a seat that nobody sits at.
    pub(super) fn resting(&self) -> State {
        match self.runs.last().map(|run| run.standing) {
            None | Some(Standing::Open) => State::Registered,
            Some(Standing::Finished) => State::Finished,
            Some(Standing::Aborted) => State::Aborted,
            Some(Standing::Void) => State::Void,
        }
    }

    pub(super) fn warm_up(&mut self) -> Result<(), Refused> {
        self.needs_live()?;
        if self.state != State::Registered || !self.confirmed {
            return Err(self
                .refused("warm up", "confirm the name first; there is one warm-up, before the first test"));
        }
        self.state = State::WarmingUp;
        Ok(())
    }

    pub(super) fn make_ready(&mut self, event: &Event) -> Result<(), Refused> {
        self.needs_live()?;
        let proctor = event.by.is_proctor();
        let from_here = match self.state {
            State::Registered => self.confirmed && (!self.terms.warm_up || self.warmed || proctor),
            State::WarmingUp | State::Finished | State::Void | State::Aborted => true,
            State::Ready | State::Running | State::Resumed => false,
        };
        if !from_here {
            return Err(self.refused("be made ready", "confirm the name and finish what runs first"));
        }
        if self.left() == 0 {
            return Err(Refused::Attempts { number: self.number.clone(), allowed: self.allowed() });
        }
        if self.state == State::Aborted && !proctor && !self.may_start_afresh() {
            return Err(Refused::Lost(self.number.clone()));
        }
        self.warmed = true;
        self.state = State::Ready;
        Ok(())
    }

    pub(super) fn begin(&mut self, begun: &Begun, at_unix_ms: i64) -> Result<(), Refused> {
        self.needs_live()?;
        if self.state != State::Ready {
            return Err(self.refused("start a test", "wait until the candidate is ready"));
        }
        for (given, due) in [(begun.run, self.next_run()), (begun.attempt, self.used().saturating_add(1))] {
            if given != due {
                return Err(Refused::Order { number: self.number.clone(), given, due });
            }
        }
        self.runs.push(Run {
            begun: begun.clone(),
            started_unix_ms: at_unix_ms,
            ended_unix_ms: None,
            standing: Standing::Open,
            outcome: None,
            reason: String::new(),
            resumed: 0,
        });
        self.state = State::Running;
        Ok(())
    }

    pub(super) fn end(
        &mut self,
        outcome: &Outcome,
        event: &Event,
        standing: Standing,
    ) -> Result<(), Refused> {
        let open = matches!(self.state, State::Running | State::Resumed);
        let (what, todo) = match standing {
            Standing::Finished => ("finish a test", "no test runs at this seat"),
            _ => ("abort a test", "no test runs at this seat; a finished one can be made void"),
        };
        // A resumed test that nobody went on with has nothing to finish.
        if !open || (standing == Standing::Finished && self.state == State::Resumed) {
            return Err(self.refused(what, todo));
        }
        let due = self.next_run() - 1;
        let number = self.number.clone();
        let run = self.runs.last_mut().filter(|run| run.begun.run == outcome.run);
        let run = run.ok_or(Refused::Order { number, given: outcome.run, due })?;
        run.standing = standing;
        run.ended_unix_ms = Some(event.at_unix_ms);
        run.reason.clone_from(&event.reason);
        run.outcome = Some(outcome.clone());
        if standing == Standing::Finished {
            self.state = State::Finished;
        } else {
            self.state = State::Aborted;
            self.lost = self.lost.saturating_add(u32::from(event.by == Actor::Room));
        }
        Ok(())
    }

    pub(super) fn run(&mut self, index: u32) -> Result<&mut Run, Refused> {
        let missing = Refused::Missing { number: self.number.clone(), what: "test", index };
        let at = (index as usize).checked_sub(1);
        at.and_then(|at| self.runs.get_mut(at)).ok_or(missing)
    }

    /// A test that runs has to be aborted first, so that what was typed is on file.
    pub(super) fn void(&mut self, index: u32, event: &Event) -> Result<(), Refused> {
        let running = self.refused("be made void", "abort the test first");
        let twice = self.refused("be made void", "this test is void already");
        let last = self.next_run() - 1 == index;
        let run = self.run(index)?;
        match run.standing {
            Standing::Open => return Err(running),
            Standing::Void => return Err(twice),
            Standing::Finished | Standing::Aborted => {}
        }
        run.standing = Standing::Void;
        run.reason.clone_from(&event.reason);
        if last && matches!(self.state, State::Finished | State::Aborted) {
            self.state = State::Void;
        }
        Ok(())
    }

    pub(super) fn resume(&mut self) -> Result<(), Refused> {
        if self.terms.on_disconnect != OnDisconnect::Resume {
            return Err(Refused::NoResuming);
        }
        if self.state != State::Aborted {
            return Err(self.refused("go on", "only a test that was aborted last can go on"));
        }
        if let Some(run) = self.runs.last_mut() {
            run.standing = Standing::Open;
            run.resumed = run.resumed.saturating_add(1);
            self.state = State::Resumed;
        }
        Ok(())
    }

    pub(super) fn go_on(&mut self) -> Result<(), Refused> {
        self.needs_live()?;
        if self.state != State::Resumed {
            return Err(self.refused("go on", "the proctor has to resume the test first"));
        }
        self.state = State::Running;
        Ok(())
    }

    pub(super) fn note(&mut self, note: &Note, event: &Event) {
        let (at_unix_ms, by) = (event.at_unix_ms, event.by.clone());
        self.notes.push(Noted { at_unix_ms, by, note: note.clone(), decision: None });
    }

    pub(super) fn settle(&mut self, index: u32, event: &Event) -> Result<(), Refused> {
        let missing = Refused::Missing { number: self.number.clone(), what: "note", index };
        let at = (index as usize).checked_sub(1);
        let noted = at.and_then(|at| self.notes.get_mut(at)).ok_or(missing)?;
        noted.decision = Some(event.reason.clone());
        Ok(())
    }
}
