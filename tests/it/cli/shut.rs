//! Histories that are not one's own to write: what can be read is read, and what cannot is said, by every command.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rusqlite::Connection;
use tempfile::TempDir;
use typeproof::desk::Desk;
use typeproof::store::paths::Paths;

use crate::support::sentence::program;
use crate::support::stage::taken;

/// Somebody who is neither root nor the owner of anything.
const NOBODY: &str = "65534";

/// Words that start a program as somebody whom modes keep out: nothing for an ordinary user, who is; for root another
/// user. `None` where that cannot be.
pub fn as_other() -> Option<Vec<&'static str>> {
    if !rustix::process::geteuid().is_root() {
        return Some(Vec::new());
    }
    let words = vec!["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"];
    let tried = Command::new(words[0])
        .args(&words[1..])
        .arg(env!("CARGO_BIN_EXE_typeproof"))
        .arg("--version")
        .output();
    match tried {
        Ok(output) if output.status.success() => Some(words),
        _ => {
            println!("skipped: as root this needs setpriv, and the program where others can start it");
            None
        }
    }
}

fn set(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// A home whose folders and files have these modes, for everyone alike.
pub struct Shut {
    dir: TempDir,
    home: PathBuf,
}

impl Shut {
    /// A home with two attempts and a badge.
    pub fn new(name: &str) -> Self {
        let dir = TempDir::new().unwrap();
        set(dir.path(), 0o755);
        let home = dir.path().join(name);
        let mut desk = Desk::at(Paths::below(&home), None);
        desk.settings.holder_name = Some("Ada Lovelace".to_owned());
        desk.save_settings().unwrap();
        let level = desk.level("sprint-40").unwrap();
        let passed = taken(&mut desk, &level, 200);
        taken(&mut desk, &level, 400);
        desk.award(&passed, None).unwrap();
        Self { dir, home }
    }

    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Shuts the home: the modes of its folders, and of its files.
    pub fn shut(&self, folders: u32, files: u32) {
        let mut left = vec![self.home.clone()];
        while let Some(folder) = left.pop() {
            set(&folder, 0o755);
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { left.push(path) } else { set(&path, files) }
            }
            set(&folder, folders);
        }
    }

    /// A place that anybody can write to.
    fn open_place(&self) -> PathBuf {
        let open = self.dir.path().join("open");
        fs::create_dir_all(&open).unwrap();
        set(&open, 0o777);
        open
    }

    fn run(&self, args: &[&str]) -> Option<(Option<i32>, String, String)> {
        let argv = [as_other()?, vec![env!("CARGO_BIN_EXE_typeproof")], args.to_vec()].concat();
        let mut command = Command::new(argv[0]);
        command.args(&argv[1..]).env("TYPEPROOF_HOME", &self.home).env("HOME", self.dir.path());
        let output = command.stdin(Stdio::null()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Some((output.status.code(), text(output.stdout), text(output.stderr)))
    }
}

impl Drop for Shut {
    fn drop(&mut self) {
        // So that it can be removed by an ordinary user.
        if self.home.is_dir() {
            set(&self.home, 0o755);
            self.shut(0o755, 0o644);
        }
    }
}

const ONLY_READ: &str = "can be read, but not written";

/// Everything that only reads, and what it says.
fn reads(shut: &Shut, attempts: usize, title: &str) {
    for (args, expected) in [
        (&["history", "--csv"][..], ""),
        (&["history"], "net WPM"),
        (&["badge", "list"], title),
        (&["badge", "list", "--json"], title),
    ] {
        let Some((status, out, err)) = shut.run(args) else { return };
        assert!(status == Some(0) && out.contains(expected), "{args:?}: {status:?} {out}{err}");
        assert_eq!(err.matches(ONLY_READ).count(), 1, "{args:?}: {err}");
        assert!(!args.contains(&"--csv") || out.lines().count() == attempts + 1, "{out}");
    }
}

#[test]
fn a_history_that_can_only_be_read_is_read() {
    // Names that mean something in the address of a database, too.
    for (name, folders, files) in [
        ("home", 0o555, 0o444),
        ("h?me %41#b&c", 0o555, 0o444),
        ("home", 0o755, 0o444),
        ("home", 0o555, 0o644),
    ] {
        let shut = Shut::new(name);
        shut.shut(folders, files);
        reads(&shut, 2, "Typing 40 WPM");
        let Some((status, out, err)) = shut.run(&["levels"]) else { return };
        assert!(status == Some(0) && out.contains("sprint-40   passed"), "{out}{err}");
        let id = shut.run(&["badge", "list"]).unwrap().1[..8].to_owned();
        let (status, out, err) = shut.run(&["badge", "show", &id]).unwrap();
        assert!(
            status == Some(0) && out.contains("Ada Lovelace") && out.contains("These digits are the badge."),
            "{out}{err}"
        );
        let copy = shut.open_place().join("copy.sqlite3");
        let (status, out, err) = shut.run(&["backup", copy.to_str().unwrap()]).unwrap();
        assert!(status == Some(0) && out.contains("2 attempts") && out.contains("1 badge"), "{out}{err}");
        // What has to be written is refused, in words.
        let attempt = shut.run(&["history"]).unwrap().1;
        let failed = attempt.lines().nth(1).unwrap()[..8].to_owned();
        assert_eq!(shut.run(&["badge", "issue", &failed]).unwrap().0, Some(1));
    }
}

#[test]
fn a_log_that_was_not_worked_in_is_read_with_the_rest() {
    let shut = Shut::new("home");
    let path = shut.home().join("history.sqlite3");
    let mut desk = Desk::at(Paths::below(shut.home()), None);
    let level = desk.level("sprint-40").unwrap();
    taken(&mut desk, &level, 410);
    // As a copy made while the program runs, or after it was killed: the log holds the third attempt, its index is lost.
    let copies: Vec<_> = ["history.sqlite3", "history.sqlite3-wal"]
        .map(|name| (path.with_file_name(name), fs::read(path.with_file_name(name)).unwrap()))
        .to_vec();
    drop(desk);
    for (path, bytes) in &copies {
        fs::write(path, bytes).unwrap();
    }
    shut.shut(0o555, 0o444);
    reads(&shut, 3, "Typing 40 WPM");
    for (path, bytes) in &copies {
        assert_eq!(&fs::read(path).unwrap(), bytes, "nothing is changed");
    }
}

#[test]
fn a_history_of_an_older_version_is_read_where_it_cannot_be_brought_up_to_date() {
    let shut = Shut::new("home");
    let path = shut.home().join("history.sqlite3");
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/history/0.1.0/history.sqlite3");
    fs::remove_file(&path).unwrap();
    fs::copy(&old, &path).unwrap();
    shut.shut(0o555, 0o444);
    reads(&shut, 6, "");
    assert_eq!(fs::read(&path).unwrap(), fs::read(&old).unwrap());
}

#[test]
fn a_history_that_cannot_be_read_is_said_by_every_command() {
    for (folders, files) in [(0o755, 0o600), (0o700, 0o600), (0o000, 0o000), (0o755, 0o200)] {
        let shut = Shut::new("home");
        let (folders, files) = match rustix::process::geteuid().is_root() {
            true => (folders, files),
            // Its owner is kept out in the same way.
            false => (folders & 0o077 | (folders & 0o007) << 6, files & 0o277),
        };
        shut.shut(folders, files);
        for args in [
            &["history"][..],
            &["history", "--json"],
            &["badge", "list"],
            &["badge", "show", "00"],
            &["backup", "/nowhere-at-all"],
            &["replay", "ffffffff"],
        ] {
            let Some((status, out, err)) = shut.run(args) else { return };
            assert_eq!((status, out.as_str()), (Some(1), ""), "{folders:o} {args:?}: {err}");
            assert!(
                err.contains("permission denied") && err.contains("history"),
                "{folders:o} {args:?}: {err}"
            );
        }
        let (status, out, err) = shut.run(&["levels"]).unwrap();
        assert_eq!(status, Some(1));
        assert!(out.contains("sprint-40") && !out.contains("passed  ") && out.contains("not known"), "{out}");
        assert!(err.contains("cannot be read (permission denied)") && err.contains("sudo"), "{err}");
        let (_, json, _) = shut.run(&["levels", "--json"]).unwrap();
        assert!(json.contains("\"passed\": null") && !json.contains("\"passed\": false"), "{json}");
    }
}

#[test]
fn a_backup_of_what_is_damaged_or_not_there_is_no_success() {
    let dir = TempDir::new().unwrap();
    let copy = dir.path().join("copy").display().to_string();
    let run = |home: &Path| {
        let output = program(home).args(["backup", &copy]).output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (status, out, err) = run(&dir.path().join("nobody"));
    assert!(status == Some(1) && out.is_empty() && err.contains("there is no history yet"), "{out}{err}");
    assert!(!dir.path().join("nobody").exists(), "and none is begun");
    let shut = Shut::new("home");
    fs::write(shut.home().join("history.sqlite3"), "no database at all").unwrap();
    let (status, out, err) = run(shut.home());
    assert!(
        status == Some(1)
            && out.is_empty()
            && err.contains("was damaged")
            && err.contains("nothing was copied"),
        "{out}{err}"
    );
    assert!(!Path::new(&copy).exists());
    // The next one is of the history that was begun, and says how little that is.
    let (status, out, _) = run(shut.home());
    assert!(status == Some(0) && out.contains("0 attempts with keystroke log, and 0 badges"), "{out}");
    let held: u32 = Connection::open(&copy)
        .unwrap()
        .query_row("SELECT count(*) FROM attempts", [], |r| r.get(0))
        .unwrap();
    assert_eq!(held, 0);
}
