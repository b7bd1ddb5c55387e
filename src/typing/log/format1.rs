//! Format 1 of the keystroke log, frozen: the bytes it wrote are read the same for ever, however the session changes.
//!
//! `"TPL" 0x01`, the number of events, then four columns: one code an event; the times between events modulo 16 ms, a
//! byte each; those times divided by 16 ms; operands of the events that have one, with the close (when, how) at the end.
//! Each column is its packed length and a raw deflate stream, since each has its own statistics. Numbers are varints
//! (LEB128, shortest form). The code 0 is the key that the text asks for at that moment, so that the first column is
//! nearly empty: a log is written and read beside its exercise.

use std::sync::Arc;

mod due;

use super::{Close, End, Event, EventKind, Log};
use crate::typing::bytes::{BytesError, Reader, inflate, push_varint};
use crate::typing::exercise::Exercise;
use crate::typing::key::{Key, Millis};
use due::Course;

/// Most events in a log of this format.
const MAX_EVENTS: usize = 250_000;
/// Longest session in milliseconds: a day.
const MAX_MS: Millis = 86_400_000;
/// Largest column after inflating: [`MAX_EVENTS`] varints of 32 bits each, and the close.
const MAX_COLUMN: usize = (MAX_EVENTS + 2) * 5;
const MAGIC: &[u8; 4] = b"TPL\x01";

impl Log {
    /// Writes the log of a session on `exercise`; see the module's text for the format.
    pub fn to_bytes(&self, exercise: &Arc<Exercise>) -> Vec<u8> {
        let (mut codes, mut fine, mut coarse, mut operands) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut course = Course::new(exercise);
        let mut last = 0;
        for event in &self.events {
            let gap = event.at.saturating_sub(last);
            last = event.at;
            fine.push((gap % FINE) as u8);
            push_varint(&mut coarse, u64::from(gap / FINE));
            let (code, operand) = match event.what {
                EventKind::Press(key) if course.due() == Some(key) => (DUE, None),
                what => encode(what),
            };
            push_varint(&mut codes, u64::from(code));
            if let Some(n) = operand {
                push_varint(&mut operands, u64::from(n));
            }
            course.follow(event.at, event.what);
        }
        push_varint(&mut operands, u64::from(self.close.at.saturating_sub(last)));
        operands.push(match self.close.end {
            End::Completed => 0,
            End::TimeUp => 1,
            End::GaveUp => 2,
        });
        let mut out = MAGIC.to_vec();
        push_varint(&mut out, self.events.len() as u64);
        for column in [codes, fine, coarse, operands] {
            let packed = miniz_oxide::deflate::compress_to_vec(&column, 9);
            push_varint(&mut out, packed.len() as u64);
            out.extend_from_slice(&packed);
        }
        out
    }

    /// Reads a log of a session on `exercise`.
    ///
    /// # Errors
    /// On anything that [`Self::to_bytes`] would not write: another version, truncation, trailing bytes, unknown
    /// codes, numbers and keys in a longer form, and data that inflates beyond the limits. Only the packing is free,
    /// as deflate is: the digest of the file pins it.
    pub fn from_bytes(bytes: &[u8], exercise: &Arc<Exercise>) -> Result<Self, BytesError> {
        let body =
            bytes.strip_prefix(MAGIC).ok_or(BytesError::Magic("a typeproof keystroke log, version 1"))?;
        let mut r = Reader::new(body);
        let count = r.varint_to(MAX_EVENTS as u64, "number of events")? as usize;
        let codes = column(&mut r)?;
        let fine = column(&mut r)?;
        let coarse = column(&mut r)?;
        let operands = column(&mut r)?;
        r.finish()?;
        let (mut codes, mut fine) = (Reader::new(&codes), Reader::new(&fine));
        let (mut coarse, mut operands) = (Reader::new(&coarse), Reader::new(&operands));
        let mut course = Course::new(exercise);
        let mut events = Vec::with_capacity(count);
        let mut at = 0;
        for _ in 0..count {
            at = later(at, coarse.u32("time")?, fine.byte("time")?)?;
            let what = decode(codes.u32("event code")?, &course, &mut operands)?;
            course.follow(at, what);
            events.push(Event { at, what });
        }
        let rest = operands.u32("time of the close")?;
        let at = later(at, rest / FINE, (rest % FINE) as u8)?;
        let end = match operands.byte("close")? {
            0 => End::Completed,
            1 => End::TimeUp,
            2 => End::GaveUp,
            other => return Err(BytesError::Value("close", u64::from(other))),
        };
        [codes, fine, coarse, operands].into_iter().try_for_each(Reader::finish)?;
        Ok(Self { events, close: Close { end, at } })
    }
}

