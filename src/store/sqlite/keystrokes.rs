//! The keystrokes of each attempt, kept beside it so that statistics need no replay.

use rusqlite::{Connection, TransactionBehavior, params};

use super::rows::FILTER;
use crate::typing::keystrokes::Keystrokes;

/// How many attempts of an older version are filled in at a time: other programs wait no longer for the lock than these
/// take to be written, and what was filled in stays when the program ends.
const BATCH: u32 = 100;

/// The keystrokes of an attempt file as they are kept; nothing where it cannot be read.
pub(super) fn figures(attempt: &[u8]) -> Option<Vec<u8>> {
    Keystrokes::of_attempt(attempt).ok().map(|counted| counted.to_bytes())
}

/// Keeps the keystrokes of an attempt. What is there stays, for another program may have been faster.
pub(super) fn insert(conn: &Connection, id: &str, figures: Option<&[u8]>) -> rusqlite::Result<()> {
    let sql =
        "INSERT INTO keystrokes (attempt_id, figures) VALUES (?1, ?2) ON CONFLICT (attempt_id) DO NOTHING";
    conn.execute(sql, params![id, figures]).map(drop)
}

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
    let filled: Vec<_> = missing.iter().map(|(id, attempt)| (id, figures(attempt))).collect();
    let save = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (id, figures) in filled {
        insert(&save, id, figures.as_deref())?;
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
