//! A test that was taken: its attempt file and its figures, from a session that ended or from what is left of one.

use std::sync::Arc;

use super::event::Outcome;
use super::strokes::Typed;
use crate::typing::attempt::{self, Attempt};
use crate::typing::key::Stroke;
use crate::typing::log::EventKind;
use crate::typing::rules::Clock;
use crate::typing::score::Score;
use crate::typing::session::{Phase, Session};

/// A test that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What the journal says of it.
    pub outcome: Outcome,
    /// Its attempt file; empty where nothing was typed.
    pub attempt: Vec<u8>,
}

impl Taken {
    /// A test of which nothing was typed.
    #[must_use]
    pub const fn nothing(run: u32) -> Self {
        Self { outcome: Outcome { run, attempt_sha256: None, score: None }, attempt: Vec::new() }
    }

    /// The test of a session that has ended; `wall_ms` is how long it took by the wall clock, in milliseconds.
    #[must_use]
    pub fn of(run: u32, session: &Session, started_unix_ms: i64, wall_ms: i64) -> Self {
        let (Some(score), Some(log)) = (Score::of(session), session.log()) else { return Self::nothing(run) };
        let attempt = Attempt {
            exercise: Arc::clone(session.exercise()),
            level: None,
            started_unix_ms,
            wall_ms,
            circumstances: None,
            keyboard: None,
            log,
        };
        Self::of_attempt(run, &attempt, score)
    }

    /// The test of an attempt with these figures.
    fn of_attempt(run: u32, attempt: &Attempt, score: Score) -> Self {
        let bytes = attempt.to_bytes();
        let digest = data_encoding::HEXLOWER.encode(&attempt::digest(&bytes));
        Self { outcome: Outcome { run, attempt_sha256: Some(digest), score: Some(score) }, attempt: bytes }
    }
}

impl Typed {
    /// The session as far as it was typed: running, where the clock had started and the test had not ended.
    #[must_use]
    pub fn session(&self) -> Option<Session> {
        let mut session = Session::new(Arc::new(self.exercise.clone()?));
        if session.exercise().rules.clock == Clock::StartSignal {
            session.start();
        }
        for event in &self.events {
            match event.what {
                EventKind::Press(key) => session.press(Stroke { at: event.at, key }),
                // It follows from the key before it.
                EventKind::Automatic(_) => session.phase(),
                other => session.record(event.at, other),
            };
        }
        Some(session)
    }

    /// The test as it is when it is ended after what was typed.
    #[must_use]
    pub fn ended(&self, run: u32, started_unix_ms: i64) -> Taken {
        let Some(mut session) = self.session().filter(|session| session.phase() != Phase::Ready) else {
            return Taken::nothing(run);
        };
        let at = session.last_at();
        session.give_up(at);
        Taken::of(run, &session, started_unix_ms, i64::from(at))
    }
}

/// What a log gives when it is played again: its figures, where they are those that its own digest is of.
///
/// # Errors
/// When the file cannot be read, or does not play.
pub fn recomputed(bytes: &[u8]) -> Result<Score, String> {
    let attempt = Attempt::from_bytes(bytes).map_err(|why| why.to_string())?;
    let session = attempt.replay().map_err(|why| why.to_string())?;
    Score::of(&session).ok_or_else(|| "the log has no end".to_owned())
}
