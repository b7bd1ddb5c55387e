//! All that is known of a learner: a track for every key, pair and word that was typed.

use std::collections::BTreeMap;

mod kept;

use super::track::{Moment, Track, Try};
use super::watch::{Seen, watch, watch_session};
use crate::typing::key::Stroke;
use crate::typing::session::Session;

/// How many texts count as just typed.
const LATEST: usize = 1;

/// Two characters, one typed after the other.
pub type Pair = (char, char);

/// What is known of a learner. Equal histories give equal states, in whatever order their texts are added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    keys: BTreeMap<char, Track>,
    pairs: BTreeMap<Pair, Track>,
    words: BTreeMap<String, Track>,
    right: u64,
    /// When the latest texts were typed, the latest last.
    latest: Vec<Moment>,
}

impl State {
    /// Adds a text that was typed at the moment `when`.
    pub fn add(&mut self, when: Moment, text: &str, strokes: &[Stroke]) {
        let chars: Vec<char> = text.chars().collect();
        let seen = watch(&chars, strokes);
        self.note(when, &chars.into_iter().map(Some).collect::<Vec<_>>(), &seen);
    }

    /// Adds a session of this program, which was typed at the moment `when`.
    pub fn add_session(&mut self, when: Moment, session: &Session) {
        let (chars, seen) = watch_session(session);
        self.note(when, &chars, &seen);
    }

    fn note(&mut self, when: Moment, chars: &[Option<char>], seen: &[Seen]) {
        for one in seen {
            let place = one.place as usize;
            let Some(key) = chars.get(place).copied().flatten() else { continue };
            let made = Try { when, place: one.place, ms: one.ms, first_try: one.first_try };
            self.right += u64::from(one.first_try);
            self.keys.entry(key).or_default().add(made);
            if let Some(before) = place.checked_sub(1).and_then(|before| chars[before]) {
                self.pairs.entry((before, key)).or_default().add(made);
            }
        }
        self.add_words(when, chars, seen);
        if let Err(place) = self.latest.binary_search(&when) {
            self.latest.insert(place, when);
            if self.latest.len() > LATEST {
                self.latest.remove(0);
            }
        }
    }

    /// A word's time is the mean time of its keys; a word not typed to its end is left out. The marks around a word are
    /// none of it.
    fn add_words(&mut self, when: Moment, chars: &[Option<char>], seen: &[Seen]) {
        let mut rest = seen;
        let mut start = 0;
        for word in chars.split(|c| c.is_some_and(char::is_whitespace)) {
            let end = start + word.len();
            let (first, last) = bare(word);
            let from = rest.partition_point(|s| (s.place as usize) < start + first);
            let to = rest.partition_point(|s| (s.place as usize) < start + last);
            let own = &rest[from..to];
            let text: Option<String> = word[first..last].iter().copied().collect();
            if let Some(text) = text.filter(|_| first < last && own.len() == last - first) {
                let times: Vec<u32> = own.iter().filter_map(|s| s.ms).collect();
                let mean = times.iter().sum::<u32>().checked_div(times.len() as u32);
                let first_try = own.iter().all(|s| s.first_try);
                let made = Try { when, place: (start + first) as u32, ms: mean, first_try };
                self.words.entry(text).or_default().add(made);
            }
            rest = &rest[to..];
            start = end + 1;
        }
    }

    /// The tries of a key.
    #[must_use]
    pub fn key(&self, key: char) -> Option<&Track> {
        self.keys.get(&key)
    }

    /// The tries of a pair, counted at its second key.
    #[must_use]
    pub fn pair(&self, pair: Pair) -> Option<&Track> {
        self.pairs.get(&pair)
    }

    /// Every key that was typed.
    pub fn keys(&self) -> impl Iterator<Item = (char, &Track)> {
        self.keys.iter().map(|(key, track)| (*key, track))
    }

    /// Every pair that was typed.
    pub fn pairs(&self) -> impl Iterator<Item = (Pair, &Track)> {
        self.pairs.iter().map(|(pair, track)| (*pair, track))
    }

    /// Every word that was typed.
    pub fn words(&self) -> impl Iterator<Item = (&str, &Track)> {
        self.words.iter().map(|(word, track)| (word.as_str(), track))
    }

    /// Whether the word was in one of the latest texts.
    #[must_use]
    pub fn was_just_typed(&self, word: &str) -> bool {
        let last = self.words.get(word).and_then(Track::last);
        last.is_some_and(|last| self.latest.first().is_some_and(|first| last >= *first))
    }

    /// How many keys were right at the first try.
    #[must_use]
    pub const fn right(&self) -> u64 {
        self.right
    }
}

/// Where a word begins and ends within the marks around it.
fn bare(word: &[Option<char>]) -> (usize, usize) {
    let of_word = |c: &Option<char>| c.is_none_or(char::is_alphanumeric);
    let first = word.iter().position(of_word).unwrap_or(word.len());
    let last = word.iter().rposition(of_word).map_or(first, |last| last + 1);
    (first, last)
}
