//! One issuer: who it is, its keys, and how far it is believed.

use ed25519_dalek::VerifyingKey;

use super::assurance::Assurance;
use super::keys::{KeyTerm, Keys, Life};
use super::multikey;
use super::name::slug;
use super::profile::Profile;

/// An issuer whose badges are believed, up to a stated assurance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// The name to show, as in [`checked_name`](super::checked_name).
    pub name: String,
    /// The issuer's page, `https:` or `http:`.
    pub url: Option<String>,
    /// The public keys, each with its life.
    pub keys: Keys,
    /// The strongest assurance this issuer is believed at.
    pub highest_assurance: Assurance,
    /// The issuer's DID where it is not the did:key of its one key, e.g. `did:web:example.org`.
    pub did: Option<String>,
    /// The address for questions.
    pub email: Option<String>,
    /// The address of the issuer's picture, `https:`.
    pub image: Option<String>,
    /// How it described itself before, the earliest first: badges of then are rebuilt with it.
    pub former: Vec<Profile>,
    /// Where the issuer publishes its list of revoked badges, `https:`: badges rebuilt from a QR code name it.
    pub status_list: Option<String>,
}

impl Issuer {
    /// The text of this issuer's TOML file; [`Issuer::parse`] reads it back equal. One key stands among the other
    /// members; several stand in a table each.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let (key, life) = match self.keys.count() {
            1 => split(self.keys.first()),
            _ => (Vec::new(), Vec::new()),
        };
        let mut lines = self.profile().lines();
        lines.extend(key);
        lines.extend(self.did.iter().map(|did| format!("did = {}", quoted(did))));
        lines.extend(self.status_list.iter().map(|url| format!("status_list = {}", quoted(url))));
        lines.extend(life);
        lines.push(format!("highest_assurance = {}", quoted(self.highest_assurance.as_str())));
        if self.keys.count() > 1 {
            lines.extend(self.keys.iter().flat_map(|term| {
                let (key, life) = split(term);
                [vec![String::new(), "[[keys]]".to_owned()], key, life].concat()
            }));
        }
        for former in &self.former {
            lines.extend([String::new(), "[[former]]".to_owned()]);
            lines.extend(former.lines());
        }
        lines.push(String::new());
        lines.join("\n")
    }

    /// How it describes itself now.
    #[must_use]
    pub fn profile(&self) -> Profile {
        Profile {
            name: self.name.clone(),
            url: self.url.clone(),
            email: self.email.clone(),
            image: self.image.clone(),
        }
    }

    /// How it describes itself, now and formerly, the newest first.
    pub fn profiles(&self) -> impl Iterator<Item = Profile> {
        [self.profile()].into_iter().chain(self.former.iter().rev().cloned())
    }

    /// The version of its profile, from 1.
    #[must_use]
    pub fn version(&self) -> usize {
        self.former.len() + 1
    }

    /// The same issuer that describes itself otherwise from now on.
    #[must_use]
    pub fn described(mut self, profile: Profile) -> Self {
        self.former.push(self.profile());
        let Profile { name, url, email, image } = profile;
        Self { name, url, email, image, ..self }
    }

    /// The name of this issuer's file: the slug of its name and the end of its first key, e.g.
    /// `city-college-7Qx3mK2a.toml`.
    #[must_use]
    pub fn file_name(&self) -> String {
        let key = multikey::encode(&self.keys.first().key);
        let end = key.get(key.len().saturating_sub(8)..).unwrap_or_default();
        let name = slug(&self.name, 40);
        format!("{}-{end}.toml", if name.is_empty() { "issuer" } else { &name })
    }

    /// This issuer believed as far as somebody grants it: self-assessed where nobody says, and never farther than its own
    /// file claims.
    #[must_use]
    pub fn granted(self, highest: Option<Assurance>) -> Self {
        let granted = highest.unwrap_or(Assurance::SelfAssessed);
        Self { highest_assurance: granted.min(self.highest_assurance), ..self }
    }

    /// This issuer with those of its keys for which `keep` holds, or nothing if that is none.
    #[must_use]
    pub fn retaining(&self, keep: impl Fn(&VerifyingKey) -> bool) -> Option<Self> {
        let keys = self.keys.retained(|term| keep(&term.key))?;
        Some(Self { keys, ..self.clone() })
    }
}

/// The lines of a key, and those of its life.
fn split(term: &KeyTerm) -> (Vec<String>, Vec<String>) {
    let (state, dated) = match term.life {
        Life::InUse => ("in-use", None),
        Life::Retired { until } => ("retired", Some(format!("until = {until}"))),
        Life::Compromised { since } => ("compromised", Some(format!("since = {since}"))),
    };
    let mut life = vec![format!("from = {}", term.from), format!("state = {}", quoted(state))];
    life.extend(dated);
    (vec![format!("key = {}", quoted(&multikey::encode(&term.key)))], life)
}

/// A text as a TOML basic string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
