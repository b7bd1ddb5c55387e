//! What is known of a learner as bytes, so that it can be kept and need not be read from the whole history again.
//!
//! # Bytes, version 1
//!
//! `0x01`; the count of right keys; the moments of the latest texts; then keys, pairs and words, each in ascending order: how
//! many there are, and for each its characters and its track. A character is its code point; a word is its length in bytes and
//! UTF-8. A track is its tries, and how many are kept of them, each as the moment less that of the one before it, the place, and
//! the milliseconds and 1 (0 for none) doubled, and 1 more where the first key was right. Numbers are varints.

use std::collections::BTreeMap;

use super::super::track::{KEPT, Track, Try};
use super::{LATEST, State};
use crate::typing::bytes::{BytesError, Reader, push_varint};

/// The first byte: another way to estimate, or another form, gets another number.
const VERSION: u8 = 1;
/// Most keys, pairs or words: more than a long life of typing brings together.
const MOST: u64 = 1 << 20;
/// Longest word in bytes.
const LONGEST_WORD: u64 = 1 << 20;

impl State {
    /// Writes the state; see the module's text for the format.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        push_varint(&mut out, self.right);
        push_varint(&mut out, self.latest.len() as u64);
        self.latest.iter().for_each(|moment| push_varint(&mut out, *moment));
        push_varint(&mut out, self.keys.len() as u64);
        for (key, track) in &self.keys {
            push_varint(&mut out, u64::from(u32::from(*key)));
            push_track(&mut out, track);
        }
        push_varint(&mut out, self.pairs.len() as u64);
        for ((before, key), track) in &self.pairs {
            push_varint(&mut out, u64::from(u32::from(*before)));
            push_varint(&mut out, u64::from(u32::from(*key)));
            push_track(&mut out, track);
        }
        push_varint(&mut out, self.words.len() as u64);
        for (word, track) in &self.words {
            push_varint(&mut out, word.len() as u64);
            out.extend_from_slice(word.as_bytes());
            push_track(&mut out, track);
        }
        out
    }

    /// Reads a state.
    ///
    /// # Errors
    /// On another version, cut or followed data, and what no history leads to.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BytesError> {
        let mut r = Reader::new(bytes);
        if r.byte("version")? != VERSION {
            return Err(BytesError::Magic("what a coach knows, version 1"));
        }
        let right = r.varint("right keys")?;
        let count = r.varint_to(LATEST as u64, "number of latest texts")?;
        let latest = (0..count).map(|_| r.varint("moment")).collect::<Result<Vec<_>, _>>()?;
        let keys = tracks(&mut r, character)?;
        let pairs = tracks(&mut r, |r| Ok((character(r)?, character(r)?)))?;
        let words = tracks(&mut r, word)?;
        r.finish()?;
        Ok(Self { keys, pairs, words, right, latest })
    }
}

fn push_track(out: &mut Vec<u8>, track: &Track) {
    push_varint(out, u64::from(track.tries()));
    push_varint(out, track.latest().len() as u64);
    let mut before = 0;
    for one in track.latest() {
        push_varint(out, one.when - before);
        before = one.when;
        push_varint(out, u64::from(one.place));
        let ms = one.ms.map_or(0, |ms| u64::from(ms) + 1);
        push_varint(out, ms << 1 | u64::from(one.first_try));
    }
}

fn character(r: &mut Reader<'_>) -> Result<char, BytesError> {
    let point = r.u32("character")?;
    char::from_u32(point).ok_or(BytesError::Value("character", u64::from(point)))
}

fn word(r: &mut Reader<'_>) -> Result<String, BytesError> {
    let length = r.varint_to(LONGEST_WORD, "length of a word")?;
    let text = str::from_utf8(r.take(length as usize, "word")?);
    text.map(str::to_owned).map_err(|why| BytesError::Text("a word", why.to_string()))
}

/// Reads tracks, which must ascend, so that there is one form only.
fn tracks<K: Ord>(
    r: &mut Reader<'_>,
    name: impl Fn(&mut Reader<'_>) -> Result<K, BytesError>,
) -> Result<BTreeMap<K, Track>, BytesError> {
    let count = r.varint_to(MOST, "number of tracks")?;
    let mut found: Vec<(K, Track)> = Vec::new();
    for n in 0..count {
        let (name, track) = (name(r)?, track(r)?);
        if found.last().is_some_and(|(last, _)| *last >= name) {
            return Err(BytesError::Value("order of tracks", n));
        }
        found.push((name, track));
    }
    Ok(found.into_iter().collect())
}

fn track(r: &mut Reader<'_>) -> Result<Track, BytesError> {
    let tries = r.u32("tries")?;
    let count = r.varint_to(KEPT as u64, "latest tries")?;
    let mut latest = Vec::with_capacity(count as usize);
    let mut when = 0_u64;
    for _ in 0..count {
        let later = r.varint("moment")?;
        when = when.checked_add(later).ok_or(BytesError::Value("moment", later))?;
        let place = r.u32("place")?;
        let packed = r.varint_to(u64::from(u32::MAX) << 1, "time")?;
        let ms = (packed >> 1).checked_sub(1).map(|ms| ms as u32);
        latest.push(Try { when, place, ms, first_try: packed & 1 == 1 });
    }
    Track::of(tries, latest).ok_or(BytesError::Value("tries", u64::from(tries)))
}
