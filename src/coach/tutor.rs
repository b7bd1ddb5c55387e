//! One learner's coach: it proposes texts, and learns from how they were typed.

use std::sync::Arc;

use super::beyond::{Grounds, Mark, garnish};
use super::candidates::Candidates;
use super::choose::choose;
use super::mode::Mode;
use super::need::Need;
use super::state::State;
use super::track::Moment;
use super::vocabulary::{Letter, Vocabulary};
use super::why::why;
use super::wishes::Wishes;
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
    wishes: Wishes,
    skipped: u64,
}

impl Tutor {
    /// The coach of a learner of whom `state` is known.
    #[must_use]
    pub fn new(vocabulary: Arc<Vocabulary>, plan: Plan, state: State) -> Self {
        Self { vocabulary, plan, state, wishes: Wishes::default(), skipped: 0 }
    }

    /// The same coach, who follows these wishes.
    #[must_use]
    pub fn with_wishes(self, wishes: Wishes) -> Self {
        Self { wishes, ..self }
    }

    /// A text for the moment `now`. It follows from plan, state and moment, and from how many texts were proposed since
    /// the last one that was typed.
    pub fn next(&mut self, now: Moment) -> Proposal {
        let allowed = self.open_letters();
        let proposal = self.propose(now, allowed);
        self.skipped += 1;
        proposal
    }

    /// A text of none but the `allowed` letters (a bit each, by their places in the vocabulary) and spaces, and of what the wishes
    /// let come beyond letters.
    #[must_use]
    pub fn propose(&self, now: Moment, allowed: u64) -> Proposal {
        let mixed = Generator::new(self.plan.seed).next() ^ Generator::new(self.state.right()).next();
        let mut generator = Generator::new(mixed.wrapping_add(self.skipped));
        let need = self.need(now);
        let scope = (self.plan.mode, allowed);
        let mut candidates = Candidates::new(&self.state, &self.vocabulary, &need, scope, &mut generator);
        self.favour_pinned(&mut candidates, allowed, &mut generator);
        let words = choose(&candidates, &self.state, &mut generator);
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let marks = self.marks(&need, now);
        let (text, used) = match marks.is_empty() {
            true => (texts.join(" "), Vec::new()),
            false => garnish(&texts, &marks, &mut generator),
        };
        let why = why((&words, &used), &candidates, &need, &self.vocabulary);
        Proposal { text, why }
    }

    /// There are words with each pinned letter, and it is worth as much as what is worth most.
    fn favour_pinned(&self, candidates: &mut Candidates<'_>, allowed: u64, generator: &mut Generator) {
        let letters = self.vocabulary.letters();
        let is_allowed = |letter: &Letter| *letter > 0 && allowed >> letter & 1 == 1;
        let open: Vec<Letter> = (0..letters.len()).filter(is_allowed).collect();
        let most = candidates.pairs.iter().copied().fold(1.0, f64::max);
        let pinned = self.wishes.pinned.iter().filter_map(|c| letters.binary_search(c).ok());
        for letter in pinned.filter(is_allowed) {
            candidates.hold(letter, &open, &self.vocabulary, generator);
            candidates.pairs.iter_mut().skip(letter).step_by(letters.len()).for_each(|worth| *worth += most);
        }
    }

    /// What may come beyond small letters.
    fn marks(&self, need: &Need, now: Moment) -> Vec<Mark> {
        let Self { vocabulary, state, wishes, .. } = self;
        let complete = self.opened() >= vocabulary.order().len();
        Grounds { state, vocabulary, need, wishes, now }.marks(complete)
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

    /// How many letters are open: more with every right key.
    #[must_use]
    pub fn opened(&self) -> usize {
        let open = FIRST_LETTERS + self.state.right() / RIGHT_PER_LETTER;
        usize::try_from(open).unwrap_or(usize::MAX).min(self.vocabulary.order().len())
    }

    /// The letters in the order in which they are opened: those that the learner named, then the commonest first.
    #[must_use]
    pub fn order(&self) -> Vec<Letter> {
        let place = |c: &char| self.vocabulary.letters().binary_search(c).ok().filter(|place| *place > 0);
        let mut order: Vec<Letter> = Vec::new();
        let named = self.wishes.order.iter().filter_map(place);
        for letter in named.chain(self.vocabulary.order().iter().copied()) {
            if !order.contains(&letter) {
                order.push(letter);
            }
        }
        order
    }

    /// The letters that are open. Pinned ones always are, and muted ones never, unless nothing would be left.
    fn open_letters(&self) -> u64 {
        let bits = |keys: &[char]| self.vocabulary.bits(keys);
        let order = self.order();
        let opened = order.iter().take(self.opened()).fold(0, |bits, letter| bits | 1 << letter);
        let open = opened | bits(&self.wishes.pinned);
        match open & !bits(&self.wishes.muted) {
            0 => open,
            heard => heard,
        }
    }

    fn target_ms(&self) -> f64 {
        MS_PER_WPM / self.plan.target_wpm
    }
}
