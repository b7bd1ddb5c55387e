//! Layouts in the form of the program Kalamine (TOML): a keyboard drawn in characters, with a second one on each key.
//!
//! Of such a file this takes the name, the geometry and the drawings. `base` has the signs alone and with Shift, and
//! beside them what the key makes after the dead key `**`; `full` or `altgr` has the signs with AltGr there.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::place::{Form, Place, Row};
use super::sign::{Level, Press, Sign};
use super::{About, Key, Layout, check};
use crate::lessons::problem::Reading;
use crate::lessons::terms::Origin;

/// The dead key that has a drawing of its own, and the sign by which it is shown.
const OWN_DEAD: (char, char) = ('*', '★');

/// Columns from one key of a drawing to the next.
const STEP: usize = 6;

#[derive(Deserialize)]
struct File {
    name: String,
    #[serde(default = "iso")]
    geometry: String,
    base: Option<String>,
    full: Option<String>,
    altgr: Option<String>,
    extends: Option<String>,
}

fn iso() -> String {
    "ISO".to_owned()
}

/// A keyboard as it is drawn.
#[derive(Clone, Copy)]
struct Drawn {
    form: Form,
    /// The columns of the first key of each row.
    first: [usize; 4],
    /// Whether the outer keys may be missing.
    small: bool,
}

/// Two levels of a drawing, by the places of keys.
type Pair = BTreeMap<Place, [Sign; 2]>;

/// Reads a layout file of Kalamine; `None` when it cannot be used, which `reading` then says.
pub fn read(reading: &mut Reading<'_>, origin: Origin) -> Option<Layout> {
    let file: File = reading.whole(|id, file: &File| {
        check::names(id, &file.name)?;
        keys(file).map(drop)
    })?;
    // They were made when the file was checked.
    let (form, keys, made) = keys(&file).ok()?;
    let id = reading.id().to_owned();
    let about = About { id, name: file.name, form, aliases: Vec::new(), locales: Vec::new(), origin };
    Some(Layout::of(about, keys, made))
}

/// The form of the keyboard, its keys, and what the dead key with a drawing of its own makes.
#[expect(clippy::type_complexity, reason = "three parts that the caller takes apart at once")]
fn keys(file: &File) -> Result<(Form, Vec<Key>, BTreeMap<(char, char), char>), String> {
    if file.extends.is_some() {
        return Err("`extends` names another file; write everything into this one".to_owned());
    }
    let drawn = geometry(&file.geometry)?;
    let (base, drawing) = match (&file.full, &file.base) {
        (Some(full), _) => ("full", full),
        (None, Some(base)) => ("base", base),
        (None, None) => return Err("there is neither `base` nor `full` in it".to_owned()),
    };
    let alone = pair(drawing, base, drawn, 0)?;
    let beside = pair(drawing, base, drawn, 2)?;
    let altgr = match &file.altgr {
        _ if file.full.is_some() => beside.clone(),
        Some(altgr) => pair(altgr, "altgr", drawn, 2)?,
        None => Pair::new(),
    };
    let keys = joined(&alone, &altgr, drawn)?;
    let made = if file.full.is_some() { BTreeMap::new() } else { made(&alone, &beside) };
    Ok((drawn.form, keys, made))
}

fn geometry(name: &str) -> Result<Drawn, String> {
    let drawn = |form, first, small| Ok(Drawn { form, first, small });
    match name.to_ascii_uppercase().as_str() {
        "ANSI" => drawn(Form::Ansi, [2, 11, 12, 15], false),
        "ISO" => drawn(Form::Iso, [2, 11, 12, 9], false),
        "ERGO" => drawn(Form::Iso, [2, 8, 8, 2], true),
        _ => Err(format!("geometry `{name}` is unknown here; expected ANSI, ISO or ERGO")),
    }
}

