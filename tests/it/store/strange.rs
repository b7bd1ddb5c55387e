//! A history with rows in it that this program does not write: each is named, once, and hides none of the others.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempDir;
use typeproof::store::history::{Filter, Store, StoreError};
use typeproof::store::sqlite::Sqlite;

use crate::support::rows::{attempt, badge, foreign_badge, rows, save};

fn place() -> (TempDir, PathBuf) {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("history.sqlite3");
    let mut history = open(&path);
    save(&mut history, [1, 2, 3, 4, 5]);
    for badge in [badge(1, 1), foreign_badge(2), badge(3, 4)] {
        history.save_badge(&badge).unwrap();
    }
    (dir, path)
}

fn open(path: &Path) -> Sqlite {
    let (history, notice) = Sqlite::open(path, "2026-01-31T12:00:00Z".parse().unwrap()).unwrap();
    assert_eq!(notice, None, "a strange row is no damage");
    history
}

/// Changes one row behind the program's back.
fn change(path: &Path, table: &str, set: &str, id: &str) {
    let changed = Connection::open(path).unwrap();
    changed.pragma_update(None, "foreign_keys", false).unwrap();
    let sql = format!("UPDATE {table} SET {set} WHERE id = ?1");
    assert_eq!(changed.execute(&sql, [id]).unwrap(), 1, "{set}");
}

fn said(history: &dyn Store) -> Vec<String> {
    history.take_notices().iter().map(ToString::to_string).collect()
}

const NO_TEXT: &str = "CAST(x'ff' AS TEXT)";

#[test]
fn a_strange_attempt_is_named_and_hides_no_other() {
    let id = attempt(4).0.id;
    let changes = [
        ("ended", "'flown'"),
        ("passages", "'notice-1'"),
        ("passages", "'[1]'"),
        ("net_wpm_x100", "-1"),
        ("gross_wpm_x100", "5000000000"),
        ("duration_ms", "-9223372036854775808"),
        ("level_version", "-3"),
        ("source", NO_TEXT),
        ("score_json", NO_TEXT),
    ];
    for (column, value) in changes {
        let (_dir, path) = place();
        change(&path, "attempts", &format!("{column} = {value}"), &id);
        let history = open(&path);
        let expected: Vec<_> = [5, 3, 2, 1].map(|n| attempt(n).0).to_vec();
        for times in 0..2 {
            assert_eq!(rows(&history), expected, "{column} = {value}");
            let notices = said(&history);
            assert_eq!(notices.len(), usize::from(times == 0), "said once: {notices:?}");
            for notice in &notices {
                let named = format!("the attempt {id} in the history {} cannot be read", path.display());
                assert!(notice.contains(&named) && notice.contains(&format!("its {column}")), "{notice}");
            }
        }
        let why = history.attempt(&id).unwrap_err();
        assert!(matches!(&why, StoreError::Strange { what: "attempt", id: named } if *named == id), "{why}");
        assert!(history.attempt(&attempt(5).0.id).unwrap().is_some());
        assert_eq!(history.badges().unwrap().len(), 3);
        assert_eq!(history.counts().unwrap().attempts, 5, "it is there all the same");
        history.level_records().unwrap();
        history.unclaimed().unwrap();
    }
}

#[test]
fn a_strange_badge_is_named_and_hides_no_other() {
    let id = badge(1, 1).id;
    for (column, value) in [
        ("assurance", "'royal'"),
        ("token", NO_TEXT),
        ("credential", NO_TEXT),
        ("name", NO_TEXT),
        ("level_id", NO_TEXT),
    ] {
        let (_dir, path) = place();
        change(&path, "badges", &format!("{column} = {value}"), &id);
        let history = open(&path);
        assert_eq!(history.badges().unwrap(), [badge(3, 4), foreign_badge(2)], "{column}");
        let notices = said(&history);
        assert!(notices.len() == 1 && notices[0].contains(&format!("the badge {id}")), "{notices:?}");
        let why = history.badge(&id).unwrap_err();
        assert!(matches!(&why, StoreError::Strange { what: "badge", id: named } if *named == id), "{why}");
        assert_eq!(rows(&history).len(), 5);
    }
}

#[test]
fn an_identifier_that_is_no_text_is_named_as_it_is() {
    let (_dir, path) = place();
    change(&path, "attempts", &format!("id = {NO_TEXT}"), &attempt(5).0.id);
    change(&path, "badges", &format!("id = {NO_TEXT}"), &badge(3, 4).id);
    let mut history = open(&path);
    assert_eq!((rows(&history).len(), history.badges().unwrap().len()), (4, 2));
    assert!(said(&history).iter().all(|notice| notice.contains('\u{fffd}')));
    assert!(history.attempt("0000").is_err_and(|why| matches!(why, StoreError::Ambiguous { .. })));
    history.keystrokes(&Filter::default()).unwrap();
    save(&mut history, [6]);
}

#[test]
fn a_level_with_figures_beyond_all_measure_hides_no_other() {
    let (_dir, path) = place();
    change(&path, "attempts", "net_wpm_x100 = 9223372036854775807", &attempt(5).0.id);
    change(&path, "attempts", &format!("level_id = {NO_TEXT}"), &attempt(4).0.id);
    let history = open(&path);
    let levels: Vec<_> = history.level_records().unwrap().into_iter().map(|record| record.level_id).collect();
    assert_eq!(levels, ["speed-30"]);
    assert_eq!(history.passed_levels().unwrap().len(), 1);
    assert!(!said(&history).is_empty());
}

#[test]
fn of_very_many_strange_rows_the_first_are_named() {
    let (_dir, path) = place();
    save(&mut open(&path), 10..60);
    Connection::open(&path)
        .unwrap()
        .execute("UPDATE attempts SET ended = 'flown' WHERE id > '0000000000000000000000000a'", [])
        .unwrap();
    let history = open(&path);
    rows(&history);
    let notices = said(&history);
    assert_eq!(notices.len(), 9, "{notices:?}");
    assert!(notices[8].starts_with("more of the history"), "{notices:?}");
}

#[test]
fn a_backup_holds_strange_rows_too_and_counts_itself() {
    let (dir, path) = place();
    change(&path, "attempts", "ended = 'flown'", &attempt(4).0.id);
    let mut history = open(&path);
    let copy = dir.path().join("copy.sqlite3");
    let held = history.backup_to(&copy).unwrap();
    save(&mut history, [6, 7]);
    assert_eq!((held.attempts, held.badges), (5, 3));
    assert_eq!(open(&copy).counts().unwrap(), held);
}
