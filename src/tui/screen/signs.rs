//! Signs beyond ASCII that screens draw, and what stands for them where a terminal has none: one table for every screen.

/// Which signs a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// All.
    All,
    /// UTF-8 with a font of few glyphs, as on the Linux console: letters, lines and blocks.
    Few,
    /// ASCII: no UTF-8, or a terminal that draws such signs two columns wide.
    Ascii,
}

/// Signs that small fonts lack, with stand-ins of the same width.
const RARE: &[(char, &str)] = &[
    ('⏎', "<"),
    ('⇧', "^"),
    ('↵', "<"),
    ('⇥', ">"),
    ('␣', "_"),
    ('◌', "o"),
    ('·', "."),
    ('•', "*"),
    ('…', "~"),
    ('‹', "<"),
    ('›', ">"),
    ('←', "<"),
    ('→', ">"),
    ('↑', "^"),
    ('↓', "v"),
    ('▲', "^"),
    ('▼', "v"),
    ('▶', ">"),
    ('◀', "<"),
    ('▸', ">"),
    ('▾', "v"),
    ('✓', "*"),
    ('✔', "*"),
    ('✗', "x"),
    ('✘', "x"),
    ('★', "*"),
    ('☆', "."),
    ('●', "*"),
    ('◉', "*"),
    ('○', "o"),
    ('◆', "*"),
    ('◇', "o"),
    ('■', "#"),
    ('□', "o"),
    ('−', "-"),
    ('×', "x"),
    ('≤', "<"),
    ('≥', ">"),
    ('▁', "_"),
    ('▂', "_"),
    ('▃', "="),
    ('▅', "="),
    ('▆', "#"),
    ('▇', "#"),
    ('━', "="),
    ('╌', "-"),
    ('┄', "-"),
];

/// Signs that small fonts have and ASCII lacks.
const COMMON: &[(char, &str)] = &[
    ('\u{a0}', " "),
    ('─', "-"),
    ('│', "|"),
    ('┃', "|"),
    ('║', "|"),
    ('═', "="),
    ('┌', "+"),
    ('┐', "+"),
    ('└', "+"),
    ('┘', "+"),
    ('├', "+"),
    ('┤', "+"),
    ('┬', "+"),
    ('┴', "+"),
    ('┼', "+"),
    ('╭', "+"),
    ('╮', "+"),
    ('╰', "+"),
    ('╯', "+"),
    ('▀', "\""),
    ('▄', "="),
    ('█', "#"),
    ('▌', "|"),
    ('▐', "|"),
    ('░', "."),
    ('▒', ":"),
    ('▓', "#"),
    ('‘', "'"),
    ('’', "'"),
    ('“', "\""),
    ('”', "\""),
    ('„', "\""),
    ('«', "\""),
    ('»', "\""),
    ('–', "-"),
    ('—', "-"),
];

impl Signs {
    /// By the value of `TERM` and whether the locale's character set is UTF-8.
    pub fn of(term: &str, utf8: bool) -> Self {
        match utf8 {
            false => Self::Ascii,
            true if term.starts_with("linux") => Self::Few,
            true => Self::All,
        }
    }

    /// What is written for a symbol: itself, or what stands for it.
    pub(super) fn shown(self, symbol: &str) -> &str {
        let mut chars = symbol.chars();
        let (Some(c), None) = (chars.next(), chars.next()) else { return symbol };
        let tables: &[_] = match self {
            Self::All => &[],
            Self::Few => &[RARE],
            Self::Ascii => &[RARE, COMMON],
        };
        let mut signs = tables.iter().copied().flatten();
        signs.find(|(sign, _)| *sign == c).map_or(symbol, |(_, stand_in)| stand_in)
    }
}
