//! Rows of the database as values of the history.

use rusqlite::types::{Type, Value};
use rusqlite::{Connection, Params, Row, named_params, params_from_iter};

use crate::lessons::course::progress::Tried;
use crate::store::history::{AttemptRow, BadgeRow, Counts, Ended, Filter, LessonRow, LevelRecord};
use crate::trust::Assurance;
use crate::typing::exercise::LessonRef;
use crate::typing::hidden::Hidden;
use crate::typing::keyboard::Keyboard;

/// Lets attempts through as a [`Filter`] says, newest first; its values are those of [`filter`]. Rows are numbered in the
/// order in which they were saved.
pub(super) const FILTER: &str = "(?1 IS NULL OR level_id = ?1) AND (NOT ?2 OR passed)
    ORDER BY rowid DESC LIMIT ?3";

/// What [`counts`] reads; its value is that of [`Ended::GaveUp`].
pub(super) const COUNTS: &str =
    "SELECT (SELECT count(*) FROM attempts), (SELECT count(*) FROM attempts WHERE ended = ?1),
    (SELECT count(*) FROM badges)";

/// What [`level_record`] reads: best speed and accuracy are one number, so that the best of both is the largest.
pub(super) const LEVEL_RECORDS: &str = "
    SELECT level_id, passed, best,
           CASE WHEN NOT EXISTS (SELECT 1 FROM badges WHERE badges.level_id = levels.level_id)
                THEN (SELECT id FROM attempts WHERE rowid = last_passed) END AS unclaimed
    FROM (SELECT level_id, max(passed) AS passed, max(rowid) AS last, max(CASE WHEN passed THEN rowid END) AS last_passed,
                 max(CASE WHEN ended <> ?1 THEN net_wpm_x100 * 100000 + accuracy_bp END) AS best
          FROM attempts WHERE level_id IS NOT NULL GROUP BY level_id) AS levels
    ORDER BY last DESC";

/// The columns [`attempt`] reads.
pub(super) const ATTEMPT_COLUMNS: &str = "id, started_unix_ms, level_id, level_version, source, passages, passed, \
    ended, gross_wpm_x100, net_wpm_x100, raw_wpm_x100, accuracy_bp, consistency_bp, duration_ms, errors_x2, score_json, \
    layout, digest, course_id, course_version, lesson_id, lesson_layout, lesson_language, lesson_ground, hidden";

/// The columns [`badge`] reads.
pub(super) const BADGE_COLUMNS: &str =
    "id, attempt_id, level_id, issued_unix, valid_until_unix, assurance, credential, token, name";

/// The values of [`FILTER`].
pub(super) fn filter(filter: &Filter) -> impl Params {
    let level = filter.level_id.clone().map_or(Value::Null, Value::Text);
    let limit = filter.limit.map_or(-1, i64::from);
    params_from_iter([level, Value::Integer(filter.passed_only.into()), Value::Integer(limit)])
}

/// A column whose text this program did not write.
fn strange(row: &Row<'_>, column: &str) -> rusqlite::Error {
    let index = row.as_ref().column_index(column).unwrap_or_default();
    rusqlite::Error::InvalidColumnType(index, column.to_owned(), Type::Text)
}

pub(super) fn attempt(row: &Row<'_>) -> rusqlite::Result<AttemptRow> {
    let passages: String = row.get("passages")?;
    let ended: String = row.get("ended")?;
    let layout: Option<String> = row.get("layout")?;
    let hidden: Option<String> = row.get("hidden")?;
    let level_id: Option<String> = row.get("level_id")?;
    let level_version: Option<u32> = row.get("level_version")?;
    Ok(AttemptRow {
        id: row.get("id")?,
        started_unix_ms: row.get("started_unix_ms")?,
        level: level_id.zip(level_version),
        lesson: lesson(row)?,
        source: row.get("source")?,
        passages: serde_json::from_str(&passages).map_err(|_| strange(row, "passages"))?,
        passed: row.get("passed")?,
        ended: Ended::from_word(&ended).ok_or_else(|| strange(row, "ended"))?,
        gross_wpm_x100: row.get("gross_wpm_x100")?,
        net_wpm_x100: row.get("net_wpm_x100")?,
        raw_wpm_x100: row.get("raw_wpm_x100")?,
        accuracy_bp: row.get("accuracy_bp")?,
        consistency_bp: row.get("consistency_bp")?,
        duration_ms: row.get("duration_ms")?,
        errors_x2: row.get("errors_x2")?,
        score_json: row.get("score_json")?,
        keyboard: layout
            .map(|text| Keyboard::parse(&text).ok_or_else(|| strange(row, "layout")))
            .transpose()?,
        hidden: hidden.map_or(Ok(Hidden::default()), |text| {
            Hidden::parse(&text).ok_or_else(|| strange(row, "hidden"))
        })?,
        digest: row.get("digest")?,
    })
}

