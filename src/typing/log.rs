//! The keystroke log: every event of a session with its time, and how the session closed. The ground truth.
//!
//! # Bytes, version 1
//!
//! `"TPL" 0x01`, then one raw deflate stream of: the number of events; one code an event; the low bytes of the times
//! between events; their high parts; operands of the events that have one; the close (how, when). Numbers are
//! varints (LEB128, shortest form). Columns lie together because they compress so: about 1.5 bytes a keystroke.

use super::bytes::{BytesError, Reader, inflate, push_varint};
use super::key::{Key, Millis};

/// Most events in a log: two hours of a held key that repeats 30 times a second is over 200,000.
pub const MAX_EVENTS: usize = 250_000;
/// Longest session in milliseconds: a day; a test lasts two hours at most, a forgotten one is given up.
pub const MAX_MS: Millis = 86_400_000;
/// Largest log after inflating: [`MAX_EVENTS`] with the longest codes, times and operands.
const MAX_INFLATED: usize = 4 << 20;
const MAGIC: &[u8; 4] = b"TPL\x01";

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The last character of the text was typed.
    Completed,
    /// The time limit was reached.
    TimeUp,
    /// The typist stopped, or the program was ended.
    GaveUp,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A key was pressed.
    Press(Key),
    /// A key was released; only where the terminal reports it.
    Release(Key),
    /// Text was pasted, and refused: so many characters.
    Paste(u32),
    /// The window lost the focus.
    FocusLost,
    /// The window got the focus back.
    FocusGained,
    /// The program was stopped (^Z).
    Suspended,
    /// The program went on.
    Resumed,
}

/// Something that happened, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Milliseconds since the clock started; never decreases within a log.
    pub at: Millis,
    /// What.
    pub what: What,
}

/// How and when a session closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Close {
    /// How.
    pub end: End,
    /// Milliseconds since the clock started, not before the last event.
    pub at: Millis,
}

/// A whole session: what happened, and the close.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// In order of time.
    pub events: Vec<Event>,
    /// How it ended.
    pub close: Close,
}

impl Log {
    /// Writes the log; see the module's text for the format.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut columns: [Vec<u8>; 4] = Default::default();
        let [codes, lows, highs, operands] = &mut columns;
        let mut last = 0;
        for event in &self.events {
            let gap = event.at.saturating_sub(last);
            last = event.at;
            lows.push((gap & 0xff) as u8);
            push_varint(highs, u64::from(gap >> 8));
            let (code, operand) = encode(event.what);
            push_varint(codes, u64::from(code));
            if let Some(n) = operand {
                push_varint(operands, u64::from(n));
            }
        }
        let mut raw = Vec::new();
        push_varint(&mut raw, self.events.len() as u64);
        columns.iter().for_each(|column| raw.extend_from_slice(column));
        raw.push(match self.close.end {
            End::Completed => 0,
            End::TimeUp => 1,
            End::GaveUp => 2,
        });
        push_varint(&mut raw, u64::from(self.close.at.saturating_sub(last)));
        let mut out = MAGIC.to_vec();
        out.extend_from_slice(&miniz_oxide::deflate::compress_to_vec(&raw, 9));
        out
    }

    /// Reads a log.
    ///
    /// # Errors
    /// On anything that [`Self::to_bytes`] would not write: another version, truncation, trailing bytes, unknown
    /// codes, numbers in a longer form, and data that inflates beyond the limits.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BytesError> {
        let body =
            bytes.strip_prefix(MAGIC).ok_or(BytesError::Magic("a typeproof keystroke log, version 1"))?;
        let raw = inflate(body, MAX_INFLATED)?;
        let mut r = Reader::new(&raw);
        let count = r.varint_to(MAX_EVENTS as u64, "number of events")? as usize;
        let codes = (0..count).map(|_| r.u32("event code")).collect::<Result<Vec<_>, _>>()?;
        let lows = r.take(count, "times")?.to_vec();
        let highs = (0..count).map(|_| r.u32("times")).collect::<Result<Vec<_>, _>>()?;
        let mut events = Vec::with_capacity(count);
        let mut at = 0;
        for ((code, low), high) in codes.into_iter().zip(lows).zip(highs) {
            at = later(at, high, low)?;
            events.push(Event { at, what: decode(code, &mut r)? });
        }
        let end = match r.byte("close")? {
            0 => End::Completed,
            1 => End::TimeUp,
            2 => End::GaveUp,
            other => return Err(BytesError::Value("close", u64::from(other))),
        };
        let rest = r.u32("time of the close")?;
        let at = at
            .checked_add(rest)
            .filter(|at| *at <= MAX_MS)
            .ok_or(BytesError::Value("time", u64::from(rest)))?;
        r.finish()?;
        Ok(Self { events, close: Close { end, at } })
    }
}

fn later(at: Millis, high: u32, low: u8) -> Result<Millis, BytesError> {
    let gap = u64::from(high) * 256 + u64::from(low);
    let next = u64::from(at) + gap;
    if next > u64::from(MAX_MS) { Err(BytesError::Value("time", next)) } else { Ok(next as Millis) }
}

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
        Key::Char(c) => (c as u32).max(FIRST_CHAR),
    }
}

fn key_of(code: u32) -> Option<Key> {
    match code {
        ENTER => Some(Key::Enter),
        BACKSPACE => Some(Key::Backspace),
        DELETE_WORD => Some(Key::DeleteWord),
        code if code >= FIRST_CHAR => char::from_u32(code).map(Key::Char),
        _ => None,
    }
}

fn encode(what: What) -> (u32, Option<u32>) {
    match what {
        What::Press(key) => (key_code(key), None),
        What::Release(key) => (RELEASE, Some(key_code(key))),
        What::Paste(n) => (PASTE, Some(n)),
        What::FocusLost => (FOCUS_LOST, None),
        What::FocusGained => (FOCUS_GAINED, None),
        What::Suspended => (SUSPENDED, None),
        What::Resumed => (RESUMED, None),
    }
}

fn decode(code: u32, operands: &mut Reader<'_>) -> Result<What, BytesError> {
    let unknown = || BytesError::Value("event code", u64::from(code));
    Ok(match code {
        RELEASE => {
            let released = operands.u32("released key")?;
            What::Release(key_of(released).ok_or(BytesError::Value("released key", u64::from(released)))?)
        }
        PASTE => What::Paste(operands.u32("pasted characters")?),
        FOCUS_LOST => What::FocusLost,
        FOCUS_GAINED => What::FocusGained,
        SUSPENDED => What::Suspended,
        RESUMED => What::Resumed,
        code => What::Press(key_of(code).ok_or_else(unknown)?),
    })
}
