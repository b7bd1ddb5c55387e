//! Files that only grow: every write is whole and durable, or as if it had not been.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::error::FileError;
use super::write::{make_dir, parent, sync_dir};

/// Largest file that grows: a day of a full room.
pub const MAX_GROWN: u64 = 1 << 30;

/// What a file that grows asks of its disk; tests put another in its place.
pub trait Disk: Send {
    /// Writes behind the end, and waits until it is durable.
    ///
    /// # Errors
    /// What the operating system refuses; a part may have been written then.
    fn extend(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Cuts everything behind a length in bytes off, and waits until that is durable.
    ///
    /// # Errors
    /// What the operating system refuses.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Disk for File {
    fn extend(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.seek(SeekFrom::End(0))?;
        self.write_all(bytes)?;
        self.sync_data()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)?;
        self.sync_data()
    }
}

/// A file that only grows, and that no other program writes to meanwhile.
pub struct Growing {
    path: PathBuf,
    disk: Box<dyn Disk>,
    length: u64,
    /// Whether a write failed and what it left could not be cut off yet.
    torn: bool,
}

impl Growing {
    /// A file that grows on any disk, of which so many bytes are sound.
    #[must_use]
    pub fn on(disk: Box<dyn Disk>, path: &Path, length: u64) -> Self {
        Self { path: path.to_owned(), disk, length, torn: false }
    }

    /// Opens a file for its owner alone, and gives what is in it; it is made where missing.
    ///
    /// # Errors
    /// [`FileError::InUse`] when another program has it open so, [`FileError::NotAFile`] for what is no file,
    /// [`FileError::TooLarge`] beyond [`MAX_GROWN`]; otherwise what the operating system refuses.
    pub fn open(path: &Path) -> Result<(Self, Vec<u8>), FileError> {
        make_dir(parent(path))?;
        let mut options = OpenOptions::new();
        options.create(true).read(true).write(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        if let Ok(entry) = path.metadata() {
            super::open::refuse_other(path, "opened", entry.file_type())?;
        }
        let mut file = options.open(path).map_err(FileError::io(path, "opened"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(FileError::InUse(path.to_owned())),
            Err(TryLockError::Error(why)) => return Err(FileError::io(path, "locked")(why)),
        }
        sync_dir(parent(path))?;
        let mut bytes = Vec::new();
        let read = (&mut file).take(MAX_GROWN + 1).read_to_end(&mut bytes);
        read.map_err(FileError::io(path, "read"))?;
        if bytes.len() as u64 > MAX_GROWN {
            return Err(FileError::TooLarge { path: path.to_owned(), limit: MAX_GROWN });
        }
        Ok((Self::on(Box::new(file), path, bytes.len() as u64), bytes))
    }

    /// Its length in bytes: all of it is sound.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Cuts everything behind a length off.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn cut(&mut self, length: u64) -> Result<(), FileError> {
        self.disk.cut(length).map_err(FileError::io(&self.path, "cut"))?;
        self.length = length;
        self.torn = false;
        Ok(())
    }

    /// Writes bytes behind the end. When this returns they are durable; when it fails they are not there, even if the disk
    /// took a part of them, and the same bytes can be written again.
    ///
    /// # Errors
    /// What the operating system refuses, such as a full disk.
    pub fn append(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        if self.torn {
            self.cut(self.length)?;
        }
        if let Err(why) = self.disk.extend(bytes) {
            // A part may be there, without a way to tell; where it cannot be cut off now, it is before the next write.
            self.torn = self.disk.cut(self.length).is_err();
            return Err(FileError::io(&self.path, "written")(why));
        }
        self.length += bytes.len() as u64;
        Ok(())
    }
}
