//! The floors hold: who may name whom, who may ask the time or draw randomness, where a signing key is named.

mod circles;
mod inner;

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms from the ground up: each may name the rooms before it, and itself.
const ROOMS: &[&str] = &[
    "typing", "lessons", "coach", "trust", "exam", "badge", "system", "store", "keyring", "sitting", "desk",
    "web", "tui", "room", "cli", "main",
];
/// These two stand side by side.
const APART: (&str, &str) = ("lessons", "trust");
/// The rooms without side effects.
const PURE: &[&str] = &["typing", "lessons", "coach", "trust", "exam", "badge"];
/// What no pure room names.
const SIDE_EFFECTS: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "std::io::stdin",
    "std::io::stdout",
    "File::",
    "println!",
    "eprintln!",
    "print!",
    "eprint!",
    "getrandom",
    "Utc::now",
    "Local::now",
    "rusqlite",
    "ratatui",
    "crossterm",
    "rustix",
];
/// Longest file, in lines: a longer one is about two things.
const MAX_LINES: usize = 450;

#[derive(Clone)]
struct Source {
    path: PathBuf,
    room: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let inside = path.strip_prefix(&root).unwrap();
                let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
                let room = first.trim_end_matches(".rs").to_owned();
                found.push(Source { text: fs::read_to_string(&path).unwrap(), path, room });
            }
        }
    }
    assert!(found.len() > 40, "the sources were found");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The code of a file without comments.
fn code(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Rooms named by paths that begin with `crate::` or `typeproof::`.
fn named(code: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for start in ["crate::", "typeproof::"] {
        for (at, _) in code.match_indices(start) {
            let rest = &code[at + start.len()..];
            let word =
                |s: &str| s.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            match rest.strip_prefix('{') {
                None => rooms.push(word(rest)),
                Some(list) => {
                    let mut depth = 0;
                    let mut begins = true;
                    for (i, c) in list.char_indices() {
                        match c {
                            '{' => depth += 1,
                            '}' if depth == 0 => break,
                            '}' => depth -= 1,
                            ',' if depth == 0 => begins = true,
                            c if begins && !c.is_whitespace() => {
                                rooms.push(word(&list[i..]));
                                begins = false;
                            }
                            _ => {}
                        }
                    }
                }
            }
        }
    }
    rooms
}

#[test]
fn imports_only_go_down() {
    let rank = |room: &str| ROOMS.iter().position(|r| *r == room);
    for source in sources().iter().filter(|s| s.room != "lib") {
        let own = rank(&source.room)
            .unwrap_or_else(|| panic!("{}: give the room its floor", source.path.display()));
        for room in named(&code(&source.text)) {
            let Some(other) = rank(&room) else { continue };
            let apart = (source.room.as_str(), room.as_str()) == (APART.1, APART.0);
            assert!(
                other <= own && !apart,
                "{} names {room}, which is no floor below",
                source.path.display()
            );
        }
    }
}

#[test]
fn pure_rooms_have_no_side_effects() {
    for source in sources().iter().filter(|s| PURE.contains(&s.room.as_str())) {
        let code = code(&source.text);
        for word in SIDE_EFFECTS {
            assert!(!code.contains(word), "{} names {word}", source.path.display());
        }
    }
}

#[test]
fn a_backend_is_named_in_its_own_room_only() {
    for source in sources() {
        let path = source.path.to_string_lossy().replace('\\', "/");
        let code = code(&source.text);
        let own = path.contains("/src/store/sqlite") || path.ends_with("/src/store/exam/sqlite.rs");
        assert!(own || !code.contains("rusqlite"), "{path} names rusqlite, which belongs to store::sqlite");
        let opens = own || path.ends_with("/src/desk.rs");
        assert!(opens || !code.contains("Sqlite"), "{path} names the backend: it is opened at the desk");
    }
}

#[test]
fn one_clock_and_one_die() {
    for source in sources().iter().filter(|s| s.room != "system") {
        let code = code(&source.text);
        for word in ["Instant::now", "SystemTime::now", "Utc::now", "Local::now", "getrandom::"] {
            assert!(!code.contains(word), "{} asks {word}, which belongs to system", source.path.display());
        }
    }
}

#[test]
fn a_signing_key_is_named_where_it_signs_or_is_stored() {
    for source in sources() {
        let path = source.path.to_string_lossy().replace('\\', "/");
        let may =
            ["/badge/vc/proof", "/badge/credential", "/keyring"].iter().any(|place| path.contains(place));
        assert!(may || !code(&source.text).contains("SigningKey"), "{path} names a signing key");
    }
}

#[test]
fn every_file_says_what_it_is_and_stays_short() {
    for source in sources() {
        let path = source.path.display();
        assert!(source.text.starts_with("//! "), "{path} opens with a //! sentence");
        let lines = source.text.lines().count();
        assert!(lines <= MAX_LINES, "{path} has {lines} lines: it is about two things");
        for word in ["todo!", "dbg!", "unimplemented!", concat!("FIX", "ME"), concat!("TO", "DO")] {
            assert!(!source.text.contains(word), "{path} has a leftover: {word}");
        }
    }
}

/// What opens, reads or writes files, which the files' own room does with care for what is no file.
const OPENS: &[&str] = &[
    "File::open",
    "File::create",
    "OpenOptions",
    "fs::read(",
    "fs::read_to_string",
    "fs::write(",
    "fs::copy(",
];

#[test]
fn files_are_opened_in_one_place() {
    for source in sources() {
        let path = source.path.to_string_lossy().replace('\\', "/");
        // A database opens its own files, and makes and sets them aside by itself.
        if path.contains("/store/files") || path.contains("/store/sqlite/") {
            continue;
        }
        for word in OPENS {
            assert!(!code(&source.text).contains(word), "{path} names {word}, which belongs to store::files");
        }
    }
}
