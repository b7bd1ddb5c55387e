//! What an input does: it goes to the screen that has the keyboard, and that says which step follows.

use std::time::Instant;

use super::after::{Calm, leads_away};
use super::model::{App, Scene};
use crate::sitting::Accepted;
use crate::tui::drive::Program;
use crate::tui::input::{Input, KeyPress};
use crate::tui::keymap::{Everywhere, Listed};
use crate::tui::screens::Step;
use crate::typing::session::Phase;

impl App {
    /// The keys that work at the moment.
    pub(super) fn keys(&self) -> Vec<Listed> {
        match &self.scene {
            Scene::Test(seat) => seat.keys(),
            Scene::Page(page) => page.keys(),
        }
    }

    /// Gives an input to the screen that has the keyboard.
    pub(super) fn hand_over(&mut self, at: Instant, input: &Input) -> Step {
        let key = match input {
            Input::Key(key) | Input::Repeat(key) => Some(*key),
            _ => None,
        };
        if key.is_some_and(|key| self.is_typed_on(at, key)) {
            return Step::Unchanged;
        }
        if key.is_some() && self.message.take().is_some() {
            self.stale = true;
        }
        match (&mut self.scene, input, key) {
            (Scene::Test(page), _, Some(KeyPress::F(1))) if page.session().phase() == Phase::Ready => {
                self.help = Some(0);
                Step::Stay
            }
            (Scene::Test(seat), input, _) => {
                let (step, accepted) = seat.take(at, input);
                accepted.iter().for_each(|accepted| self.follow(at, accepted));
                step
            }
            (Scene::Page(page), Input::Paste { text, .. }, _) => page.paste(text),
            (Scene::Page(page), _, Some(key)) => {
                let _ = page.tick(at);
                if self.everywhere[usize::from(page.is_typing())].action(key) == Some(Everywhere::Keys) {
                    self.help = Some(0);
                    return Step::Stay;
                }
                page.update(key)
            }
            _ => Step::Unchanged,
        }
    }

    pub(super) fn step(&mut self, at: Instant, step: Step) {
        let away = leads_away(&step);
        if away {
            self.keep_unfinished(at);
            if !self.may_leave() {
                return;
            }
        }
        let done = match step {
            Step::Unchanged => return,
            Step::Stay => {
                self.stale |= self.help.is_some() || matches!(self.scene, Scene::Page(_));
                return;
            }
            Step::Go(route) => self.go(route),
            Step::Back => self.back(),
            Step::Do(command) => self.perform(command),
        };
        if away && done.is_ok() {
            self.context.unsaved = None;
        }
        self.tell(done);
        self.stale = true;
        if let Scene::Page(page) = &mut self.scene {
            let _ = page.tick(at);
        }
    }

    /// Goes on to the result when the test has ended. One that ends with the program stays on the screen.
    pub(super) fn follow(&mut self, at: Instant, accepted: &Accepted) {
        if matches!(accepted.phase, Some(Phase::Ended(_))) && self.status.is_none() {
            self.stale = true;
            self.finish();
            self.calm = Some(Calm::after(at));
        }
    }

    /// In the overlay of keys arrows choose, Enter closes it and presses the key that was chosen, and every other key
    /// closes it and does nothing else: so whatever a letter does can be done without typing it.
    pub(super) fn choose_key(&mut self, key: KeyPress) -> Option<KeyPress> {
        let chosen = self.help.take()?;
        let keys = self.keys();
        let last = keys.len().saturating_sub(1);
        self.stale = true;
        self.help = match key {
            KeyPress::Enter => return keys.get(chosen).and_then(|row| row.keys.first()).copied(),
            KeyPress::Up | KeyPress::BackTab => Some(chosen.checked_sub(1).unwrap_or(last)),
            KeyPress::Down | KeyPress::Tab => Some(if chosen < last { chosen + 1 } else { 0 }),
            _ => None,
        };
        None
    }

    /// What a key means on every page; a test has a keymap of its own for all but the stop.
    pub(super) fn meant_everywhere(&self, key: KeyPress) -> Option<Everywhere> {
        let is_test = self.help.is_none() && matches!(self.scene, Scene::Test(_));
        let meant = self.everywhere[usize::from(self.takes_text())].action(key);
        meant.filter(|meant| !is_test || *meant == Everywhere::Stop)
    }
}
