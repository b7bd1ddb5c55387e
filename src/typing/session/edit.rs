//! What a key does to the words: inserting, joining marks, ending words, erasing.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::{Insertion, MAX_EXTRA, Phase, Session, Typed, TypedWord};
use crate::typing::conduct::Conduct;
use crate::typing::key::{Key, Millis};
use crate::typing::log::{End, Event, EventKind, MAX_EVENTS};
use crate::typing::rules::{Correction, OnError};
use crate::typing::text::{Grapheme, signs};

impl Session {
    pub(super) fn apply(&mut self, at: Millis, key: Key) {
        match key {
            Key::Backspace => self.backspace(at),
            Key::DeleteWord => self.delete_word(),
            Key::Enter => self.insert(at, '\n'),
            Key::Tab => self.insert(at, '\t'),
            Key::Char(c) => self.insert(at, c),
        }
    }

    fn insert(&mut self, at: Millis, c: char) {
        let joined = match self.conduct {
            Conduct::First => self.join_mark(c),
            Conduct::Second | Conduct::Third => self.join_sign(at, c),
        };
        if !joined {
            self.place(at, c);
        }
        if self.phase == Phase::Running && self.exercise.rules.on_error == OnError::End && self.is_mistaken()
        {
            self.end(End::GaveUp, at);
        }
        if self.phase == Phase::Running && self.at_end() {
            self.end(End::Completed, at);
        }
    }

    /// Whether the insertion made last is wrong, and is no beginning of a character of several signs.
    fn is_mistaken(&self) -> bool {
        let Some(last) = self.insertions.last().filter(|last| !last.right) else { return false };
        let due = last.due.and_then(|due| self.exercise.text.graphemes().get(due as usize));
        let typed = self.words.last().and_then(|word| word.typed.last());
        !due.zip(typed).is_some_and(|(due, typed)| signs::begins(due, &typed.grapheme))
    }

    /// Whether a wrong character is counted and stands nowhere. One that begins a character of several signs stands.
    fn stops(&self, due: Option<&Grapheme>, typed: &Grapheme) -> bool {
        let stop = self.exercise.rules.on_error == OnError::Stop;
        stop && !due.is_some_and(|due| signs::begins(due, typed))
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
        let begun = match (word.last(), last, self.conduct) {
            (Some(Grapheme::Many(due)), Some(Typed { grapheme, right: false, .. }), Conduct::First) => {
                let (nfd, typed) = (|s: &str| s.nfd().collect::<String>(), grapheme.to_string());
                due.starts_with(&typed) || nfd(due).starts_with(&nfd(&typed))
            }
            (Some(due), Some(Typed { grapheme, right: false, .. }), Conduct::Second | Conduct::Third) => {
                signs::begins(due, grapheme)
            }
            _ => false,
        };
        !(begun && offset == word.len())
    }

    fn place(&mut self, at: Millis, c: char) {
        let exercise = Arc::clone(&self.exercise);
        let typed = match self.conduct {
            Conduct::First => Grapheme::One(c),
            Conduct::Second | Conduct::Third => {
                let typed = signs::composed(c.encode_utf8(&mut [0; 4])).unwrap_or(Grapheme::One(c));
                self.part_sign(&typed);
                typed
            }
        };
        let (index, offset) = self.caret();
        let word = exercise.text.word(index);
        let due = word.get(offset);
        let fits = due.is_some_and(|g| exercise.lookalikes.accept(g, &typed));
        // Where a word has been typed to its end, a space is due.
        let separates =
            matches!(c, ' ' | '\n') && offset == word.len() && self.is_right_separator(index, &typed);
        if !fits && !separates && self.stops(due, &typed) {
            self.stray(at);
        } else if matches!(c, ' ' | '\n') && !fits {
            self.separate(at, typed);
        } else if let (Some(due), true) = (due, fits) {
            self.put(at, Typed::of(due.clone(), true));
        } else if offset < word.len() + MAX_EXTRA {
            self.put(at, Typed::of(typed, false));
        } else {
            self.stray(at);
        }
    }

    /// Merges a combining mark into the character before it, and judges that character anew.
    fn join_mark(&mut self, c: char) -> bool {
        let last = self.words.last().and_then(|w| w.typed.last());
        let Some(joined) = last.and_then(|last| last.grapheme.joined(c)) else { return false };
        let right = self.is_right_at_caret(&joined);
        self.replace_last(Typed::of(joined, right));
        true
    }

    /// Whether a character is the one that belongs before the caret.
    pub(super) fn is_right_at_caret(&self, typed: &Grapheme) -> bool {
        let (index, offset) = self.caret();
        let due = self.exercise.text.word(index).get(offset.saturating_sub(1));
        due.is_some_and(|due| self.exercise.lookalikes.accept(due, typed))
    }

    /// Replaces the character before the caret, and judges its insertion anew.
    pub(super) fn replace_last(&mut self, typed: Typed) {
        let right = typed.right;
        let Some(last) = self.words.last_mut().and_then(|w| w.typed.last_mut()) else { return };
        *last = typed;
        self.judge_anew(right);
    }

