//! Bytes from a terminal to [`Input`]: a state machine that takes them in pieces of any size, in linear time and bounded memory.

use std::mem::take;
use std::time::Duration;

use super::csi::{self, Chord, Event};
use super::kinds::{Input, KeyPress};

/// Bytes of a paste that are kept: a badge's whole file fits, a mistaken paste of a book costs nothing.
pub const PASTE_KEPT: usize = 16 * 1024;

/// Bytes of one control sequence that are kept; longer ones are skipped. The longest key known needs about 30.
const SEQUENCE_KEPT: usize = 96;

/// Keys held down at once whose names are remembered for their release: more than a person has fingers.
const HELD: usize = 16;

/// How long a sequence or a character that was begun may stay unfinished; slow lines split them.
const PIECE_PATIENCE: Duration = Duration::from_secs(3);

/// How long nothing may come of a paste that was begun: what came after it was given up would count as typed.
const PASTE_PATIENCE: Duration = Duration::from_secs(10);

/// Answers that are remembered until somebody asks; more than are ever on their way.
const ANSWERS: usize = 8;

/// The end of a bracketed paste.
const PASTE_END: &[u8] = b"\x1b[201~";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ground,
    /// Inside a UTF-8 character, pressed with Alt or without.
    Char {
        alt: bool,
    },
    Escape,
    Csi,
    /// After `CSI [`, as the Linux console begins F1 to F5.
    Console,
    Ss3,
    /// A control string, which nobody asked for: skipped to its end. It began with this byte after the escape.
    Text {
        opener: u8,
        empty: bool,
    },
    /// In a control string after an escape, perhaps its end.
    TextEscape,
    /// In a paste, with this number of bytes of [`PASTE_END`] seen.
    Paste {
        matched: usize,
    },
}

/// What the terminal answered to a question of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The flags of the kitty keyboard protocol that are in force: the terminal knows it.
    Keyboard(u32),
    /// The cursor's row and column, from 1, the row at least 2.
    Cursor(u32, u32),
}

/// The parser. It reads no clock: who feeds it asks [`Parser::patience`] how long to wait before [`Parser::give_up`].
#[derive(Debug)]
pub struct Parser {
    state: State,
    /// The parameters of a control sequence, or the bytes of a character.
    piece: Vec<u8>,
    paste: Vec<u8>,
    pasted_chars: usize,
    held: Vec<(u32, KeyPress)>,
    answers: Vec<Answer>,
    /// How long an escape byte may stand alone before it is the Escape key; nothing where it cannot be.
    escape: Option<Duration>,
    ctrl_h: KeyPress,
}

impl Default for Parser {
    /// A parser for a terminal at hand.
    fn default() -> Self {
        Self::new(Self::AT_HAND)
    }
}

impl Parser {
    /// How long an escape byte may stand alone on this machine, where a sequence comes in one piece.
    pub const AT_HAND: Duration = Duration::from_millis(100);

    /// How long it may over a line that splits sequences.
    pub const AFAR: Duration = Duration::from_millis(500);

    /// A parser to which an escape byte that stands alone for so long is the Escape key.
    pub fn new(escape: Duration) -> Self {
        Self {
            state: State::Ground,
            piece: Vec::with_capacity(SEQUENCE_KEPT),
            paste: Vec::new(),
            pasted_chars: 0,
            held: Vec::with_capacity(HELD),
            answers: Vec::new(),
            escape: Some(escape),
            ctrl_h: KeyPress::DeleteWord,
        }
    }

    /// For a terminal whose erase character is ^H: that byte is Backspace there, not Ctrl-Backspace.
    pub fn with_ctrl_h_erase(mut self) -> Self {
        self.ctrl_h = KeyPress::Backspace;
        self
    }

    /// Takes another patience with an escape byte that stands alone; none where the terminal writes the Escape key as a
    /// sequence, so that the rest of one is only late.
    pub fn set_escape(&mut self, patience: Option<Duration>) {
        self.escape = patience;
    }

