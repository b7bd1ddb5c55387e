//! What the coach knows, and the attempts from which it knows it.

use rusqlite::{Connection, Row, params};

use crate::store::history::CoachRow;

/// What [`attempt`] reads: rows are numbered in the order in which they were saved.
pub(super) const ATTEMPTS_AFTER: &str =
    "SELECT rowid, attempt FROM attempts WHERE rowid > ?1 ORDER BY rowid LIMIT ?2";

/// What [`row`] reads.
pub(super) const ROW: &str =
    "SELECT layout, language, through, state FROM coach WHERE layout = ?1 AND language = ?2";

pub(super) fn attempt(row: &Row<'_>) -> rusqlite::Result<(u64, Vec<u8>)> {
    let place: i64 = row.get(0)?;
    // What is not an attempt file is passed over by whoever reads it.
    let bytes = row.get_ref(1)?.as_blob().unwrap_or_default();
    Ok((place.max(0).cast_unsigned(), bytes.to_vec()))
}

pub(super) fn row(row: &Row<'_>) -> rusqlite::Result<CoachRow> {
    let through: i64 = row.get(2)?;
    let through = through.max(0).cast_unsigned();
    Ok(CoachRow { layout: row.get(0)?, language: row.get(1)?, through, state: row.get(3)? })
}

/// Keeps a row in place of one that goes no further.
pub(super) fn keep(conn: &Connection, row: &CoachRow) -> rusqlite::Result<()> {
    let sql = "INSERT INTO coach (layout, language, through, state) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (layout, language) DO UPDATE SET through = excluded.through, state = excluded.state
               WHERE excluded.through >= through";
    let through = i64::try_from(row.through).unwrap_or(i64::MAX);
    conn.execute(sql, params![row.layout, row.language, through, row.state]).map(drop)
}
