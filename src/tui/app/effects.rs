//! What the screens ask for is done here and nowhere else: everything with a disk, a clock or a key in it.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::model::{App, Scene};
use crate::desk::DeskError;
use crate::sitting::{Sitting, Task};
use crate::tui::input::KeyPress;
use crate::tui::screens::parts::style;
use crate::tui::screens::replay::ReplayPage;
use crate::tui::screens::result::{Outcome, ResultPage};
use crate::tui::screens::{Effect, Page, Step};
use crate::tui::seat::Seat;
use crate::typing::attempt::Attempt;
use crate::typing::score::Score;

/// The screen before the first one.
pub(super) struct Nothing;

impl Page for Nothing {
    fn update(&mut self, _key: KeyPress) -> Step {
        Step::Unchanged
    }

    fn view(&self, _area: Rect, _buffer: &mut Buffer) -> Option<Position> {
        None
    }

    fn keys(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }
}

impl App {
    /// Does what a screen asks for. What goes wrong is told on the screen that asked.
    pub(super) fn perform(&mut self, effect: Effect) {
        if let Err(why) = self.attempt(effect) {
            self.message = Some((why.to_string(), style::bad()));
        } else {
            self.read_notices();
        }
    }

    pub(super) fn attempt(&mut self, effect: Effect) -> Result<(), DeskError> {
        match effect {
            Effect::Quit => self.quit(),
            Effect::Home if self.single => self.quit(),
            Effect::Test(task) => self.begin(task)?,
            Effect::Restart => {
                if let Some((task, _)) = self.task.clone() {
                    self.begin(task)?;
                }
            }
            Effect::Back if self.single => self.quit(),
            Effect::Back => match &self.task {
                Some((Task::Level(id), _)) => self.open(Effect::Levels(Some(id.clone())))?,
                _ => self.open(Effect::Home)?,
            },
            Effect::ToggleLive => self.toggle_figures()?,
            Effect::Result => self.show_result(None),
            Effect::Save => {
                if let Some(sitting) = self.unsaved.take() {
                    self.save(sitting);
                }
            }
            Effect::Serve => self.serve(),
            Effect::Replay if self.unsaved.is_some() => {
                self.message = Some(("Only what is saved can be replayed.".to_owned(), style::accent()));
            }
            Effect::Replay => {
                if let Some(attempt) = self.finished.as_ref().map(|finished| Arc::clone(&finished.attempt)) {
                    self.open_replay(attempt, Effect::Result);
                }
            }
            other => self.open(other)?,
        }
        Ok(())
    }

    /// Takes the sitting that has ended from its screen, and saves it.
    pub(super) fn finish(&mut self) {
        match std::mem::replace(&mut self.scene, Scene::Page(Box::new(Nothing))) {
            Scene::Test(seat) => self.save(seat.into_sitting()),
            other @ Scene::Page(_) => self.scene = other,
        }
    }

    /// Scores and saves a sitting that has ended, and shows its result. If it cannot be saved it is kept.
    fn save(&mut self, sitting: Sitting) {
        match self.desk.save(&sitting) {
            Ok(finished) => {
                self.finished = Some(finished);
                self.read_notices();
                self.show_result(None);
                if self.single && self.quick {
                    self.quit();
                }
            }
            Err(why) => {
                self.unsaved = Some(sitting);
                self.show_result(Some(why.to_string()));
            }
        }
    }

    /// Shows the replay of an attempt.
    pub(super) fn open_replay(&mut self, attempt: Arc<Attempt>, back: Effect) {
        let title = match (&self.task, &attempt.level) {
            (Some((_, title)), _) => title.clone(),
            (None, Some(level)) => level.id.clone(),
            (None, None) => "free test".to_owned(),
        };
        self.scene = Scene::Page(Box::new(ReplayPage::new(&title, attempt, back)));
    }

    /// Shows, once, what the desk has to tell.
    pub(super) fn read_notices(&mut self) {
        let notices: Vec<_> = self.desk.take_notices().iter().map(ToString::to_string).collect();
        if !notices.is_empty() {
            self.message = Some((notices.join("\n"), style::accent()));
        }
    }

    fn begin(&mut self, task: Task) -> Result<(), DeskError> {
        let sitting = self.desk.sit(task.clone())?;
        if task.is_free() {
            self.last_free = Some(task.clone());
        }
        self.task = Some((task, sitting.title()));
        self.unsaved = None;
        let figures = self.desk.settings.live_stats;
        self.scene = Scene::Test(Box::new(Seat::new(sitting, figures, self.area)));
        Ok(())
    }

    /// Shows the result of the test just finished, or of the one that could not be saved for this reason.
    fn show_result(&mut self, unsaved: Option<String>) {
        let title = self.task.as_ref().map(|(_, title)| title.clone()).unwrap_or_default();
        let awarded = self.badge_of_finished().is_ok_and(|badge| badge.is_some());
        let page = match (&self.finished, &self.unsaved, unsaved) {
            (_, Some(sitting), Some(why)) => {
                let session = sitting.session();
                let Some(score) = Score::of(session) else { return };
                ResultPage::new(&title, session.clone(), score, Outcome::Unsaved(why))
            }
            (Some(finished), ..) => {
                let outcome = Outcome::of(finished.verdict.as_ref(), awarded);
                ResultPage::new(&title, finished.session.clone(), finished.score, outcome)
            }
            _ => return,
        };
        self.scene = Scene::Page(Box::new(page));
    }

    /// Shows or hides the figures now, and remembers it.
    fn toggle_figures(&mut self) -> Result<(), DeskError> {
        let shown = !self.desk.settings.live_stats;
        self.desk.settings.live_stats = shown;
        if let Scene::Test(page) = &mut self.scene {
            page.show_figures(shown);
        }
        self.desk.save_settings()
    }
}
