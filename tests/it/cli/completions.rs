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
        // Others complete no values.
        let values = if matches!(shell, "bash" | "fish" | "zsh") {
            &["speed-20", "sprint-40", "proctored", "code-rust"][..]
        } else {
            &[]
        };
        for value in values {
            assert!(script.contains(value), "{shell} does not know {value}");
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

/// What follows an option is completed by what the option takes: levels by their ids, and files only where a file goes.
#[test]
fn bash_offers_what_an_option_takes() {
    let (_, script) = Stage::bare().newcomer().runs("completions bash").says();
    let after = |option: &str| -> Vec<&str> {
        let head = format!("{option})\n");
        let cases = script.split(&*head).skip(1);
        cases.map(|case| case.lines().next().unwrap_or_default().trim()).collect()
    };
    for (option, offered) in
        [("--level", "compgen -W \"speed-20 "), ("--highest", "compgen -W \"self-assessed ")]
    {
        assert!(!after(option).is_empty());
        assert!(after(option).iter().all(|case| case.contains(offered)), "{option}: {:?}", after(option));
    }
    for option in ["--time", "--words", "--resume", "--limit", "--name"] {
        assert!(!after(option).is_empty());
        assert!(
            !after(option).iter().any(|case| case.contains("compgen -f")),
            "{option}: {:?}",
            after(option)
        );
    }
    assert!(after("--text").iter().all(|case| !case.contains("compgen -W")), "a file goes there");
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
