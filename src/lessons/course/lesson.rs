//! A lesson as a learner gets it: for one layout and one language.

use std::collections::BTreeSet;

use crate::lessons::terms::Thresholds;
use crate::lessons::wording::counted;
use crate::typing::exercise::LessonRef;
use crate::typing::rules::{Rules, Unit};
use crate::typing::score::CHARACTERS_PER_WORD;

/// What the text of a lesson is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Material {
    /// New letters: groups of them first, then words that hold them.
    Letters,
    /// Words that hold the letters of the lessons before.
    Words,
    /// Words that begin with capitals.
    Capitals,
    /// Words with punctuation and symbols.
    Marks,
    /// Numbers among words.
    NumbersAmongWords,
    /// Numbers, each on a line of its own.
    Numbers,
    /// Sentences of passages.
    Prose,
    /// Code: one of these snippets.
    Code(Vec<String>),
}

/// A lesson for one layout and one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Which lesson it is, of which course, for which layout and language.
    pub named: LessonRef,
    /// Its place in the course, from 1.
    pub number: usize,
    /// What it is called: the new keys, or what is practised.
    pub title: String,
    /// What is to be reached, as a sentence.
    pub goal: String,
    /// What helps, in a few sentences.
    pub explanation: String,
    /// How each new key is reached, a line each.
    pub reach: Vec<String>,
    /// The characters that it introduces, or in a repetition those that it repeats.
    pub new: Vec<char>,
    /// Every character that its text may hold, the space among them. Code holds whatever its snippets hold.
    pub known: BTreeSet<char>,
    /// What its text is made of.
    pub material: Material,
    /// About how many characters its text has.
    pub length: usize,
    /// The rules under which it is typed.
    pub rules: Rules,
    /// The gate: accuracy first, speed second. The course's own, unless a learner's settings changed it.
    pub gate: Thresholds,
    /// Whether it is the test at the end of the course.
    pub is_test: bool,
}

impl Lesson {
    /// About how long it takes at the speed of its gate, in minutes, at least 1.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        let per_minute_x100 =
            u64::from(self.gate.speed.0) * CHARACTERS_PER_WORD / u64::from(self.rules.unit.per_wpm());
        let minutes = (self.length as u64 * 100).div_ceil(per_minute_x100.max(1));
        u32::try_from(minutes).unwrap_or(u32::MAX).max(1)
    }

    /// The lesson with a learner's own gate: another accuracy (basis points), and the speed as so many percent of the
    /// course's.
    #[must_use]
    pub fn with_gate(&self, accuracy_bp: Option<u32>, speed_percent: u32) -> Self {
        let mut own = self.clone();
        if let Some(accuracy) = own.gate.accuracy.as_mut() {
            accuracy.0 = accuracy_bp.unwrap_or(accuracy.0);
        }
        let speed = u64::from(own.gate.speed.0) * u64::from(speed_percent) / 100;
        own.gate.speed.0 = u32::try_from(speed).unwrap_or(u32::MAX);
        own
    }

    /// What it is called, with its number: `Lesson 4: e and i`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("Lesson {}: {}", self.number, self.title)
    }

    /// What it is and how long it takes: `Lesson 4: e and i, 6 minutes`.
    #[must_use]
    pub fn in_short(&self) -> String {
        format!("{}, {}", self.name(), counted(self.minutes(), "minute"))
    }

    /// What the gate asks, in words: `95 % right, 12 WPM`.
    #[must_use]
    pub fn gate_in_words(&self) -> String {
        let accuracy = self.gate.accuracy.map(|accuracy| format!("{accuracy} % right, ")).unwrap_or_default();
        let unit = match self.rules.unit {
            Unit::Kph => "keystrokes an hour",
            unit => unit.name(),
        };
        format!("{accuracy}{} {unit}", self.gate.speed)
    }
}
