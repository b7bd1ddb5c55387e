//! What the proctor does. Nothing here happens by itself: every sanction is somebody's act, with a reason.

use super::{Hall, Order};
use crate::exam::event::{Note, RoomWhat};
use crate::exam::seat::{Refused, State};
use crate::exam::{SeatCode, What};
use crate::system::{self, NoRandomness};

const FREED: &str = "The proctor freed this seat. Ask for your new code.";

/// Why the proctor's act was not done; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// The seat does not allow it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No randomness for a new code.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// Nobody on the roster.
    #[error("the roster has no candidate {0}; look at the board")]
    Nobody(String),
    /// A seat without a running test.
    #[error("no test runs at seat {0}; there is nothing to abort")]
    NothingRuns(String),
    /// A seat that had no test.
    #[error("candidate {0} has had no test that could be made void")]
    NothingToVoid(String),
    /// A reason is missing.
    #[error("a reason is needed; write why")]
    NoReason,
}

impl Hall {
    /// Lets all who are ready begin; gives how many there are.
    pub fn go(&self) -> usize {
        let mut inside = self.lock();
        self.note_room(&mut inside, self.proctor.clone(), String::new(), RoomWhat::Go);
        let ready = |seat: &&crate::exam::Seat| seat.state() == State::Ready && seat.live().is_some();
        let numbers: Vec<String> =
            inside.ledger.seats().all().filter(ready).map(|seat| seat.number().to_owned()).collect();
        numbers.iter().for_each(|number| inside.order(number, Order::Go));
        numbers.len()
    }

    /// Lets no test begin, or lets them begin again.
    pub fn pause(&self, paused: bool) {
        let mut inside = self.lock();
        let what = if paused { RoomWhat::Paused } else { RoomWhat::Unpaused };
        self.note_room(&mut inside, self.proctor.clone(), String::new(), what);
        let numbers: Vec<String> = inside.places.keys().cloned().collect();
        numbers.iter().for_each(|number| inside.order(number, Order::Look));
    }

    /// Ends the running test of a seat. What was typed is kept, and counts for nothing.
    ///
    /// # Errors
    /// When no test runs there, or without a reason.
    pub fn abort(&self, number: &str, reason: &str) -> Result<(), ActError> {
        self.end_running(number, reason, false)
    }

    /// Makes the last test of a seat void; a running one is ended first. It stays on file.
    ///
    /// # Errors
    /// When there was none, or without a reason.
    pub fn void(&self, number: &str, reason: &str) -> Result<(), ActError> {
        let runs = |seat: &crate::exam::Seat| (seat.state(), seat.next_run() - 1);
        let nobody = || ActError::Nobody(number.to_owned());
        let (state, last) = self.seat(number, runs).ok_or_else(nobody)?;
        match (state, last) {
            (State::Running, _) => self.end_running(number, reason, true),
            (_, 0) => Err(ActError::NothingToVoid(number.to_owned())),
            (_, run) => self.act(number, reason, What::Voided { run }),
        }
    }

    fn end_running(&self, number: &str, reason: &str, void: bool) -> Result<(), ActError> {
        if reason.trim().is_empty() {
            return Err(ActError::NoReason);
        }
        let mut inside = self.lock();
        let running = inside.ledger.seats().get(number).is_some_and(|seat| seat.state() == State::Running);
        if !running {
            return Err(ActError::NothingRuns(number.to_owned()));
        }
        inside.order(number, Order::Abort { reason: reason.to_owned(), void });
        Ok(())
    }

    /// Makes a test void that was just ended for that.
    pub(in crate::room) fn void_ended(&self, number: &str, run: u32, reason: &str) {
        // It was aborted a moment ago, so nothing forbids it.
        let _ = self.act(number, reason, What::Voided { run });
    }

    /// Notes an incident. It changes nothing else.
    ///
    /// # Errors
    /// When there is no such seat.
    pub fn incident(&self, number: &str, note: Note) -> Result<(), ActError> {
        self.act(number, "", What::Noted(note))
    }

    /// Gives a candidate one more attempt.
    ///
    /// # Errors
    /// Without a reason.
    pub fn extra(&self, number: &str, reason: &str) -> Result<(), ActError> {
        self.act(number, reason, What::Extra)
    }

    /// Frees a seat and gives it a new code, which this returns; who sits there is sent away.
    ///
    /// # Errors
    /// Without a reason, or when the operating system gives no randomness.
    pub fn rebind(&self, number: &str, reason: &str) -> Result<SeatCode, ActError> {
        let code = SeatCode::of(system::random()?);
        let digest = code.digest(system::random()?);
        self.act(number, reason, What::Rebound)?;
        let mut inside = self.lock();
        inside.codes.insert(number.to_owned(), digest);
        Self::take_away(&mut inside, number, FREED);
        let (exam, number) = (self.exam.id.clone(), number.to_owned());
        self.tell(move |storage| {
            storage.keep_codes(&exam, &[(number.clone(), digest)])?;
            storage.free(&exam, &number)
        });
        Ok(code)
    }

    /// Shows a message at one seat.
    pub fn say(&self, number: &str, text: &str) {
        self.lock().order(number, Order::Say(text.to_owned()));
    }

    /// Shows a message at every seat.
    pub fn say_to_all(&self, text: &str) {
        let mut inside = self.lock();
        self.note_room(&mut inside, self.proctor.clone(), text.to_owned(), RoomWhat::Message);
        let numbers: Vec<String> = inside.places.keys().cloned().collect();
        numbers.iter().for_each(|number| inside.order(number, Order::Say(text.to_owned())));
    }

    /// Closes the room: nobody comes in any more.
    pub fn close(&self) {
        self.note_room(&mut self.lock(), self.proctor.clone(), String::new(), RoomWhat::Closed);
    }

    /// Moves a seat by the proctor's hand, and tells it.
    fn act(&self, number: &str, reason: &str, what: What) -> Result<(), ActError> {
        let mut inside = self.lock();
        if inside.ledger.seats().get(number).is_none() {
            return Err(ActError::Nobody(number.to_owned()));
        }
        self.note(&mut inside, number, (self.proctor.clone(), reason.trim().to_owned()), what)?;
        inside.order(number, Order::Look);
        Ok(())
    }
}
