//! Where punctuation and symbols stand in a text: behind a word, before it, around it, or between two.

/// Puts a mark to a word; `next` is the word that follows where the mark joins two.
pub(super) fn put(mark: char, known: impl Fn(char) -> bool, word: &str, next: &str) -> String {
    let around = |open: char, close: char| format!("{open}{word}{close}");
    let paired = |other: char| known(other);
    match mark {
        '.' | ',' | '?' | '!' | ';' | ':' | '%' | '…' | '°' => {
            let inverted = match mark {
                '?' if paired('¿') => "¿",
                '!' if paired('¡') => "¡",
                _ => "",
            };
            format!("{inverted}{word}{mark}")
        }
        '¿' if paired('?') => around(mark, '?'),
        '¡' if paired('!') => around(mark, '!'),
        '(' | ')' if paired('(') && paired(')') => around('(', ')'),
        '[' | ']' if paired('[') && paired(']') => around('[', ']'),
        '{' | '}' if paired('{') && paired('}') => around('{', '}'),
        '<' | '>' if paired('<') && paired('>') => around('<', '>'),
        '«' | '»' if paired('«') && paired('»') => around('«', '»'),
        '"' | '\'' | '`' | '*' => around(mark, mark),
        '-' | '/' | '_' | '=' | '+' | '\\' | '|' | '&' => format!("{word}{mark}{next}"),
        ')' | ']' | '}' | '>' | '»' => format!("{word}{mark}"),
        _ => format!("{mark}{word}"),
    }
}
