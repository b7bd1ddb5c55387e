//! Badges whose files are being written: a mark on disk that outlives a killed program.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::error::FileError;
use super::open::{open_lock, open_regular, read_at_most};
use super::write::{make_dir, sync_dir};
use crate::trust::slug;

/// How the names of the marks begin.
const PREFIX: &str = ".issuing-";

/// The longest part of a credential's identifier in a mark's name, in characters.
const MAX_NAME: usize = 80;

/// The longest identifier in a mark, in bytes: ours have 45.
const MAX_ID: u64 = 1024;

/// The mark of a badge that is being issued. It is there from before the badge is saved until its files are written; who
/// writes them holds its lock, so a mark without one was left by a program that was ended.
#[derive(Debug)]
pub struct Pending {
    /// Held until this is dropped.
    _lock: fs::File,
    path: PathBuf,
    id: String,
}

impl Pending {
    /// Marks the badge of this identifier in the folder of its files, which is made where missing.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn begin(dir: &Path, id: &str) -> Result<Self, FileError> {
        make_dir(dir)?;
        let path = dir.join(format!("{PREFIX}{}", slug(id, MAX_NAME)));
        let mut file = open_lock(&path)?;
        let written = file.lock().and_then(|()| file.set_len(0)).and_then(|()| file.write_all(id.as_bytes()));
        let written = written.and_then(|()| file.sync_all());
        written.map_err(FileError::io(&path, "written"))?;
        sync_dir(dir)?;
        Ok(Self { _lock: file, path, id: id.to_owned() })
    }

    /// The marks in a folder that programs left which were ended; what cannot be read is passed over.
    #[must_use]
    pub fn left(dir: &Path) -> Vec<Self> {
        let entries = fs::read_dir(dir).into_iter().flatten().flatten();
        let marks =
            entries.filter(|entry| entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX)));
        marks.filter_map(|entry| Self::take_up(entry.path())).collect()
    }

    fn take_up(path: PathBuf) -> Option<Self> {
        let lock = open_regular(&path).ok()??;
        lock.try_lock().ok()?;
        let id = String::from_utf8(read_at_most(&path, MAX_ID).ok()??).ok()?;
        // One that is empty was made a moment ago, and is locked next.
        (!id.is_empty()).then_some(Self { _lock: lock, path, id })
    }

    /// The identifier of the badge.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Removes the mark: the files are written, or there is no badge.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn done(self) -> Result<(), FileError> {
        fs::remove_file(&self.path).map_err(FileError::io(&self.path, "removed"))
    }
}
