//! Keyboard layouts: which key types what, and which finger takes it.
//!
//! A layout is data: every key by its place, and what it types alone, with Shift, with AltGr and with both. The files of
//! `lessons/layouts` are in the form that [`mod@file`] reads; [`kalamine`] reads that of another program. [`guess`] says which
//! layout somebody is likely to have, and [`emulation`] types one layout on a keyboard set to another.

use std::collections::BTreeMap;

mod check;
mod dead;
pub mod emulation;
pub mod file;
pub mod guess;
pub mod kalamine;
pub mod place;
pub mod sign;

use super::terms::Origin;
use place::{Finger, Form, Place, Row};
use sign::{Level, Press, Sign, Way};

/// A key of a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Where it lies.
    pub place: Place,
    /// The finger that takes it.
    pub finger: Finger,
    /// What it types at each level, in the order of [`Level::ALL`].
    pub signs: [Sign; 4],
}

impl Key {
    /// What it types at a level.
    #[must_use]
    pub const fn sign(&self, level: Level) -> Sign {
        let [plain, shift, altgr, both] = self.signs;
        match level {
            Level::Plain => plain,
            Level::Shift => shift,
            Level::AltGr => altgr,
            Level::AltGrShift => both,
        }
    }

    /// How far its finger goes from where it rests: rows and columns, added up. 0 for the eight keys of the home row on
    /// which fingers rest, and for the space bar.
    #[must_use]
    pub const fn distance(&self) -> u8 {
        match self.place.row {
            Row::Space => 0,
            row => row.from_home() + self.place.column.abs_diff(self.finger.column()),
        }
    }

    /// The order from the home row outward: by distance; then home row, upper, lower, digits; then from the index finger to
    /// the little finger.
    const fn outward(&self) -> (u8, u8, u8) {
        let row = match self.place.row {
            Row::Home => 0,
            Row::Upper => 1,
            Row::Lower => 2,
            Row::Digits => 3,
            Row::Space => 4,
        };
        let from_index = match self.finger {
            Finger::LeftIndex | Finger::RightIndex => 0,
            Finger::LeftMiddle | Finger::RightMiddle => 1,
            Finger::LeftRing | Finger::RightRing => 2,
            Finger::LeftLittle | Finger::RightLittle => 3,
            Finger::Thumb => 4,
        };
        (self.distance(), row, from_index)
    }
}

/// A keyboard layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// By this it is known: a file's name, with `own-` in front where the file is the user's.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The keyboard it is made for.
    pub form: Form,
    /// Other names by which it is known.
    pub aliases: Vec<String>,
    /// The locales in which it is usual, such as `de_AT`, or `de` where the country is not named.
    pub locales: Vec<String>,
    /// Where it came from.
    pub origin: Origin,
    keys: Vec<Key>,
    /// What dead keys make besides what Unicode composes: dead key and next character, and what comes of them.
    made: BTreeMap<(char, char), char>,
    ways: BTreeMap<char, Way>,
}

/// What a layout is made of besides its keys.
pub(super) struct About {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) form: Form,
    pub(super) aliases: Vec<String>,
    pub(super) locales: Vec<String>,
    pub(super) origin: Origin,
}

impl Layout {
    /// A layout of checked keys, in the order of [`Form::places`]; the space bar is added.
    fn of(about: About, mut keys: Vec<Key>, made: BTreeMap<(char, char), char>) -> Self {
        let space = [Sign::Char(' '), Sign::Nothing, Sign::Nothing, Sign::Nothing];
        keys.push(Key { place: Place::SPACE, finger: Finger::Thumb, signs: space });
        let About { id, name, form, aliases, locales, origin } = about;
        let mut layout = Self { id, name, form, aliases, locales, origin, keys, made, ways: BTreeMap::new() };
        layout.find_ways();
        layout
    }

