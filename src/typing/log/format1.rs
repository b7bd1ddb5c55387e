//! Format 1 of the keystroke log, frozen: the bytes it wrote are read the same for ever, however the session changes.
//!
//! `"TPL" 0x01`, the number of events, then four columns: one code an event; the times between events modulo 16 ms, a
//! byte each; those times divided by 16 ms; operands of the events that have one, with the close (when, how) at the end.
//! Each column is its packed length and a raw deflate stream, since each has its own statistics. Numbers are varints
//! (LEB128, shortest form). The code 0 is the key that the text asks for at that moment, so that the first column is
//! nearly empty: a log is written and read beside its exercise. Its keys were taken by [`Conduct::First`].

use std::sync::Arc;

mod due;

use super::{Log, columns};
use crate::typing::bytes::{BytesError, Reader};
use crate::typing::conduct::Conduct;
use crate::typing::exercise::Exercise;
use due::Caret;

/// How a file begins.
pub(super) const MAGIC: &[u8; 4] = b"TPL\x01";

/// Writes a log of [`Conduct::First`].
pub(super) fn write(log: &Log, exercise: &Arc<Exercise>) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    columns::write(&mut out, &log.events, log.close, Caret::new(exercise));
    out
}

/// Reads what follows the beginning of a file.
pub(super) fn read(body: &[u8], exercise: &Arc<Exercise>) -> Result<Log, BytesError> {
    let (events, close) = columns::read(Reader::new(body), Caret::new(exercise))?;
    Ok(Log { conduct: Conduct::First, events, close })
}
