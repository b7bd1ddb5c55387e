//! Keystrokes of running tests as bytes, as a room writes them while candidates type: what is left of a test when the room
//! is killed.
//!
//! # Bytes, version 1
//!
//! A file begins with `"TPK" 0x01`. Each record is its length and the CRC-32 of its payload (both 32 bits, low byte first),
//! then the payload: a varint length and the candidate's number, a varint run, a kind (0: a test began, then JSON of its
//! exercise; 1: events), and for events as many times a varint of milliseconds since the clock started, a varint code, and
//! a varint operand where the code has one. A record at the end that is cut off is no record.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::typing::bytes::{BytesError, Reader, push_varint};
use crate::typing::exercise::{Exercise, Source};
use crate::typing::key::Key;
use crate::typing::log::{Event, EventKind};
use crate::typing::rules::Rules;
use crate::typing::text::{Layout, Lookalikes};

/// How a file begins.
pub const MAGIC: &[u8; 4] = b"TPK\x01";

/// Largest payload: a text of the longest size, as JSON with escapes.
const MAX_PAYLOAD: usize = 8 << 20;

/// What is known of a test that runs, or ran.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// What is typed; nothing where its record is missing.
    pub exercise: Option<Exercise>,
    /// Every event, in order.
    pub events: Vec<Event>,
}

/// Tests by candidate's number and run.
pub type Tests = BTreeMap<(String, u32), Typed>;

/// The keystrokes of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strokes {
    /// Each test's.
    pub tests: Tests,
    /// Bytes up to the end of the last sound record, [`MAGIC`] included; what lies behind is cut off.
    pub sound: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Begun {
    source: Source,
    seed: u64,
    lookalikes: Lookalikes,
    rules: Rules,
    text: String,
}

/// The record of a test that begins.
#[must_use]
pub fn began(number: &str, run: u32, exercise: &Exercise) -> Vec<u8> {
    let begun = Begun {
        source: exercise.source.clone(),
        seed: exercise.seed,
        lookalikes: exercise.lookalikes,
        rules: exercise.rules,
        text: exercise.text.to_string(),
    };
    let mut payload = head(number, run, 0);
    // Plain data with string keys: serialising it cannot fail; were it to, the test would have no exercise.
    payload.extend(serde_json::to_vec(&begun).unwrap_or_default());
    framed(&payload)
}

/// The record of events of a test.
#[must_use]
pub fn events(number: &str, run: u32, events: &[Event]) -> Vec<u8> {
    let mut payload = head(number, run, 1);
    for event in events {
        push_varint(&mut payload, u64::from(event.at));
        let (code, operand) = encode(event.what);
        push_varint(&mut payload, u64::from(code));
        if let Some(operand) = operand {
            push_varint(&mut payload, u64::from(operand));
        }
    }
    framed(&payload)
}

fn head(number: &str, run: u32, kind: u8) -> Vec<u8> {
    let mut payload = Vec::new();
    push_varint(&mut payload, number.len() as u64);
    payload.extend_from_slice(number.as_bytes());
    push_varint(&mut payload, u64::from(run));
    payload.push(kind);
    payload
}

fn framed(payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
    let mut record = length.to_le_bytes().to_vec();
    record.extend(crc32fast::hash(payload).to_le_bytes());
    record.extend_from_slice(payload);
    record
}

