//! Names that others chose, in titles and paths: what would reach into a terminal, or turn a text around, does not.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::sentence::program;

/// An escape, its one-byte form, a bell, marks that turn text around, and a line end.
const EVIL: &str = "\u{1b}[31m\u{9b}2J\u{7}\u{202e}\u{2066}\u{200f}\u{61c}\n";

fn harmless(text: &str) -> bool {
    !text.contains(['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}', '\u{2066}', '\u{200f}', '\u{61c}'])
}

/// What a program with these arguments says, on both ways.
fn said(home: &TempDir, args: &[&str]) -> (Option<i32>, String, String) {
    let output = program(home.path()).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn escaped(text: &str) -> String {
    text.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect()
}

#[test]
fn titles_of_pathways_and_levels_reach_no_terminal_with_marks() {
    let home = TempDir::new().unwrap();
    let lessons = home.path().join("mine");
    fs::create_dir_all(lessons.join("pathways")).unwrap();
    let pathway = format!(
        "title = \"Safe{0}Path\"\ndescription = \"Safe{0}words\"\n[[level]]\nid = \"mine\"\ntitle = \"Level\\u202e one\"\n\
         rules = {{ limit = {{ seconds = 60 }} }}\npass = {{ speed = 20 }}\ntext = \"some words\"\n",
        escaped(EVIL)
    );
    fs::write(lessons.join("pathways/mine.toml"), pathway).unwrap();
    let folder = lessons.display().to_string();
    let (_, text, err) = said(&home, &["--lessons", &folder, "levels"]);
    assert!(
        text.contains("Safe") && text.contains("Path") && harmless(&text) && harmless(&err),
        "{text:?} {err:?}"
    );
    let (_, json, err) = said(&home, &["--lessons", &folder, "levels", "--json"]);
    assert!(harmless(&json) && harmless(&err), "{json:?} {err:?}");
    let read: Value = serde_json::from_str(&json).unwrap();
    assert!(read.as_array().unwrap().iter().any(|pathway| pathway["id"] == "own-mine"), "{json}");
}

#[cfg(unix)]
#[test]
fn paths_reach_no_terminal_with_marks() {
    let home = TempDir::new().unwrap();
    let odd = home.path().join(format!("odd{EVIL}folder"));
    fs::create_dir(&odd).unwrap();
    fs::write(odd.join("text.json"), "x").unwrap();
    fs::write(odd.join("bad.toml"), "text = 3").unwrap();
    let at = |name: &str| odd.join(name).display().to_string();
    let folder = odd.display().to_string();
    let home_in_it = TempDir::new_in(&odd).unwrap();
    for (home, args) in [
        (&home, vec!["man", &at("man")]),
        (&home, vec!["verify", &at("text.json")]),
        (&home, vec!["verify", &at("nothing.json")]),
        (&home, vec!["verify", &folder]),
        (&home, vec!["trust", "add", &at("bad.toml")]),
        (&home, vec!["trust", "add", &at("nothing.toml")]),
        (&home, vec!["site", "build", &at("site")]),
        (&home, vec!["site", "serve", &at("nothing")]),
        (&home, vec!["--lessons", &folder, "levels"]),
        (&home, vec!["--lessons", &at("nothing"), "levels"]),
        (&home, vec!["replay", &at("text.json")]),
        (&home, vec!["backup", &at("nothing/copy")]),
        (&home, vec!["backup", &at("copy")]),
        (&home_in_it, vec!["history"]),
        (&home_in_it, vec!["backup", &at("copy2")]),
        (&home_in_it, vec!["issuer", "new"]),
        (&home_in_it, vec!["issuer", "show"]),
        (&home_in_it, vec!["badge", "list"]),
    ] {
        let (_, out, err) = said(home, &args);
        assert!(harmless(&out) && harmless(&err), "{args:?}: {out:?} {err:?}");
        assert!(!err.contains("panicked"), "{args:?}: {err}");
    }
}

/// In JSON a text is the same to whoever reads it, and as bytes it is harmless.
#[test]
fn json_holds_marks_as_escapes() {
    let home = TempDir::new().unwrap();
    let text = home.path().join("name");
    fs::write(&text, "x").unwrap();
    let mut desk = typeproof::desk::Desk::at(typeproof::store::paths::Paths::below(home.path()), None);
    let name = "a\u{202e}b\u{9b}c\u{1f468}\u{200d}\u{1f469}\u{e0041}";
    let task = typeproof::sitting::Task::Text {
        name: name.to_owned(),
        raw: "one two".to_owned(),
        lookalikes: Default::default(),
    };
    let mut session = desk.sit(task).unwrap().session().clone();
    let key = session.due().unwrap();
    session.press(typeproof::typing::key::Stroke { at: 0, key });
    session.give_up(900);
    let now = typeproof::system::now();
    desk.finish(session, None, now..now).unwrap();
    let (status, json, _) = said(&home, &["history", "--json"]);
    assert!(status == Some(0) && harmless(&json) && json.contains("\\u202e"), "{json:?}");
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap()[0]["source"], name);
    let (_, table, _) = said(&home, &["history"]);
    assert!(harmless(&table), "{table:?}");
    let (_, csv, _) = said(&home, &["history", "--csv"]);
    assert!(harmless(&csv), "{csv:?}");
}
