//! What the coach knows of the learner: kept in the history, and brought up to the newest attempt when it is asked for.

use std::sync::Arc;

use super::{Desk, DeskError};
use crate::coach::state::State;
use crate::coach::track::moment;
use crate::coach::vocabulary::Vocabulary;
use crate::lessons::language::Language;
use crate::lessons::layout::Layout;
use crate::lessons::shelves::shipped_layout;
use crate::store::history::CoachRow;
use crate::typing::attempt::Attempt;
use crate::typing::exercise::Source;

/// The layout of somebody who chose none.
const USUAL_LAYOUT: &str = "us";

/// How many attempts are read at a time, so that a long history does not lie in memory whole.
pub const BATCH: u32 = 200;

/// On which keyboard and in which language somebody learns: for each there is a state of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The layout's name.
    pub layout: String,
    /// The language's name.
    pub language: String,
}

/// What is known of the learner, and up to which attempt; only the desk looks inside.
#[derive(Debug)]
pub struct Learner {
    ground: Ground,
    /// The place of the last attempt that is counted.
    through: u64,
    /// How many attempts were read since the program began, and whether none was counted before.
    read: (u32, bool),
    state: State,
    /// The words of the language, once they were asked for.
    vocabulary: Option<Arc<Vocabulary>>,
}

impl Desk {
    /// Where the learner practises now.
    pub fn ground(&mut self) -> Ground {
        let layout = self.practice_layout().map_or_else(|| USUAL_LAYOUT.to_owned(), |layout| layout.id);
        Ground { layout, language: self.language().code().to_owned() }
    }

    /// The layout on which the learner practises now: the one that was chosen, or else the usual one.
    pub fn practice_layout(&mut self) -> Option<Layout> {
        self.layout().or_else(|| shipped_layout(USUAL_LAYOUT).cloned())
    }

    /// What is known of the learner on the present layout and in the present language. It is read from the whole history once,
    /// and kept there; afterwards only attempts are read that were saved since.
    ///
    /// # Errors
    /// When the history cannot be read, or written where it can be.
    pub fn learner(&mut self) -> Result<&State, DeskError> {
        while !self.read_on(BATCH)? {}
        // It was just put there.
        Ok(&self.learner.as_ref().ok_or(DeskError::NoHistory)?.state)
    }

    /// Reads at most so many attempts that are not counted yet, and keeps what they say; whether none is left then. So a long
    /// history can be read in parts. An attempt that cannot be read counts nothing.
    ///
    /// # Errors
    /// As for [`Desk::learner`].
    pub fn read_on(&mut self, most: u32) -> Result<bool, DeskError> {
        let ground = self.ground();
        let known = self.learner.take().filter(|learner| learner.ground == ground);
        let mut learner = match known {
            Some(learner) => learner,
            None => self.kept(ground)?,
        };
        let attempts = self.history()?.attempts_after(learner.through, most)?;
        for (place, bytes) in &attempts {
            learner.through = *place;
            learner.add(bytes);
        }
        let count = u32::try_from(attempts.len()).unwrap_or(u32::MAX);
        learner.read.0 = learner.read.0.saturating_add(count);
        if count > 0 && !self.history()?.is_read_only() {
            let Ground { layout, language } = learner.ground.clone();
            let state = learner.state.to_bytes();
            self.history()?.keep_coach(&CoachRow { layout, language, through: learner.through, state })?;
        }
        self.learner = Some(learner);
        Ok(count < most)
    }

    /// How many attempts were read for the coach since the program began; and how many there are in all, where none was counted
    /// before.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn attempts_read(&mut self) -> Result<(u32, Option<u32>), DeskError> {
        let (read, anew) = self.learner.as_ref().map_or((0, true), |learner| learner.read);
        let all = self.history()?.counts()?.attempts;
        Ok((read, anew.then_some(all)))
    }

    /// What was kept; nothing where that is of another form.
    fn kept(&mut self, ground: Ground) -> Result<Learner, DeskError> {
        let row = self.history()?.coach(&ground.layout, &ground.language)?;
        let kept = row.and_then(|row| Some((row.through, State::from_bytes(&row.state).ok()?)));
        let (through, state) = kept.unwrap_or_default();
        Ok(Learner { ground, through, read: (0, through == 0), state, vocabulary: None })
    }

    /// What is known of the learner, and the words there are to practise with.
    ///
    /// # Errors
    /// As for [`Desk::learner`].
    pub(super) fn knowledge(&mut self) -> Result<(&State, Arc<Vocabulary>), DeskError> {
        self.learner()?;
        let language = self.language();
        // It was just put there.
        let learner = self.learner.as_mut().ok_or(DeskError::NoHistory)?;
        let vocabulary = learner.vocabulary.get_or_insert_with(|| Arc::new(Vocabulary::of(language)));
        Ok((&learner.state, Arc::clone(vocabulary)))
    }
}

impl Learner {
    /// Adds an attempt, unless it was typed on another layout or in another language. Where no layout is stated, it was typed on
    /// whatever keyboard there was; a text of one's own is of no language that is known.
    fn add(&mut self, attempt: &[u8]) {
        let Ok(attempt) = Attempt::from_bytes(attempt) else { return };
        if attempt.keyboard.as_ref().is_some_and(|keyboard| keyboard.layout != self.ground.layout) {
            return;
        }
        if language(&attempt.exercise.source).is_some_and(|language| language.code() != self.ground.language)
        {
            return;
        }
        if let Ok(session) = attempt.replay() {
            self.state.add_session(moment(attempt.started_unix_ms), &session);
        }
    }
}

/// The language of a text that the program chose.
pub(super) fn language(source: &Source) -> Option<Language> {
    match source {
        Source::Passages(ids) => ids.first().map(|id| Language::of_id(id)),
        Source::Words { list, .. } => Some(Language::of_id(list)),
        Source::Coach(name) => Some(Language::of_id(name)),
        Source::Lesson(of) => Language::of_code(&of.language),
        Source::Own(_) => None,
    }
}
