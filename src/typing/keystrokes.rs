//! How each key and each pair of keys went in a session: tries, errors and times, in a form that adds up over sessions.
//!
//! # Bytes, version 1
//!
//! `0x01`, then the keys and the pairs, each in ascending order: their number, and for each its characters (one or two,
//! each its length in bytes and UTF-8), hits, misses, timed hits, sum of the times, sum of their squares. Numbers are
//! varints (LEB128, shortest form).

use std::collections::{BTreeMap, HashSet};

use super::attempt::Attempt;
use super::bytes::{BytesError, Reader, push_varint};
use super::conduct::Conduct;
use super::key::Millis;
use super::session::{ReplayError, Session};
use super::text::{Grapheme, MAX_GRAPHEMES};

/// The first byte of the form that is kept; another derivation gets another number.
const VERSION: u8 = 1;
/// Longest character in bytes: a cluster of 32 code points of four bytes.
const MAX_CHARACTER: u64 = 128;

/// How one key or pair went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// Times it was typed right.
    pub hits: u32,
    /// Times something else was typed in its place.
    pub misses: u32,
    /// Hits that have a time.
    pub timed: u32,
    /// Milliseconds from the caret's arrival to the right key, wrong tries included, over all timed hits.
    pub total_ms: u64,
    /// The sum of the squares of these times, in square milliseconds: what their spread is computed from.
    pub squares_ms2: u64,
}

impl Times {
    /// The mean time in milliseconds, rounded down; 0 where there is no timed hit.
    #[must_use]
    pub fn mean_ms(&self) -> u32 {
        // A mean is no larger than the largest time, which fits.
        self.total_ms.checked_div(u64::from(self.timed)).unwrap_or(0) as u32
    }

    fn add(&mut self, other: &Self) {
        self.hits = self.hits.saturating_add(other.hits);
        self.misses = self.misses.saturating_add(other.misses);
        self.timed = self.timed.saturating_add(other.timed);
        self.total_ms = self.total_ms.saturating_add(other.total_ms);
        self.squares_ms2 = self.squares_ms2.saturating_add(other.squares_ms2);
    }
}

/// A character and the one before it in the text.
pub type Pair = (Grapheme, Grapheme);

/// Every key and every pair of keys that came up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keystrokes {
    /// By the character that was due.
    pub keys: BTreeMap<Grapheme, Times>,
    /// By the character before it in the text and the character that was due. A pair is timed only where its first
    /// character was typed right just before.
    pub pairs: BTreeMap<Pair, Times>,
}

/// Why an attempt has no keystrokes to count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeystrokesError {
    /// The file of the attempt cannot be read.
    #[error(transparent)]
    Bytes(#[from] BytesError),
    /// Its log is not of its exercise.
    #[error(transparent)]
    Replay(#[from] ReplayError),
}

impl Keystrokes {
    /// Counts the keystrokes of a session. The very first key has no time of its own, since it starts the clock.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        let graphemes = session.exercise().text.graphemes();
        let by_program = margins(session);
        // What the program typed lies between no two keys.
        let before_in_text = |due: u32| (0..due).rev().find(|place| !by_program.contains(place));
        let insertions = session.insertions();
        let mut counted = Self::default();
        let (mut due_now, mut arrived, mut straight): (Option<u32>, Millis, bool) = (None, 0, false);
        for (i, insertion) in insertions.iter().enumerate() {
            let Some((due, grapheme)) = insertion.due.and_then(|d| Some((d, graphemes.get(d as usize)?)))
            else {
                continue;
            };
            if due_now != insertion.due {
                let before = i.checked_sub(1).and_then(|k| insertions.get(k));
                due_now = insertion.due;
                arrived = before.map_or(0, |before| before.at);
                straight = before.is_some_and(|before| before.right && before.due == before_in_text(due));
            }
            let time = (insertion.right && i > 0).then(|| u64::from(insertion.at.saturating_sub(arrived)));
            let pair = before_in_text(due).and_then(|before| graphemes.get(before as usize));
            note(counted.keys.entry(grapheme.clone()).or_default(), insertion.right, time);
            if let Some(before) = pair {
                let times = counted.pairs.entry((before.clone(), grapheme.clone())).or_default();
                note(times, insertion.right, time.filter(|_| straight));
            }
        }
        counted
    }

    /// Counts the keystrokes of an attempt file, by replaying it.
    ///
    /// # Errors
    /// When the file cannot be read or its log cannot be replayed.
    pub fn of_attempt(bytes: &[u8]) -> Result<Self, KeystrokesError> {
        Ok(Self::of(&Attempt::from_bytes(bytes)?.replay()?))
    }

    /// Writes the keystrokes; see the module's text for the format.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        push_varint(&mut out, self.keys.len() as u64);
        for (key, times) in &self.keys {
            push_character(&mut out, key);
            push_times(&mut out, times);
        }
        push_varint(&mut out, self.pairs.len() as u64);
        for ((before, key), times) in &self.pairs {
            push_character(&mut out, before);
            push_character(&mut out, key);
            push_times(&mut out, times);
        }
        out
    }

    /// Reads keystrokes.
    ///
    /// # Errors
    /// On another version, cut or followed data, and values that cannot be.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BytesError> {
        let mut read = Self::default();
        read.add_bytes(bytes)?;
        Ok(read)
    }

    /// Reads keystrokes and adds them: thousands of tests are added up in little more time than it takes to read them.
    ///
    /// # Errors
    /// As for [`Self::from_bytes`]; the sum is then of no use.
    pub fn add_bytes(&mut self, bytes: &[u8]) -> Result<(), BytesError> {
        let mut r = Reader::new(bytes);
        if r.byte("version")? != VERSION {
            return Err(BytesError::Magic("keystroke times, version 1"));
        }
        add_entries(&mut r, &mut self.keys, character)?;
        add_entries(&mut r, &mut self.pairs, |r| Ok((character(r)?, character(r)?)))?;
        r.finish()
    }
}

