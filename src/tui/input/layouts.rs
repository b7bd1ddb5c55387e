//! Keyboards of other alphabets: which key of a US keyboard lies where a letter is typed.
//!
//! Where the terminal tells only the letter, its place is the one it has on the commonest layout of its script (the
//! layouts of xkeyboard-config: ru, ua, gr, il, ara, ir, ge, th, in, kr). Letters of the scripts in use here share no
//! character with one another, so one table serves all.

/// Keys of a US keyboard, and what stands on them elsewhere, key by key; a space stands for nothing.
const LAYOUTS: &[(&str, &str)] = &[
    // Cyrillic: Russian, then what Ukrainian, Belarusian and Serbian have besides.
    ("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё"),
    ("so]'`", "іўїєґ"),
    ("qw]j'x", "љњђјћџ"),
    // Greek.
    ("wertyuiopasdfghjklzxcvbnm", "ςερτυθιοπασδφγηξκλζχψωβνμ"),
    // Hebrew.
    ("ertyuiopasdfghjkl;zxcvbnm,.", "קראטוןםפשדגכעיחלךףזסבהנמצתץ"),
    // Arabic, with the letters that Persian keeps in the rows of letters at their Persian places.
    ("qwertyuiop[asdfghjkl;cvm,", "ضصثقفغعهخحجشسيبلاتنمكؤرةو"),
    ("d];'zxcbnmnzx", "یچکگظطزذدپىئء"),
    ("b?", "\u{fefb}؟"),
    // Georgian; the letters typed with Shift lie on the same keys.
    ("qwertyuiopasdfghjklzxcvbnm", "ქწერტყუიოპასდფგჰჯკლზხცვბნმ"),
    ("wrtsjzc", "ჭღთშჟძჩ"),
    // Thai.
    ("qwertyuiop[]asdfghjkl;'zxcvbnm,./", "ๆไำพะัีรนยบลฟหกดเ้่าสวงผปแอิืทมใฝ"),
    // Devanagari.
    ("qwertyuiop[]asdfghjkl;'xcvbnm/", "ौैाीूबहगदजड़ोे्िुपरकतचटंमनवलसय"),
    // Korean, before an input method makes syllables of it.
    ("qwertyuiopasdfghjklzxcvbnm", "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ"),
];

/// The zeros of the digits that people have on their keys instead of 0 to 9: Arabic, Persian, Devanagari, Bengali, Thai.
const ZEROS: [char; 5] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}'];

/// The first and the last of the wide forms of ASCII, which input methods of East Asia type.
const WIDE: (char, char) = ('\u{ff01}', '\u{ff5e}');

/// By how much their numbers are greater.
const WIDER: u32 = 0xfee0;

/// A character in lower case, where that is one character.
pub(super) fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// The character that the key of this one types on a US keyboard, without shift; nothing for ASCII, and for what stands
/// in no table.
pub(super) fn us_key(c: char) -> Option<char> {
    if c.is_ascii() {
        return None;
    }
    let lower = lower(c);
    place(lower).or_else(|| digit(c)).or_else(|| wide(c)).or_else(|| {
        // A letter with an accent lies where the letter lies, typed with a dead key before it.
        let mut letter = None;
        unicode_normalization::char::decompose_canonical(lower, |part| letter = letter.or(Some(part)));
        letter.filter(|letter| *letter != lower).and_then(place)
    })
}

fn place(c: char) -> Option<char> {
    let mut keys = LAYOUTS.iter().flat_map(|(us, other)| us.chars().zip(other.chars()));
    keys.find(|(_, other)| *other == c).map(|(us, _)| us)
}

fn digit(c: char) -> Option<char> {
    let value = |zero: &char| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10);
    ZEROS.iter().find_map(value).and_then(|value| char::from_digit(value, 10))
}

fn wide(c: char) -> Option<char> {
    match c {
        '\u{3000}' => Some(' '),
        _ if (WIDE.0..=WIDE.1).contains(&c) => char::from_u32(u32::from(c) - WIDER),
        _ => None,
    }
}
