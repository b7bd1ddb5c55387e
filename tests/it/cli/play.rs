//! `typeproof test` and `typeproof replay`: they need a terminal, and say so before anything else.

#[cfg(unix)]
use std::{fs, io::Write, path::Path};

#[cfg(unix)]
use serde_json::Value;
#[cfg(unix)]
use tempfile::TempDir;

use crate::support::stage::Stage;

#[test]
fn a_test_needs_a_terminal() {
    let stage = Stage::bare();
    let newcomer = stage.newcomer();
    newcomer
        .runs("test --time 60")
        .complains("standard output is not a terminal")
        .complains("without redirecting")
        .exits(2);
    newcomer.runs("test --text {dir}/text.txt").complains("is not a terminal").exits(2);
    newcomer.runs("test -").given("Something to type.").complains("is not a terminal").exits(2);
}

#[test]
fn a_test_is_of_one_thing_within_limits() {
    let stage = Stage::bare();
    let newcomer = stage.newcomer();
    newcomer
        .runs("test --time 60 --exact")
        .complains("'--time <SECONDS>' cannot be used with '--exact'")
        .exits(2);
    newcomer
        .runs("test --exact")
        .complains("--time <SECONDS>|--words <COUNT>|--text <FILE>|--level <ID>")
        .exits(2);
    newcomer.runs("test").complains("--time <SECONDS>|--words <COUNT>|--text <FILE>|--level <ID>").exits(2);
    newcomer.runs("test --json").complains("required").exits(2);
    newcomer.runs("test --time 0").complains("1..=7200").exits(2);
    newcomer.runs("test --time 7201").complains("1..=7200").exits(2);
    newcomer.runs("test --words 10001").complains("1..=10000").exits(2);
    newcomer.runs("test --time 60 --words 50").complains("cannot be used with").exits(2);
    newcomer.runs("test {dir}/text.txt").complains("invalid value").exits(2);
}

#[test]
fn a_layout_is_for_the_screens() {
    let stage = Stage::bare();
    let newcomer = stage.newcomer();
    for command in ["history", "levels", "config"] {
        newcomer
            .runs(&format!("--layout dvorak {command}"))
            .complains("--layout before a command is for the screens")
            .complains("typeproof test --layout NAME")
            .exits(2);
    }
    newcomer.runs("test --time 60 --layout dvorak").complains("is not a terminal").exits(2);
    newcomer
        .runs("--layout klingon")
        .complains("there is no keyboard layout \"klingon\"; there are us, uk")
        .exits(1);
}

#[test]
fn a_language_is_one_that_has_texts_and_belongs_to_words() {
    let stage = Stage::bare();
    let newcomer = stage.newcomer();
    newcomer
        .runs("test --words 50 --language it")
        .complains("invalid value 'it' for '--language <CODE>': expected one of en, de, fr, es")
        .exits(2);
    for other in ["--level speed-60", "--text {dir}/text.txt", "--resume"] {
        newcomer
            .runs(&format!("test {other} --language de"))
            .complains("cannot be used with '--language <CODE>'")
            .exits(2);
    }
    newcomer.runs("test --words 50 --language de").complains("is not a terminal").exits(2);
    newcomer.runs("levels --language German").complains("expected one of en, de, fr, es").exits(2);
    newcomer
        .runs("levels --language fr")
        .prints("Speed in French")
        .prints("fr-speed-20")
        .prints("Typing 20 WPM in French at 95 % (5 minutes)")
        .prints("speed-20")
        .prints("More with `typeproof levels --language CODE`: de (German), es (Spanish).")
        .exits(0);
}

