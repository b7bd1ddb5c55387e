//! Rows of the history database as plain values.

use rusqlite::types::Type;
use rusqlite::{Connection, Row, named_params};

use crate::trust::Assurance;

/// A finished attempt, without its keystroke log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptRow {
    /// The caller's identifier, lower-case hexadecimal.
    pub id: String,
    /// The wall clock at the first key, in milliseconds since 1970-01-01 UTC.
    pub started_unix_ms: i64,
    /// The level that was attempted and its version; nothing for a free test.
    pub level: Option<(String, u32)>,
    /// Where the text came from, as the exercise states it.
    pub source: String,
    /// The passages used, in order.
    pub passages: Vec<String>,
    /// Whether the level was passed; false for a free test.
    pub passed: bool,
    /// How the test ended, as the log states it.
    pub ended: String,
    /// Gross speed, in hundredths of a word per minute.
    pub gross_wpm_x100: u32,
    /// Net speed by the rules' penalty, in hundredths of a word per minute.
    pub net_wpm_x100: u32,
    /// Speed over everything typed, in hundredths of a word per minute.
    pub raw_wpm_x100: u32,
    /// Accuracy, in basis points (hundredths of a percent).
    pub accuracy_bp: u32,
    /// Consistency, in basis points.
    pub consistency_bp: u32,
    /// Duration, in milliseconds.
    pub duration_ms: u32,
    /// Uncorrected errors in the rules' unit, in halves.
    pub errors_x2: u32,
    /// The whole score as JSON, for display; the log remains the truth.
    pub score_json: String,
    /// SHA-256 of the attempt file's bytes.
    pub digest: [u8; 32],
}

/// A badge that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadgeRow {
    /// The credential's identifier.
    pub id: String,
    /// The attempt it was issued for.
    pub attempt_id: String,
    /// The level that was passed.
    pub level_id: String,
    /// When it was issued, in seconds since 1970-01-01 UTC.
    pub issued_unix: i64,
    /// Until when it is valid, in seconds since 1970-01-01 UTC; nothing for ever.
    pub valid_until_unix: Option<i64>,
    /// How the test was supervised.
    pub assurance: Assurance,
    /// The credential's JSON text, byte for byte as signed and written.
    pub credential: String,
    /// The token that the QR code carries.
    pub token: String,
    /// The holder's name on it.
    pub name: String,
}

/// Which attempts are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only attempts at this level.
    pub level_id: Option<String>,
    /// Only attempts that passed their level.
    pub passed_only: bool,
    /// At most this many, the newest; nothing for all.
    pub limit: Option<u32>,
}

/// The columns [`attempt`] reads.
pub(super) const ATTEMPT_COLUMNS: &str = "id, started_unix_ms, level_id, level_version, source, passages, passed, \
    ended, gross_wpm_x100, net_wpm_x100, raw_wpm_x100, accuracy_bp, consistency_bp, duration_ms, errors_x2, score_json, \
    digest";

/// The columns [`badge`] reads.
pub(super) const BADGE_COLUMNS: &str =
    "id, attempt_id, level_id, issued_unix, valid_until_unix, assurance, credential, token, name";

/// A column whose text this program did not write.
fn strange(row: &Row<'_>, column: &str) -> rusqlite::Error {
    let index = row.as_ref().column_index(column).unwrap_or_default();
    rusqlite::Error::InvalidColumnType(index, column.to_owned(), Type::Text)
}

pub(super) fn attempt(row: &Row<'_>) -> rusqlite::Result<AttemptRow> {
    let passages: String = row.get("passages")?;
    let level_id: Option<String> = row.get("level_id")?;
    let level_version: Option<u32> = row.get("level_version")?;
    Ok(AttemptRow {
        id: row.get("id")?,
        started_unix_ms: row.get("started_unix_ms")?,
        level: level_id.zip(level_version),
        source: row.get("source")?,
        passages: serde_json::from_str(&passages).map_err(|_| strange(row, "passages"))?,
        passed: row.get("passed")?,
        ended: row.get("ended")?,
        gross_wpm_x100: row.get("gross_wpm_x100")?,
        net_wpm_x100: row.get("net_wpm_x100")?,
        raw_wpm_x100: row.get("raw_wpm_x100")?,
        accuracy_bp: row.get("accuracy_bp")?,
        consistency_bp: row.get("consistency_bp")?,
        duration_ms: row.get("duration_ms")?,
        errors_x2: row.get("errors_x2")?,
        score_json: row.get("score_json")?,
        digest: row.get("digest")?,
    })
}

pub(super) fn insert_attempt(conn: &Connection, row: &AttemptRow, attempt: &[u8]) -> rusqlite::Result<()> {
    let sql = format!(
        "INSERT INTO attempts ({ATTEMPT_COLUMNS}, attempt) VALUES (:id, :started, :level, :version, :source, :passages,
         :passed, :ended, :gross, :net, :raw, :accuracy, :consistency, :duration, :errors, :score, :digest, :attempt)"
    );
    let values = named_params! {
        ":id": row.id,
        ":started": row.started_unix_ms,
        ":level": row.level.as_ref().map(|(id, _)| id),
        ":version": row.level.as_ref().map(|(_, version)| version),
        ":source": row.source,
        ":passages": serde_json::Value::from(row.passages.clone()).to_string(),
        ":passed": row.passed,
        ":ended": row.ended,
        ":gross": row.gross_wpm_x100,
        ":net": row.net_wpm_x100,
        ":raw": row.raw_wpm_x100,
        ":accuracy": row.accuracy_bp,
        ":consistency": row.consistency_bp,
        ":duration": row.duration_ms,
        ":errors": row.errors_x2,
        ":score": row.score_json,
        ":digest": row.digest,
        ":attempt": attempt,
    };
    conn.execute(&sql, values).map(drop)
}

pub(super) fn badge(row: &Row<'_>) -> rusqlite::Result<BadgeRow> {
    let assurance: String = row.get("assurance")?;
    Ok(BadgeRow {
        id: row.get("id")?,
        attempt_id: row.get("attempt_id")?,
        level_id: row.get("level_id")?,
        issued_unix: row.get("issued_unix")?,
        valid_until_unix: row.get("valid_until_unix")?,
        assurance: Assurance::from_word(&assurance).ok_or_else(|| strange(row, "assurance"))?,
        credential: row.get("credential")?,
        token: row.get("token")?,
        name: row.get("name")?,
    })
}

pub(super) fn insert_badge(conn: &Connection, badge: &BadgeRow) -> rusqlite::Result<()> {
    let sql = format!(
        "INSERT INTO badges ({BADGE_COLUMNS})
         VALUES (:id, :attempt, :level, :issued, :until, :assurance, :credential, :token, :name)"
    );
    let values = named_params! {
        ":id": badge.id,
        ":attempt": badge.attempt_id,
        ":level": badge.level_id,
        ":issued": badge.issued_unix,
        ":until": badge.valid_until_unix,
        ":assurance": badge.assurance.as_str(),
        ":credential": badge.credential,
        ":token": badge.token,
        ":name": badge.name,
    };
    conn.execute(&sql, values).map(drop)
}
