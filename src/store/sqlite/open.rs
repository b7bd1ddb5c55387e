//! Opening the history: is it sound, is it ours, is it finished; and what is done when it is not.
//!
//! All of it happens under a lock on a file beside the database. Many may look at once, each with the lock shared;
//! a program that changes the file itself (creates it, migrates it, sets it aside) holds it alone and looks a second time. So
//! of two programs that start at once one does it and the other finds it done, and nobody opens a database whose
//! companions are being moved away.

use std::fs::File;
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::aside::set_aside;
use super::explain::explain;
use super::look::{Found, look};
use super::migrations::migrate;
use crate::store::Notice;
use crate::store::files::{FileError, make_dir, open_lock};
use crate::store::history::StoreError;

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
        "the history {} was damaged ({why}); it was kept as {}, and a new history was started; badge files are not \
            affected",
        path.display(),
        aside.display()
    ))
}

/// The file whose lock, until it is dropped, orders those who open the database. Waiting for it has no limit of ours:
/// what is done under it is short, and the operating system frees the lock of a program that dies.
fn lock_file(path: &Path) -> Result<File, FileError> {
    path.parent().map_or(Ok(()), make_dir)?;
    open_lock(&path.with_extension("lock"))
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
