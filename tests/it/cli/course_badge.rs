//! A course, from the history to a badge that others check with its record.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use typeproof::desk::{Desk, DeskError, Recipient};
use typeproof::store::history::StoreError;
use typeproof::store::paths::Paths;
use typeproof::typing::attempt::Attempt;
use typeproof::typing::exercise::LessonRef;

use crate::support::courses::{self, COMPLETED};
use crate::support::records::{at, save};
use crate::support::sentence::program;

/// What the program says with these arguments: its exit code, its output and its complaints.
fn said(home: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let output = program(home).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn files(home: &Path, end: &str) -> Vec<PathBuf> {
    let all = fs::read_dir(home).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.to_string_lossy().ends_with(end)).collect()
}

/// A desk of somebody on the US layout.
fn desk(home: &Path) -> Desk {
    let mut desk = Desk::at(Paths::below(home), None);
    desk.settings.holder_name = Some("Ada Lovelace".to_owned());
    desk.settings.layout = Some("us".to_owned());
    desk.save_settings().unwrap();
    desk
}

fn recipient() -> Recipient {
    Recipient { name: "Ada Lovelace".to_owned(), email: None }
}

/// The lesson of an attempt of the history, the newest first.
fn lesson(desk: &mut Desk, at: usize) -> (String, LessonRef) {
    let row = desk.history().unwrap().attempts(&Default::default()).unwrap()[at].clone();
    (row.id, row.lesson.unwrap().named)
}

#[test]
fn a_completed_course_becomes_a_badge_with_its_record() {
    let home = TempDir::new().unwrap();
    let home = home.path();
    let mut desk = desk(home);
    let issue = ["badge", "issue", "--course", "code-sql"];
    save(&mut desk, &COMPLETED[..2]);
    let (code, _, err) = said(home, &issue);
    assert_eq!(code, Some(1), "{err}");
    assert!(err.contains("needs 1 more lesson passed by the course's own gate, first Lesson 3"), "{err}");
    save(&mut desk, &COMPLETED[2..3]);
    let (_, _, err) = said(home, &issue);
    assert!(err.contains("needs its final test, which is not passed yet"), "{err}");
    assert!(desk.due_courses().unwrap().is_empty());

    // A lesson taken again afterwards changes nothing, and no lesson by itself has a badge.
    let again = Attempt { started_unix_ms: at("2026-11-20T09:00:00Z"), ..COMPLETED[0].clone() };
    save(&mut desk, &[COMPLETED[3].clone(), again]);
    assert_eq!(desk.due_courses().unwrap().len(), 1);
    let (first, _) = lesson(&mut desk, 0);
    let (code, _, err) = said(home, &["badge", "issue", &first]);
    assert!(code == Some(1) && err.contains("`typeproof badge issue --course code-sql` issues it"), "{err}");
    let (code, out, err) = said(home, &issue);
    assert_eq!(code, Some(0), "{err}");
    for part in ["Code: SQL (typing course)", "us, en", "hours of practice on 2 days", "Ada Lovelace", ".tpr"]
    {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(desk.due_courses().unwrap().is_empty());
    let (code, _, err) = said(home, &issue);
    assert!(code == Some(1) && err.contains("this course has its badge already"), "{err}");

    let folder = Paths::below(home).badges_dir();
    let [badge, record] = [".json", ".tpr"].map(|end| files(&folder, end).remove(0));
    let (badge, record) = (badge.display().to_string(), record.display().to_string());
    let (code, json, err) = said(home, &["verify", &badge, "--log", &record, "--json"]);
    assert_eq!(code, Some(3), "{err}");
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["verdict"]["evidence"]["answer"], "yes", "{json:#}");
    assert_eq!(json["verdict"]["evidence"]["code"], "record-followed");
    assert_eq!(json["facts"]["kind"], "course");
    assert_eq!(json["test"]["text"]["code"], "text-course");
    let (_, text, _) = said(home, &["verify", &badge]);
    assert!(text.contains("Course") && text.contains("the record of all its keystroke logs"), "{text}");

    // The record is put together again from the history, byte for byte.
    let again = home.join("again");
    let id = json["facts"]["id"].as_str().unwrap();
    let to = again.display().to_string();
    let (code, _, err) = said(home, &["badge", "export", id, "--to", &to, "--with-log", "--all-formats"]);
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(fs::read(&files(&again, ".tpr")[0]).unwrap(), fs::read(&record).unwrap());
    assert_eq!(files(&again, ".pdf").len(), 1);
    assert_eq!(files(&again, ".tpa"), Vec::<PathBuf>::new());
}

