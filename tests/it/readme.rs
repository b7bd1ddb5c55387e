//! What the README files promise: the picture is what the program draws, every command in them can be typed, every
//! link leads to a file, and the first one stays short.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Parser;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tempfile::TempDir;
use typeproof::cli::Args;
use typeproof::desk::Desk;
use typeproof::sitting::Task;
use typeproof::store::paths::Paths;
use typeproof::tui::input::{Input, KeyPress};
use typeproof::tui::seat::Seat;
use typeproof::typing::exercise::{Exercise, Source};
use typeproof::typing::text::Lookalikes;

use crate::support::drawn;
use crate::support::sentence::calls;

/// Most lines of the first one: it is read before the program is known.
const MAX_LINES: usize = 220;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All README files of the project, each beside what it is about.
fn readmes() -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
            if path.is_dir() && !name.starts_with('.') && name != "target" && name != "node_modules" {
                folders.push(path);
            } else if name == "README.md" {
                found.push(path.strip_prefix(root()).unwrap().display().to_string().replace('\\', "/"));
            }
        }
    }
    found
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|why| panic!("{file}: {why}"))
}

/// A test of a level some seconds after its start, with a letter wrong.
fn seat() -> Seat {
    let home = TempDir::new().unwrap();
    let level = Desk::at(Paths::below(home.path()), None).level("speed-60").unwrap();
    let passage: toml::Table = read("lessons/passages/technical-06.toml").parse().unwrap();
    let source = Source::Own("technical-06".to_owned());
    let raw = passage["text"].as_str().unwrap();
    let exercise = Exercise::new(source, 0, raw, Lookalikes::Typographic, level.rules).unwrap();
    let sitting =
        typeproof::sitting::Sitting::new(Task::Level(level.id.clone()), Some(level), exercise.into());
    let mut seat = Seat::new(sitting, true, Rect::new(0, 0, 80, 16));
    let mut at = Instant::now();
    for c in "Examine a zip closely, and you wull see two rows of tiny hooks, fast".chars() {
        seat.take(at, &Input::Key(KeyPress::Char(c)));
        at += Duration::from_millis(160);
    }
    seat.tick(at);
    seat
}

#[test]
fn the_picture_is_what_the_program_draws() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 16));
    let cursor = seat().view(&mut buffer);
    let drawn = drawn::svg("A test of typeproof, some seconds after its start", &buffer, cursor);
    roxmltree::Document::parse(&drawn).unwrap();
    let path = root().join("tests/data/screens/readme.svg");
    if std::env::var_os("UPDATE_SCREENS").is_some() {
        fs::write(&path, &drawn).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == drawn, "the README's picture is out of date: UPDATE_SCREENS=1 draws it anew; look at it");
    assert!(read("README.md").contains("](tests/data/screens/readme.svg)"), "the README shows it");
}

#[test]
fn the_first_readme_is_short_and_none_is_missing() {
    let lines = read("README.md").lines().count();
    assert!(lines <= MAX_LINES, "README.md has {lines} lines; move what is reference");
    for folder in ["keys", "lessons", "src/badge", "src/coach", "src/store", "src/typing", "src/web", "tests"]
    {
        let first = read(&format!("{folder}/README.md"));
        assert!(first.starts_with("# "), "{folder}/README.md opens with its title");
        let link = format!("({folder}/README.md");
        assert!(read("README.md").contains(&link), "README.md leads to {folder}/README.md");
    }
}

/// The targets of the links in a text.
fn links(text: &str) -> Vec<&str> {
    text.match_indices("](").filter_map(|(at, _)| text[at + 2..].split(')').next()).collect()
}

/// The anchor of a heading.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || *c == ' ' || *c == '-';
    heading.trim_matches(['#', ' ']).to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
}

#[test]
fn every_link_leads_somewhere() {
    for file in &readmes() {
        let text = read(file);
        for link in links(&text).into_iter().filter(|link| !link.starts_with("https://")) {
            let (path, part) = link.split_once('#').unwrap_or((link, ""));
            let target = match path {
                "" => root().join(file),
                path => root().join(file).parent().unwrap().join(path),
            };
            assert!(target.exists(), "{file}: {link} leads nowhere");
            if !part.is_empty() {
                let there = fs::read_to_string(&target).unwrap();
                let found = there.lines().any(|line| line.starts_with('#') && anchor(line) == part);
                assert!(found, "{file}: {link} names no heading");
            }
        }
    }
}

/// The commands of the program in the shell examples of a text, each as its words.
fn commands(text: &str) -> Vec<Vec<String>> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some(language) = line.trim().strip_prefix("```") {
            inside = language == "sh";
        } else if inside {
            found.extend(calls(line));
        }
    }
    found
}

#[test]
fn every_command_can_be_typed() {
    let mut tried = 0;
    for file in &readmes() {
        for command in commands(&read(file)) {
            let parsed = Args::try_parse_from(&command);
            assert!(parsed.is_ok(), "{file}: {command:?}\n{}", parsed.unwrap_err());
            tried += 1;
        }
    }
    assert!(tried >= 20, "the examples were found: {tried}");
}
