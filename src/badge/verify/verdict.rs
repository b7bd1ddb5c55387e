//! What is known of a badge: five separate answers, and one plain sentence. A good signature alone is no verdict.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::badge::reasons::{Parameters, Reason};

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Yes, and in what sense.
    Yes(Reason),
    /// No, and why.
    No(Reason),
    /// Not asked or not answerable here, and why.
    NotChecked(Reason),
}

/// As `answer`, `why` in words, `code` and `parameters`.
impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Answer", 4)?;
        members.serialize_field("answer", &self.word().replace(' ', "-"))?;
        members.serialize_field("why", &self.why())?;
        members.serialize_field("code", self.reason().code())?;
        members.serialize_field("parameters", &Parameters(self.reason().parameters()))?;
        members.end()
    }
}

impl Answer {
    /// Whether it is a yes.
    pub const fn is_yes(&self) -> bool {
        matches!(self, Self::Yes(_))
    }

    /// Whether it is a no.
    pub const fn is_no(&self) -> bool {
        matches!(self, Self::No(_))
    }

    /// The word before the reason.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Yes(_) => "yes",
            Self::No(_) => "no",
            Self::NotChecked(_) => "not checked",
        }
    }

    /// The reason: its code is stable.
    pub const fn reason(&self) -> &Reason {
        match self {
            Self::Yes(why) | Self::No(why) | Self::NotChecked(why) => why,
        }
    }

    /// The reason in words.
    pub fn why(&self) -> String {
        self.reason().to_string()
    }
}

/// What all answers together come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Intact, in force, and from an issuer the user trusts.
    Valid,
    /// Intact and in force, but from an issuer not trusted, or the user's own.
    Unproven,
    /// Altered, out of force, not the holder's, not borne out by its log, or from a key that is not believed.
    Refused,
    /// Nothing can be said: something is missing that the check needs.
    CannotTell,
}

/// The five answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Is it unchanged since it was signed?
    pub integrity: Answer,
    /// Is the issuer trusted, for this date and this supervision?
    pub issuer: Answer,
    /// Is it about the person who was named?
    pub holder: Answer,
    /// Do the figures follow from the keystroke log?
    pub evidence: Answer,
    /// Is it in force at the time of asking?
    pub standing: Answer,
    /// Whether the issuer's answer is a refusal, and not just an unknown issuer.
    #[serde(skip)]
    pub issuer_refused: bool,
    /// Whether a name or address was given: then an answer is expected.
    #[serde(skip)]
    pub holder_asked: bool,
    /// Whether a keystroke log was given.
    #[serde(skip)]
    pub evidence_asked: bool,
}

impl Verdict {
    /// A verdict on something of which nothing else could be asked.
    pub fn unreadable(integrity: Answer) -> Self {
        let rest = || Answer::NotChecked(Reason::new("unread"));
        Self {
            integrity,
            issuer: rest(),
            holder: rest(),
            evidence: rest(),
            standing: rest(),
            issuer_refused: false,
            holder_asked: false,
            evidence_asked: false,
        }
    }

    /// The answers by name, in order.
    pub fn answers(&self) -> [(&'static str, &Answer); 5] {
        [
            ("integrity", &self.integrity),
            ("issuer", &self.issuer),
            ("holder", &self.holder),
            ("evidence", &self.evidence),
            ("standing", &self.standing),
        ]
    }

    /// What the answers come to.
    pub fn outcome(&self) -> Outcome {
        let refused =
            [&self.integrity, &self.holder, &self.evidence, &self.standing].iter().any(|a| a.is_no());
        match () {
            () if refused || self.issuer_refused => Outcome::Refused,
            () if self.open().next().is_some() => Outcome::CannotTell,
            () if self.issuer.is_yes() => Outcome::Valid,
            () => Outcome::Unproven,
        }
    }

    /// The answers without which nothing can be said, and that are missing: integrity and standing always, holder and
    /// evidence where they were asked for.
    fn open(&self) -> impl Iterator<Item = &Answer> {
        let needed = [
            (&self.integrity, true),
            (&self.standing, true),
            (&self.holder, self.holder_asked),
            (&self.evidence, self.evidence_asked),
        ];
        let missing = |(answer, asked): &(&Answer, bool)| *asked && matches!(answer, Answer::NotChecked(_));
        needed.into_iter().filter(missing).map(|(answer, _)| answer)
    }

    /// The answer that decides what they come to.
    pub fn deciding(&self) -> &Answer {
        let refusing = [&self.integrity, &self.holder, &self.evidence, &self.standing];
        let found = match self.outcome() {
            // Who says so, and under what supervision, belongs to the sentence: valid is not yet observed.
            Outcome::Valid | Outcome::Unproven => Some(&self.issuer),
            // An issuer who is merely unknown is no reason to refuse: the reason is one of the others.
            Outcome::Refused if self.issuer_refused && !self.integrity.is_no() => Some(&self.issuer),
            Outcome::Refused => refusing.into_iter().find(|answer| answer.is_no()),
            Outcome::CannotTell => self.open().next(),
        };
        found.unwrap_or(&self.integrity)
    }

    /// One plain sentence.
    pub fn sentence(&self) -> String {
        let code = match self.outcome() {
            Outcome::Valid => "sentence-valid",
            Outcome::Unproven => "sentence-unproven",
            Outcome::Refused => "sentence-refused",
            Outcome::CannotTell => "sentence-cannot-tell",
        };
        let said = Reason::new(code).with("why", self.deciding().reason().clone()).to_string();
        let stop = if said.ends_with('?') { "" } else { "." };
        format!("{said}{stop}")
    }
}
