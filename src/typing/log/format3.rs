//! Format 3 of the keystroke log: says what the program typed itself, the indentation of lines.
//!
//! `"TPL" 0x03`, the number of the rules (3: [`Conduct::Third`]), then number of events and columns as in
//! [format 2](super::format2), with the code 11 for what the program typed: its operand is the key. Such an event has the
//! time of the key from which it follows, and counts in no figure. The guess behind the code 0 is that of format 2, which
//! passes over what the program types, and goes back over it as Backspace does. It is frozen.

use std::sync::Arc;

use super::columns::{self, Course};
use super::format2::reading::Reading;
use super::{EventKind, Log};
use crate::typing::bytes::{BytesError, Reader, push_varint};
use crate::typing::conduct::Conduct;
use crate::typing::exercise::Exercise;
use crate::typing::key::{Key, Millis};

/// How a file begins.
pub(super) const MAGIC: &[u8; 4] = b"TPL\x03";

/// The number of [`Conduct::Third`].
const THIRD: u64 = 3;

/// The guess of format 2, which knows what the program types.
struct Indenting(Reading);

impl Course for Indenting {
    const TAB: bool = true;
    const AUTOMATIC: bool = true;

    fn due(&self) -> Option<Key> {
        self.0.due()
    }

    fn follow(&mut self, at: Millis, what: EventKind) {
        match what {
            EventKind::Automatic(key) => self.0.pass(key),
            EventKind::Press(Key::Backspace | Key::DeleteWord) => {
                self.0.unindent();
                self.0.follow(at, what);
            }
            what => self.0.follow(at, what),
        }
    }
}

/// Writes a log of [`Conduct::Third`].
pub(super) fn write(log: &Log, exercise: &Arc<Exercise>) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    push_varint(&mut out, THIRD);
    columns::write(&mut out, &log.events, log.close, Indenting(Reading::new(exercise)));
    out
}

/// Reads what follows the beginning of a file.
pub(super) fn read(body: &[u8], exercise: &Arc<Exercise>) -> Result<Log, BytesError> {
    let mut r = Reader::new(body);
    let conduct = match r.varint("rules of the caret")? {
        THIRD => Conduct::Third,
        other => return Err(BytesError::Value("rules of the caret", other)),
    };
    let (events, close) = columns::read(r, Indenting(Reading::new(exercise)))?;
    Ok(Log { conduct, events, close })
}
