//! A copy of the history in one file, as a person asks for it.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::explain::explain;
use super::rows;
use crate::store::files::{Access, FileError, beside, settle_new};
use crate::store::history::{Counts, Ended, StoreError};

/// Copies a database into a new file of one piece, while other programs may go on writing; complete and durable when
/// this returns. How much it holds is read from the copy, before it has its name. To restore it, put it in place of the
/// history while no program runs.
pub(super) fn copy(conn: &Connection, from: &Path, path: &Path) -> Result<Counts, StoreError> {
    let taken = path.try_exists().map_err(FileError::io(path, "checked"))?;
    if taken {
        return Err(FileError::Exists(path.to_owned()).into());
    }
    let file = beside(path, Access::Owner)?;
    let failed = |why| explain(from, "copied", why);
    let mut copy = Connection::open(file.path()).map_err(failed)?;
    let step = Backup::new(conn, &mut copy).and_then(|all| all.step(-1)).map_err(failed)?;
    if step != StepResult::Done {
        return Err(StoreError::Busy(from.display().to_string()));
    }
    // A copy that needs no companions can be moved about as one file.
    copy.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get::<_, String>(0))
        .map_err(failed)?;
    let check: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(failed)?;
    let held = copy.query_row(rows::COUNTS, [Ended::GaveUp.as_str()], rows::counts).map_err(failed)?;
    copy.close().map_err(|(_, why)| failed(why))?;
    if check != "ok" {
        return Err(StoreError::Damaged { place: from.display().to_string(), why: check });
    }
    settle_new(file, path)?;
    Ok(held)
}
