//! Tests that begin, run and end at seats.

use std::sync::Arc;

use super::{Hall, Live};
use crate::exam::event::{Begun, Outcome};
use crate::exam::seat::Refused;
use crate::exam::seats::Phase;
use crate::exam::{Actor, What};
use crate::room::keeper::Written;
use crate::room::texts::Chosen;
use crate::sitting::Sitting;
use crate::store::exam::LogRow;
use crate::typing::attempt::{self, Attempt};
use crate::typing::exercise::Exercise;
use crate::typing::log::Event;
use crate::typing::score::Score;

const PAUSED: &str = "The proctor has paused the room. Your test begins when it goes on.";
const UNWRITTEN: &str = "Nothing can be written down at the moment, so no test begins. The proctor sees it.";

/// A test that has begun.
#[derive(Clone, Debug)]
pub struct Begin {
    /// The run, from 1.
    pub run: u32,
    /// As which attempt it counts, and of how many.
    pub attempt: (u32, u32),
    /// The text.
    pub exercise: Arc<Exercise>,
}

impl Hall {
    /// Begins the next test of a seat that is ready.
    ///
    /// # Errors
    /// Why it cannot begin now, for the candidate.
    pub(in crate::room) fn begin(&self, number: &str) -> Result<Begin, String> {
        if self.trouble().is_some() {
            return Err(UNWRITTEN.to_owned());
        }
        let mut inside = self.lock();
        if inside.seats.phase() != Phase::Open {
            return Err(PAUSED.to_owned());
        }
        let seat = inside.seats.get(number).ok_or_else(|| Refused::NotLive(number.to_owned()).to_string())?;
        let (run, attempt, allowed) = (seat.next_run(), seat.used() + 1, seat.allowed());
        let Chosen { exercise, passages, seed } =
            inside.texts.test(number, run, self.exam.rules_for(number))?;
        let text_sha256 =
            data_encoding::HEXLOWER.encode(&attempt::digest(exercise.text.to_string().as_bytes()));
        let begun = Begun { run, attempt, passages, text_sha256, seed };
        self.note(&mut inside, number, (Actor::Candidate, String::new()), What::Started(begun))
            .map_err(|why| why.to_string())?;
        if let Some(place) = inside.places.get_mut(number) {
            (place.live, place.text) = (Live::default(), Some(Arc::clone(&exercise)));
        }
        Ok(Begin { run, attempt: (attempt, allowed), exercise })
    }

    /// A text to warm up with.
    ///
    /// # Errors
    /// Why there is none.
    pub(in crate::room) fn warm_up(&self, number: &str) -> Result<Arc<Exercise>, String> {
        let seconds = self.exam.warm_up_for(number);
        self.lock().texts.warm_up(number, seconds)
    }

    /// Writes down what was typed.
    pub(in crate::room) fn typed(&self, number: &str, run: u32, events: Vec<Event>) {
        if !events.is_empty() {
            self.clerk.write(Written::Keys { number: number.to_owned(), run, events });
        }
    }

    /// Takes a test that has ended, with its log: by itself, or as aborted by somebody for a reason. Whatever was typed is
    /// kept.
    pub(in crate::room) fn ended(
        &self,
        number: &str,
        run: u32,
        sitting: &Sitting,
        aborted: Option<(Actor, String)>,
    ) -> Option<Score> {
        let score = Score::of(sitting.session());
        let bytes = attempt_of(sitting).map(|attempt| attempt.to_bytes());
        let attempt_sha256 =
            bytes.as_deref().map(|bytes| data_encoding::HEXLOWER.encode(&attempt::digest(bytes)));
        let outcome = Outcome { run, attempt_sha256, score };
        if let Some(attempt) = bytes {
            let row = LogRow { number: number.to_owned(), room: self.exam.id.clone(), run, attempt };
            self.clerk.write(Written::Log(row));
        }
        let (who, what) = match aborted {
            Some(who) => (who, What::Aborted(outcome)),
            None => ((Actor::Candidate, String::new()), What::Finished(outcome)),
        };
        // A seat that says no was moved by somebody else meanwhile; the log is kept in any case.
        let _ = self.note(&mut self.lock(), number, who, what);
        score
    }
}

/// The attempt file of a test; nothing where no key was typed.
fn attempt_of(sitting: &Sitting) -> Option<Attempt> {
    let (session, wall) = (sitting.session(), sitting.wall()?);
    Some(Attempt {
        exercise: Arc::clone(session.exercise()),
        level: None,
        started_unix_ms: wall.start.timestamp_millis(),
        wall_ms: (wall.end - wall.start).num_milliseconds(),
        circumstances: sitting.circumstances(),
        keyboard: sitting.keyboard().cloned(),
        log: session.log()?,
    })
}
