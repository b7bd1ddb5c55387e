//! How plausible the timing of an attempt is, and tables of keystrokes in files.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;

use super::learner::language;
use crate::store::files::{FileError, open_regular};
use crate::typing::attempt::Attempt;
use crate::typing::exercise::Source;
use crate::typing::plausibility::samples::{Columns, LONGEST_LINE, Row, SampleError};
use crate::typing::plausibility::{self, Assessment, Written};

/// The first bytes of a file that gzip made.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Assesses the timing of an attempt. A lesson's exercises are no text of a language, and of a text of one's own it is not
/// known which language it is in; they are not assessed.
#[must_use]
pub fn plausibility(attempt: &Attempt) -> Assessment {
    let language = match &attempt.exercise.source {
        Source::Lesson(_) => None,
        source => language(source),
    };
    let layout = attempt.keyboard.as_ref().map(|keyboard| keyboard.layout.as_str());
    plausibility::of_log(&attempt.log, Written { layout, language: language.map(|language| language.code()) })
}

/// Why a table of keystrokes cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file.
    #[error(transparent)]
    File(#[from] FileError),
    /// Its first line.
    #[error("{path} is no table of keystrokes: {why}")]
    Columns {
        /// The file.
        path: PathBuf,
        /// What is wrong with the line.
        why: SampleError,
    },
}

/// Reads a table of keystrokes, compressed by gzip or not, row by row: each is given with the number of its line, or why it
/// cannot be used. Empty lines are passed over.
///
/// # Errors
/// When the file cannot be read, or its first line does not name the columns.
pub fn read_keystrokes(
    path: &Path,
    mut take: impl FnMut(u64, Result<Row, SampleError>),
) -> Result<(), TableError> {
    let failed = |why| FileError::io(path, "read")(why);
    let file = open_regular(path)?.ok_or_else(|| FileError::Missing(path.to_owned()))?;
    let mut file = BufReader::new(file);
    let mut table: Box<dyn BufRead> = match file.fill_buf().map_err(failed)?.starts_with(&GZIP) {
        true => Box::new(BufReader::new(MultiGzDecoder::new(file))),
        false => Box::new(file),
    };
    let mut line = Vec::new();
    next_line(&mut table, &mut line).map_err(failed)?;
    let columns = Columns::read(&line).map_err(|why| TableError::Columns { path: path.to_owned(), why })?;
    for number in 2.. {
        if !next_line(&mut table, &mut line).map_err(failed)? {
            break;
        }
        if !line.trim_ascii().is_empty() {
            take(number, columns.row(&line));
        }
    }
    Ok(())
}

/// Reads a line; false at the end. Of a line that is too long only so much is kept that this can be seen.
fn next_line(table: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    (&mut *table).take(LONGEST_LINE as u64 + 1).read_until(b'\n', line)?;
    if line.len() > LONGEST_LINE && line.last() != Some(&b'\n') {
        table.skip_until(b'\n')?;
    }
    Ok(!line.is_empty())
}
