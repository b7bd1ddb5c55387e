//! The manual pages: one for each command, with all that `--help` says.

use std::collections::BTreeSet;
use std::fs;

use tempfile::TempDir;

use super::commands;
use crate::support::sentence::program;
use crate::support::stage::Stage;

#[test]
fn every_command_has_a_page_with_all_its_options() {
    let home = TempDir::new().unwrap();
    let dir = home.path().join("man1");
    let output = program(home.path()).args(["man"]).arg(&dir).output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
    let expected = commands();
    assert!(expected.len() >= 25, "commands within commands are found: {}", expected.len());
    let files = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let files: BTreeSet<String> = files.collect();
    assert_eq!(files, expected.iter().map(|(name, _)| format!("{name}.1")).collect());
    for (name, command) in &expected {
        let page = fs::read_to_string(dir.join(format!("{name}.1"))).unwrap();
        assert!(page.contains(&format!(".TH {name} 1")), "{name}: {page}");
        for option in command.get_arguments().filter(|option| !option.is_hide_set()) {
            let long = option.get_long().map(|long| format!("\\-\\-{}", long.replace('-', "\\-")));
            assert!(long.is_none_or(|long| page.contains(&long)), "{name} lacks {:?}", option.get_id());
        }
        for below in command.get_subcommands().filter(|c| !c.is_hide_set()) {
            assert!(page.contains(below.get_name()), "{name} names no {}", below.get_name());
        }
    }
    let verify = fs::read_to_string(dir.join("typeproof-verify.1")).unwrap();
    assert!(verify.contains("Exit code") && verify.contains("Nothing is ever fetched"), "{verify}");
    let first = fs::read_to_string(dir.join("typeproof.1")).unwrap();
    assert!(first.contains("TYPEPROOF_HOME") && first.contains("NO_COLOR"), "{first}");
    assert!(!first.contains("crash"), "what is hidden stays so");
}

#[test]
fn pages_are_written_and_replaced() {
    let stage = Stage::bare();
    let newcomer = stage.newcomer();
    newcomer
        .runs("man {dir}/man")
        .prints("{dir}/man/typeproof.1\n")
        .prints("typeproof-verify.1\n")
        .prints("typeproof-badge-export.1\n")
        .exits(0);
    newcomer.runs("man {dir}/man").prints("{dir}/man/typeproof.1\n").exits(0);
    newcomer.runs("man {dir}/text.txt").complains("text.txt").complains("created").exits(1);
    newcomer.runs("man").complains("<DIR>").exits(2);
}
