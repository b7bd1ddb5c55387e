//! Killed at any point of finishing a test and of issuing: what was reported is there, and nothing half-written is taken
//! for whole.
//!
//! The points are spread by work done meanwhile, not by time: so many looks at the program's files, or so many bytes of
//! its output. Where a program shall end in the middle of writing, the kernel ends it at a file's size.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use tempfile::TempDir;
use typeproof::desk::{Given, Log, Request};

use super::{Home, USUAL, press};

/// Runs of each kind; more looks with each.
const RUNS: usize = 30;

/// Looks at the files more in each run: so many runs reach from the last key to what follows the result.
const LOOKS: usize = 12;

/// Looks at everything below a folder: names and sizes.
fn look(dir: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(dir) else { return 0 };
    let size = |entry: fs::DirEntry| match entry.metadata() {
        Ok(meta) if meta.is_dir() => look(&entry.path()),
        Ok(meta) => meta.len(),
        Err(_) => 0,
    };
    entries.flatten().map(size).sum()
}

fn looks(home: &Home, number: usize) {
    for _ in 0..number {
        std::hint::black_box(look(&home.path()));
    }
}

/// Another home with the history of this one, which nobody has open.
fn copy(home: &Home) -> Home {
    let other = Home::new();
    fs::create_dir(other.path()).unwrap();
    let [from, to] = [home, &other].map(|home| home.path().join("history.sqlite3"));
    fs::copy(from, to).unwrap();
    other
}

/// The history opens, every attempt in it replays, every badge in it or beside it is whole; the number of attempts and
/// of badges.
fn whole(home: &Home) -> (usize, usize) {
    let attempts = home.attempts();
    let mut desk = home.desk();
    let badges = desk.history().unwrap().badges().unwrap();
    let dir = TempDir::new().unwrap();
    let mut names = Vec::new();
    for badge in &badges {
        let finished = attempts
            .iter()
            .find(|attempt| Some(&attempt.id) == badge.attempt_id.as_ref())
            .expect("its attempt");
        assert!(matches!(finished.verdict, Some(Ok(_))));
        let bytes = finished.attempt.to_bytes();
        let request = Request { attempt: Some(&bytes), ..Request::default() };
        let verdict = desk.verify(&Given::Document(badge.credential.clone().into_bytes()), &request).verdict;
        assert!(verdict.integrity.is_yes() && verdict.evidence.is_yes(), "{}", verdict.sentence());
        names.extend(desk.write_files(badge, dir.path(), Log::With).unwrap());
    }
    for entry in fs::read_dir(home.path().join("badges")).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().and_then(OsStr::to_str).unwrap();
        // What was being written has a name that no badge has, and no extension.
        if name.starts_with(".typeproof-") && path.extension().is_none() {
            continue;
        }
        let named = names.iter().find(|whole| whole.file_name() == path.file_name());
        assert_eq!(fs::read(&path).unwrap(), fs::read(named.expect(name)).unwrap(), "{name}");
    }
    (attempts.len(), badges.len())
}

/// The attempt of this home gets its badge, which verifies.
fn can_be_issued(home: &Home) {
    let id = home.attempts()[0].id.clone();
    let output = home.run(&["badge", "issue", &id, "--name", "Ada Lovelace"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(whole(home), (1, 1));
}

/// Takes the test of a level, or of a free text, up to its last key, and kills the program after it: after so many
/// looks, and so many bytes of output if there are any asked for.
fn finish_and_kill(home: &Home, args: &[&str], number: usize, bytes: Option<usize>) -> bool {
    let mut outside = home.test(args, USUAL);
    press(&mut outside, "G");
    // In no time there is no speed.
    outside.take_until(Instant::now() + Duration::from_millis(5));
    let before = outside.raw().len();
    outside.send("ood bread.");
    looks(home, number);
    if let Some(bytes) = bytes {
        outside.wait_for("output", |outside| outside.raw().len() - before > bytes);
    }
    outside.signal(Signal::KILL);
    assert!(!outside.end().success());
    outside.contents().contains("net") && outside.contents().contains("Result:")
}

#[test]
fn killed_while_finishing_loses_nothing_reported() {
    for run in 0..RUNS {
        let home = Home::new();
        let text = home.text("Good bread.");
        let level = run % 2 == 0;
        let args = if level { ["--level", "trial-word"] } else { ["--text", &text] };
        // Every third run waits for the result to appear, or for more of it.
        let bytes = (run % 3 == 0).then_some(run * 10);
        let reported = finish_and_kill(&home, &args, run * LOOKS, bytes);
        let (saved, badges) = whole(&home);
        assert!(saved == 1 || saved == 0 && !reported, "run {run}: {saved} saved, reported: {reported}");
        assert_eq!(badges, 0);
        if level && saved == 1 {
            can_be_issued(&home);
        }
        let before = saved;
        assert!(finish_and_kill(&home, &args, 0, Some(500)), "run {run}: again");
        assert_eq!(whole(&home).0, before + 1, "run {run}: again");
    }
}

#[test]
fn killed_while_issuing_leaves_no_badge_or_a_whole_one() {
    let passed = Home::new();
    assert!(finish_and_kill(&passed, &["--level", "trial-word"], 0, Some(500)));
    let id = passed.attempts()[0].id.clone();
    for run in 0..RUNS {
        let home = copy(&passed);
        let mut child = home.command(&["badge", "issue", &id, "--name", "Ada Lovelace"]).spawn().unwrap();
        looks(&home, run * run * LOOKS);
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        let (attempts, badges) = whole(&home);
        assert_eq!(attempts, 1);
        // Whoever opens the history next has the files of a badge that was saved.
        let files = fs::read_dir(home.path().join("badges")).map_or(0, |files| files.count());
        assert!(badges == 0 || files >= 6, "run {run}: {files} files");
        assert!(badges == 1 || output.stdout.is_empty(), "run {run}: reported, but not saved");
        if badges == 0 {
            can_be_issued(&home);
        }
    }
}

/// Runs the program with files of at most so many blocks of 512 bytes: the kernel ends it in the middle of writing more.
fn with_blocks(home: &Home, blocks: usize) -> bool {
    let limited = format!("ulimit -c 0; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let text = home.text("Good bread.");
    let mut outside = home.behind(&["/bin/sh", "-c", &limited], &["test", "--json", "--text", &text], USUAL);
    outside.until("The first key starts the clock.");
    outside.send("Good bread.");
    outside.end().success()
}

#[test]
fn ended_in_the_middle_of_any_write_the_attempt_is_saved_or_not_there() {
    let mut outcomes = Vec::new();
    for blocks in (0..240).step_by(8) {
        let home = Home::new();
        let reported = with_blocks(&home, blocks);
        assert_eq!(whole(&home).0, usize::from(reported), "{blocks} blocks");
        outcomes.push(reported);
        if !reported {
            assert!(with_blocks(&home, 10_000), "{blocks} blocks: again");
            assert_eq!(whole(&home).0, 1, "{blocks} blocks: again");
        }
    }
    assert!(outcomes.contains(&true) && outcomes.contains(&false), "both happened");
}
