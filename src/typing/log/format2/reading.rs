//! The key that somebody who copies the text presses next: a place in its code points, found again at each word's end.

use super::super::EventKind;
use super::super::columns::Course;
use crate::typing::exercise::Exercise;
use crate::typing::key::{Key, Millis};
use crate::typing::rules::Correction;

/// A place in the text.
pub(in super::super) struct Reading {
    /// What is to be typed, code point by code point.
    keys: Vec<Key>,
    next: usize,
    /// Keys beyond a word's end, which erasing takes away first.
    beyond: usize,
    erases: bool,
}

impl Reading {
    /// Begins at the start of the text.
    pub(in super::super) fn new(exercise: &Exercise) -> Self {
        let text = exercise.text.to_string();
        let keys = text.chars().map(|c| match c {
            '\n' => Key::Enter,
            '\t' => Key::Tab,
            c => Key::Char(c),
        });
        let erases = exercise.rules.correction != Correction::None;
        Self { keys: keys.collect(), next: 0, beyond: 0, erases }
    }

    /// Goes on by a key that the program types.
    pub(in super::super) fn pass(&mut self, key: Key) {
        self.type_in(key);
    }

    /// Goes back over the indentation before it, if that is all that stands of its line; only the line break is left.
    pub(in super::super) fn unindent(&mut self) {
        let before = self.keys.get(..self.next).unwrap_or_default();
        let blanks = before.iter().rev().take_while(|key| matches!(key, Key::Char(' ') | Key::Tab)).count();
        let at_start = before.iter().rev().nth(blanks) == Some(&Key::Enter);
        if self.erases && self.beyond == 0 && at_start {
            self.next -= blanks;
        }
    }

    fn key(&self, at: usize) -> Option<Key> {
        self.keys.get(at).copied()
    }

    fn type_in(&mut self, key: Key) {
        let due = self.key(self.next);
        if due == Some(key) {
            (self.next, self.beyond) = (self.next + 1, 0);
        } else if parts(key) {
            // A word that is left early; at its beginning that is a key too many.
            let begun =
                self.next.checked_sub(1).and_then(|before| self.key(before)).is_some_and(|k| !parts(k));
            if begun {
                self.leave_word();
            }
        } else if due.is_none_or(parts) {
            self.beyond += 1;
        } else {
            self.next += 1;
        }
    }

    fn leave_word(&mut self) {
        let rest = self.keys.iter().skip(self.next);
        self.next += rest.take_while(|key| !parts(**key)).count();
        self.next = (self.next + 1).min(self.keys.len());
        self.beyond = 0;
    }

    fn erase(&mut self) {
        match self.beyond.checked_sub(1) {
            Some(fewer) => self.beyond = fewer,
            None => self.next = self.next.saturating_sub(1),
        }
    }

    fn erase_word(&mut self) {
        let before = self.keys.get(..self.next).unwrap_or_default();
        // From a word's start, back over the one before it.
        let blanks = before.iter().rev().take_while(|key| parts(**key)).count();
        let letters = before.iter().rev().skip(blanks).take_while(|key| !parts(**key)).count();
        self.next -= blanks + letters;
        self.beyond = 0;
    }
}

impl Course for Reading {
    const TAB: bool = true;
    const AUTOMATIC: bool = false;

    fn due(&self) -> Option<Key> {
        self.key(self.next)
    }

    fn follow(&mut self, _at: Millis, what: EventKind) {
        match what {
            EventKind::Press(Key::Backspace) if self.erases => self.erase(),
            EventKind::Press(Key::DeleteWord) if self.erases => self.erase_word(),
            EventKind::Press(Key::Backspace | Key::DeleteWord) => {}
            EventKind::Press(key) => self.type_in(key),
            _ => {}
        }
    }
}

/// Whether a key parts words.
fn parts(key: Key) -> bool {
    matches!(key, Key::Char(' ') | Key::Enter)
}
