//! The command line, by driving the real program: `tests/data/cli/cases.toml` is a list of what is typed and what comes.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use ed25519_dalek::SigningKey;
use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;
use typeproof::badge::carry::bake;
use typeproof::badge::carry::link;
use typeproof::desk::{Desk, Finished};
use typeproof::lessons::level::Level;
use typeproof::sitting::Task;
use typeproof::store::paths::Paths;
use typeproof::system;
use typeproof::trust::multikey;
use typeproof::typing::exercise::Exercise;
use typeproof::typing::key::Stroke;
use typeproof::typing::session::{Phase, Session};

use crate::support::images::{pixel, svg};
use crate::support::vector;

mod keys;
mod man;
#[cfg(unix)]
mod once;
mod shown;
#[cfg(unix)]
pub mod shut;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// One call of the program. Holes like `{json}` stand for what the stage holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Whose home: `holder`, `employer` or `empty`.
    home: String,
    args: Vec<String>,
    #[serde(default)]
    stdin: String,
    status: i32,
    /// What standard output holds.
    #[serde(default)]
    out: Vec<String>,
    /// What standard error holds; nothing at all where nothing is named.
    #[serde(default)]
    err: Vec<String>,
}

/// Homes and files, and the names under which cases speak of them.
struct Stage {
    dir: TempDir,
    holes: BTreeMap<&'static str, String>,
}

/// Types a whole exercise without an error, so many milliseconds a key.
fn typed(exercise: Arc<Exercise>, pace_ms: u32) -> Session {
    let mut session = Session::new(exercise);
    for n in 0.. {
        let key = session.due().expect("more to type");
        if let Phase::Ended(_) = session.press(Stroke { at: n * pace_ms, key }) {
            break;
        }
        if let Phase::Ended(_) = session.tick((n + 1) * pace_ms - 1) {
            break;
        }
    }
    session
}

/// The time that has just gone by.
fn last(ms: u32) -> Range<DateTime<Utc>> {
    let now = system::now();
    now - Duration::milliseconds(ms.into())..now
}

/// A test of a level, typed without an error at this pace and saved.
pub fn taken(desk: &mut Desk, level: &Level, pace_ms: u32) -> Finished {
    let exercise = desk.level_exercise(level).unwrap();
    let session = typed(exercise, pace_ms);
    desk.finish(session, Some(level), last(60_000)).unwrap()
}

fn free(desk: &mut Desk, name: &str, raw: &str) -> Finished {
    let test = Task::Text { name: name.to_owned(), raw: raw.to_owned(), lookalikes: Default::default() };
    let session = typed(Arc::clone(desk.sit(test).unwrap().session().exercise()), 100);
    let ms = session.duration().unwrap();
    desk.finish(session, None, last(ms)).unwrap()
}

/// The badge in pictures, and pictures without it.
fn pictures(dir: &Path, badge: &str) {
    let write = |name: &str, bytes: &[u8]| fs::write(dir.join(name), bytes).unwrap();
    let badge: Value = serde_json::from_str(badge).unwrap();
    let (png, svg) = (pixel(&[], &[]), svg("", "<g/>"));
    let baked = bake::png(&png, &badge).unwrap();
    let drawn = bake::svg(&svg, &badge).unwrap();
    write("plain.png", &png);
    write("photo.jpg", b"\xff\xd8\xff\xe0");
    write("cut.png", &baked[..baked.len() - 20]);
    write("baked.png", &baked);
    write("baked.svg", drawn.as_bytes());
    write("altered.svg", drawn.replace("Ada Lovelace", "Bob Lovelace").as_bytes());
    fs::File::create(dir.join("huge.png")).unwrap().set_len(bake::PICTURE_MAX as u64 + 1).unwrap();
}

/// The vectors of a badge with a place in a list, as files.
fn statuses(dir: &Path) {
    let (good, bad) = (vector::good(), vector::bad());
    let free = &good["status-free"];
    fs::write(dir.join("revocable.json"), &free.given).unwrap();
    fs::create_dir(dir.join("college")).unwrap();
    fs::write(dir.join("college/college.toml"), &free.trusted[0]).unwrap();
    let lists =
        [("free", free), ("revoked", &bad["status-revoked"]), ("forged", &bad["status-list-altered"])];
    for (name, vector) in lists {
        fs::write(dir.join(format!("{name}.json")), &vector.status_lists[0]).unwrap();
    }
}

