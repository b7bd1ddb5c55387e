//! Values and rows of a database, in the three kinds that exams need.

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A row that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row(pub Vec<Value>);

impl Row {
    /// The whole number in a column; nothing where there is none.
    #[must_use]
    pub fn int(&self, column: usize) -> Option<i64> {
        match self.0.get(column) {
            Some(Value::Int(n)) => Some(*n),
            _ => None,
        }
    }

    /// The text in a column; nothing where there is none.
    #[must_use]
    pub fn text(&self, column: usize) -> Option<String> {
        match self.0.get(column) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }

    /// The bytes in a column; nothing where there are none.
    #[must_use]
    pub fn bytes(&self, column: usize) -> Option<Vec<u8>> {
        match self.0.get(column) {
            Some(Value::Bytes(bytes)) => Some(bytes.clone()),
            _ => None,
        }
    }
}

/// A whole number as a value.
pub(super) const fn int(n: i64) -> Value {
    Value::Int(n)
}

/// A text as a value.
pub(super) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A digest as a value.
pub(super) fn bytes32(digest: [u8; 32]) -> Value {
    Value::Bytes(digest.to_vec())
}
