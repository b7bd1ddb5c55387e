//! The history database: every finished attempt with its keystroke log, every badge, which passages were seen.
//!
//! SQLite in WAL mode with full synchronisation: when a save returns, it survives a killed program and a lost power
//! line, and what did not return left nothing behind. Two programs may work on one history at a time.

mod open;
mod rows;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use super::files::FileError;
pub use rows::{AttemptRow, BadgeRow, Filter};

/// How many matches an ambiguous beginning of an identifier names.
const MATCHES_NAMED: usize = 8;

/// What identifiers of credentials begin with; a person need not type it.
const URN_PREFIX: &str = "urn:uuid:";

/// Why the history could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file around the database.
    #[error(transparent)]
    File(#[from] FileError),
    /// SQLite refused.
    #[error(
        "the history {path} could not be {doing}: {source}; check the path, its permissions and the space left"
    )]
    Sqlite {
        /// The database.
        path: PathBuf,
        /// What was being done, as a past participle.
        doing: &'static str,
        /// SQLite's answer.
        source: rusqlite::Error,
    },
    /// Another program kept the database locked.
    #[error("the history {0} is in use by another program for too long; close it and try again")]
    Busy(PathBuf),
    /// Damage was met after the database had been opened.
    #[error(
        "the history {path} is damaged ({why}); start the program again to set it aside and begin a fresh one"
    )]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What SQLite found.
        why: String,
    },
    /// A newer version of the program wrote the database.
    #[error(
        "the history {path} was written by a newer typeproof (version {found}, this one knows {known}); update typeproof"
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version known here.
        known: u32,
    },
    /// The file is a sound database of another program.
    #[error("{0} is a database of another program; move it away or set TYPEPROOF_HOME to another directory")]
    Foreign(PathBuf),
    /// An identifier is taken.
    #[error("{what} {id} is already saved and is not overwritten")]
    Exists {
        /// `attempt` or `badge`.
        what: &'static str,
        /// The identifier.
        id: String,
    },
    /// The digest of an attempt does not fit its bytes.
    #[error("the digest of attempt {0} does not fit its keystroke log; the attempt cannot be relied on")]
    WrongDigest(String),
    /// A stored value is not what this program writes.
    #[error("{what} {id} holds a value that typeproof does not write; restore the history from a backup")]
    Strange {
        /// `attempt` or `badge`.
        what: &'static str,
        /// The identifier.
        id: String,
    },
    /// A badge names an attempt that is not saved.
    #[error("badge {badge} belongs to attempt {attempt}, which is not saved; save the attempt first")]
    NoAttempt {
        /// The badge.
        badge: String,
        /// The attempt it names.
        attempt: String,
    },
    /// Several identifiers begin so.
    #[error("{prefix:?} begins more than one {what}: {}; type more of it", matches.join(", "))]
    Ambiguous {
        /// `attempt` or `badge`.
        what: &'static str,
        /// What was asked for.
        prefix: String,
        /// The first identifiers that begin so.
        matches: Vec<String>,
    },
}

/// An open history database.
#[derive(Debug)]
pub struct History {
    conn: Connection,
    path: PathBuf,
}

