//! Which layout somebody is likely to have: by the locale, or by the keys of the home row, pressed from left to right.

use super::place::Row;
use super::sign::Level;
use super::{Key, Layout};

/// The language and the country of a locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    language: [u8; 2],
    country: Option<[u8; 2]>,
}

impl Region {
    /// That of a locale such as `de_AT.UTF-8`; none for `C` and the like.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        let name = locale.split(['.', '@']).next().unwrap_or_default();
        let (language, country) = match name.split_once('_') {
            Some((language, country)) => (language, Some(country.as_bytes().try_into().ok()?)),
            None => (name, None),
        };
        Some(Self { language: language.as_bytes().try_into().ok()?, country })
    }
}

/// The layout that is usual in a region, if these have one.
pub fn by_region<'a>(layouts: impl IntoIterator<Item = &'a Layout>, region: Region) -> Option<&'a Layout> {
    let is_usual =
        |layout: &Layout| layout.locales.iter().any(|usual| Region::of_locale(usual) == Some(region));
    layouts.into_iter().find(|layout| is_usual(layout))
}

/// How many of the characters that somebody typed stand on the home row of a layout where they would, if its keys were
/// pressed from left to right: all of them, beginning beside Caps Lock, or the eight on which fingers rest.
#[must_use]
pub fn fit(layout: &Layout, typed: &str) -> usize {
    let row: Vec<&Key> = layout.keys().iter().filter(|key| key.place.row == Row::Home).collect();
    let resting: Vec<&Key> = row.iter().copied().filter(|key| key.distance() == 0).collect();
    let typed: Vec<char> =
        typed.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let fitting = |keys: &[&Key]| {
        let shown = keys.iter().map(|key| key.sign(Level::Plain).shown());
        shown.zip(&typed).filter(|(shown, typed)| *shown == Some(**typed)).count()
    };
    fitting(&row).max(fitting(&resting))
}

/// The layouts that what was typed fits best, as in [`fit`]; none where it fits nowhere.
pub fn by_home_row<'a>(layouts: impl IntoIterator<Item = &'a Layout>, typed: &str) -> Vec<&'a Layout> {
    let fits: Vec<(usize, &Layout)> =
        layouts.into_iter().map(|layout| (fit(layout, typed), layout)).collect();
    let best = fits.iter().map(|(fit, _)| *fit).max().filter(|best| *best > 0);
    fits.into_iter().filter(|(fit, _)| Some(*fit) == best).map(|(_, layout)| layout).collect()
}
