//! `typeproof verify` of many files and folders: a line each, a table, the exit code of the worst.

use std::fs;

use serde_json::Value;

use crate::support::stage::Stage;

/// A folder with a sound badge twice, one of them further down, an altered one, one cut off, and what is no badge.
fn folder(stage: &Stage) {
    let badge = fs::read(stage.named("json")).unwrap();
    let altered = fs::read(stage.home("altered.json")).unwrap();
    for (name, bytes) in [
        ("a.json", badge.as_slice()),
        ("b/sound.json", &badge),
        ("c.json", &altered),
        ("d.txt", b"minutes of a meeting"),
        ("e.json", b"{"),
        ("f.json", b"[]"),
    ] {
        stage.write(&format!("many/{name}"), bytes);
    }
}

#[test]
fn a_folder_is_answered_file_by_file() {
    let stage = Stage::new();
    folder(&stage);
    let holder = stage.holder();
    holder
        .runs("verify {dir}/many --now 2026-12-01 --jobs 3")
        .prints("c.json: Not valid")
        .prints("d.txt: there is no badge in this text")
        .prints("e.json: Not valid")
        .prints("f.json: Cannot tell")
        .prints("2  unchanged, but nobody you trust vouches for them\n2  not valid\n1  cannot be told\n1  no badge")
        .prints("6  in all")
        .lacks("sound.json")
        .lacks("\r")
        .exits(1);
}

#[test]
fn as_json_every_file_has_a_line_in_order() {
    let stage = Stage::new();
    folder(&stage);
    let holder = stage.holder();
    for jobs in ["1", "5"] {
        let line = format!("verify {{dir}}/many --now 2026-12-01 --json --jobs {jobs}");
        let (status, told) = holder.runs(&line).says();
        assert_eq!(status, 1);
        let lines: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let of = |member: &str| -> Vec<String> {
            lines.iter().map(|line| line[member].as_str().unwrap_or("none").to_owned()).collect()
        };
        let names: Vec<String> =
            of("file").iter().map(|path| path.rsplit("many/").next().unwrap().to_owned()).collect();
        assert_eq!(names, ["a.json", "b/sound.json", "c.json", "d.txt", "e.json", "f.json"]);
        assert_eq!(of("outcome"), ["unproven", "unproven", "refused", "none", "refused", "cannot-tell"]);
        assert!(lines[3]["sentence"].as_str().unwrap().starts_with("there is no badge in this text"));
    }
}

#[test]
fn the_worst_decides() {
    let stage = Stage::new();
    folder(&stage);
    let holder = stage.holder();
    let mine = "verify {dir}/many/a.json {dir}/many/b --now 2026-12-01";
    holder.runs(mine).prints("2  in all").exits(3);
    for (more, said) in
        [("d.txt", "1  no badge"), ("c.json", "1  not valid"), ("f.json", "1  cannot be told")]
    {
        holder.runs(&format!("{mine} {{dir}}/many/{more}")).prints(said).prints("3  in all").exits(1);
    }
    holder.runs("verify {token} {url} --now 2026-12-01").prints("2  unchanged").exits(3);
    holder.runs("verify {token} {flipped} --now 2026-12-01").prints("1  not valid").exits(1);
    fs::create_dir(stage.home("none")).unwrap();
    holder.runs("verify {dir}/none").prints("0  in all").exits(2);
}

#[test]
fn what_cannot_be_many_is_wrong_usage() {
    let stage = Stage::new();
    folder(&stage);
    let holder = stage.holder();
    holder.runs("verify").complains("FILE|DIR|URL|TOKEN").exits(2);
    holder.runs("verify {dir}/many nope").complains("no such file, and not a badge's link or token").exits(2);
    holder.runs("verify {dir}/many -").complains("- is one badge on standard input").exits(2);
    holder.runs("verify {dir}/many --log {tpa}").complains("--log is the evidence of one badge").exits(2);
    holder.runs("verify {json} {json} --log {tpa}").complains("give that badge alone").exits(2);
    for jobs in ["0", "257", "-1", "x"] {
        holder.runs(&format!("verify {{dir}}/many --jobs {jobs}")).complains("try '--help'").exits(2);
    }
}

/// Pipes would wait for ever, and links may lead in a circle.
#[cfg(unix)]
#[test]
fn odd_files_stop_nothing() {
    use std::os::unix::fs::symlink;

    use rustix::fs::{CWD, FileType, Mode, mknodat};

    let stage = Stage::new();
    folder(&stage);
    let many = stage.home("many");
    symlink(&many, many.join("b/circle")).unwrap();
    symlink("gone.json", many.join("g-dangling.json")).unwrap();
    symlink("a.json", many.join("h-link.json")).unwrap();
    mknodat(CWD, many.join("i-pipe.json"), FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
    fs::write(many.join("j\u{1b}[2J.json"), "{").unwrap();
    let holder = stage.holder();
    holder
        .runs("verify {dir}/many --now 2026-12-01")
        .prints("g-dangling.json: ")
        .prints("i-pipe.json: ")
        .prints("j[2J.json: Not valid")
        .prints(" 3  unchanged")
        .prints("10  in all")
        .exits(1);
}
