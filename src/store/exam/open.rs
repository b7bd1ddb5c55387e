//! Opening the storage of exams: a SQLite file, or PostgreSQL where an address says so.

use std::path::Path;

use super::Storage;
use super::error::ExamError;
#[cfg(feature = "postgres")]
use super::postgres::Shared;
use super::sqlite::Local;
use super::tables::Tables;

/// The file in the folder of the exams.
pub const DATABASE: &str = "exams.sqlite3";

/// Opens the storage in the folder of the exams, or at an address such as `postgres://trainer@db.example.org/exams`. One on
/// another machine is not connected to before it is asked for something.
///
/// # Errors
/// What SQLite refuses; [`ExamError::Address`] for an address that cannot be.
pub fn open(exams: &Path, address: Option<&str>) -> Result<Box<dyn Storage>, ExamError> {
    let Some(address) = address else {
        return Ok(Box::new(Tables::new(Local::open(&exams.join(DATABASE))?)));
    };
    if !address.starts_with("postgres://") && !address.starts_with("postgresql://") {
        let why = "it does not begin with postgres://".to_owned();
        return Err(ExamError::Address { given: address.to_owned(), why });
    }
    #[cfg(feature = "postgres")]
    return Ok(Box::new(Tables::new(Shared::new(address)?)));
    #[cfg(not(feature = "postgres"))]
    Err(ExamError::Address {
        given: address.to_owned(),
        why: "this typeproof was built without PostgreSQL".to_owned(),
    })
}