/// Reads two levels of a drawing; `offset` is 0 for the signs on the left of each key, and 2 for those on the right.
fn pair(drawing: &str, name: &str, drawn: Drawn, offset: usize) -> Result<Pair, String> {
    let lines: Vec<Vec<char>> = drawing.lines().map(|line| line.chars().collect()).collect();
    let mut pair = Pair::new();
    let rows = [Row::Digits, Row::Upper, Row::Home, Row::Lower];
    for (number, (row, first)) in rows.into_iter().zip(drawn.first).enumerate() {
        let (Some(shift), Some(plain)) = (lines.get(1 + number * 3), lines.get(2 + number * 3)) else {
            return Err(format!("the drawing `{name}` has {} lines, expected at least 12", lines.len()));
        };
        for (key, column) in drawn.form.columns(row).enumerate() {
            let at = first + key * STEP + offset;
            let (mut low, mut high) = (sign(plain, at), sign(shift, at));
            match (low, high) {
                (Sign::Nothing, Sign::Char(c)) if offset == 0 => low = one(c.to_lowercase()),
                (Sign::Nothing, dead) if offset == 0 => low = dead,
                (Sign::Char(c), Sign::Nothing) if offset == 2 && c.is_lowercase() => {
                    high = one(c.to_uppercase());
                }
                _ => {}
            }
            // What has no other case is there once.
            if low == high {
                high = Sign::Nothing;
            }
            pair.insert(Place { row, column }, [low, high]);
        }
    }
    Ok(pair)
}

/// The sign at a column of a drawing, dead where `*` stands before it.
fn sign(line: &[char], at: usize) -> Sign {
    let dead = at.checked_sub(1).and_then(|before| line.get(before)) == Some(&'*');
    match line.get(at) {
        None | Some(' ') => Sign::Nothing,
        Some(c) if dead && *c == OWN_DEAD.0 => Sign::Dead(OWN_DEAD.1),
        Some(c) if dead => Sign::Dead(*c),
        Some(c) => Sign::Char(*c),
    }
}

/// A character of another case, where that is one character.
fn one(mut chars: impl Iterator<Item = char>) -> Sign {
    match (chars.next(), chars.next()) {
        (Some(c), None) => Sign::Char(c),
        _ => Sign::Nothing,
    }
}

/// The keys, checked. What a key types with AltGr and another types more easily is left to the other; so is what the key
/// repeats that only ISO keyboards have.
fn joined(alone: &Pair, altgr: &Pair, drawn: Drawn) -> Result<Vec<Key>, String> {
    let places: Vec<Place> = drawn.form.places().filter(|place| *place != Place::SPACE).collect();
    let written = |press: Press| {
        let table = if press.level.altgr() { altgr } else { alone };
        let [low, high] = table.get(&press.place).copied().unwrap_or_default();
        if press.level.shift() { high } else { low }
    };
    let mut taken: Vec<Sign> = Vec::new();
    let mut kept: BTreeMap<Press, Sign> = BTreeMap::new();
    for level in Level::ALL {
        let (extra, usual): (Vec<Place>, Vec<Place>) = places.iter().partition(|at| **at == Place::EXTRA);
        for place in usual.into_iter().chain(extra) {
            let press = Press { place, level };
            let sign = written(press);
            let may_repeat = level.altgr() || place == Place::EXTRA;
            let repeats = may_repeat && taken.contains(&sign);
            kept.insert(press, if repeats { Sign::Nothing } else { sign });
            taken.push(sign);
        }
    }
    let key = |place: &Place| {
        let sign = |level| kept.get(&Press { place: *place, level }).copied().unwrap_or_default();
        Key { place: *place, finger: place.finger(), signs: Level::ALL.map(sign) }
    };
    let keys: Vec<Key> = places.iter().map(key).collect();
    let repeated = |place: Place| {
        place == Place::EXTRA && alone.get(&place).is_some_and(|[low, _]| *low != Sign::Nothing)
    };
    check::keys(&keys, drawn.form, |place| repeated(place) || drawn.small && is_outer(place))?;
    Ok(keys)
}

/// Whether a small keyboard may lack a key: it lies beyond the columns of the fingers.
const fn is_outer(place: Place) -> bool {
    place.column == 0 || place.column > 10
}

/// What the dead key with a drawing of its own makes of each key's sign.
fn made(alone: &Pair, beside: &Pair) -> BTreeMap<(char, char), char> {
    let both = alone.iter().filter_map(|(place, signs)| Some((signs, beside.get(place)?)));
    let each = both.flat_map(|(signs, made)| signs.iter().zip(made));
    each.filter_map(|(next, made)| match (next, made) {
        (Sign::Char(next), Sign::Char(made)) => Some(((OWN_DEAD.1, *next), *made)),
        _ => None,
    })
    .collect()
}
