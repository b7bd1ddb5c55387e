//! Control sequences to keys: the classical ones of xterm, the VT220 and rxvt, and the kitty keyboard protocol
//! (<https://sw.kovidgoyal.net/kitty/keyboard-protocol/>).

use super::kinds::KeyPress;
use super::layouts::lower;

/// The modifier bits of both encodings, after taking off the one that is added on the wire.
mod modifier {
    pub(super) const SHIFT: u32 = 1;
    pub(super) const ALT: u32 = 2;
    pub(super) const CTRL: u32 = 4;
    /// Super, hyper and meta: with them a key is the window manager's, or nobody's.
    pub(super) const OTHERS: u32 = 8 | 16 | 32;
    pub(super) const CAPS_LOCK: u32 = 64;
}

/// What happened to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    Press,
    Repeat,
    Release,
}

/// A key with its modifiers, as a sequence tells it.
#[derive(Debug)]
pub(super) struct Chord<'a> {
    /// The key: its character without shift, or a number from the protocol's private area, or `LEGACY` plus a byte.
    pub(super) code: u32,
    pub(super) event: Event,
    modifiers: u32,
    /// The key's character with shift, where the terminal tells it.
    shifted: Option<char>,
    /// The character of the same key on a US keyboard, where the terminal tells it.
    base: Option<char>,
    /// The code points the key typed, decimal, with colons between them.
    text: &'a [u8],
}

/// Added to the numbers and letters of classical keys, so that their codes meet no character.
const LEGACY: u32 = 0x20_0000;
const LETTER: u32 = LEGACY | 0x1_0000;

/// Keys of a US keyboard that are no letters, without shift and with it: for terminals that tell neither text nor the
/// shifted character.
const UNSHIFTED: &str = "`1234567890-=[]\\;',./";
const SHIFTED: &str = "~!@#$%^&*()_+{}|:\"<>?";

/// Reads the parameters of a control sequence and its last byte as a key; nothing if they are none.
pub(super) fn chord(parameters: &[u8], last: u8) -> Option<Chord<'_>> {
    let mut fields = parameters.split(|b| *b == b';');
    let key = fields.next().unwrap_or_default();
    let first = field(Some(key))?;
    let mut others = key.split(|b| *b == b':').skip(1).map(|code| number(code).and_then(printable));
    let (shifted, base) = (others.next().flatten(), others.next().flatten());
    let mut second = fields.next().unwrap_or_default().splitn(2, |b| *b == b':');
    let modifiers = field(second.next())?.saturating_sub(1);
    let event = match field(second.next())? {
        2 => Event::Repeat,
        3 => Event::Release,
        _ => Event::Press,
    };
    let text = fields.next().unwrap_or_default();
    let (code, text) = match last {
        b'u' => (first, text),
        // xterm's modifyOtherKeys: CSI 27 ; modifiers ; code ~
        b'~' if first == 27 => (number(text)?, &b""[..]),
        // rxvt ends with one of the others where Shift or Ctrl is held.
        b'~' | b'^' | b'@' | b'$' => (LEGACY | first, text),
        // Other numbers before a letter are reports, such as the cursor's place.
        _ if first > 1 => return None,
        _ => (LETTER | u32::from(last), text),
    };
    let chord = Chord { code, event, modifiers, shifted, base, text };
    (code & LEGACY == 0 || chord.named().is_some()).then_some(chord)
}

/// The row and the column of a report of the cursor's place, `CSI row ; column R`; nothing in the first row, where the
/// same bytes are F3.
pub(super) fn place(parameters: &[u8]) -> Option<(u32, u32)> {
    let (row, column) = str::from_utf8(parameters).ok()?.split_once(';')?;
    let (row, column) = (number(row.as_bytes())?, number(column.as_bytes())?);
    (row > 1).then_some((row, column))
}

