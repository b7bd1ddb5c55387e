//! How a candidate gets from one stage to the next.

use std::time::Instant;

use super::sitter::{CALM, Sitter, Stage};
use crate::exam::definition::Start;
use crate::exam::{State, What};
use crate::sitting::{Sitting, Task};

impl Sitter {
    /// After the keys: to the warm-up where there is one and it was not taken, otherwise to where the seat is.
    pub(super) fn after_keys(&mut self, at: Instant) {
        let state = self.hall.seat(&self.number, |seat| seat.state());
        let warms_up = self.hall.exam().warm_up_for(&self.number) > 0;
        match state {
            Some(State::Registered) if warms_up => self.warm_up(at),
            Some(State::Registered) => self.become_ready(at),
            Some(State::Ready) => self.stage = Stage::Ready,
            _ => self.stage = Stage::Between(None),
        }
        self.stale = true;
    }

    fn warm_up(&mut self, at: Instant) {
        match self.hall.warm_up(&self.number) {
            Ok(Some(exercise)) => {
                self.happened(What::WarmUp);
                let task = Task::Text {
                    name: "Warm-up: not scored".to_owned(),
                    raw: String::new(),
                    lookalikes: exercise.lookalikes,
                };
                self.stage = Stage::WarmUp(self.seat_for(Sitting::new(task, None, exercise), true));
            }
            // Nobody is kept from the test for want of a warm-up.
            Ok(None) | Err(_) => {
                self.happened(What::WarmUp);
                self.become_ready(at);
            }
        }
    }

    pub(super) fn become_ready(&mut self, at: Instant) {
        match self.hall.happened(&self.number, crate::exam::Actor::Candidate, What::Ready) {
            Ok(_) => self.stage = Stage::Ready,
            Err(why) => {
                self.stage = Stage::Between(None);
                self.tell(&why.to_string());
            }
        }
        self.calm = Some(at + CALM / 4);
        self.stale = true;
    }

    /// Whether the candidate begins the test, and not the proctor.
    pub(super) fn begins_alone(&self) -> bool {
        self.hall.exam().start == Start::OneByOne
    }

    pub(super) fn begin(&mut self) {
        match self.hall.begin(&self.number) {
            Err(why) => self.tell(&why),
            Ok(begin) => {
                let (attempt, of) = begin.attempt;
                let name = match of {
                    1 => self.hall.exam().title.clone(),
                    _ => format!("{}, attempt {attempt} of {of}", self.hall.exam().title),
                };
                let lookalikes = begin.exercise.lookalikes;
                let task = Task::Text { name, raw: String::new(), lookalikes };
                let sitting = Sitting::new(task, None, std::sync::Arc::clone(&begin.exercise));
                self.stage = Stage::Test(self.seat_for(sitting, false), begin);
                self.message = None;
                self.stale = true;
            }
        }
    }
}
