//! The history in SQLite: what is saved is whole and stays, what is damaged is set aside, two programs are safe.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use tempfile::TempDir;
use typeproof::store::Notice;
use typeproof::store::history::Store;
use typeproof::store::sqlite::Sqlite;
use typeproof::typing::keystrokes::Keystrokes;

use crate::support::rows::{attempt, attempt_of, rows, save};
use crate::support::typing::{attempt_file, typed};

fn now() -> DateTime<Utc> {
    "2026-01-31T12:00:00Z".parse().unwrap()
}

fn open(path: &Path) -> (Sqlite, Option<Notice>) {
    Sqlite::open(path, now()).unwrap()
}

fn place() -> (TempDir, PathBuf) {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("data/history.sqlite3");
    (dir, path)
}

/// Every file of a directory with its bytes.
fn contents(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect()
}

#[test]
fn an_altered_log_is_told_from_the_saved_one() {
    let (_dir, path) = place();
    let (mut history, _) = open(&path);
    save(&mut history, [1]);
    Connection::open(&path).unwrap().execute("UPDATE attempts SET attempt = zeroblob(3000)", []).unwrap();
    let error = history.attempt("0").unwrap_err().to_string();
    assert!(error.contains("does not fit its keystroke log"), "{error}");
}

#[test]
fn a_write_that_was_not_committed_is_gone() {
    let (_dir, path) = place();
    let (mut history, _) = open(&path);
    save(&mut history, [1]);
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch("BEGIN IMMEDIATE; DELETE FROM keystrokes; DELETE FROM attempts; INSERT INTO passages_seen VALUES ('x', 1, 1)")
        .unwrap();
    assert_eq!(rows(&history).len(), 1, "a reader is not disturbed by a writer");
    drop(other);
    drop(history);
    let (history, notice) = open(&path);
    assert_eq!((rows(&history), notice), (vec![attempt(1).0], None));
    assert_eq!(history.seen_passages().unwrap().len(), 2);
}

/// A killed program leaves the database and its write-ahead log as they were at that moment; a lost power line may
/// leave any beginning of what was last appended to the log. Every such state opens, without a notice, to the attempts
/// that were reported saved by then, each of them whole.
#[test]
fn any_beginning_of_the_log_opens_to_whole_attempts() {
    let (dir, path) = place();
    let (mut history, _) = open(&path);
    let wal = path.with_file_name("history.sqlite3-wal");
    let mut saved_at = vec![fs::metadata(&wal).unwrap().len()];
    for n in 1..=4 {
        save(&mut history, [n]);
        saved_at.push(fs::metadata(&wal).unwrap().len());
    }
    let (main, log) = (fs::read(&path).unwrap(), fs::read(&wal).unwrap());
    let copy = dir.path().join("copy/history.sqlite3");
    for cut in (0..=log.len()).step_by(1499).chain(saved_at.iter().map(|at| *at as usize)) {
        if cut < saved_at[0] as usize {
            continue;
        }
        let _ = fs::remove_dir_all(copy.parent().unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::write(&copy, &main).unwrap();
        fs::write(copy.with_file_name("history.sqlite3-wal"), &log[..cut]).unwrap();
        let (reopened, notice) = open(&copy);
        assert_eq!(notice, None, "cut at {cut}");
        let whole = saved_at.iter().filter(|at| **at as usize <= cut).count() - 1;
        let expected: Vec<_> = (1..=whole as u32).rev().map(|n| attempt(n).0).collect();
        assert_eq!(rows(&reopened), expected, "cut at {cut} of {saved_at:?}");
        for row in expected {
            assert!(reopened.attempt(&row.id).unwrap().is_some());
        }
        let seen: u32 = reopened.seen_passages().unwrap().iter().map(|(_, times)| times).sum();
        assert_eq!(seen as usize, 2 * whole);
    }
}

/// Damages a closed history in one way.
type Damage = fn(&Path);

const DAMAGES: [(&str, Damage); 7] = [
    ("not a database", |path| {
        fs::write(path, "this is no database, but it is long enough to be looked at".repeat(99)).unwrap()
    }),
    ("garbage of a few bytes", |path| fs::write(path, [0xff; 11]).unwrap()),
    ("cut in the middle", |path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    }),
    ("cut within the header", |path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..60]).unwrap();
    }),
    ("a page overwritten", |path| {
        let mut bytes = fs::read(path).unwrap();
        bytes[4096..8192].fill(0xa5);
        fs::write(path, bytes).unwrap();
    }),
    ("emptied, with its log", |path| {
        fs::write(path, "").unwrap();
        fs::write(path.with_file_name("history.sqlite3-wal"), "the last copy").unwrap();
    }),
    ("gone, with its log", |path| {
        fs::remove_file(path).unwrap();
        fs::write(path.with_file_name("history.sqlite3-wal"), "the last copy").unwrap();
    }),
];

#[test]
fn a_damaged_database_is_set_aside_byte_for_byte() {
    for (name, damage) in DAMAGES {
        let (_dir, path) = place();
        let folder = path.parent().unwrap();
        let (mut history, _) = open(&path);
        save(&mut history, 0..20);
        drop(history);
        damage(&path);
        fs::remove_file(path.with_extension("lock")).unwrap();
        let before = contents(folder);
        let (mut history, notice) = open(&path);
        let notice = notice.unwrap_or_else(|| panic!("{name}: no notice")).to_string();
        assert!(notice.contains("history.damaged-20260131T120000Z.sqlite3"), "{name}: {notice}");
        assert!(notice.contains("a new history was started"), "{name}: {notice}");
        assert_eq!(rows(&history), [], "{name}");
        let after = contents(folder);
        for (file, bytes) in before {
            // The index of the log is rebuilt at each opening and holds nothing of its own.
            if file.ends_with("-shm") {
                continue;
            }
            let aside = file.replace("history.", "history.damaged-20260131T120000Z.");
            assert!(after.get(&aside) == Some(&bytes), "{name}: {aside} differs from {file}");
        }
        save(&mut history, [1]);
        drop(history);
        let (history, notice) = open(&path);
        assert_eq!((rows(&history).len(), notice), (1, None), "{name}");
    }
}

