//! Badges as plain files.

use std::path::{Path, PathBuf};

use super::Access;
use super::error::FileError;
use super::open::read_at_most;
use super::write::write_new;
use crate::trust::slug;

/// The longest stem of a badge file, in characters: with suffix and extension it stays far below the 255 bytes that
/// file systems allow.
const MAX_STEM: usize = 80;

/// How many characters of a credential's identifier a file name carries: enough to tell one learner's badges apart.
const SHORT_ID: usize = 8;

/// How many sets of files may share a stem before the directory is taken for broken.
const MAX_SUFFIX: u32 = 1000;

/// The extensions of attempt files and records: how somebody types is for their owner alone.
const PRIVATE: [&str; 2] = ["tpa", "tpr"];

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
        let is_private = path.extension().is_some_and(|ext| PRIVATE.iter().any(|private| ext == *private));
        let access = if is_private { Access::Owner } else { Access::Everyone };
        match write_new(path, bytes, access) {
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
