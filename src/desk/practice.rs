//! Practice with the coach: its text, and why it was chosen.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Desk, DeskError, FIRST_COURSE};
use crate::coach::beyond::Kind;
use crate::coach::drill::drill;
use crate::coach::mode::Mode;
use crate::coach::need::Need;
use crate::coach::track::{Moment, moment};
use crate::coach::tutor::{MS_PER_WPM, Plan, Proposal, Tutor};
use crate::coach::wishes::Wishes;
use crate::lessons::generator::Generator;
use crate::lessons::language::Language;
use crate::sitting::Practice;
use crate::system;
use crate::typing::exercise::{Exercise, Source};
use crate::typing::rules::Limit;
use crate::typing::text::Lookalikes;

/// The lowest target that is set for a learner who named none: 35 words a minute, where looking at the keys no more pays.
const LEAST_TARGET: f64 = 35.0;
/// Such a target is this much above the present speed,
const AHEAD: f64 = 1.1;
/// and a multiple of so many words a minute.
const STEP: f64 = 5.0;

/// Tries after which a letter is not new,
const KNOWN: u32 = 30;
/// and how many such letters somebody may have beyond a course who is still bound to it.
const FEW: usize = 2;

impl Desk {
    /// A text to practise, and why it was chosen, in two lines.
    ///
    /// # Errors
    /// When the history cannot be read, or there is no such level.
    pub(super) fn practice(
        &mut self,
        practice: &Practice,
        seed: u64,
    ) -> Result<(Arc<Exercise>, String), DeskError> {
        let words = |words: &[String], what: &str| Proposal {
            text: drill(words, &mut Generator::new(seed)),
            why: format!("Words of the test before: {what}.\nEach comes several times, in changing order."),
        };
        let Proposal { text, why } = match practice {
            Practice::Missed(missed) => words(missed, "in each a key was missed"),
            Practice::Slow(slow) => words(slow, "they were slower than the rest"),
            Practice::Mode(mode) => {
                let target = self.target()?;
                self.proposal(*mode, target, seed)?
            }
            Practice::Level(id) => {
                let target = self.level_wpm(id)?;
                self.proposal(Mode::ToTarget, target, seed)?
            }
        };
        let name = match self.language() {
            Language::English => practice.name().to_owned(),
            other => format!("{}-{}", other.code(), practice.name()),
        };
        let source = Source::Coach(name);
        let rules = self.own_rules(Limit::Text);
        Ok((Arc::new(Exercise::new(source, seed, &text, Lookalikes::Typographic, rules)?), why))
    }

    /// A text of the coach. In the middle of the first course it has the keys of the lessons so far.
    fn proposal(&mut self, mode: Mode, target_wpm: f64, seed: u64) -> Result<Proposal, DeskError> {
        let introduced = self.introduced()?;
        let mut tutor = self.tutor(mode, target_wpm, seed)?;
        let allowed = introduced.map(|keys| tutor.vocabulary().bits(&keys)).filter(|bits| *bits != 0);
        Ok(match allowed {
            Some(allowed) => tutor.propose(now(), allowed),
            None => tutor.next(now()),
        })
    }

    /// The letters that somebody who learns by the first course knows by now; nothing where that is no limit: where no lesson is
    /// passed, all letters were introduced, or others were typed often.
    pub(super) fn introduced(&mut self) -> Result<Option<Vec<char>>, DeskError> {
        if self.history()?.tried(FIRST_COURSE)?.is_empty() {
            return Ok(None);
        }
        let progress = self.course_progress(FIRST_COURSE)?;
        let lessons = progress.lessons.iter().zip(&progress.standings);
        let passed =
            lessons.filter(|(_, standing)| standing.passed.is_some()).map(|(lesson, _)| &lesson.known);
        let mut known: BTreeSet<char> = passed.flatten().copied().collect();
        let (state, vocabulary) = self.knowledge()?;
        let often = |letter: &char| state.key(*letter).is_some_and(|track| track.tries() >= KNOWN);
        let others =
            vocabulary.letters().iter().filter(|letter| !known.contains(letter) && often(letter)).count();
        let all = vocabulary.letters().iter().all(|letter| known.contains(letter));
        known.remove(&' ');
        Ok((others <= FEW && !all && !known.is_empty()).then(|| known.into_iter().collect()))
    }

    /// The coach of the learner.
    pub(super) fn tutor(&mut self, mode: Mode, target_wpm: f64, seed: u64) -> Result<Tutor, DeskError> {
        let (mut wishes, layout) = (self.wishes(), self.practice_layout());
        let (state, vocabulary) = self.knowledge()?;
        if let Some(layout) = layout {
            // What the layout has no key for comes in no text.
            let all = Kind::ALL.into_iter().flat_map(|kind| kind.characters(&vocabulary));
            wishes.muted.extend(all.filter(|c| layout.way(*c).is_none()));
        }
        let plan = Plan { target_wpm, mode, seed };
        Ok(Tutor::new(vocabulary, plan, state.clone()).with_wishes(wishes))
    }

    /// The speed that a level asks for, in words a minute.
    pub(super) fn level_wpm(&mut self, id: &str) -> Result<f64, DeskError> {
        let level = self.level(id)?;
        Ok(f64::from(level.pass.speed.0) / 100.0 / f64::from(level.rules.unit.per_wpm()))
    }

    /// The learner's target in words a minute: the one of the settings, or else one that is a step ahead.
    pub(super) fn target(&mut self) -> Result<f64, DeskError> {
        if let Some(target) = self.settings.target_wpm {
            return Ok(f64::from(target));
        }
        let (state, vocabulary) = self.knowledge()?;
        let need = Need::new(state, &vocabulary, now(), MS_PER_WPM / LEAST_TARGET);
        let ahead = (MS_PER_WPM / need.text_ms * AHEAD / STEP).ceil() * STEP;
        Ok(ahead.max(LEAST_TARGET))
    }

    /// What the learner asked of the coach.
    #[must_use]
    pub fn wishes(&self) -> Wishes {
        let keys = |keys: &str| keys.chars().filter(|c| !c.is_whitespace()).collect();
        let settings = &self.settings;
        Wishes {
            pinned: keys(&settings.pinned_keys),
            muted: keys(&settings.muted_keys),
            order: keys(&settings.key_order),
            beyond: settings.beyond_letters,
        }
    }

    /// Keeps what the learner asks of the coach.
    ///
    /// # Errors
    /// When the settings cannot be saved; they hold all the same until the program ends.
    pub fn keep_wishes(&mut self, wishes: &Wishes) -> Result<(), DeskError> {
        self.settings.pinned_keys = wishes.pinned.iter().collect();
        self.settings.muted_keys = wishes.muted.iter().collect();
        self.settings.key_order = wishes.order.iter().collect();
        self.settings.beyond_letters = wishes.beyond;
        self.save_settings()
    }
}

/// The present moment.
pub(super) fn now() -> Moment {
    moment(system::now().timestamp_millis())
}
