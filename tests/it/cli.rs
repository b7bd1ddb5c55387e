//! The command line, by driving the real program: a file a command, a call a sentence.

use std::fs;
use std::path::Path;

use clap::{Command, CommandFactory};
use tempfile::TempDir;
use typeproof::cli::Args;

use crate::support::sentence::program;
use crate::support::stage::Stage;

mod badge;
mod coach;
mod completions;
mod config;
mod course_badge;
#[cfg(feature = "room")]
mod exam;
mod help;
mod history;
mod issuer;
mod keys;
mod man;
mod many;
#[cfg(unix)]
mod once;
mod plausibility;
mod play;
mod practice;
mod review;
mod shown;
#[cfg(unix)]
pub mod shut;
mod site;
mod trust;
mod verify;

/// Every command that is shown, with those within it; each with its name, the parts joined by hyphens.
fn commands() -> Vec<(String, Command)> {
    let mut whole = Args::command();
    whole.build();
    below(&whole, "typeproof".to_owned())
}

fn below(command: &Command, name: String) -> Vec<(String, Command)> {
    let shown = command.get_subcommands().filter(|c| !c.is_hide_set());
    let inner = shown.flat_map(|c| below(c, format!("{name}-{}", c.get_name())));
    std::iter::once((name.clone(), command.clone())).chain(inner).collect()
}

#[test]
fn the_program_explains_itself() {
    let stage = Stage::bare();
    let newcomer = stage.newcomer();
    newcomer.runs("--version").prints("typeproof 0.").exits(0);
    newcomer.runs("--help").prints("Commands:").prints("verify").prints("TYPEPROOF_HOME").exits(0);
    newcomer.runs("").complains("is not a terminal").complains("terminal window").exits(2);
    newcomer.runs("tset").complains("tset").exits(2);
    newcomer.runs("--lessons {dir}/nowhere levels").complains("no such folder").exits(2);
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

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let home = TempDir::new().unwrap();
    let mut child = program(home.path()).args(["levels", "--json"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
}

/// For what may be refused, refusals outnumber acceptances.
#[test]
fn refusals_outnumber_acceptances() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/cli");
    let files = fs::read_dir(folder).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let all: String = files.collect();
    let (calls, good) = (all.matches(".exits(").count(), all.matches(".exits(0)").count());
    assert!(calls > 180 && good * 2 < calls, "{good} of {calls} are accepted");
}
