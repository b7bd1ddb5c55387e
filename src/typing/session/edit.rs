//! What a key does to the words: inserting, joining marks, ending words, erasing.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::{Insertion, MAX_EXTRA, Phase, Session, Typed, TypedWord};
use crate::typing::key::{Key, Millis};
use crate::typing::log::End;
use crate::typing::rules::Correction;
use crate::typing::text::Grapheme;

impl Session {
    pub(super) fn apply(&mut self, at: Millis, key: Key) {
        match key {
            Key::Backspace => self.backspace(),
            Key::DeleteWord => self.delete_word(),
            Key::Enter => self.insert(at, '\n'),
            Key::Char(c) => self.insert(at, c),
        }
    }

    fn insert(&mut self, at: Millis, c: char) {
        if !self.join_mark(c) {
            self.place(at, c);
        }
        if self.phase == Phase::Running && self.at_end() {
            self.end(End::Completed, at);
        }
    }

    /// Whether the last character of the text has been typed; one of several code points ends with its last, and
    /// until then what stands is a beginning of it.
    fn at_end(&self) -> bool {
        let (index, offset) = self.caret();
        let word = self.exercise.text.word(index);
        if index + 1 != self.exercise.text.word_count() || offset < word.len() {
            return false;
        }
        let last = self.words.last().and_then(|w| w.typed.last());
        let begun = match (word.last(), last) {
            (Some(Grapheme::Many(due)), Some(Typed { grapheme, right: false })) => {
                let (nfd, typed) = (|s: &str| s.nfd().collect::<String>(), grapheme.to_string());
                let begins = due.starts_with(&typed) || nfd(due).starts_with(&nfd(&typed));
                offset == word.len() && begins
            }
            _ => false,
        };
        !begun
    }

    fn place(&mut self, at: Millis, c: char) {
        let exercise = Arc::clone(&self.exercise);
        let (index, offset) = self.caret();
        let word = exercise.text.word(index);
        let typed = Grapheme::One(c);
        let due = word.get(offset);
        let fits = due.is_some_and(|g| exercise.lookalikes.accept(g, &typed));
        if matches!(c, ' ' | '\n') && !fits {
            self.separate(at, typed);
        } else if let (Some(due), true) = (due, fits) {
            self.put(at, Typed { grapheme: due.clone(), right: true });
        } else if offset < word.len() + MAX_EXTRA {
            self.put(at, Typed { grapheme: typed, right: false });
        } else {
            self.stray(at);
        }
    }

    /// Merges a combining mark into the character before it, and judges that character anew.
    fn join_mark(&mut self, c: char) -> bool {
        let exercise = Arc::clone(&self.exercise);
        let (index, offset) = self.caret();
        let Some(last) = self.words.last_mut().and_then(|w| w.typed.last_mut()) else { return false };
        let Some(joined) = last.grapheme.joined(c) else { return false };
        let due = exercise.text.word(index).get(offset.saturating_sub(1));
        let right = due.is_some_and(|g| exercise.lookalikes.accept(g, &joined));
        let was = std::mem::replace(last, Typed { grapheme: joined, right });
        self.tally.right = self.tally.right + u32::from(right) - u32::from(was.right);
        let place = (exercise.text.word_range(index).start + offset).saturating_sub(1) as u32;
        if due.is_some()
            && let Some(insertion) = self.insertions.iter_mut().rev().find(|i| i.due == Some(place))
        {
            insertion.right = right;
        }
        true
    }

    /// A space or return where no such character is due: ends the word, or is a stray one at a word's start.
    fn separate(&mut self, at: Millis, typed: Grapheme) {
        let exercise = Arc::clone(&self.exercise);
        let (index, offset) = self.caret();
        let last = index + 1 == exercise.text.word_count();
        if offset == 0 || last {
            self.stray(at);
            if last && offset > 0 {
                self.end(End::Completed, at);
            }
            return;
        }
        let due = exercise.text.separator(index).filter(|_| offset == exercise.text.word(index).len());
        let right = due.is_some_and(|g| exercise.lookalikes.accept(g, &typed));
        let grapheme = due.filter(|_| right).cloned().unwrap_or(typed);
        self.note(at, self.due_place(), right);
        if let Some(word) = self.words.last_mut() {
            word.separator = Some(Typed { grapheme, right });
        }
        self.words.push(TypedWord::default());
    }

    fn put(&mut self, at: Millis, typed: Typed) {
        let (index, offset) = self.caret();
        let range = self.exercise.text.word_range(index);
        // A character where a word should end is superfluous; it misses no other.
        let due = self.due_place().filter(|_| offset < range.len());
        self.note(at, due, typed.right);
        if let Some(word) = self.words.last_mut() {
            word.typed.push(typed);
        }
    }

    /// Counts a key that inserts nothing that could stand: wrong, and gone.
    fn stray(&mut self, at: Millis) {
        self.note(at, self.due_place(), false);
        self.tally.erased += 1;
    }

    /// Where in the text the caret stands: what is due there; `None` beyond a word's end.
    fn due_place(&self) -> Option<u32> {
        let (index, offset) = self.caret();
        let range = self.exercise.text.word_range(index);
        let place = range.start + offset;
        (place <= range.end && place < self.exercise.text.graphemes().len()).then_some(place as u32)
    }

    fn note(&mut self, at: Millis, due: Option<u32>, right: bool) {
        self.tally.typed += 1;
        self.tally.right += u32::from(right);
        self.insertions.push(Insertion { at, due, right });
    }

    fn backspace(&mut self) {
        let erased = match self.exercise.rules.correction {
            Correction::None => 0,
            _ if self.words.last_mut().is_some_and(|w| w.typed.pop().is_some()) => 1,
            Correction::CurrentWord => 0,
            Correction::Free => u32::from(self.reopen()),
        };
        self.fixed(erased);
    }

    fn delete_word(&mut self) {
        let correction = self.exercise.rules.correction;
        if correction == Correction::None {
            return;
        }
        let mut erased = 0;
        if self.caret().1 == 0 && correction == Correction::Free {
            erased += u32::from(self.reopen());
        }
        if let Some(word) = self.words.last_mut() {
            erased += word.typed.len() as u32;
            word.typed.clear();
        }
        self.fixed(erased);
    }

    /// Takes the separator before the current, empty word away.
    fn reopen(&mut self) -> bool {
        if self.words.len() < 2 {
            return false;
        }
        self.words.pop();
        self.words.last_mut().is_some_and(|w| w.separator.take().is_some())
    }

    fn fixed(&mut self, erased: u32) {
        if erased > 0 {
            self.tally.erased += erased;
            self.tally.fixes += 1;
        }
    }
}
