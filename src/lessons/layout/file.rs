//! Layouts as files of this program: rows of signs, parted by spaces, one row a string, one table a level.
//!
//! A sign is a character, or `*` and a character for a dead key, or `--` for nothing.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::place::{Finger, Form, Place, Row};
use super::sign::{Level, Sign};
use super::{About, Key, Layout, check, dead};
use crate::lessons::problem::Reading;
use crate::lessons::terms::Origin;

/// Stands for a key that types nothing.
const NOTHING: &str = "--";

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    name: String,
    keyboard: Form,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    locales: Vec<String>,
    #[serde(default)]
    fingers: Rows,
    plain: Rows,
    shift: Rows,
    #[serde(default)]
    altgr: Rows,
    #[serde(default)]
    altgr_shift: Rows,
    #[serde(default)]
    dead: BTreeMap<char, String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    digits: Option<String>,
    upper: Option<String>,
    home: Option<String>,
    lower: Option<String>,
}

impl Rows {
    fn row(&self, row: Row) -> Option<&str> {
        match row {
            Row::Digits => self.digits.as_deref(),
            Row::Upper => self.upper.as_deref(),
            Row::Home => self.home.as_deref(),
            Row::Lower => self.lower.as_deref(),
            Row::Space => None,
        }
    }
}

/// Reads a layout file; `None` when it cannot be used, which `reading` then says.
pub fn read(reading: &mut Reading<'_>, origin: Origin) -> Option<Layout> {
    let file: File = reading.whole(|id, file: &File| {
        check::names(id, &file.name)?;
        let keys = keys(file)?;
        check::keys(&keys, file.keyboard, |_| false)?;
        made(file, &keys).map(drop)
    })?;
    // Both were made when the file was checked.
    let keys = keys(&file).ok()?;
    let made = made(&file, &keys).ok()?;
    let File { name, keyboard, aliases, locales, .. } = file;
    let about = About { id: reading.id().to_owned(), name, form: keyboard, aliases, locales, origin };
    Some(Layout::of(about, keys, made))
}

/// The keys of a file, in the order of their places.
fn keys(file: &File) -> Result<Vec<Key>, String> {
    let form = file.keyboard;
    let mut keys = Vec::new();
    for row in Row::ALL.into_iter().filter(|row| *row != Row::Space) {
        let levels = [
            signs(&file.plain, row, Level::Plain, form)?,
            signs(&file.shift, row, Level::Shift, form)?,
            signs(&file.altgr, row, Level::AltGr, form)?,
            signs(&file.altgr_shift, row, Level::AltGrShift, form)?,
        ];
        let fingers = fingers(file, row)?;
        for (at, column) in form.columns(row).enumerate() {
            let place = Place { row, column };
            let sign = |level: &Vec<Sign>| level.get(at).copied().unwrap_or_default();
            let finger = fingers.get(at).copied().unwrap_or_else(|| place.finger());
            keys.push(Key { place, finger, signs: levels.each_ref().map(sign) });
        }
    }
    Ok(keys)
}

/// The signs of a row, one for each key of it; none where a table that may be left out has no such row.
fn signs(table: &Rows, row: Row, level: Level, form: Form) -> Result<Vec<Sign>, String> {
    let name = level.name();
    let Some(text) = table.row(row) else {
        return match level {
            Level::Plain | Level::Shift => Err(format!("`{}` of [{name}] is left out", row.name())),
            Level::AltGr | Level::AltGrShift => Ok(Vec::new()),
        };
    };
    let tokens = tokens(text, &format!("`{}` of [{name}]", row.name()), row, form)?;
    let sign = |token: &&str| {
        let mut chars = token.chars();
        match (chars.next(), chars.next(), chars.next()) {
            _ if *token == NOTHING => Ok(Sign::Nothing),
            (Some(c), None, _) => Ok(Sign::Char(c)),
            (Some('*'), Some(c), None) => Ok(Sign::Dead(c)),
            _ => Err(format!(
                "`{token}` in `{}` of [{name}] is no sign: write a character, `*` and a character for a dead key, or \
                 `{NOTHING}` for nothing",
                row.name()
            )),
        }
    };
    tokens.iter().map(sign).collect()
}

/// The parts of a row, as many as it has keys.
fn tokens<'a>(text: &'a str, what: &str, row: Row, form: Form) -> Result<Vec<&'a str>, String> {
    let tokens: Vec<&str> = text.split(' ').filter(|token| !token.is_empty()).collect();
    let (found, expected) = (tokens.len(), form.columns(row).count());
    if found == expected {
        return Ok(tokens);
    }
    let form = form.name();
    Err(format!("{what} has {found} signs, expected {expected} on a keyboard that is `{form}`"))
}

/// The fingers of a row, where the file names them.
fn fingers(file: &File, row: Row) -> Result<Vec<Finger>, String> {
    let what = format!("`{}` of [fingers]", row.name());
    let Some(text) = file.fingers.row(row) else { return Ok(Vec::new()) };
    let finger = |token: &&str| {
        let number = token.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let finger = number.and_then(|number| Finger::RESTING.get(number)).copied();
        finger.ok_or_else(|| {
            format!(
                "`{token}` in {what} is no finger: they are 1 to 8, from the left little finger to the right"
            )
        })
    };
    tokens(text, &what, row, file.keyboard)?.iter().map(finger).collect()
}

/// What the dead keys make by the file's own tables.
fn made(file: &File, keys: &[Key]) -> Result<BTreeMap<(char, char), char>, String> {
    let dead = |sign: char| keys.iter().any(|key| key.signs.contains(&Sign::Dead(sign)));
    let mut made = BTreeMap::new();
    for (sign, pairs) in &file.dead {
        if !dead(*sign) {
            return Err(format!("[dead] speaks of `{sign}`, but no key has `*{sign}`"));
        }
        for pair in pairs.split(' ').filter(|pair| !pair.is_empty()) {
            let mut chars = pair.chars();
            let (Some(next), Some(result), None) = (chars.next(), chars.next(), chars.next()) else {
                return Err(format!(
                    "`{pair}` in [dead] is no pair: write the next character and what comes of it, as `eé`"
                ));
            };
            made.insert((*sign, next), result);
        }
    }
    let signs = keys.iter().flat_map(|key| key.signs);
    let unknown = signs.into_iter().find_map(|sign| match sign {
        Sign::Dead(sign) if !dead::is_known(sign) && !file.dead.contains_key(&sign) => Some(sign),
        _ => None,
    });
    match unknown {
        Some(sign) => Err(format!("it is not known what the dead key `*{sign}` makes: say so in [dead]")),
        None => Ok(made),
    }
}
