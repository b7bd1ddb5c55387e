//! Which layout somebody is likely to have: by the locale, by the keys of the home row, pressed from left to right, or by a
//! sentence with every letter, typed without looking.

use super::place::Row;
use super::sign::Level;
use super::{Key, Layout};
use crate::lessons::language::Language;

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

/// A sentence with every letter of the alphabet, for each language: what may be typed to find the layout. The French and the Spanish
/// one are old; capitals and marks are left out, since where they are is what is asked.
#[must_use]
pub const fn pangram(language: Language) -> &'static str {
    match language {
        Language::English => "the quick brown fox jumps over the lazy dog",
        Language::German => "zwölf boxkämpfer jagen viktor quer über den großen sylter deich",
        Language::French => "portez ce vieux whisky au juge blond qui fume",
        Language::Spanish => {
            "el pingüino wenceslao hizo kilómetros bajo exhaustiva lluvia y frío añoraba a su querido cachorro"
        }
    }
}

/// Of the characters of a pangram that were typed, so many have to fit, in percent; a few may be slips.
const FITTING: usize = 80;
/// The fewest characters that say something.
const FEWEST: usize = 10;

/// The layout that somebody types who typed one of the [`pangram`]s, or its beginning, and the layout that the computer is set to
/// where that is another: then the keys were pressed where the first one has the letters, and gave those that the second one has
/// there. Where both are the same, that layout is found which types most of the letters, and most of them by a key of their own, `now` before others.
/// `None` where what was typed fits nowhere.
#[must_use]
pub fn by_pangram<'a>(
    layouts: &[&'a Layout],
    typed: &str,
    now: Option<&'a Layout>,
) -> Option<(&'a Layout, &'a Layout)> {
    let typed: Vec<char> = typed.chars().flat_map(char::to_lowercase).collect();
    if typed.len() < FEWEST {
        return None;
    }
    let needed = (typed.len() * FITTING).div_ceil(100);
    let sentences =
        Language::ALL.map(|language| pangram(language).chars().take(typed.len()).collect::<Vec<_>>());
    let fits = |given: &dyn Fn(char) -> Option<char>, sentence: &[char]| {
        sentence.iter().zip(&typed).filter(|(asked, typed)| given(**asked) == Some(**typed)).count()
    };
    let asked = Language::ALL.into_iter().zip(&sentences);
    let (as_asked, language, sentence) = asked
        .map(|(language, sentence)| (fits(&Some, sentence), language, sentence))
        .max_by_key(|(fits, ..)| *fits)?;
    let pairs = layouts.iter().flat_map(|meant| layouts.iter().map(move |set_to| (*meant, *set_to)));
    let scored = pairs.filter(|(meant, set_to)| meant.id != set_to.id).map(|(meant, set_to)| {
        let given = |asked: char| match asked {
            ' ' => Some(' '),
            asked => set_to.key(meant.key_of(asked)?.place)?.sign(Level::Plain).shown(),
        };
        (sentences.iter().map(|sentence| fits(&given, sentence)).max().unwrap_or(0), (meant, set_to))
    });
    // Of several that fit as well, the first in the order of the layouts.
    let emulated = scored.reduce(|best, other| if other.0 > best.0 { other } else { best });
    if let Some((fits, pair)) = emulated.filter(|(fits, _)| *fits > as_asked) {
        return Some(pair).filter(|_| fits >= needed);
    }
    let score = |layout: &Layout| {
        let typed = sentence.iter().filter(|c| layout.way(**c).is_some()).count();
        let by_a_key = sentence.iter().filter(|c| has_key(layout, **c)).count();
        let is_now = now.is_some_and(|now| now.id == layout.id);
        let usual = layout.locales.iter().any(|locale| Language::of_locale(locale) == Some(language));
        (typed, by_a_key, is_now, usual)
    };
    let best = layouts.iter().copied();
    let found = best.reduce(|best, other| if score(other) > score(best) { other } else { best })?;
    Some((found, found)).filter(|_| as_asked >= needed)
}

/// Whether a character has a key of its own.
fn has_key(layout: &Layout, c: char) -> bool {
    layout.way(c).is_some_and(|way| way.dead.is_none() && way.key.level == Level::Plain)
}