impl Strokes {
    /// Reads a file, up to the first record that is not sound.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let mut strokes = Self::default();
        let Some(mut rest) = bytes.strip_prefix(MAGIC) else { return strokes };
        strokes.sound = MAGIC.len();
        while let Some((payload, after)) = record(rest) {
            if strokes.take(payload).is_err() {
                break;
            }
            strokes.sound += rest.len() - after.len();
            rest = after;
        }
        strokes
    }

    fn take(&mut self, payload: &[u8]) -> Result<(), BytesError> {
        let mut r = Reader::new(payload);
        let length = r.varint_to(MAX_PAYLOAD as u64, "length of a number")? as usize;
        let number = std::str::from_utf8(r.take(length, "number")?)
            .map_err(|why| BytesError::Text("number", why.to_string()))?
            .to_owned();
        let run = r.u32("run")?;
        let kind = r.byte("kind")?;
        let test = self.tests.entry((number, run)).or_default();
        match kind {
            0 => test.exercise = exercise(r.rest()),
            1 => {
                while !r.rest().is_empty() {
                    let at = r.u32("time")?;
                    let what = decode(&mut r)?;
                    test.events.push(Event { at, what });
                }
            }
            other => return Err(BytesError::Value("kind", u64::from(other))),
        }
        Ok(())
    }
}

/// A file without the records of one candidate; what is not sound is left out too.
#[must_use]
pub fn without(bytes: &[u8], number: &str) -> Vec<u8> {
    let mut kept = MAGIC.to_vec();
    let mut rest = bytes.strip_prefix(MAGIC).unwrap_or_default();
    while let Some((payload, after)) = record(rest) {
        let mut one = Strokes::default();
        if one.take(payload).is_ok() && !one.tests.keys().any(|(other, _)| other == number) {
            kept.extend(rest.get(..rest.len() - after.len()).unwrap_or_default());
        }
        rest = after;
    }
    kept
}

/// The next record that is whole and sound, and what follows it.
fn record(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (crc, rest) = rest.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*length) as usize;
    let (payload, rest) = rest.split_at_checked(length).filter(|_| length <= MAX_PAYLOAD)?;
    (crc32fast::hash(payload) == u32::from_le_bytes(*crc)).then_some((payload, rest))
}

fn exercise(json: &[u8]) -> Option<Exercise> {
    let Begun { source, seed, lookalikes, rules, text } = serde_json::from_slice(json).ok()?;
    Exercise::laid_out(source, seed, &text, (lookalikes, Layout::Folded), rules).ok()
}

/// The codes: keys from 0 when pressed, from 8 when the program typed them, from 16 when released.
fn encode(what: EventKind) -> (u32, Option<u32>) {
    let of = |base: u32, key: Key| match key {
        Key::Char(c) => (base, Some(u32::from(c))),
        Key::Enter => (base + 1, None),
        Key::Tab => (base + 2, None),
        Key::Backspace => (base + 3, None),
        Key::DeleteWord => (base + 4, None),
    };
    match what {
        EventKind::Press(key) => of(0, key),
        EventKind::Automatic(key) => of(8, key),
        EventKind::Release(key) => of(16, key),
        EventKind::Paste(length) => (24, Some(length)),
        EventKind::FocusLost => (25, None),
        EventKind::FocusGained => (26, None),
        EventKind::Suspended => (27, None),
        EventKind::Resumed => (28, None),
    }
}

fn decode(r: &mut Reader<'_>) -> Result<EventKind, BytesError> {
    let code = r.u32("event code")?;
    let unknown = BytesError::Value("event code", u64::from(code));
    if code >= 24 {
        return Ok(match code {
            24 => EventKind::Paste(r.u32("length of a paste")?),
            25 => EventKind::FocusLost,
            26 => EventKind::FocusGained,
            27 => EventKind::Suspended,
            28 => EventKind::Resumed,
            _ => return Err(unknown),
        });
    }
    let key = match code % 8 {
        0 => {
            let c = r.u32("character")?;
            Key::Char(char::from_u32(c).ok_or(BytesError::Value("character", u64::from(c)))?)
        }
        1 => Key::Enter,
        2 => Key::Tab,
        3 => Key::Backspace,
        4 => Key::DeleteWord,
        _ => return Err(unknown),
    };
    Ok(match code / 8 {
        0 => EventKind::Press(key),
        1 => EventKind::Automatic(key),
        _ => EventKind::Release(key),
    })
}