    /// Judges the insertion of the character before the caret anew; one beyond a word's end stays wrong.
    pub(super) fn judge_anew(&mut self, right: bool) {
        let (index, offset) = self.caret();
        let range = self.exercise.text.word_range(index);
        let Some(before) = offset.checked_sub(1).filter(|before| *before < range.len()) else { return };
        let place = Some((range.start + before) as u32);
        if let Some(insertion) = self.insertions.iter_mut().rev().find(|i| i.due == place) {
            self.tally.right = self.tally.right + u32::from(right) - u32::from(insertion.right);
            insertion.right = right;
        }
    }

    /// Whether a character is the one that parts a word from the next.
    fn is_right_separator(&self, index: usize, typed: &Grapheme) -> bool {
        let due = self.exercise.text.separator(index);
        due.is_some_and(|due| self.exercise.lookalikes.accept(due, typed))
    }

    /// A space or return where no such character is due: ends the word, or is a stray one at a word's start.
    fn separate(&mut self, at: Millis, typed: Grapheme) {
        let exercise = Arc::clone(&self.exercise);
        let (index, offset) = self.caret();
        let last = index + 1 == exercise.text.word_count();
        let begun = offset > 0 && !self.in_margin();
        if !begun || last {
            self.stray(at);
            if last && begun {
                self.end(End::Completed, at);
            }
            return;
        }
        let due = exercise.text.separator(index).filter(|_| offset == exercise.text.word(index).len());
        let right = due.is_some_and(|g| exercise.lookalikes.accept(g, &typed));
        let grapheme = due.filter(|_| right).cloned().unwrap_or(typed);
        self.note(at, self.due_place(), right);
        if let Some(word) = self.words.last_mut() {
            word.separator = Some(Typed::of(grapheme, right));
        }
        self.words.push(TypedWord::default());
        self.indent(at);
    }

    /// Types the indentation of the line that begins, where the program does so.
    fn indent(&mut self, at: Millis) {
        if self.conduct != Conduct::Third {
            return;
        }
        let exercise = Arc::clone(&self.exercise);
        let (index, _) = self.caret();
        let Some(word) = self.words.last_mut() else { return };
        for blank in exercise.text.word(index).iter().take(exercise.text.margin(index)) {
            if self.events.len() >= MAX_EVENTS {
                return;
            }
            let key = if *blank == Grapheme::One('\t') { Key::Tab } else { Key::Char(' ') };
            self.events.push(Event { at, what: EventKind::Automatic(key) });
            word.typed.push(Typed { automatic: true, ..Typed::of(blank.clone(), true) });
        }
    }

    /// Takes the indentation of the line back that was just begun, so that only its line break is left to take; without
    /// effect elsewhere.
    fn unindent(&mut self) {
        if let Some(word) = self.words.last_mut().filter(|word| word.typed_by_hand() == 0) {
            word.typed.clear();
        }
    }

    pub(super) fn put(&mut self, at: Millis, typed: Typed) {
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

    pub(super) fn note(&mut self, at: Millis, due: Option<u32>, right: bool) {
        self.tally.typed += 1;
        self.tally.right += u32::from(right);
        self.insertions.push(Insertion { at, due, right });
    }

    fn backspace(&mut self, at: Millis) {
        let correction = self.exercise.rules.correction;
        if correction == Correction::None {
            return;
        }
        if correction == Correction::Free {
            self.unindent();
        } else if self.stands_indented() {
            return;
        }
        if self.conduct.knows_signs() && self.take_sign(at) {
            return;
        }
        let erased = match correction {
            _ if self.words.last_mut().is_some_and(|w| w.typed.pop().is_some()) => 1,
            Correction::Free => u32::from(self.reopen()),
            Correction::CurrentWord | Correction::None => 0,
        };
        self.fixed(erased);
    }

    fn delete_word(&mut self) {
        let correction = self.exercise.rules.correction;
        if correction == Correction::None {
            return;
        }
        let mut erased = 0;
        if correction == Correction::Free {
            self.unindent();
            if self.caret().1 == 0 {
                erased += u32::from(self.reopen());
            }
        }
        if let Some(word) = self.words.last_mut() {
            erased += word.typed_by_hand() as u32;
            word.typed.retain(|typed| typed.automatic);
        }
        self.fixed(erased);
    }

    /// Whether all that stands of the current word was typed by the program.
    fn stands_indented(&self) -> bool {
        self.words.last().is_some_and(|word| !word.typed.is_empty() && word.typed_by_hand() == 0)
    }

    /// Takes the separator before the current, empty word away.
    fn reopen(&mut self) -> bool {
        if self.words.len() < 2 {
            return false;
        }
        self.words.pop();
        self.words.last_mut().is_some_and(|w| w.separator.take().is_some())
    }

    pub(super) fn fixed(&mut self, erased: u32) {
        if erased > 0 {
            self.tally.erased += erased;
            self.tally.fixes += 1;
        }
    }
}

impl Typed {
    /// A character typed with one key, or by rules that do not know more of it.
    pub(super) const fn of(grapheme: Grapheme, right: bool) -> Self {
        Self { grapheme, right, signs: None, reopened: false, automatic: false }
    }
}
