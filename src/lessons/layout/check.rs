//! What makes keys a layout: none is left out, no character is there twice, and each sign can be seen.

use std::collections::BTreeMap;

use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthChar;

use super::Key;
use super::place::{Form, Place};
use super::sign::{Level, Press, Sign};
use crate::lessons::problem::{is_id, without_controls};

/// Longest name of a layout in characters: it stands in lists beside others.
const MAX_NAME: usize = 40;

/// Checks what a file calls a layout: the file's own name and the name in it.
pub(super) fn names(id: &str, name: &str) -> Result<(), String> {
    if !is_id(id) {
        return Err(format!("file name `{id}` must be lower-case letters, digits and hyphens"));
    }
    let length = name.chars().count();
    if !(1..=MAX_NAME).contains(&length) || without_controls(name) != name {
        return Err(format!("`name` must be 1 to {MAX_NAME} characters that can be seen"));
    }
    Ok(())
}

/// Checks keys: each types something by itself, except where it is `spare`, and no sign is there twice.
pub(super) fn keys(keys: &[Key], form: Form, spare: impl Fn(Place) -> bool) -> Result<(), String> {
    let mut typed: BTreeMap<(char, bool), Press> = BTreeMap::new();
    for level in Level::ALL {
        for key in keys {
            let press = Press { place: key.place, level };
            let (c, dead) = match key.sign(level) {
                Sign::Nothing if level == Level::Plain && !spare(key.place) => {
                    return Err(format!("{} is left out: each key types something", named(press, form)));
                }
                Sign::Nothing => continue,
                Sign::Char(c) => (c, false),
                Sign::Dead(c) => (c, true),
            };
            if !can_be_seen(c) {
                let code = u32::from(c);
                return Err(format!("{} has U+{code:04X}, which cannot be seen", named(press, form)));
            }
            if let Some(other) = typed.insert((c, dead), press) {
                let dead = if dead { "dead key " } else { "" };
                return Err(format!(
                    "{dead}`{c}` is there twice: {} and {}",
                    named(other, form),
                    named(press, form)
                ));
            }
        }
    }
    Ok(())
}

/// Whether a sign can stand on a key.
fn can_be_seen(c: char) -> bool {
    let seen = c.width().is_some_and(|width| width > 0) || is_combining_mark(c);
    seen && !c.is_whitespace() && without_controls(c.encode_utf8(&mut [0; 4])) == *c.encode_utf8(&mut [0; 4])
}

/// `key 3 of home with Shift`: as somebody counts who has the file.
pub(super) fn named(press: Press, form: Form) -> String {
    let Press { place: Place { row, column }, level } = press;
    let number = 1 + column.saturating_sub(*form.columns(row).start());
    let held = match level {
        Level::Plain => "",
        Level::Shift => " with Shift",
        Level::AltGr => " with AltGr",
        Level::AltGrShift => " with Shift and AltGr",
    };
    format!("key {number} of {}{held}", row.name())
}
