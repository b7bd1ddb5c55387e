//! Hours of practice, from the history to a badge that others check with its record.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use typeproof::desk::Desk;
use typeproof::store::paths::Paths;

use crate::support::records::{self, TEN_HOURS, save};
use crate::support::sentence::program;

/// What the program says with these arguments: its exit code, its output and its complaints.
fn said(home: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let output = program(home).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// The files of the badges in a home that end so.
fn files(home: &Path, end: &str) -> Vec<PathBuf> {
    let all = fs::read_dir(Paths::below(home).badges_dir()).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.to_string_lossy().ends_with(end)).collect()
}

#[test]
fn ten_hours_of_practice_become_a_badge_with_its_record() {
    let home = TempDir::new().unwrap();
    let home = home.path();
    let mut desk = Desk::at(Paths::below(home), None);
    desk.settings.holder_name = Some("Ada Lovelace".to_owned());
    desk.save_settings().unwrap();
    save(&mut desk, &TEN_HOURS[..4]);
    let issue = ["badge", "issue", "--practice", "10h"];
    let (code, _, err) = said(home, &issue);
    assert_eq!(code, Some(1), "{err}");
    assert!(err.contains("10 hours of practice are asked, and 8 h 3 min count so far"), "{err}");
    assert!(desk.due_practice().unwrap().is_empty());

    // What does not count is in the history too: one that overlaps, and one without any practice.
    let idle = records::with_pauses("2026-11-23T06:00:00Z", [90_000]);
    save(&mut desk, &[records::slowly("2026-11-20T10:30:00Z", 50), idle, TEN_HOURS[4].clone()]);
    assert_eq!(desk.due_practice().unwrap(), [records::ten()]);
    assert_eq!(desk.reached_just_now().unwrap(), Some(records::ten()));
    let (code, out, err) = said(home, &issue);
    assert_eq!(code, Some(0), "{err}");
    for part in ["10 hours of typing practice", "10.06 hours of practice on 4 days", "Ada Lovelace", ".tpr"] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(desk.due_practice().unwrap().is_empty());
    let (code, _, err) = said(home, &issue);
    assert!(code == Some(1) && err.contains("this practice has its badge already"), "{err}");

    let [badge, record] = [".json", ".tpr"].map(|end| files(home, end).remove(0));
    let (badge, record) = (badge.display().to_string(), record.display().to_string());
    let (code, json, err) = said(home, &["verify", &badge, "--log", &record, "--json"]);
    assert_eq!(code, Some(3), "{err}");
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["verdict"]["evidence"]["answer"], "yes", "{json:#}");
    assert_eq!(json["verdict"]["evidence"]["code"], "record-followed");
    assert_eq!(json["facts"]["kind"], "practice");
    assert_eq!(json["test"]["took"]["text"], "10.06 hours of practice on 4 days");
    let (_, text, _) = said(home, &["verify", &badge]);
    assert!(text.contains("Practised") && text.contains("the record of all its keystroke logs"), "{text}");

    // The record is put together again from the history, byte for byte.
    let again = home.join("again").display().to_string();
    let id = json["facts"]["id"].as_str().unwrap();
    let (code, _, err) = said(home, &["badge", "export", id, "--to", &again, "--with-log", "--all-formats"]);
    assert_eq!(code, Some(0), "{err}");
    let exported = fs::read_dir(&again).unwrap().map(|entry| entry.unwrap().path());
    let exported = exported.into_iter().find(|path| path.extension().is_some_and(|end| end == "tpr"));
    assert_eq!(fs::read(exported.unwrap()).unwrap(), fs::read(&record).unwrap());
}

#[test]
fn there_are_badges_for_some_hours_only() {
    let home = TempDir::new().unwrap();
    for hours in ["11h", "0h", "10 h", "-10h", "10.5h", "ten"] {
        let (code, _, err) = said(home.path(), &["badge", "issue", &format!("--practice={hours}")]);
        assert_eq!(code, Some(2), "{hours}: {err}");
        assert!(err.contains("there are badges for 10h, 50h, 100h of practice"), "{hours}: {err}");
    }
    for args in [&["badge", "issue"][..], &["badge", "issue", "01", "--practice", "10h"]] {
        assert_eq!(said(home.path(), args).0, Some(2), "{args:?}");
    }
}