/// The lesson of an attempt, where all of it is there.
fn lesson(row: &Row<'_>) -> rusqlite::Result<Option<LessonRow>> {
    let text = |column| row.get::<_, Option<String>>(column);
    let (course, lesson) = (text("course_id")?, text("lesson_id")?);
    let (layout, language) = (text("lesson_layout")?, text("lesson_language")?);
    let version: Option<u32> = row.get("course_version")?;
    let ground: Option<bool> = row.get("lesson_ground")?;
    let named = || {
        Some(LessonRef {
            course: course?,
            version: version?,
            lesson: lesson?,
            layout: layout?,
            language: language?,
        })
    };
    Ok(named().map(|named| LessonRow { named, ground: ground.unwrap_or(false) }))
}

/// The columns [`tried`] reads.
pub(super) const TRIED: &str =
    "SELECT id, passed, net_wpm_x100, accuracy_bp, course_id, course_version, lesson_id,
    lesson_layout, lesson_language, lesson_ground FROM attempts WHERE course_id = ?1 ORDER BY rowid DESC";

pub(super) fn tried(row: &Row<'_>) -> rusqlite::Result<Tried> {
    let LessonRow { named, ground } = lesson(row)?.ok_or_else(|| strange(row, "lesson_id"))?;
    Ok(Tried {
        attempt: row.get("id")?,
        lesson: named,
        passed: row.get("passed")?,
        ground,
        net_wpm_x100: row.get("net_wpm_x100")?,
        accuracy_bp: row.get("accuracy_bp")?,
    })
}

pub(super) fn insert_attempt(conn: &Connection, row: &AttemptRow, attempt: &[u8]) -> rusqlite::Result<()> {
    let sql = format!(
        "INSERT INTO attempts ({ATTEMPT_COLUMNS}, attempt) VALUES (:id, :started, :level, :version, :source, :passages,
         :passed, :ended, :gross, :net, :raw, :accuracy, :consistency, :duration, :errors, :score, :layout, :digest, :course,
         :course_version, :lesson, :lesson_layout, :language, :ground, :hidden, :attempt)"
    );
    let lesson = row.lesson.as_ref();
    let named = lesson.map(|lesson| &lesson.named);
    let values = named_params! {
        ":course": named.map(|named| &named.course),
        ":course_version": named.map(|named| named.version),
        ":lesson": named.map(|named| &named.lesson),
        ":lesson_layout": named.map(|named| &named.layout),
        ":language": named.map(|named| &named.language),
        ":ground": lesson.map(|lesson| lesson.ground),
        ":id": row.id,
        ":started": row.started_unix_ms,
        ":level": row.level.as_ref().map(|(id, _)| id),
        ":version": row.level.as_ref().map(|(_, version)| version),
        ":source": row.source,
        ":passages": serde_json::Value::from(row.passages.clone()).to_string(),
        ":passed": row.passed,
        ":ended": row.ended.as_str(),
        ":gross": row.gross_wpm_x100,
        ":net": row.net_wpm_x100,
        ":raw": row.raw_wpm_x100,
        ":accuracy": row.accuracy_bp,
        ":consistency": row.consistency_bp,
        ":duration": row.duration_ms,
        ":errors": row.errors_x2,
        ":score": row.score_json,
        ":layout": row.keyboard.as_ref().map(ToString::to_string),
        ":hidden": (!row.hidden.is_nothing()).then(|| row.hidden.to_string()),
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

pub(super) fn counts(row: &Row<'_>) -> rusqlite::Result<Counts> {
    Ok(Counts { attempts: row.get(0)?, unfinished: row.get(1)?, badges: row.get(2)? })
}

pub(super) fn level_record(row: &Row<'_>) -> rusqlite::Result<LevelRecord> {
    let best: Option<i64> = row.get("best")?;
    Ok(LevelRecord {
        level_id: row.get("level_id")?,
        passed: row.get("passed")?,
        // Both were 32 bits wide, and an accuracy is 10,000 at most.
        best: best.map(i64::cast_unsigned).map(|best| ((best / 100_000) as u32, (best % 100_000) as u32)),
        unclaimed: row.get("unclaimed")?,
    })
}
