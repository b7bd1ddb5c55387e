//! The history in a SQLite database.
//!
//! In WAL mode with full synchronisation: when a save returns, it survives a killed program and a lost power line, and
//! what did not return left nothing behind. Two programs may work on one history at a time. SQLite is named in this room
//! only.

mod aside;
mod backup;
mod coach;
mod explain;
mod keystrokes;
mod look;
mod migrations;
mod open;
mod reading;
mod rows;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, MAIN_DB, OptionalExtension, Row, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::Notice;
use super::history::{
    AttemptRow, BadgeRow, CoachRow, Counts, Ended, Filter, LevelRecord, Practised, Store, StoreError,
};
use crate::lessons::course::progress::Tried;
use crate::typing::keystrokes::Keystrokes;
use explain::{closed_to_writing, explain, strange_column, taken};

/// How many matches an ambiguous beginning of an identifier names.
const MATCHES_NAMED: usize = 8;

/// How many rows that cannot be read are named, each by itself.
const MAX_NAMED: usize = 8;

/// What identifiers of credentials begin with; a person need not type it.
const URN_PREFIX: &str = "urn:uuid:";

/// An open history database.
#[derive(Debug)]
pub struct Sqlite {
    conn: Connection,
    path: PathBuf,
    read_only: bool,
    /// What is told and what was: each thing once.
    notices: RefCell<Vec<Notice>>,
    named: RefCell<BTreeSet<String>>,
    /// The copy that is read in place of the history; it goes after its connection.
    _copy: Option<TempDir>,
}

impl Sqlite {
    /// Opens the history, which is created where missing; `now` only names what is set aside.
    ///
    /// A damaged database is moved, whole and unchanged, to a new name beside it; a fresh one is begun and the notice
    /// says so. One that can be read and not written is read, and [`Store::take_notices`] says so.
    ///
    /// # Errors
    /// [`StoreError::Newer`] and [`StoreError::Foreign`] for a sound file that is not ours to touch,
    /// [`StoreError::Busy`] when another program keeps it locked, [`StoreError::Unreadable`] for one that is there and
    /// cannot be read; otherwise what the operating system or SQLite refuses. The file is then as it was.
    pub fn open(path: &Path, now: DateTime<Utc>) -> Result<(Self, Option<Notice>), StoreError> {
        let why = match open::open(path, now) {
            Ok((conn, damage)) => {
                let read_only = conn.is_readonly(MAIN_DB).map_err(|why| explain(path, "opened", why))?;
                let notice = read_only.then(|| reading::notice(path, "its file is read-only"));
                return Ok((Self::of(conn, path, notice, None), damage));
            }
            Err(why) => why,
        };
        let Some(closed) = closed_to_writing(&why) else { return Err(why) };
        let reading = reading::open(path, why)?;
        Ok((Self::of(reading.conn, path, Some(reading::notice(path, &closed)), reading.copy), None))
    }

    /// The history of a connection; `closed` says why it is for reading only, if it is.
    fn of(conn: Connection, path: &Path, closed: Option<Notice>, copy: Option<TempDir>) -> Self {
        let (path, read_only) = (path.to_owned(), closed.is_some());
        let notices = RefCell::new(closed.into_iter().collect());
        Self { conn, path, read_only, notices, named: RefCell::default(), _copy: copy }
    }

    /// Turns SQLite's answer into an error that names this database.
    fn failed(&self, doing: &'static str) -> impl Fn(rusqlite::Error) -> StoreError + use<> {
        let path = self.path.clone();
        move |source| explain(&path, doing, source)
    }

    /// The rows of a query, whose first column names each. Rows that cannot be read are left out, and named once.
    fn list<T>(
        &self,
        what: &'static str,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut query = self.conn.prepare(sql).map_err(self.failed("read"))?;
        let mut rows = query.query(values).map_err(self.failed("read"))?;
        let mut list = Vec::new();
        while let Some(row) = rows.next().map_err(self.failed("read"))? {
            match read(row) {
                Ok(value) => list.push(value),
                Err(why) => match strange_column(row, &why) {
                    Some(column) => self.leave_out(what, &name(row), &column),
                    None => return Err(self.failed("read")(why)),
                },
            }
        }
        Ok(list)
    }

