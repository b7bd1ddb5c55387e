//! What a session shows beyond its score: speed over time, slow and missed keys, and other tools' figures.

use super::keystrokes::{Keystrokes, Times};
use super::score::{Score, share_bp, wpm_x100};
use super::session::{Session, TypedWord};
use super::text::Grapheme;

/// One second of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Second {
    /// Speed of the characters inserted in this second, hundredths of a word per minute.
    pub wpm_x100: u32,
    /// Of these, wrong ones.
    pub wrong: u32,
}

/// How one character of the text went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFigures {
    /// The character that was due.
    pub grapheme: Grapheme,
    /// Times it was typed right.
    pub hits: u32,
    /// Times something else was typed in its place.
    pub misses: u32,
    /// Mean time in milliseconds from the caret's arrival to the right key, wrong tries included; 0 without a hit.
    pub mean_ms: u32,
}

/// The same log by other definitions, so that figures can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct OtherMetrics {
    /// Classical gross: every entry / 5 / minutes, hundredths.
    pub classical_gross_wpm_x100: u32,
    /// Classical net: classical gross less uncorrected errors a minute, hundredths.
    pub classical_net_wpm_x100: u32,
    /// The final text / 5 / minutes, hundredths.
    pub final_gross_wpm_x100: u32,
    /// That less uncorrected errors a minute, hundredths.
    pub final_net_wpm_x100: u32,
    /// monkeytype's wpm: characters of right words, their spaces included, hundredths.
    pub monkeytype_wpm_x100: u32,
    /// monkeytype's raw, hundredths.
    pub monkeytype_raw_x100: u32,
    /// monkeytype's accuracy in basis points.
    pub monkeytype_accuracy_bp: u32,
    /// monkeytype's consistency in basis points: kogasa of the variation of raw speed a second.
    pub monkeytype_consistency_bp: u32,
}

/// Speed and errors second by second; the last, partial second is scaled to its length.
pub fn seconds(session: &Session) -> Vec<Second> {
    let second = |b: Bucket| Second { wpm_x100: wpm_x100(b.typed, b.ms), wrong: b.wrong };
    buckets(session).into_iter().map(second).collect()
}

/// What was inserted in a second, and how long that second was.
#[derive(Clone, Default)]
struct Bucket {
    typed: u64,
    wrong: u32,
    ms: u64,
}

fn buckets(session: &Session) -> Vec<Bucket> {
    let duration = session.duration().unwrap_or_else(|| session.last_at()).max(1);
    let mut out = vec![Bucket { ms: 1_000, ..Bucket::default() }; duration.div_ceil(1_000) as usize];
    if let Some(last) = out.last_mut() {
        last.ms = u64::from((duration - 1) % 1_000 + 1);
    }
    for insertion in session.insertions() {
        let at = (insertion.at.min(duration - 1) / 1_000) as usize;
        if let Some(bucket) = out.get_mut(at) {
            bucket.typed += 1;
            bucket.wrong += u32::from(!insertion.right);
        }
    }
    out
}

/// Every character of the text that came up, in the order of the characters. The very first key has no time of its
/// own, since it starts the clock.
pub fn keys(session: &Session) -> Vec<KeyFigures> {
    let figures = |(grapheme, times): (Grapheme, Times)| {
        let mean_ms = times.mean_ms();
        KeyFigures { grapheme, hits: times.hits, misses: times.misses, mean_ms }
    };
    Keystrokes::of(session).keys.into_iter().map(figures).collect()
}

/// The figures that other tools would show for this session.
pub fn elsewhere(session: &Session, score: &Score) -> OtherMetrics {
    let c = &score.counts;
    let ms = u64::from(c.duration_ms);
    let net =
        |characters: u32| wpm_x100(u64::from(characters).saturating_sub(u64::from(c.incorrect_left) * 5), ms);
    let (right_words, raw) = monkeytype_characters(session);
    OtherMetrics {
        classical_gross_wpm_x100: wpm_x100(u64::from(c.typed), ms),
        classical_net_wpm_x100: net(c.typed),
        final_gross_wpm_x100: wpm_x100(u64::from(c.standing), ms),
        final_net_wpm_x100: net(c.standing),
        monkeytype_wpm_x100: wpm_x100(right_words, ms),
        monkeytype_raw_x100: wpm_x100(raw, ms),
        monkeytype_accuracy_bp: share_bp(c.right, c.typed),
        monkeytype_consistency_bp: kogasa_bp(session),
    }
}

/// monkeytype's counts: characters of right words with their spaces, and all that stands.
fn monkeytype_characters(session: &Session) -> (u64, u64) {
    let count = |(i, word): (usize, &TypedWord)| {
        let n = (word.typed_by_hand() + usize::from(word.separator.is_some())) as u64;
        (if session.word_is_right(i) { n } else { 0 }, n)
    };
    session.words().iter().enumerate().map(count).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
}

/// 100·(1 − tanh(c + c³/3 + c⁵/5)) of the variation c of speed a second, in basis points. Floating point, since it
/// is only ever shown.
fn kogasa_bp(session: &Session) -> u32 {
    // Hundredths over a hundred times the time: whole words per minute, rounded once.
    let speed = |b: Bucket| f64::from(wpm_x100(b.typed, b.ms * 100));
    let speeds: Vec<f64> = buckets(session).into_iter().map(speed).collect();
    let n = speeds.len() as f64;
    let mean = speeds.iter().sum::<f64>() / n;
    let variance = speeds.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / n;
    let c = variance.sqrt() / mean;
    let kogasa = 100.0 * (1.0 - (c + c.powi(3) / 3.0 + c.powi(5) / 5.0).tanh());
    if kogasa.is_nan() { 0 } else { (kogasa * 100.0).round().clamp(0.0, 10_000.0) as u32 }
}
