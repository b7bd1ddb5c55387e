//! What a test allows and how it is counted, as data: enough switches for every exam in the field, and no more.

use serde::{Deserialize, Serialize};

use super::key::Millis;

/// Longest time limit in seconds: the longest exam found takes 30 minutes; two hours leave room.
pub const MAX_SECONDS: u32 = 7_200;

/// What ends a test besides giving up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Limit {
    /// The clock: this many seconds.
    Seconds(u32),
    /// The text: its last character.
    Text,
}

/// What starts the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// The first key; that key is then not counted in speed (MacKenzie, "A Note on Calculating Text Entry Speed").
    #[default]
    FirstKey,
    /// A signal; every key counts.
    StartSignal,
}

/// How far back a typist may correct.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Correction {
    /// Anywhere before the caret.
    #[default]
    Free,
    /// Nowhere: erasing keys do nothing.
    None,
    /// Within the word at the caret.
    CurrentWord,
}

/// What counts as one uncorrected error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorUnit {
    /// A wrong, missing or superfluous character: the minimum string distance.
    #[default]
    Character,
    /// A word with any error in it, its separator included; at most one a word.
    Word,
    /// Full and half mistakes: omission, substitution, addition 1; spacing, capitals, punctuation, transposition ½.
    FullHalf,
}

/// What uncorrected errors take from the speed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Penalty {
    /// Nothing: net is gross.
    #[default]
    None,
    /// The classical net: errors a minute, each taking this many words (of five characters).
    WordsPerError(u32),
    /// Hundredths of a word per minute for each error, however long the test.
    WpmX100PerError(u32),
    /// Characters for each error.
    CharactersPerError(u32),
    /// All characters of every word with an error.
    WrongWords,
}

/// What a share of errors is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareOf {
    /// Characters of the text presented.
    Characters,
    /// Words of the text presented.
    Words,
}

/// The largest share of uncorrected errors with which a test still passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorShare {
    /// Basis points, 0..=10000: 25 is 0.25 %.
    pub bp: u32,
    /// Of what.
    pub of: ShareOf,
}

/// The unit in which a speed is asked for and shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Words per minute, a word being five characters.
    #[default]
    Wpm,
    /// Characters (strokes) per minute.
    Cpm,
    /// Key depressions per hour.
    Kph,
}

impl Unit {
    /// How many of this unit one word per minute is.
    pub const fn per_wpm(self) -> u32 {
        match self {
            Self::Wpm => 1,
            Self::Cpm => 5,
            Self::Kph => 300,
        }
    }

    /// The unit's usual abbreviation.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wpm => "WPM",
            Self::Cpm => "CPM",
            Self::Kph => "KPH",
        }
    }
}

/// By which time a speed is divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeBase {
    /// The time taken.
    #[default]
    Elapsed,
    /// The time allowed, even when the typist stops early.
    Allotted,
}

/// What a wrong key does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnError {
    /// It stands, and the caret goes on.
    #[default]
    GoOn,
    /// It is counted and stands nowhere: the caret waits for the right key.
    Stop,
    /// It ends the test, as given up.
    End,
}

impl OnError {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::GoOn, Self::Stop, Self::End];

    /// Its name in files and settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::GoOn => "go-on",
            Self::Stop => "stop",
            Self::End => "end",
        }
    }

    /// The choice of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.name() == name)
    }

    /// Whether it is what every test has that says nothing of it.
    #[must_use]
    pub const fn is_usual(&self) -> bool {
        matches!(self, Self::GoOn)
    }
}

/// What a test allows and how it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Rules {
    /// What ends the test.
    pub limit: Limit,
    /// What starts the clock.
    #[serde(default)]
    pub clock: Clock,
    /// How far back a typist may correct.
    #[serde(default)]
    pub correction: Correction,
    /// What counts as one uncorrected error.
    #[serde(default)]
    pub error_unit: ErrorUnit,
    /// What uncorrected errors take from the speed.
    #[serde(default)]
    pub penalty: Penalty,
    /// The most uncorrected errors with which the test still passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_errors: Option<u32>,
    /// The largest share of uncorrected errors with which the test still passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_error_share: Option<ErrorShare>,
    /// The unit in which the speed is asked for.
    #[serde(default)]
    pub unit: Unit,
    /// By which time the speed is divided.
    #[serde(default)]
    pub time_base: TimeBase,
    /// What a wrong key does.
    #[serde(default, skip_serializing_if = "OnError::is_usual")]
    pub on_error: OnError,
}

/// Why rules make no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// A time limit of nothing, or beyond [`MAX_SECONDS`].
    #[error("limit: {0} seconds: give 1 to {MAX_SECONDS} seconds, or \"text\"")]
    Seconds(u32),
    /// A share above the whole.
    #[error("max-error-share: {0} basis points: give 0 to 10000")]
    Share(u32),
    /// Allotted time without a time limit.
    #[error("time-base: \"allotted\" needs a limit in seconds")]
    NoAllotment,
}

impl Rules {
    /// The rules of plain practice: free correction, uncorrected errors taken off a minute.
    pub const fn practice(limit: Limit) -> Self {
        Self {
            limit,
            clock: Clock::FirstKey,
            correction: Correction::Free,
            error_unit: ErrorUnit::Character,
            penalty: Penalty::WordsPerError(1),
            max_errors: None,
            max_error_share: None,
            unit: Unit::Wpm,
            time_base: TimeBase::Elapsed,
            on_error: OnError::GoOn,
        }
    }

    /// The time limit in milliseconds, `None` when the text is the limit.
    pub const fn limit_ms(&self) -> Option<Millis> {
        match self.limit {
            Limit::Seconds(s) => Some(s.saturating_mul(1_000)),
            Limit::Text => None,
        }
    }

    /// Checks what types cannot.
    ///
    /// # Errors
    /// When a limit or share is out of range, or when allotted time has no limit to come from.
    pub fn check(&self) -> Result<(), RulesError> {
        match (self.limit, self.time_base, self.max_error_share) {
            (Limit::Seconds(s), ..) if s == 0 || s > MAX_SECONDS => Err(RulesError::Seconds(s)),
            (Limit::Text, TimeBase::Allotted, _) => Err(RulesError::NoAllotment),
            (_, _, Some(share)) if share.bp > 10_000 => Err(RulesError::Share(share.bp)),
            _ => Ok(()),
        }
    }
}
