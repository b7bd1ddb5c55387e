//! What dead keys make of the next character, by the composition of Unicode.

use unicode_normalization::char::compose;

/// The signs of dead keys, and the combining marks that they stand for (Unicode, Combining Diacritical Marks).
const MARKS: &[(char, char)] = &[
    ('`', '\u{300}'),
    ('´', '\u{301}'),
    ('^', '\u{302}'),
    ('~', '\u{303}'),
    ('¯', '\u{304}'),
    ('˘', '\u{306}'),
    ('˙', '\u{307}'),
    ('¨', '\u{308}'),
    ('˚', '\u{30a}'),
    ('°', '\u{30a}'),
    ('˝', '\u{30b}'),
    ('ˇ', '\u{30c}'),
    ('¸', '\u{327}'),
    ('˛', '\u{328}'),
];

/// Whether it is known what the dead key of this sign makes.
pub(super) fn is_known(sign: char) -> bool {
    MARKS.iter().any(|(known, _)| *known == sign)
}

/// What a dead key and the next character make, if they make one. With Space it is the sign itself.
pub(super) fn made(sign: char, next: char) -> Option<char> {
    let (_, mark) = MARKS.iter().find(|(known, _)| *known == sign)?;
    if next == ' ' { Some(sign) } else { compose(next, *mark) }
}
