//! One attempt has one badge, however many programs issue it at once, and however they end.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;
use typeproof::desk::Desk;
use typeproof::store::files::Pending;
use typeproof::store::paths::Paths;

use crate::support::sentence::program;
use crate::support::stage::taken;

/// A home with a passed attempt, and the attempt's id.
fn home(with_key: bool) -> (TempDir, String) {
    let home = TempDir::new().unwrap();
    let mut desk = Desk::at(Paths::below(home.path()), None);
    desk.settings.holder_name = Some("Ada".to_owned());
    desk.save_settings().unwrap();
    let level = desk.level("sprint-40").unwrap();
    if with_key {
        let seed = zeroize::Zeroizing::new([7; 32]);
        desk.own_key().create(None, &seed).unwrap();
    }
    let id = taken(&mut desk, &level, 200).id;
    (home, id)
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).into_iter().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn run(home: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let output = program(home).args(args).stdin(Stdio::null()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn eight_programs_at_once_issue_one_badge() {
    for with_key in [true, false] {
        let (home, id) = home(with_key);
        let all: Vec<_> = (0..8)
            .map(|_| {
                let mut issue = program(home.path());
                issue.args(["badge", "issue", &id]).stdin(Stdio::null()).spawn().unwrap()
            })
            .collect();
        let outputs: Vec<_> = all.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
        let (done, refused): (Vec<_>, Vec<_>) = outputs.iter().partition(|output| output.status.success());
        assert_eq!((done.len(), refused.len()), (1, 7), "{outputs:?}");
        for output in refused {
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(1));
            assert!(
                said.contains("has its badge already") && said.contains("typeproof badge show"),
                "{said}"
            );
        }
        let mut desk = Desk::at(Paths::below(home.path()), None);
        let badges = desk.history().unwrap().badges().unwrap();
        assert_eq!(badges.len(), 1);
        assert_eq!(names(&desk.paths().keys_dir()), ["issuer.pem", "issuer.pub"]);
        assert_eq!(names(&desk.paths().badges_dir()).len(), 6, "{:?}", names(&desk.paths().badges_dir()));
        let (status, out, _) = run(home.path(), &["badge", "show", &badges[0].id]);
        assert!(status == Some(0) && out.contains("Ada"), "{out}");
    }
}

/// A home as a program leaves it that is ended when the badge is saved and none of its files is written.
fn ended() -> (TempDir, String, String) {
    let (home, attempt) = home(true);
    let mut desk = Desk::at(Paths::below(home.path()), None);
    desk.settings.holder_name = Some("Ada".to_owned());
    let finished = desk.reopen(&attempt).unwrap();
    let badge = desk.award(&finished, None).unwrap().row.id;
    let dir = desk.paths().badges_dir();
    fs::remove_dir_all(&dir).unwrap();
    drop(Pending::begin(&dir, &badge).unwrap());
    (home, attempt, badge)
}

#[test]
fn a_badge_without_files_is_mentioned_and_gets_them() {
    let short = |badge: &str| badge.trim_start_matches("urn:uuid:").to_owned();
    for (command, status) in [("list", 0), ("show", 0), ("issue", 1), ("export", 0)] {
        let (home, attempt, badge) = ended();
        let dir = home.path().join("badges");
        assert_eq!(names(&dir).len(), 1, "only the mark is there");
        let elsewhere = home.path().join("elsewhere").display().to_string();
        let id = short(&badge);
        let args = match command {
            "list" => vec!["badge", "list"],
            "show" => vec!["badge", "show", &id],
            "issue" => vec!["badge", "issue", &attempt],
            _ => vec!["badge", "export", &id, "--to", &elsewhere],
        };
        let (ended, _, err) = run(home.path(), &args);
        let said =
            format!("the badge {badge} was issued, and the program ended before its files were written");
        assert!(ended == Some(status) && err.contains(&said), "{command}: {ended:?} {err}");
        let written = names(&dir);
        assert!(
            written.len() == 6 && written.iter().all(|name| name.starts_with("sprint-40-")),
            "{written:?}"
        );
        assert!(!run(home.path(), &args).2.contains("program ended"), "it is said once");
    }
}

#[test]
fn a_mark_of_no_badge_or_of_a_program_that_runs_writes_nothing() {
    let (home, _) = home(true);
    let dir = home.path().join("badges");
    drop(Pending::begin(&dir, "urn:uuid:0c0ffee0-0000-4000-8000-000000000000").unwrap());
    let (status, _, err) = run(home.path(), &["badge", "list"]);
    assert_eq!(
        (status, err.as_str(), names(&dir).len()),
        (Some(0), "", 0),
        "nothing was saved: there is no badge"
    );
    let (home, _, badge) = ended();
    let dir = home.path().join("badges");
    let running = Pending::begin(&dir, &badge).unwrap();
    let (_, _, err) = run(home.path(), &["badge", "list"]);
    assert_eq!((err.as_str(), names(&dir).len()), ("", 1), "its own program writes them");
    drop(running);
    assert!(run(home.path(), &["badge", "list"]).2.contains("program ended"));
}

#[test]
fn files_that_cannot_be_written_are_said_each_time() {
    let (home, _, badge) = ended();
    let dir = home.path().join("badges");
    // A folder lies where a file should.
    let stem = format!("sprint-40-{}", &badge.trim_start_matches("urn:uuid:")[..8]);
    fs::create_dir(dir.join(format!("{stem}.json"))).unwrap();
    for _ in 0..2 {
        let (status, _, err) = run(home.path(), &["badge", "list"]);
        assert!(
            status == Some(0) && err.contains("its files were not written") && err.contains("badge export"),
            "{err}"
        );
    }
    fs::remove_dir(dir.join(format!("{stem}.json"))).unwrap();
    run(home.path(), &["badge", "list"]);
    assert_eq!(names(&dir).len(), 6);
}

// -- keys

/// Runs the program with files of no size: the kernel ends it at its first byte.
fn without_room(home: &Path, args: &[&str]) -> bool {
    let mut command = Command::new("/bin/sh");
    let limited = "ulimit -c 0; ulimit -f 0; exec \"$0\" \"$@\"";
    command.args(["-c", limited, env!("CARGO_BIN_EXE_typeproof")]).args(args).env("TYPEPROOF_HOME", home);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.output().unwrap().status.success()
}

#[test]
fn a_killed_issuer_new_leaves_nothing_secret_behind() {
    let home = TempDir::new().unwrap();
    let keys = home.path().join("keys");
    assert!(!without_room(home.path(), &["issuer", "new"]), "it was ended");
    if cfg!(target_os = "linux") {
        assert_eq!(names(&keys), [""; 0]);
    }
    assert_eq!(run(home.path(), &["issuer", "new"]).0, Some(0));
    assert_eq!(names(&keys), ["issuer.pem", "issuer.pub"]);
}

#[test]
fn what_an_older_program_left_of_a_key_is_cleared() {
    for (args, status, left) in [
        (&["issuer", "new"][..], 0, &["issuer.pem", "issuer.pub"][..]),
        (&["issuer", "show"], 1, &[]),
        (&["issuer", "export"], 1, &[]),
    ] {
        let home = TempDir::new().unwrap();
        let keys = home.path().join("keys");
        fs::create_dir(&keys).unwrap();
        fs::write(keys.join(".typeproof-x1Y2z3"), "-----BEGIN PRIVATE KEY-----").unwrap();
        let (ended, _, err) = run(home.path(), args);
        assert_eq!(
            (ended, names(&keys).as_slice()),
            (Some(status), left.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>().as_slice()),
            "{err}"
        );
    }
    // Where a key is, nothing is made, and remains go all the same.
    let (home, _) = home(true);
    let keys = home.path().join("keys");
    fs::write(keys.join(".typeproof-x1Y2z3"), "-----BEGIN PRIVATE KEY-----").unwrap();
    assert_eq!(run(home.path(), &["issuer", "new"]).0, Some(1));
    assert_eq!(names(&keys), ["issuer.pem", "issuer.pub"]);
}

/// What cannot be looked into is not known to hold no key.
#[test]
fn keys_that_cannot_be_looked_at_are_not_no_key() {
    let (home, attempt) = home(true);
    let keys = home.path().join("keys");
    fs::rename(&keys, home.path().join("moved")).unwrap();
    fs::write(&keys, "a file").unwrap();
    for args in [
        &["issuer", "show"][..],
        &["issuer", "new"],
        &["issuer", "export"],
        &["badge", "issue", &attempt],
        &["trust", "add", "z6MkvLrkgkeeWeRwktZGShYPiB5YuPkhN2yi3MqMKZMFMgWr", "--name", "A Stranger"],
    ] {
        let (status, out, err) = run(home.path(), args);
        assert!(status == Some(1) && !err.contains("no issuer key"), "{args:?}: {out}{err}");
        assert!(err.contains("a part of its path is no folder"), "{args:?}: {err}");
    }
    let (_, _, err) = run(home.path(), &["trust", "list"]);
    assert!(err.contains("your own key cannot be read"), "{err}");
    assert_eq!(fs::read_to_string(&keys).unwrap(), "a file");
    assert!(!home.path().join("trust").exists());
}

#[test]
fn an_exported_log_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (home, attempt) = home(true);
    assert_eq!(run(home.path(), &["badge", "issue", &attempt]).0, Some(0));
    let badge = Desk::at(Paths::below(home.path()), None).history().unwrap().badges().unwrap().remove(0).id;
    let to = home.path().join("exported");
    let (status, _, err) = run(
        home.path(),
        &["badge", "export", &badge, "--with-log", "--all-formats", "--to", to.to_str().unwrap()],
    );
    assert!(status == Some(0) && err.lines().count() == 1 && err.contains("carry the badge itself"), "{err}");
    for dir in [to, home.path().join("badges")] {
        for name in names(&dir) {
            let mode = fs::metadata(dir.join(&name)).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode & 0o077 == 0, name.ends_with(".tpa"), "{name}: {mode:o}");
        }
    }
}
