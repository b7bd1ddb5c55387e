//! The list of issuers that are believed, and the judgement over a key, a date and an assurance.

use std::cmp::Reverse;

use chrono::{DateTime, NaiveDate, Utc};
use ed25519_dalek::VerifyingKey;
use sha2::{Digest, Sha256};

use super::issuer::OutOfLife;
use super::{Assurance, Issuer, IssuerError, Life};

/// The issuer files of `keys/`, by name and text: a new file there gets its `include_str!` line here.
pub const EMBEDDED: &[(&str, &str)] = &[];

/// What a key's signature is worth, for a badge of a date and an assurance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing<'a> {
    /// A trusted issuer, believed at this assurance, its key in force on that day.
    Trusted(&'a Issuer),
    /// Nobody on the list has this key.
    Unknown,
    /// The user's own key: nobody else stands behind it, so it is no third party, listed or not.
    Yourself,
    /// The badge is dated before the key was in use.
    TooEarly(&'a Issuer),
    /// The badge is dated after the key was retired.
    Retired(&'a Issuer),
    /// The key may be in other hands; nothing it signed is believed, whatever its date.
    Compromised(&'a Issuer),
    /// The badge claims a stronger assurance than this issuer is believed at.
    AboveHighestAssurance(&'a Issuer),
}

/// What [`TrustList::add`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// The key was not on the list.
    New,
    /// The key was on the list; its description is now this one.
    Replaced,
    /// The list knows worse of the key (compromised, retired, or retired earlier), and a file that says otherwise does
    /// not make it good again.
    StaysStricter,
}

/// The issuers that are believed, one a key, and the user's own key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustList {
    issuers: Vec<Issuer>,
    yourself: Option<VerifyingKey>,
}

/// The four bytes by which a token names its issuer's key: the first of the SHA-256 of the public key. They only
/// narrow the search; a signature is always checked against the whole key.
#[must_use]
pub fn hint(key: &VerifyingKey) -> [u8; 4] {
    let [a, b, c, d, ..]: [u8; 32] = Sha256::digest(key.as_bytes()).into();
    [a, b, c, d]
}

/// How little is believed of a key with this life: the more, the later in order.
fn strictness(life: Life) -> (u8, Reverse<NaiveDate>) {
    match life {
        Life::InUse => (0, Reverse(NaiveDate::MAX)),
        Life::Retired { until } => (1, Reverse(until)),
        // Since when it is so changes nothing.
        Life::Compromised { .. } => (2, Reverse(NaiveDate::MIN)),
    }
}

impl TrustList {
    /// The issuers that ship with the program, and the errors of files that could not be read.
    #[must_use]
    pub fn embedded() -> (Self, Vec<IssuerError>) {
        let mut list = Self::default();
        let mut errors = Vec::new();
        for (file, text) in EMBEDDED {
            match Issuer::parse(file, text) {
                Ok(issuer) => drop(list.add(issuer)),
                Err(error) => errors.push(error),
            }
        }
        (list, errors)
    }

    /// Adds an issuer. One of the same key is replaced, so that a user's own file prevails over the program's, but only
    /// by one whose life is as strict: compromised, then retired (the earlier the stricter), then in use.
    pub fn add(&mut self, issuer: Issuer) -> Added {
        let Some(known) = self.issuers.iter_mut().find(|known| known.key == issuer.key) else {
            self.issuers.push(issuer);
            return Added::New;
        };
        if strictness(issuer.life) < strictness(known.life) {
            return Added::StaysStricter;
        }
        *known = issuer;
        Added::Replaced
    }

    /// Names the user's own key, which is then never a trusted third party.
    pub fn set_yourself(&mut self, key: VerifyingKey) {
        self.yourself = Some(key);
    }

    /// The issuers, in the order in which they were added.
    #[must_use]
    pub fn issuers(&self) -> &[Issuer] {
        &self.issuers
    }

    /// The issuer with this key.
    #[must_use]
    pub fn by_key(&self, key: &VerifyingKey) -> Option<&Issuer> {
        self.issuers.iter().find(|issuer| issuer.key == *key)
    }

    /// Every known key, the user's own included, whose [`hint`] this is: two keys may share one.
    #[must_use]
    pub fn by_hint(&self, wanted: [u8; 4]) -> Vec<VerifyingKey> {
        let own = self.yourself.filter(|own| self.by_key(own).is_none());
        self.issuers.iter().map(|issuer| issuer.key).chain(own).filter(|key| hint(key) == wanted).collect()
    }

    /// What this key's signature is worth for a badge issued at that time with that assurance.
    ///
    /// The user's own key comes first, then the key's life (compromised, too early, retired), then the assurance.
    #[must_use]
    pub fn judge(&self, key: &VerifyingKey, issued: DateTime<Utc>, assurance: Assurance) -> Standing<'_> {
        if self.yourself == Some(*key) {
            return Standing::Yourself;
        }
        let Some(issuer) = self.by_key(key) else { return Standing::Unknown };
        match issuer.covers(issued) {
            Err(OutOfLife::Compromised) => Standing::Compromised(issuer),
            Err(OutOfLife::TooEarly) => Standing::TooEarly(issuer),
            Err(OutOfLife::Retired) => Standing::Retired(issuer),
            Ok(()) if assurance > issuer.highest_assurance => Standing::AboveHighestAssurance(issuer),
            Ok(()) => Standing::Trusted(issuer),
        }
    }
}
