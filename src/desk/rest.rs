//! Going on with a text that was given up half-way: its rest, as a test of its own.

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
        let mut attempts = self.history()?.attempts(&Filter::default())?;
        attempts.retain(|row| row.ended == Ended::GaveUp && row.level.is_none());
        for row in attempts {
            if let Some(task) = self.rest_of(&row.id)? {
                return Ok(task);
            }
        }
        Err(DeskError::NothingGivenUp)
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
