//! What the timing of keys comes to: figures, and a verdict in words.

use std::fmt;

/// Fewest keystrokes that are assessed; with fewer, chance has too large a part in every figure.
pub const LEAST_KEYSTROKES: u32 = 150;

/// Fewest pairs of keys with a usable time. A text of numbers or foreign letters has fewer in its keystrokes.
pub const LEAST_PAIRS: u32 = 100;

/// Fewest of these within words.
pub const LEAST_PAIRS_IN_WORDS: u32 = 40;

/// The least correlation with the text that is usual, in thousandths. Times that know nothing of the text exceed it by
/// chance once in some 4,000 tests of 300 keys; of 2,139 tests of people as long, 3 fell below it.
pub const LEAST_TEXT_PERMILLE: i32 = 210;

/// The least figure within words that is usual, in thousandths. Even times with pauses between words exceed it once in some
/// 500 tests of 300 keys; of 2,139 tests of people as long, none fell below it.
pub const LEAST_WORDS_PERMILLE: i32 = 850;

/// The least correlation of the times within words that is usual, in thousandths, for somebody whose correlation with the whole
/// text is low too.
pub const LEAST_LETTERS_PERMILLE: i32 = 50;

/// The correlation with the text below which it is low: half of all people have twice as much.
pub const LOW_TEXT_PERMILLE: i32 = 300;

/// What no verdict can see, for people who read one.
pub const LIMITS: [&str; 3] = [
    "A recording of a person passes, also when it is played faster or slower; so does a program that has learned how long \
     people take for each pair of keys.",
    "It does not say who typed.",
    "Up to 5 of 1,000 tests that people took are unusual too. Look at the replay and ask, before you decide anything.",
];

/// On what was typed: what is known of a keyboard and a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written<'a> {
    /// The id of the keyboard layout; `None` where it was not recorded, which is taken for that of the model.
    pub layout: Option<&'a str>,
    /// The code of the text's language, such as `en`; `None` where it is not known, or the text is no text of a language.
    pub language: Option<&'a str>,
}

/// What the timing of some keystrokes says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// Keystrokes that were looked at, erasing ones included.
    pub keystrokes: u32,
    /// What was measured; `None` where nothing was.
    pub figures: Option<Figures>,
    /// What it comes to.
    pub verdict: Verdict,
}

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Pairs of keys with a usable time.
    pub pairs: u32,
    /// Of these, pairs of letters.
    pub pairs_in_words: u32,
    /// The median time between two keys in milliseconds.
    pub median_ms: u32,
    /// Correlation of the times with what the text leads one to expect, in thousandths, −1000 to 1000.
    pub text_permille: i32,
    /// The same correlation within words only.
    pub letters_permille: i32,
    /// Skewness of the times within words plus 2.3 times their correlation with the text, in thousandths.
    pub words_permille: i32,
}

/// What the timing comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As people type.
    Consistent,
    /// As people hardly ever type, and how: one or more.
    Unusual(Vec<Oddity>),
    /// Nothing can be said, and why.
    NotAssessed(NotAssessed),
}

/// In which way a timing is unusual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// It does not depend on the text; with the figure in thousandths.
    Text(i32),
    /// Within words it does not depend on the letters, and hardly on the rest; with the first figure in thousandths.
    Letters(i32),
    /// Within words it is neither lopsided nor dependent on the letters; with the figure in thousandths.
    Words(i32),
}

/// Why nothing is said of a timing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAssessed {
    /// Fewer keystrokes than [`LEAST_KEYSTROKES`].
    Short(u32),
    /// Too few pairs of letters with a time.
    FewPairs(u32),
    /// There is no model for this layout.
    Layout(String),
    /// There is no model for this language.
    Language(String),
    /// The language of the text is not known.
    LanguageUnknown,
}

impl Verdict {
    /// Its first words, which are the same for all verdicts of its kind.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Consistent => "consistent with human typing",
            Self::Unusual(_) => "unusual",
            Self::NotAssessed(_) => "not assessed",
        }
    }

    /// What is unusual, or why nothing is said, in words.
    #[must_use]
    pub fn reasons(&self) -> Vec<String> {
        match self {
            Self::Consistent => Vec::new(),
            Self::Unusual(oddities) => oddities.iter().map(Oddity::to_string).collect(),
            Self::NotAssessed(why) => vec![why.to_string()],
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        for (i, reason) in self.reasons().iter().enumerate() {
            write!(f, "{}{reason}", if i == 0 { ": " } else { "; " })?;
        }
        Ok(())
    }
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Text(permille) => write!(
                f,
                "the times hardly depend on what is typed ({}; usual is {} or more)",
                hundredths(permille),
                hundredths(LEAST_TEXT_PERMILLE)
            ),
            Self::Letters(permille) => write!(
                f,
                "within words the times do not depend on the letters ({}; usual is {} or more)",
                hundredths(permille),
                hundredths(LEAST_LETTERS_PERMILLE)
            ),
            Self::Words(permille) => write!(
                f,
                "within words the times are even and do not depend on the letters ({}; usual is {} or more)",
                hundredths(permille),
                hundredths(LEAST_WORDS_PERMILLE)
            ),
        }
    }
}

impl fmt::Display for NotAssessed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short(keystrokes) => {
                write!(f, "{keystrokes} keystrokes, and {LEAST_KEYSTROKES} are needed")
            }
            Self::FewPairs(pairs) => {
                write!(f, "too few letters in a row: {pairs} times between keys can be used")
            }
            Self::Layout(layout) => write!(f, "there is no model for the layout {layout:?}"),
            Self::Language(language) => write!(f, "there is no model for the language {language:?}"),
            Self::LanguageUnknown => f.write_str("the language of the text is not known"),
        }
    }
}

/// Thousandths as a decimal number with two places, rounded: 554 is `0.55`.
#[must_use]
pub fn hundredths(permille: i32) -> String {
    let rounded = (permille.unsigned_abs() + 5) / 10;
    let sign = if permille < 0 && rounded > 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", rounded / 100, rounded % 100)
}
