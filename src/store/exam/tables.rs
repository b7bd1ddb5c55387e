//! Exams in the tables of a database: one set of statements for every backend, which only has to run them.
//!
//! The statements keep to what SQLite and PostgreSQL share. Numbers are 64 bits, nothing is null, and parameters are numbered
//! in the order in which they stand.

use super::Storage;
use super::database::Database;
use super::error::ExamError;
use super::migrations;
use super::rows::{Claim, Claimed, ExamRow, LogRow, PersonRow, Taken};
use super::value::{Row, Value, bytes32, int, text};
use crate::exam::journal::{Entry, Head};
use crate::exam::{Candidate, CodeDigest};

/// Exams in a database.
pub struct Tables<D> {
    database: D,
    /// Whether its tables were made, or found to be there.
    ready: bool,
}

impl<D: Database> Tables<D> {
    /// Exams in this database. It is not asked for anything yet.
    pub const fn new(database: D) -> Self {
        Self { database, ready: false }
    }

    /// The database, with its tables.
    fn ready(&mut self) -> Result<&mut D, ExamError> {
        if !self.ready {
            migrations::migrate(&mut self.database)?;
            self.ready = true;
        }
        Ok(&mut self.database)
    }

    /// All or nothing.
    fn whole<T>(&mut self, work: impl FnOnce(&mut D) -> Result<T, ExamError>) -> Result<T, ExamError> {
        let database = self.ready()?;
        database.batch(database.begin())?;
        match work(database) {
            Ok(done) => database.batch("COMMIT").map(|()| done),
            Err(why) => {
                // What failed says more than what it failed to take back.
                let _ = database.batch("ROLLBACK");
                Err(why)
            }
        }
    }

    fn strange(database: &D, what: &'static str) -> ExamError {
        ExamError::Strange { place: database.place(), what }
    }

    fn one_candidate(changed: u64, exam: &str, number: &str) -> Result<(), ExamError> {
        let nobody = || ExamError::NoCandidate { exam: exam.to_owned(), number: number.to_owned() };
        if changed == 0 { Err(nobody()) } else { Ok(()) }
    }
}

fn exam_row(row: &Row) -> Option<ExamRow> {
    Some(ExamRow {
        id: row.text(0)?,
        definition: row.text(1)?,
        roster_sha256: row.bytes(2)?.try_into().ok()?,
        opened_unix_ms: row.int(3)?,
    })
}

fn candidate(row: &Row) -> Option<Candidate> {
    let email = row.text(2)?;
    Some(Candidate {
        number: row.text(0)?,
        name: row.text(1)?,
        email: Some(email).filter(|email| !email.is_empty()),
        more: serde_json::from_str(&row.text(3)?).ok()?,
    })
}

fn claim(row: &Row) -> Option<Claim> {
    let taken = Taken { room: row.text(2)?, address: row.text(3)?, at_unix_ms: row.int(4)? };
    Some(Claim { number: row.text(0)?, claim: row.int(1)?.try_into().ok()?, taken })
}

fn log_row(row: &Row) -> Option<LogRow> {
    Some(LogRow {
        number: row.text(0)?,
        room: row.text(1)?,
        run: row.int(2)?.try_into().ok()?,
        attempt: row.bytes(3)?,
    })
}

impl<D: Database> Storage for Tables<D> {
    fn keep_exam(&mut self, exam: &ExamRow, roster: &[Candidate]) -> Result<(), ExamError> {
        self.whole(|database| {
            let ExamRow { id, definition, roster_sha256, opened_unix_ms } = exam;
            let values = [text(id), text(definition), bytes32(*roster_sha256), int(*opened_unix_ms)];
            let new = database.execute(
                "INSERT INTO exams (id, definition, roster_sha256, opened_unix_ms) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                &values,
            )?;
            if new == 0 {
                let same = database.query(
                    "SELECT id FROM exams WHERE id = $1 AND definition = $2 AND roster_sha256 = $3",
                    values.get(..3).unwrap_or_default(),
                )?;
                let other = || ExamError::Other { what: "exam", id: id.clone() };
                return if same.is_empty() { Err(other()) } else { Ok(()) };
            }
            for (place, candidate) in (0i64..).zip(roster) {
                // Pairs of texts: serialising them cannot fail.
                let more = serde_json::to_string(&candidate.more).unwrap_or_default();
                let email = candidate.email.as_deref().unwrap_or_default();
                let nothing = || Value::Bytes(Vec::new());
                let row = [
                    text(id),
                    text(&candidate.number),
                    int(place),
                    text(&candidate.name),
                    text(email),
                    text(&more),
                    nothing(),
                    nothing(),
                ];
                database.execute(
                    "INSERT INTO seats (exam, number, place, name, email, more, code_salt, code_digest) \
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                    &row,
                )?;
            }
            Ok(())
        })
    }

