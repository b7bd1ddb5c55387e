//! The keyboard somebody has, as far as it shows: what stands on a US keyboard where a letter of another alphabet was typed.
//!
//! Where the terminal says which key it was, nothing is guessed. Elsewhere one letter lies in several places: с is the key C
//! in Russia, S in Serbia and I in Bulgaria. The layout in use is that of the surroundings, until a letter comes that it does
//! not have; without any it is the commonest of the alphabet.

use super::kinds::KeyPress;
use super::layouts::{self, Layout, in_ascii, without_accent};

/// What leaves a page or the program, and so is not guessed.
const NEVER_GUESSED: char = 'q';

/// A layout of another alphabet that somebody is likely to have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Suggestion(Option<&'static Layout>);

impl Suggestion {
    /// By what the surroundings say: names of layouts as in `XKB_DEFAULT_LAYOUT`, the variants beside them, and the locale.
    pub fn of(names: &str, variants: &str, locale: &str) -> Self {
        Self(layouts::suggested(names, variants, locale))
    }
}

/// The layout in use, as far as it is known.
#[derive(Debug, Default)]
pub struct Keyboard {
    layout: Option<&'static Layout>,
    /// Whether the surroundings or a letter speak for it against the commonest of its alphabet.
    known: bool,
    /// Whether the last letter typed was one of its alphabet.
    in_use: bool,
}

impl Keyboard {
    /// The keyboard that is likely before anything is typed.
    pub const fn new(suggestion: Suggestion) -> Self {
        let Suggestion(layout) = suggestion;
        Self { layout, known: layout.is_some(), in_use: layout.is_some() }
    }

    /// Learns from a key which layout is in use.
    pub fn see(&mut self, key: KeyPress) {
        let (KeyPress::Char(c) | KeyPress::Placed { typed: c, .. }) = key else { return };
        if c.is_ascii() {
            self.in_use &= !c.is_ascii_alphabetic();
            return;
        }
        let has = |layout: &&Layout| layout.us_key(c).is_some();
        if !c.is_alphabetic() || self.layout.as_ref().is_some_and(has) {
            self.in_use |= c.is_alphabetic();
        } else if let Some(layout) = layouts::all().iter().find(has) {
            *self = Self { layout: Some(layout), known: !layout.commonest, in_use: true };
        }
    }

    /// A key where letters are commands: the one at its place on a US keyboard. Where that is not sure and `means` nothing,
    /// a place on another layout of the alphabet that means something.
    #[must_use]
    pub fn as_command(&self, key: KeyPress, means: impl Fn(KeyPress) -> bool) -> KeyPress {
        match key {
            KeyPress::Placed { us, .. } => KeyPress::Char(us),
            KeyPress::Char(c) => self.at_place(c, KeyPress::Char, means).unwrap_or(key),
            key => self.with_ctrl(key, means),
        }
    }

    /// A key where text is typed: the character, and what Ctrl makes of a key at its place.
    #[must_use]
    pub fn as_text(&self, key: KeyPress, means: impl Fn(KeyPress) -> bool) -> KeyPress {
        match key {
            KeyPress::Placed { typed, .. } => KeyPress::Char(typed),
            key => self.with_ctrl(key, means),
        }
    }

    /// So that ^C is ^C on every keyboard.
    fn with_ctrl(&self, key: KeyPress, means: impl Fn(KeyPress) -> bool) -> KeyPress {
        match key {
            KeyPress::Ctrl(c) => self.at_place(c, KeyPress::with_ctrl, means).unwrap_or(key),
            key => key,
        }
    }

    /// What `key` makes of the character at the place of this one.
    fn at_place(
        &self,
        c: char,
        key: impl Fn(char) -> KeyPress,
        means: impl Fn(KeyPress) -> bool,
    ) -> Option<KeyPress> {
        if c.is_ascii() {
            return self.layout.filter(|_| self.in_use)?.letter_under(c).map(key);
        }
        if let Some(ascii) = in_ascii(c) {
            return Some(key(ascii));
        }
        let mut places = self.places(c);
        let first = key(places.next()?);
        let mut others = places.filter(|us| *us != NEVER_GUESSED).map(&key);
        let other = if self.known || means(first) { None } else { others.find(|other| means(*other)) };
        Some(other.unwrap_or(first))
    }

    /// Where a letter lies: on the layout in use, then on the others.
    fn places(&self, c: char) -> impl Iterator<Item = char> {
        let order: Vec<&Layout> = self.layout.into_iter().chain(layouts::all()).collect();
        let on = move |c: char| order.clone().into_iter().filter_map(move |layout| layout.us_key(c));
        let accented = without_accent(c).filter(|c| !c.is_ascii());
        on(c).chain(accented.into_iter().flat_map(on))
    }
}
