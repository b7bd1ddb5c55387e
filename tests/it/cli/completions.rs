//! `typeproof completions`: scripts for shells, with every command and option in them.

use std::collections::BTreeSet;
use std::process::Command;

use super::commands;
use crate::support::stage::Stage;

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

#[test]
fn every_shell_completes_every_command_and_option() {
    let stage = Stage::bare();
    let mut words = BTreeSet::new();
    for (name, command) in commands() {
        words.extend(name.rsplit('-').next().map(str::to_owned));
        let shown = command.get_arguments().filter(|option| !option.is_hide_set());
        words.extend(shown.filter_map(|option| option.get_long().map(str::to_owned)));
    }
    assert!(words.len() > 50 && words.contains("all-formats"), "{words:?}");
    for shell in SHELLS {
        let line = format!("completions {shell}");
        let (status, script) = stage.newcomer().runs(&line).says();
        assert_eq!(status, 0);
        for word in &words {
            assert!(script.contains(word.as_str()), "{shell} does not know {word}");
        }
        assert!(!script.contains("crash"), "{shell}: what is hidden stays so");
        let path = stage.write("script", script);
        // Shells that are here read the script without running it.
        if let "bash" | "zsh" = shell
            && let Ok(status) = Command::new(shell).arg("-n").arg(path).status()
        {
            assert!(status.success(), "{shell} cannot read its script");
        }
    }
}

#[test]
fn a_shell_that_is_not_known_is_refused() {
    let stage = Stage::bare();
    let newcomer = stage.newcomer();
    newcomer.runs("completions").complains("<SHELL>").exits(2);
    newcomer
        .runs("completions tcsh")
        .complains("invalid value 'tcsh'")
        .complains("bash, elvish, fish")
        .exits(2);
    newcomer.runs("completions bash zsh").complains("unexpected argument 'zsh'").exits(2);
}