/// The keys of the keypad after `SS3`, as it sends them in its application mode.
pub(super) fn keypad(last: u8) -> Option<KeyPress> {
    Some(match last {
        b'M' => KeyPress::Enter,
        b'I' => KeyPress::Tab,
        b' ' => KeyPress::Char(' '),
        b'X' => KeyPress::Char('='),
        // One after the other as in ASCII, from `*` to `9`.
        b'j'..=b'y' => KeyPress::Char(char::from(last - b'j' + b'*')),
        _ => return None,
    })
}

impl Chord<'_> {
    /// The keys this chord stands for: none for a modifier alone, several where an input method typed several.
    pub(super) fn keys(&self) -> impl Iterator<Item = KeyPress> {
        let named = self.named();
        let as_text = named.is_none() && !self.commands();
        let several = self.typed().nth(1).is_some();
        let key = move |c| if several { KeyPress::Char(c) } else { self.placed(c) };
        let typed = self.typed().filter(move |_| as_text).map(key);
        let plain = if as_text && !self.text.is_empty() { None } else { named.or_else(|| self.plain()) };
        plain.into_iter().chain(typed)
    }

    /// The characters that the terminal says were typed.
    fn typed(&self) -> impl Iterator<Item = char> {
        self.text.split(|b| *b == b':').filter_map(number).filter_map(printable)
    }

    /// Whether Ctrl, Alt and their like make a command of it. Where they only help to type another character, as
    /// Option does on a Mac, the text differs from the key.
    fn commands(&self) -> bool {
        let with = self.modifiers & (modifier::CTRL | modifier::ALT | modifier::OTHERS) != 0;
        let own = printable(self.code).map(lower);
        with && self.typed().next().is_none_or(|typed| own == Some(lower(typed)))
    }

    fn plain(&self) -> Option<KeyPress> {
        let c = keypad_character(self.code).or_else(|| printable(self.code))?;
        match self.modifiers {
            m if m & modifier::OTHERS != 0 => None,
            m if m & modifier::CTRL != 0 => {
                KeyPress::with_ctrl(self.base.filter(|_| !c.is_ascii()).unwrap_or(c)).into()
            }
            m if m & modifier::ALT != 0 => Some(KeyPress::Alt(self.with_shift(c))),
            _ => Some(self.placed(self.with_shift(c))),
        }
    }

    /// A character, with the place of its key where the terminal says it.
    fn placed(&self, typed: char) -> KeyPress {
        match self.base.filter(|us| us.is_ascii() && !typed.is_ascii()) {
            Some(us) => KeyPress::Placed { typed, us },
            None => KeyPress::Char(typed),
        }
    }

    /// What a key types with Shift and Caps Lock as they are, for terminals that do not tell: letters by their case,
    /// other keys as on a US keyboard.
    fn with_shift(&self, c: char) -> char {
        let shift = self.modifiers & modifier::SHIFT != 0;
        let caps = self.modifiers & modifier::CAPS_LOCK != 0;
        let mut upper = c.to_uppercase();
        let capital = upper.next().filter(|_| upper.next().is_none()).unwrap_or(c);
        let us =
            || UNSHIFTED.chars().zip(SHIFTED.chars()).find(|(key, _)| *key == c).map(|(_, shifted)| shifted);
        match (shift, caps) {
            _ if keypad_character(self.code).is_some() => c,
            (true, true) if c != capital => c,
            (false, true) => capital,
            (true, _) if c != capital => self.shifted.unwrap_or(capital),
            (true, _) => self.shifted.or_else(us).unwrap_or(c),
            (false, false) => c,
        }
    }

    fn named(&self) -> Option<KeyPress> {
        let strong = self.modifiers & (modifier::CTRL | modifier::ALT) != 0;
        Some(match self.code {
            13 | 57414 => KeyPress::Enter,
            27 => KeyPress::Esc,
            9 if self.modifiers & modifier::SHIFT != 0 => KeyPress::BackTab,
            9 => KeyPress::Tab,
            8 | 127 if strong => KeyPress::DeleteWord,
            8 | 127 => KeyPress::Backspace,
            57417 => KeyPress::Left,
            57418 => KeyPress::Right,
            57419 => KeyPress::Up,
            57420 => KeyPress::Down,
            57421 => KeyPress::PageUp,
            57422 => KeyPress::PageDown,
            57423 => KeyPress::Home,
            57424 => KeyPress::End,
            57426 => KeyPress::Delete,
            code if code & LETTER == LETTER => return letter(code & 0xff),
            code if code & LEGACY == LEGACY => return tilde(code & !LEGACY),
            _ => return None,
        })
    }
}

