//! A history that can be read and not written: on a read-only medium, of another user, or with no space left.
//!
//! SQLite reads a database with a write-ahead log only where it can make that log's index, so there are three ways: as it
//! is; as a file that nobody changes, where no log is left; and from a private copy, where a log is left or the
//! database is of an older version.

use std::fmt::Write;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use super::aside::companions;
use super::explain::{closed_to_writing, explain};
use super::look::{Found, look, looked_at, size};
use super::migrations::migrate;
use crate::store::Notice;
use crate::store::files::{FileError, open_regular, words};
use crate::store::history::StoreError;

/// A database open for reading.
pub(super) struct Reading {
    /// The connection, which writes nothing.
    pub conn: Connection,
    /// The folder of the copy that is read, where one is; it goes when this is dropped.
    pub copy: Option<TempDir>,
}

/// What the user should know of a history that is only read, because of `closed`.
pub(super) fn notice(path: &Path, closed: &str) -> Notice {
    Notice::new(format!(
        "the history {} can be read, but not written ({closed}); nothing you do now is saved",
        path.display()
    ))
}

/// Opens a database that cannot be written to; `why` is how that was found, and the error where there is no database.
pub(super) fn open(path: &Path, why: StoreError) -> Result<Reading, StoreError> {
    match size(path) {
        Ok(None) => return Err(why),
        Ok(Some(_)) => {}
        Err(why) => return Err(unreadable(path, reason(&why.into()))),
    }
    let as_it_is = (path.to_owned(), OpenFlags::empty());
    let unchanging = unchanging(path)?.map(|name| (name, OpenFlags::SQLITE_OPEN_URI));
    for (name, flags) in [as_it_is].into_iter().chain(unchanging) {
        let flags = flags | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(name, flags).map_err(|why| explain(path, "read", why));
        match conn.and_then(|conn| looked_at(path, conn)) {
            Ok(Found::Ready(conn)) => return Ok(Reading { conn, copy: None }),
            Ok(Found::Unfinished(_)) | Err(StoreError::Backend { .. }) => {}
            Ok(Found::Damaged(why)) => return Err(unreadable(path, why)),
            Err(why) => return Err(why),
        }
    }
    let (conn, copy) = from_copy(path)?;
    Ok(Reading { conn, copy: Some(copy) })
}

fn unreadable(path: &Path, why: impl Into<String>) -> StoreError {
    StoreError::Unreadable { place: path.display().to_string(), why: why.into() }
}

/// What is in the way, without what is said of the history anyway.
fn reason(why: &StoreError) -> String {
    closed_to_writing(why).unwrap_or_else(|| why.to_string())
}

/// The name by which SQLite takes the database for one that nobody changes (`immutable`, "Uniform Resource
/// Identifiers"
/// in its documentation); nothing where a log is left, which it would then not see.
fn unchanging(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    let [wal, ..] = companions(path);
    if size(&wal)?.is_some_and(|bytes| bytes > 0) {
        return Ok(None);
    }
    let mut name = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                name.push(char::from(*byte))
            }
            // Writing to a text cannot fail.
            byte => drop(write!(name, "%{byte:02x}")),
        }
    }
    Ok(Some(PathBuf::from(name + "?immutable=1")))
}

/// The database with its log in a folder of its own, brought to this version.
fn from_copy(path: &Path) -> Result<(Connection, TempDir), StoreError> {
    let dir = tempfile::tempdir().map_err(|why| unreadable(path, words(&why)))?;
    let copy = dir.path().join("history.sqlite3");
    let [from, ..] = companions(path);
    let [to, ..] = companions(&copy);
    for (from, to) in [(path, copy.as_path()), (from.as_path(), to.as_path())] {
        copied(from, to).map_err(|why| unreadable(path, reason(&why.into())))?;
    }
    let failed = |why: rusqlite::Error| unreadable(path, why.to_string());
    let conn = match look(&copy) {
        Ok(Found::Ready(conn)) => conn,
        Ok(Found::Unfinished(mut conn)) => {
            migrate(&mut conn).map_err(failed)?;
            conn
        }
        Ok(Found::Damaged(why)) => return Err(unreadable(path, why)),
        Err(why) => return Err(unreadable(path, reason(&why))),
    };
    conn.pragma_update(None, "query_only", true).map_err(failed)?;
    Ok((conn, dir))
}

/// Copies a file that may be missing.
fn copied(from: &Path, to: &Path) -> Result<(), FileError> {
    let Some(mut file) = open_regular(from)? else { return Ok(()) };
    let written = File::create_new(to).and_then(|mut new| io::copy(&mut file, &mut new));
    written.map(drop).map_err(FileError::io(from, "copied"))
}