#[test]
fn one_completion_has_one_badge_whoever_asks() {
    let home = TempDir::new().unwrap();
    let (mut one, mut other) = (desk(home.path()), desk(home.path()));
    save(&mut one, &COMPLETED);
    let (last, _) = lesson(&mut one, 0);
    let (first, _) = lesson(&mut one, 3);
    let refused = one.award_course(&first, &recipient(), None).unwrap_err();
    assert!(matches!(refused, DeskError::CourseOpen(_)), "a lesson is no final test: {refused}");
    one.award_course(&last, &recipient(), None).unwrap();
    let second = other.award_course(&last, &recipient(), None).unwrap_err();
    assert!(matches!(second, DeskError::Store(StoreError::Claimed { .. })), "{second}");
    assert_eq!(one.history().unwrap().badges().unwrap().len(), 1);
}

#[test]
fn a_course_on_another_layout_is_another_completion() {
    let home = TempDir::new().unwrap();
    let mut desk = desk(home.path());
    let course = courses::course(courses::SQL);
    let mut mixed = COMPLETED.clone();
    mixed[1] = courses::on("dvorak", "en", |ground| {
        courses::lesson(&course.lessons(ground)[1], ground, courses::WELL, "2026-11-10T13:00:00Z")
    });
    save(&mut desk, &mixed);
    assert!(desk.due_courses().unwrap().is_empty(), "a lesson on Dvorak, the others on US");
    let on_dvorak = courses::on("dvorak", "en", |ground| {
        let mut all = courses::completed(&course, ground);
        all.iter_mut().for_each(|attempt| attempt.started_unix_ms += 3 * 86_400_000);
        all
    });
    save(&mut desk, &on_dvorak);
    let due = desk.due_courses().unwrap();
    assert_eq!(due.len(), 1);
    let (last, named) = lesson(&mut desk, 0);
    assert_eq!((due[0].last.as_str(), named.layout.as_str()), (last.as_str(), "dvorak"));
    let award = desk.award_course(&last, &recipient(), None).unwrap();
    let ground = award.credential.pointer("/credentialSubject/result/3/value").unwrap();
    assert_eq!(ground, "dvorak, en");
    let us = LessonRef { layout: "us".to_owned(), ..named.clone() };
    assert!(desk.badge_of_course(&us).unwrap().is_none() && desk.badge_of_course(&named).unwrap().is_some());
    let own = LessonRef { layout: "own-mine".to_owned(), ..named };
    let why = desk.completion(&own, None).unwrap_err().to_string();
    assert!(why.contains("the layout own-mine is your own, and no course has a badge on it"), "{why}");
}

#[test]
fn only_a_course_that_is_there_and_ends_with_a_test_has_a_badge() {
    let home = TempDir::new().unwrap();
    let _ = desk(home.path());
    let lessons = Paths::below(home.path()).lessons_dir().join("courses");
    fs::create_dir_all(&lessons).unwrap();
    let text = "title = \"Keys\"\nspeed = { from = 8, to = 10 }\n[[lesson]]\nid = \"keys\"\ntitle = \"Keys\"\n\
                goal = \"Type.\"\ndrill = \"letters\"\nstart = [\"home 4\"]\nexplanation = [\"Type.\"]\n";
    fs::write(lessons.join("mine.toml"), text).unwrap();
    for (id, code, why) in [
        ("dance", 2, "there is no course \"dance\""),
        ("mine", 1, "the course own-mine has no final test, and so no badge"),
        ("numbers", 1, "the badge of the course numbers needs 12 more lessons"),
    ] {
        let (found, _, err) = said(home.path(), &["badge", "issue", "--course", id]);
        assert_eq!(found, Some(code), "{err}");
        assert!(err.contains(why), "{id}: {err}");
    }
    for args in [
        &["badge", "issue", "01", "--course", "numbers"][..],
        &["badge", "issue", "--course", "numbers", "--practice", "10h"],
    ] {
        assert_eq!(said(home.path(), args).0, Some(2), "{args:?}");
    }
}
