//! Why a file was not read or written, in words.

use std::io;
use std::path::{Path, PathBuf};

/// Why a file was not read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A file of that name is there, and nothing is ever overwritten.
    #[error("{0} is already there and is not overwritten; choose another name or move it away")]
    Exists(PathBuf),
    /// No file of that name is there.
    #[error("no such file: {0}; check the path")]
    Missing(PathBuf),
    /// What is there is a folder, a named pipe, a socket or a device. It was not opened.
    #[error("{path} could not be {doing}: it is {kind}, not a file; check the path")]
    NotAFile {
        /// What was named.
        path: PathBuf,
        /// What was to be done, as a past participle.
        doing: &'static str,
        /// What it is, with its article.
        kind: &'static str,
    },
    /// A symbolic link that leads nowhere.
    #[error(
        "{path} is a symbolic link to {target}, and no such file is there; make that file, or remove the link"
    )]
    Dangling {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        target: PathBuf,
    },
    /// A file that nobody is to write to.
    #[error("{0} is read-only and stays as it is; make it writable, or change it by hand")]
    ReadOnly(PathBuf),
    /// Another program writes to it.
    #[error("{0} is in use by another program; close that first")]
    InUse(PathBuf),
    /// The file is larger than what is expected there.
    #[error("{path} is larger than {limit} bytes; it is not what is expected there")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit, in bytes.
        limit: u64,
    },
    /// The operating system said no.
    #[error("{path} could not be {doing}: {}; check the path, its permissions and the space left", words(.source))]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What was being done, as a past participle.
        doing: &'static str,
        /// The operating system's answer.
        source: io::Error,
    },
}

impl FileError {
    /// An error of the operating system about a path; `doing` is a past participle, e.g. `written`.
    pub(crate) fn io(path: &Path, doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { path: path.to_owned(), doing, source }
    }

    /// Whether there is no file to read: nothing of that name, or something that is no file.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::NotAFile { .. })
    }
}

/// Whether a path leads round in a circle of symbolic links.
pub(super) fn is_loop(why: &io::Error) -> bool {
    #[cfg(unix)]
    return why.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error());
    #[cfg(not(unix))]
    return false;
}

/// What the operating system says, for people.
pub(crate) fn words(why: &io::Error) -> String {
    match why.kind() {
        _ if is_loop(why) => "it is a symbolic link that leads back to itself".to_owned(),
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        io::ErrorKind::StorageFull => "no space is left".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is no folder".to_owned(),
        io::ErrorKind::AlreadyExists => "something else of that name is there".to_owned(),
        _ => why.to_string(),
    }
}
