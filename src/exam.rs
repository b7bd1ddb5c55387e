//! An exam: its definition, its roster, seat codes, the life of a seat, the journal's entries and what they chain, results.
//! Pure.
//!
//! Reading order: [`definition`], [`roster`], [`code`], [`event`], [`seat`], [`journal`], [`seats`],
//! [`passages`], [`strokes`], [`taken`], [`results`]. Where it is kept is the
//! business of `store::exam`; the README beside this file says how an exam is written.

pub mod code;
pub mod definition;
pub mod event;
pub mod fault;
pub mod journal;
pub mod passages;
pub mod results;
pub mod roster;
pub mod seat;
pub mod seats;
pub mod strokes;
pub mod taken;

pub use code::{CodeDigest, SeatCode};
pub use definition::Definition;
pub use event::{Actor, Event, What};
pub use journal::Entry;
pub use roster::Candidate;
pub use seat::{Seat, State};
pub use seats::Seats;
