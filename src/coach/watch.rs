//! From keystrokes to tries: for every place of a text, how long the caret waited for the right key.
//!
//! The time runs from the caret's first arrival until the right key, wrong tries and their mending included, so that
//! mashing keys gains nothing. A place that was right is not counted again when it is typed anew.

use std::collections::BTreeMap;

use crate::typing::key::{Key, Stroke};
use crate::typing::session::Session;

/// Longest time of a try in milliseconds; what lies beyond is a pause, not typing.
pub const LONGEST_MS: u32 = 5_000;

/// One place of a text, as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Place in the text, in characters from 0.
    pub place: u32,
    /// Milliseconds from the caret's arrival to the right key, at most [`LONGEST_MS`]; `None` for the first place, and
    /// for one that stayed wrong.
    pub ms: Option<u32>,
    /// Whether the first try was right.
    pub first_try: bool,
}

/// What was seen while `text` was typed, by place. Programs differ in what a wrong key does: the caret goes on until
/// Backspace, or it waits. Of the two readings that counts which finds more right keys.
#[must_use]
pub fn watch(text: &[char], strokes: &[Stroke]) -> Vec<Seen> {
    let right = |seen: &[Seen]| seen.iter().filter(|s| s.first_try || s.ms.is_some()).count();
    let goes_on = follow(text, strokes, false);
    let waits = follow(text, strokes, true);
    if right(&waits) > right(&goes_on) { waits } else { goes_on }
}

/// What was seen in a session of this program, by place: it says itself which character was due. The characters of its text
/// are `None` where one key types none of them.
#[must_use]
pub fn watch_session(session: &Session) -> (Vec<Option<char>>, Vec<Seen>) {
    let chars = session.exercise().text.graphemes().iter().map(|grapheme| grapheme.as_char()).collect();
    let mut places: BTreeMap<u32, Place> = BTreeMap::new();
    let mut before = None;
    for insertion in session.insertions() {
        if let Some(due) = insertion.due {
            let place = places.entry(due).or_insert(Place { arrived: before, ..Place::default() });
            place.try_key(insertion.right, insertion.at);
        }
        before = Some(insertion.at);
    }
    (chars, places.into_iter().map(|(at, place)| place.seen(at)).collect())
}

/// What is known of a place so far.
#[derive(Clone, Copy, Default)]
struct Place {
    arrived: Option<u32>,
    wrong: bool,
    right_at: Option<u32>,
}

impl Place {
    fn try_key(&mut self, right: bool, at: u32) {
        if self.right_at.is_none() {
            self.wrong |= !right;
            self.right_at = right.then_some(at);
        }
    }

    fn seen(&self, place: u32) -> Seen {
        let time = self.right_at.zip(self.arrived).map(|(right, arrived)| right.saturating_sub(arrived));
        Seen { place, ms: time.map(|ms| ms.min(LONGEST_MS)), first_try: !self.wrong }
    }
}

fn follow(text: &[char], strokes: &[Stroke], waits: bool) -> Vec<Seen> {
    let mut places = vec![Place::default(); text.len()];
    let mut caret = 0;
    for stroke in strokes {
        let Some(typed) = character(stroke.key) else {
            caret = back(text, caret, stroke.key, waits);
            continue;
        };
        let Some(place) = places.get_mut(caret) else { continue };
        let right = text[caret] == typed;
        place.try_key(right, stroke.at);
        if right || !waits {
            caret += 1;
            if let Some(next) = places.get_mut(caret) {
                next.arrived.get_or_insert(stroke.at);
            }
        }
    }
    let tried = |place: &Place| place.wrong || place.right_at.is_some();
    let seen = places.iter().enumerate().filter(|(_, place)| tried(place));
    seen.map(|(i, place)| place.seen(i as u32)).collect()
}

/// The character a key gives; `None` for one that takes back.
fn character(key: Key) -> Option<char> {
    match key {
        Key::Char(c) => Some(c),
        Key::Enter => Some('\n'),
        Key::Tab => Some('\t'),
        Key::Backspace | Key::DeleteWord => None,
    }
}

/// Where the caret stands after a key that takes back.
fn back(text: &[char], caret: usize, key: Key, waits: bool) -> usize {
    if waits {
        return caret;
    }
    let before = &text[..caret];
    match key {
        Key::DeleteWord => {
            let word = before.iter().rposition(|c| !c.is_whitespace());
            word.and_then(|end| before[..end].iter().rposition(|c| c.is_whitespace())).map_or(0, |i| i + 1)
        }
        _ => caret.saturating_sub(1),
    }
}
