//! Control sequences to keys: the classical ones of xterm and the VT220, and the kitty keyboard protocol
//! (<https://sw.kovidgoyal.net/kitty/keyboard-protocol/>).

use super::kinds::KeyPress;

/// The modifier bits of both encodings, after taking off the one that is added on the wire.
mod modifier {
    pub(super) const SHIFT: u32 = 1;
    pub(super) const ALT: u32 = 2;
    pub(super) const CTRL: u32 = 4;
    /// Super, hyper and meta: with them a key is the window manager's, or nobody's.
    pub(super) const OTHERS: u32 = 8 | 16 | 32;
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
    /// The code points the key typed, decimal, with colons between them.
    text: &'a [u8],
}

/// Added to the numbers and letters of classical keys, so that their codes meet no character.
const LEGACY: u32 = 0x20_0000;
const LETTER: u32 = LEGACY | 0x1_0000;

/// Reads the parameters of a control sequence and its last byte as a key; nothing if they are none.
pub(super) fn chord(parameters: &[u8], last: u8) -> Option<Chord<'_>> {
    let mut fields = parameters.split(|b| *b == b';');
    let first = field(fields.next())?;
    let mut second = fields.next().unwrap_or_default().splitn(2, |b| *b == b':');
    let modifiers = field(second.next())?.saturating_sub(1);
    let event = match field(second.next())? {
        2 => Event::Repeat,
        3 => Event::Release,
        _ => Event::Press,
    };
    let text = fields.next().unwrap_or_default();
    let code = match last {
        b'u' => first,
        // xterm's modifyOtherKeys: CSI 27 ; modifiers ; code ~
        b'~' if first == 27 => return Some(Chord { code: number(text)?, event, modifiers, text: b"" }),
        b'~' => LEGACY | first,
        // Other numbers before a letter are reports, such as the cursor's place.
        _ if first > 1 => return None,
        _ => LETTER | u32::from(last),
    };
    let chord = Chord { code, event, modifiers, text };
    (last == b'u' || chord.named().is_some()).then_some(chord)
}

impl Chord<'_> {
    /// The keys this chord stands for: none for a modifier alone, several where an input method typed several.
    pub(super) fn keys(&self) -> impl Iterator<Item = KeyPress> {
        let named = self.named();
        let typed = self.text.split(|b| *b == b':').filter_map(number).filter_map(printable);
        let as_text = named.is_none() && !self.commands();
        let typed = typed.filter(move |_| as_text).map(KeyPress::Char);
        let plain = if as_text && !self.text.is_empty() { None } else { named.or_else(|| self.plain()) };
        plain.into_iter().chain(typed)
    }

    /// Whether Ctrl, Alt and their like make a command of it. Where they only help to type another character, as
    /// Option does on a Mac, the text differs from the key.
    fn commands(&self) -> bool {
        let with = self.modifiers & (modifier::CTRL | modifier::ALT | modifier::OTHERS) != 0;
        let own = printable(self.code).map(lower);
        with && (self.text.is_empty() || own == number(self.text).and_then(printable).map(lower))
    }

    fn plain(&self) -> Option<KeyPress> {
        let c = printable(self.code)?;
        match self.modifiers {
            m if m & modifier::OTHERS != 0 => None,
            m if m & modifier::CTRL != 0 => Some(ctrl(c)),
            m if m & modifier::ALT != 0 => Some(KeyPress::Alt(self.shifted(c))),
            _ => Some(KeyPress::Char(self.shifted(c))),
        }
    }

    /// Without associated text only letters are known to have a capital on the same key.
    fn shifted(&self, c: char) -> char {
        if self.modifiers & modifier::SHIFT != 0 { c.to_uppercase().next().unwrap_or(c) } else { c }
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

/// The keys of `CSI letter` and `SS3 letter`.
fn letter(last: u32) -> Option<KeyPress> {
    Some(match u8::try_from(last).ok()? {
        b'A' => KeyPress::Up,
        b'B' => KeyPress::Down,
        b'C' => KeyPress::Right,
        b'D' => KeyPress::Left,
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
        _ => ctrl(lower(char::from(byte | 0x40))),
    }
}

fn ctrl(c: char) -> KeyPress {
    match lower(c) {
        'w' | 'h' => KeyPress::DeleteWord,
        c => KeyPress::Ctrl(c),
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
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
