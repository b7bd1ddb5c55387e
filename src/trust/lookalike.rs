//! Texts that look alike, whatever letters they are written in: `рrосtоrеd` in Cyrillic, full width, with accents.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::LazyLock;

use serde::de::DeserializeOwned;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::assurance::Assurance;
use super::name::displayable;

/// The letters of other scripts that look like those of ASCII, by these: from `confusables.txt` of Unicode 18 (Unicode
/// Technical Standard 39), of which the entries that stand for one letter with or without marks are kept; with the small
/// capitals, the letters in circles and squares, and small letters of Greek and Cyrillic whose capitals look like those of
/// ASCII. The page reads it too.
pub const LOOKALIKES: &str = include_str!("lookalikes.json");

/// Each such letter with the one that it looks like.
static LETTERS: LazyLock<HashMap<char, char>> = LazyLock::new(|| turned_round(LOOKALIKES));

/// The characters of all scripts that look like others, by these: from the same file, less the entries that [`looks`]
/// makes the same without it, and those of characters that a name in NFKC and lower case does not have.
const PROTOTYPES: &str = include_str!("prototypes.json");

/// Each such character with what it looks like. It is read when two names are compared, not when the program starts.
static PROTOTYPE_OF: LazyLock<HashMap<char, String>> = LazyLock::new(|| turned_round(PROTOTYPES));

/// The characters of a table's values, each with its key.
fn turned_round<K: DeserializeOwned + Clone + Eq + Hash>(table: &str) -> HashMap<char, K> {
    let table: HashMap<K, String> = serde_json::from_str(table).unwrap_or_default();
    table.iter().flat_map(|(key, alike)| alike.chars().map(|c| (c, key.clone()))).collect()
}

/// How words begin that speak of supervision, in English and in German, as [`looks`] writes them. Other words are an
/// issuer's own affair.
const SUPERVISION: [&str; 9] = [
    "supervis",
    "proctor",
    "invigilat",
    "reviewed",
    "observed",
    "self-assessed",
    "aufsicht",
    "nachgeprüft",
    "überwach",
];

/// Names that an issuer cannot have: those by which this program calls itself and its user.
const RESERVED: [&str; 5] = ["yourself", "you", "self", "the holder", "the learner"];

/// This program's name, which no issuer's name holds.
const OWN_NAME: &str = "typeproof";

/// What a text looks like: letters and digits alone, in lower case, without marks; each letter that looks like one of ASCII
/// is that one. What typefaces draw alike is one letter: `0` is `o`; `1`, `l` and `|` are `i`; `rn` is `m`, `vv` is `w`.
///
/// ```
/// use typeproof::trust::looks;
///
/// assert_eq!(looks("Ｐｒосtоrеd"), looks("proctored"));
/// assert_ne!(looks("proctored"), looks("reviewed"));
/// ```
#[must_use]
pub fn looks(text: &str) -> String {
    let letter = |c: char| LETTERS.get(&c).copied().unwrap_or(c);
    // Before too: Unicode decomposes some letters into others that look different.
    let known: String = displayable(text).chars().map(letter).collect();
    let plain: String = known.nfkd().filter(|c| !is_combining_mark(*c)).map(letter).collect();
    let lower = plain.chars().flat_map(char::to_lowercase).map(|c| one_of_alike(letter(c)));
    let folded: String = lower.filter(|c| c.is_alphanumeric()).collect();
    folded.replace("rn", "m").replace("vv", "w")
}

const fn one_of_alike(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | 'l' | '|' => 'i',
        '5' | '$' => 's',
        '@' => 'a',
        c => c,
    }
}

/// What a name looks like, in two ways: as [`looks`] writes it, and the same after each letter has become the one that Unicode
/// Technical Standard 39 takes for all that look like it. Empty for a name of signs alone.
#[must_use]
pub fn skeletons(name: &str) -> [String; 2] {
    let folded: String = displayable(name).nfkc().flat_map(char::to_lowercase).collect();
    let mut skeleton = String::new();
    for c in folded.nfd() {
        match PROTOTYPE_OF.get(&c) {
            Some(prototype) => skeleton.push_str(prototype),
            None => skeleton.push(c),
        }
    }
    [looks(name), looks(&skeleton)]
}

/// Whether two names look alike in any alphabet: whether one of their [`skeletons`] is the same. A name of signs alone looks
/// like none.
#[must_use]
pub fn looks_alike(a: &str, b: &str) -> bool {
    skeletons(a).iter().zip(skeletons(b)).any(|(a, b)| !a.is_empty() && *a == b)
}

/// Whether an issuer's name looks like this program's, or like what it calls its user.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    let found = looks(name);
    found.contains(&looks(OWN_NAME)) || RESERVED.iter().any(|word| looks_alike(name, word))
}

/// Whether a text speaks of supervision, in whatever letters.
#[must_use]
pub fn speaks_of_supervision(text: &str) -> bool {
    let found = looks(text);
    SUPERVISION.iter().any(|word| found.contains(&looks(word)))
}

impl Assurance {
    /// The assurance whose word a text looks like, in whatever letters.
    #[must_use]
    pub fn looking_like(text: &str) -> Option<Self> {
        let found = looks(text);
        Self::ALL.into_iter().find(|assurance| looks(assurance.as_str()) == found)
    }
}
