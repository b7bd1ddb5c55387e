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

use super::texts::Texts;
use crate::exam::event::RoomWhat;
use crate::exam::journal::Head;
use crate::exam::results;
use crate::exam::seat::Refused;
use crate::exam::{Actor, Candidate, CodeDigest, Definition, Entry, Event, Seat, State, What};
use crate::store::exam::{ExamError, Ledger, Mirror, Storage};
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
    /// The seats, the journal and the keystrokes.
    pub ledger: Ledger,
    /// The room's id, where several rooms share a database.
    pub room: String,
    /// The way to the database; nothing where nothing is kept.
    pub mirror: Option<Mirror>,
    /// Where texts come from.
    pub texts: Box<dyn Texts>,
}

/// The hall. It is shared by seats, door and board.
pub struct Hall {
    inside: Mutex<Inside>,
    mirror: Option<Mirror>,
    room: String,
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
    ledger: Ledger,
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
        let Opening { exam, roster, codes, ledger, room, mirror, texts } = opening;
        let proctor = Actor::Proctor(exam.proctor.name.clone());
        let places = roster.iter().map(|person| (person.number.clone(), Place::default())).collect();
        let people = roster.into_iter().map(|person| (person.number.clone(), person)).collect();
        let claims =
            ledger.seats().all().filter_map(|seat| Some(seat.live()?.claim)).max().unwrap_or_default();
        let inside = Inside { people, codes, ledger, texts, places, claims, strangers: 0 };
        Arc::new(Self { inside: Mutex::new(inside), mirror, room, exam, proctor })
    }

    /// The exam.
    #[must_use]
    pub const fn exam(&self) -> &Definition {
        &self.exam
    }

    /// The journal's end.
    #[must_use]
    pub fn head(&self) -> Head {
        self.lock().ledger.head()
    }

    /// The table of results, as CSV.
    #[must_use]
    pub fn results(&self) -> String {
        let inside = self.lock();
        let roster: Vec<Candidate> = inside.people.values().cloned().collect();
        results::to_csv(&self.exam, &roster, inside.ledger.seats())
    }

    /// The candidate of a seat.
    #[must_use]
    pub fn person(&self, number: &str) -> Option<Candidate> {
        self.lock().people.get(number).cloned()
    }

    /// What the seat of this number says of itself.
    pub fn seat<T>(&self, number: &str, look: impl FnOnce(&Seat) -> T) -> Option<T> {
        self.lock().ledger.seats().get(number).map(look)
    }

    /// The text of a seat's last test.
    #[must_use]
    pub fn text(&self, number: &str) -> Option<Arc<Exercise>> {
        self.lock().places.get(number).and_then(|place| place.text.clone())
    }

    /// Why nothing can be written down now; nothing where it can.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        self.lock().trouble().or_else(|| self.mirror.as_ref().and_then(Mirror::trouble))
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
        let happened = inside.ledger.happen(number, event)?;
        self.follow(happened.entry);
        let nobody = || Refused::NotLive(number.to_owned());
        inside.ledger.seats().get(number).map(Seat::state).ok_or_else(nobody)
    }

    /// Notes in the journal what happened to the room.
    fn note_room(&self, inside: &mut Inside, by: Actor, reason: String, what: RoomWhat) {
        let happened = inside.ledger.happen_to_all(system::now().timestamp_millis(), by, &reason, what);
        self.follow(happened.entry);
    }

    /// Brings an entry to the database.
    fn follow(&self, entry: Entry) {
        if let Some(mirror) = &self.mirror {
            mirror.follow(vec![entry]);
        }
    }

    /// Has the database do something, whenever it can; nobody waits for it.
    fn tell<T: Send + 'static>(
        &self,
        what: impl FnOnce(&mut dyn Storage) -> Result<T, ExamError> + Send + 'static,
    ) {
        if let Some(mirror) = &self.mirror {
            drop(mirror.ask(what));
        }
    }
}

impl Inside {
    fn trouble(&self) -> Option<String> {
        self.ledger.trouble()
    }

    /// Tells a seat what is wanted.
    fn order(&mut self, number: &str, order: Order) {
        if let Some(place) = self.places.get_mut(number).filter(|place| place.claim.is_some()) {
            place.orders.push_back(order);
            place.bell.notify_one();
        }
    }
}
