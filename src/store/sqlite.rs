//! The history in a SQLite database.
//!
//! In WAL mode with full synchronisation: when a save returns, it survives a killed program and a lost power line, and
//! what did not return left nothing behind. Two programs may work on one history at a time. SQLite is named in this room
//! only.

mod aside;
mod backup;
mod explain;
mod keystrokes;
mod migrations;
mod open;
mod rows;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use super::Notice;
use super::history::{AttemptRow, BadgeRow, Counts, Ended, Filter, LevelRecord, Store, StoreError};
use crate::typing::keystrokes::Keystrokes;
use explain::{explain, taken};

/// How many matches an ambiguous beginning of an identifier names.
const MATCHES_NAMED: usize = 8;

/// What identifiers of credentials begin with; a person need not type it.
const URN_PREFIX: &str = "urn:uuid:";

/// An open history database.
#[derive(Debug)]
pub struct Sqlite {
    conn: Connection,
    path: PathBuf,
}

impl Sqlite {
    /// Opens the history, which is created where missing; `now` only names what is set aside.
    ///
    /// A damaged database is moved, whole and unchanged, to a new name beside it; a fresh one is begun and the notice
    /// says so.
    ///
    /// # Errors
    /// [`StoreError::Newer`] and [`StoreError::Foreign`] for a sound file that is not ours to touch,
    /// [`StoreError::Busy`] when another program keeps it locked; otherwise what the operating system or SQLite
    /// refuses. The file is then as it was.
    pub fn open(path: &Path, now: DateTime<Utc>) -> Result<(Self, Option<Notice>), StoreError> {
        let (conn, notice) = open::open(path, now)?;
        Ok((Self { conn, path: path.to_owned() }, notice))
    }

    /// Turns SQLite's answer into an error that names this database.
    fn failed(&self, doing: &'static str) -> impl Fn(rusqlite::Error) -> StoreError + use<> {
        let path = self.path.clone();
        move |source| explain(&path, doing, source)
    }

    fn list<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut query = self.conn.prepare(sql).map_err(self.failed("read"))?;
        let rows = query.query_map(values, read).map_err(self.failed("read"))?;
        rows.collect::<Result<_, _>>().map_err(self.failed("read"))
    }

    /// The badges that a condition chooses, newest first.
    fn badges_where(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<BadgeRow>, StoreError> {
        let sql = format!(
            "SELECT {} FROM badges WHERE {condition} ORDER BY issued_unix DESC, rowid DESC",
            rows::BADGE_COLUMNS
        );
        self.list(&sql, values, rows::badge)
    }

    /// The whole identifier of an attempt or badge; a whole one wins over those that it begins.
    fn resolve(&self, what: &'static str, prefix: &str) -> Result<Option<String>, StoreError> {
        if prefix.is_empty() {
            return Ok(None);
        }
        let sql = format!(
            "SELECT id FROM {what}s WHERE substr(id, 1, length(?1)) = ?1 OR substr(id, 1, length(?2)) = ?2
             ORDER BY id LIMIT {MATCHES_NAMED}"
        );
        let full = format!("{URN_PREFIX}{prefix}");
        let mut matches: Vec<String> = self.list(&sql, [prefix, &full], |row| row.get(0))?;
        if matches.len() > 1 {
            let exact = format!("SELECT id FROM {what}s WHERE id IN (?1, ?2) LIMIT 1");
            let exact = self.list(&exact, [prefix, &full], |row| row.get(0))?;
            if exact.is_empty() {
                return Err(StoreError::Ambiguous { what, prefix: prefix.to_owned(), matches });
            }
            matches = exact;
        }
        Ok(matches.pop())
    }
}