    /// The one row of a query; one that cannot be read is an error that names it.
    fn one<T>(
        &self,
        what: &'static str,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let strange = |row: &Row<'_>, why| match strange_column(row, &why) {
            Some(_) => StoreError::Strange { what, id: name(row) },
            None => self.failed("read")(why),
        };
        let read = |row: &Row<'_>| Ok(read(row).map_err(|why| strange(row, why)));
        self.conn.query_row(sql, values, read).map_err(self.failed("read"))?
    }

    /// Notes a row that is left out.
    fn leave_out(&self, what: &str, id: &str, column: &str) {
        let mut named = self.named.borrow_mut();
        if named.len() > MAX_NAMED || !named.insert(format!("{what} {id}")) {
            return;
        }
        let text = match named.len() > MAX_NAMED {
            true => format!("more of the history {} cannot be read, and is left out", self.path.display()),
            false => format!(
                "the {what} {id} in the history {} cannot be read and is left out: its {column} is not what typeproof \
                 writes; restore the history from a backup",
                self.path.display()
            ),
        };
        self.notices.borrow_mut().push(Notice::new(text));
    }

    /// The badges that a condition chooses, newest first.
    fn badges_where(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<BadgeRow>, StoreError> {
        let sql = format!("SELECT {} FROM badges WHERE {condition} ORDER BY rowid DESC", rows::BADGE_COLUMNS);
        self.list("badge", &sql, values, rows::badge)
    }

    /// Fills in what follows from the attempts that an older version saved, where that can be kept.
    fn fill_in(&mut self) -> Result<(), StoreError> {
        let failed = self.failed("written");
        if self.read_only { Ok(()) } else { keystrokes::fill(&mut self.conn).map_err(failed) }
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
        let mut matches: Vec<String> = self.list(what, &sql, [prefix, &full], |row| row.get(0))?;
        if matches.len() > 1 {
            let exact = format!("SELECT id FROM {what}s WHERE id IN (?1, ?2) LIMIT 1");
            let exact = self.list(what, &exact, [prefix, &full], |row| row.get(0))?;
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
        let derived = keystrokes::Derived::of(attempt);
        let failed = self.failed("written");
        let save = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&failed)?;
        rows::insert_attempt(&save, row, attempt).map_err(|why| taken("attempt", &row.id, why, &failed))?;
        keystrokes::insert(&save, &row.id, &derived).map_err(&failed)?;
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
        if let Some(attempt) = badge.attempt_id.clone() {
            let sql = "SELECT id FROM badges WHERE attempt_id = ?1 LIMIT 1";
            let has = save.query_row(sql, [&attempt], |row| row.get(0)).optional().map_err(&failed)?;
            if let Some(badge) = has {
                return Err(StoreError::Claimed { attempt, badge });
            }
        }
        rows::insert_badge(&save, badge).map_err(|why| taken("badge", &badge.id, why, &failed))?;
        save.commit().map_err(&failed)
    }

    fn counts(&self) -> Result<Counts, StoreError> {
        self.conn.query_row(rows::COUNTS, [Ended::GaveUp.as_str()], rows::counts).map_err(self.failed("read"))
    }

    fn attempts(&self, filter: &Filter) -> Result<Vec<AttemptRow>, StoreError> {
        let sql = format!("SELECT {} FROM attempts WHERE {}", rows::ATTEMPT_COLUMNS, rows::FILTER);
        self.list("attempt", &sql, rows::filter(filter), rows::attempt)
    }

    fn attempt(&self, id: &str) -> Result<Option<(AttemptRow, Vec<u8>)>, StoreError> {
        let Some(id) = self.resolve("attempt", id)? else { return Ok(None) };
        let sql = format!("SELECT {}, attempt FROM attempts WHERE id = ?1", rows::ATTEMPT_COLUMNS);
        let read = |row: &Row<'_>| Ok((rows::attempt(row)?, row.get::<_, Vec<u8>>("attempt")?));
        let (row, attempt) = self.one("attempt", &sql, [&id], read)?;
        if <[u8; 32]>::from(Sha256::digest(&attempt)) != row.digest {
            return Err(StoreError::WrongDigest(id));
        }
        Ok(Some((row, attempt)))
    }

    fn unclaimed(&self) -> Result<Vec<AttemptRow>, StoreError> {
        let sql = format!(
            "SELECT {} FROM attempts WHERE passed AND level_id IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM badges WHERE attempt_id = attempts.id)
             ORDER BY rowid DESC",
            rows::ATTEMPT_COLUMNS
        );
        self.list("attempt", &sql, [], rows::attempt)
    }

    fn badges(&self) -> Result<Vec<BadgeRow>, StoreError> {
        self.badges_where("true", [])
    }

    fn badge(&self, id: &str) -> Result<Option<BadgeRow>, StoreError> {
        let Some(id) = self.resolve("badge", id)? else { return Ok(None) };
        let sql = format!("SELECT {} FROM badges WHERE id = ?1", rows::BADGE_COLUMNS);
        self.one("badge", &sql, [id], rows::badge).map(Some)
    }

    fn badge_of(&self, attempt_id: &str) -> Result<Option<BadgeRow>, StoreError> {
        Ok(self.badges_where("attempt_id = ?1", [attempt_id])?.into_iter().next())
    }

    fn passed_levels(&self) -> Result<BTreeSet<String>, StoreError> {
        let sql = "SELECT DISTINCT level_id FROM attempts WHERE passed AND level_id IS NOT NULL";
        Ok(self.list("level", sql, [], |row| row.get(0))?.into_iter().collect())
    }

    fn level_records(&self) -> Result<Vec<LevelRecord>, StoreError> {
        self.list("level", rows::LEVEL_RECORDS, [Ended::GaveUp.as_str()], rows::level_record)
    }

    fn tried(&self, course: &str) -> Result<Vec<Tried>, StoreError> {
        self.list("attempt", rows::TRIED, [course], rows::tried)
    }

    fn last_course(&self) -> Result<Option<String>, StoreError> {
        let sql = "SELECT course_id FROM attempts WHERE course_id IS NOT NULL ORDER BY rowid DESC LIMIT 1";
        Ok(self.list("attempt", sql, [], |row| row.get(0))?.into_iter().next())
    }

    fn seen_passages(&self) -> Result<Vec<(String, u32)>, StoreError> {
        let sql = "SELECT passage_id, times FROM passages_seen ORDER BY passage_id";
        self.list("passage", sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn practised(&mut self) -> Result<Vec<Practised>, StoreError> {
        self.fill_in()?;
        let read = |row: &Row<'_>| Ok(Practised { started_unix_ms: row.get(1)?, practised_ms: row.get(2)? });
        self.list("attempt", keystrokes::PRACTISED, [], read)
    }

    fn attempts_after(&self, after: u64, most: u32) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        self.list("attempt", coach::ATTEMPTS_AFTER, params![after, most], coach::attempt)
    }

    fn coach(&self, layout: &str, language: &str) -> Result<Option<CoachRow>, StoreError> {
        Ok(self.list("state of the coach", coach::ROW, [layout, language], coach::row)?.pop())
    }

    fn keep_coach(&mut self, row: &CoachRow) -> Result<(), StoreError> {
        coach::keep(&self.conn, row).map_err(self.failed("written"))
    }

    fn keystrokes(&mut self, filter: &Filter) -> Result<Keystrokes, StoreError> {
        self.fill_in()?;
        let read = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?));
        let found = self.list("attempt", &keystrokes::query(), rows::filter(filter), read)?;
        let mut sum = Keystrokes::default();
        for (id, figures) in found {
            if sum.add_bytes(&figures).is_err() {
                self.leave_out("attempt", &id, "keystrokes");
            }
        }
        Ok(sum)
    }

    fn backup_to(&self, path: &Path) -> Result<Counts, StoreError> {
        backup::copy(&self.conn, &self.path, path)
    }

    fn is_read_only(&self) -> bool {
        self.read_only
    }

    fn take_notices(&self) -> Vec<Notice> {
        self.notices.take()
    }
}

/// What a row is called, by its first column.
fn name(row: &Row<'_>) -> String {
    match row.get_ref(0) {
        Ok(ValueRef::Text(text) | ValueRef::Blob(text)) => String::from_utf8_lossy(text).into_owned(),
        Ok(ValueRef::Integer(number)) => number.to_string(),
        _ => "without a name".to_owned(),
    }
}

/// Counts each passage once more.
fn see(conn: &Connection, passages: &[String], unix_ms: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO passages_seen (passage_id, times, last_unix_ms) VALUES (?1, 1, ?2)
               ON CONFLICT (passage_id) DO UPDATE
               SET times = times + 1, last_unix_ms = max(last_unix_ms, excluded.last_unix_ms)";
    passages.iter().try_for_each(|passage| conn.execute(sql, params![passage, unix_ms]).map(drop))
}
