//! The list of issuers that are believed, and the judgement over a key, a date and an assurance.

use chrono::{DateTime, Utc};
use ed25519_dalek::VerifyingKey;
use sha2::{Digest, Sha256};

use super::assurance::Assurance;
use super::file::IssuerError;
use super::issuer::Issuer;
use super::keys::{KeyTerm, Life, OutOfLife};
use super::lookalike::looks_alike;

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

/// What [`TrustList::add`] did with a key; in order, the last counts most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Added {
    /// The key was not on the list.
    New,
    /// The key was on the list; its description is now this one.
    Replaced,
    /// The list knows worse of the key (compromised, retired, or retired earlier), and a file that says otherwise does
    /// not make it good again.
    StaysStricter,
}

/// The issuers that are believed, each key with one of them, and the user's own keys.
///
/// ```
/// use ed25519_dalek::SigningKey;
/// use typeproof::trust::{Assurance, Issuer, Standing, TrustList, multikey};
///
/// let key = SigningKey::from_bytes(&[42; 32]).verifying_key();
/// let file = format!(
///     "name = \"City College\"\nkey = \"{}\"\nfrom = 2026-01-01\nstate = \"in-use\"\nhighest_assurance = \"reviewed\"\n",
///     multikey::encode(&key)
/// );
/// let mut list = TrustList::default();
/// list.add(Issuer::parse("college.toml", &file)?);
///
/// let day = "2026-11-20T10:00:00Z".parse()?;
/// assert!(matches!(list.judge(&key, day, Assurance::Reviewed), Standing::Trusted(_)));
/// assert!(matches!(list.judge(&key, day, Assurance::Proctored), Standing::AboveHighestAssurance(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustList {
    issuers: Vec<Issuer>,
    yourself: Vec<VerifyingKey>,
}

/// The four bytes by which a token names its issuer's key: the first of the SHA-256 of the public key. They only
/// narrow the search; a signature is always checked against the whole key.
#[must_use]
pub fn hint(key: &VerifyingKey) -> [u8; 4] {
    let [a, b, c, d, ..]: [u8; 32] = Sha256::digest(key.as_bytes()).into();
    [a, b, c, d]
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

    /// Adds an issuer, as [`TrustList::add_each`] does, and returns what counts most of what became of its keys.
    pub fn add(&mut self, issuer: Issuer) -> Added {
        self.add_each(issuer).into_iter().map(|(_, added)| added).max().unwrap_or(Added::New)
    }

    /// Adds an issuer, key by key, and returns what became of each key. A key that is known goes over to the new issuer,
    /// so that a user's own file prevails over the program's, but only with a life that is as strict: compromised, then
    /// retired (the earlier the stricter), then in use. A key known as worse stays where it is.
    pub fn add_each(&mut self, issuer: Issuer) -> Vec<(VerifyingKey, Added)> {
        let added: Vec<(VerifyingKey, Added)> =
            issuer.keys.iter().map(|term| (term.key, self.would_add(term))).collect();
        let taken = |key: &VerifyingKey| {
            added.contains(&(*key, Added::New)) || added.contains(&(*key, Added::Replaced))
        };
        let Some(issuer) = issuer.retaining(taken) else { return added };
        // The new issuer stands where the first that it replaces stood.
        let mut place = None;
        let known = std::mem::take(&mut self.issuers);
        for known in known {
            let left = known.retaining(|key| issuer.keys.get(key).is_none());
            if left.as_ref().is_none_or(|left| left.keys.count() < known.keys.count()) {
                place.get_or_insert(self.issuers.len());
            }
            self.issuers.extend(left);
        }
        self.issuers.insert(place.unwrap_or(self.issuers.len()), issuer);
        added
    }

    fn would_add(&self, term: &KeyTerm) -> Added {
        match self.find(&term.key) {
            None => Added::New,
            Some((_, known)) if term.life.strictness() < known.life.strictness() => Added::StaysStricter,
            Some(_) => Added::Replaced,
        }
    }

    /// Names a key of the user's own, which is then never a trusted third party. There may be several.
    pub fn add_yourself(&mut self, key: VerifyingKey) {
        if !self.yourself.contains(&key) {
            self.yourself.push(key);
        }
    }

    /// The issuers, in the order in which they were added.
    #[must_use]
    pub fn issuers(&self) -> &[Issuer] {
        &self.issuers
    }

    /// The issuer with this key.
    #[must_use]
    pub fn by_key(&self, key: &VerifyingKey) -> Option<&Issuer> {
        self.find(key).map(|(issuer, _)| issuer)
    }

    /// The issuer with this key, and the key's entry.
    #[must_use]
    pub fn find(&self, key: &VerifyingKey) -> Option<(&Issuer, &KeyTerm)> {
        self.issuers.iter().find_map(|issuer| Some((issuer, issuer.keys.get(key)?)))
    }

    /// Another issuer with a key in use, whose name looks like this one's in whatever alphabet, and that key. Nobody is
    /// mistaken for an issuer whose own keys are all out of use.
    #[must_use]
    pub fn alike(&self, issuer: &Issuer) -> Option<(&Issuer, &KeyTerm)> {
        let is_other = |term: &&KeyTerm| issuer.keys.get(&term.key).is_none() && term.life == Life::InUse;
        let alike = self.issuers.iter().filter(|other| looks_alike(&other.name, &issuer.name));
        let mut others =
            alike.flat_map(|other| other.keys.iter().filter(is_other).map(move |term| (other, term)));
        others.next().filter(|_| issuer.keys.in_use())
    }

    /// Every known key, the user's own included, whose [`hint`] this is: two keys may share one.
    #[must_use]
    pub fn by_hint(&self, wanted: [u8; 4]) -> Vec<VerifyingKey> {
        let listed = self.issuers.iter().flat_map(|issuer| issuer.keys.iter()).map(|term| term.key);
        let own = self.yourself.iter().copied().filter(|own| self.by_key(own).is_none());
        listed.chain(own).filter(|key| hint(key) == wanted).collect()
    }

    /// What this key's signature is worth for a badge issued at that time with that assurance.
    ///
    /// The user's own keys come first, then the key's life (compromised, too early, retired), then the assurance.
    #[must_use]
    pub fn judge(&self, key: &VerifyingKey, issued: DateTime<Utc>, assurance: Assurance) -> Standing<'_> {
        if self.yourself.contains(key) {
            return Standing::Yourself;
        }
        let Some((issuer, term)) = self.find(key) else { return Standing::Unknown };
        match term.covers(issued) {
            Err(OutOfLife::Compromised) => Standing::Compromised(issuer),
            Err(OutOfLife::TooEarly) => Standing::TooEarly(issuer),
            Err(OutOfLife::Retired) => Standing::Retired(issuer),
            Ok(()) if assurance > issuer.highest_assurance => Standing::AboveHighestAssurance(issuer),
            Ok(()) => Standing::Trusted(issuer),
        }
    }
}
