//! What an exam is: its rules, texts, attempts and policies, as its file states them.

mod file;
mod read;
mod write;

use serde::{Deserialize, Serialize};

use crate::lessons::language::Language;
use crate::typing::rules::{Limit, Rules};
use crate::typing::text::Lookalikes;

/// Longest time of an accommodation, warm-up or rest in minutes: three hours, as long as a session may last.
pub const MAX_MINUTES: u32 = 180;

/// Most attempts that count: more would be practice.
pub const MAX_ATTEMPTS: u32 = 20;

/// An exam, as its file defines it. Every member has a value: what the file leaves out has its default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its id: names its folder, its journal and the badges' evidence. As [`crate::lessons::problem::is_id`] says.
    pub id: String,
    /// What it is called on sheets, badges and reports.
    pub title: String,
    /// The language of its texts.
    pub language: Language,
    /// Who supervises, and how identity is checked.
    pub proctor: Proctor,
    /// The rule file that was named; nothing where the exam states rules of its own.
    pub rule_file: Option<String>,
    /// The rules.
    pub rules: Rules,
    /// Which keys may stand for characters that a keyboard lacks.
    pub lookalikes: Lookalikes,
    /// Which texts there are, and who types which.
    pub passages: Passages,
    /// Seconds of the warm-up, which is not scored; 0 for none.
    pub warm_up_s: u32,
    /// How many attempts count, and how.
    pub attempts: Attempts,
    /// Who starts a test.
    pub start: Start,
    /// What becomes of a test whose connection is lost.
    pub disconnect: Disconnect,
    /// What candidates see of their results.
    pub shown: Shown,
    /// How long a session may last.
    pub limits: Limits,
    /// Days for which raw timing is kept after the last test, for appeals.
    pub retention_days: u32,
    /// The roster's file, relative to the exam's.
    pub roster: String,
    /// What single candidates need. Nothing of it stands on a badge.
    pub accommodations: Vec<Accommodation>,
}

/// Who supervises an exam.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proctor {
    /// The name as it stands on badges and certificates.
    pub name: String,
    /// Title or office, e.g. `Head of training`; may be empty.
    #[serde(default)]
    pub title: String,
    /// How identity is checked, e.g. `photo ID`; what stands behind "identity checked:".
    pub identity: String,
}

/// Which texts an exam has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passages {
    /// Who types which.
    pub policy: PassagePolicy,
    /// Where they come from.
    pub source: PassageSource,
}

/// Who types which text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassagePolicy {
    /// All type the same text in the same attempt.
    #[default]
    Same,
    /// Each candidate has other texts, of equal measured difficulty.
    Different,
}

/// Where the texts of an exam come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PassageSource {
    /// The shipped passages, which anybody may have practised: of these kinds, of every kind where none is named.
    Shipped(Vec<String>),
    /// The exam's own bank, an encrypted file relative to the exam's.
    Bank(String),
}

/// How many attempts count, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempts {
    /// How many there are, 1 to [`MAX_ATTEMPTS`].
    pub number: u32,
    /// Which of them is the result.
    pub counts: Counting,
}

/// Which attempt is the result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counting {
    /// The one with the highest net speed, the more accurate of equals.
    #[default]
    Best,
    /// The last that was finished.
    Last,
    /// The mean of all that were finished, rounded half up.
    Mean,
}

impl Counting {
    /// Its word in files, and in the policy that badges state.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Last => "last",
            Self::Mean => "mean",
        }
    }
}

/// Who starts a test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// The proctor gives one signal for all who are ready.
    #[default]
    Together,
    /// Each candidate, when ready.
    OneByOne,
}

/// What becomes of a test whose connection is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disconnect {
    /// What is done.
    pub policy: OnDisconnect,
    /// How many times a candidate gets a fresh passage without the proctor's act.
    pub fresh_at_most: u32,
}

/// What is done with a test whose connection is lost. Its log is kept in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnDisconnect {
    /// It is aborted, and the candidate takes the attempt anew with a fresh passage.
    #[default]
    FreshPassage,
    /// It is aborted, and the proctor may let it go on with the time that was left.
    Resume,
}

/// What candidates see of their results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// That the test is over, and nothing else.
    Nothing,
    /// Speed, errors and accuracy.
    #[default]
    Figures,
}

/// How long a session may last, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Without a key.
    pub idle_s: u32,
    /// In all.
    pub session_s: u32,
}

/// What one candidate needs. A test reads it; no badge, certificate or CSV names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accommodation {
    /// The candidate's number.
    pub number: String,
    /// Minutes of rest that the candidate may take before each attempt.
    pub rest_minutes: u32,
    /// Whether lines stand further apart.
    pub wide_spacing: bool,
    /// Whether screens are plain: no colours, no frames, nothing that moves.
    pub plain: bool,
    /// Seconds of the test, in place of the rules'.
    pub seconds: Option<u32>,
    /// Seconds of the warm-up, in place of the exam's.
    pub warm_up_s: Option<u32>,
}

impl Definition {
    /// Seconds of the warm-up where the file says nothing.
    pub const WARM_UP_S: u32 = 60;
    /// How many fresh passages a candidate gets without the proctor, where the file says nothing.
    pub const FRESH_AT_MOST: u32 = 2;
    /// How long a session may last, where the file says nothing.
    pub const LIMITS: Limits = Limits { idle_s: 600, session_s: 10_800 };
    /// Days for which raw timing is kept, where the file says nothing.
    pub const RETENTION_DAYS: u32 = 90;
    /// The roster's file, where the exam's says nothing.
    pub const ROSTER: &str = "roster.csv";
    /// The rules, where the file says nothing: five minutes, as employers ask for, and the classical net.
    pub const RULES: Rules = Rules::practice(Limit::Seconds(300));

    /// What a candidate needs, by number; nothing for most.
    #[must_use]
    pub fn accommodation(&self, number: &str) -> Option<&Accommodation> {
        self.accommodations.iter().find(|accommodation| accommodation.number == number)
    }

    /// The rules of a candidate's test: those of the exam, with the candidate's own time where there is one.
    #[must_use]
    pub fn rules_for(&self, number: &str) -> Rules {
        let own = self.accommodation(number).and_then(|accommodation| accommodation.seconds);
        own.map_or(self.rules, |seconds| Rules { limit: Limit::Seconds(seconds), ..self.rules })
    }

    /// Seconds of a candidate's warm-up; 0 for none.
    #[must_use]
    pub fn warm_up_for(&self, number: &str) -> u32 {
        self.accommodation(number).and_then(|own| own.warm_up_s).unwrap_or(self.warm_up_s)
    }

    /// The policy of attempts in words, as badges and reports state it: `best of 2 attempts`.
    #[must_use]
    pub fn policy(&self) -> String {
        match (self.attempts.number, self.attempts.counts) {
            (1, _) => "1 attempt".to_owned(),
            (n, Counting::Best) => format!("best of {n} attempts"),
            (n, Counting::Last) => format!("last of {n} attempts"),
            (n, Counting::Mean) => format!("mean of {n} attempts"),
        }
    }
}
