//! SQLite's answers as errors that name the history and what to do.

use std::error::Error;
use std::io;
use std::path::Path;

use rusqlite::{ErrorCode, Row};

use crate::store::files::{FileError, words};
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

/// Why a history cannot be written to, if that is what the error says: its file, its folder or their file system.
pub(super) fn closed_to_writing(why: &StoreError) -> Option<String> {
    match why {
        StoreError::File(FileError::Io { source, .. }) => {
            let closed = matches!(
                source.kind(),
                io::ErrorKind::PermissionDenied
                    | io::ErrorKind::ReadOnlyFilesystem
                    | io::ErrorKind::StorageFull
                    | io::ErrorKind::QuotaExceeded
            );
            closed.then(|| words(source))
        }
        StoreError::Backend { source, .. } => {
            let source: &(dyn Error + 'static) = source.as_ref();
            let code = source.downcast_ref::<rusqlite::Error>()?.sqlite_error_code()?;
            let closed = matches!(
                code,
                ErrorCode::ReadOnly
                    | ErrorCode::CannotOpen
                    | ErrorCode::PermissionDenied
                    | ErrorCode::DiskFull
                    | ErrorCode::SystemIoFailure
            );
            closed.then(|| source.to_string())
        }
        _ => None,
    }
}

/// The column of a row that holds what this program does not write; nothing where the row itself could not be had.
pub(super) fn strange_column(row: &Row<'_>, why: &rusqlite::Error) -> Option<String> {
    let at = match why {
        rusqlite::Error::FromSqlConversionFailure(at, ..)
        | rusqlite::Error::IntegralValueOutOfRange(at, _)
        | rusqlite::Error::InvalidColumnType(at, ..) => *at,
        rusqlite::Error::Utf8Error(at, _) => *at,
        _ => return None,
    };
    row.as_ref().column_name(at).ok().map(str::to_owned)
}