/// Where in the text the program typed: nowhere, by most rules.
fn margins(session: &Session) -> HashSet<u32> {
    let text = &session.exercise().text;
    let words = 0..if session.conduct() == Conduct::Third { text.word_count() } else { 0 };
    let margin = |word: usize| (text.word_range(word).start as u32..).take(text.margin(word));
    words.flat_map(margin).collect()
}

fn note(times: &mut Times, right: bool, time: Option<u64>) {
    times.add(&Times {
        hits: u32::from(right),
        misses: u32::from(!right),
        timed: u32::from(time.is_some()),
        total_ms: time.unwrap_or(0),
        squares_ms2: time.map_or(0, |ms| ms.saturating_mul(ms)),
    });
}

fn push_character(out: &mut Vec<u8>, character: &Grapheme) {
    let mut text = String::new();
    character.push_to(&mut text);
    push_varint(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

fn push_times(out: &mut Vec<u8>, times: &Times) {
    for n in [times.hits, times.misses, times.timed] {
        push_varint(out, u64::from(n));
    }
    push_varint(out, times.total_ms);
    push_varint(out, times.squares_ms2);
}

/// Reads entries, which must ascend, so that there is one form only; as the sum does, both are gone through side by side.
fn add_entries<K: Ord + Clone>(
    r: &mut Reader<'_>,
    to: &mut BTreeMap<K, Times>,
    key: impl Fn(&mut Reader<'_>) -> Result<K, BytesError>,
) -> Result<(), BytesError> {
    let count = r.varint_to(MAX_GRAPHEMES as u64, "number of keys")?;
    let (mut known, mut new, mut last) = (to.iter_mut().peekable(), Vec::new(), None);
    for n in 0..count {
        let (key, times) = (key(r)?, times(r)?);
        if last.as_ref().is_some_and(|last| *last >= key) {
            return Err(BytesError::Value("order of keys", n));
        }
        while known.next_if(|(before, _)| **before < key).is_some() {}
        match known.peek_mut() {
            Some((same, sum)) if **same == key => sum.add(&times),
            _ => new.push((key.clone(), times)),
        }
        last = Some(key);
    }
    to.extend(new);
    Ok(())
}

fn character(r: &mut Reader<'_>) -> Result<Grapheme, BytesError> {
    let length = r.varint_to(MAX_CHARACTER, "length of a character")?;
    let text = str::from_utf8(r.take(length as usize, "character")?);
    let text = text.map_err(|why| BytesError::Text("a character", why.to_string()))?;
    Grapheme::new(text).ok_or(BytesError::Value("length of a character", 0))
}

fn times(r: &mut Reader<'_>) -> Result<Times, BytesError> {
    let times = Times {
        hits: r.u32("hits")?,
        misses: r.u32("misses")?,
        timed: r.u32("timed hits")?,
        total_ms: r.varint("sum of times")?,
        squares_ms2: r.varint("sum of squares")?,
    };
    if times.timed > times.hits {
        return Err(BytesError::Value("timed hits", u64::from(times.timed)));
    }
    Ok(times)
}
