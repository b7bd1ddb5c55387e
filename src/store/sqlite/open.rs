//! Opening the history: is it sound, is it ours, is it finished; and what is done when it is not.
//!
//! All of it happens under a lock on a file beside the database. Many may look at once, each with the lock shared;
//! a program that changes the file itself (creates it, migrates it, sets it aside) holds it alone and looks a second time. So
//! of two programs that start at once one does it and the other finds it done, and nobody opens a database whose
//! companions are being moved away.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::aside::{companions, set_aside};
use super::explain::explain;
use super::migrations::{APPLICATION_ID, VERSION, migrate};
use crate::store::Notice;
use crate::store::files::{FileError, make_dir};
use crate::store::history::StoreError;

/// How long a program waits for another one's transaction: longer than any of ours takes on a slow disk.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// What a look at the file showed.
enum Found {
    /// Sound, ours, of this version.
    Ready(Connection),
    /// Sound, but empty or of an older version.
    Unfinished(Connection),
    /// No database any more; why.
    Damaged(String),
}

/// Opens the database, which is created where missing, and says what was set aside; `now` names that.
pub(super) fn open(path: &Path, now: DateTime<Utc>) -> Result<(Connection, Option<Notice>), StoreError> {
    let lock = lock_file(path)?;
    lock.lock_shared().map_err(FileError::io(path, "locked"))?;
    if let Found::Ready(conn) = look(path)? {
        return Ok((conn, None));
    }
    lock.unlock().and_then(|()| lock.lock()).map_err(FileError::io(path, "locked"))?;
    let (found, notice) = match look(path)? {
        Found::Damaged(why) => {
            let aside = set_aside(path, now)?;
            (look(path)?, Some(damage_notice(path, &aside, &why)))
        }
        found => (found, None),
    };
    let conn = match found {
        Found::Ready(conn) => conn,
        Found::Unfinished(conn) => finish(path, conn)?,
        Found::Damaged(why) => return Err(StoreError::Damaged { place: path.display().to_string(), why }),
    };
    Ok((conn, notice))
}

fn damage_notice(path: &Path, aside: &Path, why: &str) -> Notice {
    Notice::new(format!(
        "the history {} was damaged ({why}); it is kept as {} and a fresh one was begun; badges already written as \
         files are not affected",
        path.display(),
        aside.display()
    ))
}

/// The file whose lock, until it is dropped, orders those who open the database. Waiting for it has no limit of ours:
/// what is done under it is short, and the operating system frees the lock of a program that dies.
fn lock_file(path: &Path) -> Result<File, FileError> {
    path.parent().map_or(Ok(()), make_dir)?;
    let beside = path.with_extension("lock");
    let mut options = OpenOptions::new();
    owner_only(options.create(true).append(true)).open(&beside).map_err(FileError::io(&beside, "opened"))
}

fn owner_only(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// The size of a file in bytes; nothing if it is missing. Only its entry is read: opening and closing the file itself
/// would drop the locks that SQLite holds on it in this process.
fn size(path: &Path) -> Result<Option<u64>, FileError> {
    match fs::metadata(path) {
        Ok(entry) => Ok(Some(entry.len())),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(FileError::io(path, "read")(why)),
    }
}

/// Creates the file, empty and for its owner alone, unless it is there; SQLite gives its companions the same rights.
fn create(path: &Path) -> Result<(), FileError> {
    let mut options = OpenOptions::new();
    match owner_only(options.write(true).create_new(true)).open(path) {
        Err(why) if why.kind() != io::ErrorKind::AlreadyExists => Err(FileError::io(path, "created")(why)),
        _ => Ok(()),
    }
}

/// Opens the file and looks whether it is sound and ours, changing nothing in it.
fn look(path: &Path) -> Result<Found, StoreError> {
    // SQLite deletes the write-ahead log of an empty database, and with it the last copy of what was saved. The log is
    // looked for first: it comes into being after the database has content.
    let [wal, ..] = companions(path);
    if size(&wal)?.is_some_and(|bytes| bytes > 0) && size(path)?.unwrap_or(0) == 0 {
        return Ok(Found::Damaged("the database is missing or empty, its write-ahead log is not".to_owned()));
    }
    create(path)?;
    let conn = match Connection::open(path) {
        Ok(conn) => conn,
        Err(why) => return damaged_or(path, why),
    };
    match inspect(path, &conn) {
        Ok(Some(ready)) => {
            conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
                .map_err(|why| explain(path, "opened", why))?;
            Ok(if ready { Found::Ready(conn) } else { Found::Unfinished(conn) })
        }
        Ok(None) => Ok(Found::Damaged("its integrity check failed".to_owned())),
        Err(Inspection::Refused(why)) => Err(why),
        Err(Inspection::Sqlite(why)) => damaged_or(path, why),
    }
}

fn damaged_or(path: &Path, why: rusqlite::Error) -> Result<Found, StoreError> {
    match explain(path, "opened", why) {
        StoreError::Damaged { why, .. } => Ok(Found::Damaged(why)),
        other => Err(other),
    }
}

/// Why an inspection came to no end.
enum Inspection {
    Refused(StoreError),
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Inspection {
    fn from(why: rusqlite::Error) -> Self {
        Self::Sqlite(why)
    }
}

/// Whether the database is finished (true) or yet to be set up (false); nothing if its check fails.
fn inspect(path: &Path, conn: &Connection) -> Result<Option<bool>, Inspection> {
    // What is damaged shall be set aside as it is, without its log worked into it on closing.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.busy_timeout(BUSY_TIMEOUT)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    // One transaction, so that all of it is from before or after what another program does meanwhile.
    let snapshot = conn.unchecked_transaction()?;
    let tables: i64 = snapshot.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let application: i32 = snapshot.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = snapshot.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if (tables, application, version) == (0, 0, 0) {
        return Ok(Some(false));
    }
    if application != APPLICATION_ID {
        return Err(Inspection::Refused(StoreError::Foreign(path.display().to_string())));
    }
    let found = match u32::try_from(version) {
        Ok(found) if found <= VERSION => found,
        _ => {
            return Err(Inspection::Refused(StoreError::Newer {
                place: path.display().to_string(),
                found: version,
                known: VERSION,
            }));
        }
    };
    let check: String = snapshot.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok((check == "ok").then_some(found == VERSION))
}

/// Sets up an empty or older database; under the lock.
fn finish(path: &Path, mut conn: Connection) -> Result<Connection, StoreError> {
    let failed = |why| explain(path, "set up", why);
    // Answers with the mode that holds; on file systems without shared memory that is another one, and as safe.
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))
        .map_err(failed)?;
    migrate(&mut conn).map_err(failed)?;
    Ok(conn)
}
