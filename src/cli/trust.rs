//! `typeproof trust`: the issuers whose badges the user believes.

use std::io::Write;
use std::path::Path;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use ed25519_dalek::VerifyingKey;
use serde_json::{Value, json};

use super::issuer::{assurance, checked};
use super::{CliError, OK, print};
use crate::desk::Desk;
use crate::store::issuers;
use crate::system;
use crate::trust::{Added, Assurance, Issuer, Life, TrustList, checked_name, looks_same, multikey};

/// What stands in front of a multikey in a did:key.
const DID_KEY: &str = "did:key:";

#[derive(Debug, Args)]
pub(super) struct Trust {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the issuers
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    Add(Add),
    /// Remove an issuer that you added
    Remove {
        /// Its key, or its whole name
        #[arg(value_name = "KEY|NAME")]
        issuer: String,
    },
}

/// Add an issuer: a file that it gave you, or its key and a name
#[derive(Debug, Args)]
struct Add {
    /// A TOML file as `typeproof issuer export --format toml` prints it, or a key (did:key:z6Mk… or z6Mk…)
    #[arg(value_name = "FILE|KEY")]
    issuer: String,
    /// With a key: the issuer's name
    #[arg(long)]
    name: Option<String>,
    /// With a key: the address of the issuer's own verification page, which pages that you build compare with where
    /// their visitor is
    #[arg(long, requires = "name")]
    url: Option<String>,
    /// The strongest supervision it is believed at: self-assessed (unless given), reviewed, proctored; a file can claim
    /// it, but only you can grant it
    #[arg(long, value_name = "SUPERVISION", value_parser = assurance)]
    highest: Option<Assurance>,
    /// With a key: the first day from which its badges are believed; today unless given
    #[arg(long, value_name = "DATE", requires = "name")]
    from: Option<NaiveDate>,
}

impl Trust {
    pub(super) fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        match self.command {
            Command::List { json } => list(desk, json, out),
            Command::Add(add) => add.run(desk, out),
            Command::Remove { issuer } => remove(desk, &issuer, out),
        }
    }
}

/// What became of an issuer's key.
pub(super) fn life(issuer: &Issuer) -> String {
    match issuer.life {
        Life::InUse => "in use".to_owned(),
        Life::Retired { until } => format!("retired {until}"),
        Life::Compromised { since } => format!("compromised {since}"),
    }
}

fn list(desk: &mut Desk, as_json: bool, out: &mut dyn Write) -> Result<u8, CliError> {
    let trust = desk.trust();
    if as_json {
        let row = |i: &Issuer| {
            json!({"name": i.name, "key": multikey::encode(&i.key), "url": i.url, "did": i.did,
                "from": i.from.to_string(), "state": life(i), "highest_assurance": i.highest_assurance})
        };
        print::json(out, &trust.issuers().iter().map(row).collect::<Value>())?;
        return Ok(OK);
    }
    let row = |i: &Issuer| {
        let (from, highest) = (format!("from {}", i.from), format!("up to {}", i.highest_assurance));
        [i.name.clone(), life(i), from, highest, multikey::encode(&i.key)]
    };
    print::columns(out, &trust.issuers().iter().map(row).collect::<Vec<_>>())?;
    if trust.issuers().is_empty() {
        writeln!(out, "You trust no issuer yet; `typeproof trust add` adds one.")?;
    }
    if let Ok(key) = desk.keyring().public() {
        writeln!(out, "Yourself: {} (never a trusted third party)", multikey::encode(&key))?;
    }
    Ok(OK)
}

