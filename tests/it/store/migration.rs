//! A history that an older version wrote: it opens, migrates, and keeps every attempt and badge.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;
use typeproof::desk::{Desk, Given, Request};
use typeproof::store::Notice;
use typeproof::store::history::{AttemptRow, Filter, LessonRow, Store, StoreError};
use typeproof::store::paths::Paths;
use typeproof::store::sqlite::Sqlite;
use typeproof::typing::exercise::LessonRef;
use typeproof::typing::keystrokes::Keystrokes;

use crate::support::rows::{attempt, rows};

/// The attempts of the history of 0.1.0, the first of them first, and which passed.
const ATTEMPTS: [(&str, bool); 6] = [
    ("99ebd935", true),
    ("1af2a718", true),
    ("e5fb21f3", false),
    ("fedc45b5", false),
    ("be2de1db", false),
    ("c2dc9788", false),
];

/// Its badges, the one saved last first, and their attempts.
const BADGES: [(&str, &str); 2] = [("75e6d526", "99ebd935"), ("86470478", "1af2a718")];

/// A home with a history of 0.1.0 in it.
fn home() -> (TempDir, PathBuf) {
    let dir = TempDir::new().unwrap();
    let path = Paths::below(dir.path()).history_file();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/history/0.1.0/history.sqlite3");
    fs::write(&path, fs::read(from).unwrap()).unwrap();
    (dir, path)
}

fn open(path: &Path) -> Sqlite {
    let (history, notice) = Sqlite::open(path, "2026-11-27T12:00:00Z".parse().unwrap()).unwrap();
    assert_eq!(notice, None);
    history
}

fn raw(path: &Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap()
}

/// What a query finds, value by value.
fn values(path: &Path, sql: &str) -> Vec<Vec<Value>> {
    let conn = raw(path);
    let mut query = conn.prepare(sql).unwrap();
    let columns = query.column_count();
    let row = |row: &rusqlite::Row<'_>| (0..columns).map(|i| row.get(i)).collect();
    query.query_map([], row).unwrap().collect::<Result<_, _>>().unwrap()
}

