//! `typeproof trust`: the issuers whose badges the user believes.

use std::io::Write;
use std::path::Path;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use ed25519_dalek::VerifyingKey;
use serde_json::{Value, json};

use super::error::CliError;
use super::exit::OK;
use super::issuer::{assurance, checked};
use super::print;
use crate::desk::Desk;
use crate::store::issuers;
use crate::system;
use crate::trust::{Added, Assurance, Issuer, KeyTerm, Life, TrustList, checked_name, is_reserved, multikey};

/// What stands in front of a multikey in a did:key.
const DID_KEY: &str = "did:key:";

#[derive(Debug, Args)]
#[command(after_long_help = super::help::TRUST)]
pub(super) struct Trust {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the issuers
    #[command(after_long_help = super::help::TRUST_LIST)]
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    Add(Add),
    /// Remove an issuer that you added
    #[command(after_long_help = super::help::TRUST_REMOVE)]
    Remove {
        /// Its key, or its whole name
        #[arg(value_name = "KEY|NAME")]
        issuer: String,
    },
}

/// Add an issuer: a file that it gave you, or its key and a name
#[derive(Debug, Args)]
#[command(after_long_help = super::help::TRUST_ADD)]
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
    /// The strongest supervision it is believed at: self-assessed (unless given), reviewed, proctored; a file can
    /// claim it, but only you can grant it
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

/// A row for each key of each issuer.
pub(super) fn by_keys<'a, T>(list: &'a TrustList, row: impl Fn(&Issuer, &KeyTerm) -> T) -> Vec<T> {
    let keys = |issuer: &'a Issuer| issuer.keys.iter().map(move |term| (issuer, term));
    list.issuers().iter().flat_map(keys).map(|(issuer, term)| row(issuer, term)).collect()
}

/// What became of a key.
pub(super) fn life(life: Life) -> String {
    match life {
        Life::InUse => "in use".to_owned(),
        Life::Retired { until } => format!("retired {until}"),
        Life::Compromised { since } => format!("compromised {since}"),
    }
}

fn list(desk: &mut Desk, as_json: bool, out: &mut dyn Write) -> Result<u8, CliError> {
    let trust = desk.trust();
    if as_json {
        let row = |i: &Issuer, term: &KeyTerm| {
            json!({"name": i.name, "key": multikey::encode(&term.key), "url": i.url, "did": i.did,
                "from": term.from.to_string(), "state": life(term.life), "highest_assurance": i.highest_assurance})
        };
        print::json(out, &Value::Array(by_keys(&trust, row)))?;
        return Ok(OK);
    }
    let row = |i: &Issuer, term: &KeyTerm| {
        let (from, highest) = (format!("from {}", term.from), format!("up to {}", i.highest_assurance));
        [i.name.clone(), life(term.life), from, highest, multikey::encode(&term.key)]
    };
    print::columns(out, &by_keys(&trust, row))?;
    if trust.issuers().is_empty() {
        writeln!(out, "You trust no issuer yet; `typeproof trust add` adds one.")?;
    }
    let (organisations, _) = desk.organisations();
    let of_one = |key: &VerifyingKey| organisations.iter().any(|o| o.issuer.keys.get(key).is_some());
    for key in desk.own_keys().0.into_iter().filter(|key| !of_one(key)) {
        writeln!(out, "Yourself: {} (your own key, which is not a third party)", multikey::encode(&key))?;
    }
    Ok(OK)
}

impl Add {
    fn run(self, desk: &mut Desk, out: &mut dyn Write) -> Result<u8, CliError> {
        let issuer = match key_of(&self.issuer) {
            Some(key) => self.with_key(key?)?,
            None => self.described(out)?,
        };
        let (own, errors) = desk.own_keys();
        if let Some(why) = errors.first() {
            return Err(CliError::refused(format!(
                "whether this is your own key cannot be found out: {why}"
            )));
        }
        if issuer.keys.iter().any(|term| own.contains(&term.key)) {
            return Err(CliError::refused(
                "this is your own key: what it signs counts as signed by yourself, and nobody else vouches for it",
            ));
        }
        // A built-in issuer may be described anew; a file of the user's own is not overwritten.
        let mut own = TrustList::default();
        let _ = issuers::load(&desk.paths().trust_dir(), &mut own);
        issuer.keys.iter().try_for_each(|term| new_to(&own, term))?;
        fits(&issuer, desk.trust())?;
        let path = issuers::add(&desk.paths().trust_dir(), &issuer)?;
        writeln!(
            out,
            "{} is trusted from {}, up to {}: {}",
            issuer.name,
            issuer.keys.iter().map(|term| term.from).min().unwrap_or_default(),
            issuer.highest_assurance,
            print::path(&path)
        )?;
        if issuer.highest_assurance < Assurance::Proctored {
            writeln!(
                out,
                "Badges from it that claim stronger supervision are refused. To believe it further, remove it and add it \
                 again with --highest."
            )?;
        }
        Ok(OK)
    }

