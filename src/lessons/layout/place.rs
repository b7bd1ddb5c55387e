//! Where keys lie on a keyboard, which finger takes each, and how far that finger goes.

use serde::Deserialize;

/// How a keyboard is built: which keys it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// 47 keys that type: a wide left Shift, and the thirteenth key of the upper row beside it.
    Ansi,
    /// 48 keys that type: one more to the left of the lower row, and the key beside Enter in the home row.
    Iso,
}

impl Form {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Ansi, Self::Iso];

    /// What it is called in files and settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ansi => "ansi",
            Self::Iso => "iso",
        }
    }

    /// The form of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }

    /// The columns of a row in which there are keys. Keys of one column belong to one finger.
    #[must_use]
    pub const fn columns(self, row: Row) -> std::ops::RangeInclusive<u8> {
        match (row, self) {
            (Row::Digits, _) => 0..=12,
            (Row::Upper, Self::Ansi) => 1..=13,
            (Row::Upper, Self::Iso) | (Row::Home, Self::Iso) => 1..=12,
            (Row::Home, Self::Ansi) => 1..=11,
            (Row::Lower, Self::Ansi) => 1..=10,
            (Row::Lower, Self::Iso) => 0..=10,
            (Row::Space, _) => 0..=0,
        }
    }

    /// All places of keys that type, row by row from above, each from the left; the space bar last.
    pub fn places(self) -> impl Iterator<Item = Place> {
        Row::ALL.into_iter().flat_map(move |row| self.columns(row).map(move |column| Place { row, column }))
    }
}

/// A row of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    /// The row of the digits.
    Digits,
    /// The row above the home row.
    Upper,
    /// The row on which the fingers rest.
    Home,
    /// The row below the home row.
    Lower,
    /// The row of the space bar.
    Space,
}

impl Row {
    /// All, from above.
    pub const ALL: [Self; 5] = [Self::Digits, Self::Upper, Self::Home, Self::Lower, Self::Space];

    /// What it is called in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Digits => "digits",
            Self::Upper => "upper",
            Self::Home => "home",
            Self::Lower => "lower",
            Self::Space => "space",
        }
    }

    /// How many rows it lies from the home row; the space bar lies under the thumbs.
    #[must_use]
    pub const fn from_home(self) -> u8 {
        match self {
            Self::Digits => 2,
            Self::Upper | Self::Lower => 1,
            Self::Home | Self::Space => 0,
        }
    }
}

/// A hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hand {
    /// The left hand.
    Left,
    /// The right hand.
    Right,
}

/// A finger; either thumb takes the space bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finger {
    /// The little finger of the left hand.
    LeftLittle,
    /// The ring finger of the left hand.
    LeftRing,
    /// The middle finger of the left hand.
    LeftMiddle,
    /// The index finger of the left hand.
    LeftIndex,
    /// The index finger of the right hand.
    RightIndex,
    /// The middle finger of the right hand.
    RightMiddle,
    /// The ring finger of the right hand.
    RightRing,
    /// The little finger of the right hand.
    RightLittle,
    /// A thumb.
    Thumb,
}

impl Finger {
    /// The eight fingers that rest on the home row, from the left.
    pub const RESTING: [Self; 8] = [
        Self::LeftLittle,
        Self::LeftRing,
        Self::LeftMiddle,
        Self::LeftIndex,
        Self::RightIndex,
        Self::RightMiddle,
        Self::RightRing,
        Self::RightLittle,
    ];

    /// Its hand; none for a thumb.
    #[must_use]
    pub const fn hand(self) -> Option<Hand> {
        match self {
            Self::LeftLittle | Self::LeftRing | Self::LeftMiddle | Self::LeftIndex => Some(Hand::Left),
            Self::RightIndex | Self::RightMiddle | Self::RightRing | Self::RightLittle => Some(Hand::Right),
            Self::Thumb => None,
        }
    }

    /// What it is called: `left index finger`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LeftLittle => "left little finger",
            Self::LeftRing => "left ring finger",
            Self::LeftMiddle => "left middle finger",
            Self::LeftIndex => "left index finger",
            Self::RightIndex => "right index finger",
            Self::RightMiddle => "right middle finger",
            Self::RightRing => "right ring finger",
            Self::RightLittle => "right little finger",
            Self::Thumb => "thumb",
        }
    }

    /// The column of the home row on which it rests.
    #[must_use]
    pub const fn column(self) -> u8 {
        match self {
            Self::LeftLittle => 1,
            Self::LeftRing => 2,
            Self::LeftMiddle => 3,
            Self::LeftIndex => 4,
            Self::RightIndex => 7,
            Self::RightMiddle => 8,
            Self::RightRing => 9,
            Self::RightLittle => 10,
            Self::Thumb => 0,
        }
    }
}

/// Where a key lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Its row.
    pub row: Row,
    /// Its column: `q`, `a` and `z` of a US keyboard are in column 1.
    pub column: u8,
}

impl Place {
    /// The space bar.
    pub const SPACE: Self = Self { row: Row::Space, column: 0 };
    /// The key that only ISO keyboards have, to the left of the lower row.
    pub const EXTRA: Self = Self { row: Row::Lower, column: 0 };

    /// The finger that takes it in touch typing, where a layout says nothing else.
    #[must_use]
    pub const fn finger(self) -> Finger {
        match (self.row, self.column) {
            (Row::Space, _) => Finger::Thumb,
            (_, 0 | 1) => Finger::LeftLittle,
            (_, 2) => Finger::LeftRing,
            (_, 3) => Finger::LeftMiddle,
            (_, 4 | 5) => Finger::LeftIndex,
            (_, 6 | 7) => Finger::RightIndex,
            (_, 8) => Finger::RightMiddle,
            (_, 9) => Finger::RightRing,
            _ => Finger::RightLittle,
        }
    }
}