fn count(path: &Path, sql: &str) -> i64 {
    raw(path).query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Everything that 0.1.0 wrote, with the columns that it had.
fn of_0_1_0(path: &Path) -> [Vec<Vec<Value>>; 3] {
    [
        "SELECT rowid, id, started_unix_ms, level_id, level_version, source, passages, passed, ended, gross_wpm_x100,
                net_wpm_x100, raw_wpm_x100, accuracy_bp, consistency_bp, duration_ms, errors_x2, score_json, attempt, digest
         FROM attempts ORDER BY rowid",
        "SELECT rowid, id, attempt_id, level_id, issued_unix, valid_until_unix, assurance, credential, token, name
         FROM badges ORDER BY rowid",
        "SELECT passage_id, times, last_unix_ms FROM passages_seen ORDER BY passage_id",
    ]
    .map(|sql| values(path, sql))
}

const VERSION: &str = "SELECT user_version FROM pragma_user_version";
const KEPT: &str = "SELECT count(*) FROM keystrokes";

#[test]
fn a_history_of_0_1_0_keeps_every_attempt_and_badge() {
    let (_dir, path) = home();
    let before = of_0_1_0(&path);
    assert_eq!((before.each_ref().map(Vec::len), count(&path, VERSION)), ([6, 2, 1], 1));
    for _ in 0..2 {
        let history = open(&path);
        let found = rows(&history);
        let expected = ATTEMPTS.iter().rev();
        assert_eq!(found.len(), 6);
        for (row, (id, passed)) in found.iter().zip(expected) {
            assert!(row.id.starts_with(id) && row.passed == *passed, "{row:?}");
            let (_, bytes) = history.attempt(id).unwrap().unwrap();
            let saved = before[0].iter().find(|saved| saved[1] == Value::Text(row.id.clone())).unwrap();
            assert_eq!(saved[17], Value::Blob(bytes), "{id}: the attempt's bytes");
        }
        let badges = history.badges().unwrap();
        assert_eq!(badges.len(), 2);
        for (badge, (id, attempt)) in badges.iter().zip(BADGES) {
            assert!(badge.id.contains(id) && badge.attempt_id.as_ref().unwrap().starts_with(attempt));
            assert_eq!(history.badge_of(badge.attempt_id.as_ref().unwrap()).unwrap().as_ref(), Some(badge));
        }
        assert_eq!(history.unclaimed().unwrap(), []);
        assert_eq!(history.seen_passages().unwrap(), [("notice-06".to_owned(), 1)]);
        drop(history);
        assert_eq!((of_0_1_0(&path), count(&path, VERSION)), (before.clone(), 5));
    }
}

#[test]
fn attempts_and_badges_of_0_1_0_are_judged_and_verified_as_ever() {
    let (dir, _) = home();
    let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/program/lessons");
    let mut desk = Desk::at(Paths::below(dir.path()), Some(lessons));
    for (id, passed) in ATTEMPTS {
        let finished = desk.reopen(id).unwrap();
        assert_eq!(matches!(finished.verdict, Some(Ok(_))), passed, "{id}");
    }
    for badge in desk.history().unwrap().badges().unwrap() {
        let (_, attempt) =
            desk.history().unwrap().attempt(badge.attempt_id.as_ref().unwrap()).unwrap().unwrap();
        let request = Request { attempt: Some(&attempt), ..Request::default() };
        let verdict = desk.verify(&Given::Document(badge.credential.into_bytes()), &request).verdict;
        assert!(verdict.integrity.is_yes() && verdict.evidence.is_yes(), "{}", verdict.sentence());
    }
}

#[test]
fn several_programs_migrate_one_history_once() {
    let (_dir, path) = home();
    let before = of_0_1_0(&path);
    thread::scope(|scope| {
        let programs: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| open(&path).keystrokes(&Filter::default()).unwrap().keys.len()))
            .collect();
        let found: Vec<_> = programs.into_iter().map(|program| program.join().unwrap()).collect();
        assert!(found[0] > 10 && found.iter().all(|keys| *keys == found[0]), "{found:?}");
    });
    assert_eq!((of_0_1_0(&path), count(&path, VERSION), count(&path, KEPT)), (before, 5, 6));
}

#[test]
fn a_migration_that_fails_leaves_the_old_history() {
    let in_the_way = [
        "CREATE TABLE keystrokes (mine TEXT)",
        "CREATE TABLE profiles (mine TEXT)",
        "CREATE TABLE badges_2 (mine TEXT)",
        "CREATE TABLE coach (mine TEXT)",
        "ALTER TABLE attempts ADD COLUMN layout TEXT",
        // The last statement of the step is the last to fail.
        "CREATE INDEX badges_by_level ON attempts (source)",
    ];
    for statement in in_the_way {
        let (_dir, path) = home();
        raw(&path).execute_batch(statement).unwrap();
        let before = of_0_1_0(&path);
        let error = Sqlite::open(&path, "2026-11-27T12:00:00Z".parse().unwrap()).unwrap_err();
        assert!(matches!(error, StoreError::Backend { doing: "set up", .. }), "{statement}: {error}");
        assert_eq!((of_0_1_0(&path), count(&path, VERSION)), (before, 1), "{statement}");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().filter(is_damaged).count(), 0);
    }
}

fn is_damaged(entry: &std::io::Result<fs::DirEntry>) -> bool {
    entry.as_ref().unwrap().file_name().to_string_lossy().contains("damaged")
}

