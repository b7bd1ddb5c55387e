//! Layouts of other alphabets: which key of a US keyboard lies where a letter is typed.

use std::sync::LazyLock;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// The layouts, in a form that the file explains.
const FILE: &str = include_str!("layouts.txt");

/// The rows of a US keyboard, without Shift and with it.
const US: &str = "`1234567890-= qwertyuiop[]\\ asdfghjkl;' zxcvbnm,./";
const US_WITH_SHIFT: &str = "~!@#$%^&*()_+ QWERTYUIOP{}| ASDFGHJKL:\" ZXCVBNM<>?";

/// Stands in the file for a key that types nothing.
const NOTHING: char = '_';

/// The zeros of the digits that people have on their keys instead of 0 to 9: Arabic, Persian, Devanagari, Bengali, Thai.
const ZEROS: [char; 5] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}'];

/// The first and the last of the wide forms of ASCII, which input methods of East Asia type.
const WIDE: (char, char) = ('\u{ff01}', '\u{ff5e}');

/// By how much their numbers are greater.
const WIDER: u32 = 0xfee0;

static LAYOUTS: LazyLock<Vec<Layout>> = LazyLock::new(read);

/// A layout of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Layout {
    name: &'static str,
    languages: &'static str,
    /// What its keys type, as the rows of [`US`] are written.
    plain: &'static str,
    shifted: &'static str,
    /// Whether it is the commonest of its alphabet.
    pub(super) commonest: bool,
}

fn read() -> Vec<Layout> {
    let mut layouts = Vec::new();
    // The first paragraph explains the others.
    for paragraph in FILE.split("\n\n").skip(1) {
        let mut commonest = true;
        for block in paragraph.split("\n[") {
            let mut lines = block.lines();
            let (name, languages) = lines
                .next()
                .and_then(|line| line.trim_start_matches('[').split_once(']'))
                .unwrap_or_default();
            let (plain, shifted) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
            layouts.push(Layout { name, languages: languages.trim(), plain, shifted, commonest });
            commonest = false;
        }
    }
    layouts
}

/// All layouts, the commonest of an alphabet before its others.
pub(super) fn all() -> &'static [Layout] {
    &LAYOUTS
}

/// The layout that the surroundings speak of: the first of `names` that is one of another alphabet, as
/// `XKB_DEFAULT_LAYOUT` has them (`us,rs`) with `variants` beside them (`,phonetic`), or else that of the locale's language.
pub(super) fn suggested(names: &str, variants: &str, locale: &str) -> Option<&'static Layout> {
    let mut variants = variants.split(',');
    let named = names.split(',').find_map(|name| {
        let name = name.trim();
        let full = format!("{name}({})", variants.next().unwrap_or_default().trim());
        let is = |wanted: &str| all().iter().find(|layout| layout.name == wanted);
        is(&full).or_else(|| is(name))
    });
    let language = locale.split(['_', '.', '@']).next().filter(|language| !language.is_empty());
    // One language may be written in two alphabets: `sr_RS@latin` has a keyboard of Latin letters.
    let speaks = |layout: &&Layout| layout.languages.split(' ').any(|each| Some(each) == language);
    let of_locale = || all().iter().find(speaks).filter(|_| !locale.ends_with("@latin"));
    named.or_else(of_locale)
}

impl Layout {
    /// The character on a US keyboard of the key that types this one: a letter without Shift, another sign as it is with or
    /// without.
    pub(super) fn us_key(&self, c: char) -> Option<char> {
        // A sign that lies on two keys is the letter's: Serbian has Ж on Z and on the backslash.
        let place = |row: &str, us: &str, c: char| {
            let keys = row.chars().zip(us.chars()).filter(|(typed, _)| *typed == c && c != NOTHING);
            keys.map(|(_, us)| us).max_by_key(char::is_ascii_alphabetic)
        };
        let found = |c| place(self.plain, US, c).or_else(|| place(self.shifted, US_WITH_SHIFT, c));
        let us = found(c).or_else(|| found(lower(c)))?.to_ascii_lowercase();
        // No sign of another keyboard is taken for a letter.
        let letter = c.is_alphanumeric() || is_combining_mark(c);
        (letter || !us.is_ascii_alphabetic()).then_some(us)
    }

    /// The letter of a US keyboard where this layout has a sign of ASCII: the semicolon lies on Q in Greece.
    pub(super) fn letter_under(&self, sign: char) -> Option<char> {
        let mut keys = self.plain.chars().zip(US.chars());
        keys.find(|(typed, us)| *typed == sign && sign != NOTHING && us.is_ascii_alphabetic())
            .map(|(_, us)| us)
    }
}

/// A character in lower case, where that is one character.
pub(super) fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// The letter of one with an accent, which is typed with a dead key before it.
pub(super) fn without_accent(c: char) -> Option<char> {
    let (lower, mut letter) = (lower(c), None);
    decompose_canonical(lower, |part| letter = letter.or(Some(part)));
    letter.filter(|letter| *letter != lower)
}

/// What a digit of another alphabet or a wide form stands for in ASCII.
pub(super) fn in_ascii(c: char) -> Option<char> {
    let value = |zero: &char| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10);
    let digit = || ZEROS.iter().find_map(value).and_then(|value| char::from_digit(value, 10));
    match c {
        '\u{3000}' => Some(' '),
        _ if (WIDE.0..=WIDE.1).contains(&c) => char::from_u32(u32::from(c) - WIDER),
        _ => digit(),
    }
}
