//! All seats of an exam, as the journal leaves them.

use std::collections::BTreeMap;

use super::definition::Definition;
use super::event::{RoomWhat, What};
use super::journal::{Entry, Subject};
use super::roster::Candidate;
use super::seat::{Refused, Seat};

/// Whether tests may start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// They may.
    #[default]
    Open,
    /// The proctor paused the room.
    Paused,
    /// The room was closed.
    Closed,
}

/// The room of what is done after the session: appeals, deletions.
pub const OFFICE: &str = "office";

/// The claim with which somebody sat down.
fn claim(entry: &Entry) -> Option<u64> {
    match &entry.subject {
        Subject::Seat(_, What::Connected(connection)) => Some(connection.claim),
        _ => None,
    }
}

/// All seats of an exam, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seats {
    seats: BTreeMap<String, Seat>,
    phase: Phase,
    database_lost: bool,
}

/// An entry of a journal that cannot have happened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// A seat that the roster does not have.
    #[error(
        "entry {seq} is about candidate {number}, who is not on the roster; use the roster that the exam was opened with"
    )]
    Nobody {
        /// The entry.
        seq: u64,
        /// The number.
        number: String,
    },
    /// The seat refused it.
    #[error("entry {seq}: {why}")]
    Refused {
        /// The entry.
        seq: u64,
        /// Why.
        why: Refused,
    },
}

impl Seats {
    /// The seats of a roster, before anything happened.
    #[must_use]
    pub fn new(exam: &Definition, roster: &[Candidate]) -> Self {
        let seat = |candidate: &Candidate| (candidate.number.clone(), Seat::new(&candidate.number, exam));
        Self { seats: roster.iter().map(seat).collect(), ..Self::default() }
    }

    /// Takes an entry.
    ///
    /// # Errors
    /// When it cannot have happened; nothing changes then.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), Conflict> {
        match &entry.subject {
            Subject::Room(what) => self.room(what),
            Subject::Seat(number, _) => {
                let nobody = || Conflict::Nobody { seq: entry.seq, number: number.clone() };
                let seat = self.seats.get_mut(number).ok_or_else(nobody)?;
                if let Some((_, event)) = entry.event() {
                    seat.apply(&event).map_err(|why| Conflict::Refused { seq: entry.seq, why })?;
                }
            }
        }
        Ok(())
    }

    fn room(&mut self, what: &RoomWhat) {
        match what {
            RoomWhat::Opened(_) | RoomWhat::Reopened | RoomWhat::Unpaused => self.phase = Phase::Open,
            RoomWhat::Paused => self.phase = Phase::Paused,
            RoomWhat::Closed => self.phase = Phase::Closed,
            RoomWhat::DatabaseLost => self.database_lost = true,
            RoomWhat::DatabaseBack => self.database_lost = false,
            RoomWhat::Go | RoomWhat::Message | RoomWhat::Signed { .. } | RoomWhat::TimingDeleted { .. } => {}
        }
    }

    /// The seats that the entries of one journal lead to, and what cannot have happened.
    #[must_use]
    pub fn replayed(exam: &Definition, roster: &[Candidate], entries: &[Entry]) -> (Self, Vec<Conflict>) {
        let mut seats = Self::new(exam, roster);
        let conflicts = entries.iter().filter_map(|entry| seats.apply(entry).err()).collect();
        (seats, conflicts)
    }

    /// The seats that the journals of several rooms lead to, and what cannot have happened. Each seat is as the room left it
    /// that had it last, which adopted what had happened before; what the office did comes after.
    #[must_use]
    pub fn merged(
        exam: &Definition,
        roster: &[Candidate],
        journals: &[(String, Vec<Entry>)],
    ) -> (Self, Vec<Conflict>) {
        let mut seats = Self::new(exam, roster);
        let mut conflicts = Vec::new();
        for candidate in roster {
            let about = |entry: &&Entry| matches!(&entry.subject, Subject::Seat(number, _) if *number == candidate.number);
            let rooms = journals.iter().filter(|(room, _)| room != OFFICE);
            let last = rooms.max_by_key(|(_, entries)| entries.iter().filter(about).filter_map(claim).max());
            let office = journals.iter().filter(|(room, _)| room == OFFICE);
            for (_, entries) in last.into_iter().chain(office) {
                conflicts.extend(entries.iter().filter(about).filter_map(|entry| seats.apply(entry).err()));
            }
        }
        (seats, conflicts)
    }

    /// The seat of this number.
    #[must_use]
    pub fn get(&self, number: &str) -> Option<&Seat> {
        self.seats.get(number)
    }

    /// The seat of this number, to be moved by events.
    pub fn get_mut(&mut self, number: &str) -> Option<&mut Seat> {
        self.seats.get_mut(number)
    }

    /// All of them, ordered by number.
    pub fn all(&self) -> impl Iterator<Item = &Seat> {
        self.seats.values()
    }

    /// Whether tests may start.
    #[must_use]
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// Whether the database could not be reached when last heard of.
    #[must_use]
    pub const fn is_database_lost(&self) -> bool {
        self.database_lost
    }
}
