//! The history database's schema, as steps that are never changed once released: a new version appends one.

use rusqlite::{Connection, TransactionBehavior};

/// Marks a SQLite file as this program's history (`PRAGMA application_id`): the letters `typf`.
pub(super) const APPLICATION_ID: i32 = 0x7479_7066;

/// The steps; `PRAGMA user_version` counts those that were taken.
const STEPS: &[&str] = &[ATTEMPTS_AND_BADGES, KEYSTROKES_AND_PROFILES, PRACTICE_AND_COACH, LESSONS, HIDDEN];

/// Version 1, of 0.1.0.
const ATTEMPTS_AND_BADGES: &str = "
    CREATE TABLE attempts (
        id                TEXT PRIMARY KEY CHECK (length(id) > 0),
        started_unix_ms   INTEGER NOT NULL,
        level_id          TEXT,
        level_version     INTEGER,
        source            TEXT NOT NULL,
        passages          TEXT NOT NULL,
        passed            INTEGER NOT NULL CHECK (passed IN (0, 1)),
        ended             TEXT NOT NULL,
        gross_wpm_x100    INTEGER NOT NULL,
        net_wpm_x100      INTEGER NOT NULL,
        raw_wpm_x100      INTEGER NOT NULL,
        accuracy_bp       INTEGER NOT NULL,
        consistency_bp    INTEGER NOT NULL,
        duration_ms       INTEGER NOT NULL,
        errors_x2         INTEGER NOT NULL,
        score_json        TEXT NOT NULL,
        attempt           BLOB NOT NULL,
        digest            BLOB NOT NULL CHECK (length(digest) = 32),
        CHECK ((level_id IS NULL) = (level_version IS NULL))
    ) STRICT;
    CREATE INDEX attempts_by_time ON attempts (started_unix_ms);
    CREATE TABLE badges (
        id                TEXT PRIMARY KEY CHECK (length(id) > 0),
        attempt_id        TEXT NOT NULL REFERENCES attempts (id),
        level_id          TEXT NOT NULL,
        issued_unix       INTEGER NOT NULL,
        valid_until_unix  INTEGER,
        assurance         TEXT NOT NULL,
        credential        TEXT NOT NULL,
        token             TEXT NOT NULL,
        name              TEXT NOT NULL
    ) STRICT;
    CREATE INDEX badges_by_time ON badges (issued_unix);
    CREATE INDEX badges_by_attempt ON badges (attempt_id);
    CREATE TABLE passages_seen (
        passage_id        TEXT PRIMARY KEY,
        times             INTEGER NOT NULL,
        last_unix_ms      INTEGER NOT NULL
    ) STRICT;
";

/// Version 2: keystrokes of each attempt, nothing where its log cannot be read; badges without an attempt or a level
/// of ours; whose an attempt is and on which layout it was typed, where that is known. The index by
/// level holds all that the records of levels are made of.
const KEYSTROKES_AND_PROFILES: &str = "
    CREATE TABLE keystrokes (
        attempt_id        TEXT PRIMARY KEY REFERENCES attempts (id),
        figures           BLOB
    ) STRICT;
    CREATE TABLE profiles (
        id                TEXT PRIMARY KEY CHECK (length(id) > 0),
        kind              TEXT NOT NULL CHECK (kind IN ('holder', 'candidate')),
        name              TEXT NOT NULL
    ) STRICT;
    ALTER TABLE attempts ADD COLUMN profile_id TEXT REFERENCES profiles (id);
    ALTER TABLE attempts ADD COLUMN layout TEXT;
    CREATE INDEX attempts_by_level ON attempts
        (level_id, started_unix_ms, passed, ended, net_wpm_x100, accuracy_bp);
    CREATE TABLE badges_2 (
        id                TEXT PRIMARY KEY CHECK (length(id) > 0),
        attempt_id        TEXT REFERENCES attempts (id),
        level_id          TEXT,
        issued_unix       INTEGER NOT NULL,
        valid_until_unix  INTEGER,
        assurance         TEXT NOT NULL,
        credential        TEXT NOT NULL,
        token             TEXT NOT NULL,
        name              TEXT NOT NULL
    ) STRICT;
    INSERT INTO badges_2 (rowid, id, attempt_id, level_id, issued_unix, valid_until_unix, assurance, credential, token, name)
        SELECT rowid, id, attempt_id, level_id, issued_unix, valid_until_unix, assurance, credential, token, name FROM badges;
    DROP TABLE badges;
    ALTER TABLE badges_2 RENAME TO badges;
    CREATE INDEX badges_by_time ON badges (issued_unix);
    CREATE INDEX badges_by_attempt ON badges (attempt_id);
    CREATE INDEX badges_by_level ON badges (level_id);
";

/// Version 3: how long was practised in each attempt, filled in with its keystrokes; what the coach knows of a learner on a layout
/// and in a language, and up to which attempt it was read.
const PRACTICE_AND_COACH: &str = "
    DROP TABLE keystrokes;
    CREATE TABLE keystrokes (
        attempt_id        TEXT PRIMARY KEY REFERENCES attempts (id),
        figures           BLOB,
        practised_ms      INTEGER
    ) STRICT;
    CREATE TABLE coach (
        layout            TEXT NOT NULL,
        language          TEXT NOT NULL,
        through           INTEGER NOT NULL,
        state             BLOB NOT NULL,
        PRIMARY KEY (layout, language)
    ) STRICT;
";

/// Version 4: which lesson of which course an attempt was for, made for which layout and language, and whether it passed the
/// course's own gate. Attempts before were for none.
const LESSONS: &str = "
    ALTER TABLE attempts ADD COLUMN course_id TEXT;
    ALTER TABLE attempts ADD COLUMN course_version INTEGER;
    ALTER TABLE attempts ADD COLUMN lesson_id TEXT;
    ALTER TABLE attempts ADD COLUMN lesson_layout TEXT;
    ALTER TABLE attempts ADD COLUMN lesson_language TEXT;
    ALTER TABLE attempts ADD COLUMN lesson_ground INTEGER;
    CREATE INDEX attempts_by_course ON attempts (course_id);
";

/// Version 5: what the typist of an attempt chose not to see; nothing where all was shown, as in attempts before.
const HIDDEN: &str = "ALTER TABLE attempts ADD COLUMN hidden TEXT;";

/// The version this program writes; a larger one was written by a newer program.
pub(super) const VERSION: u32 = STEPS.len() as u32;

/// Takes the missing steps, all or none of them, and marks the file as this program's.
pub(super) fn migrate(conn: &mut Connection) -> rusqlite::Result<()> {
    let steps = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let taken: u32 = steps.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for step in STEPS.iter().skip(taken as usize) {
        steps.execute_batch(step)?;
    }
    steps.pragma_update(None, "application_id", APPLICATION_ID)?;
    steps.pragma_update(None, "user_version", VERSION)?;
    steps.commit()
}
