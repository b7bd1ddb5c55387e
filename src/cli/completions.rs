//! `typeproof completions`: scripts by which shells complete, written from the same definition as `--help`.

use std::io::Write;

use clap::builder::PossibleValuesParser;
use clap::{Arg, Args, Command, ValueHint};
use clap_complete::{Shell, generate};

use super::error::CliError;
use super::exit::OK;
use crate::trust::Assurance;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::COMPLETIONS)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// What there is to choose from, by its ids.
pub(super) struct Known {
    pub(super) levels: Vec<String>,
    pub(super) courses: Vec<String>,
}

impl Completions {
    /// Prints the script for the shell, with the levels and courses that there are.
    pub(super) fn run(
        self,
        mut program: Command,
        known: &Known,
        out: &mut dyn Write,
    ) -> Result<u8, CliError> {
        program.build();
        let mut script = Vec::new();
        generate(self.shell, &mut shown(&program, known), program.get_name(), &mut script);
        out.write_all(&script)?;
        Ok(OK)
    }
}

/// The command without what is hidden, which scripts would show; `--help` and `--version` come back by themselves.
fn shown(command: &Command, known: &Known) -> Command {
    let own =
        |option: &&Arg| !option.is_hide_set() && !["help", "version"].contains(&option.get_id().as_str());
    let below = command.get_subcommands().filter(|command| !command.is_hide_set());
    Command::new(command.get_name().to_owned())
        .about(command.get_about().cloned().unwrap_or_default())
        .version(command.get_version().unwrap_or_default().to_owned())
        .disable_help_subcommand(true)
        .disable_version_flag(command.get_version().is_none())
        .args(command.get_arguments().filter(own).map(|option| completed(option, known)))
        .subcommands(below.map(|command| shown(command, known)))
}

/// An option with what it takes: levels, courses, kinds of supervision, folders and files where it takes those, and else nothing that
/// a shell could know.
fn completed(option: &Arg, known: &Known) -> Arg {
    let option = option.clone();
    let names: Vec<&str> =
        option.get_value_names().unwrap_or_default().iter().map(|name| name.as_str()).collect();
    let ids = match option.get_id().as_str() {
        "level" => Some(&known.levels),
        "course" => Some(&known.courses),
        _ => None,
    };
    if let Some(ids) = ids {
        return option.value_parser(PossibleValuesParser::new(ids.clone()));
    }
    let is_choice = !option.get_possible_values().is_empty();
    match names.as_slice() {
        _ if is_choice => option,
        ["SUPERVISION"] => {
            option.value_parser(PossibleValuesParser::new(Assurance::ALL.map(Assurance::as_str)))
        }
        ["DIR"] => option.value_hint(ValueHint::DirPath),
        [name] if name.contains("FILE") => option.value_hint(ValueHint::AnyPath),
        _ if option.get_action().takes_values() => option.value_hint(ValueHint::Other),
        _ => option,
    }
}