impl Store for Sqlite {
    fn save_attempt(&mut self, row: &AttemptRow, attempt: &[u8]) -> Result<(), StoreError> {
        if row.passed && !row.ended.may_pass() {
            return Err(StoreError::Unfinished(row.id.clone()));
        }
        if <[u8; 32]>::from(Sha256::digest(attempt)) != row.digest {
            return Err(StoreError::WrongDigest(row.id.clone()));
        }
        // Replaying takes longer than writing: it is done before the lock is held.
        let figures = keystrokes::figures(attempt);
        let failed = self.failed("written");
        let save = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&failed)?;
        rows::insert_attempt(&save, row, attempt).map_err(|why| taken("attempt", &row.id, why, &failed))?;
        keystrokes::insert(&save, &row.id, figures.as_deref()).map_err(&failed)?;
        see(&save, &row.passages, row.started_unix_ms).map_err(&failed)?;
        save.commit().map_err(&failed)
    }

    fn saw(&mut self, passages: &[String], at: DateTime<Utc>) -> Result<(), StoreError> {
        see(&self.conn, passages, at.timestamp_millis()).map_err(self.failed("written"))
    }

    fn save_badge(&mut self, badge: &BadgeRow) -> Result<(), StoreError> {
        let failed = self.failed("written");
        let save = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&failed)?;
        if let Some(attempt) = &badge.attempt_id {
            let sql = "SELECT ended FROM attempts WHERE id = ?1";
            let ended = save.query_row(sql, [attempt], |row| row.get::<_, String>(0)).optional();
            let (badge, attempt) = (badge.id.clone(), attempt.clone());
            match ended.map_err(&failed)?.as_deref() {
                None => return Err(StoreError::NoAttempt { badge, attempt }),
                Some(ended) if !Ended::from_word(ended).is_some_and(Ended::may_pass) => {
                    return Err(StoreError::NoGround { badge, attempt });
                }
                Some(_) => {}
            }
        }
        rows::insert_badge(&save, badge).map_err(|why| taken("badge", &badge.id, why, &failed))?;
        save.commit().map_err(&failed)
    }

    fn counts(&self) -> Result<Counts, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM attempts), (SELECT count(*) FROM badges)";
        let read = |row: &Row<'_>| Ok(Counts { attempts: row.get(0)?, badges: row.get(1)? });
        self.conn.query_row(sql, [], read).map_err(self.failed("read"))
    }

    fn attempts(&self, filter: &Filter) -> Result<Vec<AttemptRow>, StoreError> {
        let sql = format!("SELECT {} FROM attempts WHERE {}", rows::ATTEMPT_COLUMNS, rows::FILTER);
        self.list(&sql, rows::filter(filter), rows::attempt)
    }

    fn attempt(&self, id: &str) -> Result<Option<(AttemptRow, Vec<u8>)>, StoreError> {
        let Some(id) = self.resolve("attempt", id)? else { return Ok(None) };
        let sql = format!("SELECT {}, attempt FROM attempts WHERE id = ?1", rows::ATTEMPT_COLUMNS);
        let read = |row: &Row<'_>| Ok((rows::attempt(row)?, row.get::<_, Vec<u8>>("attempt")?));
        let (row, attempt) = self.conn.query_row(&sql, [&id], read).map_err(self.failed("read"))?;
        if <[u8; 32]>::from(Sha256::digest(&attempt)) != row.digest {
            return Err(StoreError::WrongDigest(id));
        }
        Ok(Some((row, attempt)))
    }

    fn unclaimed(&self) -> Result<Vec<AttemptRow>, StoreError> {
        let sql = format!(
            "SELECT {} FROM attempts WHERE passed AND level_id IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM badges WHERE attempt_id = attempts.id)
             ORDER BY started_unix_ms DESC, rowid DESC",
            rows::ATTEMPT_COLUMNS
        );
        self.list(&sql, [], rows::attempt)
    }

    fn badges(&self) -> Result<Vec<BadgeRow>, StoreError> {
        self.badges_where("true", [])
    }

    fn badge(&self, id: &str) -> Result<Option<BadgeRow>, StoreError> {
        let Some(id) = self.resolve("badge", id)? else { return Ok(None) };
        Ok(self.badges_where("id = ?1", [id])?.into_iter().next())
    }

    fn badge_of(&self, attempt_id: &str) -> Result<Option<BadgeRow>, StoreError> {
        Ok(self.badges_where("attempt_id = ?1", [attempt_id])?.into_iter().next())
    }

    fn passed_levels(&self) -> Result<BTreeSet<String>, StoreError> {
        let sql = "SELECT DISTINCT level_id FROM attempts WHERE passed AND level_id IS NOT NULL";
        Ok(self.list(sql, [], |row| row.get(0))?.into_iter().collect())
    }

    fn level_records(&self) -> Result<Vec<LevelRecord>, StoreError> {
        self.list(rows::LEVEL_RECORDS, [Ended::GaveUp.as_str()], rows::level_record)
    }

    fn seen_passages(&self) -> Result<Vec<(String, u32)>, StoreError> {
        let sql = "SELECT passage_id, times FROM passages_seen ORDER BY passage_id";
        self.list(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn keystrokes(&mut self, filter: &Filter) -> Result<Keystrokes, StoreError> {
        let failed = self.failed("written");
        keystrokes::fill(&mut self.conn).map_err(failed)?;
        let found = self.list(&keystrokes::query(), rows::filter(filter), |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?))
        })?;
        let mut sum = Keystrokes::default();
        for (id, figures) in found {
            sum.add_bytes(&figures).map_err(|_| StoreError::Strange { what: "attempt", id })?;
        }
        Ok(sum)
    }

    fn backup_to(&self, path: &Path) -> Result<(), StoreError> {
        backup::copy(&self.conn, &self.path, path)
    }
}

/// Counts each passage once more.
fn see(conn: &Connection, passages: &[String], unix_ms: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO passages_seen (passage_id, times, last_unix_ms) VALUES (?1, 1, ?2)
               ON CONFLICT (passage_id) DO UPDATE
               SET times = times + 1, last_unix_ms = max(last_unix_ms, excluded.last_unix_ms)";
    passages.iter().try_for_each(|passage| conn.execute(sql, params![passage, unix_ms]).map(drop))
}