    fn exam(&mut self, id: &str) -> Result<Option<ExamRow>, ExamError> {
        let database = self.ready()?;
        let sql = "SELECT id, definition, roster_sha256, opened_unix_ms FROM exams WHERE id = $1";
        let rows = database.query(sql, &[text(id)])?;
        rows.first().map(|row| exam_row(row).ok_or_else(|| Self::strange(database, "an exam"))).transpose()
    }

    fn exams(&mut self) -> Result<Vec<ExamRow>, ExamError> {
        let database = self.ready()?;
        let sql = "SELECT id, definition, roster_sha256, opened_unix_ms FROM exams ORDER BY opened_unix_ms DESC, id";
        let rows = database.query(sql, &[])?;
        rows.iter().map(|row| exam_row(row).ok_or_else(|| Self::strange(database, "an exam"))).collect()
    }

    fn roster(&mut self, exam: &str) -> Result<Vec<Candidate>, ExamError> {
        let database = self.ready()?;
        let sql = "SELECT number, name, email, more FROM seats WHERE exam = $1 ORDER BY place";
        let rows = database.query(sql, &[text(exam)])?;
        rows.iter().map(|row| candidate(row).ok_or_else(|| Self::strange(database, "a candidate"))).collect()
    }

    fn keep_codes(&mut self, exam: &str, codes: &[(String, CodeDigest)]) -> Result<(), ExamError> {
        self.whole(|database| {
            for (number, CodeDigest { salt, digest }) in codes {
                let changed = database.execute(
                    "UPDATE seats SET code_salt = $1, code_digest = $2 WHERE exam = $3 AND number = $4",
                    &[Value::Bytes(salt.to_vec()), bytes32(*digest), text(exam), text(number)],
                )?;
                Self::one_candidate(changed, exam, number)?;
            }
            Ok(())
        })
    }

    fn code(&mut self, exam: &str, number: &str) -> Result<Option<CodeDigest>, ExamError> {
        let database = self.ready()?;
        let sql = "SELECT code_salt, code_digest FROM seats WHERE exam = $1 AND number = $2";
        let rows = database.query(sql, &[text(exam), text(number)])?;
        let Some(row) = rows.first() else { return Ok(None) };
        match (row.bytes(0), row.bytes(1)) {
            (Some(salt), Some(digest)) if salt.is_empty() && digest.is_empty() => Ok(None),
            (Some(salt), Some(digest)) => match (salt.try_into(), digest.try_into()) {
                (Ok(salt), Ok(digest)) => Ok(Some(CodeDigest { salt, digest })),
                _ => Err(Self::strange(database, "a seat code")),
            },
            _ => Err(Self::strange(database, "a seat code")),
        }
    }

    fn claim(&mut self, exam: &str, number: &str, taken: &Taken) -> Result<Claimed, ExamError> {
        let database = self.ready()?;
        let Taken { room, address, at_unix_ms } = taken;
        // One statement: of two rooms that run it at once the second sees what the first did.
        let sql = "UPDATE seats SET claim = claim + 1, held = 1, room = $1, address = $2, since_unix_ms = $3 \
            WHERE exam = $4 AND number = $5 AND held = 0 RETURNING claim";
        let rows =
            database.query(sql, &[text(room), text(address), int(*at_unix_ms), text(exam), text(number)])?;
        if let Some(row) = rows.first() {
            let claim = row.int(0).and_then(|claim| claim.try_into().ok());
            return claim.map(Claimed::Yes).ok_or_else(|| Self::strange(database, "a claim"));
        }
        let sql =
            "SELECT number, claim, room, address, since_unix_ms FROM seats WHERE exam = $1 AND number = $2";
        let rows = database.query(sql, &[text(exam), text(number)])?;
        Self::one_candidate(rows.len() as u64, exam, number)?;
        let held = rows.first().and_then(claim).ok_or_else(|| Self::strange(database, "a claim"))?;
        // The answer to the same question was lost on its way.
        Ok(if held.taken == *taken { Claimed::Yes(held.claim) } else { Claimed::Held(held) })
    }

