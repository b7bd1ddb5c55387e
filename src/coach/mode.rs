//! What a learner wants to practise.

/// What a learner wants to practise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// What brings most, as the coach sees it.
    #[default]
    Guided,
    /// The keys that are slowest or missed most.
    WeakKeys,
    /// The pairs that are slowest or missed most.
    WeakPairs,
    /// Words that were slow.
    SlowWords,
    /// Words in which a key was missed.
    MissedWords,
    /// The pairs that keep running text from the target.
    ToTarget,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 6] =
        [Self::Guided, Self::WeakKeys, Self::WeakPairs, Self::SlowWords, Self::MissedWords, Self::ToTarget];

    /// Its name on the command line and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Guided => "guided",
            Self::WeakKeys => "weak-keys",
            Self::WeakPairs => "weak-pairs",
            Self::SlowWords => "slow-words",
            Self::MissedWords => "missed-words",
            Self::ToTarget => "to-target",
        }
    }

    /// The mode of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }
}