#[test]
fn a_second_damaged_database_does_not_replace_the_first() {
    let (_dir, path) = place();
    let folder = path.parent().unwrap();
    for text in ["first, which is kept", "second, which is kept"] {
        fs::create_dir_all(folder).unwrap();
        fs::write(&path, text).unwrap();
        assert!(open(&path).1.is_some());
    }
    let files = contents(folder);
    assert_eq!(files["history.damaged-20260131T120000Z.sqlite3"], b"first, which is kept");
    assert_eq!(files["history.damaged-20260131T120000Z-2.sqlite3"], b"second, which is kept");
}

#[test]
fn a_sound_database_that_is_not_ours_to_touch_is_refused_unchanged() {
    let cases: [(&str, &str, &str); 4] = [
        (
            "newer",
            "PRAGMA user_version = 99",
            "written by a newer typeproof (version 99, this one knows 5); update",
        ),
        ("negative version", "PRAGMA user_version = -1", "written by a newer typeproof"),
        ("foreign", "PRAGMA application_id = 7", "database of another program"),
        ("unmarked", "PRAGMA application_id = 0", "database of another program"),
    ];
    for (name, change, expected) in cases {
        let (_dir, path) = place();
        drop(open(&path));
        Connection::open(&path).unwrap().execute_batch(change).unwrap();
        let before = contents(path.parent().unwrap());
        let error = Sqlite::open(&path, now()).unwrap_err().to_string();
        assert!(error.contains(expected), "{name}: {error}");
        assert_eq!(before["history.sqlite3"], fs::read(&path).unwrap(), "{name}");
    }
}

#[test]
fn many_programs_at_once_lose_nothing() {
    let (_dir, path) = place();
    let work = |worker: u32| {
        let path = path.clone();
        move || {
            let (mut history, notice) = open(&path);
            assert_eq!(notice, None);
            save(&mut history, (0..10).map(|n| worker * 100 + n));
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (1..=6).map(|worker| scope.spawn(work(worker))).collect();
        workers.into_iter().for_each(|worker| worker.join().unwrap());
    });
    let (history, _) = open(&path);
    assert_eq!(rows(&history).len(), 60);
    assert_eq!(history.seen_passages().unwrap().iter().find(|(id, _)| id == "notice-1").unwrap().1, 60);
}

#[test]
fn of_many_programs_that_find_damage_one_sets_it_aside() {
    let (_dir, path) = place();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "no database at all").unwrap();
    let notices = thread::scope(|scope| {
        let workers: Vec<_> = (0..6).map(|_| scope.spawn(|| open(&path).1)).collect();
        workers.into_iter().filter_map(|worker| worker.join().unwrap()).count()
    });
    assert_eq!(notices, 1);
    let aside = contents(path.parent().unwrap()).into_keys().filter(|name| name.contains("damaged")).count();
    assert_eq!(aside, 1);
}

#[test]
fn a_backup_is_one_new_whole_file() {
    let (dir, path) = place();
    let (mut history, _) = open(&path);
    save(&mut history, 0..5);
    let target = dir.path().join("backups/history.sqlite3");
    history.backup_to(&target).unwrap();
    assert_eq!(contents(target.parent().unwrap()).len(), 1, "no companions, no leftovers");
    let error = history.backup_to(&target).unwrap_err().to_string();
    assert!(error.contains("already there and is not overwritten"), "{error}");
    save(&mut history, [5]);
    let (copy, notice) = open(&target);
    assert_eq!((rows(&copy).len(), notice), (5, None));
    assert_eq!(copy.attempt("0000000000000000000000000").unwrap_err().to_string().matches(',').count(), 4);
}

#[cfg(unix)]
#[test]
fn keystrokes_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (dir, path) = place();
    let (mut history, _) = open(&path);
    save(&mut history, [1]);
    history.backup_to(&dir.path().join("data/backup")).unwrap();
    for entry in fs::read_dir(path.parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.path());
    }
    assert_eq!(fs::metadata(path.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_history_that_cannot_be_there_is_an_error_and_no_damage() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "x").unwrap();
    let error = Sqlite::open(&file.join("history.sqlite3"), now()).unwrap_err().to_string();
    assert!(error.contains("could not be"), "{error}");
    let error = Sqlite::open(dir.path(), now()).unwrap_err().to_string();
    assert!(error.contains("could not be opened"), "{error}");
    assert_eq!(fs::read(&file).unwrap(), b"x");
}

#[test]
fn an_attempt_is_saved_with_its_keystrokes() {
    let (_dir, path) = place();
    let (mut history, _) = open(&path);
    let bytes = attempt_file(&typed("abba", "abba", 100));
    history.save_attempt(&attempt_of(1, &bytes), &bytes).unwrap();
    save(&mut history, [2]);
    let other = Connection::open(&path).unwrap();
    let kept = |id: u32| -> Option<Vec<u8>> {
        let sql = "SELECT figures FROM keystrokes WHERE attempt_id = ?1";
        other.query_row(sql, [format!("{id:026x}")], |row| row.get(0)).unwrap()
    };
    assert_eq!(kept(1), Some(Keystrokes::of_attempt(&bytes).unwrap().to_bytes()));
    assert_eq!(kept(2), None, "it cannot be replayed, and is saved all the same");
}