impl History {
    /// The database's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.conn
    }

    /// Turns SQLite's answer into an error that names this database.
    pub(super) fn failed(&self, doing: &'static str) -> impl Fn(rusqlite::Error) -> StoreError {
        let path = self.path.clone();
        move |source| open::explain(&path, doing, source)
    }

    /// Saves a finished attempt with the bytes of its attempt file, and counts its passages as seen: all in one
    /// transaction. When this returns, the attempt is durable.
    ///
    /// # Errors
    /// [`StoreError::WrongDigest`] when the row's digest is not the SHA-256 of the bytes, [`StoreError::Exists`] when
    /// the identifier is taken; otherwise what SQLite refuses. Nothing is then saved.
    pub fn save_attempt(&mut self, row: &AttemptRow, attempt: &[u8]) -> Result<(), StoreError> {
        if <[u8; 32]>::from(Sha256::digest(attempt)) != row.digest {
            return Err(StoreError::WrongDigest(row.id.clone()));
        }
        let path = self.path.clone();
        let failed = |source| open::explain(&path, "written", source);
        let save = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&failed)?;
        rows::insert_attempt(&save, row, attempt).map_err(|why| taken("attempt", &row.id, why, &failed))?;
        see(&save, &row.passages, row.started_unix_ms).map_err(&failed)?;
        save.commit().map_err(&failed)
    }

    /// Counts passages as seen: they were on the screen, even if nothing comes of it.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn saw(&mut self, passages: &[String], at: DateTime<Utc>) -> Result<(), StoreError> {
        see(&self.conn, passages, at.timestamp_millis()).map_err(self.failed("written"))
    }

    /// Saves a badge of a saved attempt; durable when this returns.
    ///
    /// # Errors
    /// [`StoreError::NoAttempt`] when its attempt is not saved, [`StoreError::Exists`] when the identifier is taken;
    /// otherwise what SQLite refuses.
    pub fn save_badge(&mut self, badge: &BadgeRow) -> Result<(), StoreError> {
        rows::insert_badge(&self.conn, badge).map_err(|why| {
            match why.sqlite_error().map(|e| e.extended_code) {
                Some(rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => {
                    StoreError::NoAttempt { badge: badge.id.clone(), attempt: badge.attempt_id.clone() }
                }
                _ => taken("badge", &badge.id, why, &self.failed("written")),
            }
        })
    }

    /// The attempts that a filter lets through, newest first, without their keystroke logs.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn attempts(&self, filter: &Filter) -> Result<Vec<AttemptRow>, StoreError> {
        let sql = format!(
            "SELECT {} FROM attempts WHERE (?1 IS NULL OR level_id = ?1) AND (NOT ?2 OR passed)
             ORDER BY started_unix_ms DESC, rowid DESC LIMIT ?3",
            rows::ATTEMPT_COLUMNS
        );
        let limit = filter.limit.map_or(-1, i64::from);
        self.list(&sql, params![filter.level_id, filter.passed_only, limit], rows::attempt)
    }

    /// The attempt with this identifier, or the only one that begins so, with the bytes of its attempt file.
    ///
    /// # Errors
    /// [`StoreError::Ambiguous`] when several begin so, [`StoreError::WrongDigest`] when the bytes are not those that
    /// were saved; otherwise what SQLite refuses.
    pub fn attempt(&self, id: &str) -> Result<Option<(AttemptRow, Vec<u8>)>, StoreError> {
        let Some(id) = self.resolve("attempt", id)? else { return Ok(None) };
        let sql = format!("SELECT {}, attempt FROM attempts WHERE id = ?1", rows::ATTEMPT_COLUMNS);
        let read = |row: &Row<'_>| Ok((rows::attempt(row)?, row.get::<_, Vec<u8>>("attempt")?));
        let (row, attempt) = self.conn.query_row(&sql, [&id], read).map_err(self.failed("read"))?;
        if <[u8; 32]>::from(Sha256::digest(&attempt)) != row.digest {
            return Err(StoreError::WrongDigest(id));
        }
        Ok(Some((row, attempt)))
    }

    /// The badges, newest first.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn badges(&self) -> Result<Vec<BadgeRow>, StoreError> {
        let sql = format!("SELECT {} FROM badges ORDER BY issued_unix DESC, rowid DESC", rows::BADGE_COLUMNS);
        self.list(&sql, [], rows::badge)
    }

    /// The badge with this identifier, or the only one that begins so, with or without `urn:uuid:` in front.
    ///
    /// # Errors
    /// [`StoreError::Ambiguous`] when several begin so; otherwise what SQLite refuses.
    pub fn badge(&self, id: &str) -> Result<Option<BadgeRow>, StoreError> {
        let Some(id) = self.resolve("badge", id)? else { return Ok(None) };
        let sql = format!("SELECT {} FROM badges WHERE id = ?1", rows::BADGE_COLUMNS);
        self.conn.query_row(&sql, [&id], rows::badge).optional().map_err(self.failed("read"))
    }

    /// The levels that were passed, whatever their version.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn passed_levels(&self) -> Result<BTreeSet<String>, StoreError> {
        let sql = "SELECT DISTINCT level_id FROM attempts WHERE passed AND level_id IS NOT NULL";
        Ok(self.list(sql, [], |row| row.get(0))?.into_iter().collect())
    }

    /// How many times each passage was seen, ordered by its identifier.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn seen_passages(&self) -> Result<Vec<(String, u32)>, StoreError> {
        let sql = "SELECT passage_id, times FROM passages_seen ORDER BY passage_id";
        self.list(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
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

/// Counts each passage once more.
fn see(conn: &Connection, passages: &[String], unix_ms: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO passages_seen (passage_id, times, last_unix_ms) VALUES (?1, 1, ?2)
               ON CONFLICT (passage_id) DO UPDATE
               SET times = times + 1, last_unix_ms = max(last_unix_ms, excluded.last_unix_ms)";
    passages.iter().try_for_each(|passage| conn.execute(sql, params![passage, unix_ms]).map(drop))
}

/// The error of an insertion: a taken identifier is named as such.
fn taken(
    what: &'static str,
    id: &str,
    why: rusqlite::Error,
    failed: &dyn Fn(rusqlite::Error) -> StoreError,
) -> StoreError {
    match why.sqlite_error().map(|e| e.extended_code) {
        Some(rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => StoreError::Exists { what, id: id.to_owned() },
        Some(code) if code & 0xff == rusqlite::ffi::SQLITE_CONSTRAINT => {
            StoreError::Strange { what, id: id.to_owned() }
        }
        _ => failed(why),
    }
}
