//! How much text a test needs, so that nobody reaches its end before the time is up.

use super::level::Level;
use super::terms::TextSource;
use crate::typing::rules::{Limit, Rules};
use crate::typing::text::{MAX_GRAPHEMES, Text};

/// Characters a second for which a text must last: 264 WPM, a fifth above the fastest long tests on record (about 220).
pub const CHARACTERS_PER_SECOND: u32 = 22;
/// Words drawn for a test that ends with its text.
pub const WORDS_IN_A_TEXT: u32 = 100;
/// Characters that every shipped passage has at least; a test holds that.
pub(super) const SHIPPED_PASSAGE: usize = 1_800;

/// Characters that a text must have so that nobody reaches its end before the time is up; 1 where the text is the limit.
pub fn needed_graphemes(rules: &Rules) -> usize {
    match rules.limit {
        Limit::Seconds(s) => (s.saturating_mul(CHARACTERS_PER_SECOND) as usize).min(MAX_GRAPHEMES),
        Limit::Text => 1,
    }
}

/// Words that a test under these rules needs.
pub fn needed_words(rules: &Rules) -> u32 {
    match rules.limit {
        Limit::Seconds(_) => (needed_graphemes(rules) as u32).div_ceil(5),
        Limit::Text => WORDS_IN_A_TEXT,
    }
}

/// The fewest characters of a test that ended before its time was up, right and wrong ones together: its whole text. 1
/// where nothing is known of the text's length, and where the text is the limit.
#[must_use]
pub fn least_at_the_end(level: &Level) -> u32 {
    let least = match (&level.source, level.rules.limit) {
        (_, Limit::Text) => 1,
        (TextSource::Own(text), _) => Text::new(text, level.lookalikes).map_or(1, |t| t.graphemes().len()),
        // A word and a space have two characters at least; no space follows the last word.
        (TextSource::Words(_), _) => needed_words(&level.rules) as usize * 2 - 1,
        (TextSource::Passages(_), _) if level.ends_early => 1,
        // The line break behind the last passage was counted, and is not there.
        (TextSource::Passages(_), _) => needed_graphemes(&level.rules) - 1,
    };
    u32::try_from(least).unwrap_or(u32::MAX)
}
