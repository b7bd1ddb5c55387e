//! Files written beside their place, made durable, then moved whole into it.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, PersistError};

use super::Access;
use super::error::FileError;
#[cfg(target_os = "linux")]
use super::nameless;
use super::open::{refuse_dangling, refuse_other};
use super::remains::{PREFIX, claim};

/// Makes a directory and those above it, where missing, readable by their owner alone (mode 0700 on Unix; on Windows
/// they inherit the rights of the user's profile).
///
/// # Errors
/// When the operating system refuses.
pub fn make_dir(dir: &Path) -> Result<(), FileError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(FileError::io(dir, "created"))
}

/// Makes the entries of a directory durable, where its file system can. Windows offers no such call and needs none for
/// renamed files.
pub(super) fn sync_dir(dir: &Path) -> Result<(), FileError> {
    let cannot = |why: &io::Error| {
        // What was written is there all the same.
        matches!(why.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported)
    };
    match File::open(dir) {
        _ if !cfg!(unix) => Ok(()),
        // A folder that can be written to and not read.
        Err(why) if why.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        opened => match opened.and_then(|dir| dir.sync_all()) {
            Err(why) if !cannot(&why) => Err(FileError::io(dir, "made durable")(why)),
            _ => Ok(()),
        },
    }
}

/// The directory of a file; a bare name lies in the current one.
pub(super) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir,
        _ => Path::new("."),
    }
}

/// A temporary file in the directory of `path`, which is made where missing.
pub(crate) fn beside(path: &Path, access: Access) -> Result<NamedTempFile, FileError> {
    let dir = parent(path);
    make_dir(dir)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(access.mode()));
    #[cfg(not(unix))]
    let _ = access;
    loop {
        let file = builder.tempfile_in(dir).map_err(FileError::io(dir, "written to"))?;
        if claim(file.as_file(), file.path()) {
            return Ok(file);
        }
    }
}

/// Moves a finished temporary file to a name that must be free, and makes it durable.
pub(crate) fn settle_new(file: NamedTempFile, path: &Path) -> Result<(), FileError> {
    settle(file, path, |file| file.persist_noclobber(path))
}

fn settle(
    file: NamedTempFile,
    path: &Path,
    persist: impl FnOnce(NamedTempFile) -> Result<File, PersistError>,
) -> Result<(), FileError> {
    file.as_file().sync_all().map_err(FileError::io(path, "made durable"))?;
    persist(file).map_err(|why| match why.error.kind() {
        io::ErrorKind::AlreadyExists => FileError::Exists(path.to_owned()),
        _ => FileError::io(path, "moved into place")(why.error),
    })?;
    sync_dir(parent(path))
}

fn filled(path: &Path, bytes: &[u8], access: Access) -> Result<NamedTempFile, FileError> {
    let mut file = beside(path, access)?;
    file.write_all(bytes).map_err(FileError::io(path, "written"))?;
    Ok(file)
}

/// Writes a file that must not exist yet: when this returns it is there whole and durable, and at no time was a part
/// of it under that name. On Linux a program that is killed before that leaves nothing of it behind, where the file
/// system can hold a file without a name; elsewhere it leaves a temporary file, which [`clear_remains`] removes.
///
/// [`clear_remains`]: super::clear_remains
///
/// # Errors
/// [`FileError::Exists`] when the name is taken; otherwise what the operating system refuses.
pub fn write_new(path: &Path, bytes: &[u8], access: Access) -> Result<(), FileError> {
    make_dir(parent(path))?;
    #[cfg(target_os = "linux")]
    if let Some(written) = nameless::write_new(path, parent(path), bytes, access) {
        written?;
        return sync_dir(parent(path));
    }
    settle_new(filled(path, bytes, access)?, path)
}

/// Writes a file in place of the one of that name, if any: readers see the old or the new one, never a mixture. A
/// symbolic link of that name is replaced, and nothing is written to where it leads.
///
/// # Errors
/// When the operating system refuses; the old file is then untouched.
pub fn replace(path: &Path, bytes: &[u8], access: Access) -> Result<(), FileError> {
    settle(filled(path, bytes, access)?, path, |file| file.persist(path))
}

/// Writes a file that people keep, perhaps elsewhere: as [`replace`], but a symbolic link stays one, and the file that
/// it leads to is written. A file that is there keeps its permissions; `access` is for a new one.
///
/// # Errors
/// [`FileError::ReadOnly`] for a file that is not to be written, [`FileError::Dangling`] for a link that leads nowhere,
/// [`FileError::NotAFile`] for what is no file; otherwise what the operating system refuses. The old file is then
/// untouched.
pub fn rewrite(path: &Path, bytes: &[u8], access: Access) -> Result<(), FileError> {
    let place = &behind_links(path)?;
    let Some(old) = writable(path, place)? else { return replace(place, bytes, access) };
    let file = filled(place, bytes, access)?;
    file.as_file().set_permissions(old.permissions()).map_err(FileError::io(place, "written"))?;
    settle(file, place, |file| file.persist(place))
}

/// The file itself, if the path is a symbolic link.
fn behind_links(path: &Path) -> Result<PathBuf, FileError> {
    match path.symlink_metadata() {
        Ok(entry) if entry.is_symlink() => {
            refuse_dangling(path)?;
            path.canonicalize().map_err(FileError::io(path, "written"))
        }
        _ => Ok(path.to_owned()),
    }
}

/// What is known of a file that is there and may be written, at the place to which a path leads; nothing if there is none.
fn writable(path: &Path, place: &Path) -> Result<Option<Metadata>, FileError> {
    let entry = match place.metadata() {
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(None),
        entry => entry.map_err(FileError::io(path, "written"))?,
    };
    refuse_other(path, "written", entry.file_type())?;
    // Moving another file into its place would ask nobody whether this one may be written.
    let refused = |why: &io::Error| {
        matches!(why.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
    };
    match OpenOptions::new().append(true).open(place) {
        _ if entry.permissions().readonly() => Err(FileError::ReadOnly(place.to_owned())),
        Err(why) if refused(&why) => Err(FileError::ReadOnly(place.to_owned())),
        Err(why) => Err(FileError::io(place, "written")(why)),
        Ok(_) => Ok(Some(entry)),
    }
}
