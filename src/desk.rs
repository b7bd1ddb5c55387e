//! The issuing desk: what the screens and the command line both do with exercises, attempts and badges.
//!
//! Everything is opened when it is first needed, so that a typing test starts without touching lessons or database.

use std::path::PathBuf;
use std::sync::Arc;

use crate::lessons::catalogue::Catalogue;
use crate::lessons::choice::{self, ChoiceError};
use crate::lessons::judge::{Passed, Shortfall};
use crate::lessons::language::Language;
use crate::lessons::level::Level;
use crate::lessons::terms::Origin;
use crate::sitting::{Sitting, Task};
use crate::store::history::Store;
use crate::store::paths::Paths;
use crate::store::settings::Settings;
use crate::store::sqlite::Sqlite;
use crate::store::{Notice, lessons};
use crate::system;
use crate::typing::attempt::Attempt;
use crate::typing::exercise::{Exercise, Source};
use crate::typing::rules::{Limit, Rules};
use crate::typing::score::Score;
use crate::typing::session::Session;
use crate::typing::text::{Layout, Lookalikes};

mod advice;
mod attempts;
mod award;
mod checker;
mod completion;
mod course_open;
mod courses;
mod error;
#[cfg(feature = "room")]
pub mod exams;
mod export;
mod given;
mod keyboard;
mod keys;
mod learner;
mod organisations;
mod outlook;
mod own_texts;
mod pace;
mod plausibility;
mod practice;
mod progress;
mod records;
mod rest;
mod review;
mod unfinished;

pub use crate::badge::credential::text as credential_text;
pub use advice::{Suggestion, next_level, next_of};
pub use attempts::PRACTICE;
pub use award::{Award, Log, Recipient, full_link, pictures};
pub use checker::{Checker, Request};
pub use completion::Completion;
pub use course_open::CourseOpen;
pub use courses::{CourseProgress, FIRST_COURSE, LessonResult, task};
pub use error::DeskError;
pub use export::{Shared, with_exports};
pub use given::{Found, Given, GivenError};
pub use learner::{BATCH, Ground, Learner};
pub use organisations::Organisation;
pub use outlook::{Ahead, Outlook, Weak};
pub use own_texts::OwnText;
pub use plausibility::{TableError, plausibility, read_keystrokes};
pub use progress::{Day, Figures, Progress, Run, Table};
pub use review::{Decision, Examined, MAX_REQUEST_BYTES, ReviewError, Seen};

/// A finished attempt, saved.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Its id in the history.
    pub id: String,
    /// The attempt.
    pub attempt: Arc<Attempt>,
    /// The session, ended.
    pub session: Session,
    /// Its score.
    pub score: Score,
    /// Whether the level was passed, or what was missing; `None` for a free test.
    pub verdict: Option<Result<Passed, Vec<Shortfall>>>,
    /// What came of a lesson; `None` for another test.
    pub lesson: Option<Box<LessonResult>>,
}

impl Finished {
    /// Whether it is the final test of a course, passed by the course's own gate.
    #[must_use]
    pub fn is_final_test(&self) -> bool {
        self.lesson.as_ref().is_some_and(|result| result.lesson.is_test && result.ground)
    }

    /// Whether there can be a badge of it: of its level, or of its course.
    #[must_use]
    pub fn may_have_badge(&self) -> bool {
        matches!(self.verdict, Some(Ok(_))) || self.is_final_test()
    }

    /// When it ended, by the clock of the test: milliseconds since 1970 (UTC).
    pub(crate) fn ended_unix_ms(&self) -> i64 {
        self.attempt.started_unix_ms.saturating_add(self.score.counts.duration_ms.into())
    }
}

/// Paths, settings, and what else was needed so far.
pub struct Desk {
    paths: Paths,
    /// The user's settings; save them with [`Desk::save_settings`].
    pub settings: Settings,
    lessons_dir: Option<PathBuf>,
    /// The language of texts where it is another than that of the settings.
    language: Option<Language>,
    /// The language of the person's locale, if texts are there in it.
    usual_language: Option<Language>,
    /// The layout that the command line names.
    layout_used: Option<String>,
    catalogue: Option<Arc<Catalogue>>,
    history: Option<Box<dyn Store>>,
    begun_anew: bool,
    /// The passage given out last, until it is noted as seen.
    shown: Option<String>,
    /// What is known of the learner, once it was asked for.
    learner: Option<Learner>,
    notices: Vec<Notice>,
}

