//! The user's own texts and programs: plain files in a folder, typed as they are.

use std::fs;
use std::io;
use std::path::Path;

use super::{Desk, DeskError};
use crate::sitting::Task;
use crate::store::files::{FileError, read_file};
use crate::typing::text::{Lookalikes, MAX_BYTES};

/// The most files that are listed: more than anybody looks through.
const MOST: usize = 500;

/// How the names of files with programs in them end: Enter is typed there, and the program types the indentation.
const CODE: [&str; 44] = [
    "asm", "bash", "bat", "c", "cc", "clj", "conf", "cpp", "cs", "css", "dart", "ex", "go", "h", "hpp", "hs",
    "html", "java", "jl", "js", "json", "jsx", "kt", "lua", "ml", "mjs", "nix", "php", "pl", "ps1", "py",
    "r", "rb", "rs", "scala", "sh", "sql", "swift", "toml", "ts", "tsx", "xml", "yml", "yaml",
];

/// A file that can be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnText {
    /// The name of the file.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Whether it is a program.
    pub is_code: bool,
}

impl Desk {
    /// The user's own texts, by name; none as long as the folder is not there. Files whose names begin with a dot are no texts.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn own_texts(&self) -> Result<Vec<OwnText>, DeskError> {
        let dir = self.paths().texts_dir();
        let entries = match fs::read_dir(&dir) {
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(FileError::io(&dir, "read"))?,
        };
        let text = |entry: fs::DirEntry| {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            let size = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?.len();
            let is_code = is_code(&path);
            (!name.starts_with('.')).then_some(OwnText { name, bytes: size, is_code })
        };
        let mut texts: Vec<OwnText> = entries.filter_map(|entry| text(entry.ok()?)).collect();
        texts.sort_by(|a, b| a.name.cmp(&b.name));
        texts.truncate(MOST);
        Ok(texts)
    }

    /// The task of typing the file of this name.
    ///
    /// # Errors
    /// When it cannot be read, is too long, or is no text in UTF-8.
    pub fn own_text(&self, name: &str) -> Result<Task, DeskError> {
        let path = self.paths().texts_dir().join(name);
        let bytes = read_file(&path, MAX_BYTES as u64)?;
        let raw = String::from_utf8(bytes).map_err(|_| DeskError::NoUtf8(path.display().to_string()))?;
        let name = name.to_owned();
        Ok(match is_code(&path) {
            true => Task::Code { name, raw },
            false => Task::Text { name, raw, lookalikes: Lookalikes::Symbols },
        })
    }
}

/// Whether a file has a program in it, by its name.
fn is_code(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|ending| CODE.contains(&ending.as_str()))
}
