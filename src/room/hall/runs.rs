//! Tests that begin, run and end at seats.

use std::sync::Arc;

use super::{Hall, Live};
use crate::exam::event::{Begun, Outcome};
use crate::exam::passages::Chosen;
use crate::exam::seat::Refused;
use crate::exam::seats::Phase;
use crate::exam::taken::Taken;
use crate::exam::{Actor, Event, What};
use crate::sitting::Sitting;
use crate::store::exam::LogRow;
use crate::system;
use crate::typing::attempt;
use crate::typing::exercise::Exercise;
use crate::typing::log;
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
        let mut inside = self.lock();
        if inside.trouble().is_some() {
            return Err(UNWRITTEN.to_owned());
        }
        if inside.ledger.seats().phase() != Phase::Open {
            return Err(PAUSED.to_owned());
        }
        let seat = inside.ledger.seats().get(number);
        let seat = seat.ok_or_else(|| Refused::NotLive(number.to_owned()).to_string())?;
        let (run, attempt, allowed) = (seat.next_run(), seat.used() + 1, seat.allowed());
        let Chosen { exercise, passages, keys } = inside.texts.test(number, attempt)?;
        let text_sha256 =
            data_encoding::HEXLOWER.encode(&attempt::digest(exercise.text.to_string().as_bytes()));
        let begun = Begun { run, attempt, passages, text_sha256, seed: exercise.seed };
        let at_unix_ms = system::now().timestamp_millis();
        let event =
            Event { at_unix_ms, by: Actor::Candidate, reason: String::new(), what: What::Started(begun) };
        let happened = inside.ledger.begin(number, event, &exercise).map_err(|why| why.to_string())?;
        self.follow(happened.entry);
        let person = number.to_owned();
        self.tell(move |storage| storage.saw(&person, &keys, at_unix_ms));
        if let Some(place) = inside.places.get_mut(number) {
            (place.live, place.text) = (Live::default(), Some(Arc::clone(&exercise)));
        }
        Ok(Begin { run, attempt: (attempt, allowed), exercise })
    }

    /// A text to warm up with; nothing where there is no warm-up.
    ///
    /// # Errors
    /// Why there is none.
    pub(in crate::room) fn warm_up(&self, number: &str) -> Result<Option<Arc<Exercise>>, String> {
        self.lock().texts.warm_up(number)
    }

    /// Writes down what was typed.
    pub(in crate::room) fn typed(&self, number: &str, run: u32, events: &[log::Event]) {
        if !events.is_empty() {
            self.lock().ledger.press(number, run, events);
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
        let at_unix_ms = system::now().timestamp_millis();
        let wall = sitting.wall();
        let started = wall.as_ref().map_or(at_unix_ms, |wall| wall.start.timestamp_millis());
        let wall_ms = wall.map_or(0, |wall| (wall.end - wall.start).num_milliseconds());
        let taken = Taken::of(run, sitting.session(), started, wall_ms);
        let (by, reason, what): (_, _, fn(Outcome) -> What) = match aborted {
            Some((by, reason)) => (by, reason, What::Aborted),
            None => (Actor::Candidate, String::new(), What::Finished),
        };
        let ended = self.lock().ledger.end(number, &taken, (at_unix_ms, by, &reason), what);
        // A seat that says no was moved by somebody else meanwhile; what was typed is kept as keystrokes.
        if let Ok(happened) = ended {
            self.follow(happened.entry);
        }
        if let Some(mirror) = self.mirror.as_ref().filter(|_| !taken.attempt.is_empty()) {
            let (number, room) = (number.to_owned(), self.room.clone());
            mirror.keep(LogRow { number, room, run, attempt: taken.attempt });
        }
        taken.outcome.score
    }
}
