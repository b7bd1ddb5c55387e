//! The user's own lessons: a folder of passages, pathways, rule files and word lists, read as texts.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Notice;
use super::files::{FileError, read_at_most};
use crate::lessons::problem::MAX_FILE;

/// How deep folders in a lesson folder are followed: kinds, and an order of one's own within them.
const MAX_DEPTH: usize = 4;

/// The most files read from one lesson folder: a large college's collection has hundreds.
const MAX_FILES: usize = 2_000;

/// The most bytes read from one lesson folder, since all are kept in memory: some ten thousand passages.
const MAX_BYTES: usize = 32 << 20;

/// Reads the TOML and text files of a lesson folder, sorted: each with its path, for
/// messages, and its text. A missing folder is an empty one; what cannot be read is named in a notice, and the rest
/// still counts.
#[must_use]
pub fn read(dir: &Path) -> (Vec<(String, String)>, Vec<Notice>) {
    let (mut files, mut notices) = (Vec::new(), Vec::new());
    let mut bytes = 0;
    for path in paths(dir, &mut notices) {
        let Some(text) = text(&path).unwrap_or_else(|notice| {
            notices.push(notice);
            None
        }) else {
            continue;
        };
        bytes += text.len();
        if files.len() == MAX_FILES || bytes > MAX_BYTES {
            notices.push(Notice::new(format!(
                "{} holds more than {MAX_FILES} files or {MAX_BYTES} bytes; {} and what follows is left out",
                dir.display(),
                path.display()
            )));
            break;
        }
        files.push((path.display().to_string(), text));
    }
    (files, notices)
}

/// The lesson files of a folder and those in it, sorted; folders by their whole paths.
fn paths(dir: &Path, notices: &mut Vec<Notice>) -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![dir.to_owned()]);
    let mut read = BTreeSet::new();
    for _ in 0..MAX_DEPTH {
        let mut below = Vec::new();
        for folder in folders {
            // A link that leads back up leads to nothing new.
            if !read.insert(folder.canonicalize().unwrap_or_else(|_| folder.clone())) {
                continue;
            }
            match entries(&folder) {
                Ok(paths) => below.extend(paths),
                Err(why) => notices.push(Notice::new(why.to_string())),
            }
        }
        (folders, below) = below.into_iter().partition(|path| path.is_dir());
        files.extend(below);
    }
    files.retain(|path| path.extension().is_some_and(|ext| ext == "toml" || ext == "txt"));
    files.sort();
    files
}

fn entries(dir: &Path) -> Result<Vec<PathBuf>, FileError> {
    let entries = match fs::read_dir(dir) {
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(FileError::io(dir, "read"))?,
    };
    let paths = entries.take(MAX_FILES).map(|entry| entry.map(|entry| entry.path()));
    paths.collect::<Result<_, _>>().map_err(FileError::io(dir, "read"))
}

fn text(path: &Path) -> Result<Option<String>, Notice> {
    let bytes = read_at_most(path, MAX_FILE as u64).map_err(|why| Notice::new(why.to_string()))?;
    if bytes.is_none() && path.is_symlink() {
        return Err(Notice::new(format!(
            "{} is a symbolic link to a file that is not there",
            path.display()
        )));
    }
    let text = bytes.map(String::from_utf8).transpose();
    text.map_err(|_| Notice::new(format!("{} is not UTF-8 text and is left out", path.display())))
}
