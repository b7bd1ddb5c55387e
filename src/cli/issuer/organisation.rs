//! `typeproof issuer` with an organisation: its profile and key, apart from the holder of the machine.

use std::io::Write;

use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use super::key::{checked, show_key};
use crate::cli::error::CliError;
use crate::cli::exit::OK;
use crate::cli::{passphrase, print};
use crate::desk::{Desk, Organisation};
use crate::keyring::{KeyId, KeyringError};
use crate::trust::{Assurance, Issuer, Profile, checked_name, is_reserved, multikey, slug};

/// Characters of an id that is made of a name.
const MAX_ID: usize = 40;

/// What makes an organisation of `issuer new`.
#[derive(Debug, Args)]
pub(super) struct Founded {
    /// An organisation's name: it gets a profile and a key of its own, whose passphrase is asked for
    #[arg(long, value_name = "ORGANISATION")]
    pub(super) name: Option<String>,
    /// The organisation's page, or the address of its verification page
    #[arg(long, value_name = "ADDRESS", requires = "name")]
    url: Option<String>,
    /// Its e-mail address for questions
    #[arg(long, value_name = "ADDRESS", requires = "name")]
    email: Option<String>,
    /// The address of its picture, https:
    #[arg(long, value_name = "ADDRESS", requires = "name")]
    image: Option<String>,
    /// Its DID where it has one of its own, e.g. did:web:example.org; that of its key where it is not given
    #[arg(long, value_name = "DID", requires = "name")]
    did: Option<String>,
    /// What it is called in commands; made of its name where it is not given
    #[arg(long, requires = "name")]
    id: Option<KeyId>,
}

/// Change an organisation's profile; badges that were signed before keep the earlier one
#[derive(Debug, Args)]
#[command(after_long_help = crate::cli::help::ISSUER_EDIT)]
pub(super) struct Edit {
    /// The organisation, by its id
    id: KeyId,
    /// Its name
    #[arg(long, value_name = "ORGANISATION")]
    name: Option<String>,
    /// Its page; \"\" for none
    #[arg(long, value_name = "ADDRESS")]
    url: Option<String>,
    /// Its e-mail address for questions; \"\" for none
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// The address of its picture, https:; \"\" for none
    #[arg(long, value_name = "ADDRESS")]
    image: Option<String>,
}

impl Founded {
    /// Makes the organisation; its key always has a passphrase.
    pub(super) fn run(self, desk: &Desk, stdin: bool, out: &mut dyn Write) -> Result<u8, CliError> {
        let entered = self.name.unwrap_or_default();
        let name = checked_name(&entered).map_err(|why| CliError::usage(format!("--name: {why}")))?;
        refuse_reserved(&name)?;
        let id = match self.id {
            Some(id) => id,
            None => slug(&name, MAX_ID).parse().map_err(|_| {
                CliError::usage(format!(
                    "no id can be made of {name:?}: give one with --id, such as --id college"
                ))
            })?,
        };
        if id.is_default() {
            return Err(CliError::usage("\"issuer\" is the id of your own key: give another with --id"));
        }
        let key = desk.keyring().key(&id);
        if key.exists()? {
            // Said before a passphrase is asked for.
            return Err(KeyringError::Exists(key.secret_file()).into());
        }
        let secret = if stdin { passphrase::from_stdin()? } else { passphrase::ask_new()? };
        if secret.is_empty() {
            return Err(KeyringError::EmptyPassphrase.into());
        }
        let profile = Profile { name, url: self.url, email: self.email, image: self.image };
        let organisation = desk.found(&id, profile, self.did, &secret)?;
        describe(&organisation, out)?;
        writeln!(
            out,
            "\nGive others `typeproof issuer export {id} --format toml`: they add it with `typeproof trust add FILE --highest \
             proctored`, and a page of yours with `typeproof site build DIR --issuer FILE --highest proctored`."
        )?;
        Ok(OK)
    }
}

