//! Organisations that badges are signed for on this machine: each has a profile and a key of its own, apart from the holder of
//! the machine. A profile is kept as the file that others give to `typeproof trust add`, with all its earlier versions.

use std::fs;
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::{Desk, DeskError};
use crate::keyring::{KeyId, StoredKey};
use crate::store::files::{Access, rewrite, write_new};
use crate::store::{Notice, issuers};
use crate::system;
use crate::trust::{Assurance, Issuer, KeyTerm, Life, Profile};

/// The most organisations of one machine that are looked for.
const MAX_LISTED: usize = 200;

/// An organisation of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// The id of its key, which is its own here too.
    pub id: KeyId,
    /// Its profile and public key, as others are given them.
    pub issuer: Issuer,
    /// Where its secret key lies.
    pub key: StoredKey,
}

impl Desk {
    fn organisation_file(&self, id: &KeyId) -> PathBuf {
        self.paths.organisations_dir().join(format!("{id}.toml"))
    }

    /// The organisations of this machine by their ids, and what is in the way of others.
    #[must_use]
    pub fn organisations(&self) -> (Vec<Organisation>, Vec<Notice>) {
        let entries = fs::read_dir(self.paths.organisations_dir()).into_iter().flatten();
        let named = entries.filter_map(|entry| {
            let path = entry.ok()?.path();
            let stem = path.file_stem()?.to_str()?.parse::<KeyId>().ok()?;
            path.extension().is_some_and(|end| end == "toml").then_some(stem)
        });
        let mut ids: Vec<KeyId> = named.take(MAX_LISTED).collect();
        ids.sort();
        let (mut found, mut notices) = (Vec::new(), Vec::new());
        for id in ids {
            match self.organisation(&id) {
                Ok(organisation) => found.push(organisation),
                Err(why) => notices.push(Notice::new(why.to_string())),
            }
        }
        (found, notices)
    }

    /// One of them.
    ///
    /// # Errors
    /// When there is none of that id, or its file or key cannot be read, or the file describes another key.
    pub fn organisation(&self, id: &KeyId) -> Result<Organisation, DeskError> {
        let path = self.organisation_file(id);
        if !path.exists() {
            return Err(DeskError::NoOrganisation(id.to_string()));
        }
        let issuer = issuers::read(&path)?;
        let key = self.keyring().key(id);
        let public = key.public()?;
        match issuer.keys.get(&public) {
            Some(_) => Ok(Organisation { id: id.clone(), issuer, key }),
            None => Err(DeskError::OtherKey { file: path, id: id.to_string() }),
        }
    }

    /// Makes an organisation: its key, encrypted with the passphrase, and its profile.
    ///
    /// # Errors
    /// When there is a key of that id already, the profile cannot be one, or something cannot be written.
    pub fn found(
        &self,
        id: &KeyId,
        profile: Profile,
        did: Option<String>,
        passphrase: &Zeroizing<String>,
    ) -> Result<Organisation, DeskError> {
        let key = self.keyring().key(id);
        let seed = Zeroizing::new(system::random()?);
        // What the profile says is checked with a key that is thrown away, before the real one is made.
        let from = system::now().date_naive();
        let of = |key| {
            let keys = KeyTerm { key, from, life: Life::InUse }.into();
            let Profile { name, url, email, image } = profile.clone();
            let (former, did) = (Vec::new(), did.clone());
            let highest_assurance = Assurance::Proctored;
            checked(&Issuer {
                name,
                url,
                email,
                image,
                former,
                keys,
                highest_assurance,
                did,
                status_list: None,
            })
        };
        let public = crate::keyring::public_of(&seed);
        let issuer = of(public)?;
        key.create(Some(passphrase), &seed)?;
        write_new(&self.organisation_file(id), issuer.to_toml().as_bytes(), Access::Everyone)?;
        Ok(Organisation { id: id.clone(), issuer, key })
    }

    /// Gives an organisation another profile from now on. The earlier one stays in its file, so that badges of then can be
    /// rebuilt from their codes.
    ///
    /// # Errors
    /// When the profile cannot be one, or the file cannot be written.
    pub fn describe(&self, organisation: &Organisation, profile: Profile) -> Result<Organisation, DeskError> {
        let issuer = checked(&organisation.issuer.clone().described(profile))?;
        rewrite(&self.organisation_file(&organisation.id), issuer.to_toml().as_bytes(), Access::Everyone)?;
        Ok(Organisation { issuer, ..organisation.clone() })
    }
}

/// An issuer as it is after writing and reading, which checks every member of it.
fn checked(issuer: &Issuer) -> Result<Issuer, DeskError> {
    Issuer::parse("the profile", &issuer.to_toml()).map_err(|why| DeskError::Profile(why.message))
}
