//! What a killed program left of files that it was writing.
//!
//! Who writes a temporary file holds its lock. So a file that can be locked is nobody's any more; and who finds that the
//! file just made was cleared away before its lock was held makes another.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::error::FileError;
use super::open::open_regular;

/// How the names of temporary files begin.
pub(super) const PREFIX: &str = ".typeproof-";

/// Takes a temporary file of this path as one's own; false if it was cleared away meanwhile.
pub(super) fn claim(file: &File, path: &Path) -> bool {
    // A file system without locks clears nothing either.
    !matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)) && path.symlink_metadata().is_ok()
}

/// Removes the temporary files of a directory that nobody writes to any more. A missing directory has none.
///
/// # Errors
/// When the operating system refuses.
pub fn clear_remains(dir: &Path) -> Result<(), FileError> {
    let entries = match fs::read_dir(dir) {
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(FileError::io(dir, "read"))?,
    };
    for entry in entries {
        let entry = entry.map_err(FileError::io(dir, "read"))?;
        let is_ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        if is_ours && entry.file_type().is_ok_and(|found| found.is_file()) {
            clear(&entry.path())?;
        }
    }
    Ok(())
}

fn clear(path: &Path) -> Result<(), FileError> {
    let Some(file) = open_regular(path)? else { return Ok(()) };
    if file.try_lock().is_err() {
        return Ok(());
    }
    match fs::remove_file(path) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => Err(FileError::io(path, "removed")(why)),
        _ => Ok(()),
    }
}