/// Takes back what versions 4 and 5 added.
fn without_lessons(path: &Path, version: u32) {
    let columns =
        ["course_id", "course_version", "lesson_id", "lesson_layout", "lesson_language", "lesson_ground"];
    let dropped: String =
        columns.map(|column| format!("ALTER TABLE attempts DROP COLUMN {column};")).concat();
    let back = format!(
        "DROP INDEX attempts_by_course; {dropped} ALTER TABLE attempts DROP COLUMN hidden; PRAGMA user_version = {version}"
    );
    raw(path).execute_batch(&back).unwrap();
}

/// A history of version 3 knows of no lessons, and keeps all that it has.
#[test]
fn a_history_of_version_3_keeps_everything_and_takes_lessons() {
    let (_dir, path) = home();
    drop(open(&path));
    without_lessons(&path, 3);
    let before = of_0_1_0(&path);
    let mut history = open(&path);
    assert_eq!((of_0_1_0(&path), count(&path, VERSION)), (before, 5));
    assert!(history.attempts(&Filter::default()).unwrap().iter().all(|row| row.lesson.is_none()));
    assert_eq!((history.last_course().unwrap(), history.tried("foundations").unwrap()), (None, Vec::new()));
    let (row, bytes) = attempt(1);
    let named = LessonRef {
        course: "foundations".to_owned(),
        version: 1,
        lesson: "keys-1".to_owned(),
        layout: "us".to_owned(),
        language: "en".to_owned(),
    };
    let lesson = Some(LessonRow { named: named.clone(), ground: true });
    history.save_attempt(&AttemptRow { lesson: lesson.clone(), ..row }, &bytes).unwrap();
    assert_eq!(history.attempts(&Filter::default()).unwrap()[0].lesson, lesson);
    assert_eq!(history.last_course().unwrap().as_deref(), Some("foundations"));
    let tried = history.tried("foundations").unwrap();
    assert_eq!((tried.len(), &tried[0].lesson, tried[0].ground, tried[0].passed), (1, &named, true, true));
    assert_eq!(history.tried("numbers").unwrap(), Vec::new());
}

/// A history of version 2: with keystrokes, and without what version 3 added.
#[test]
fn a_history_of_version_2_keeps_everything_and_learns_how_long_was_practised() {
    let (_dir, path) = home();
    let mut history = open(&path);
    let sum = history.keystrokes(&Filter::default()).unwrap();
    drop(history);
    without_lessons(&path, 3);
    raw(&path)
        .execute_batch(
            "DROP TABLE coach; ALTER TABLE keystrokes DROP COLUMN practised_ms; PRAGMA user_version = 2",
        )
        .unwrap();
    let before = of_0_1_0(&path);
    let mut history = open(&path);
    assert_eq!((of_0_1_0(&path), count(&path, VERSION), count(&path, KEPT)), (before, 5, 0));
    let practised = history.practised().unwrap();
    assert_eq!((practised.len(), count(&path, KEPT)), (6, 6));
    assert!(practised.iter().all(|one| one.practised_ms > 0), "{practised:?}");
    assert_eq!(history.keystrokes(&Filter::default()).unwrap(), sum);
    assert_eq!(history.coach("us", "en").unwrap(), None);
}

// -- keystrokes

/// The keystrokes of these attempts, counted from their logs.
fn counted(history: &Sqlite, filter: &Filter) -> Keystrokes {
    let mut sum = Keystrokes::default();
    for row in history.attempts(filter).unwrap() {
        let (_, bytes) = history.attempt(&row.id).unwrap().unwrap();
        sum.add_bytes(&Keystrokes::of_attempt(&bytes).unwrap().to_bytes()).unwrap();
    }
    sum
}