/// What the keys of the keypad type, by their numbers in the protocol.
fn keypad_character(code: u32) -> Option<char> {
    Some(match code {
        57399..=57408 => char::from_digit(code - 57399, 10)?,
        57409 => '.',
        57410 => '/',
        57411 => '*',
        57412 => '-',
        57413 => '+',
        57415 => '=',
        57416 => ',',
        _ => return None,
    })
}

/// The keys of `CSI letter` and `SS3 letter`; the arrows in small letters are rxvt's, with Shift or Ctrl.
fn letter(last: u32) -> Option<KeyPress> {
    Some(match u8::try_from(last).ok()? {
        b'A' | b'a' => KeyPress::Up,
        b'B' | b'b' => KeyPress::Down,
        b'C' | b'c' => KeyPress::Right,
        b'D' | b'd' => KeyPress::Left,
        b'H' => KeyPress::Home,
        b'F' => KeyPress::End,
        b'Z' => KeyPress::BackTab,
        f @ b'P'..=b'S' => KeyPress::F(f - b'P' + 1),
        _ => return None,
    })
}

/// The keys of `CSI number ~`, by the VT220's numbers and xterm's.
fn tilde(number: u32) -> Option<KeyPress> {
    Some(match u8::try_from(number).ok()? {
        1 | 7 => KeyPress::Home,
        3 => KeyPress::Delete,
        4 | 8 => KeyPress::End,
        5 => KeyPress::PageUp,
        6 => KeyPress::PageDown,
        f @ 11..=15 => KeyPress::F(f - 10),
        f @ 17..=21 => KeyPress::F(f - 11),
        f @ 23..=24 => KeyPress::F(f - 12),
        _ => return None,
    })
}

/// F1 to F5 of the Linux console, `CSI [ A` to `CSI [ E`.
pub(super) fn console(last: u8) -> Option<KeyPress> {
    matches!(last, b'A'..=b'E').then(|| KeyPress::F(last - b'A' + 1))
}

/// The key of a control byte, 0 to 31 or 127.
pub(super) fn control(byte: u8) -> KeyPress {
    match byte {
        b'\r' | b'\n' => KeyPress::Enter,
        b'\t' => KeyPress::Tab,
        0x7f => KeyPress::Backspace,
        0 => KeyPress::Ctrl(' '),
        _ => KeyPress::with_ctrl(char::from(byte | 0x40)),
    }
}

/// A code point that is a character to type: no control, and not the private area where the protocol numbers its keys.
fn printable(code: u32) -> Option<char> {
    char::from_u32(code).filter(|c| !c.is_control() && *c != '\0' && !('\u{e000}'..='\u{f8ff}').contains(c))
}

/// A decimal number, the first of several with colons between; nothing if it is empty, too great, or no number.
pub(super) fn number(digits: &[u8]) -> Option<u32> {
    let first = digits.split(|b| *b == b':').next()?;
    str::from_utf8(first).ok().filter(|d| !d.starts_with('+'))?.parse().ok()
}

/// A field that may be left out, which means 0; nothing if it is no number.
fn field(digits: Option<&[u8]>) -> Option<u32> {
    match digits {
        None | Some([] | [b':', ..]) => Some(0),
        Some(digits) => number(digits),
    }
}