impl Desk {
    /// Opens the desk: finds the folders and reads the settings, nothing else.
    ///
    /// # Errors
    /// When there is no home to keep anything in.
    pub fn open(lessons_dir: Option<PathBuf>) -> Result<Self, DeskError> {
        Ok(Self::at(Paths::find()?, lessons_dir))
    }

    /// The desk in these folders; reads the settings, nothing else.
    #[must_use]
    pub fn at(paths: Paths, lessons_dir: Option<PathBuf>) -> Self {
        let (settings, notices) = Settings::load(&paths.settings_file());
        Self {
            paths,
            settings,
            lessons_dir,
            language: None,
            usual_language: None,
            layout_used: None,
            catalogue: None,
            history: None,
            begun_anew: false,
            shown: None,
            learner: None,
            notices,
        }
    }

    /// Where things are kept.
    pub const fn paths(&self) -> &Paths {
        &self.paths
    }

    /// What the user should read, once.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        let mut notices = std::mem::take(&mut self.notices);
        notices.extend(self.history.iter().flat_map(|history| history.take_notices()));
        notices
    }

    /// The language of the texts that the program chooses.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language.or(self.settings.language).or(self.usual_language).unwrap_or_default()
    }

    /// Chooses texts in the language of the person's locale as long as no other was chosen.
    #[must_use]
    pub fn usually_in(self, language: Option<Language>) -> Self {
        Self { usual_language: language, ..self }
    }

    /// Chooses texts in this language until the program ends; the settings stay as they are.
    pub const fn speak(&mut self, language: Language) {
        self.language = Some(language);
    }

    /// Chooses texts in this language from now on.
    ///
    /// # Errors
    /// When the settings cannot be saved; the texts are in this language all the same until the program ends.
    pub fn keep_language(&mut self, language: Language) -> Result<(), DeskError> {
        self.language = Some(language);
        self.settings.language = Some(language);
        self.save_settings()
    }

    /// The levels, passages and word lists: shipped ones, the user's own, and those of `--lessons DIR`.
    pub fn catalogue(&mut self) -> Arc<Catalogue> {
        if let Some(catalogue) = &self.catalogue {
            return Arc::clone(catalogue);
        }
        let mut catalogue = Catalogue::embedded();
        for dir in [Some(self.paths.lessons_dir()), self.lessons_dir.clone()].into_iter().flatten() {
            let (files, notices) = lessons::read(&dir);
            self.notices.extend(notices);
            let files = files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
            let problems = catalogue.extend(files);
            self.notices.extend(problems.iter().map(|p| Notice::new(p.to_string())));
        }
        Arc::clone(self.catalogue.insert(Arc::new(catalogue)))
    }

    /// The history, opened on first use. Awards that a program left unfinished are completed then.
    ///
    /// # Errors
    /// When it cannot be opened; a damaged one is set aside and a notice left.
    pub fn history(&mut self) -> Result<&mut dyn Store, DeskError> {
        if self.history.is_none() {
            let (history, damage) = Sqlite::open(&self.paths.history_file(), system::now())?;
            self.begun_anew |= damage.is_some();
            self.notices.extend(damage);
            let read_only = history.is_read_only();
            self.history = Some(Box::new(history));
            if !read_only {
                self.complete_awards();
            }
        }
        match &mut self.history {
            Some(history) => Ok(history.as_mut()),
            None => Err(DeskError::NoHistory),
        }
    }

    /// The history, to save something in it: one that could only be read is opened anew, for what was in the way may be
    /// gone.
    fn history_to_write(&mut self) -> Result<&mut dyn Store, DeskError> {
        self.history = self.history.take().filter(|history| !history.is_read_only());
        self.history()
    }

    /// Whether the history was found damaged and begun anew.
    pub const fn history_is_new(&self) -> bool {
        self.begun_anew
    }

    /// Saves the settings.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn save_settings(&self) -> Result<(), DeskError> {
        Ok(self.settings.save(&self.paths.settings_file())?)
    }

    /// The newest version of a level.
    ///
    /// # Errors
    /// When no level has that id.
    pub fn level(&mut self, id: &str) -> Result<Level, DeskError> {
        self.catalogue().level(id).cloned().ok_or_else(|| DeskError::NoLevel(id.to_owned()))
    }

    /// A test of a level: passages that this person has not seen, as long as there are any.
    ///
    /// # Errors
    /// When the history cannot be read, or the level has nothing to type.
    pub fn level_exercise(&mut self, level: &Level) -> Result<Arc<Exercise>, DeskError> {
        self.note_shown()?;
        let seen = self.history()?.seen_passages()?;
        let exercise = choice::choose(level, system::seed(), &seen, &self.catalogue())?;
        if let Source::Passages(ids) = &exercise.source {
            self.shown = ids.first().cloned();
        }
        Ok(Arc::new(exercise))
    }

    /// Whether a passage was given out that is not yet noted as seen.
    pub const fn has_shown(&self) -> bool {
        self.shown.is_some()
    }

    /// Notes the passage given out last as seen, whether or not its test is finished: no text comes back by restarting.
    /// The screen does so as soon as the passage stands on it, so that nobody waits for the disk before that.
    ///
    /// # Errors
    /// When the history cannot be written.
    pub fn note_shown(&mut self) -> Result<(), DeskError> {
        match self.shown.take() {
            Some(passage) => Ok(self.history()?.saw(&[passage], system::now())?),
            None => Ok(()),
        }
    }

    /// A sitting of a task, ready to begin.
    ///
    /// # Errors
    /// When there is no such level, the text cannot be typed, or the history cannot be read.
    pub fn sit(&mut self, task: Task) -> Result<Sitting, DeskError> {
        let seed = system::seed();
        let (level, exercise) = match &task {
            Task::Lesson { course, lesson } => {
                let sitting = self.sit_lesson(course, lesson)?;
                return Ok(self.on_keyboard(sitting));
            }
            Task::Level(id) => {
                let level = self.level(id)?;
                let exercise = self.level_exercise(&level)?;
                (Some(level), exercise)
            }
            Task::Text { name, raw, lookalikes } => {
                let rules = self.own_rules(Limit::Text);
                let source = Source::Own(name.clone());
                let form = (*lookalikes, Task::layout(*lookalikes));
                (None, Arc::new(Exercise::laid_out(source, seed, raw, form, rules)?))
            }
            Task::Code { name, raw } => {
                let rules = self.own_rules(Limit::Text);
                let source = Source::Own(name.clone());
                let form = (Lookalikes::Exact, Layout::Automatic);
                (None, Arc::new(Exercise::laid_out(source, seed, raw, form, rules)?))
            }
            Task::Time(seconds) => {
                let rules = self.own_rules(Limit::Seconds(*seconds));
                (None, self.free_words(choice::needed_words(&rules), seed, rules)?)
            }
            Task::Words(count) => {
                let rules = self.own_rules(Limit::Text);
                (None, self.free_words(*count, seed, rules)?)
            }
            Task::Practice(practice) => {
                let (exercise, why) = self.practice(practice, seed)?;
                return Ok(self.on_keyboard(Sitting::new(task, None, exercise).because(why)));
            }
        };
        Ok(self.on_keyboard(Sitting::new(task, level, exercise)))
    }

    fn free_words(&mut self, count: u32, seed: u64, rules: Rules) -> Result<Arc<Exercise>, DeskError> {
        let catalogue = self.catalogue();
        let words = self.language().common_words();
        let list = catalogue.shelves().word_list(words, &Origin::Own(String::new()));
        let list = list.ok_or_else(|| ChoiceError::NoList(words.to_owned()))?;
        Ok(Arc::new(choice::free_words(list, count, seed, rules)?))
    }
}