#[test]
fn a_replay_needs_a_terminal_and_an_attempt() {
    let stage = Stage::new();
    let holder = stage.holder();
    holder.runs("replay {attempt}").complains("is not a terminal").exits(2);
    holder
        .runs("replay ffffffff")
        .complains("no such file, and no attempt of that id")
        .complains("typeproof history")
        .exits(2);
    holder.runs("replay {dir}/nothing.tpa").complains("no such file").exits(2);
    holder.runs("replay {dir}/strangers").complains("no such file, and no attempt of that id").exits(2);
    holder.runs("replay {dir}/cut.tpa").complains("is not an attempt file").exits(1);
    holder.runs("replay {json}").complains("is not an attempt file").exits(1);
}

/// Runs a shell line in a terminal of 80 × 24, types `keys` once the test screen is there, and gives the exit status
/// with everything that was shown.
#[cfg(unix)]
fn in_terminal(home: &Path, line: &str, keys: &str) -> (u32, String) {
    answered(home, line, &[("The first key starts the clock", keys)])
}

/// The same with several things to type, each once something is shown.
#[cfg(unix)]
fn answered(home: &Path, line: &str, answers: &[(&str, &str)]) -> (u32, String) {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    let size = PtySize { rows: 24, cols: 80, ..PtySize::default() };
    let pty = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", line]);
    command.env("TYPEPROOF_HOME", home);
    command.env("PROGRAM", env!("CARGO_BIN_EXE_typeproof"));
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let mut reader = pty.master.try_clone_reader().unwrap();
    let mut writer = pty.master.take_writer().unwrap();
    let (mut shown, mut buffer) = (String::new(), [0; 4096]);
    let mut answers = answers.iter().peekable();
    while let Ok(read @ 1..) = std::io::Read::read(&mut reader, &mut buffer) {
        shown.push_str(&String::from_utf8_lossy(&buffer[..read]));
        if let Some((_, keys)) = answers.next_if(|(asked, _)| shown.contains(asked)) {
            writer.write_all(keys.as_bytes()).unwrap();
        }
    }
    (child.wait().unwrap().exit_code(), shown)
}

#[cfg(unix)]
#[test]
fn a_test_from_a_file_and_from_a_pipe_prints_its_result() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("text.txt"), "Some words.").unwrap();
    let file = r#"exec "$PROGRAM" test --text "$TYPEPROOF_HOME/text.txt" --json"#;
    let pipe = r#"printf 'Some words.' | "$PROGRAM" test - --json"#;
    let exact = r#"printf 'Some w’rds.' | "$PROGRAM" test - --exact --json"#;
    for (line, keys) in [(file, "Some worfs."), (pipe, "Some worfs."), (exact, "Some w'rds.")] {
        let (status, shown) = in_terminal(home.path(), line, keys);
        // What comes after the terminal is left as it was found.
        let (_, after) = shown.rsplit_once("\x1b[?1049l").expect("the alternate screen was left");
        let json: Value = serde_json::from_str(after.trim()).unwrap();
        assert_eq!(status, 0, "{shown:?}");
        assert_eq!(
            (&json["metrics"], &json["ended"], &json["passed"], &json["counts"]["incorrect_left"]),
            (&"typeproof metrics 1".into(), &"completed".into(), &Value::Null, &1.into())
        );
        assert_eq!(json["counts"]["typed"], 11);
        assert!(json["elsewhere"]["monkeytype_accuracy_percent"].is_number());
    }
    for line in [r#"exec "$PROGRAM" < /dev/null"#, r#"exec "$PROGRAM" test --time 60 < /dev/null"#] {
        let (status, shown) = in_terminal(home.path(), line, "");
        assert_eq!(status, 2, "{shown:?}");
        assert!(shown.contains("typeproof: standard input is not a terminal"), "{shown:?}");
        assert!(!shown.contains('\x1b'), "the terminal is left alone: {shown:?}");
    }
    let (status, shown) = in_terminal(home.path(), file, "Some\x1b");
    let (_, after) = shown.rsplit_once("\x1b[?1049l").unwrap();
    assert_eq!((status, after.trim()), (130, ""), "given up: no result");
}

