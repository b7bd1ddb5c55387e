//! Files written beside their place, made durable, then moved whole into it; badges as plain files.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, PersistError};

use crate::trust::slug;

/// The longest stem of a badge file, in characters: with suffix and extension it stays far below the 255 bytes that
/// file systems allow.
const MAX_STEM: usize = 80;

/// How many characters of a credential's identifier a file name carries: enough to tell one learner's badges apart.
const SHORT_ID: usize = 8;

/// How many sets of files may share a stem before the directory is taken for broken.
const MAX_SUFFIX: u32 = 1000;

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Its owner alone (mode 0600 on Unix; elsewhere the rights of the user's own directory).
    Owner,
    /// Everyone who may read the directory (mode 0644 less the umask on Unix).
    Everyone,
}

/// Why a file was not read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A file of that name is there, and nothing is ever overwritten.
    #[error("{0} is already there and is not overwritten; choose another name or move it away")]
    Exists(PathBuf),
    /// The file is larger than what is expected there.
    #[error("{path} is larger than {limit} bytes; it is not what is expected there")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit, in bytes.
        limit: u64,
    },
    /// The operating system said no.
    #[error("{path} could not be {doing}: {source}; check the path, its permissions and the space left")]
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
}

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

/// Makes the entries of a directory durable. Windows offers no such call and needs none for renamed files.
pub(crate) fn sync_dir(dir: &Path) -> Result<(), FileError> {
    if cfg!(unix) {
        File::open(dir).and_then(|dir| dir.sync_all()).map_err(FileError::io(dir, "made durable"))?;
    }
    Ok(())
}

/// The directory of a file; a bare name lies in the current one.
fn parent(path: &Path) -> &Path {
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
    builder.prefix(".typeproof-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = if access == Access::Owner { 0o600 } else { 0o644 };
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = access;
    builder.tempfile_in(dir).map_err(FileError::io(dir, "written to"))
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
/// of it under that name.
///
/// # Errors
/// [`FileError::Exists`] when the name is taken; otherwise what the operating system refuses.
pub fn write_new(path: &Path, bytes: &[u8], access: Access) -> Result<(), FileError> {
    settle_new(filled(path, bytes, access)?, path)
}

/// Writes a file in place of the one of that name, if any: readers see the old or the new one, never a mixture.
///
/// # Errors
/// When the operating system refuses; the old file is then untouched.
pub fn replace(path: &Path, bytes: &[u8], access: Access) -> Result<(), FileError> {
    settle(filled(path, bytes, access)?, path, |file| file.persist(path))
}

/// The bytes of a file of at most `limit` bytes, or nothing if there is no file.
///
/// # Errors
/// [`FileError::TooLarge`] above the limit; otherwise what the operating system refuses.
pub fn read_at_most(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, FileError> {
    let file = match File::open(path) {
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file.map_err(FileError::io(path, "read"))?,
    };
    let mut bytes = Vec::new();
    let read = file.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|why| match why.kind() {
        kind @ io::ErrorKind::IsADirectory => io::Error::new(kind, "it is a folder, not a file"),
        _ => why,
    })
    .map_err(FileError::io(path, "read"))?;
    if bytes.len() as u64 > limit {
        return Err(FileError::TooLarge { path: path.to_owned(), limit });
    }
    Ok(Some(bytes))
}

/// The stem of a badge's files: the level and the beginning of the credential's identifier, e.g. `speed-60-3f2a9c10`.
/// What a URN or URL puts before the last `:` or `/` of the identifier is left out.
#[must_use]
pub fn badge_stem(level_id: &str, credential_id: &str) -> String {
    let id = credential_id.rsplit([':', '/']).next().unwrap_or_default();
    let mut id = slug(id, MAX_STEM);
    id.truncate(SHORT_ID);
    slug(&format!("{} {id}", slug(level_id, MAX_STEM - SHORT_ID - 1)), MAX_STEM)
}

/// Writes the files of one badge, `stem.ext` for each extension, and returns their paths in the same order.
///
/// The stem is reduced to lower-case ASCII letters, digits and hyphens. Files that are there with equal content stay;
/// where one differs, the whole set gets a numbered stem (`stem-2`, …), so that files of one badge share their stem.
///
/// # Errors
/// What the operating system refuses; files already written stay, and writing again completes the set.
pub fn write_badge_files(dir: &Path, stem: &str, files: &[(&str, &[u8])]) -> Result<Vec<PathBuf>, FileError> {
    let stem = match slug(stem, MAX_STEM) {
        stem if stem.is_empty() => "badge".to_owned(),
        stem => stem,
    };
    for number in 1..=MAX_SUFFIX {
        let stem = if number == 1 { stem.clone() } else { format!("{stem}-{number}") };
        let paths = files.iter().map(|(ext, _)| dir.join(format!("{stem}.{ext}"))).collect::<Vec<_>>();
        if write_set(&paths, files)? {
            return Ok(paths);
        }
    }
    Err(FileError::Exists(dir.join(stem)))
}

/// Writes the files of a set that are missing; false, with nothing overwritten, if one is there with other content.
fn write_set(paths: &[PathBuf], files: &[(&str, &[u8])]) -> Result<bool, FileError> {
    let mut missing = Vec::new();
    for (path, (_, bytes)) in paths.iter().zip(files) {
        match same_content(path, bytes)? {
            Some(false) => return Ok(false),
            Some(true) => {}
            None => missing.push((path, bytes)),
        }
    }
    for (path, bytes) in missing {
        match write_new(path, bytes, Access::Everyone) {
            // Another program wrote it since: the same badge, or the next number.
            Err(FileError::Exists(_)) if same_content(path, bytes)? == Some(true) => {}
            Err(FileError::Exists(_)) => return Ok(false),
            other => other?,
        }
    }
    Ok(true)
}

/// Whether the file holds exactly these bytes; nothing if there is no file.
fn same_content(path: &Path, bytes: &[u8]) -> Result<Option<bool>, FileError> {
    match read_at_most(path, bytes.len() as u64) {
        Ok(found) => Ok(found.map(|found| found == bytes)),
        Err(FileError::TooLarge { .. }) => Ok(Some(false)),
        Err(why) => Err(why),
    }
}
