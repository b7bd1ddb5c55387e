//! `typeproof site`: the verification page and hosted badges as plain files, and a server for them.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::error::CliError;
use super::exit::OK;
use super::issuer::assurance;
use super::{badge, print, verify};
use crate::badge::carry::share;
use crate::desk::Desk;
use crate::store::history::BadgeRow;
use crate::store::issuers;
use crate::store::settings::verify_url;
use crate::system;
use crate::trust::{Assurance, TrustList};
use crate::web::data::PageData;
use crate::web::hosted::HostedBadge;
use crate::web::site::{self, Built};

mod believed;
#[cfg(feature = "network")]
mod serve;

use believed::trusts;

#[derive(Debug, Args)]
#[command(after_long_help = super::help::SITE)]
pub(super) struct Site {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(Build),
    #[cfg(feature = "network")]
    Serve(serve::Serve),
}

/// Write the page, the issuers that it trusts and the badges that you choose into a folder, for any web host
///
/// The folder gets index.html, the same as 404.html, issuers.json, and for each badge that you name b/UUID.json, .png,
/// .svg and .html. _headers and .nojekyll are for web hosts that take a folder and for the pages of code hosts; server.txt
/// shows the configuration of a server of your own. Hosting a badge publishes what it says, the holder's name among it; an e-mail address stays hashed,
/// and the attempt file (how somebody types) is never hosted. Without --badge or --all-badges none is.
/// The page trusts the issuers on your list (`typeproof trust list`) and those given with --issuer. Your own key is no
/// third party: the page calls its badges neither valid nor false, unless you give your own file (`typeproof issuer export --format toml`).
/// Nothing is deleted, and no file is overwritten that this program did not write.
#[derive(Debug, Args)]
#[command(after_long_help = super::help::SITE_BUILD)]
struct Build {
    /// The folder; it is made where missing
    dir: PathBuf,
    /// The address at which the folder will be found, e.g. https://example.org/v/; `verify_url` of the settings where
    /// it is not given
    #[arg(long, value_name = "BASE", value_parser = address)]
    url: Option<String>,
    /// A badge to host, by its id (the beginning will do): its holder's name becomes public; may be given several times
    #[arg(long = "badge", value_name = "ID")]
    badges: Vec<String>,
    /// Host every badge that you issued: their holders' names become public
    #[arg(long, conflicts_with = "badges")]
    all_badges: bool,
    /// An issuer that the page trusts besides those on your list; may be given several times
    #[arg(long = "issuer", value_name = "FILE.toml")]
    issuers: Vec<PathBuf>,
    /// The strongest supervision at which the page believes those issuers: self-assessed (unless given, or your list says
    /// more), reviewed, proctored; a file can claim it, but only you can grant it
    #[arg(long, value_name = "SUPERVISION", value_parser = assurance, requires = "issuers")]
    highest: Option<Assurance>,
    /// An issuer's published document with its keys (did.json), for the page; may be given several times
    #[arg(long = "did-doc", value_name = "FILE")]
    did_docs: Vec<PathBuf>,
    /// A list of revoked badges for the page, signed by an issuer that it trusts; may be given several times
    #[arg(long = "status-list", value_name = "FILE")]
    status_lists: Vec<PathBuf>,
}

/// A base address, with or without the `#` that the setting has.
fn address(text: &str) -> Result<String, String> {
    let text = if text.ends_with('#') { text.to_owned() } else { format!("{text}#") };
    verify_url(&text).map_err(|_| "expected an address like https://example.org/v/".to_owned())
}

impl Site {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        match self.command {
            Command::Build(build) => build.run(desk, out),
            #[cfg(feature = "network")]
            Command::Serve(serve) => serve.run(desk, out),
        }
    }
}

impl Build {
    fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        site::refuse_private(&self.dir, desk.paths())?;
        let given = self.issuers.iter().map(|path| issuers::read(path)).collect::<Result<_, _>>()?;
        let documents =
            self.did_docs.iter().map(|path| verify::did_document(path)).collect::<Result<Vec<_>, _>>()?;
        let (given, claims) = site::granted(desk, given, self.highest);
        let (list, notices) = site::trusted(desk, given);
        claims.iter().chain(&notices).for_each(|notice| print::complain(&notice.to_string()));
        let statuses = self.status_lists.iter().map(|path| verify::status_list(path, &list, &documents));
        let statuses = statuses.collect::<Result<Vec<_>, _>>()?;
        let url = self.url.clone().unwrap_or_else(|| desk.settings.verify_url.clone());
        let rows = self.chosen(desk)?;
        if !rows.is_empty() && share::reach(&url) == share::Reach::ThisMachine {
            return Err(CliError::usage(format!(
                "the pages of badges need the address at which the folder will be found: give --url ADDRESS.\n{}",
                share::WAYS_TO_AN_ADDRESS
            )));
        }
        let badges = rows.iter().map(|row| HostedBadge::of(row, &url)).collect::<Result<Vec<_>, _>>()?;
        let catalogue = desk.catalogue();
        let data = PageData {
            catalogue: &catalogue,
            issuers: list.issuers(),
            documents: &documents,
            statuses: &statuses,
            built: system::now(),
        };
        let built = site::build(&self.dir, &data, &badges)?;
        say(out, &built)?;
        say_hosted(out, &rows, &url)?;
        trusts(out, &list, "give --issuer FILE.toml, or add issuers with `typeproof trust add`")?;
        nowhere(&list);
        Ok(OK)
    }

    /// The badges that were chosen, each once.
    fn chosen(&self, desk: &mut Desk) -> Result<Vec<BadgeRow>, CliError> {
        if self.all_badges {
            return Ok(desk.history()?.badges()?);
        }
        let mut rows = BTreeMap::new();
        for id in &self.badges {
            let row = badge::find(desk, id)?;
            rows.insert(row.id.clone(), row);
        }
        Ok(rows.into_values().collect())
    }
}

fn say(out: &mut dyn Write, built: &Built) -> Result<(), CliError> {
    for path in &built.written {
        writeln!(out, "wrote  {}", print::path(path))?;
    }
    for path in &built.unchanged {
        writeln!(out, "as is  {}", print::path(path))?;
    }
    for path in &built.left {
        writeln!(
            out,
            "still hosted, though not chosen this time: {} (to withdraw it, delete this file and the others with its name)",
            print::path(path)
        )?;
    }
    Ok(())
}

fn say_hosted(out: &mut dyn Write, rows: &[BadgeRow], url: &str) -> Result<(), CliError> {
    if rows.is_empty() {
        return Ok(writeln!(out, "\nNo badge is hosted: --badge ID chooses one.")?);
    }
    writeln!(out, "\nHosted, with the holder's name for everyone to see:")?;
    let row = |row: &BadgeRow| {
        [row.name.clone(), row.level_id.clone().unwrap_or_default(), share::hosted(url, &row.id).page]
    };
    Ok(print::columns(out, &rows.iter().map(row).collect::<Vec<_>>())?)
}

/// Names the issuers in use whose page is not known: a visitor with a badge of theirs cannot see whose page this is.
fn nowhere(list: &TrustList) {
    let without = list.issuers().iter().filter(|i| i.keys.in_use() && i.url.is_none());
    let names: Vec<String> = without.map(|i| format!("{:?}", i.name)).collect();
    if !names.is_empty() {
        print::complain(&format!(
            "visitors cannot see whether the page is the issuer's own: the file of {} has no `url`, the address of the issuer's \
             verification page; `typeproof issuer export --format toml --url ADDRESS` writes one with it",
            names.join(", ")
        ));
    }
}
