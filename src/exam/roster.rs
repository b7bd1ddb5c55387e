//! The roster: who is examined, read from a table as spreadsheets write it.

mod candidate;
mod columns;
mod decode;
mod rows;

pub use candidate::{Candidate, MAX_CANDIDATES, MAX_NUMBER, is_number};

use super::fault::{Fault, Faults};
use decode::Decoded;

/// Largest roster in bytes: [`MAX_CANDIDATES`] rows of four hundred.
pub const MAX_BYTES: usize = 4 << 20;

/// A roster as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// The candidates, in the order of the table.
    pub candidates: Vec<Candidate>,
    /// What a person should know of how it was read: its encoding where that was guessed, lines that were passed over, names
    /// that look alike.
    pub notices: Vec<Fault>,
}

impl Roster {
    /// Reads a table of candidates: its file's name, its bytes. One of the first rows names the columns; a number and a name
    /// (or a given and a family name) must be among them. Encoding, separator and quotation marks are those of whatever
    /// spreadsheet wrote it.
    ///
    /// # Errors
    /// All that is wrong, each with its line and what to do. Nobody is left out: a roster with a bad row is refused whole.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Self, Faults> {
        let refused = |line, what: &str| Faults::new(vec![Fault::new(file, line, what)]);
        if bytes.len() > MAX_BYTES {
            return Err(refused(
                None,
                &format!("larger than {MAX_BYTES} bytes; give the table of this exam alone"),
            ));
        }
        let Decoded { text, guessed } = decode::decode(bytes).map_err(|what| refused(None, &what))?;
        let table = rows::table(&text).map_err(|(line, what)| refused(line, &what))?;
        let (candidates, mut notices) = rows::candidates(file, &table)?;
        if let Some(guessed) = guessed {
            notices.insert(0, Fault::new(file, None, guessed));
        }
        Ok(Self { candidates, notices })
    }
}