    fn release(&mut self, exam: &str, number: &str, claim: u64) -> Result<(), ExamError> {
        let claim = int(i64::try_from(claim).unwrap_or(i64::MAX));
        let sql = "UPDATE seats SET held = 0 WHERE exam = $1 AND number = $2 AND claim = $3";
        self.ready()?.execute(sql, &[text(exam), text(number), claim]).map(drop)
    }

    fn free(&mut self, exam: &str, number: &str) -> Result<(), ExamError> {
        // The number grows, so that the session that had the seat gives back nothing.
        let sql = "UPDATE seats SET held = 0, claim = claim + 1 WHERE exam = $1 AND number = $2";
        let changed = self.ready()?.execute(sql, &[text(exam), text(number)])?;
        Self::one_candidate(changed, exam, number)
    }

    fn claims(&mut self, exam: &str) -> Result<Vec<Claim>, ExamError> {
        let database = self.ready()?;
        let sql = "SELECT number, claim, room, address, since_unix_ms FROM seats WHERE exam = $1 AND held = 1 ORDER BY place";
        let rows = database.query(sql, &[text(exam)])?;
        rows.iter().map(|row| claim(row).ok_or_else(|| Self::strange(database, "a claim"))).collect()
    }

    fn append(&mut self, exam: &str, room: &str, entries: &[Entry]) -> Result<(), ExamError> {
        self.whole(|database| {
            let mut head = head(database, exam, room)?;
            for entry in entries {
                let number = i64::try_from(entry.seq).unwrap_or(i64::MAX);
                let forked = || ExamError::Forked { room: room.to_owned(), seq: entry.seq };
                if entry.seq <= head.seq {
                    let sql = "SELECT seq FROM entries WHERE exam = $1 AND room = $2 AND seq = $3 AND digest = $4";
                    let values = [text(exam), text(room), int(number), bytes32(entry.digest)];
                    if database.query(sql, &values)?.is_empty() {
                        return Err(forked());
                    }
                    continue;
                }
                if !entry.follows(&head) {
                    return Err(forked());
                }
                let sql = "INSERT INTO entries (exam, room, seq, digest, line) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
                let line = Value::Text(entry.line());
                let values = [text(exam), text(room), int(number), bytes32(entry.digest), line];
                if database.execute(sql, &values)? == 0 {
                    return Err(forked());
                }
                head = entry.head();
            }
            Ok(())
        })
    }

    fn head(&mut self, exam: &str, room: &str) -> Result<Head, ExamError> {
        head(self.ready()?, exam, room)
    }

    fn rooms(&mut self, exam: &str) -> Result<Vec<String>, ExamError> {
        let database = self.ready()?;
        let rows = database
            .query("SELECT DISTINCT room FROM entries WHERE exam = $1 ORDER BY room", &[text(exam)])?;
        rows.iter().map(|row| row.text(0).ok_or_else(|| Self::strange(database, "a room"))).collect()
    }

    fn journal(&mut self, exam: &str, room: &str) -> Result<Vec<u8>, ExamError> {
        let database = self.ready()?;
        let sql = "SELECT line FROM entries WHERE exam = $1 AND room = $2 ORDER BY seq";
        let rows = database.query(sql, &[text(exam), text(room)])?;
        let lines: Option<Vec<String>> = rows.iter().map(|row| row.text(0)).collect();
        lines.map(|lines| lines.concat().into_bytes()).ok_or_else(|| Self::strange(database, "an entry"))
    }

