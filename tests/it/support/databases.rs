//! Databases in tests: SQLite always, PostgreSQL where `TYPEPROOF_TEST_POSTGRES` names one; else the test says aloud that it
//! was skipped.

use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;
use typeproof::store::exam::{self, Storage};

/// The variable that names a PostgreSQL server, such as `postgres://postgres@127.0.0.1:5433/postgres`.
pub const VARIABLE: &str = "TYPEPROOF_TEST_POSTGRES";

/// An empty database that can be opened again and again.
pub struct Database {
    /// What it is called in messages.
    pub name: &'static str,
    folder: TempDir,
    address: Option<String>,
}

impl Database {
    /// One more way to it, as another room has.
    pub fn open(&self) -> Box<dyn Storage> {
        exam::open(self.folder.path(), self.address.as_deref()).unwrap()
    }
}

/// A SQLite file.
pub fn sqlite() -> Database {
    Database { name: "SQLite", folder: TempDir::new().unwrap(), address: None }
}

/// The address of the PostgreSQL server; nothing where there is none, which is said.
pub fn server(test: &str) -> Option<String> {
    let address = std::env::var(VARIABLE).ok().filter(|address| !address.is_empty());
    if address.is_none() {
        println!("SKIPPED on PostgreSQL: {test} ({VARIABLE} names none)");
    }
    address
}

/// A schema of its own on a PostgreSQL server.
#[cfg(feature = "postgres")]
pub fn schema(server: &str) -> String {
    use typeproof::store::exam::database::Database as _;
    use typeproof::store::exam::postgres::Shared;

    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    Shared::new(server).unwrap().batch(&format!("CREATE SCHEMA {name}")).unwrap();
    let joint = if server.contains('?') { '&' } else { '?' };
    format!("{server}{joint}options=-csearch_path%3D{name}")
}

/// Every database that there is.
pub fn all(test: &str) -> Vec<Database> {
    let mut all = vec![sqlite()];
    #[cfg(feature = "postgres")]
    if let Some(server) = server(test) {
        let address = Some(schema(&server));
        all.push(Database { name: "PostgreSQL", folder: TempDir::new().unwrap(), address });
    }
    all
}
