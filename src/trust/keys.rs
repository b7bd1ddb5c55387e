//! The keys of one issuer, and what became of each.

use std::cmp::Reverse;
use std::iter;

use chrono::{DateTime, NaiveDate, Utc};
use ed25519_dalek::VerifyingKey;

/// The most keys of one issuer: one a year for longer than badges last, and a file of them stays readable.
pub const MAX_KEYS: usize = 16;

/// What became of an issuer's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// The key signs today.
    InUse,
    /// The key signs no more; what it signed up to this day stays good.
    Retired {
        /// The last day (UTC) on which the key signed.
        until: NaiveDate,
    },
    /// Somebody else may hold the key. Its holder can write any date, so nothing it signed is believed.
    Compromised {
        /// The day (UTC) since which the key is no longer its owner's alone, for people to read.
        since: NaiveDate,
    },
}

impl Life {
    /// How little is believed of a key with this life: the less, the later in order.
    pub(super) fn strictness(self) -> (u8, Reverse<NaiveDate>) {
        match self {
            Self::InUse => (0, Reverse(NaiveDate::MAX)),
            Self::Retired { until } => (1, Reverse(until)),
            // Since when it is so changes nothing.
            Self::Compromised { .. } => (2, Reverse(NaiveDate::MIN)),
        }
    }
}

/// Why a date lies outside a key's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OutOfLife {
    TooEarly,
    Retired,
    Compromised,
}

/// A public key with the days on which it signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyTerm {
    /// The public key; never a weak one.
    pub key: VerifyingKey,
    /// The first day (UTC) on which a badge of this key may be dated.
    pub from: NaiveDate,
    /// What became of the key.
    pub life: Life,
}

impl KeyTerm {
    /// Whether a badge dated `issued` lies in the days on which this key signed.
    pub(super) fn covers(&self, issued: DateTime<Utc>) -> Result<(), OutOfLife> {
        let day = issued.date_naive();
        match self.life {
            Life::Compromised { .. } => Err(OutOfLife::Compromised),
            _ if day < self.from => Err(OutOfLife::TooEarly),
            Life::Retired { until } if day > until => Err(OutOfLife::Retired),
            _ => Ok(()),
        }
    }
}

/// Why keys cannot be those of one issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeysError {
    /// No key at all.
    #[error("there is no key; expected at least one")]
    Empty,
    /// One key twice, which could have two lives.
    #[error("this key is listed twice; expected each key once")]
    Twice,
    /// More than [`MAX_KEYS`].
    #[error("there are more than {MAX_KEYS} keys; leave out those whose badges have expired")]
    TooMany,
}

/// The keys of one issuer: at least one, each once. The first names the issuer's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    first: KeyTerm,
    more: Vec<KeyTerm>,
}

impl From<KeyTerm> for Keys {
    fn from(first: KeyTerm) -> Self {
        Self { first, more: Vec::new() }
    }
}

impl Keys {
    /// The keys in this order.
    ///
    /// # Errors
    /// When there is none, one is there twice, or there are more than [`MAX_KEYS`].
    pub fn new(keys: impl IntoIterator<Item = KeyTerm>) -> Result<Self, KeysError> {
        let mut rest = keys.into_iter();
        let mut keys = Self::from(rest.next().ok_or(KeysError::Empty)?);
        rest.try_for_each(|key| keys.push(key))?;
        Ok(keys)
    }

    /// Adds a key after the others.
    ///
    /// # Errors
    /// When the key is there already, or there are [`MAX_KEYS`].
    pub fn push(&mut self, key: KeyTerm) -> Result<(), KeysError> {
        if self.get(&key.key).is_some() {
            return Err(KeysError::Twice);
        }
        if self.count() >= MAX_KEYS {
            return Err(KeysError::TooMany);
        }
        self.more.push(key);
        Ok(())
    }

    /// The first key.
    #[must_use]
    pub const fn first(&self) -> &KeyTerm {
        &self.first
    }

    /// All keys in their order.
    pub fn iter(&self) -> impl Iterator<Item = &KeyTerm> {
        iter::once(&self.first).chain(&self.more)
    }

    /// How many keys there are: one or more.
    #[must_use]
    pub const fn count(&self) -> usize {
        1 + self.more.len()
    }

    /// The entry of a key.
    #[must_use]
    pub fn get(&self, key: &VerifyingKey) -> Option<&KeyTerm> {
        self.iter().find(|term| term.key == *key)
    }

    /// Whether one of the keys signs today.
    #[must_use]
    pub fn in_use(&self) -> bool {
        self.iter().any(|term| term.life == Life::InUse)
    }

    /// The keys for which `keep` holds, or nothing if that is none.
    #[must_use]
    pub fn retained(&self, keep: impl Fn(&KeyTerm) -> bool) -> Option<Self> {
        Self::new(self.iter().copied().filter(keep)).ok()
    }
}