    /// Whether it is known by this name.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.id == name || self.aliases.iter().any(|alias| alias == name)
    }

    /// The keys, row by row from above, each from the left; the space bar last.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// The key at a place; nothing where this keyboard has none.
    #[must_use]
    pub fn key(&self, place: Place) -> Option<&Key> {
        self.keys.iter().find(|key| key.place == place)
    }

    /// What a press types.
    #[must_use]
    pub fn sign(&self, press: Press) -> Sign {
        self.key(press.place).map_or(Sign::Nothing, |key| key.sign(press.level))
    }

    /// The easiest way to type a character: one press, or a dead key and another; nothing where the layout has none.
    #[must_use]
    pub fn way(&self, c: char) -> Option<Way> {
        self.ways.get(&c).copied()
    }

    /// The key that types a character last, and its finger.
    #[must_use]
    pub fn key_of(&self, c: char) -> Option<&Key> {
        self.key(self.way(c)?.key.place)
    }

    /// How far the finger goes for a character, as in [`Key::distance`].
    #[must_use]
    pub fn distance(&self, c: char) -> Option<u8> {
        self.key_of(c).map(Key::distance)
    }

    /// What a dead key and the next character make, if they make one.
    #[must_use]
    pub fn made(&self, dead: char, next: char) -> Option<char> {
        self.made.get(&(dead, next)).copied().or_else(|| dead::made(dead, next))
    }

    /// Every character that can be typed, in the order of Unicode.
    pub fn characters(&self) -> impl Iterator<Item = char> {
        self.ways.keys().copied()
    }

    /// The keys from the home row outward, without the space bar: by the distance of the finger; then home row, upper row,
    /// lower row, digits; then from the index finger to the little one, left before right.
    #[must_use]
    pub fn outward(&self) -> Vec<&Key> {
        let mut keys: Vec<&Key> = self.keys.iter().filter(|key| key.place != Place::SPACE).collect();
        keys.sort_by_key(|key| (key.outward(), key.place.column));
        keys
    }

    /// What a finger types at a level, from the home row outward; dead keys are left out.
    #[must_use]
    pub fn of_finger(&self, finger: Finger, level: Level) -> Vec<char> {
        chars(self.outward().into_iter().filter(|key| key.finger == finger), level)
    }

    /// What a row types at a level, from where the fingers rest outward; dead keys are left out.
    #[must_use]
    pub fn of_row(&self, row: Row, level: Level) -> Vec<char> {
        chars(self.outward().into_iter().filter(|key| key.place.row == row), level)
    }

    /// The same layout on a keyboard of another form: the key beside Enter moves, and the one that only ISO keyboards have
    /// comes, typing nothing, or goes.
    #[must_use]
    pub fn on(&self, form: Form) -> Self {
        if form == self.form {
            return self.clone();
        }
        let moved = |key: &Key| {
            let place = match (form, key.place) {
                (Form::Iso, Place { row: Row::Upper, column: 13 }) => Place { row: Row::Home, column: 12 },
                (Form::Ansi, Place { row: Row::Home, column: 12 }) => Place { row: Row::Upper, column: 13 },
                (_, place) => place,
            };
            Key { place, ..*key }
        };
        let there: Vec<Key> = self.keys.iter().map(moved).collect();
        let key = |place: Place| {
            let empty = Key { place, finger: place.finger(), signs: [Sign::Nothing; 4] };
            there.iter().find(|key| key.place == place).copied().unwrap_or(empty)
        };
        let mut layout = Self { form, keys: form.places().map(key).collect(), ..self.clone() };
        layout.find_ways();
        layout
    }

    /// Finds the easiest way to each character.
    fn find_ways(&mut self) {
        let mut ways = BTreeMap::new();
        let mut dead = Vec::new();
        for level in Level::ALL {
            for key in &self.keys {
                let press = Press { place: key.place, level };
                match key.sign(level) {
                    Sign::Nothing => {}
                    Sign::Char(c) => _ = ways.entry(c).or_insert(Way { dead: None, key: press }),
                    Sign::Dead(sign) => dead.push((sign, press)),
                }
            }
        }
        let alone: Vec<(char, Press)> = ways.iter().map(|(c, way)| (*c, way.key)).collect();
        for (sign, press) in dead {
            for (next, key) in &alone {
                if let Some(made) = self.made(sign, *next) {
                    ways.entry(made).or_insert(Way { dead: Some(press), key: *key });
                }
            }
        }
        self.ways = ways;
    }
}

fn chars<'a>(keys: impl Iterator<Item = &'a Key>, level: Level) -> Vec<char> {
    let typed = |key: &Key| match key.sign(level) {
        Sign::Char(c) => Some(c),
        Sign::Nothing | Sign::Dead(_) => None,
    };
    keys.filter_map(typed).collect()
}
