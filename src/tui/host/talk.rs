//! What the terminal is asked, and what follows from its answers. Nothing waits for them but leaving: an answer or a key
//! release that comes later would be typed into the shell.

use std::io;
use std::time::{Duration, Instant};

use super::modes::{
    KEYBOARD, NARROW, SCREEN, entering, first_questions, flag, silencing, speaking, speaking_less,
};
use crate::tui::input::{Answer, Parser};
use crate::tui::screen::Signs;

/// By how many times an answer may be later than the rest of a split sequence: half a second for a terminal at hand. One
/// that gave none by then will not, or not again.
const ANSWER_PATIENCE: u32 = 5;

/// How long leaving waits for a terminal that is sure to answer: nobody would wait longer for the prompt.
const LEAVE_SURE: Duration = Duration::from_secs(2);

/// How long an escape byte may stand alone while it is not known what the terminal granted.
const UNSURE: Duration = Duration::from_secs(1);

/// How far the two sides agreed about the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Whether the terminal knows the protocol is asked.
    Asked,
    /// All was asked for.
    Wanted,
    /// Less was asked for, because the terminal does not tell what keys type.
    Lowered,
    /// What is granted is known.
    Granted,
}

/// Bytes to be sent with the next drawing: answers alone are no reason to write.
#[derive(Debug, Default)]
pub(super) struct Pending {
    pub(super) bytes: Vec<u8>,
    /// The modes that they set.
    pub(super) modes: u8,
    /// The questions in them.
    questions: u8,
}

impl Pending {
    /// Whether something follows from sending it.
    pub(super) const fn asks(&self) -> bool {
        self.modes != 0 || self.questions > 0
    }
}

/// The conversation with a terminal.
#[derive(Debug)]
pub(super) struct Talk {
    stage: Stage,
    /// How long an escape byte may stand alone where the protocol does not forbid it.
    escape: Duration,
    /// Answers on their way.
    awaited: u8,
    asked: Instant,
    wide: bool,
}

impl Talk {
    /// Begins: what enters the screen, with the first questions. `modes` are those set already, as after a stop that
    /// nobody announced: a keyboard that speaks the protocol is asked anew.
    pub(super) fn begin(
        at: Instant,
        modes: u8,
        signs: Signs,
        escape: Duration,
        parser: &mut Parser,
    ) -> io::Result<(Self, Pending)> {
        parser.set_escape(Some(escape));
        let talk = Self { stage: Stage::Asked, escape, awaited: 0, asked: at, wide: false };
        let questions = first_questions(signs != Signs::Ascii);
        let mut bytes = silencing(modes)?;
        bytes.extend_from_slice(&entering()?);
        questions.iter().for_each(|question| bytes.extend_from_slice(question));
        Ok((talk, Pending { bytes, modes: SCREEN, questions: questions.len() as u8 }))
    }

    /// Notes that pending bytes are sent.
    pub(super) fn sent(&mut self, at: Instant, pending: &mut Pending) {
        let questions = std::mem::take(&mut pending.questions);
        if questions > 0 {
            self.awaited = self.awaited.saturating_add(questions);
            self.asked = at;
        }
    }

    /// Takes what the terminal answered, and adds what is to be said to that.
    pub(super) fn listen(&mut self, parser: &mut Parser, pending: &mut Pending) -> io::Result<()> {
        for answer in parser.take_answers() {
            self.awaited = self.awaited.saturating_sub(1);
            match answer {
                Answer::Keyboard(flags) => self.keyboard(flags, parser, pending)?,
                Answer::Cursor(_, column) => {
                    self.wide |= column != NARROW;
                    if self.stage == Stage::Asked {
                        // Answers come in order: the one before was never given.
                        self.awaited = 0;
                    }
                }
            }
        }
        Ok(())
    }

    fn keyboard(&mut self, flags: u32, parser: &mut Parser, pending: &mut Pending) -> io::Result<()> {
        let granted = |wanted: u8| flags & u32::from(wanted) != 0;
        match self.stage {
            Stage::Asked => {
                self.stage = Stage::Wanted;
                pending.bytes.extend_from_slice(&speaking()?);
                pending.modes |= KEYBOARD;
                pending.questions += 1;
                parser.set_escape(Some(UNSURE.max(self.escape)));
                return Ok(());
            }
            Stage::Wanted if granted(flag::ALL_KEYS) && !granted(flag::TEXT) => {
                self.stage = Stage::Lowered;
                pending.bytes.extend_from_slice(&speaking_less());
                pending.questions += 1;
            }
            Stage::Wanted | Stage::Lowered => self.stage = Stage::Granted,
            Stage::Granted => {}
        }
        let lone = !granted(flag::DISAMBIGUATE | flag::ALL_KEYS);
        parser.set_escape(lone.then_some(self.escape));
        Ok(())
    }

    /// Answers that may still come, and how long leaving may wait for them and one more.
    pub(super) fn awaited(&self, at: Instant) -> (u8, Duration) {
        let patience = self.escape * ANSWER_PATIENCE;
        let left = patience.saturating_sub(at.saturating_duration_since(self.asked));
        match self.stage {
            Stage::Asked if left.is_zero() => (0, left),
            Stage::Asked => (self.awaited, left),
            Stage::Wanted => (self.awaited, patience),
            Stage::Lowered | Stage::Granted => (self.awaited, LEAVE_SURE),
        }
    }

    /// Whether the terminal draws signs wider than they should be, or takes no UTF-8.
    pub(super) const fn is_wide(&self) -> bool {
        self.wide
    }
}
