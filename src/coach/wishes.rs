//! What a learner asks of the coach beside the plan: keys to practise, keys to leave out, and the order of new ones.

/// When capitals, punctuation, digits and symbols come beside small letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beyond {
    /// Not at all.
    #[default]
    Never,
    /// One kind after the other, once small letters come easily.
    InTime,
    /// All of them at once.
    Now,
}

impl Beyond {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::InTime, Self::Now, Self::Never];

    /// Its name in settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::InTime => "in-time",
            Self::Now => "now",
        }
    }

    /// The choice of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|beyond| beyond.name() == name)
    }
}

/// What a learner asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Keys that every text shall hold.
    pub pinned: Vec<char>,
    /// Keys that no text shall hold.
    pub muted: Vec<char>,
    /// Letters in the order in which they are opened; the others follow, the commonest first.
    pub order: Vec<char>,
    /// What comes beside small letters.
    pub beyond: Beyond,
}
