//! JSON read once and strictly: what is shown, what is signed and what is checked are the same value.
//!
//! Two readers of one file must not see two badges. So what libraries read differently is refused before anything
//! looks at it: member names given twice, numbers that lose digits, text after the end, depth without measure.

use crate::badge::reasons::Reason;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// The largest document read, in bytes: a badge of this program is about 6 KiB, those of other issuers with a picture
/// inside have up to 200 KiB. Pictures are one text each, so the work grows with the number of values and not with them.
pub const SIZE_MAX: usize = 512 * 1024;

/// How many objects and arrays may stand inside one another: an Open Badges credential needs about ten.
pub const DEPTH_MAX: usize = 32;

/// The largest whole number, either side of zero, that every JSON library keeps exactly (RFC 7493, section 2.2).
pub const INTEGER_MAX: u64 = (1 << 53) - 1;

/// How much of a foreign text an error repeats, in characters.
const SHOWN_MAX: usize = 160;

/// Why bytes are not taken as a JSON document. A place is a JSON pointer (RFC 6901); the empty one is the whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub enum JsonError {
    /// Longer than [`SIZE_MAX`].
    TooLarge {
        /// Its length in bytes.
        size: usize,
    },
    /// Not UTF-8.
    NotUtf8 {
        /// The first byte that is wrong, from 0.
        at: usize,
    },
    /// A member name stands twice in one object.
    Duplicate {
        /// Where the object is.
        path: String,
        /// The name given twice.
        name: String,
    },
    /// Deeper than [`DEPTH_MAX`].
    TooDeep {
        /// Where the limit is passed.
        path: String,
    },
    /// A whole number beyond [`INTEGER_MAX`].
    Number {
        /// Where the number is.
        path: String,
    },
    /// Not JSON.
    Syntax {
        /// What the parser found, with line and column.
        why: String,
    },
}

impl JsonError {
    /// Whether the document may be sound, and is only beyond what is read here.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::TooLarge { .. } | Self::TooDeep { .. } | Self::Number { .. })
    }

    /// The reason: a code and what the words for it need.
    #[must_use]
    pub fn reason(&self) -> Reason {
        let at = |code, path: &str| Reason::new(code).with("path", path);
        match self {
            Self::TooLarge { size } => Reason::new("json-large").with("size", *size).with("most", SIZE_MAX),
            Self::NotUtf8 { at } => Reason::new("json-not-utf8").with("at", *at),
            Self::Duplicate { path, name } => at("json-duplicate", path).with("name", name.as_str()),
            Self::TooDeep { path } => at("json-deep", path).with("most", DEPTH_MAX),
            Self::Number { path } => at("json-number", path).with("most", INTEGER_MAX),
            Self::Syntax { why } => Reason::new("json-syntax").with("why", why.as_str()),
        }
    }
}

/// Reads one JSON document of at most [`SIZE_MAX`] bytes; a leading byte-order mark is passed over.
///
/// # Errors
/// [`JsonError`] for what is not UTF-8, not JSON, too large or too deep, for text after the end, for a member name
/// given twice, and for a whole number of more than 53 bits. A whole number that is written as a fraction (`3.0`, `3e0`)
/// is taken as the whole number: canonical JSON and RDF write both alike.
pub fn parse(bytes: &[u8]) -> Result<Value, JsonError> {
    if bytes.len() > SIZE_MAX {
        return Err(JsonError::TooLarge { size: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|e| JsonError::NotUtf8 { at: e.valid_up_to() })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut walk = Walk { path: Vec::new(), fault: None };
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Node(&mut walk).deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    read.map_err(|e| walk.fault.unwrap_or_else(|| JsonError::Syntax { why: e.to_string() }))
}

/// The whole number that a number is, if it is one of at most 53 bits.
fn whole(value: f64) -> Option<i64> {
    // Every such number is a whole one in an `f64`, and the other way round.
    let fits = value.fract() == 0.0 && value.abs() <= INTEGER_MAX as f64;
    fits.then_some(value as i64)
}

/// A piece of foreign text as an error may repeat it: control and format characters escaped, at most 160 characters.
pub fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(SHOWN_MAX).flat_map(char::escape_debug).collect();
    if text.chars().nth(SHOWN_MAX).is_some() {
        short.push('…');
    }
    short
}

/// Appends one step to a JSON pointer (RFC 6901).
pub fn step(path: &str, name: &str) -> String {
    format!("{path}/{}", shown(&name.replace('~', "~0").replace('/', "~1")))
}

/// Where the reader stands, and the first thing it refused: serde's own error keeps only a text.
struct Walk {
    path: Vec<String>,
    fault: Option<JsonError>,
}

impl Walk {
    fn pointer(&self) -> String {
        self.path.iter().fold(String::new(), |pointer, name| step(&pointer, name))
    }

    fn refuse<E: serde::de::Error>(&mut self, fault: JsonError) -> E {
        let message = fault.to_string();
        self.fault.get_or_insert(fault);
        E::custom(message)
    }

    /// Reads the value at `name` below here with `read`, no deeper than [`DEPTH_MAX`].
    fn below<T, E>(&mut self, name: String, read: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        self.path.push(name);
        let value = read(self);
        self.path.pop();
        value
    }

    fn check_depth<E: serde::de::Error>(&mut self) -> Result<(), E> {
        if self.path.len() >= DEPTH_MAX {
            let path = self.pointer();
            return Err(self.refuse(JsonError::TooDeep { path }));
        }
        Ok(())
    }
}

/// One JSON value, read with the walk's rules.
struct Node<'a>(&'a mut Walk);

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Node<'_> {
    fn number<E: serde::de::Error>(self, magnitude: u64, value: Value) -> Result<Value, E> {
        if magnitude > INTEGER_MAX {
            let path = self.0.pointer();
            return Err(self.0.refuse(JsonError::Number { path }));
        }
        Ok(value)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        self.number(value, value.into())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        self.number(value.unsigned_abs(), value.into())
    }

    /// A fraction, or a whole number written as one, such as `3.0`: to JSON they are the same.
    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        match whole(value) {
            Some(whole) => self.number(whole.unsigned_abs(), whole.into()),
            None if value.fract() == 0.0 => self.number(u64::MAX, Value::Null),
            None => self.number(0, value.into()),
        }
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.0.check_depth()?;
        let mut array = Vec::new();
        while let Some(value) =
            self.0.below(array.len().to_string(), |walk| items.next_element_seed(Node(walk)))?
        {
            array.push(value);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        self.0.check_depth()?;
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if object.contains_key(&name) {
                let (path, name) = (self.0.pointer(), shown(&name));
                return Err(self.0.refuse(JsonError::Duplicate { path, name }));
            }
            let value = self.0.below(name.clone(), |walk| members.next_value_seed(Node(walk)))?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}
