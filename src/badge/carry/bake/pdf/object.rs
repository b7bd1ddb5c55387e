//! Objects of PDF and their reader (ISO 32000-1, section 7.3).

use crate::badge::carry::bake::error::BakeError;

/// Why a document is not read whose structure cannot be followed.
pub(super) const DAMAGED: BakeError = BakeError::PdfDamaged;

/// How deep objects may nest: a table of contents nests a few levels.
const DEPTH_MAX: usize = 32;

/// How many members a dictionary may have: that of a large page names some hundred.
const MEMBERS_MAX: usize = 4_096;

/// An object, as far as it matters here.
#[derive(Clone)]
pub(super) enum Object {
    /// A whole number.
    Number(i64),
    /// A name, its escapes written out.
    Name(Vec<u8>),
    /// A list.
    Array(Vec<Object>),
    /// Names and values.
    Dictionary(Vec<(Vec<u8>, Object)>),
    /// The number of another object.
    Reference(u32),
    /// A text, a fraction, true, false or null.
    Other,
}

impl Object {
    /// What a dictionary has under a name.
    pub(super) fn get(&self, name: &[u8]) -> Option<&Self> {
        let Self::Dictionary(members) = self else { return None };
        members.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// The whole number, not below zero, under a name.
    pub(super) fn number(&self, name: &[u8]) -> Option<usize> {
        self.get(name)?.to_number()
    }

    /// The reference under a name.
    pub(super) fn reference(&self, name: &[u8]) -> Option<u32> {
        match self.get(name)? {
            Self::Reference(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether a name stands under a name.
    pub(super) fn is(&self, name: &[u8], wanted: &[u8]) -> bool {
        matches!(self.get(name), Some(Self::Name(found)) if found == wanted)
    }

    /// A whole number that is not below zero.
    pub(super) fn to_number(&self) -> Option<usize> {
        match self {
            Self::Number(number) => usize::try_from(*number).ok(),
            _ => None,
        }
    }
}

/// Reads objects and what stands between them.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

const fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Reader<'a> {
    /// Begins at a place.
    pub(super) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// Where the reader is.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn space(&mut self) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'%' => {
                    while self.peek(0).is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                        self.at += 1;
                    }
                }
                byte if is_space(byte) => self.at += 1,
                _ => return,
            }
        }
    }

    /// The letters and digits up to the next space or delimiter, perhaps none.
    pub(super) fn word(&mut self) -> &'a [u8] {
        self.space();
        let start = self.at;
        while self.peek(0).is_some_and(|byte| !is_space(byte) && !is_delimiter(byte)) {
            self.at += 1;
        }
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    /// Takes this word, if it comes next.
    pub(super) fn takes(&mut self, word: &[u8]) -> bool {
        let before = self.at;
        let same = self.word() == word;
        if !same {
            self.at = before;
        }
        same
    }

    /// A whole number that is not below zero, of at most ten digits.
    pub(super) fn number(&mut self) -> Result<usize, BakeError> {
        digits(self.word()).ok_or(DAMAGED)
    }

    /// The object that comes next.
    pub(super) fn object(&mut self, depth: usize) -> Result<Object, BakeError> {
        self.space();
        match (self.peek(0), self.peek(1)) {
            _ if depth > DEPTH_MAX => Err(DAMAGED),
            (Some(b'/'), _) => self.name().map(Object::Name),
            (Some(b'<'), Some(b'<')) => self.dictionary(depth),
            (Some(b'<'), _) => self.until(b'>'),
            (Some(b'('), _) => self.text(),
            (Some(b'['), _) => self.array(depth),
            _ => self.plain(),
        }
    }

    fn name(&mut self) -> Result<Vec<u8>, BakeError> {
        self.at += 1;
        let start = self.at;
        while self.peek(0).is_some_and(|byte| !is_space(byte) && !is_delimiter(byte)) {
            self.at += 1;
        }
        let raw = self.bytes.get(start..self.at).unwrap_or_default();
        let mut name = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((byte, after)) = rest.split_first() {
            rest = after;
            match (byte, after.split_first_chunk::<2>()) {
                (b'#', Some((code, after))) => {
                    let code = data_encoding::HEXLOWER_PERMISSIVE.decode(code).map_err(|_| DAMAGED)?;
                    name.extend(code);
                    rest = after;
                }
                (b'#', None) => return Err(DAMAGED),
                (byte, _) => name.push(*byte),
            }
        }
        Ok(name)
    }

    fn dictionary(&mut self, depth: usize) -> Result<Object, BakeError> {
        self.at += 2;
        let mut members: Vec<(Vec<u8>, Object)> = Vec::new();
        loop {
            self.space();
            match (self.peek(0), self.peek(1)) {
                (Some(b'>'), Some(b'>')) => break,
                (Some(b'/'), _) => {}
                _ => return Err(DAMAGED),
            }
            let name = self.name()?;
            let value = self.object(depth + 1)?;
            if members.len() == MEMBERS_MAX || members.iter().any(|(own, _)| *own == name) {
                return Err(DAMAGED);
            }
            members.push((name, value));
        }
        self.at += 2;
        Ok(Object::Dictionary(members))
    }

    fn array(&mut self, depth: usize) -> Result<Object, BakeError> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.space();
            if self.peek(0) == Some(b']') {
                break;
            }
            items.push(self.object(depth + 1)?);
        }
        self.at += 1;
        Ok(Object::Array(items))
    }

    /// Passes over a text in hexadecimal.
    fn until(&mut self, end: u8) -> Result<Object, BakeError> {
        while self.peek(0).ok_or(DAMAGED)? != end {
            self.at += 1;
        }
        self.at += 1;
        Ok(Object::Other)
    }

    /// Passes over a text in brackets, which may hold others.
    fn text(&mut self) -> Result<Object, BakeError> {
        let mut open = 0;
        loop {
            match self.peek(0).ok_or(DAMAGED)? {
                b'\\' => self.at += 1,
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return Ok(Object::Other);
            }
        }
    }

    /// A number, a reference, or a word.
    fn plain(&mut self) -> Result<Object, BakeError> {
        let word = self.word();
        let Some(number) = digits(word) else {
            let negative = word.strip_prefix(b"-").and_then(digits).map(|n| Object::Number(-(n as i64)));
            let known = matches!(word, b"true" | b"false" | b"null");
            let fraction = !word.is_empty() && word.iter().all(|b| b.is_ascii_digit() || b"+-.".contains(b));
            return match negative {
                Some(number) => Ok(number),
                None if known || fraction => Ok(Object::Other),
                None => Err(DAMAGED),
            };
        };
        let before = self.at;
        let refers = digits(self.word()).is_some() && self.word() == b"R";
        match u32::try_from(number) {
            Ok(number) if refers => Ok(Object::Reference(number)),
            Err(_) if refers => Err(DAMAGED),
            _ => {
                self.at = before;
                Ok(Object::Number(number as i64))
            }
        }
    }
}

/// A whole number of one to ten digits.
fn digits(word: &[u8]) -> Option<usize> {
    let plain = (1..=10).contains(&word.len()) && word.iter().all(u8::is_ascii_digit);
    plain.then(|| word.iter().fold(0, |value, digit| value * 10 + usize::from(digit - b'0')))
}
