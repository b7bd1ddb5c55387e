//! What the formats have in common: the number of events, then four columns.
//!
//! One code an event; the times between events modulo 16 ms, a byte each; those times divided by 16 ms; operands of the
//! events that have one, with the close (when, how) at the end. Each column is its packed length and a raw deflate
//! stream, since each has its own statistics. Numbers are varints (LEB128, shortest form). The code 0 is the key that a
//! [`Course`] expects at that moment, so that the first column is nearly empty.

use super::{Close, End, Event, EventKind};
use crate::typing::bytes::{BytesError, Reader, inflate, push_varint};
use crate::typing::key::{Key, Millis};

/// Most events in a log.
const MAX_EVENTS: usize = 250_000;
/// Longest session in milliseconds: a day.
const MAX_MS: Millis = 86_400_000;
/// Largest column after inflating: [`MAX_EVENTS`] varints of 32 bits each, and the close.
const MAX_COLUMN: usize = (MAX_EVENTS + 2) * 5;

/// What a format expects to be typed next. Writing and reading follow the events with it in the same way.
pub(super) trait Course {
    /// Whether the format has a code for Tab.
    const TAB: bool;
    /// Whether the format has a code for what the program types itself.
    const AUTOMATIC: bool;

    /// The key that is expected; `None` where no single key is.
    fn due(&self) -> Option<Key>;

    /// Moves on by an event.
    fn follow(&mut self, at: Millis, what: EventKind);
}

/// Appends events and close to `out`.
pub(super) fn write(out: &mut Vec<u8>, events: &[Event], close: Close, mut course: impl Course) {
    let (mut codes, mut fine, mut coarse, mut operands) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut last = 0;
    for event in events {
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
    push_varint(&mut operands, u64::from(close.at.saturating_sub(last)));
    operands.push(match close.end {
        End::Completed => 0,
        End::TimeUp => 1,
        End::GaveUp => 2,
    });
    push_varint(out, events.len() as u64);
    for column in [codes, fine, coarse, operands] {
        let packed = miniz_oxide::deflate::compress_to_vec(&column, 9);
        push_varint(out, packed.len() as u64);
        out.extend_from_slice(&packed);
    }
}

/// Reads events and close, up to the end.
pub(super) fn read<C: Course>(mut r: Reader<'_>, mut course: C) -> Result<(Vec<Event>, Close), BytesError> {
    let count = r.varint_to(MAX_EVENTS as u64, "number of events")? as usize;
    let codes = column(&mut r)?;
    let fine = column(&mut r)?;
    let coarse = column(&mut r)?;
    let operands = column(&mut r)?;
    r.finish()?;
    let (mut codes, mut fine) = (Reader::new(&codes), Reader::new(&fine));
    let (mut coarse, mut operands) = (Reader::new(&coarse), Reader::new(&operands));
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
    Ok((events, Close { end, at }))
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
/// The key that is expected.
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
/// Only where the format has it.
const TAB: u32 = 10;
/// What the program types itself, only where the format has it.
const AUTOMATIC: u32 = 11;
/// Codes from here on are characters; control characters are never typed into a text.
const FIRST_CHAR: u32 = 32;

fn key_code(key: Key) -> u32 {
    match key {
        Key::Enter => ENTER,
        Key::Tab => TAB,
        Key::Backspace => BACKSPACE,
        Key::DeleteWord => DELETE_WORD,
        Key::Char(c) => u32::from(c).max(FIRST_CHAR),
    }
}

fn key_of<C: Course>(code: u32) -> Option<Key> {
    match code {
        ENTER => Some(Key::Enter),
        TAB if C::TAB => Some(Key::Tab),
        BACKSPACE => Some(Key::Backspace),
        DELETE_WORD => Some(Key::DeleteWord),
        code if code >= FIRST_CHAR => char::from_u32(code).map(Key::Char).filter(|k| !k.is_control()),
        _ => None,
    }
}

fn encode(what: EventKind) -> (u32, Option<u32>) {
    match what {
        EventKind::Press(key) => (key_code(key), None),
        EventKind::Automatic(key) => (AUTOMATIC, Some(key_code(key))),
        EventKind::Release(key) => (RELEASE, Some(key_code(key))),
        EventKind::Paste(n) => (PASTE, Some(n)),
        EventKind::FocusLost => (FOCUS_LOST, None),
        EventKind::FocusGained => (FOCUS_GAINED, None),
        EventKind::Suspended => (SUSPENDED, None),
        EventKind::Resumed => (RESUMED, None),
    }
}

fn decode<C: Course>(code: u32, course: &C, operands: &mut Reader<'_>) -> Result<EventKind, BytesError> {
    let unknown = || BytesError::Value("event code", u64::from(code));
    Ok(match code {
        DUE => EventKind::Press(course.due().ok_or_else(unknown)?),
        AUTOMATIC if C::AUTOMATIC => {
            let typed = operands.u32("automatic key")?;
            EventKind::Automatic(
                key_of::<C>(typed).ok_or(BytesError::Value("automatic key", u64::from(typed)))?,
            )
        }
        RELEASE => {
            let released = operands.u32("released key")?;
            EventKind::Release(
                key_of::<C>(released).ok_or(BytesError::Value("released key", u64::from(released)))?,
            )
        }
        PASTE => EventKind::Paste(operands.u32("pasted characters")?),
        FOCUS_LOST => EventKind::FocusLost,
        FOCUS_GAINED => EventKind::FocusGained,
        SUSPENDED => EventKind::Suspended,
        RESUMED => EventKind::Resumed,
        code => match key_of::<C>(code).ok_or_else(unknown)? {
            key if course.due() == Some(key) => return Err(BytesError::LongForm("event code")),
            key => EventKind::Press(key),
        },
    })
}
