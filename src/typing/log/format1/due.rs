//! Which key the text asks for, by the rules of log format 1. Frozen: it reads old logs.
//!
//! The code 0 of a log stands for the key that is due, so reading a log follows the caret through it. This follows it as
//! format 1 did when it was frozen and asks no session: a session may change, what a log says may not. A new rule for
//! the caret is a new format, in a file of its own.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::super::EventKind;
use super::super::columns::Course;
use crate::typing::exercise::Exercise;
use crate::typing::key::{Key, Millis};
use crate::typing::rules::{Clock, Correction};
use crate::typing::text::Grapheme;

/// Characters beyond a word's end that still stand.
const MAX_EXTRA: usize = 16;
/// Most events that move the caret.
const MAX_EVENTS: usize = 250_000;
/// When a test without a limit is over, in milliseconds: after a day.
const MAX_MS: Millis = 86_400_000;

/// A character that stands, and whether it belongs there.
type Standing = (Grapheme, bool);

/// The caret on its way through a text.
pub(super) struct Caret<'a> {
    exercise: &'a Arc<Exercise>,
    /// The characters of each word so far; the last word is the current one.
    words: Vec<Vec<Standing>>,
    running: bool,
    over: bool,
    events: usize,
    last_at: Millis,
}

impl Course for Caret<'_> {
    const TAB: bool = false;
    const AUTOMATIC: bool = false;

    /// The key that the text asks for; `None` where no single key is due.
    fn due(&self) -> Option<Key> {
        let (index, offset) = self.caret();
        let word = self.exercise.text.word(index);
        let separator = self.exercise.text.separator(index).filter(|_| offset == word.len());
        match word.get(offset).or(separator)?.as_char()? {
            '\n' => Some(Key::Enter),
            c => Some(Key::Char(c)),
        }
    }

    /// Moves the caret by an event.
    fn follow(&mut self, at: Millis, kind: EventKind) {
        let (key, counts) = match kind {
            EventKind::Press(key) => (Some(key), self.running || self.starts(key)),
            EventKind::Release(key) => (None, self.running && !key.is_control()),
            _ => (None, self.running),
        };
        if self.over || !counts || key.is_some_and(Key::is_control) || !self.in_time(at) {
            return;
        }
        self.running = true;
        self.events += 1;
        match key {
            Some(Key::Char(c)) => self.insert(c),
            Some(Key::Enter) => self.insert('\n'),
            Some(Key::Backspace) => self.backspace(),
            Some(Key::DeleteWord) => self.delete_word(),
            Some(Key::Tab) | None => {}
        }
    }
}

impl<'a> Caret<'a> {
    /// Begins before the first event.
    pub(super) fn new(exercise: &'a Arc<Exercise>) -> Self {
        let running = exercise.rules.clock == Clock::StartSignal;
        Self { exercise, words: vec![Vec::new()], running, over: false, events: 0, last_at: 0 }
    }

    fn starts(&self, key: Key) -> bool {
        self.exercise.rules.clock == Clock::FirstKey && matches!(key, Key::Char(_) | Key::Enter)
    }

    /// Whether an event at `at` still counts; keeps its time. The first key is at 0, no time is before the last one.
    fn in_time(&mut self, at: Millis) -> bool {
        let at = if self.running { at.max(self.last_at) } else { 0 };
        let limit = self.exercise.rules.limit_ms().unwrap_or(MAX_MS);
        self.over = at >= limit || self.events >= MAX_EVENTS;
        if !self.over {
            self.last_at = at;
        }
        !self.over
    }

    fn caret(&self) -> (usize, usize) {
        (self.words.len() - 1, self.words.last().map_or(0, Vec::len))
    }

    fn insert(&mut self, c: char) {
        if !self.join(c) {
            self.place(c);
        }
        self.over = self.over || self.complete();
    }

    /// Merges a combining mark into the character before it.
    fn join(&mut self, mark: char) -> bool {
        let (index, offset) = self.caret();
        let Some(last) = self.words.last_mut().and_then(|word| word.last_mut()) else { return false };
        let Some(joined) = last.0.joined(mark) else { return false };
        let due = self.exercise.text.word(index).get(offset.saturating_sub(1));
        let right = due.is_some_and(|due| self.exercise.lookalikes.accept(due, &joined));
        *last = (joined, right);
        true
    }

    fn place(&mut self, c: char) {
        let (index, offset) = self.caret();
        let word = self.exercise.text.word(index);
        let typed = Grapheme::One(c);
        let due = word.get(offset).filter(|due| self.exercise.lookalikes.accept(due, &typed));
        match due {
            None if matches!(c, ' ' | '\n') => self.end_word(),
            Some(due) => self.put((due.clone(), true)),
            None if offset < word.len() + MAX_EXTRA => self.put((typed, false)),
            None => {}
        }
    }

    fn put(&mut self, standing: Standing) {
        if let Some(word) = self.words.last_mut() {
            word.push(standing);
        }
    }

    /// A space or return where none is due: nothing at a word's start, the next word elsewhere, the end in the last.
    fn end_word(&mut self) {
        let (index, offset) = self.caret();
        let last = index + 1 == self.exercise.text.word_count();
        if offset > 0 && last {
            self.over = true;
        } else if offset > 0 {
            self.words.push(Vec::new());
        }
    }

    /// Whether the last character stands; one of several code points stands when it is no beginning of itself.
    fn complete(&self) -> bool {
        let (index, offset) = self.caret();
        let word = self.exercise.text.word(index);
        if index + 1 != self.exercise.text.word_count() || offset < word.len() {
            return false;
        }
        match (word.last(), self.words.last().and_then(|word| word.last())) {
            (Some(Grapheme::Many(due)), Some((typed, false))) if offset == word.len() => {
                let (nfd, typed) = (|s: &str| s.nfd().collect::<String>(), typed.to_string());
                !(due.starts_with(&typed) || nfd(due).starts_with(&nfd(&typed)))
            }
            _ => true,
        }
    }

    fn backspace(&mut self) {
        let correction = self.exercise.rules.correction;
        if correction == Correction::None {
            return;
        }
        let erased = self.words.last_mut().is_some_and(|word| word.pop().is_some());
        if !erased && correction == Correction::Free {
            self.reopen();
        }
    }

    fn delete_word(&mut self) {
        let correction = self.exercise.rules.correction;
        if correction == Correction::None {
            return;
        }
        if self.caret().1 == 0 && correction == Correction::Free {
            self.reopen();
        }
        if let Some(word) = self.words.last_mut() {
            word.clear();
        }
    }

    /// Goes back into the word before the current, empty one.
    fn reopen(&mut self) {
        if self.words.len() > 1 {
            self.words.pop();
        }
    }
}