fn stage() -> Stage {
    let dir = TempDir::new().unwrap();
    let path = |name: &str| dir.path().join(name).display().to_string();
    let mut desk = Desk::at(Paths::below(&dir.path().join("holder")), None);
    desk.settings.holder_name = Some("Ada Lovelace".to_owned());
    desk.settings.holder_email = Some("ada@example.org".to_owned());
    desk.save_settings().unwrap();
    let level = desk.level("sprint-40").unwrap();
    let passed = taken(&mut desk, &level, 200);
    let unissued = taken(&mut desk, &level, 201);
    let failed = taken(&mut desk, &level, 400);
    let own = free(&mut desk, "=HYPERLINK(\"x\"),y", "A short text of one's own.");
    let mut others = Desk::at(desk.paths().clone(), Some("tests/data/program/lessons".into()));
    let trial = others.level("trial-word").unwrap();
    let unloaded = taken(&mut others, &trial, 200);
    let award = desk.award(&passed, None).unwrap();
    let files: Vec<String> = award.files.iter().map(|f| f.display().to_string()).collect();
    let [json, txt, png, svg, code, tpa] = files.try_into().unwrap();
    let text = fs::read_to_string(&json).unwrap();
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    write("altered.json", &text.replace("Ada Lovelace", "Bob Lovelace"));
    write("twice.json", &text.replacen('{', "{\"type\": [],", 1));
    write("cut.json", &text[..text.len() / 2]);
    write("large.json", &text.replace("Ada Lovelace", &"A".repeat(70_000)));
    write("array.json", "[]");
    pictures(dir.path(), &text);
    statuses(dir.path());
    write("text.txt", "Something to type.");
    write("weak.toml", &issuer_file("z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP"));
    write("stranger.toml", &issuer_file(STRANGER));
    let addressed = issuer_file(STRANGER).replace("from =", "url = \"https://example.org/v/\"\nfrom =");
    write("addressed.toml", &addressed);
    let renamed = |number: u8, name: &str, state: &str| {
        let key = SigningKey::from_bytes(&[number; 32]).verifying_key();
        let file = issuer_file(&multikey::encode(&key)).replace("A Stranger", name);
        file.replace("state = \"in-use\"", state)
    };
    let compromised = renamed(22, "Leaky College", "state = \"compromised\"\nsince = 2026-01-01");
    write("namesake.toml", &renamed(21, "a  STRANGER", "state = \"in-use\""));
    write("compromised.toml", &compromised);
    write("mended.toml", &renamed(22, "Mended College", "state = \"in-use\""));
    fs::create_dir(dir.path().join("twofold")).unwrap();
    write("twofold/a.toml", &compromised);
    write("twofold/b.toml", &renamed(22, "Mended College", "state = \"in-use\""));
    fs::write(dir.path().join("latin1.txt"), b"caf\xe9").unwrap();
    fs::create_dir(dir.path().join("strangers")).unwrap();
    write("strangers/stranger.toml", &issuer_file(STRANGER));
    let other = fs::read(&tpa).unwrap().len();
    fs::write(dir.path().join("cut.tpa"), &fs::read(&tpa).unwrap()[..other - 3]).unwrap();
    fs::create_dir_all(dir.path().join("lessons/passages")).unwrap();
    write("lessons/passages/bad.toml", "text = 3\n");
    let (head, token) = award.url.split_once('#').unwrap();
    let mut payload = link::read(token).unwrap().payload;
    let short = link::url(head, &payload[..payload.len() - 4]);
    payload[60] ^= 1;
    let flipped = link::url(head, &payload);
    let own_key = multikey::encode(&desk.own_key().public().unwrap());
    let holes = BTreeMap::from([
        ("dir", dir.path().display().to_string()),
        ("json", json),
        ("document", text.clone()),
        ("txt", txt),
        ("png", png),
        ("svg", svg),
        ("code", code),
        ("tpa", tpa),
        ("url", award.url.clone()),
        ("elsewhere", format!("https://issuer.example/v#{token}")),
        ("nofragment", head.to_owned()),
        ("token", token.to_owned()),
        ("short", short),
        ("flipped", flipped),
        ("badge", award.row.id.trim_start_matches("urn:uuid:").to_owned()),
        ("attempt", passed.id),
        ("unissued", unissued.id),
        ("failed", failed.id),
        ("own", own.id),
        ("unloaded", unloaded.id),
        ("key", own_key),
        ("stranger", STRANGER.to_owned()),
        ("other", path("other.tpa")),
    ]);
    let (_, other) = desk.history().unwrap().attempt(&holes["failed"]).unwrap().unwrap();
    fs::write(dir.path().join("other.tpa"), other).unwrap();
    Stage { dir, holes }
}

/// The public key of the secret key that is all sevens.
const STRANGER: &str = "z6MkvLrkgkeeWeRwktZGShYPiB5YuPkhN2yi3MqMKZMFMgWr";