impl Edit {
    pub(super) fn run(self, desk: &Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let organisation = desk.organisation(&self.id)?;
        let now = organisation.issuer.profile();
        let changed = |given: Option<String>, now: &Option<String>| match given {
            Some(text) if text.is_empty() => None,
            Some(text) => Some(text),
            None => now.clone(),
        };
        let name = self.name.as_deref().unwrap_or(&now.name);
        let name = checked_name(name).map_err(|why| CliError::usage(format!("--name: {why}")))?;
        refuse_reserved(&name)?;
        let profile = Profile {
            name,
            url: changed(self.url, &now.url),
            email: changed(self.email, &now.email),
            image: changed(self.image, &now.image),
        };
        if profile == now {
            return Err(CliError::usage("nothing is changed: give --name, --url, --email or --image"));
        }
        let organisation = desk.describe(&organisation, profile)?;
        describe(&organisation, out)?;
        writeln!(
            out,
            "\nBadges signed before keep the earlier profile. Give others the new file, so that they can read the codes of \
             both: `typeproof issuer export {} --format toml`.",
            organisation.id
        )?;
        Ok(OK)
    }
}

/// Refuses a name that looks like this program's own.
fn refuse_reserved(name: &str) -> Result<(), CliError> {
    match is_reserved(name) {
        true => Err(CliError::refused(format!(
            "the name {name:?} looks like this program's own, or like what it calls you: give the organisation another"
        ))),
        false => Ok(()),
    }
}

/// Prints the organisations.
pub(super) fn list(desk: &Desk, as_json: bool, out: &mut dyn Write) -> Result<u8, CliError> {
    let (organisations, notices) = desk.organisations();
    notices.iter().for_each(|notice| print::complain(&notice.to_string()));
    if as_json {
        let one = |o: &Organisation| {
            let Profile { name, url, email, image } = o.issuer.profile();
            json!({"id": o.id.as_str(), "name": name, "url": url, "email": email, "image": image,
                "did": o.issuer.did, "version": o.issuer.version(), "key": multikey::encode(&o.issuer.keys.first().key)})
        };
        print::json(out, &organisations.iter().map(one).collect::<Value>())?;
        return Ok(OK);
    }
    let row = |o: &Organisation| {
        let version = format!("version {}", o.issuer.version());
        [o.id.to_string(), o.issuer.name.clone(), version, o.issuer.url.clone().unwrap_or_default()]
    };
    print::columns(out, &organisations.iter().map(row).collect::<Vec<_>>())?;
    if organisations.is_empty() {
        writeln!(
            out,
            "No organisation yet: `typeproof issuer new --name ORGANISATION --url ADDRESS` makes one."
        )?;
    }
    Ok(OK)
}

/// Prints one organisation.
pub(super) fn show(desk: &Desk, id: &KeyId, out: &mut dyn Write) -> Result<u8, CliError> {
    describe(&desk.organisation(id)?, out)?;
    Ok(OK)
}

fn describe(organisation: &Organisation, out: &mut dyn Write) -> Result<(), CliError> {
    let Profile { name, url, email, image } = organisation.issuer.profile();
    writeln!(out, "{name} ({})", organisation.id)?;
    for (what, text) in
        [("page", url), ("e-mail", email), ("picture", image), ("DID", organisation.issuer.did.clone())]
    {
        if let Some(text) = text {
            writeln!(out, "{what:<11} {text}")?;
        }
    }
    writeln!(out, "{:<11} {}", "version", organisation.issuer.version())?;
    show_key(&organisation.key, out)
}

/// The organisation as others are given it, with what the command line says otherwise.
pub(super) fn exported(
    organisation: Organisation,
    name: Option<String>,
    url: Option<String>,
    from: Option<NaiveDate>,
    highest: Option<Assurance>,
) -> Result<Issuer, CliError> {
    let id = &organisation.id;
    if name.is_some() || url.is_some() {
        return Err(CliError::usage(format!(
            "name and page of an organisation stand in its profile: `typeproof issuer edit {id}` changes them"
        )));
    }
    let mut issuer = organisation.issuer.clone();
    if let Some(from) = from {
        let keys = issuer.keys.iter().map(|term| crate::trust::KeyTerm { from, ..*term });
        let mut keys = keys.collect::<Vec<_>>().into_iter();
        if let (Some(first), None) = (keys.next(), keys.next()) {
            issuer.keys = first.into();
        }
    }
    issuer.highest_assurance = highest.unwrap_or(Assurance::Proctored);
    checked(&issuer)
}
