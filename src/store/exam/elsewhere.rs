//! What happened to a candidate in other rooms.

use super::Storage;
use super::error::ExamError;
use crate::exam::event::{Event, What};
use crate::exam::journal::{Entry, Journal};
use crate::exam::seats::OFFICE;

/// What happened at a candidate's seat in the other rooms of an exam, in order: for [`What::Adopted`], when a claim to the seat
/// is not the first one and this room does not know the candidate yet. Empty where nothing happened.
///
/// # Errors
/// A journal that cannot be relied on; otherwise what the backend refuses.
pub fn elsewhere(
    storage: &mut dyn Storage,
    exam: &str,
    room: &str,
    number: &str,
) -> Result<Vec<Event>, ExamError> {
    let mut last: (Option<u64>, Vec<Event>) = (None, Vec::new());
    for other in storage.rooms(exam)?.into_iter().filter(|other| other != room && other != OFFICE) {
        let Journal { entries, damage, .. } = Journal::read(&storage.journal(exam, &other)?);
        if !damage.is_empty() {
            return Err(ExamError::Damaged { place: format!("of room {other}"), damage });
        }
        let events: Vec<Event> =
            entries.iter().filter_map(Entry::event).filter(|(n, _)| *n == number).map(|(_, e)| e).collect();
        let claim = events.iter().filter_map(claim).max();
        if claim > last.0 {
            last = (claim, events);
        }
    }
    // What the room adopted itself is part of what happened.
    Ok(last
        .1
        .into_iter()
        .flat_map(|event| match event.what {
            What::Adopted { events } => events,
            what => vec![Event { what, ..event }],
        })
        .collect())
}

fn claim(event: &Event) -> Option<u64> {
    match &event.what {
        What::Connected(connection) => Some(connection.claim),
        _ => None,
    }
}
