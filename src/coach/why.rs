//! Why a text was chosen, in two lines: what it practises, and what speaks for that.

use super::candidates::Candidates;
use super::mode::Mode;
use super::need::{Need, missing};
use super::track::Estimate;
use super::vocabulary::{Vocabulary, Word};

/// Most keys, and most pairs, that are named.
const NAMED: usize = 3;
/// Tries below which a key counts as new.
const NEW: u32 = 12;
/// Days after which a key counts as long unseen.
const LONG_UNSEEN: f64 = 2.0;
/// Accuracy below which a key is said to be missed often.
const MISSED: f64 = 0.93;

/// Two lines on a text of these words, with these characters beyond small letters.
#[must_use]
pub fn why(
    (words, beyond): (&[Word], &[char]),
    candidates: &Candidates<'_>,
    need: &Need,
    vocabulary: &Vocabulary,
) -> String {
    let target_ms = need.target_ms;
    let letters = vocabulary.letters();
    let size = letters.len();
    let text: Vec<usize> = words.iter().flat_map(|word| word.pairs.iter().copied()).collect();
    // How much oftener something is in the text than in running text.
    let surplus = |count: usize, share: f64| (count as f64 - share * text.len() as f64).max(0.0);
    let keys = top((1..size).map(|key| {
        let count = text.iter().filter(|pair| *pair % size == key).count();
        (surplus(count, vocabulary.key_share()[key]) * missing(&need.keys[key], target_ms), key)
    }));
    let inside = (0..size * size).filter(|pair| pair / size > 0 && pair % size > 0);
    let pairs = top(inside.map(|pair| {
        let count = text.iter().filter(|other| **other == pair).count();
        (surplus(count, vocabulary.pair_share()[pair]) * missing(&need.pairs[pair], target_ms), pair)
    }));
    let keys_named: Vec<String> = keys.iter().map(|key| letters[*key].to_string()).collect();
    let pairs_named: Vec<String> =
        pairs.iter().map(|pair| format!("{}{}", letters[pair / size], letters[pair % size])).collect();
    let first = match candidates.mode {
        Mode::SlowWords => "Words that were slow for you.".to_owned(),
        Mode::MissedWords => "Words in which you missed a key.".to_owned(),
        _ if keys.is_empty() && pairs.is_empty() => {
            "Common words: every key and common pair is at your target.".to_owned()
        }
        _ if pairs.is_empty() => format!("This text practises {}.", listed(&keys_named)),
        _ if keys.is_empty() => format!("This text practises the pairs {}.", listed(&pairs_named)),
        _ => format!("This text practises {}, and the pairs {}.", listed(&keys_named), listed(&pairs_named)),
    };
    let reason = keys.first().map_or_else(
        || "It holds what takes most time in running text.".to_owned(),
        |key| reason(letters[*key], &need.keys[*key], target_ms),
    );
    let made =
        if candidates.invented { " Too few words have only these letters, so some are made up." } else { "" };
    let beyond: Vec<String> = beyond.iter().take(NAMED).map(char::to_string).collect();
    let beyond = match beyond.as_slice() {
        [] => String::new(),
        some => format!(" Beyond small letters it has {}.", listed(some)),
    };
    format!("{first}\n{reason}{made}{beyond}")
}

/// The places with the highest weights above 0, the highest first.
fn top(weighed: impl Iterator<Item = (f64, usize)>) -> Vec<usize> {
    let mut weighed: Vec<(f64, usize)> = weighed.filter(|(weight, _)| *weight > 0.0).collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    weighed.into_iter().take(NAMED).map(|(_, place)| place).collect()
}

/// What speaks for a key.
fn reason(key: char, estimate: &Estimate, target_ms: f64) -> String {
    let ms = estimate.ms.round();
    let missed = ((1.0 - estimate.accuracy) * 100.0).round();
    if estimate.tries < NEW {
        match estimate.tries {
            0 => format!("{key} is new: you have not typed it yet."),
            1 => format!("{key} is new: you have typed it once so far."),
            tries => format!("{key} is new: you have typed it {tries} times so far."),
        }
    } else if estimate.days_unseen >= LONG_UNSEEN {
        format!("{key} was not typed for {} days, so it is due again.", estimate.days_unseen.floor())
    } else if estimate.accuracy < MISSED {
        format!("You miss {key} in {missed} of 100 tries; fewer misses save most time.")
    } else {
        format!("{key} takes you {ms} ms; your target is {} ms.", target_ms.round())
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
