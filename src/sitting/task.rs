//! What to practise: one way to say it, for the command line, the screens and the desk.

use crate::coach::mode::Mode;
use crate::lessons::wording::{counted, duration};
use crate::typing::exercise::{Exercise, Source};
use crate::typing::rules::Limit;
use crate::typing::session::Session;
use crate::typing::text::{Layout, Lookalikes};

/// Follows the name of a text of which the beginning was typed before.
const REST: &str = ", the rest";

/// What a person wants to practise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Common words for this number of seconds.
    Time(u32),
    /// This number of common words.
    Words(u32),
    /// A text of the user's own, and what it is called.
    Text {
        /// File name, or `standard input`.
        name: String,
        /// The text as read.
        raw: String,
        /// Which keys may stand for characters that a keyboard lacks; where none may, white space is kept as it is too.
        lookalikes: Lookalikes,
    },
    /// A program text of the user's own: every character as it stands, and the program types the indentation.
    Code {
        /// File name.
        name: String,
        /// The text as read.
        raw: String,
    },
    /// The level of this id, in its newest version.
    Level(String),
    /// A lesson of a course, on the learner's layout and in the learner's language.
    Lesson {
        /// The course's id.
        course: String,
        /// The lesson's id.
        lesson: String,
    },
    /// A text that the coach chooses.
    Practice(Practice),
}

/// What to practise with the coach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Practice {
    /// A mode, towards the learner's own target.
    Mode(Mode),
    /// What stands between the learner and the level of this id.
    Level(String),
    /// These words, because they were missed in a test.
    Missed(Vec<String>),
    /// These words, because they were slow in a test.
    Slow(Vec<String>),
}

impl Practice {
    /// Its name in attempts.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Mode(mode) => mode.name(),
            Self::Level(_) => Mode::ToTarget.name(),
            Self::Missed(_) => Mode::MissedWords.name(),
            Self::Slow(_) => Mode::SlowWords.name(),
        }
    }

    /// What it is called.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Mode(Mode::Guided) => "Practice",
            Self::Mode(Mode::WeakKeys) => "Practice: weak keys",
            Self::Mode(Mode::WeakPairs) => "Practice: weak pairs",
            Self::Mode(Mode::SlowWords) | Self::Slow(_) => "Practice: slow words",
            Self::Mode(Mode::MissedWords) | Self::Missed(_) => "Practice: missed words",
            Self::Mode(Mode::ToTarget) => "Practice: towards your target",
            Self::Level(_) => "Practice: towards the level",
        }
    }
}

impl Task {
    /// What it is called; a level by its id, as its title is in its file.
    pub fn title(&self) -> String {
        match self {
            Self::Time(seconds) => format!("Common words, {}", duration(Limit::Seconds(*seconds))),
            Self::Words(count) => counted(*count, "common word"),
            Self::Text { name, .. } | Self::Code { name, .. } => name.clone(),
            Self::Level(id) => id.clone(),
            Self::Lesson { course, lesson } => format!("{course} {lesson}"),
            Self::Practice(practice) => practice.title().to_owned(),
        }
    }

    /// Whether it is neither level nor lesson: nothing is judged then.
    pub const fn is_free(&self) -> bool {
        !matches!(self, Self::Level(_) | Self::Lesson { .. })
    }

    /// Whether it teaches: then the keyboard is shown unless the user does not want it, and a layout is asked for first.
    pub const fn teaches(&self) -> bool {
        match self {
            Self::Time(_) | Self::Words(_) | Self::Text { .. } | Self::Code { .. } | Self::Level(_) => false,
            // The words of a test just taken come at once.
            Self::Practice(Practice::Missed(_) | Practice::Slow(_)) => false,
            Self::Lesson { .. } | Self::Practice(Practice::Mode(_) | Practice::Level(_)) => true,
        }
    }

    /// The rest of a text of the user's own, from the word at the caret on; nothing where all of it was typed or the text
    /// came from elsewhere. A level's own text is no user's: who asks sees to that.
    pub fn rest(session: &Session) -> Option<Self> {
        let exercise = session.exercise();
        let Source::Own(name) = &exercise.source else { return None };
        let (word, _) = session.caret();
        let rest = exercise.text.graphemes().get(exercise.text.word_range(word).start..)?;
        let raw: String = rest.iter().map(ToString::to_string).collect();
        let name = format!("{}{REST}", Self::whole_name(name));
        (!raw.is_empty()).then(|| Self::own(name, raw, exercise))
    }

    /// A text of this name that is typed as that of an exercise was.
    pub fn own(name: String, raw: String, like: &Exercise) -> Self {
        match like.layout {
            Layout::Automatic => Self::Code { name, raw },
            Layout::Folded | Layout::Indented | Layout::Kept => {
                Self::Text { name, raw, lookalikes: like.lookalikes }
            }
        }
    }

    /// What the whole text is called of which this is the name, or the name of its rest.
    pub fn whole_name(name: &str) -> &str {
        name.strip_suffix(REST).unwrap_or(name)
    }

    /// What of the white space of a user's own text is to be typed: all of it where every character has to be typed as
    /// it is, else the indentation of lines.
    pub const fn layout(lookalikes: Lookalikes) -> Layout {
        match lookalikes {
            Lookalikes::Exact => Layout::Kept,
            Lookalikes::Typographic | Lookalikes::Symbols => Layout::Indented,
        }
    }
}
