//! `typeproof badge share`: the links and texts by which a badge travels.

use std::io::Write;

use clap::{Args, ValueEnum};

use crate::badge::carry::share::Channel;
use crate::cli::error::CliError;
use crate::cli::exit::OK;
use crate::cli::print;
use crate::desk::Desk;

/// Print a badge's links and texts for others: its page, LinkedIn, VerifierPlus, plain text, Markdown, HTML
#[derive(Debug, Args)]
#[command(after_long_help = crate::cli::help::BADGE_SHARE)]
pub(super) struct Share {
    /// The badge's id, or the beginning of it
    id: String,
    /// One of them, by itself; all where it is not given
    #[arg(long = "as", value_enum, value_name = "FORM")]
    form: Option<Wanted>,
}

/// A form by its name on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Wanted {
    /// The address of the badge's page, which has a preview
    Page,
    /// A link that adds the badge to a LinkedIn profile
    Linkedin,
    /// A link that has VerifierPlus check the hosted badge
    Verifierplus,
    /// Plain text
    Text,
    /// Markdown
    Markdown,
    /// HTML to put into a page
    Html,
}

impl From<Wanted> for Channel {
    fn from(wanted: Wanted) -> Self {
        match wanted {
            Wanted::Page => Self::Page,
            Wanted::Linkedin => Self::LinkedIn,
            Wanted::Verifierplus => Self::VerifierPlus,
            Wanted::Text => Self::Text,
            Wanted::Markdown => Self::Markdown,
            Wanted::Html => Self::Html,
        }
    }
}

impl Share {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let row = super::find::find(desk, &self.id)?;
        let shared = desk.share(&row)?;
        let Some(wanted) = self.form.map(Channel::from) else {
            writeln!(out, "{}", print::paragraphs(&shared.text()))?;
            return Ok(OK);
        };
        let found = shared.forms.into_iter().find(|(form, _)| *form == wanted);
        if let Some((_, text)) = found {
            writeln!(out, "{}", text.map_err(|why| CliError::refused(why.to_string()))?)?;
        }
        // By itself it goes into a file or a clipboard; what its reader should know goes beside it.
        print::explain(&print::paragraphs(&shared.note));
        Ok(OK)
    }
}
