//! Keys, counts and interruptions of a test, as lines under its graph.

use crate::lessons::wording::counted;
use crate::tui::screens::parts;
use crate::typing::hidden::Hidden;
use crate::typing::insight::KeyFigures;
use crate::typing::log::EventKind;
use crate::typing::score::Score;
use crate::typing::session::Session;
use crate::typing::text::Grapheme;

/// A key must have come up so often to be called slow: one slip is no habit.
const SLOW_FROM: u32 = 2;

/// Keys, counts and interruptions: labels with lines of whole items in so many columns.
pub(super) fn of(
    session: &Session,
    (score, hidden): (&Score, Hidden),
    keys: &[KeyFigures],
    width: u16,
) -> Vec<(&'static str, Vec<String>)> {
    let mut slow: Vec<_> = keys.iter().filter(|key| key.hits >= SLOW_FROM && key.mean_ms > 0).collect();
    slow.sort_by_key(|key| std::cmp::Reverse(key.mean_ms));
    let mut missed: Vec<_> = keys.iter().filter(|key| key.misses > 0).collect();
    missed.sort_by_key(|key| std::cmp::Reverse(key.misses));
    let slow = list(&slow, |key| format!("{} {} ms", name(&key.grapheme), key.mean_ms));
    let missed =
        list(&missed, |key| format!("{} {} of {}", name(&key.grapheme), key.misses, key.hits + key.misses));
    let c = &score.counts;
    let mut typed = vec![counted(c.typed, "character"), format!("{} correct at first", c.right)];
    typed.extend((c.fixes > 0).then(|| counted(c.fixes, "deletion")));
    let mut text = vec![format!("{} correct", c.correct), format!("{} wrong", c.incorrect_left)];
    text.extend((c.incorrect_fixed > 0).then(|| format!("{} corrected", c.incorrect_fixed)));
    let lines = [
        ("Slowest keys", parts::items(&slow, "   ", width)),
        ("Most missed", parts::items(&missed, "   ", width)),
        ("Typed", parts::items(&typed, ", ", width)),
        ("Final text", parts::items(&text, ", ", width)),
        ("Also noted", parts::items(&noted(session, hidden), ", ", width)),
    ];
    lines.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

/// What happened besides typing.
fn noted(session: &Session, hidden: Hidden) -> Vec<String> {
    let log = session.log();
    let events = log.iter().flat_map(|log| &log.events).map(|event| event.what);
    let (mut left, mut stopped, mut pasted) = (0, 0, 0);
    for what in events {
        match what {
            EventKind::FocusLost => left += 1,
            EventKind::Suspended => stopped += 1,
            EventKind::Paste(characters) => pasted += characters,
            _ => {}
        }
    }
    let times = |n: u32, what: &str| (n > 0).then(|| format!("{what} {}", counted(n, "time")));
    let pasted = (pasted > 0).then(|| format!("{} pasted and not counted", counted(pasted, "character")));
    let hidden = (!hidden.is_nothing()).then(|| format!("{hidden} hidden"));
    let noted = [times(left, "window left"), times(stopped, "program stopped"), pasted, hidden];
    noted.into_iter().flatten().collect()
}

/// The first entries of a list.
fn list(keys: &[&KeyFigures], entry: impl Fn(&KeyFigures) -> String) -> Vec<String> {
    keys.iter().take(5).map(|key| entry(key)).collect()
}

/// What a key is called.
fn name(grapheme: &Grapheme) -> String {
    match grapheme {
        Grapheme::One(' ') => "space".to_owned(),
        Grapheme::One('\n') => "Enter".to_owned(),
        other => other.to_string(),
    }
}