/// The next column: its packed length, then a deflate stream.
fn column(r: &mut Reader<'_>) -> Result<Vec<u8>, BytesError> {
    let length = r.varint_to(MAX_COLUMN as u64, "length of a column")? as usize;
    inflate(r.take(length, "column")?, MAX_COLUMN)
}

fn later(at: Millis, coarse: u32, fine: u8) -> Result<Millis, BytesError> {
    let refused = BytesError::Value("time", u64::from(coarse));
    let gap =
        Some(u32::from(fine)).filter(|f| *f < FINE).and_then(|f| coarse.checked_mul(FINE)?.checked_add(f));
    gap.and_then(|gap| at.checked_add(gap)).filter(|at| *at <= MAX_MS).ok_or(refused)
}

/// Times between events are split here: below it they are noise, above it they compress.
const FINE: u32 = 16;
/// The key that the text asks for.
const DUE: u32 = 0;
const ENTER: u32 = 1;
const BACKSPACE: u32 = 2;
const DELETE_WORD: u32 = 3;
const RELEASE: u32 = 4;
const PASTE: u32 = 5;
const FOCUS_LOST: u32 = 6;
const FOCUS_GAINED: u32 = 7;
const SUSPENDED: u32 = 8;
const RESUMED: u32 = 9;
/// Codes from here on are characters; control characters are never typed into a text.
const FIRST_CHAR: u32 = 32;

fn key_code(key: Key) -> u32 {
    match key {
        Key::Enter => ENTER,
        Key::Backspace => BACKSPACE,
        Key::DeleteWord => DELETE_WORD,
        Key::Char(c) => u32::from(c).max(FIRST_CHAR),
    }
}

fn key_of(code: u32) -> Option<Key> {
    match code {
        ENTER => Some(Key::Enter),
        BACKSPACE => Some(Key::Backspace),
        DELETE_WORD => Some(Key::DeleteWord),
        code if code >= FIRST_CHAR => char::from_u32(code).map(Key::Char).filter(|k| !k.is_control()),
        _ => None,
    }
}

fn encode(what: EventKind) -> (u32, Option<u32>) {
    match what {
        EventKind::Press(key) => (key_code(key), None),
        EventKind::Release(key) => (RELEASE, Some(key_code(key))),
        EventKind::Paste(n) => (PASTE, Some(n)),
        EventKind::FocusLost => (FOCUS_LOST, None),
        EventKind::FocusGained => (FOCUS_GAINED, None),
        EventKind::Suspended => (SUSPENDED, None),
        EventKind::Resumed => (RESUMED, None),
    }
}

fn decode(code: u32, course: &Course<'_>, operands: &mut Reader<'_>) -> Result<EventKind, BytesError> {
    let unknown = || BytesError::Value("event code", u64::from(code));
    Ok(match code {
        DUE => EventKind::Press(course.due().ok_or_else(unknown)?),
        RELEASE => {
            let released = operands.u32("released key")?;
            EventKind::Release(
                key_of(released).ok_or(BytesError::Value("released key", u64::from(released)))?,
            )
        }
        PASTE => EventKind::Paste(operands.u32("pasted characters")?),
        FOCUS_LOST => EventKind::FocusLost,
        FOCUS_GAINED => EventKind::FocusGained,
        SUSPENDED => EventKind::Suspended,
        RESUMED => EventKind::Resumed,
        code => match key_of(code).ok_or_else(unknown)? {
            key if course.due() == Some(key) => return Err(BytesError::LongForm("event code")),
            key => EventKind::Press(key),
        },
    })
}
