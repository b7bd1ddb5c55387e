//! `typeproof completions`: scripts by which shells complete, written from the same definition as `--help`.

use std::io::Write;

use clap::{Arg, Args, Command};
use clap_complete::{Shell, generate};

use super::error::CliError;
use super::exit::OK;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::COMPLETIONS)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    /// Prints the script for the shell.
    pub(super) fn run(self, mut program: Command, out: &mut dyn Write) -> Result<u8, CliError> {
        program.build();
        let mut script = Vec::new();
        generate(self.shell, &mut shown(&program), program.get_name(), &mut script);
        out.write_all(&script)?;
        Ok(OK)
    }
}

/// The command without what is hidden, which scripts would show; `--help` and `--version` come back by themselves.
fn shown(command: &Command) -> Command {
    let own =
        |option: &&Arg| !option.is_hide_set() && !["help", "version"].contains(&option.get_id().as_str());
    let below = command.get_subcommands().filter(|command| !command.is_hide_set());
    Command::new(command.get_name().to_owned())
        .about(command.get_about().cloned().unwrap_or_default())
        .version(command.get_version().unwrap_or_default().to_owned())
        .disable_help_subcommand(true)
        .disable_version_flag(command.get_version().is_none())
        .args(command.get_arguments().filter(own).cloned())
        .subcommands(below.map(shown))
}