    /// Takes the next bytes, wherever they were cut, and appends what they say.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        for &byte in bytes {
            self.byte(byte, out);
        }
    }

    /// How long to wait for more bytes before [`Parser::give_up`]; nothing while no piece is unfinished, or its rest is
    /// sure to come.
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Ground => None,
            State::Escape => self.escape,
            State::Csi | State::Ss3 => self.escape.and(Some(PIECE_PATIENCE)),
            State::Paste { .. } => Some(PASTE_PATIENCE),
            _ => Some(PIECE_PATIENCE),
        }
    }

    /// Takes an unfinished piece for what it is if nothing follows: an escape byte for the Escape key, a paste as ended.
    pub fn give_up(&mut self, out: &mut Vec<Input>) {
        match self.state {
            State::Escape => out.push(Input::Key(KeyPress::Esc)),
            State::Text { opener, empty: true } => out.push(alt(opener)),
            State::Csi if self.piece.is_empty() => out.push(alt(b'[')),
            State::Ss3 if self.piece.is_empty() => out.push(alt(b'O')),
            State::Char { .. } => out.push(Input::Key(KeyPress::Char(char::REPLACEMENT_CHARACTER))),
            State::Paste { .. } => self.end_paste(out),
            _ => {}
        }
        self.ground();
    }

    /// What the terminal answered since the last call, in order.
    pub fn take_answers(&mut self) -> Vec<Answer> {
        take(&mut self.answers)
    }

    fn answered(&mut self, answer: Answer) {
        if self.answers.len() < ANSWERS {
            self.answers.push(answer);
        }
    }

    fn ground(&mut self) {
        self.state = State::Ground;
        self.piece.clear();
    }

    fn byte(&mut self, byte: u8, out: &mut Vec<Input>) {
        match self.state {
            State::Ground => self.in_ground(byte, false, out),
            State::Char { alt } => self.in_char(byte, alt, out),
            State::Escape => self.in_escape(byte, out),
            State::Csi => self.in_csi(byte, out),
            State::Console => {
                self.ground();
                if let Some(key) = csi::console(byte) {
                    out.push(Input::Key(key));
                }
            }
            State::Ss3 => self.in_ss3(byte, out),
            State::Text { .. } => self.in_text(byte),
            State::TextEscape => {
                self.ground();
                if byte != b'\\' {
                    self.in_escape(byte, out);
                }
            }
            State::Paste { matched } => self.in_paste(byte, matched, out),
        }
    }

    fn in_ground(&mut self, byte: u8, with_alt: bool, out: &mut Vec<Input>) {
        match byte {
            0x1b => self.state = State::Escape,
            0x20..=0x7e => {
                let c = char::from(byte);
                out.push(Input::Key(if with_alt { KeyPress::Alt(c) } else { KeyPress::Char(c) }));
            }
            0x80.. => {
                self.piece.clear();
                self.state = State::Char { alt: with_alt };
                self.in_char(byte, with_alt, out);
            }
            0x08 if !with_alt => out.push(Input::Key(self.ctrl_h)),
            0x08 | 0x7f if with_alt => out.push(Input::Key(KeyPress::DeleteWord)),
            _ => out.push(Input::Key(csi::control(byte))),
        }
    }

    /// Collects a character until the standard library takes it, or says that it never will.
    fn in_char(&mut self, byte: u8, with_alt: bool, out: &mut Vec<Input>) {
        self.piece.push(byte);
        match str::from_utf8(&self.piece) {
            Ok(text) => {
                let c = text.chars().next().filter(|c| !c.is_control());
                out.extend(
                    c.map(|c| Input::Key(if with_alt { KeyPress::Alt(c) } else { KeyPress::Char(c) })),
                );
                self.ground();
            }
            Err(error) if error.error_len().is_none() => {}
            Err(_) => {
                let again = self.piece.len() > 1;
                out.push(Input::Key(KeyPress::Char(char::REPLACEMENT_CHARACTER)));
                self.ground();
                if again {
                    self.in_ground(byte, false, out);
                }
            }
        }
    }

    fn in_escape(&mut self, byte: u8, out: &mut Vec<Input>) {
        self.ground();
        match byte {
            b'[' => self.state = State::Csi,
            b'O' => self.state = State::Ss3,
            b'P' | b'X' | b']' | b'^' | b'_' => self.state = State::Text { opener: byte, empty: true },
            0x1b => {
                out.push(Input::Key(KeyPress::Esc));
                self.state = State::Escape;
            }
            _ => self.in_ground(byte, true, out),
        }
    }

    fn in_csi(&mut self, byte: u8, out: &mut Vec<Input>) {
        match byte {
            b'[' if self.piece.is_empty() => self.state = State::Console,
            // rxvt ends a key with it where Shift is held; elsewhere it stands before the end of an answer.
            b'$' if !self.piece.is_empty() && self.piece.iter().all(u8::is_ascii_digit) => {
                self.end_csi(byte, out)
            }
            0x20..=0x3f if self.piece.len() < SEQUENCE_KEPT => self.piece.push(byte),
            0x20..=0x3f => {}
            0x40..=0x7e => self.end_csi(byte, out),
            _ => {
                self.ground();
                self.in_ground(byte, false, out);
            }
        }
    }

    fn end_csi(&mut self, last: u8, out: &mut Vec<Input>) {
        let whole = self.piece.len() < SEQUENCE_KEPT;
        let piece = take(&mut self.piece);
        self.state = State::Ground;
        match (piece.as_slice(), last) {
            _ if !whole => {}
            (b"200", b'~') => self.state = State::Paste { matched: 0 },
            (b"", b'I') => out.push(Input::FocusGained),
            (b"", b'O') => {
                self.held.clear();
                out.push(Input::FocusLost);
            }
            ([b'?', flags @ ..], b'u') => {
                if let Some(flags) = csi::number(flags) {
                    self.answered(Answer::Keyboard(flags));
                }
            }
            (parameters, _) => {
                if let Some((row, column)) = csi::place(parameters).filter(|_| last == b'R') {
                    self.answered(Answer::Cursor(row, column));
                } else if let Some(chord) = csi::chord(parameters, last) {
                    self.chord(&chord, out);
                }
            }
        }
        self.piece = piece;
        self.piece.clear();
    }

    /// Reports a key and remembers its name for the release, which comes without the text.
    fn chord(&mut self, chord: &Chord, out: &mut Vec<Input>) {
        let held = self.held.iter().position(|(code, _)| *code == chord.code);
        if chord.event == Event::Release {
            let known = held.map(|at| self.held.swap_remove(at).1);
            out.extend(known.or_else(|| chord.keys().next()).map(Input::Release));
            return;
        }
        let make = if chord.event == Event::Repeat { Input::Repeat } else { Input::Key };
        for key in chord.keys() {
            out.push(make(key));
        }
        if let Some(key) = chord.keys().next().filter(|_| chord.code != 0) {
            if let Some(at) = held.or_else(|| (self.held.len() == HELD).then_some(0)) {
                self.held.remove(at);
            }
            self.held.push((chord.code, key));
        }
    }

    fn in_ss3(&mut self, byte: u8, out: &mut Vec<Input>) {
        // Modifiers, as some terminals write them here; they change no key that is known.
        if matches!(byte, b'0'..=b'9' | b';') && self.piece.len() < SEQUENCE_KEPT {
            return self.piece.push(byte);
        }
        let bare = self.piece.is_empty();
        self.ground();
        match csi::keypad(byte) {
            Some(key) => out.push(Input::Key(key)),
            None if !(0x20..0x7f).contains(&byte) => {
                out.extend(bare.then(|| alt(b'O')));
                self.in_ground(byte, false, out);
            }
            None => {
                let chord = csi::chord(b"", byte);
                out.extend(chord.iter().flat_map(Chord::keys).map(Input::Key));
            }
        }
    }

    fn in_text(&mut self, byte: u8) {
        match byte {
            0x1b => self.state = State::TextEscape,
            0x07 | 0x18 | 0x1a => self.ground(),
            _ => {
                if let State::Text { empty, .. } = &mut self.state {
                    *empty = false;
                }
            }
        }
    }

    fn in_paste(&mut self, byte: u8, matched: usize, out: &mut Vec<Input>) {
        if PASTE_END.get(matched) == Some(&byte) {
            if matched + 1 == PASTE_END.len() {
                return self.end_paste(out);
            }
            self.state = State::Paste { matched: matched + 1 };
            return;
        }
        for &escaped in PASTE_END.iter().take(matched) {
            self.pasted(escaped);
        }
        self.state = State::Paste { matched: usize::from(byte == 0x1b) };
        if byte != 0x1b {
            self.pasted(byte);
        }
    }

    fn pasted(&mut self, byte: u8) {
        // Every byte but the continuing ones of UTF-8 begins a character.
        self.pasted_chars += usize::from(byte & 0xc0 != 0x80);
        if self.paste.len() < PASTE_KEPT {
            self.paste.push(byte);
        }
    }

    fn end_paste(&mut self, out: &mut Vec<Input>) {
        let text = String::from_utf8_lossy(&take(&mut self.paste)).into_owned();
        out.push(Input::Paste { text, chars: take(&mut self.pasted_chars) });
        self.ground();
    }
}

fn alt(byte: u8) -> Input {
    Input::Key(KeyPress::Alt(char::from(byte)))
}
