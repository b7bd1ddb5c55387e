//! `typeproof issuer`: the user's own signing key. Secrets are neither taken as arguments nor printed.

use std::io::Write;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use zeroize::Zeroizing;

mod key;
mod organisation;

pub(super) use key::checked;
use key::show_key;

use super::error::CliError;
use super::exit::OK;
use super::{passphrase, print};
use crate::desk::{Desk, DeskError};
use crate::keyring::{KeyId, KeyringError, PublicFormat, StoredKey, export_public};
use crate::system;
use crate::trust::{Assurance, Issuer as TrustedIssuer, KeyTerm, Life, checked_name};

#[derive(Debug, Args)]
#[command(after_long_help = super::help::ISSUER)]
pub(super) struct Issuer {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(New),
    /// Show the public key and where the key lies, or an organisation's profile and key
    #[command(after_long_help = super::help::ISSUER_SHOW)]
    Show {
        /// An organisation, by its id; your own key where it is not given
        id: Option<KeyId>,
    },
    /// List the organisations that badges are signed for here
    #[command(after_long_help = super::help::ISSUER_LIST)]
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    Edit(organisation::Edit),
    Export(Export),
}

/// Make your own key, or with --name an organisation's profile and key; one that is there is never overwritten
#[derive(Debug, Args)]
#[command(after_long_help = super::help::ISSUER_NEW)]
struct New {
    /// Encrypt it with a passphrase, which is asked for
    #[arg(long, conflicts_with = "passphrase_stdin")]
    passphrase: bool,
    /// Encrypt it with the first line of standard input
    #[arg(long)]
    passphrase_stdin: bool,
    #[command(flatten)]
    organisation: organisation::Founded,
}

/// Print the public key, for others
#[derive(Debug, Args)]
#[command(after_long_help = super::help::ISSUER_EXPORT)]
struct Export {
    /// An organisation, by its id; your own key where it is not given
    id: Option<KeyId>,
    /// How it is written; `toml` is a file that others give to `typeproof trust add`
    #[arg(long, value_enum, default_value_t = Format::DidKey)]
    format: Format,
    /// The issuer's name in the TOML file; the holder's name from the settings where it is not given
    #[arg(long)]
    name: Option<String>,
    /// The address of the issuer's own verification page, in the TOML file, e.g. https://example.org/v/; a page that
    /// trusts the issuer tells visitors whether they are there
    #[arg(long)]
    url: Option<String>,
    /// The first day of the key, in the TOML file; the day its file was made where it is not given
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// How far the key asks to be believed, in the TOML file; self-assessed where it is not given, and proctored for an
    /// organisation
    #[arg(long, value_name = "SUPERVISION", value_parser = assurance)]
    highest: Option<Assurance>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    DidKey,
    Multikey,
    Pem,
    Toml,
}

/// How a test was supervised, by its word.
pub(super) fn assurance(word: &str) -> Result<Assurance, String> {
    Assurance::from_word(word).ok_or_else(|| "expected self-assessed, reviewed or proctored".to_owned())
}

impl Issuer {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        // A program that was ended while it made a key may have left that.
        if let Err(why) = desk.keyring().clear_remains() {
            print::complain(&why.to_string());
        }
        match self.command {
            Command::New(new) => new.run(desk, out),
            Command::Show { id: None } => show(desk, out),
            Command::Show { id: Some(id) } => organisation::show(desk, &id, out),
            Command::List { json } => organisation::list(desk, json, out),
            Command::Edit(edit) => edit.run(desk, out),
            Command::Export(export) => export.run(desk, out),
        }
    }
}

impl New {
    fn run(self, desk: &Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        if self.organisation.name.is_some() {
            return self.organisation.run(desk, self.passphrase_stdin, out);
        }
        let own = desk.own_key();
        if own.exists()? {
            // Said before a passphrase is asked for.
            return Err(KeyringError::Exists(own.secret_file()).into());
        }
        let passphrase = match (self.passphrase, self.passphrase_stdin) {
            (true, _) => Some(passphrase::ask_new()?),
            (_, true) => Some(passphrase::from_stdin()?),
            _ => None,
        };
        let seed = Zeroizing::new(system::random().map_err(DeskError::from)?);
        own.create(passphrase.as_ref(), &seed)?;
        show(desk, out)
    }
}

fn show(desk: &Desk, out: &mut dyn Write) -> Result<u8, CliError> {
    show_key(&desk.own_key(), out)?;
    let (organisations, _) = desk.organisations();
    let is_own = |key: &&StoredKey| {
        !key.id().is_default() && organisations.iter().all(|organisation| organisation.id != *key.id())
    };
    for other in desk.keyring().list()?.iter().filter(is_own) {
        writeln!(out, "\nAnother key, {}:", other.id())?;
        match show_key(other, out) {
            Err(CliError::Keyring(why)) => writeln!(out, "{why}")?,
            shown => shown?,
        }
    }
    Ok(OK)
}

impl Export {
    fn run(self, desk: &Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let organisation = self.id.as_ref().map(|id| desk.organisation(id)).transpose()?;
        let stored =
            organisation.as_ref().map_or_else(|| desk.own_key(), |organisation| organisation.key.clone());
        let key = stored.public()?;
        let format = match self.format {
            Format::DidKey => PublicFormat::DidKey,
            Format::Multikey => PublicFormat::Multikey,
            Format::Pem => PublicFormat::Pem,
            Format::Toml => {
                let issuer = match organisation {
                    Some(organisation) => {
                        organisation::exported(organisation, self.name, self.url, self.from, self.highest)?
                    }
                    None => self.issuer(desk, key)?,
                };
                write!(out, "{}", issuer.to_toml())?;
                return Ok(OK);
            }
        };
        let text = export_public(&key, format);
        write!(
            out,
            "{}",
            text.map_err(|_| CliError::refused("the public key could not be written as PEM"))?
        )?;
        Ok(OK)
    }

    fn issuer(self, desk: &Desk, key: ed25519_dalek::VerifyingKey) -> Result<TrustedIssuer, CliError> {
        let name = self.name.or_else(|| desk.settings.holder_name.clone());
        let name =
            name.ok_or_else(|| CliError::usage("the file needs a name for the issuer: give --name"))?;
        let name = checked_name(&name).map_err(|why| CliError::usage(why.to_string()))?;
        let from = self.from.unwrap_or_else(|| made(desk));
        let issuer = TrustedIssuer {
            name,
            url: self.url,
            keys: KeyTerm { key, from, life: Life::InUse }.into(),
            highest_assurance: self.highest.unwrap_or(Assurance::SelfAssessed),
            did: None,
            status_list: None,
            email: None,
            image: None,
            former: Vec::new(),
        };
        checked(&issuer)
    }
}

/// The day the key's file was made, in UTC; today where the file does not say.
fn made(desk: &Desk) -> NaiveDate {
    let modified = desk.own_key().secret_file().metadata().and_then(|file| file.modified());
    modified.map_or_else(|_| system::now(), system::instant).date_naive()
}
