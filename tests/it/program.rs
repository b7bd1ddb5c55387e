//! The real program in a pseudo-terminal: from the first screen to a badge, every way to end, and being killed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use tempfile::TempDir;
use typeproof::desk::{Desk, Finished};
use typeproof::store::Notice;
use typeproof::store::history::Filter;
use typeproof::store::paths::Paths;

use crate::support::pty::Outside;

#[cfg(feature = "network")]
mod employer;
mod endings;
mod flow;
mod killed;
mod learner;
mod settings;
mod shut;
mod sizes;
mod terminals;
mod together;
mod tricks;
mod untyped;

/// The size that everybody has.
const USUAL: (u16, u16) = (24, 80);

/// How long the result screen takes no key after a test, so that what was typed on answers nothing.
const CALM: Duration = Duration::from_millis(3_200);

/// A home of its own for the program, and lessons that are typed quickly.
pub struct Home {
    dir: TempDir,
}

impl Home {
    pub fn new() -> Self {
        Self { dir: TempDir::new().unwrap() }
    }

    pub fn path(&self) -> PathBuf {
        self.dir.path().join("home")
    }

    fn desk(&self) -> Desk {
        Desk::at(Paths::below(&self.path()), Some(lessons()))
    }

    /// The program's words: our lessons, then these.
    fn argv(args: &[&str]) -> Vec<String> {
        let lessons = lessons().display().to_string();
        let own = [env!("CARGO_BIN_EXE_typeproof"), "--lessons", &lessons];
        own.iter().chain(args).map(|&arg| arg.to_owned()).collect()
    }

    /// The program in a terminal, with `before` to start it.
    fn behind(&self, before: &[&str], args: &[&str], size: (u16, u16)) -> Outside {
        let argv = before.iter().map(|&arg| arg.to_owned()).chain(Self::argv(args));
        let mut command = CommandBuilder::from_argv(argv.map(Into::into).collect());
        command.env("TYPEPROOF_HOME", self.path());
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command.env("RUST_BACKTRACE", "0");
        command.env_remove("NO_COLOR");
        Outside::start(command, size)
    }

    pub fn start(&self, args: &[&str], size: (u16, u16)) -> Outside {
        self.behind(&[], args, size)
    }

    /// A test begun from the command line, as soon as it can be typed.
    fn test(&self, args: &[&str], size: (u16, u16)) -> Outside {
        let mut outside = self.start(&[&["test"], args].concat(), size);
        outside.wait_for("the test", |outside| outside.screen().alternate_screen() && !blank(outside));
        outside
    }

    /// The program without a terminal.
    pub fn command(&self, args: &[&str]) -> Command {
        let argv = Self::argv(args);
        let mut command = Command::new(&argv[0]);
        command.args(&argv[1..]).env("TYPEPROOF_HOME", self.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// A file with a text to be typed.
    fn text(&self, text: &str) -> String {
        let path = self.dir.path().join("text.txt");
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    /// Every attempt, replayed and judged anew.
    fn attempts(&self) -> Vec<Finished> {
        let mut desk = self.desk();
        let rows = desk.history().unwrap().attempts(&Filter::default()).unwrap();
        let attempts = rows.iter().map(|row| desk.reopen(&row.id).unwrap()).collect();
        let damage = |notice: &Notice| notice.to_string().contains("damaged");
        assert!(!desk.take_notices().iter().any(damage), "nothing was set aside");
        attempts
    }
}

fn lessons() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/program/lessons")
}

fn blank(outside: &Outside) -> bool {
    outside.contents().trim().is_empty()
}

/// Sends a key and waits until the caret has moved.
fn press(outside: &mut Outside, key: &str) {
    let before = outside.screen().cursor_position();
    outside.send(key);
    outside.wait_for("the caret to move", |outside| outside.screen().cursor_position() != before);
}

/// Waits until a result screen, which is shown, takes keys.
fn calm(outside: &mut Outside) {
    outside.take_until(Instant::now() + CALM);
}

/// The JSON that a program printed after it had left the screen.
fn printed(outside: &Outside) -> serde_json::Value {
    let raw = String::from_utf8_lossy(outside.raw());
    let (_, after) = raw.rsplit_once("\x1b[?1049l").expect("the alternate screen was left");
    serde_json::from_str(after).unwrap_or_else(|why| panic!("{why}: {after}"))
}
