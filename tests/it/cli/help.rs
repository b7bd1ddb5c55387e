//! `--help`: each command has examples that can be typed, and says what its exit codes mean.

use clap::Parser;
use typeproof::cli::Args;
use typeproof::store::settings::SETTINGS;

use super::commands;
use crate::support::sentence::calls;
use crate::support::stage::Stage;

/// The lines of a section, which an empty line ends.
fn section<'a>(help: &'a str, heading: &str) -> Vec<&'a str> {
    let lines = help.lines().skip_while(|line| line.trim() != heading).skip(1);
    lines.take_while(|line| !line.trim().is_empty()).map(str::trim).collect()
}

#[test]
fn every_command_has_examples_of_itself_and_exit_codes() {
    let mut examples = 0;
    for (name, mut command) in commands() {
        let help = command.render_long_help().to_string();
        let own: Vec<String> = name.split('-').map(str::to_owned).collect();
        let shown = section(&help, "Examples:");
        assert!(!shown.is_empty(), "{name} has no examples:\n{help}");
        for line in &shown {
            let calls = calls(line);
            assert_eq!(calls.len(), 1, "{name}: {line}");
            let parsed = Args::try_parse_from(&calls[0]);
            assert!(parsed.is_ok(), "{name}: {line}\n{}", parsed.unwrap_err());
            let about_it = own.iter().all(|word| calls[0].contains(word));
            assert!(about_it, "{line} is no example of {name}");
            examples += 1;
        }
        let codes = section(&help, "Exit codes:");
        for code in ["0  ", "1  ", "2  "] {
            assert!(
                codes.iter().any(|line| line.starts_with(code)),
                "{name} has no exit code {code}: {codes:?}"
            );
        }
    }
    assert!(examples > 50, "{examples}");
}

#[test]
fn commands_that_keep_something_name_its_place() {
    for (name, place) in [
        ("test", None),
        ("issuer", Some("keys/issuer.pem")),
        ("trust", Some("trust/")),
        ("badge", Some("badges/")),
        ("levels", Some("lessons/")),
        ("history", Some("history.sqlite3")),
        ("backup", Some("history.sqlite3")),
        ("config", Some("settings.toml")),
        ("site-serve", Some("site/")),
    ] {
        let all = commands();
        let command = all.iter().find(|(n, _)| *n == format!("typeproof-{name}"));
        let help = command.unwrap().1.clone().render_long_help().to_string();
        let files = section(&help, "Files:").join(" ");
        assert!(place.map_or(files.is_empty(), |place| files.contains(place)), "{name}: {files}");
    }
}

#[test]
fn the_help_of_the_program_lists_files_settings_environment_and_exit_codes() {
    let help = commands()[0].1.clone().render_long_help().to_string();
    for setting in &SETTINGS {
        assert!(help.contains(setting.name) && help.contains(setting.meaning), "{}: {help}", setting.name);
    }
    for part in ["Files:", "~/.config/typeproof", "TYPEPROOF_HOME", "NO_COLOR", "Exit codes:", "130"] {
        assert!(help.contains(part), "{part} is missing");
    }
    let wide = help.lines().find(|line| line.chars().count() > 100);
    assert_eq!(wide, None);
}

#[test]
fn help_is_printed_for_every_command() {
    let stage = Stage::bare();
    let newcomer = stage.newcomer();
    newcomer.runs("verify --help").prints("Examples:").prints("3  unchanged and in force").exits(0);
    newcomer.runs("verify -h").prints("Usage: typeproof verify").exits(0);
    newcomer
        .runs("badge export --help")
        .prints("--all-formats --paper letter")
        .prints("Exit codes:")
        .exits(0);
    newcomer.runs("--help").prints("holder_name").prints("completions").exits(0);
    newcomer.runs("help").complains("help").exits(2);
    newcomer.runs("badge").complains("Usage: typeproof badge").exits(2);
}
