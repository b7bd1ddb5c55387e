//! Why a badge is believed or not: a code with parameters, and the words for it in both languages.
//!
//! Every answer of the verifier has a [`Reason`], and so has every error beneath: the code is stable, so that programs
//! can go by it, and the words may change. They lie in `reasons/texts.json`, from which the verification page takes
//! them too. Its parts are `both`, for program and page; `program` and `page`, where one of them names what only it
//! has, such as an option of the command line. A text has holes such as `{name}`, one for each parameter that it shows.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Deserialize, Serialize, Serializer};

use crate::trust::multikey::KeyError;
use crate::trust::{Assurance, NameError};
use crate::typing::bytes::BytesError;

/// The words of all reasons, as program and page read them.
pub const TEXTS: &str = include_str!("reasons/texts.json");

/// A language in which reasons have words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English, in which the program speaks.
    English,
    /// German.
    German,
}

/// The words of one reason.
#[derive(Debug, Deserialize)]
struct Words {
    en: String,
    de: String,
}

/// The parts of the words that the program reads.
#[derive(Debug, Default, Deserialize)]
struct Texts {
    both: HashMap<String, Words>,
    program: HashMap<String, Words>,
}

/// Read when the first reason is put into words. That they can be read is tested.
static WORDS: LazyLock<Texts> = LazyLock::new(|| serde_json::from_str(TEXTS).unwrap_or_default());

/// What fills a hole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Parameter {
    /// A text, as it is to be shown.
    Text(String),
    /// A number.
    Number(u64),
    /// A reason, which becomes a part of the sentence.
    Reason(Box<Reason>),
}

/// Why something is so: a code, and what the words for it need.
///
/// ```
/// use typeproof::badge::reasons::{Language, Reason};
///
/// let reason = Reason::new("expired").with("day", "2026-11-20");
/// assert_eq!(reason.to_string(), "it expired on 2026-11-20");
/// assert_eq!(reason.text(Language::German), "es ist am 2026-11-20 abgelaufen");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    code: &'static str,
    parameters: Vec<(&'static str, Parameter)>,
}

impl Reason {
    /// The reason of this code, without parameters.
    #[must_use]
    pub const fn new(code: &'static str) -> Self {
        Self { code, parameters: Vec::new() }
    }

    /// The reason with one more parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Parameter>) -> Self {
        self.parameters.push((name, value.into()));
        self
    }

    /// The code: words in lower case with hyphens, which stay as they are when the text changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The parameters, in the order in which they were given.
    #[must_use]
    pub fn parameters(&self) -> &[(&'static str, Parameter)] {
        &self.parameters
    }

    /// The reason in words, part of a sentence.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let words = WORDS.program.get(self.code).or_else(|| WORDS.both.get(self.code));
        let text = words.map_or(self.code, |words| match language {
            Language::English => &words.en,
            Language::German => &words.de,
        });
        let mut pieces = text.split('{');
        let mut filled = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let hole = piece.split_once('}');
            match hole.and_then(|(name, rest)| Some((self.parameter(name)?.text(language), rest))) {
                Some((value, rest)) => filled.extend([value.as_str(), rest]),
                None => filled.extend(["{", piece]),
            }
        }
        filled
    }

    fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

impl Parameter {
    fn text(&self, language: Language) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Reason(reason) => reason.text(language),
        }
    }
}

/// In English.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::English))
    }
}

/// As `code` and `parameters`; a parameter that is a reason has both again.
impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Reason", 2)?;
        members.serialize_field("code", self.code)?;
        members.serialize_field("parameters", &Parameters(&self.parameters))?;
        members.end()
    }
}

/// Parameters by their names.
pub(in crate::badge) struct Parameters<'a>(pub(in crate::badge) &'a [(&'static str, Parameter)]);

impl Serialize for Parameters<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(Some(self.0.len()))?;
        self.0.iter().try_for_each(|(name, value)| members.serialize_entry(name, value))?;
        members.end()
    }
}

impl From<String> for Parameter {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Parameter {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u64> for Parameter {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Parameter {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u8> for Parameter {
    fn from(number: u8) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Parameter {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<Reason> for Parameter {
    fn from(reason: Reason) -> Self {
        Self::Reason(Box::new(reason))
    }
}

impl From<Assurance> for Reason {
    fn from(assurance: Assurance) -> Self {
        Self::new(match assurance {
            Assurance::SelfAssessed => "self-assessed",
            Assurance::Reviewed => "reviewed",
            Assurance::Proctored => "proctored",
        })
    }
}

impl From<KeyError> for Reason {
    fn from(why: KeyError) -> Self {
        Self::new(match why {
            KeyError::Form => "key-form",
            KeyError::Kind => "key-kind",
            KeyError::Point => "key-point",
            KeyError::Weak => "key-weak",
        })
    }
}

impl From<&NameError> for Reason {
    fn from(why: &NameError) -> Self {
        match why {
            NameError::Empty => Self::new("name-empty"),
            NameError::TooLong => Self::new("name-long").with("most", crate::trust::MAX_NAME_GRAPHEMES),
            NameError::Control(name) => Self::new("name-control").with("name", format!("{name:?}")),
        }
    }
}

impl From<&BytesError> for Reason {
    fn from(why: &BytesError) -> Self {
        match why {
            BytesError::Magic(what) => Self::new("bytes-magic").with("what", *what),
            BytesError::Truncated(what) => Self::new("bytes-truncated").with("what", *what),
            BytesError::Trailing(count) => Self::new("bytes-trailing").with("count", *count),
            BytesError::LongForm(what) => Self::new("bytes-long-form").with("what", *what),
            BytesError::Value(what, value) => {
                Self::new("bytes-value").with("what", *what).with("value", *value)
            }
            BytesError::Inflate(most) => Self::new("bytes-inflate").with("most", *most),
            BytesError::Text(what, why) => {
                Self::new("bytes-text").with("what", *what).with("why", why.as_str())
            }
        }
    }
}
