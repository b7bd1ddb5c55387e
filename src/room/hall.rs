//! The hall: every seat of an exam, who sits there, and what the proctor wants of them. All changes go through here, into
//! the seat and into the journal.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::Notify;

mod acts;
mod door;
mod runs;
mod table;

pub use acts::ActError;
pub(in crate::room) use door::Answer;
pub use runs::Begin;
pub use table::{Problem, Row, Table};

use super::keeper::{Clerk, Written};
use super::texts::Texts;
use crate::exam::event::RoomWhat;
use crate::exam::journal::Head;
use crate::exam::seat::Refused;
use crate::exam::{Actor, Candidate, CodeDigest, Definition, Entry, Event, Seat, Seats, State, What};
use crate::system;
use crate::typing::exercise::Exercise;

/// What a hall begins with.
pub struct Opening {
    /// The exam.
    pub exam: Definition,
    /// Who is examined.
    pub roster: Vec<Candidate>,
    /// What is kept of their codes.
    pub codes: BTreeMap<String, CodeDigest>,
    /// The seats, as the journal left them.
    pub seats: Seats,
    /// The journal's end.
    pub head: Head,
    /// Where texts come from.
    pub texts: Box<dyn Texts>,
    /// Who writes it all down.
    pub clerk: Clerk,
}

/// The hall. It is shared by seats, door and board.
pub struct Hall {
    inside: Mutex<Inside>,
    clerk: Clerk,
    exam: Definition,
    proctor: Actor,
}

impl fmt::Debug for Hall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hall").field("exam", &self.exam.id).finish_non_exhaustive()
    }
}

struct Inside {
    people: BTreeMap<String, Candidate>,
    codes: BTreeMap<String, CodeDigest>,
    seats: Seats,
    head: Head,
    texts: Box<dyn Texts>,
    places: BTreeMap<String, Place>,
    /// Sessions that were let in, over the exam.
    claims: u64,
    /// Wrong codes for numbers that nobody has.
    strangers: u32,
}

/// What of a seat lasts no longer than the room.
#[derive(Default)]
struct Place {
    bell: Arc<Notify>,
    orders: VecDeque<Order>,
    /// The session that has it.
    claim: Option<u64>,
    live: Live,
    /// Wrong codes since the last right one.
    wrong: u32,
    /// The text of the last test.
    text: Option<Arc<Exercise>>,
}

/// How a running test goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// When a key came last.
    pub typed: Option<Instant>,
    /// Gross speed so far, in hundredths of words a minute.
    pub gross_wpm_x100: u32,
    /// Accuracy so far, in basis points.
    pub accuracy_bp: u32,
    /// Milliseconds of the test.
    pub at_ms: u32,
}

/// What the proctor wants of a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// The test may begin.
    Go,
    /// The running test is to end.
    Abort {
        /// Why.
        reason: String,
        /// Whether it is void, too.
        void: bool,
    },
    /// A message for the candidate.
    Say(String),
    /// The seat is taken away from this session: what to tell the candidate.
    Leave(String),
    /// Something about the seat has changed.
    Look,
}

impl Hall {
    /// Opens a hall.
    #[must_use]
    pub fn open(opening: Opening) -> Arc<Self> {
        let Opening { exam, roster, codes, seats, head, texts, clerk } = opening;
        let proctor = Actor::Proctor(exam.proctor.name.clone());
        let places = roster.iter().map(|person| (person.number.clone(), Place::default())).collect();
        let people = roster.into_iter().map(|person| (person.number.clone(), person)).collect();
        let inside = Inside { people, codes, seats, head, texts, places, claims: 0, strangers: 0 };
        Arc::new(Self { inside: Mutex::new(inside), clerk, exam, proctor })
    }

    /// The exam.
    #[must_use]
    pub const fn exam(&self) -> &Definition {
        &self.exam
    }

    /// The journal's end.
    #[must_use]
    pub fn head(&self) -> Head {
        self.lock().head
    }

    /// The candidate of a seat.
    #[must_use]
    pub fn person(&self, number: &str) -> Option<Candidate> {
        self.lock().people.get(number).cloned()
    }

    /// What the seat of this number says of itself.
    pub fn seat<T>(&self, number: &str, look: impl FnOnce(&Seat) -> T) -> Option<T> {
        self.lock().seats.get(number).map(look)
    }

    /// The text of a seat's last test.
    #[must_use]
    pub fn text(&self, number: &str) -> Option<Arc<Exercise>> {
        self.lock().places.get(number).and_then(|place| place.text.clone())
    }

    /// Why nothing can be written down now; nothing where it can.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        self.clerk.trouble()
    }

    /// Takes something that happened at a seat, by its candidate or by the room.
    ///
    /// # Errors
    /// When it cannot happen now.
    pub fn happened(&self, number: &str, by: Actor, what: What) -> Result<State, Refused> {
        self.note(&mut self.lock(), number, (by, String::new()), what)
    }

    /// What the proctor wants of a seat, once.
    #[must_use]
    pub fn take_orders(&self, number: &str) -> Vec<Order> {
        self.lock().places.get_mut(number).map(|place| place.orders.drain(..).collect()).unwrap_or_default()
    }

    /// Notes how a running test goes.
    pub fn goes(&self, number: &str, live: Live) {
        if let Some(place) = self.lock().places.get_mut(number) {
            place.live = live;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves a seat, and notes it in the journal.
    fn note(
        &self,
        inside: &mut Inside,
        number: &str,
        (by, reason): (Actor, String),
        what: What,
    ) -> Result<State, Refused> {
        let event = Event { at_unix_ms: system::now().timestamp_millis(), by, reason, what };
        let nobody = || Refused::NotLive(number.to_owned());
        let state = inside.seats.get_mut(number).ok_or_else(nobody)?.apply(&event)?;
        let entry = Entry::of_seat(inside.head, number, event);
        inside.head = entry.head();
        self.clerk.write(Written::Entry(entry));
        Ok(state)
    }

    /// Notes in the journal what happened to the room.
    fn note_room(&self, inside: &mut Inside, by: Actor, reason: String, what: RoomWhat) {
        let entry = Entry::of_room(inside.head, system::now().timestamp_millis(), by, reason, what);
        if inside.seats.apply(&entry).is_ok() {
            inside.head = entry.head();
            self.clerk.write(Written::Entry(entry));
        }
    }
}

impl Inside {
    /// Tells a seat what is wanted.
    fn order(&mut self, number: &str, order: Order) {
        if let Some(place) = self.places.get_mut(number).filter(|place| place.claim.is_some()) {
            place.orders.push_back(order);
            place.bell.notify_one();
        }
    }
}
