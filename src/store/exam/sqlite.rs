//! Exams in a SQLite file, for one room or several on one machine.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, ToSql, params_from_iter};

use super::database::Database;
use super::error::ExamError;
use super::value::{Row, Value};
use crate::store::files::make_dir;

/// How long another room on this machine may keep the file locked.
const PATIENCE: Duration = Duration::from_secs(10);

/// A SQLite file.
pub struct Local {
    path: PathBuf,
    connection: Connection,
}

impl Local {
    /// Opens a file, for its owner alone; it is made where missing.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn open(path: &Path) -> Result<Self, ExamError> {
        path.parent().map_or(Ok(()), make_dir)?;
        let connection = Connection::open(path).map_err(|why| refused(path, why))?;
        let set = |connection: &Connection| {
            connection.busy_timeout(PATIENCE)?;
            connection.pragma_update(None, "journal_mode", "WAL")?;
            // What is in it is durable when a method returns.
            connection.pragma_update(None, "synchronous", "FULL")?;
            // What is deleted is overwritten: keystrokes and names.
            connection.pragma_update(None, "secure_delete", true)?;
            connection.pragma_update(None, "foreign_keys", true)
        };
        set(&connection).map_err(|why| refused(path, why))?;
        Ok(Self { path: path.to_owned(), connection })
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Int(n) => ValueRef::Integer(*n),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// A value that was read; nothing where it is of no kind that exams have.
fn value(found: ValueRef<'_>) -> Option<Value> {
    match found {
        ValueRef::Integer(n) => Some(Value::Int(n)),
        ValueRef::Text(text) => Some(Value::Text(String::from_utf8(text.to_vec()).ok()?)),
        ValueRef::Blob(bytes) => Some(Value::Bytes(bytes.to_vec())),
        ValueRef::Null | ValueRef::Real(_) => None,
    }
}

impl Database for Local {
    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, ExamError> {
        let run = |connection: &Connection| connection.prepare_cached(sql)?.execute(params_from_iter(values));
        run(&self.connection).map(|changed| changed as u64).map_err(|why| refused(&self.path, why))
    }

    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, ExamError> {
        let run = |connection: &Connection| -> rusqlite::Result<Vec<Option<Row>>> {
            let mut statement = connection.prepare_cached(sql)?;
            let columns = statement.column_count();
            let mut rows = statement.query(params_from_iter(values))?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                let cells: Option<Vec<Value>> =
                    (0..columns).map(|i| row.get_ref(i).ok().and_then(value)).collect();
                all.push(cells.map(Row));
            }
            Ok(all)
        };
        let rows = run(&self.connection).map_err(|why| refused(&self.path, why))?;
        let strange = || ExamError::Strange { place: self.place(), what: "a value" };
        rows.into_iter().collect::<Option<_>>().ok_or_else(strange)
    }

    fn batch(&mut self, sql: &str) -> Result<(), ExamError> {
        self.connection.execute_batch(sql).map_err(|why| refused(&self.path, why))
    }

    fn begin(&self) -> &'static str {
        "BEGIN IMMEDIATE"
    }

    fn place(&self) -> String {
        self.path.display().to_string()
    }

    fn bytes_type(&self) -> &'static str {
        "BLOB"
    }
}

/// A file that another room keeps locked, or a full disk, is lost for a while; anything else is refused.
fn refused(path: &Path, why: rusqlite::Error) -> ExamError {
    let place = path.display().to_string();
    match why.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::DiskFull) => {
            ExamError::Lost { place, why: why.to_string() }
        }
        _ => ExamError::Backend { place, source: Box::new(why) },
    }
}
