//! Coming in and going: number and code, one session a candidate.

use std::net::IpAddr;
use std::sync::Arc;

use tokio::sync::Notify;

use super::{Hall, Inside, Order};
use crate::exam::event::Connection;
use crate::exam::seats::Phase;
use crate::exam::{Actor, CodeDigest, What};
use crate::store::exam::{Claimed, Taken};
use crate::system;

const TAKEN: &str = "You are signed in on another machine already. Ask the proctor to free your seat.";
const UNREACHED: &str =
    "The list of seats cannot be reached at the moment. Wait a little, then try again, or ask the proctor.";
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
    /// Lets somebody in whose number and code belong together, unless somebody else has the seat, in whatever room.
    pub(in crate::room) async fn admit(&self, typed: &str, code: &str, from: IpAddr) -> Answer {
        let number = self.lock().number(typed);
        // Who has no such number waits as long.
        let right = self.code(number.as_deref().unwrap_or(typed)).await.matches(code);
        let Some(number) = number.filter(|_| right) else { return Answer::Wrong };
        let session = match self.reserve(&number) {
            Ok(session) => session,
            Err(why) => return Answer::Refused(why),
        };
        match self.claim(&number, session, from).await {
            Ok(session) => Answer::In(number, session),
            Err(why) => {
                self.give_back(&number, session);
                Answer::Refused(why)
            }
        }
    }

    /// What is kept of a code: by the database, where another room may have given a new one, else by this room.
    async fn code(&self, number: &str) -> CodeDigest {
        let own = self.lock().codes.get(number).copied();
        let Some(mirror) = &self.mirror else { return own.unwrap_or(CodeDigest::of_nobody()) };
        let (exam, number) = (self.exam.id.clone(), number.to_owned());
        let kept = mirror.ask(move |storage| storage.code(&exam, &number)).await;
        kept.ok().and_then(Result::ok).flatten().or(own).unwrap_or(CodeDigest::of_nobody())
    }

    /// Keeps the seat for a session of this room.
    fn reserve(&self, number: &str) -> Result<u64, &'static str> {
        let mut inside = self.lock();
        if inside.ledger.seats().phase() == Phase::Closed {
            return Err(CLOSED);
        }
        let held = inside.ledger.seats().get(number).is_some_and(|seat| seat.live().is_some());
        let session = inside.claims + 1;
        match inside.places.get_mut(number) {
            Some(place) if !held && place.claim.is_none() => {
                (place.claim, place.wrong) = (Some(session), 0);
                place.orders.clear();
            }
            _ => return Err(TAKEN),
        }
        inside.claims = session;
        Ok(session)
    }

    /// Claims the seat among all rooms; gives the number of the claim.
    async fn claim(&self, number: &str, session: u64, from: IpAddr) -> Result<u64, &'static str> {
        let Some(mirror) = &self.mirror else { return Ok(session) };
        let (exam, person) = (self.exam.id.clone(), number.to_owned());
        let at_unix_ms = system::now().timestamp_millis();
        let taken = Taken { room: self.room.clone(), address: from.to_string(), at_unix_ms };
        let claimed = mirror.ask(move |storage| storage.claim(&exam, &person, &taken)).await;
        let claim = match claimed {
            Ok(Ok(Claimed::Yes(claim))) => claim,
            Ok(Ok(Claimed::Held(_))) => return Err(TAKEN),
            Ok(Err(_)) | Err(_) => return Err(UNREACHED),
        };
        let mut inside = self.lock();
        if let Some(place) = inside.places.get_mut(number).filter(|place| place.claim == Some(session)) {
            place.claim = Some(claim);
        }
        inside.claims = inside.claims.max(claim);
        Ok(claim)
    }

    fn give_back(&self, number: &str, session: u64) {
        if let Some(place) = self.lock().places.get_mut(number).filter(|place| place.claim == Some(session)) {
            place.claim = None;
        }
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
        let live = inside.ledger.seats().get(number).and_then(|seat| seat.live().map(|live| live.claim));
        if live == Some(session) {
            let _ = self.note(&mut inside, number, (Actor::Room, String::new()), What::Disconnected);
        }
        if let Some(place) = inside.places.get_mut(number).filter(|place| place.claim == Some(session)) {
            place.claim = None;
            place.orders.clear();
        }
        let (exam, number) = (self.exam.id.clone(), number.to_owned());
        self.tell(move |storage| storage.release(&exam, &number, session));
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