#[test]
fn keystrokes_of_old_attempts_are_filled_in_once() {
    let (_dir, path) = home();
    let mut history = open(&path);
    assert_eq!(count(&path, KEPT), 0, "opening does not wait for it");
    let line = Filter { level_id: Some("trial-line".to_owned()), ..Filter::default() };
    let passed = Filter { passed_only: true, ..Filter::default() };
    let one = Filter { limit: Some(1), ..Filter::default() };
    for filter in [Filter::default(), line, passed, one] {
        assert_eq!(history.keystrokes(&filter).unwrap(), counted(&history, &filter), "{filter:?}");
        assert_eq!(count(&path, KEPT), 6);
    }
    // What is kept is what counts: it is not derived again.
    let none = Keystrokes::default().to_bytes();
    raw(&path).execute("UPDATE keystrokes SET figures = ?1", [none]).unwrap();
    assert_eq!(history.keystrokes(&Filter::default()).unwrap(), Keystrokes::default());
    drop(history);
    assert_eq!(open(&path).keystrokes(&Filter::default()).unwrap(), Keystrokes::default());
}

#[test]
fn filling_in_goes_on_where_it_was_ended_and_passes_over_what_cannot_be_read() {
    let (_dir, path) = home();
    let more = "INSERT INTO attempts
        WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 249)
        SELECT printf('%08d', n), started_unix_ms, level_id, level_version, source, passages, passed, ended, gross_wpm_x100,
               net_wpm_x100, raw_wpm_x100, accuracy_bp, consistency_bp, duration_ms, errors_x2, score_json,
               CASE WHEN n % 50 = 20 THEN zeroblob(99) ELSE attempt END, digest
        FROM attempts, n WHERE id LIKE 'fedc45b5%'";
    assert_eq!(raw(&path).execute(more, []).unwrap(), 250);
    let mut history = open(&path);
    let stop = "CREATE TRIGGER stop BEFORE INSERT ON keystrokes WHEN (SELECT count(*) FROM keystrokes) >= 150
                BEGIN SELECT RAISE(ABORT, 'stopped'); END";
    raw(&path).execute_batch(stop).unwrap();
    let stopped = history.keystrokes(&Filter::default()).unwrap_err();
    assert!(matches!(stopped, StoreError::Backend { doing: "written", .. }), "{stopped}");
    let kept = count(&path, KEPT);
    assert!(kept > 0 && kept <= 150, "{kept} were filled in, and stay");
    raw(&path).execute_batch("DROP TRIGGER stop").unwrap();
    let sum = history.keystrokes(&Filter::default()).unwrap();
    assert_eq!(count(&path, KEPT), 256);
    assert_eq!(count(&path, "SELECT count(*) FROM keystrokes WHERE figures IS NULL"), 5);
    let (_, bytes) = history.attempt("fedc45b5").unwrap().unwrap();
    let one = Keystrokes::of_attempt(&bytes).unwrap();
    let mut expected = Keystrokes::default();
    for (id, _) in ATTEMPTS {
        let (_, bytes) = history.attempt(id).unwrap().unwrap();
        expected.add_bytes(&Keystrokes::of_attempt(&bytes).unwrap().to_bytes()).unwrap();
    }
    (0..245).for_each(|_| expected.add_bytes(&one.to_bytes()).unwrap());
    assert_eq!(sum, expected);
}

#[test]
fn keystrokes_that_are_none_are_named_and_hide_no_others() {
    let (_dir, path) = home();
    let mut history = open(&path);
    history.keystrokes(&Filter::default()).unwrap();
    let whole = history.keystrokes(&Filter::default()).unwrap();
    raw(&path)
        .execute("UPDATE keystrokes SET figures = x'ff' WHERE attempt_id LIKE 'fedc45b5%'", [])
        .unwrap();
    let rest = history.keystrokes(&Filter::default()).unwrap();
    assert!(rest != whole && rest != Keystrokes::default());
    for expected in [1, 0] {
        let notices = history.take_notices();
        assert_eq!(notices.len(), expected, "it is said once: {notices:?}");
        let named = |notice: &Notice| notice.to_string().contains("attempt fedc45b5");
        assert!(notices.iter().all(named), "{notices:?}");
        history.keystrokes(&Filter::default()).unwrap();
    }
}
