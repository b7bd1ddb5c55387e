//! The tables of exams, as steps that are never changed once released: a new version appends one.

use super::database::Database;
use super::error::ExamError;
use super::value::int;

/// The steps, for every backend; `BYTES` stands for its type of bytes.
const STEPS: &[&str] = &[EXAMS];

/// Version 1.
const EXAMS: &str = "
    CREATE TABLE exams (
        id              TEXT PRIMARY KEY,
        definition      TEXT NOT NULL,
        roster_sha256   BYTES NOT NULL,
        opened_unix_ms  BIGINT NOT NULL
    );
    CREATE TABLE seats (
        exam            TEXT NOT NULL REFERENCES exams (id),
        number          TEXT NOT NULL,
        place           BIGINT NOT NULL,
        name            TEXT NOT NULL,
        email           TEXT NOT NULL,
        more            TEXT NOT NULL,
        code_salt       BYTES NOT NULL,
        code_digest     BYTES NOT NULL,
        claim           BIGINT NOT NULL DEFAULT 0,
        held            BIGINT NOT NULL DEFAULT 0,
        room            TEXT NOT NULL DEFAULT '',
        address         TEXT NOT NULL DEFAULT '',
        since_unix_ms   BIGINT NOT NULL DEFAULT 0,
        PRIMARY KEY (exam, number)
    );
    CREATE TABLE entries (
        exam            TEXT NOT NULL REFERENCES exams (id),
        room            TEXT NOT NULL,
        seq             BIGINT NOT NULL,
        digest          BYTES NOT NULL,
        line            TEXT NOT NULL,
        PRIMARY KEY (exam, room, seq)
    );
    CREATE TABLE logs (
        exam            TEXT NOT NULL,
        number          TEXT NOT NULL,
        room            TEXT NOT NULL,
        run             BIGINT NOT NULL,
        attempt         BYTES NOT NULL,
        PRIMARY KEY (exam, number, room, run),
        FOREIGN KEY (exam, number) REFERENCES seats (exam, number)
    );
    CREATE TABLE seen (
        number          TEXT NOT NULL,
        passage         TEXT NOT NULL,
        at_unix_ms      BIGINT NOT NULL,
        PRIMARY KEY (number, passage)
    );
";

/// How often the first table is tried to be made: PostgreSQL refuses it in two ways while another makes it.
const TRIES: u32 = 6;

/// Takes the missing steps, all or none of them.
pub(super) fn migrate<D: Database>(database: &mut D) -> Result<(), ExamError> {
    let table =
        "CREATE TABLE IF NOT EXISTS typeproof_exams (one BIGINT PRIMARY KEY, version BIGINT NOT NULL)";
    // Of rooms that come at once some are refused, since another is making the table; soon it is there.
    let made = (1..TRIES).find_map(|_| database.batch(table).ok());
    made.map_or_else(|| database.batch(table), Ok)?;
    // Whoever is second waits at the table's only row, and finds the steps taken.
    let first = "INSERT INTO typeproof_exams (one, version) VALUES (1, 0) ON CONFLICT DO NOTHING";
    database.execute(first, &[])?;
    database.batch(database.begin())?;
    match steps(database) {
        Ok(()) => database.batch("COMMIT"),
        Err(why) => {
            // What failed says more than what it failed to take back.
            let _ = database.batch("ROLLBACK");
            Err(why)
        }
    }
}

fn steps<D: Database>(database: &mut D) -> Result<(), ExamError> {
    database.execute("UPDATE typeproof_exams SET one = 1 WHERE one = 1", &[])?;
    let rows = database.query("SELECT version FROM typeproof_exams WHERE one = 1", &[])?;
    let strange = || ExamError::Strange { place: database.place(), what: "a version" };
    let version =
        rows.first().and_then(|row| row.int(0)).and_then(|n| u32::try_from(n).ok()).ok_or_else(strange)?;
    let known = STEPS.len() as u32;
    if version > known {
        return Err(ExamError::Newer { place: database.place(), found: version, known });
    }
    for step in STEPS.iter().skip(version as usize) {
        let step = step.replace("BYTES", database.bytes_type());
        database.batch(&step)?;
    }
    database.execute("UPDATE typeproof_exams SET version = $1", &[int(i64::from(known))]).map(drop)
}