fn issuer_file(key: &str) -> String {
    format!(
        "name = \"A Stranger\"\nkey = \"{key}\"\nfrom = 2024-01-01\nstate = \"in-use\"\n\
         highest_assurance = \"proctored\"\n"
    )
}

impl Stage {
    fn fill(&self, text: &str) -> String {
        self.holes
            .iter()
            .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    fn home(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn run(&self, home: &str, args: &[String], stdin: &str) -> Output {
        let mut child = program(&self.home(home)).args(args).spawn().unwrap();
        // A program that asks for nothing may be gone already.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        child.wait_with_output().unwrap()
    }
}

fn program(home: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_typeproof"));
    program.env("TYPEPROOF_HOME", home).env("HOME", home.parent().unwrap_or(home)).env_remove("NO_COLOR");
    program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

#[cfg(unix)]
#[test]
fn the_variable_names_the_home_and_an_empty_one_nothing() {
    let dir = TempDir::new().unwrap();
    let run_at = |home: &str| {
        let mut program = program(Path::new(home));
        program.current_dir(dir.path()).env("HOME", dir.path()).env("XDG_DATA_HOME", dir.path().join("data"));
        program.args(["history", "--json"]).output().unwrap();
    };
    let (named, usual) = (dir.path().join("some/where"), dir.path().join("data/typeproof"));
    run_at("some/where");
    assert!(named.join("history.sqlite3").exists() && !usual.exists(), "a relative path counts from here");
    fs::remove_dir_all(&named).unwrap();
    run_at("");
    assert!(usual.join("history.sqlite3").exists() && !named.exists(), "an empty variable is none");
}

fn mistakes(case: &Case, stage: &Stage) -> Vec<String> {
    let args: Vec<String> = case.args.iter().map(|arg| stage.fill(arg)).collect();
    let output = stage.run(&case.home, &args, &stage.fill(&case.stdin));
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    let mut wrong = Vec::new();
    if output.status.code() != Some(case.status) {
        wrong.push(format!("status {:?}, expected {}", output.status.code(), case.status));
    }
    for (what, text, expected) in [("out", &out, &case.out), ("err", &err, &case.err)] {
        let missing = expected.iter().map(|e| stage.fill(e)).filter(|e| !text.contains(e));
        wrong.extend(missing.map(|e| format!("{what} lacks {e:?}")));
    }
    if case.err.is_empty() && !err.is_empty() {
        wrong.push("standard error is not empty".to_owned());
    }
    if err.lines().next().is_some_and(|line| !line.starts_with("typeproof: ")) {
        wrong.push("an error does not begin with the program's name".to_owned());
    }
    if out.contains('\x1b') || err.contains('\x1b') || err.contains("panicked") {
        wrong.push("escapes or a panic".to_owned());
    }
    if !wrong.is_empty() {
        wrong.push(format!("out: {out}\nerr: {err}"));
    }
    wrong
}

#[test]
fn every_command_does_what_its_case_says() {
    let cases: Cases = toml::from_str(include_str!("../data/cli/cases.toml")).unwrap();
    let stage = stage();
    let mut all = String::new();
    for case in &cases.case {
        let wrong = mistakes(case, &stage);
        if !wrong.is_empty() {
            all.push_str(&format!("== {} {:?}\n{}\n", case.home, case.args, wrong.join("\n")));
        }
    }
    assert!(all.is_empty(), "{all}");
    let refused = cases.case.iter().filter(|c| c.status != 0).count();
    assert!(
        refused * 2 > cases.case.len(),
        "refusals outnumber acceptances: {refused} of {}",
        cases.case.len()
    );
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let home = TempDir::new().unwrap();
    let mut child = program(home.path()).args(["levels", "--json"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
}

#[test]
fn a_control_character_in_a_badge_reaches_no_terminal() {
    let stage = stage();
    let text = fs::read_to_string(&stage.holes["json"]).unwrap();
    let path = stage.home("escape.json");
    fs::write(&path, text.replace("Ada Lovelace", "Ada\\u001b[31m\\u009b2J\\u202eLovelace")).unwrap();
    for json in [&[][..], &["--json".to_owned()]] {
        let args = [&["verify".to_owned(), path.display().to_string()], json].concat();
        let output = stage.run("holder", &args, "");
        let shown = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(!shown.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{shown:?}");
    }
}

#[test]
fn json_and_csv_are_well_formed() {
    let stage = stage();
    let ask = |args: &[&str]| {
        let args: Vec<String> = args.iter().map(|a| stage.fill(a)).collect();
        String::from_utf8(stage.run("holder", &args, "").stdout).unwrap()
    };
    let json = |args: &[&str]| serde_json::from_str::<Value>(&ask(args)).unwrap();
    let history = json(&["history", "--json"]);
    let first =
        history.as_array().unwrap().iter().find(|a| a["id"] == stage.holes["attempt"].as_str()).unwrap();
    assert_eq!(
        (&first["net_wpm"], &first["accuracy_percent"], &first["passed"]),
        (&59.8.into(), &100.0.into(), &true.into())
    );
    assert_eq!(first["score"]["net_wpm_x100"], 5980);
    assert_eq!(first["score"]["counts"]["correct"], first["score"]["counts"]["typed"]);
    assert_eq!(json(&["badge", "list", "--json"])[0]["holder"], "Ada Lovelace");
    let verdict = json(&["verify", "{json}", "--json", "--log", "{tpa}"]);
    assert_eq!(verdict["outcome"], "unproven");
    assert_eq!(verdict["verdict"]["evidence"]["answer"], "yes");
    assert_eq!(verdict["verdict"]["holder"]["answer"], "not-checked");
    assert_eq!(verdict["verdict"]["holder"]["code"], "holder-compare");
    assert!(verdict["verdict"]["holder"]["parameters"]["name"].is_string(), "{verdict}");
    assert_eq!(verdict["code"], "issuer-yourself");
    assert_eq!(verdict["verdict"]["issuer"]["code"], verdict["code"]);
    let levels = json(&["levels", "--json"]);
    let levels: Vec<_> =
        levels.as_array().unwrap().iter().flat_map(|p| p["levels"].as_array().unwrap()).collect();
    let passed: Vec<_> = levels.iter().filter(|l| l["passed"] == true).collect();
    assert_eq!((passed.len(), &passed[0]["id"]), (1, &"sprint-40".into()));
    let asked = |id: &str| {
        let level = levels.iter().find(|l| l["id"] == id).unwrap();
        ["speed", "unit", "accuracy_percent", "seconds", "max_errors"].map(|member| level[member].to_string())
    };
    assert_eq!(asked("speed-45"), ["45.0", "\"WPM\"", "96.5", "300", "null"]);
    assert_eq!(asked("opm-40"), ["40.0", "\"WPM\"", "null", "300", "3"]);
    assert_eq!(asked("ssc-dest"), ["8000.0", "\"KPH\"", "null", "900", "null"]);
    let csv = ask(&["history", "--csv"]);
    assert!(csv.ends_with("\r\n") && csv.matches("\r\n").count() == 6, "{csv}");
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\"),y\""), "{csv}");
}

#[test]
fn a_key_with_a_passphrase_is_made_and_signs_and_shows_nothing_of_it() {
    let stage = stage();
    let home = stage.home("holder");
    fs::remove_dir_all(home.join("keys")).unwrap();
    let run = |args: &[&str], stdin: &str| {
        let args: Vec<String> = args.iter().map(|a| stage.fill(a)).collect();
        let output = stage.run("holder", &args, stdin);
        let text = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap(), String::from_utf8(text).unwrap())
    };
    let (status, text) = run(&["badge", "issue", "{unissued}"], "");
    assert!(
        status == 1 && text.contains(&stage.fill("signed with a key that is gone (did:key:{key})")),
        "{text}"
    );
    assert!(text.contains("typeproof issuer new") && !home.join("keys").exists(), "{text}");
    let (status, text) = run(&["issuer", "new", "--passphrase-stdin"], "battery-staple\n");
    assert!(
        status == 0 && text.contains("encrypted with a passphrase") && !text.contains("staple"),
        "{text}"
    );
    let issue = ["badge", "issue", "{unissued}", "--passphrase-stdin"];
    let (status, text) = run(&issue, "tin-opener\n");
    assert!(status == 1 && text.contains("does not open") && !text.contains("opener"), "{text}");
    let (status, text) = run(&issue, "battery-staple\n");
    assert!(status == 0 && text.contains("Ada Lovelace") && !text.contains("staple"), "{text}");
    let pem = fs::read_to_string(home.join("keys/issuer.pem")).unwrap();
    assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
}

/// Runs a shell line in a terminal of 80 × 24, types `keys` once the test screen is there, and gives the exit status
/// with everything that was shown.
#[cfg(unix)]
fn in_terminal(home: &Path, line: &str, keys: &str) -> (u32, String) {
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
    let (mut shown, mut buffer, mut typed) = (String::new(), [0; 4096], false);
    while let Ok(read @ 1..) = std::io::Read::read(&mut reader, &mut buffer) {
        shown.push_str(&String::from_utf8_lossy(&buffer[..read]));
        if !typed && shown.contains("The first key starts the clock") {
            typed = true;
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
