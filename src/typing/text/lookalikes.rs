//! Keys that stand for characters which keyboards lack.

use serde::{Deserialize, Serialize};

use super::grapheme::Grapheme;

/// Whether a key that a keyboard has may stand for a character that it has not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lookalikes {
    /// Straight quotes for curly ones, a hyphen for dashes, a space for a no-break space, letters for ligatures.
    #[default]
    Typographic,
    /// These, and keys that resemble symbols: `*` for a bullet, `x` for a multiplication sign, `->` for an arrow.
    Symbols,
    /// Every character must be typed as it is.
    Exact,
}

impl Lookalikes {
    /// Whether `typed` counts as `target`.
    ///
    /// ```
    /// use typeproof::typing::text::{Grapheme, Lookalikes};
    ///
    /// let bullet = Grapheme::One('•');
    /// assert!(Lookalikes::Symbols.accept(&bullet, &Grapheme::One('*')));
    /// assert!(!Lookalikes::Typographic.accept(&bullet, &Grapheme::One('*')));
    /// ```
    pub fn accept(self, target: &Grapheme, typed: &Grapheme) -> bool {
        if target == typed {
            return true;
        }
        let (Some(target), Some(typed)) = (target.as_char(), typed.as_char()) else { return false };
        let typographic = || stand_in(target) == Some(typed);
        match self {
            Self::Exact => false,
            Self::Typographic => typographic(),
            Self::Symbols => {
                typographic() || resembling(target).contains(typed) || narrow(target) == Some(typed)
            }
        }
    }

    /// Whether few keyboards have a key for `target`, and none stands for it.
    pub(super) fn lack_key_for(self, target: &Grapheme) -> bool {
        let replaced = target.as_char().is_some_and(|c| match self {
            Self::Exact => false,
            Self::Typographic => stand_in(c).is_some(),
            Self::Symbols => stand_in(c).is_some() || !resembling(c).is_empty(),
        });
        !replaced
            && match target {
                Grapheme::One(c) => !c.is_ascii() && is_rare(*c),
                Grapheme::Many(cluster) => cluster.chars().any(is_rare),
            }
    }

    /// Replaces what is typed as several keys by those keys: ligatures, the ellipsis, arrows.
    pub(super) fn unfold(self, c: char, out: &mut String) {
        let keys = match self {
            Self::Exact => None,
            Self::Typographic => letters(c),
            Self::Symbols => letters(c).or_else(|| spelled(c)),
        };
        match keys {
            Some(keys) => out.push_str(keys),
            None => out.push(c),
        }
    }
}

/// The letters of a ligature, the dots of an ellipsis.
fn letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        '…' => "...",
        _ => return None,
    })
}

/// The key that stands for a character which most keyboards cannot type.
fn stand_in(target: char) -> Option<char> {
    match target {
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' | '‹' | '›' => Some('\''),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => Some('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Some('-'),
        '\u{a0}' | '\u{202f}' => Some(' '),
        '\n' => Some(' '),
        _ => None,
    }
}

/// How plain text spells a symbol with several keys.
fn spelled(c: char) -> Option<&'static str> {
    Some(match c {
        '→' | '⟶' | '➔' | '➙' | '➜' | '➝' | '➞' => "->",
        '←' | '⟵' => "<-",
        '↔' | '⟷' => "<->",
        '⇒' | '⟹' => "=>",
        '⇐' | '⟸' | '≤' | '⩽' => "<=",
        '⇔' | '⟺' => "<=>",
        '≥' | '⩾' => ">=",
        '≠' => "!=",
        '±' => "+-",
        '‖' | '∥' => "||",
        '‥' => "..",
        '¼' => "1/4",
        '½' => "1/2",
        '¾' => "3/4",
        '©' => "(c)",
        '®' => "(r)",
        '™' => "(tm)",
        '☐' | '□' => "[ ]",
        '☑' | '☒' => "[x]",
        _ => return None,
    })
}

/// The keys that resemble a symbol.
fn resembling(target: char) -> &'static str {
    match target {
        '•' | '‣' | '●' | '○' | '◦' | '∙' | '▪' | '■' | '⁃' | '◆' | '►' | '▶' => "*-",
        '·' | '⋅' | '‧' => ".*",
        '×' | '✕' | '✖' | '✗' | '✘' | '⨯' => "xX*",
        '÷' => "/:",
        '⁄' | '∕' => "/",
        '∗' | '★' | '☆' | '✱' => "*",
        '∼' | '≈' | '˜' => "~",
        '∣' | '¦' | '│' => "|",
        '─' | '━' => "-",
        '⟨' | '〈' => "<",
        '⟩' | '〉' => ">",
        'ʻ' | 'ʽ' | 'ʹ' | 'ʾ' | 'ʿ' | 'ˈ' | '‵' | '´' => "'`",
        'ʺ' => "\"",
        '✓' | '✔' | '√' => "vV",
        '↑' => "^",
        '↓' => "vV",
        '°' | 'º' => "oO",
        'ª' => "aA",
        '⁰' | '₀' => "0",
        '¹' | '₁' => "1",
        '²' | '₂' => "2",
        '³' | '₃' => "3",
        '⁴' | '₄' => "4",
        '⁵' | '₅' => "5",
        '⁶' | '₆' => "6",
        '⁷' | '₇' => "7",
        '⁸' | '₈' => "8",
        '⁹' | '₉' => "9",
        _ => "",
    }
}

/// The ASCII character that a full-width form is a form of.
fn narrow(target: char) -> Option<char> {
    let offset = u32::from(target).checked_sub(0xfee0)?;
    char::from_u32(offset).filter(char::is_ascii_graphic)
}

/// Symbols that hardly a keyboard layout has a key for. What some country's layout has, such as € or №, is not rare.
fn is_rare(c: char) -> bool {
    matches!(c,
        '×' | '÷' | '±' | '¹' | '²' | '³' | '¼' | '½' | '¾' | '©' | '®' | '¶'
        | '\u{2b0}'..='\u{2ff}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205e}'
        | '\u{2070}'..='\u{209f}'
        | '\u{2100}'..='\u{2115}'
        | '\u{2117}'..='\u{2bff}'
        | '\u{2e00}'..='\u{2e7f}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fb00}'..='\u{fb06}'
        | '\u{1d400}'..='\u{1d7ff}'
        | '\u{1f000}'..='\u{1faff}'
        | '\u{f0000}'..='\u{10ffff}')
}
