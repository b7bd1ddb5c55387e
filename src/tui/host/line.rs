//! This end of the conversation with a terminal far away, whatever carries the bytes: what comes in becomes inputs, and what
//! goes out begins with what the terminal is still to be asked.

use std::io;
use std::time::{Duration, Instant};

use ratatui::layout::Size;

use super::Capabilities;
use super::modes::{KEYBOARD, leaving};
use super::talk::{Pending, Talk};
use crate::tui::input::{Input, Parser};

/// What is known of a terminal far away, and what it has been told.
#[derive(Debug)]
pub(super) struct Line {
    size: Size,
    capabilities: Capabilities,
    parser: Parser,
    talk: Talk,
    heard: Instant,
    /// Bytes to be sent with the next drawing.
    pending: Pending,
    modes: u8,
}

/// What undoes the modes of a terminal, and what it still answers.
pub(super) struct Leaving {
    pub(super) bytes: Vec<u8>,
    /// Answers that may still come.
    pub(super) answers: u8,
    /// How long they may take.
    pub(super) patience: Duration,
}

impl Line {
    /// A line to a terminal of this size; a drawing is to follow, with which its modes are set.
    pub(super) fn new(at: Instant, size: Size, capabilities: Capabilities) -> io::Result<Self> {
        let mut parser = Parser::new(Parser::AFAR);
        let (talk, pending) = Talk::begin(at, 0, capabilities.signs, Parser::AFAR, &mut parser)?;
        Ok(Self { size, capabilities, parser, talk, heard: at, pending, modes: 0 })
    }

    /// Takes ^H for Backspace from now on.
    pub(super) fn erases_with_ctrl_h(&mut self) {
        self.parser = std::mem::take(&mut self.parser).with_ctrl_h_erase();
    }

    pub(super) const fn size(&self) -> Size {
        self.size
    }

    pub(super) fn capabilities(&self) -> Capabilities {
        if self.talk.is_wide() { self.capabilities.in_ascii() } else { self.capabilities }
    }

    /// When something was heard last.
    pub(super) const fn heard(&self) -> Instant {
        self.heard
    }

    /// When an unfinished piece is given up; nothing where there is none.
    pub(super) fn patience_ends(&self) -> Option<Instant> {
        self.parser.patience().map(|patience| self.heard + patience)
    }

    /// Takes bytes that were read at that time.
    pub(super) fn feed(&mut self, at: Instant, bytes: &[u8], inputs: &mut Vec<Input>) -> io::Result<()> {
        self.heard = at;
        self.parser.feed(bytes, inputs);
        self.talk.listen(&mut self.parser, &mut self.pending)
    }

    /// Takes another size of the terminal.
    pub(super) fn resize(&mut self, at: Instant, size: Size, inputs: &mut Vec<Input>) {
        self.heard = at;
        self.size = size;
        inputs.push(Input::Resize(size));
    }

    /// Takes note that something was heard.
    pub(super) const fn hear(&mut self, at: Instant) {
        self.heard = at;
    }

    /// Takes an unfinished piece for what it is.
    pub(super) fn give_up(&mut self, inputs: &mut Vec<Input>) {
        self.parser.give_up(inputs);
    }

    /// What is to be sent before the next drawing, once.
    pub(super) fn take_pending(&mut self, at: Instant) -> Vec<u8> {
        let bytes = std::mem::take(&mut self.pending.bytes);
        self.modes |= std::mem::take(&mut self.pending.modes);
        self.talk.sent(at, &mut self.pending);
        bytes
    }

    /// What leaves the terminal as it was found; without bytes where its modes were never set.
    pub(super) fn leaving(&self, at: Instant) -> Leaving {
        let (awaited, patience) = self.talk.awaited(at);
        let answers = awaited + u8::from(self.modes & KEYBOARD != 0);
        Leaving { bytes: leaving(self.modes).unwrap_or_default(), answers, patience }
    }

    /// Takes bytes of which only the answers matter; gives how many there were.
    pub(super) fn drop_input(&mut self, bytes: &[u8]) -> usize {
        let mut dropped = Vec::new();
        self.parser.feed(bytes, &mut dropped);
        self.parser.take_answers().len()
    }
}
