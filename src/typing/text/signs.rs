//! Signs: the code points of a character, where people type and erase them one by one.
//!
//! In Indic scripts, Thai, Lao, Hebrew, Arabic and conjoining jamo, Backspace takes the last sign of a character; in Latin,
//! Greek and Cyrillic, and of an emoji, it takes the whole (as in Pango's `backspace_deletes_character` and on Windows).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::grapheme::Grapheme;

/// Whether a character is one code point that neither decomposes nor belongs to a script that is [typed in signs](in_signs).
pub(super) fn is_plain(grapheme: &Grapheme) -> bool {
    let Grapheme::One(c) = grapheme else { return false };
    c.is_ascii() || !in_signs(*c) && std::iter::once(*c).nfd().eq([*c])
}

/// Whether the script of `c` is typed in signs. Composed Hangul is, for those who put it together from jamo.
pub fn in_signs(c: char) -> bool {
    matches!(c,
        // Hebrew, Arabic, Syriac, Thaana, N'Ko, Samaritan, Mandaic
        '\u{591}'..='\u{8ff}'
        // Indic scripts from Devanagari to Sinhala, Thai, Lao, Tibetan, Myanmar
        | '\u{900}'..='\u{109f}'
        | '\u{1100}'..='\u{11ff}'
        // Philippine scripts, Khmer, Mongolian, and those of South-East Asia up to the Vedic signs
        | '\u{1700}'..='\u{1c4f}'
        | '\u{1cd0}'..='\u{1cff}'
        // Syloti Nagri to Meetei Mayek
        | '\u{a800}'..='\u{aaff}'
        | '\u{abc0}'..='\u{abff}'
        | '\u{ac00}'..='\u{d7ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefe}'
        // Brahmi and its kin
        | '\u{11000}'..='\u{11fff}')
}

/// The character of these code points, composed; `None` when there are none.
pub fn composed(signs: &str) -> Option<Grapheme> {
    if let [ascii] = signs.as_bytes() {
        return Some(Grapheme::One(char::from(*ascii)));
    }
    Grapheme::new(&signs.nfc().collect::<String>())
}

/// Whether `typed` is a beginning of `due` and not all of it, whichever of its marks was typed first: `ô` begins `ộ`, though
/// the dot below comes before the circumflex in canonical order.
pub fn begins(due: &Grapheme, typed: &Grapheme) -> bool {
    // Of one sign that has no marks nothing but itself is a beginning.
    if due.as_char().is_some_and(|c| c.is_ascii()) {
        return false;
    }
    let (due, typed) = (due.to_string(), typed.to_string());
    let mut rest = typed.nfd().peekable();
    for c in due.nfd() {
        if rest.next_if_eq(&c).is_none() && canonical_combining_class(c) == 0 {
            break;
        }
    }
    rest.peek().is_none() && due != typed
}
