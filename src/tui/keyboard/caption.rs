//! Which finger takes the next key, in words.

use crate::lessons::layout::Layout;
use crate::lessons::layout::place::{Finger, Hand, Place};
use crate::lessons::layout::sign::{Level, Press, Sign};
use crate::typing::key::Key as Typed;

use super::Next;

/// What to do for the next key: `F: left index finger, right little finger on Shift`.
#[must_use]
pub fn caption(layout: &Layout, key: Option<Typed>) -> String {
    let name = match key {
        Some(Typed::Enter) => return format!("Enter: {}", Finger::RightLittle.name()),
        Some(Typed::Char(' ')) => return "Space: either thumb".to_owned(),
        Some(Typed::Char(c)) => c,
        Some(Typed::Tab | Typed::Backspace | Typed::DeleteWord) | None => return String::new(),
    };
    match *Next::of(layout, key).presses {
        [] => format!("{name}: no key of {} types it", layout.name),
        [press] => format!("{name}: {}", how(layout, press)),
        [dead, then, ..] => {
            let sign = |press| layout.sign(press).shown().unwrap_or(' ');
            let after = match (layout.sign(then), then.place) {
                (_, Place::SPACE) => "Space".to_owned(),
                (Sign::Char(c), _) => format!("{c} ({})", how(layout, then)),
                _ => String::new(),
            };
            format!("{name}: {} ({}), then {after}", sign(dead), how(layout, dead))
        }
    }
}

/// The finger that takes a character last, if the layout types it: for whoever missed it.
#[must_use]
pub fn finger_of(layout: &Layout, c: char) -> Option<&'static str> {
    layout.key_of(c).map(|key| key.finger.name())
}

fn how(layout: &Layout, press: Press) -> String {
    let finger = layout.key(press.place).map_or(Finger::Thumb, |key| key.finger).name();
    let shift = press.shift_hand().map(|hand| match hand {
        Hand::Left => Finger::LeftLittle.name(),
        Hand::Right => Finger::RightLittle.name(),
    });
    match (press.level, shift) {
        (Level::Plain, _) => finger.to_owned(),
        (Level::AltGr, _) => format!("{finger}, right thumb on AltGr"),
        (Level::Shift, Some(shift)) => format!("{finger}, {shift} on Shift"),
        (Level::Shift | Level::AltGrShift, _) => format!("{finger}, with Shift and AltGr"),
    }
}
