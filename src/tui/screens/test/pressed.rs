//! What keys are to a test, and which characters few keyboards have.

use crate::sitting::Sitting;
use crate::tui::input::KeyPress;
use crate::typing::key::Key;
use crate::typing::rules::Clock;
use crate::typing::session::Phase;
use crate::typing::text::Grapheme;

/// How many of the characters that few keyboards have are named, at most.
const NAMED: usize = 8;

/// Names characters that few keyboards have, the first ones of many.
pub(super) fn few_have(keyless: &[&Grapheme]) -> String {
    let named: Vec<String> = keyless.iter().take(NAMED).map(ToString::to_string).collect();
    let more = if keyless.len() > NAMED { " …" } else { "" };
    format!("Not on most keyboards: {}{more}", named.join(" "))
}

/// Whether a key is for the sitting: before a start signal only Enter is.
pub(super) fn waits_for(sitting: &Sitting, key: Key) -> bool {
    let by_signal = sitting.session().exercise().rules.clock == Clock::StartSignal;
    !by_signal || sitting.phase() != Phase::Ready || key == Key::Enter
}

/// What a key is to the typing core.
pub(super) fn typing_key(key: KeyPress) -> Option<Key> {
    match key {
        KeyPress::Char(c) => Some(Key::Char(c)),
        KeyPress::Enter => Some(Key::Enter),
        KeyPress::Tab => Some(Key::Tab),
        KeyPress::Backspace => Some(Key::Backspace),
        KeyPress::DeleteWord => Some(Key::DeleteWord),
        _ => None,
    }
}
