//! One learner's coach: it proposes texts, and learns from how they were typed.

use std::sync::Arc;

use super::candidates::Candidates;
use super::choose::choose;
use super::mode::Mode;
use super::need::Need;
use super::state::State;
use super::track::Moment;
use super::vocabulary::Vocabulary;
use super::why::why;
use crate::lessons::generator::Generator;
use crate::typing::key::Stroke;

/// Letters that a newcomer begins with.
const FIRST_LETTERS: u64 = 8;
/// Right first tries until the next letter is opened: all letters are there after some ten minutes, and one that is open
/// never closes. Waiting longer for each letter costs more practice than it saves.
const RIGHT_PER_LETTER: u64 = 60;
/// Milliseconds of a minute, divided by the five characters of a word.
pub const MS_PER_WPM: f64 = 12_000.0;

/// What a learner wants.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// The speed to reach, in words of five characters a minute.
    pub target_wpm: f64,
    /// What to practise.
    pub mode: Mode,
    /// What the choice of words follows from.
    pub seed: u64,
}

/// A text to practise, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The text, 20 to 400 characters.
    pub text: String,
    /// Two lines.
    pub why: String,
}

/// The coach of one learner.
#[derive(Clone, Debug)]
pub struct Tutor {
    vocabulary: Arc<Vocabulary>,
    plan: Plan,
    state: State,
    skipped: u64,
}

impl Tutor {
    /// The coach of a learner of whom `state` is known.
    #[must_use]
    pub const fn new(vocabulary: Arc<Vocabulary>, plan: Plan, state: State) -> Self {
        Self { vocabulary, plan, state, skipped: 0 }
    }

    /// A text for the moment `now`. It follows from plan, state and moment, and from how many texts were proposed since
    /// the last one that was typed.
    pub fn next(&mut self, now: Moment) -> Proposal {
        let allowed = self.open_letters();
        let proposal = self.propose(now, allowed);
        self.skipped += 1;
        proposal
    }

    /// A text of none but the `allowed` letters (a bit each, by their places in the vocabulary) and spaces.
    #[must_use]
    pub fn propose(&self, now: Moment, allowed: u64) -> Proposal {
        let mixed = Generator::new(self.plan.seed).next() ^ Generator::new(self.state.right()).next();
        let mut generator = Generator::new(mixed.wrapping_add(self.skipped));
        let need = self.need(now);
        let scope = (self.plan.mode, allowed);
        let candidates = Candidates::new(&self.state, &self.vocabulary, &need, scope, &mut generator);
        let words = choose(&candidates, &self.state, &mut generator);
        let why = why(&words, &candidates, &need, &self.vocabulary, self.target_ms());
        let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        Proposal { text: words.join(" "), why }
    }

    /// Learns from a text that was typed at the moment `when`.
    pub fn typed(&mut self, when: Moment, text: &str, strokes: &[Stroke]) {
        self.state.add(when, text, strokes);
        self.skipped = 0;
    }

    /// What is known and needed at the moment `now`.
    #[must_use]
    pub fn need(&self, now: Moment) -> Need {
        Need::new(&self.state, &self.vocabulary, now, self.target_ms())
    }

    /// All that is known of the learner.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The words and letters.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The letters that are open: the commonest first, more with every right key.
    fn open_letters(&self) -> u64 {
        let open = FIRST_LETTERS + self.state.right() / RIGHT_PER_LETTER;
        let open = usize::try_from(open).unwrap_or(usize::MAX);
        self.vocabulary.order().iter().take(open).fold(0, |bits, letter| bits | 1 << letter)
    }

    fn target_ms(&self) -> f64 {
        MS_PER_WPM / self.plan.target_wpm
    }
}
