//! The keystrokes of each attempt, and how long was practised in it, kept beside it so that statistics need no replay.

use rusqlite::{Connection, TransactionBehavior, params};

use super::rows::FILTER;
use crate::typing::attempt::Attempt;
use crate::typing::keystrokes::Keystrokes;
use crate::typing::practice::practised_ms;

/// How many attempts of an older version are filled in at a time: other programs wait no longer for the lock than these
/// take to be written, and what was filled in stays when the program ends.
const BATCH: u32 = 100;

/// What is kept of an attempt; nothing where its file cannot be read.
#[derive(Default)]
pub(super) struct Derived {
    figures: Option<Vec<u8>>,
    practised_ms: Option<u32>,
}

impl Derived {
    /// What follows from an attempt file.
    pub(super) fn of(attempt: &[u8]) -> Self {
        let Ok(attempt) = Attempt::from_bytes(attempt) else { return Self::default() };
        let Ok(session) = attempt.replay() else { return Self::default() };
        let figures = Some(Keystrokes::of(&session).to_bytes());
        Self { figures, practised_ms: Some(practised_ms(&attempt.log)) }
    }
}

/// Keeps what follows from an attempt. What is there stays, for another program may have been faster.
pub(super) fn insert(conn: &Connection, id: &str, derived: &Derived) -> rusqlite::Result<()> {
    let sql = "INSERT INTO keystrokes (attempt_id, figures, practised_ms) VALUES (?1, ?2, ?3)
               ON CONFLICT (attempt_id) DO NOTHING";
    conn.execute(sql, params![id, derived.figures, derived.practised_ms]).map(drop)
}

/// Selects the identifier of every attempt, when it began, and the milliseconds of practice in it.
pub(super) const PRACTISED: &str = "SELECT attempt_id, started_unix_ms, practised_ms
    FROM keystrokes JOIN attempts ON attempts.id = attempt_id WHERE practised_ms IS NOT NULL ORDER BY attempts.rowid";

/// Fills in what older versions did not keep.
pub(super) fn fill(conn: &mut Connection) -> rusqlite::Result<()> {
    while fill_some(conn)? > 0 {}
    Ok(())
}

/// Fills in one batch; how many attempts it had.
fn fill_some(conn: &mut Connection) -> rusqlite::Result<usize> {
    let missing = missing(conn)?;
    if missing.is_empty() {
        return Ok(0);
    }
    let filled: Vec<_> = missing.iter().map(|(id, attempt)| (id, Derived::of(attempt))).collect();
    let save = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (id, derived) in filled {
        insert(&save, id, &derived)?;
    }
    save.commit()?;
    Ok(missing.len())
}

fn missing(conn: &Connection) -> rusqlite::Result<Vec<(String, Vec<u8>)>> {
    let sql = "SELECT id, attempt FROM attempts
               WHERE NOT EXISTS (SELECT 1 FROM keystrokes WHERE attempt_id = attempts.id) LIMIT ?1";
    let mut query = conn.prepare(sql)?;
    let rows = query.query_map([BATCH], |row| Ok((row.get(0)?, row.get(1)?)))?;
    // An identifier that is no text is no attempt's of ours.
    rows.filter(|row| !matches!(row, Err(rusqlite::Error::Utf8Error(..)))).collect()
}

/// Selects the identifiers and keystrokes of the attempts that a filter lets through.
pub(super) fn query() -> String {
    format!(
        "SELECT attempt_id, figures FROM keystrokes WHERE figures IS NOT NULL
         AND attempt_id IN (SELECT id FROM attempts WHERE {FILTER})"
    )
}