impl Add {
    fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let issuer = match key_of(&self.issuer) {
            Some(key) => self.with_key(key?)?,
            None => self.described(out)?,
        };
        if desk.keyring().public().is_ok_and(|own| own == issuer.key) {
            return Err(CliError::refused(
                "this is your own key: it is known as yourself, and nobody else stands behind what it signs",
            ));
        }
        // A built-in issuer may be described anew; a file of the user's own is not overwritten.
        let mut own = TrustList::default();
        let _ = issuers::load(&desk.paths().trust_dir(), &mut own);
        if let Some(known) = own.by_key(&issuer.key) {
            if matches!(known.life, Life::Compromised { .. }) && known.life != issuer.life {
                return Err(CliError::refused(format!(
                    "the key is known as that of {:?}, {}: somebody else may sign with it, and no file makes it good again",
                    known.name,
                    life(known)
                )));
            }
            return Err(CliError::refused(format!(
                "this key is on your list already, as {:?} ({}); remove that first to change it",
                known.name,
                life(known)
            )));
        }
        fits(&issuer, desk.trust())?;
        let path = issuers::add(&desk.paths().trust_dir(), &issuer)?;
        writeln!(
            out,
            "{} is trusted from {}, up to {}: {}",
            issuer.name,
            issuer.from,
            issuer.highest_assurance,
            path.display()
        )?;
        if issuer.highest_assurance < Assurance::Proctored {
            writeln!(
                out,
                "Badges that claim stronger supervision are refused: that is what --highest and `highest_assurance` in \
                 that file say."
            )?;
        }
        Ok(OK)
    }

    fn with_key(self, key: VerifyingKey) -> Result<Issuer, CliError> {
        let name =
            self.name.ok_or_else(|| CliError::usage("a key alone says not whose it is: give --name NAME"))?;
        checked(&Issuer {
            name: checked_name(&name).map_err(|why| CliError::usage(why.to_string()))?,
            url: self.url,
            key,
            from: self.from.unwrap_or_else(|| system::now().date_naive()),
            life: Life::InUse,
            highest_assurance: self.highest.unwrap_or(Assurance::SelfAssessed),
            did: None,
            status_list: None,
        })
    }

    /// The issuer of a file, believed as far as the user says, and never farther than the file does.
    fn described(self, out: &mut dyn Write) -> Result<Issuer, CliError> {
        if self.name.is_some() {
            return Err(CliError::usage(format!(
                "{:?} is no key, and a file has its own name: give a key, or leave --name out",
                self.issuer
            )));
        }
        let file =
            issuers::read(Path::new(&self.issuer)).map_err(|why| CliError::refused(why.to_string()))?;
        let claimed = file.highest_assurance;
        let highest_assurance = self.highest.unwrap_or(Assurance::SelfAssessed).min(claimed);
        if self.highest.is_none() && claimed > highest_assurance {
            writeln!(
                out,
                "The file claims {claimed}, which is yours to grant: if you know that this issuer supervises so, remove \
                 it and add it again with --highest {claimed}."
            )?;
        }
        if self.highest.is_some_and(|granted| granted > claimed) {
            writeln!(out, "The file claims no more than {claimed}, so the issuer is believed no farther.")?;
        }
        Ok(Issuer { highest_assurance, ..file })
    }
}

/// Whether an issuer fits the list: its key is not known as worse than described, and nobody else in use bears its
/// name. One who changes keys keeps the name once the old key is marked retired.
fn fits(issuer: &Issuer, mut list: TrustList) -> Result<(), CliError> {
    let key = multikey::encode(&issuer.key);
    let of_that_name = |i: &&Issuer| i.key != issuer.key && looks_same(&i.name, &issuer.name);
    let other = list.issuers().iter().filter(of_that_name).find(|i| i.life == Life::InUse);
    if let Some(other) = other.filter(|_| issuer.life == Life::InUse) {
        return Err(CliError::refused(format!(
            "{:?} is on your list already with another key, {}: if this is the same issuer, remove that or mark it \
             retired first",
            other.name,
            multikey::encode(&other.key)
        )));
    }
    if let Some(known) = list.by_key(&issuer.key).cloned()
        && list.add(issuer.clone()) == Added::StaysStricter
    {
        return Err(CliError::refused(format!(
            "the key {key} is known as that of {:?}, {}: no file makes it good again",
            known.name,
            life(&known)
        )));
    }
    Ok(())
}

/// The key that a text is, if it looks like one; weak keys and other damage are refusals.
fn key_of(text: &str) -> Option<Result<VerifyingKey, CliError>> {
    let multikey = text.strip_prefix(DID_KEY);
    let looks = multikey.is_some() || (text.starts_with('z') && !text.contains(['.', '/', '\\']));
    looks.then(|| {
        multikey::decode(multikey.unwrap_or(text))
            .map_err(|why| CliError::refused(format!("this key is refused: {why}")))
    })
}

/// The one issuer that a key or name means.
fn named<'a>(trust: &'a TrustList, text: &str) -> Result<&'a Issuer, CliError> {
    let is_it = |i: &&Issuer| {
        let key = multikey::encode(&i.key);
        i.name == text || text.strip_prefix(DID_KEY).unwrap_or(text) == key
    };
    let found: Vec<&Issuer> = trust.issuers().iter().filter(is_it).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(CliError::refused(format!(
            "no issuer is called {text:?}, and none has that key: `typeproof trust list` lists them"
        ))),
        _ => Err(CliError::refused(format!("more than one issuer is called {text:?}: give the key instead"))),
    }
}

fn remove(desk: &mut Desk, text: &str, out: &mut dyn Write) -> Result<u8, CliError> {
    let trust = desk.trust();
    let issuer = named(&trust, text)?;
    let removed = issuers::remove(&desk.paths().trust_dir(), &issuer.key)?;
    if removed.is_empty() {
        return Err(CliError::refused(format!(
            "{:?} ships with the program and cannot be removed; a file of your own for its key, with state \
             \"compromised\", overrules it",
            issuer.name
        )));
    }
    writeln!(out, "{} is trusted no more.", issuer.name)?;
    Ok(OK)
}