#[cfg(unix)]
#[test]
fn a_text_that_is_typed_in_is_asked_for() {
    let home = TempDir::new().unwrap();
    let asked = "type or paste the text to practise; end it with Ctrl-D on a line of its own";
    let answers = [(asked, "Some words.\n\x04"), ("The first key starts the clock", "Some words.")];
    let (status, shown) = answered(home.path(), r#"exec "$PROGRAM" test - --json"#, &answers);
    let (_, after) = shown.rsplit_once("\x1b[?1049l").unwrap();
    let json: Value = serde_json::from_str(after.trim()).unwrap();
    assert_eq!((status, &json["ended"]), (0, &"completed".into()), "{shown:?}");
}

#[cfg(unix)]
#[test]
fn a_text_that_is_too_long_says_so_wherever_it_comes_from() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("long.txt"), "word ".repeat(300_000)).unwrap();
    fs::write(home.path().join("many.txt"), "word ".repeat(30_000)).unwrap();
    let file = |name: &str| format!(r#"exec "$PROGRAM" test --text "$TYPEPROOF_HOME/{name}""#);
    let pipe = |name: &str| format!(r#""$PROGRAM" test - < "$TYPEPROOF_HOME/{name}""#);
    for (line, says) in [
        (file("long.txt"), "long.txt is longer than 1048576 bytes; shorten it"),
        (pipe("long.txt"), "the text on standard input is longer than 1048576 bytes; shorten it"),
        (file("many.txt"), "at most 100000 characters and 1048576 bytes can be typed"),
        (pipe("many.txt"), "at most 100000 characters and 1048576 bytes can be typed"),
    ] {
        let (status, shown) = in_terminal(home.path(), &line, "");
        assert!(shown.contains(says), "{line}: {shown:?}");
        assert_eq!(status, 1, "{line}");
        assert!(!shown.contains('\x1b'), "the terminal is left alone: {shown:?}");
    }
}

/// Indentation is typed; with `--exact` blank lines and runs of spaces are too.
#[cfg(unix)]
#[test]
fn a_text_of_ones_own_keeps_its_layout() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("code.txt"), "if x:\n    y  → •\n\n\tz\n").unwrap();
    let line = r#"exec "$PROGRAM" test --text "$TYPEPROOF_HOME/code.txt" --json"#;
    let exact = format!("{line} --exact");
    for (line, keys) in [(line, "if x:\r    y -> *\r\tz"), (&*exact, "if x:\r    y  → •\r\r\tz")] {
        let (status, shown) = in_terminal(home.path(), line, keys);
        let (_, after) = shown.rsplit_once("\x1b[?1049l").unwrap();
        let json: Value = serde_json::from_str(after.trim()).unwrap();
        assert_eq!(
            (status, &json["ended"], &json["counts"]["incorrect_left"]),
            (0, &"completed".into(), &0.into())
        );
    }
    // A program's output is laid out for reading; its margins are typed with `--exact` alone.
    for (flag, keys) in [("", "if x:\ry"), ("--exact", "if x:\r     y")] {
        let line = format!(r#"printf 'if x:\n     y' | "$PROGRAM" test - {flag} --json"#);
        assert_eq!(in_terminal(home.path(), &line, keys).0, 0, "{flag}");
    }
    let (status, _) = in_terminal(home.path(), line, "if x:\ry -> *\rz\x1b");
    assert_eq!(status, 130, "without its indentation the text does not end");
}

#[cfg(unix)]
#[test]
fn a_rest_is_of_a_text_that_was_given_up() {
    let home = TempDir::new().unwrap();
    for (ask, says) in [
        ("--resume", "there is no unfinished text of your own"),
        ("--resume ffff", "there is no attempt \"ffff\""),
    ] {
        let (status, shown) = in_terminal(home.path(), &format!(r#"exec "$PROGRAM" test {ask}"#), "");
        assert!(status == 2 && shown.contains(says) && !shown.contains('\x1b'), "{shown:?}");
    }
}
