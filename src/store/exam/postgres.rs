//! Exams in PostgreSQL, for rooms on several machines.

use std::error::Error as _;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Config, Error, NoTls};

use super::database::Database;
use super::error::ExamError;
use super::value::{Row, Value};
use crate::store::files::FileError;

/// How long an answer may take before the database counts as lost.
const PATIENCE: Duration = Duration::from_secs(5);

/// A PostgreSQL database. It is connected to when it is asked for something, and again after it was lost.
pub struct Shared {
    runtime: Runtime,
    config: Config,
    place: String,
    connected: Option<(Client, JoinHandle<()>)>,
}

impl Shared {
    /// The database at an address such as `postgres://trainer@db.example.org/exams`. Nothing is connected yet. The connection
    /// is not encrypted: across a network that others share it has to go through a tunnel.
    ///
    /// # Errors
    /// [`ExamError::Address`] when it is no address.
    pub fn new(address: &str) -> Result<Self, ExamError> {
        let place = without_password(address);
        let refused = |why: &dyn ToString| ExamError::Address { given: place.clone(), why: why.to_string() };
        let mut config: Config = address.parse().map_err(|why: Error| refused(&reason(&why)))?;
        if config.get_hosts().is_empty() {
            return Err(refused(&"it names no host"));
        }
        config.connect_timeout(PATIENCE).application_name("typeproof");
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(FileError::io(std::path::Path::new("the network"), "opened"))?;
        Ok(Self { runtime, config, place, connected: None })
    }

    /// The connection, made where there is none.
    fn connect(&mut self) -> Result<(), ExamError> {
        if self.connected.as_ref().is_some_and(|(client, _)| !client.is_closed()) {
            return Ok(());
        }
        self.connected = None;
        let connecting = async { timeout(PATIENCE, self.config.connect(NoTls)).await };
        let lost = |why: String| ExamError::Lost { place: self.place.clone(), why };
        let (client, connection) = match self.runtime.block_on(connecting) {
            Err(_) => return Err(lost("no answer".to_owned())),
            Ok(Err(why)) if is_loss(&why) => return Err(lost(reason(&why))),
            Ok(Err(why)) => {
                return Err(ExamError::Backend { place: self.place.clone(), source: Box::new(why) });
            }
            Ok(Ok(both)) => both,
        };
        // How it ends is seen at the client.
        let task = self.runtime.spawn(async move { drop(connection.await) });
        self.connected = Some((client, task));
        Ok(())
    }

    /// Runs something on the connection. Whatever was lost on its way leaves none, so that no half of a transaction stays open.
    fn run<T>(&mut self, work: impl AsyncFnOnce(&Client) -> Result<T, Error>) -> Result<T, ExamError> {
        self.connect()?;
        let Some((client, _)) = &self.connected else {
            return Err(ExamError::Lost { place: self.place.clone(), why: "no connection".to_owned() });
        };
        let done = self.runtime.block_on(async { timeout(PATIENCE, work(client)).await });
        let place = self.place.clone();
        match done {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(why)) if !is_loss(&why) => Err(ExamError::Backend { place, source: Box::new(why) }),
            lost => {
                let why = lost
                    .ok()
                    .and_then(Result::err)
                    .map_or_else(|| "no answer".to_owned(), |why| reason(&why));
                if let Some((_, task)) = self.connected.take() {
                    task.abort();
                }
                Err(ExamError::Lost { place, why })
            }
        }
    }
}

/// Whether an error says that the database cannot be reached now, rather than that it refused.
fn is_loss(why: &Error) -> bool {
    let passing = [
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::CANNOT_CONNECT_NOW,
        SqlState::TOO_MANY_CONNECTIONS,
        SqlState::DISK_FULL,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::T_R_SERIALIZATION_FAILURE,
    ];
    match why.code() {
        Some(code) => passing.contains(code) || code.code().starts_with("08"),
        None => why.is_closed() || why.source().is_none_or(|source| source.is::<std::io::Error>()),
    }
}

/// What it says, with what is behind it.
fn reason(why: &Error) -> String {
    why.source().map_or_else(|| why.to_string(), |source| format!("{why}: {source}"))
}

/// An address as it may be shown.
fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    match rest.rsplit_once('@') {
        Some((user, host)) => {
            let user = user.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}@{host}")
        }
        None => address.to_owned(),
    }
}

fn parameters(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values
        .iter()
        .map(|value| match value {
            Value::Int(n) => n as &(dyn ToSql + Sync),
            Value::Text(text) => text as &(dyn ToSql + Sync),
            Value::Bytes(bytes) => bytes as &(dyn ToSql + Sync),
        })
        .collect()
}

fn row(found: &tokio_postgres::Row) -> Option<Row> {
    let cell = |(i, column): (usize, &tokio_postgres::Column)| match *column.type_() {
        Type::INT8 => Some(Value::Int(found.try_get(i).ok()?)),
        Type::TEXT => Some(Value::Text(found.try_get(i).ok()?)),
        Type::BYTEA => Some(Value::Bytes(found.try_get(i).ok()?)),
        _ => None,
    };
    found.columns().iter().enumerate().map(cell).collect::<Option<Vec<Value>>>().map(Row)
}

impl Database for Shared {
    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, ExamError> {
        self.run(async |client| client.execute(sql, &parameters(values)).await)
    }

    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, ExamError> {
        let rows = self.run(async |client| client.query(sql, &parameters(values)).await)?;
        let strange = || ExamError::Strange { place: self.place.clone(), what: "a value" };
        rows.iter().map(|found| row(found).ok_or_else(strange)).collect()
    }

    fn batch(&mut self, sql: &str) -> Result<(), ExamError> {
        self.run(async |client| client.batch_execute(sql).await)
    }

    fn begin(&self) -> &'static str {
        "BEGIN"
    }

    fn place(&self) -> String {
        self.place.clone()
    }

    fn bytes_type(&self) -> &'static str {
        "BYTEA"
    }
}