    fn with_key(self, key: VerifyingKey) -> Result<Issuer, CliError> {
        let name = self
            .name
            .ok_or_else(|| CliError::usage("a key alone does not say whose it is: give --name NAME"))?;
        checked(&Issuer {
            name: checked_name(&name).map_err(|why| CliError::usage(why.to_string()))?,
            url: self.url,
            keys: KeyTerm {
                key,
                from: self.from.unwrap_or_else(|| system::now().date_naive()),
                life: Life::InUse,
            }
            .into(),
            highest_assurance: self.highest.unwrap_or(Assurance::SelfAssessed),
            did: None,
            status_list: None,
            email: None,
            image: None,
            former: Vec::new(),
        })
    }

    /// The issuer of a file, believed as far as the user says, and never farther than the file does.
    fn described(self, out: &mut dyn Write) -> Result<Issuer, CliError> {
        if self.name.is_some() {
            return Err(CliError::usage(format!(
                "{:?} is not a key, and a file has its own name: give a key, or leave --name out",
                self.issuer
            )));
        }
        let file = issuers::read(Path::new(&self.issuer))?;
        let claimed = file.highest_assurance;
        let issuer = file.granted(self.highest);
        if self.highest.is_none() && claimed > issuer.highest_assurance {
            writeln!(
                out,
                "The file asks to be believed up to {claimed}, and only you can grant that. If you know that this issuer \
                 supervises its tests so, remove it and add it again with --highest {claimed}."
            )?;
        }
        if self.highest.is_some_and(|granted| granted > claimed) {
            writeln!(
                out,
                "The file itself asks for no more than {claimed}, so the issuer is believed no further."
            )?;
        }
        Ok(issuer)
    }
}

/// Whether a key is on none of the user's own files yet.
fn new_to(own: &TrustList, term: &KeyTerm) -> Result<(), CliError> {
    let Some((issuer, known)) = own.find(&term.key) else { return Ok(()) };
    let (name, state) = (&issuer.name, life(known.life));
    Err(CliError::refused(match known.life {
        Life::Compromised { .. } if known.life != term.life => format!(
            "the key is known as that of {name:?}, {state}: somebody else may sign with it, and no file can make it good \
             again"
        ),
        _ => {
            format!("this key is on your list already, as {name:?} ({state}); remove that first to change it")
        }
    }))
}

/// Whether an issuer fits the list: none of its keys is known as worse than described, and nobody else with a key in
/// use has a name that looks like its own. One who changes keys keeps the name once the old key is marked retired.
fn fits(issuer: &Issuer, list: TrustList) -> Result<(), CliError> {
    if is_reserved(&issuer.name) {
        return Err(CliError::refused(format!(
            "the name {:?} looks like this program's own, or like what it calls you: give the issuer another name",
            issuer.name
        )));
    }
    if let Some((other, term)) = list.alike(issuer) {
        return Err(CliError::refused(format!(
            "{:?} is on your list already with another key, {}, and the name {:?} looks like it. If this is the same issuer, \
             first remove the one on your list or mark it retired; if it is another, give it a name that tells them apart",
            other.name,
            multikey::encode(&term.key),
            issuer.name
        )));
    }
    let added = list.clone().add_each(issuer.clone());
    let stays = added.iter().find(|(_, added)| *added == Added::StaysStricter);
    if let Some((known, term)) = stays.and_then(|(key, _)| list.find(key)) {
        return Err(CliError::refused(format!(
            "the key {} is known as that of {:?}, {}: no file can make it good again",
            multikey::encode(&term.key),
            known.name,
            life(term.life)
        )));
    }
    Ok(())
}

/// The key that a text is, if it looks like one and there is no file of that name; weak keys and other damage are refusals.
fn key_of(text: &str) -> Option<Result<VerifyingKey, CliError>> {
    let multikey = text.strip_prefix(DID_KEY);
    let looks = multikey.is_some()
        || (text.starts_with('z') && !text.contains(['.', '/', '\\']) && !Path::new(text).exists());
    looks.then(|| {
        multikey::decode(multikey.unwrap_or(text))
            .map_err(|why| CliError::refused(format!(
                "this key is refused: {why}; copy it whole from where its issuer publishes it (z6Mk and 44 more characters)"
            )))
    })
}

/// The one issuer that a key or name means.
fn named<'a>(trust: &'a TrustList, text: &str) -> Result<&'a Issuer, CliError> {
    let is_it = |i: &&Issuer| {
        let text_key = text.strip_prefix(DID_KEY).unwrap_or(text);
        i.name == text || i.keys.iter().any(|term| multikey::encode(&term.key) == text_key)
    };
    let found: Vec<&Issuer> = trust.issuers().iter().filter(is_it).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(CliError::usage(format!(
            "no issuer is called {text:?}, and none has that key: `typeproof trust list` lists them"
        ))),
        _ => Err(CliError::usage(format!("more than one issuer is called {text:?}: give the key instead"))),
    }
}

fn remove(desk: &mut Desk, text: &str, out: &mut dyn Write) -> Result<u8, CliError> {
    let trust = desk.trust();
    let issuer = named(&trust, text)?;
    let removed = issuers::remove(&desk.paths().trust_dir(), issuer)?;
    if removed.is_empty() {
        return Err(CliError::refused(format!(
            "{:?} comes with the program and cannot be removed. To stop believing it, add a file of your own for its key, \
             with state = \"compromised\"",
            issuer.name
        )));
    }
    writeln!(out, "{} is no longer trusted.", issuer.name)?;
    Ok(OK)
}
