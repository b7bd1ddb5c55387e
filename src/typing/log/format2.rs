//! Format 2 of the keystroke log: says by which rules its keys were taken, and expects keys without following a session.
//!
//! `"TPL" 0x02`, the number of the rules (2: [`Conduct::Second`]), then number of events and columns as in
//! [format 1](super::format1), with the code 10 for Tab. The code 0 is the key that `Reading` expects. That is a guess
//! which writer and reader share, so it may be wrong, and what it does not foresee costs a byte or two. It is frozen: another guess is
//! another format. New rules for the caret are another number.

use std::sync::Arc;

pub(super) mod reading;

use super::{Log, columns};
use crate::typing::bytes::{BytesError, Reader, push_varint};
use crate::typing::conduct::Conduct;
use crate::typing::exercise::Exercise;
use reading::Reading;

/// How a file begins.
pub(super) const MAGIC: &[u8; 4] = b"TPL\x02";

/// The number of [`Conduct::Second`].
const SECOND: u64 = 2;

/// Writes a log of [`Conduct::Second`].
pub(super) fn write(log: &Log, exercise: &Arc<Exercise>) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    push_varint(&mut out, SECOND);
    columns::write(&mut out, &log.events, log.close, Reading::new(exercise));
    out
}

/// Reads what follows the beginning of a file.
pub(super) fn read(body: &[u8], exercise: &Arc<Exercise>) -> Result<Log, BytesError> {
    let mut r = Reader::new(body);
    let conduct = match r.varint("rules of the caret")? {
        SECOND => Conduct::Second,
        other => return Err(BytesError::Value("rules of the caret", other)),
    };
    let (events, close) = columns::read(r, Reading::new(exercise))?;
    Ok(Log { conduct, events, close })
}
