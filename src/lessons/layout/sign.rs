//! What a key types: characters, dead keys, and the presses that make a character.

use super::place::{Hand, Place};

/// What a key types at a level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sign {
    /// Nothing.
    #[default]
    Nothing,
    /// A character.
    Char(char),
    /// A dead key, by the sign that stands on it: it changes the next character.
    Dead(char),
}

impl Sign {
    /// The character on the key, dead or not.
    #[must_use]
    pub const fn shown(self) -> Option<char> {
        match self {
            Self::Nothing => None,
            Self::Char(c) | Self::Dead(c) => Some(c),
        }
    }
}

/// Which keys are held down with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// None.
    Plain,
    /// Shift.
    Shift,
    /// AltGr.
    AltGr,
    /// Shift and AltGr.
    AltGrShift,
}

impl Level {
    /// All, the easiest first.
    pub const ALL: [Self; 4] = [Self::Plain, Self::Shift, Self::AltGr, Self::AltGrShift];

    /// Whether Shift is held down.
    #[must_use]
    pub const fn shift(self) -> bool {
        matches!(self, Self::Shift | Self::AltGrShift)
    }

    /// Whether AltGr is held down.
    #[must_use]
    pub const fn altgr(self) -> bool {
        matches!(self, Self::AltGr | Self::AltGrShift)
    }

    /// What its table is called in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Shift => "shift",
            Self::AltGr => "altgr",
            Self::AltGrShift => "altgr-shift",
        }
    }
}

/// A key pressed with others held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Press {
    /// The key.
    pub place: Place,
    /// What is held down.
    pub level: Level,
}

impl Press {
    /// The hand that holds Shift: the other one; nothing where Shift is not held.
    #[must_use]
    pub fn shift_hand(self) -> Option<Hand> {
        let other = match self.place.finger().hand() {
            Some(Hand::Right) => Hand::Left,
            Some(Hand::Left) | None => Hand::Right,
        };
        self.level.shift().then_some(other)
    }
}

/// The presses that make a character: one, or a dead key before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// The dead key that is pressed first, if one is.
    pub dead: Option<Press>,
    /// The key that is pressed then.
    pub key: Press,
}

impl Way {
    /// The presses in their order.
    pub fn presses(self) -> impl Iterator<Item = Press> {
        self.dead.into_iter().chain([self.key])
    }
}
