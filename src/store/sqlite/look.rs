//! A look at a database: is it sound, is it ours, is it finished. Nothing in it is changed.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::aside::companions;
use super::explain::explain;
use super::migrations::{APPLICATION_ID, VERSION};
use crate::store::files::{FileError, refuse_other};
use crate::store::history::StoreError;

/// How long a program waits for another one's transaction: longer than any of ours takes on a slow disk.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// What a look at the file showed.
pub(super) enum Found {
    /// Sound, ours, of this version.
    Ready(Connection),
    /// Sound, but empty or of an older version.
    Unfinished(Connection),
    /// No database any more; why.
    Damaged(String),
}

/// The size of a file in bytes; nothing if it is missing. Only its entry is read: opening and closing the file itself
/// would drop the locks that SQLite holds on it in this process.
pub(super) fn size(path: &Path) -> Result<Option<u64>, FileError> {
    match fs::metadata(path) {
        Ok(entry) => refuse_other(path, "opened", entry.file_type()).map(|()| Some(entry.len())),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(FileError::io(path, "read")(why)),
    }
}

/// Creates the file, empty and for its owner alone, unless it is there; SQLite gives its companions the same rights.
fn create(path: &Path) -> Result<(), FileError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(why) if why.kind() != io::ErrorKind::AlreadyExists => Err(FileError::io(path, "created")(why)),
        _ => Ok(()),
    }
}

/// Opens the file, which is created where missing, and looks whether it is sound and ours.
pub(super) fn look(path: &Path) -> Result<Found, StoreError> {
    // SQLite deletes the write-ahead log of an empty database, and with it the last copy of what was saved. The log is
    // looked for first: it comes into being after the database has content.
    let [wal, ..] = companions(path);
    if size(&wal)?.is_some_and(|bytes| bytes > 0) && size(path)?.unwrap_or(0) == 0 {
        return Ok(Found::Damaged("the database is missing or empty, its write-ahead log is not".to_owned()));
    }
    if size(path)?.is_none() {
        create(path)?;
    }
    match Connection::open(path) {
        Ok(conn) => looked_at(path, conn),
        Err(why) => damaged_or(path, why),
    }
}

/// What an open database is.
pub(super) fn looked_at(path: &Path, conn: Connection) -> Result<Found, StoreError> {
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
