//! A text of given words, each several times and in changing order: the words of a test that were slow or missed.

use std::collections::BTreeMap;

use super::watch::watch_session;
use crate::lessons::generator::Generator;
use crate::typing::session::Session;

/// About how long a text is, in characters.
const LENGTH: usize = 150;
/// How often a word comes at most.
const MOST: usize = 5;
/// How many words of a test are practised at most.
const WORDS: usize = 12;
/// A word is slow that takes this much of the mean time of a key in its test.
const SLOW: f64 = 1.25;

/// A text of these words; empty without any.
#[must_use]
pub fn drill(words: &[String], generator: &mut Generator) -> String {
    let mut text = String::new();
    for _ in 0..MOST {
        if text.chars().count() >= LENGTH {
            break;
        }
        let mut order: Vec<&str> = words.iter().map(String::as_str).collect();
        generator.shuffle(&mut order);
        for word in order {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
    }
    text
}

/// A word of a test, as it went.
struct Went {
    keys: u32,
    missed: bool,
    ms: u64,
    timed: u32,
}

impl Went {
    fn mean(&self) -> f64 {
        self.ms as f64 / f64::from(self.timed.max(1))
    }
}

/// Words of a test, as they stand in its text: those in which a key was missed, and those that were slow, the slowest first.
#[must_use]
pub fn trouble(session: &Session) -> (Vec<String>, Vec<String>) {
    let words = went(session);
    let (ms, timed) = words.values().fold((0, 0), |(ms, timed), word| (ms + word.ms, timed + word.timed));
    let mean = ms as f64 / f64::from(timed.max(1));
    let missed = words.iter().filter(|(_, word)| word.missed).map(|(text, _)| text.clone());
    let is_slow = |word: &Went| word.keys > 1 && word.timed > 1 && word.mean() > SLOW * mean;
    let mut slow: Vec<(&String, &Went)> = words.iter().filter(|(_, word)| is_slow(word)).collect();
    slow.sort_by(|a, b| b.1.mean().total_cmp(&a.1.mean()).then(a.0.cmp(b.0)));
    (missed.take(WORDS).collect(), slow.into_iter().map(|(text, _)| text.clone()).take(WORDS).collect())
}

/// Every word of a session that was typed or begun, by its text.
fn went(session: &Session) -> BTreeMap<String, Went> {
    let (chars, seen) = watch_session(session);
    let mut words: BTreeMap<String, Went> = BTreeMap::new();
    let mut start = 0;
    for word in chars.split(|c| c.is_some_and(char::is_whitespace)) {
        let end = start + word.len();
        let from = seen.partition_point(|one| (one.place as usize) < start);
        let to = seen.partition_point(|one| (one.place as usize) < end);
        let text: Option<String> = word.iter().copied().collect();
        if let Some(text) = text.filter(|text| !text.is_empty() && from < to) {
            let one = words.entry(text).or_insert(Went { keys: 0, missed: false, ms: 0, timed: 0 });
            one.keys += word.len() as u32;
            for key in &seen[from..to] {
                one.missed |= !key.first_try;
                one.ms += u64::from(key.ms.unwrap_or(0));
                one.timed += u32::from(key.ms.is_some());
            }
        }
        start = end + 1;
    }
    words
}
