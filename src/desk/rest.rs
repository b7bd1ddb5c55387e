//! Going on with a text that was given up half-way: its rest, as a test of its own.

use std::collections::BTreeSet;

use super::{Desk, DeskError};
use crate::sitting::Task;
use crate::store::history::{Ended, Filter};
use crate::typing::attempt::Attempt;
use crate::typing::log::End;
use crate::typing::session::Phase;

impl Desk {
    /// The rest of a text of the user's own that was given up: of the attempt whose identifier begins so, or of the one
    /// given up last. What was typed stays an attempt of its own; the rest becomes another.
    ///
    /// # Errors
    /// [`DeskError::NoAttempt`] when no attempt has that identifier, [`DeskError::NoRest`] when nothing of it is left to
    /// type, [`DeskError::NothingGivenUp`] when there is none at all; otherwise when the history cannot be read.
    pub fn rest(&mut self, id: Option<&str>) -> Result<Task, DeskError> {
        if let Some(id) = id {
            return self.rest_of(id)?.ok_or_else(|| DeskError::NoRest(id.to_owned()));
        }
        self.newest_rest(None)?.ok_or(DeskError::NothingGivenUp)
    }

    /// The rest of the text of the user's own that was given up last, to be offered; `among` is how many attempts are
    /// looked at, the newest first. A text that was typed again later, or whose rest was, is not offered.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn newest_rest(&mut self, among: Option<u32>) -> Result<Option<Task>, DeskError> {
        let attempts = self.history()?.attempts(&Filter { limit: among, ..Filter::default() })?;
        let mut typed_later = BTreeSet::new();
        for row in attempts.into_iter().filter(|row| row.level.is_none()) {
            let is_newest = typed_later.insert(Task::whole_name(&row.source).to_owned());
            if row.ended == Ended::GaveUp
                && is_newest
                && let Some(task) = self.rest_of(&row.id)?
            {
                return Ok(Some(task));
            }
        }
        Ok(None)
    }

    fn rest_of(&mut self, id: &str) -> Result<Option<Task>, DeskError> {
        let saved = self.history()?.attempt(id)?;
        let (_, bytes) = saved.ok_or_else(|| DeskError::NoAttempt(id.to_owned()))?;
        let attempt = Attempt::from_bytes(&bytes)?;
        let session = attempt.replay()?;
        let given_up = session.phase() == Phase::Ended(End::GaveUp) && attempt.level.is_none();
        Ok(Some(session).filter(|_| given_up).and_then(|session| Task::rest(&session)))
    }
}
