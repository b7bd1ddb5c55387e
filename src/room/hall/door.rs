//! Coming in and going: number and code, one session a candidate.

use std::net::IpAddr;
use std::sync::Arc;

use tokio::sync::Notify;

use super::{Hall, Inside, Order};
use crate::exam::event::Connection;
use crate::exam::{Actor, CodeDigest, What};

const TAKEN: &str = "You are signed in on another machine already. Ask the proctor to free your seat.";
const CLOSED: &str = "The room is closed. Ask the proctor.";

/// What somebody at the door is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::room) enum Answer {
    /// Come in: the number, and which session it is.
    In(String, u64),
    /// They do not belong together.
    Wrong,
    /// Not now: why.
    Refused(&'static str),
}

impl Hall {
    /// Lets somebody in whose number and code belong together, unless somebody else has the seat.
    pub(in crate::room) fn admit(&self, typed: &str, code: &str) -> Answer {
        let mut inside = self.lock();
        let number = inside.number(typed);
        let kept = number.as_ref().and_then(|number| inside.codes.get(number)).copied();
        // Who has no such number waits as long.
        let right = kept.unwrap_or(CodeDigest::of_nobody()).matches(code);
        let Some(number) = number.filter(|_| right) else { return Answer::Wrong };
        if inside.seats.phase() == crate::exam::seats::Phase::Closed {
            return Answer::Refused(CLOSED);
        }
        let held = inside.seats.get(&number).is_some_and(|seat| seat.live().is_some());
        let session = inside.claims + 1;
        let Some(place) = inside.places.get_mut(&number) else { return Answer::Wrong };
        if held || place.claim.is_some() {
            return Answer::Refused(TAKEN);
        }
        (place.claim, place.wrong) = (Some(session), 0);
        place.orders.clear();
        inside.claims = session;
        Answer::In(number, session)
    }

    /// Counts a wrong code.
    pub(in crate::room) fn knocked(&self, typed: &str) {
        let mut inside = self.lock();
        let number = inside.number(typed);
        match number.and_then(|number| inside.places.get_mut(&number)) {
            Some(place) => place.wrong = place.wrong.saturating_add(1),
            None => inside.strangers = inside.strangers.saturating_add(1),
        }
    }

    /// Notes that a session has its screen.
    pub(in crate::room) fn seated(&self, number: &str, session: u64, from: IpAddr, client: &str) {
        let connection = Connection { claim: session, address: from.to_string(), client: client.to_owned() };
        let mut inside = self.lock();
        // Nobody else has the seat: this session was let in.
        let _ =
            self.note(&mut inside, number, (Actor::Candidate, String::new()), What::Connected(connection));
    }

    /// What wakes a seat.
    pub(in crate::room) fn bell(&self, number: &str) -> Arc<Notify> {
        self.lock().places.get(number).map(|place| Arc::clone(&place.bell)).unwrap_or_default()
    }

    /// Notes that a session is over. One from which the seat was taken leaves it alone.
    pub(in crate::room) fn left(&self, number: &str, session: u64) {
        let mut inside = self.lock();
        let live = inside.seats.get(number).and_then(|seat| seat.live().map(|live| live.claim));
        if live == Some(session) {
            let _ = self.note(&mut inside, number, (Actor::Room, String::new()), What::Disconnected);
        }
        if let Some(place) = inside.places.get_mut(number).filter(|place| place.claim == Some(session)) {
            place.claim = None;
            place.orders.clear();
        }
    }

    /// Takes a seat away from whoever has it.
    pub(super) fn take_away(inside: &mut Inside, number: &str, why: &str) {
        inside.order(number, Order::Leave(why.to_owned()));
        if let Some(place) = inside.places.get_mut(number) {
            place.claim = None;
        }
    }
}

impl Inside {
    /// A number as the roster writes it.
    fn number(&self, typed: &str) -> Option<String> {
        let exact = self.people.get_key_value(typed).map(|(number, _)| number);
        let same = |number: &&String| number.eq_ignore_ascii_case(typed);
        exact.or_else(|| self.people.keys().find(same)).cloned()
    }
}
