//! A damaged database is set aside, whole and unchanged.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::store::files::FileError;

/// What SQLite keeps beside a database: the write-ahead log first, its index, the rollback journal.
const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// How many names for a damaged database are tried: one a second is one too many already.
const MAX_NAMES: u32 = 1000;

/// The paths of what SQLite keeps beside a database.
pub(super) fn companions(path: &Path) -> [PathBuf; 3] {
    COMPANIONS.map(|suffix| with_suffix(path, suffix))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// Moves a damaged database and its companions, as they are, to a name that nothing has, and returns it:
/// `history.damaged-20260131T120000Z.sqlite3`, with a number where that is taken. Called under the lock.
pub(super) fn set_aside(path: &Path, now: DateTime<Utc>) -> Result<PathBuf, FileError> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let time = now.format("%Y%m%dT%H%M%SZ");
    for number in 1..=MAX_NAMES {
        let suffix = if number == 1 { String::new() } else { format!("-{number}") };
        let target = path.with_file_name(format!("{stem}.damaged-{time}{suffix}.sqlite3"));
        if is_free(&target)? {
            move_family(path, &target)?;
            return Ok(target);
        }
    }
    Err(FileError::Exists(path.with_file_name(format!("{stem}.damaged-{time}.sqlite3"))))
}

fn is_free(target: &Path) -> Result<bool, FileError> {
    let mut family = companions(target).to_vec();
    family.push(target.to_owned());
    for path in family {
        if path.try_exists().map_err(FileError::io(&path, "checked"))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The database goes first: if the program dies in between, its log alone is found damaged and set aside in turn.
fn move_family(path: &Path, target: &Path) -> Result<(), FileError> {
    move_new(path, target)?;
    for (from, to) in companions(path).iter().zip(companions(target)) {
        move_new(from, &to)?;
    }
    Ok(())
}

/// Renames a file, if it is there, to a name reserved by creating it: nobody else's file can be replaced.
fn move_new(from: &Path, to: &Path) -> Result<(), FileError> {
    if !from.try_exists().map_err(FileError::io(from, "checked"))? {
        return Ok(());
    }
    OpenOptions::new().write(true).create_new(true).open(to).map_err(FileError::io(to, "created"))?;
    fs::rename(from, to).map_err(FileError::io(from, "set aside"))
}
