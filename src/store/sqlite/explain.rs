//! SQLite's answers as errors that name the history and what to do.

use std::path::Path;

use rusqlite::ErrorCode;

use crate::store::history::StoreError;

/// SQLite's answer as an error that names the database and what to do.
pub(super) fn explain(path: &Path, doing: &'static str, source: rusqlite::Error) -> StoreError {
    let place = path.display().to_string();
    match source.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(place),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            StoreError::Damaged { place, why: source.to_string() }
        }
        _ => StoreError::Backend { place, doing, source: source.into() },
    }
}

/// The error of an insertion: a taken identifier is named as such.
pub(super) fn taken(
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
