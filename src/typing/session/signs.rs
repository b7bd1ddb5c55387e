//! Characters made of signs, which come and go one by one: joining, taking back, and telling a wrong sign from its neighbour.
//!
//! A character counts once, with its last try: a sign that is taken back and typed again makes it another insertion, as if
//! the character had been erased and typed again.

use std::sync::Arc;

use super::{Session, Typed};
use crate::typing::key::Millis;
use crate::typing::log::EventKind;
use crate::typing::text::{Grapheme, signs};

impl Session {
    /// Takes a code point into the character before the caret: one that combines with it, or a wrong one in a sign's place.
    pub(super) fn join_sign(&mut self, at: Millis, c: char) -> bool {
        let Some(last) = self.words.last().and_then(|word| word.typed.last()) else { return false };
        let joined = last.grapheme.joined(c);
        let Some(grapheme) = joined.or_else(|| self.in_place_of_sign(last, c)) else { return false };
        let mut signs = last.signs.as_deref().map_or_else(|| last.grapheme.to_string(), str::to_owned);
        signs.push(c);
        let reopened = last.reopened;
        let right = self.is_right_at_caret(&grapheme);
        let typed = Typed { signs: Some(signs.into()), ..Typed::of(grapheme, right) };
        if reopened {
            self.try_again(at, typed);
        } else {
            self.replace_last(typed);
        }
        true
    }

    /// The character before the caret with a letter that stands where its next sign belongs. Where the letter is the one
    /// that comes next in the text, the sign was left out instead.
    fn in_place_of_sign(&self, last: &Typed, c: char) -> Option<Grapheme> {
        let (index, offset) = self.caret();
        let text = &self.exercise.text;
        let due = text.word(index).get(offset.checked_sub(1)?)?;
        let open =
            matches!(due, Grapheme::Many(_)) && written_in_signs(due) && signs::begins(due, &last.grapheme);
        if !open || c.is_whitespace() {
            return None;
        }
        let typed = signs::composed(c.encode_utf8(&mut [0; 4]))?;
        let next = text.word(index).get(offset).or_else(|| text.separator(index));
        if next.is_some_and(|next| self.may_begin(next, &typed)) {
            return None;
        }
        let mut whole = last.grapheme.to_string();
        whole.push(c);
        signs::composed(&whole)
    }

    /// Gives the sign that was one too many on a right character a place of its own, where what is typed now shows that it
    /// stands for the letter that came next.
    pub(super) fn part_sign(&mut self, typed: &Grapheme) {
        let exercise = Arc::clone(&self.exercise);
        let (index, offset) = self.caret();
        let word = exercise.text.word(index);
        let before = offset.checked_sub(1).and_then(|before| word.get(before));
        let (Some(before), Some(here)) = (before, word.get(offset)) else { return };
        let after = word.get(offset + 1).or_else(|| exercise.text.separator(index));
        if self.may_begin(here, typed) || !after.is_some_and(|after| self.may_begin(after, typed)) {
            return;
        }
        let Some((rest, sign)) = self.without_last_sign() else { return };
        if !exercise.lookalikes.accept(before, &rest.grapheme) {
            return;
        }
        self.replace_last(rest);
        let presses = self.events.iter().rev().filter(|event| matches!(event.what, EventKind::Press(_)));
        let at = presses.map(|event| event.at).nth(1).unwrap_or_default();
        self.put(at, Typed::of(Grapheme::One(sign), false));
    }

    /// Takes the last sign of the character before the caret back; false where all of the character is to go.
    pub(super) fn take_sign(&mut self, at: Millis) -> bool {
        let Some((rest, _)) = self.without_last_sign() else {
            self.excuse_beginning();
            return false;
        };
        if rest.right {
            self.try_again(at, rest);
        } else if let Some(last) = self.words.last_mut().and_then(|word| word.typed.last_mut()) {
            *last = Typed { reopened: true, ..rest };
        }
        true
    }

    /// The character before the caret less its last sign, and that sign; nothing where it was not typed in signs.
    fn without_last_sign(&self) -> Option<(Typed, char)> {
        let last = self.words.last()?.typed.last()?;
        let mut rest = last.signs.as_deref().filter(|_| written_in_signs(&last.grapheme))?.to_owned();
        let sign = rest.pop()?;
        let grapheme = signs::composed(&rest)?;
        let right = self.is_right_at_caret(&grapheme);
        let several = rest.chars().nth(1).is_some();
        Some((Typed { signs: several.then(|| rest.into()), ..Typed::of(grapheme, right) }, sign))
    }

    /// A character that is erased when it was begun and nothing of it was wrong was right so far.
    fn excuse_beginning(&mut self) {
        let (index, offset) = self.caret();
        let due = offset.checked_sub(1).and_then(|before| self.exercise.text.word(index).get(before));
        let last = self.words.last().and_then(|word| word.typed.last());
        let (Some(due), Some(last)) = (due, last) else { return };
        if !last.reopened && written_in_signs(due) && signs::begins(due, &last.grapheme) {
            self.judge_anew(true);
        }
    }

    /// Puts a character in the place of the one before the caret, as if that had been erased.
    fn try_again(&mut self, at: Millis, typed: Typed) {
        if let Some(word) = self.words.last_mut() {
            word.typed.pop();
        }
        self.fixed(1);
        self.put(at, typed);
    }

    /// Whether `typed` is `due` or the beginning of it.
    fn may_begin(&self, due: &Grapheme, typed: &Grapheme) -> bool {
        self.exercise.lookalikes.accept(due, typed) || signs::begins(due, typed)
    }

    /// Whether all that stands of the word at the caret is white space.
    pub(super) fn in_margin(&self) -> bool {
        let blank = |typed: &Typed| matches!(typed.grapheme, Grapheme::One(' ' | '\n' | '\t'));
        let word = self.words.last();
        self.conduct.knows_signs() && word.is_some_and(|word| word.typed.iter().all(blank))
    }
}

fn written_in_signs(character: &Grapheme) -> bool {
    character.to_string().chars().next().is_some_and(signs::in_signs)
}
