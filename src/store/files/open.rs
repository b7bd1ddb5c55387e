//! Opening files to read them: regular ones only, up to a size.

use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use super::error::FileError;

/// Opens a regular file to read it; nothing if there is none. Symbolic links are followed.
///
/// Opening a named pipe waits for its other end, and opening a device can make it act. So what is no file is refused
/// before it is opened; and what was opened is asked again, since another may have that name by then.
///
/// # Errors
/// [`FileError::NotAFile`] for what is no regular file; otherwise what the operating system refuses.
pub fn open_regular(path: &Path) -> Result<Option<File>, FileError> {
    let mut options = OpenOptions::new();
    opened(path, "read", waiting_for_nothing(options.read(true)))
}

/// Opens a file whose lock orders programs, to write to it; it is made for its owner alone where missing.
///
/// # Errors
/// As [`open_regular`].
pub(crate) fn open_lock(path: &Path) -> Result<File, FileError> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = opened(path, "opened", waiting_for_nothing(&mut options))?;
    file.ok_or_else(|| FileError::Missing(path.to_owned()))
}

/// Neither waits for the other end of a pipe nor takes a terminal for its own.
fn waiting_for_nothing(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
        std::os::unix::fs::OpenOptionsExt::custom_flags(options, flags.bits().cast_signed());
    }
    options
}

fn opened(path: &Path, doing: &'static str, options: &OpenOptions) -> Result<Option<File>, FileError> {
    match fs::metadata(path) {
        Ok(entry) => refuse_other(path, doing, entry.file_type())?,
        Err(why) if why.kind() == io::ErrorKind::NotFound => {}
        Err(why) => return Err(FileError::io(path, doing)(why)),
    }
    let file = match options.open(path) {
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file.map_err(FileError::io(path, doing))?,
    };
    refuse_other(path, doing, file.metadata().map_err(FileError::io(path, doing))?.file_type())?;
    Ok(Some(file))
}

/// Refuses what is no regular file.
pub(crate) fn refuse_other(path: &Path, doing: &'static str, found: FileType) -> Result<(), FileError> {
    match found.is_file() {
        true => Ok(()),
        false => Err(FileError::NotAFile { path: path.to_owned(), doing, kind: kind(found) }),
    }
}

/// What is no regular file, with its article.
fn kind(found: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if found.is_fifo() {
            return "a named pipe";
        }
        if found.is_socket() {
            return "a socket";
        }
        if found.is_block_device() || found.is_char_device() {
            return "a device";
        }
    }
    if found.is_dir() { "a folder" } else { "something else" }
}

/// The bytes of a regular file of at most `limit` bytes, or nothing if there is no file.
///
/// # Errors
/// [`FileError::NotAFile`] for what is no regular file, [`FileError::TooLarge`] above the limit; otherwise what the
/// operating system refuses.
pub fn read_at_most(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, FileError> {
    let Some(file) = open_regular(path)? else { return Ok(None) };
    let mut bytes = Vec::new();
    let read = file.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(FileError::io(path, "read"))?;
    if bytes.len() as u64 > limit {
        return Err(FileError::TooLarge { path: path.to_owned(), limit });
    }
    Ok(Some(bytes))
}

/// The bytes of a file that must be there.
///
/// # Errors
/// [`FileError::Missing`] when there is no file; otherwise as [`read_at_most`].
pub fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    read_at_most(path, limit)?.ok_or_else(|| FileError::Missing(path.to_owned()))
}

/// Refuses a symbolic link that leads nowhere, which otherwise looks like no file at all.
///
/// # Errors
/// [`FileError::Dangling`] for such a link.
pub fn refuse_dangling(path: &Path) -> Result<(), FileError> {
    match fs::read_link(path) {
        Ok(target) if fs::metadata(path).is_err_and(|why| why.kind() == io::ErrorKind::NotFound) => {
            Err(FileError::Dangling { path: path.to_owned(), target })
        }
        _ => Ok(()),
    }
}