    fn keep_log(&mut self, exam: &str, log: &LogRow) -> Result<(), ExamError> {
        let LogRow { number, room, run, attempt } = log;
        let database = self.ready()?;
        let there = database
            .query("SELECT number FROM seats WHERE exam = $1 AND number = $2", &[text(exam), text(number)])?;
        Self::one_candidate(there.len() as u64, exam, number)?;
        // A test that was resumed has a longer log than before.
        let sql = "INSERT INTO logs (exam, number, room, run, attempt) VALUES ($1, $2, $3, $4, $5) \
            ON CONFLICT (exam, number, room, run) DO UPDATE SET attempt = excluded.attempt";
        let values =
            [text(exam), text(number), text(room), int(i64::from(*run)), Value::Bytes(attempt.clone())];
        database.execute(sql, &values).map(drop)
    }

    fn logs(&mut self, exam: &str, number: &str) -> Result<Vec<LogRow>, ExamError> {
        let database = self.ready()?;
        let sql =
            "SELECT number, room, run, attempt FROM logs WHERE exam = $1 AND number = $2 ORDER BY run, room";
        let rows = database.query(sql, &[text(exam), text(number)])?;
        rows.iter().map(|row| log_row(row).ok_or_else(|| Self::strange(database, "a log"))).collect()
    }

    fn saw(&mut self, number: &str, passages: &[String], at_unix_ms: i64) -> Result<(), ExamError> {
        self.whole(|database| {
            for passage in passages {
                let sql = "INSERT INTO seen (number, passage, at_unix_ms) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
                database.execute(sql, &[text(number), text(passage), int(at_unix_ms)])?;
            }
            Ok(())
        })
    }

    fn seen(&mut self, number: &str) -> Result<Vec<String>, ExamError> {
        let database = self.ready()?;
        let rows =
            database.query("SELECT passage FROM seen WHERE number = $1 ORDER BY passage", &[text(number)])?;
        rows.iter().map(|row| row.text(0).ok_or_else(|| Self::strange(database, "a passage"))).collect()
    }

    fn purge(&mut self, exam: &str) -> Result<u32, ExamError> {
        let purged = self.ready()?.execute("DELETE FROM logs WHERE exam = $1", &[text(exam)])?;
        Ok(u32::try_from(purged).unwrap_or(u32::MAX))
    }

    fn person(&mut self, number: &str) -> Result<Vec<PersonRow>, ExamError> {
        let database = self.ready()?;
        let sql = "SELECT number, name, email, more, exam, \
            (SELECT COUNT(*) FROM logs WHERE logs.exam = seats.exam AND logs.number = seats.number) \
            FROM seats WHERE number = $1 ORDER BY exam";
        let rows = database.query(sql, &[text(number)])?;
        let person = |row: &Row| {
            Some(PersonRow {
                exam: row.text(4)?,
                candidate: candidate(row)?,
                logs: row.int(5)?.try_into().ok()?,
            })
        };
        rows.iter().map(|row| person(row).ok_or_else(|| Self::strange(database, "a candidate"))).collect()
    }

    fn erase(&mut self, exam: &str, number: &str) -> Result<(), ExamError> {
        self.whole(|database| {
            let sql = "UPDATE seats SET name = '', email = '', more = '[]', code_salt = $1, code_digest = $2, address = '' \
                WHERE exam = $3 AND number = $4";
            let nothing = || Value::Bytes(Vec::new());
            let changed = database.execute(sql, &[nothing(), nothing(), text(exam), text(number)])?;
            Self::one_candidate(changed, exam, number)?;
            database.execute("DELETE FROM logs WHERE exam = $1 AND number = $2", &[text(exam), text(number)]).map(drop)
        })
    }
}

/// The last entry of a room's journal.
fn head<D: Database>(database: &mut D, exam: &str, room: &str) -> Result<Head, ExamError> {
    let sql = "SELECT seq, digest FROM entries WHERE exam = $1 AND room = $2 ORDER BY seq DESC LIMIT 1";
    let rows = database.query(sql, &[text(exam), text(room)])?;
    let Some(row) = rows.first() else { return Ok(Head::default()) };
    let head = || Some(Head { seq: row.int(0)?.try_into().ok()?, digest: row.bytes(1)?.try_into().ok()? });
    head().ok_or_else(|| ExamError::Strange { place: database.place(), what: "an entry" })
}
