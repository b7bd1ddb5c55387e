//! The language of a text that is typed. The program's own words are another matter: they do not follow it.

use serde::{Deserialize, Serialize};

/// A code that names no language in which there are texts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected one of en, de, fr, es")]
pub struct UnknownLanguage;

/// A language in which there are passages, words and levels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English: what holds wherever no language is named.
    #[default]
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
    /// French.
    #[serde(rename = "fr")]
    French,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
}

impl Language {
    /// All of them, English first.
    pub const ALL: [Self; 4] = [Self::English, Self::German, Self::French, Self::Spanish];

    /// Its code (ISO 639-1), as files, settings and options write it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
        }
    }

    /// Its name in English.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "German",
            Self::French => "French",
            Self::Spanish => "Spanish",
        }
    }

    /// The language of this code; upper-case letters will do.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// The language of a locale such as `de_AT.UTF-8`; `None` where it names none of these, as `C` does.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        Self::of_code(locale.split(['_', '-', '.', '@']).next()?)
    }

    /// The language of a shipped passage, list or pathway, by its id: those that are not English begin with their code.
    #[must_use]
    pub fn of_id(id: &str) -> Self {
        id.split_once('-').and_then(|(code, _)| Self::of_code(code)).unwrap_or_default()
    }

    /// An id without the code of its language.
    #[must_use]
    pub fn bare(id: &str) -> &str {
        match id.split_once('-') {
            Some((code, rest)) if Self::of_code(code).is_some() => rest,
            _ => id,
        }
    }

    /// The language after this one, in their order; after the last one the first.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::English => Self::German,
            Self::German => Self::French,
            Self::French => Self::Spanish,
            Self::Spanish => Self::English,
        }
    }

    /// The id of something shipped in this language that is called `bare` in English.
    #[must_use]
    pub fn id(self, bare: &str) -> String {
        match self {
            Self::English => bare.to_owned(),
            other => format!("{}-{bare}", other.code()),
        }
    }

    /// The id of its list of common words, from which free tests draw.
    #[must_use]
    pub const fn common_words(self) -> &'static str {
        match self {
            Self::English => "common",
            Self::German => "de-common",
            Self::French => "fr-common",
            Self::Spanish => "es-common",
        }
    }

    /// The ids of its lists of words to practise with, the commonest words first.
    #[must_use]
    pub const fn practice_words(self) -> &'static [&'static str] {
        match self {
            Self::English => &["common", "rarer"],
            Self::German => &["de-common"],
            Self::French => &["fr-common"],
            Self::Spanish => &["es-common"],
        }
    }
}

impl std::str::FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, UnknownLanguage> {
        Self::of_code(code).ok_or(UnknownLanguage)
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
