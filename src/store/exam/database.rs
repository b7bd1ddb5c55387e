//! What runs statements: the whole of what a backend of exams has to do.

use super::error::ExamError;
use super::value::{Row, Value};

/// What runs statements.
pub trait Database: Send {
    /// Runs a statement; gives how many rows it changed.
    ///
    /// # Errors
    /// What the backend refuses, and [`ExamError::Lost`] where it cannot be reached.
    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, ExamError>;

    /// Runs a statement that gives rows.
    ///
    /// # Errors
    /// As for [`Self::execute`].
    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, ExamError>;

    /// Runs statements that take no values.
    ///
    /// # Errors
    /// As for [`Self::execute`].
    fn batch(&mut self, sql: &str) -> Result<(), ExamError>;

    /// The word that begins a transaction which writes.
    fn begin(&self) -> &'static str;

    /// Where it is, without a password.
    fn place(&self) -> String;

    /// The name of its type of bytes.
    fn bytes_type(&self) -> &'static str;
}
