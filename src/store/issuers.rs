//! The user's own trusted issuers: a directory with one TOML file each.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Notice;
use super::files::{Access, FileError, read_file, write_new};
use crate::trust::{Added, Issuer, IssuerError, Life, TrustList};

/// The largest issuer file that is read, in bytes; the reader of the text has its own, smaller limit.
const MAX_ISSUER_FILE: u64 = 64 * 1024;

/// The most files read from one directory: a list of issuers that a person keeps is far shorter.
const MAX_ISSUERS: usize = 1000;

/// The TOML files of a directory in the order of their names; none if the directory is missing.
fn toml_files(dir: &Path) -> Result<Vec<PathBuf>, FileError> {
    let entries = match fs::read_dir(dir) {
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(FileError::io(dir, "read"))?,
    };
    let is_toml = |path: &PathBuf| path.extension().is_some_and(|ext| ext == "toml");
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<Result<Vec<_>, _>>().map_err(FileError::io(dir, "read"))?;
    paths.retain(is_toml);
    paths.sort();
    Ok(paths)
}

/// Why a file was not read as an issuer.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file.
    #[error(transparent)]
    File(#[from] FileError),
    /// Its bytes.
    #[error("{0} is not UTF-8 text")]
    NoText(PathBuf),
    /// Its text: which line, and what was expected.
    #[error(transparent)]
    Issuer(#[from] IssuerError),
}

/// Reads one issuer file.
///
/// # Errors
/// When there is no such file, or it describes no issuer.
pub fn read(path: &Path) -> Result<Issuer, ReadError> {
    let bytes = read_file(path, MAX_ISSUER_FILE)?;
    let text = String::from_utf8(bytes).map_err(|_| ReadError::NoText(path.to_owned()))?;
    Ok(Issuer::parse(&path.display().to_string(), &text)?)
}

/// Adds the issuers of a directory to a list. A file that cannot be used is named in a notice; the rest still counts.
#[must_use]
pub fn load(dir: &Path, list: &mut TrustList) -> Vec<Notice> {
    let paths = match toml_files(dir) {
        Ok(paths) => paths,
        Err(why) => return vec![Notice::new(why.to_string())],
    };
    let mut notices = Vec::new();
    if paths.len() > MAX_ISSUERS {
        notices.push(Notice::new(format!(
            "{} holds {} issuer files, and only the first {MAX_ISSUERS} by name are read; remove some",
            dir.display(),
            paths.len()
        )));
    }
    let mut seen: BTreeMap<[u8; 32], PathBuf> = BTreeMap::new();
    for path in paths.into_iter().take(MAX_ISSUERS) {
        match read(&path) {
            Ok(issuer) => {
                for (key, added) in list.add_each(issuer) {
                    let before = seen.insert(key.to_bytes(), path.clone());
                    let life = list.find(&key).map(|(_, term)| term.life);
                    notices.extend(doubt(added, life, &path, before.as_deref()));
                }
            }
            Err(why) => notices.push(Notice::new(why.to_string())),
        }
    }
    notices
}

/// What is to be said of a file whose key was known already: that of the user's own two files one decides, and that a
/// key does not become good again.
fn doubt(added: Added, life: Option<Life>, path: &Path, before: Option<&Path>) -> Option<Notice> {
    let path = path.display();
    let known = if matches!(life, Some(Life::Compromised { .. })) { "compromised" } else { "retired" };
    let before = before.map(|before| before.display());
    let text = match (added, before) {
        (Added::New, _) | (Added::Replaced, None) => return None,
        (Added::Replaced, Some(before)) => {
            format!("{path} and {before} describe the same key; the first decides: remove one of them")
        }
        (Added::StaysStricter, None) => {
            format!("{path}: its key is known as {known} and stays so; remove the file")
        }
        (Added::StaysStricter, Some(before)) => format!(
            "{path} and {before} describe the same key; the second, which is stricter, decides: remove one of them"
        ),
    };
    Some(Notice::new(text))
}

/// Writes an issuer as a new file of the directory and returns its path.
///
/// # Errors
/// [`FileError::Exists`] when that issuer is there already; otherwise what the operating system refuses.
pub fn add(dir: &Path, issuer: &Issuer) -> Result<PathBuf, FileError> {
    let path = dir.join(issuer.file_name());
    write_new(&path, issuer.to_toml().as_bytes(), Access::Everyone)?;
    Ok(path)
}

/// Removes the files of the directory that describe a key of this issuer, and returns their paths.
///
/// # Errors
/// When the operating system refuses.
pub fn remove(dir: &Path, issuer: &Issuer) -> Result<Vec<PathBuf>, FileError> {
    let mut paths = toml_files(dir)?;
    let shares_key = |file: &Issuer| file.keys.iter().any(|term| issuer.keys.get(&term.key).is_some());
    paths.retain(|path| read(path).is_ok_and(|file| shares_key(&file)));
    for path in &paths {
        fs::remove_file(path).map_err(FileError::io(path, "removed"))?;
    }
    Ok(paths)
}
