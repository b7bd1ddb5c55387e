//! `typeproof man`: the manual pages, written from the same definition as `--help`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use clap_mangen::Man as Page;

use super::error::CliError;
use super::exit::OK;
use super::print;
use crate::store::files::{Access, make_dir, rewrite};

#[derive(Debug, Args)]
#[command(after_long_help = super::help::MAN)]
pub(super) struct Man {
    /// The folder; it is made where missing
    dir: PathBuf,
}

impl Man {
    /// Writes a page for the program, and for each of its commands.
    pub(super) fn run(self, mut program: clap::Command, out: &mut dyn Write) -> Result<u8, CliError> {
        make_dir(&self.dir)?;
        program.build();
        for page in pages(program) {
            let path = self.dir.join(page.get_filename());
            let mut bytes = Vec::new();
            page.render(&mut bytes)?;
            rewrite(&path, &bytes, Access::Everyone)?;
            writeln!(out, "{}", print::path(&path))?;
        }
        Ok(OK)
    }
}

/// A page for a command, and one for each command below it.
fn pages(command: clap::Command) -> Vec<Page> {
    let below: Vec<clap::Command> = command.get_subcommands().filter(|c| !c.is_hide_set()).cloned().collect();
    let inner = below.into_iter().flat_map(pages);
    let own = Page::new(command.clone());
    std::iter::once(own).chain(inner).collect()
}
