//! Leaving without loss: what was typed for long is kept unfinished, a result that could not be saved is tried again, and
//! what is typed on after the end of a test answers nothing.

use std::time::Instant;

use super::after::Left;
use super::model::{App, Scene};
use crate::sitting::Task;
use crate::tui::input::KeyPress;
use crate::tui::screens::parts::style;

const TYPED_ON: &str = "The test is over. Keys work again when you have not typed for three seconds.";

const KEPT: &str = "What you typed is kept. Resume on the home screen continues the text.";

impl App {
    /// Whether a key is typed on from a test that has ended; says once that it is nothing.
    pub(super) fn is_typed_on(&mut self, at: Instant, key: KeyPress) -> bool {
        let (Scene::Page(_), Some(calm)) = (&self.scene, &mut self.calm) else { return false };
        let swallowed = calm.swallows(at, key);
        if swallowed && self.message.is_none() {
            self.message = Some((TYPED_ON.to_owned(), style::dim()));
            self.stale = true;
        }
        swallowed
    }

    /// Whether the page says that keys do not answer yet.
    pub(super) fn says_typed_on(&self) -> bool {
        self.message.as_ref().is_some_and(|(text, _)| text == TYPED_ON)
    }

    /// Takes that back once they do.
    pub(super) fn end_calm(&mut self, at: Instant) {
        if self.calm.is_some_and(|calm| calm.until() <= at) && self.says_typed_on() {
            self.message = None;
            self.stale = true;
        }
    }

    /// Whether the page may be left. A result that could not be saved is tried once more, and lost only when the same is
    /// asked for twice.
    pub(super) fn may_leave(&mut self) -> bool {
        let Some((sitting, _)) = self.context.unsaved.take() else { return true };
        if self.context.save(sitting) || std::mem::replace(&mut self.asked, true) {
            return true;
        }
        if let Some((_, why)) = &self.context.unsaved {
            let text = format!(
                "Still not saved: {why}. Press Enter to try again. If you press the key to leave once more, this result is lost."
            );
            self.message = Some((text, style::bad()));
        }
        self.stale = true;
        false
    }

    /// Keeps a running test that is left as an unfinished attempt, where much was typed: for practice, never for a badge.
    pub(super) fn keep_unfinished(&mut self, at: Instant) {
        match &mut self.scene {
            Scene::Test(seat) if seat.is_dear(at) => self.close_test(at),
            Scene::Test(_) | Scene::Page(_) => {}
        }
    }

    /// Saves what there is when the program is ended from outside: a test under way, unfinished, so that it passes
    /// nothing, and a result that could not be saved before. Nobody is left to be told if that fails.
    pub(super) fn save_what_there_is(&mut self, at: Instant) {
        self.close_test(at);
        if let Some((sitting, _)) = self.context.unsaved.take() {
            self.context.save(sitting);
        }
    }

    fn close_test(&mut self, at: Instant) {
        let Scene::Test(seat) = &mut self.scene else { return };
        if seat.close(at).phase.is_none() {
            return;
        }
        let sitting = seat.sitting();
        let has_rest = sitting.level().is_none() && Task::rest(sitting.session()).is_some();
        self.left = Some(match self.context.desk.save(sitting) {
            Ok(kept) => {
                if has_rest && !self.single {
                    self.message = Some((KEPT.to_owned(), style::dim()));
                }
                Left::Kept { id: kept.id, has_rest }
            }
            Err(why) => {
                self.message = Some((format!("What you typed could not be saved: {why}"), style::bad()));
                Left::Lost(why.to_string())
            }
        });
    }
}
