//! How a key is reached, in words: the finger, how far it goes, and what is held down.

use crate::lessons::layout::place::{Hand, Place, Row};
use crate::lessons::layout::sign::{Press, Way};
use crate::lessons::layout::{Key, Layout};

/// How a character is typed on a layout, as a line: `e: left middle finger, one row up`. `None` where it cannot be.
pub(super) fn line(layout: &Layout, c: char) -> Option<String> {
    let Way { dead, key } = layout.way(c)?;
    let last = press(layout, key)?;
    Some(match dead {
        None => format!("{}: {last}", name(c)),
        Some(first) => {
            let sign = layout.sign(first).shown()?;
            let then = match layout.sign(key).shown()? {
                ' ' => "Space".to_owned(),
                other => other.to_string(),
            };
            format!("{}: first the dead key {sign} ({}), then {then}", name(c), press(layout, first)?)
        }
    })
}

fn press(layout: &Layout, press: Press) -> Option<String> {
    let key = layout.key(press.place)?;
    let held = match (press.shift_hand(), press.level.altgr()) {
        (Some(hand), altgr) => {
            let side = if hand == Hand::Left { "left" } else { "right" };
            let altgr = if altgr { " and AltGr" } else { "" };
            format!(", with Shift{altgr} (the {side} one)")
        }
        (None, true) => ", with AltGr".to_owned(),
        (None, false) => String::new(),
    };
    Some(format!("{}, {}{held}", key.finger.name(), way(key)))
}

/// Where the finger goes from where it rests.
fn way(key: &Key) -> String {
    if key.distance() == 0 {
        return "where it rests".to_owned();
    }
    let Place { row, column } = key.place;
    let rows = match row {
        Row::Digits => "two rows up",
        Row::Upper => "one row up",
        Row::Lower => "one row down",
        Row::Home | Row::Space => "",
    };
    let rests = key.finger.column();
    let columns = match (column.cmp(&rests), column.abs_diff(rests)) {
        (std::cmp::Ordering::Equal, _) => String::new(),
        (std::cmp::Ordering::Less, 1) => "one key to the left".to_owned(),
        (std::cmp::Ordering::Less, n) => format!("{n} keys to the left"),
        (std::cmp::Ordering::Greater, 1) => "one key to the right".to_owned(),
        (std::cmp::Ordering::Greater, n) => format!("{n} keys to the right"),
    };
    match (rows.is_empty(), columns.is_empty()) {
        (false, false) => format!("{rows}, {columns}"),
        (false, true) => rows.to_owned(),
        (true, _) => columns,
    }
}

/// What a character is called where it would be hard to see by itself.
fn name(c: char) -> String {
    match c {
        ',' => ", (comma)".to_owned(),
        '.' => ". (full stop)".to_owned(),
        ':' => ": (colon)".to_owned(),
        ';' => "; (semicolon)".to_owned(),
        '\'' => "' (apostrophe)".to_owned(),
        '"' => "\" (quotation mark)".to_owned(),
        '`' => "` (backtick)".to_owned(),
        '-' => "- (hyphen)".to_owned(),
        '_' => "_ (underscore)".to_owned(),
        '|' => "| (bar)".to_owned(),
        other => other.to_string(),
    }
}
