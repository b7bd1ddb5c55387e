//! The keys of this machine, and whom its user trusts.

use ed25519_dalek::VerifyingKey;

use super::{Desk, DeskError};
use crate::keyring::{KeyId, Keyring, KeyringError, StoredKey};
use crate::store::{Notice, issuers};
use crate::trust::TrustList;

impl Desk {
    /// The user's keyring.
    pub fn keyring(&self) -> Keyring {
        Keyring::at(self.paths.keys_dir())
    }

    /// The key that signs the user's own badges.
    pub fn own_key(&self) -> StoredKey {
        self.keyring().key(&KeyId::default())
    }

    /// The public halves of all keys of the keyring that can be read, and what is in the way of the others.
    pub fn own_keys(&self) -> (Vec<VerifyingKey>, Vec<KeyringError>) {
        let stored = match self.keyring().list() {
            Ok(stored) => stored,
            Err(why) => return (Vec::new(), vec![why]),
        };
        let (mut keys, mut errors) = (Vec::new(), Vec::new());
        for stored in &stored {
            match stored.exists().and_then(|is_there| is_there.then(|| stored.public()).transpose()) {
                Ok(key) => keys.extend(key),
                // A copy that somebody laid beside the key, and that was never unlocked, has no public half.
                Err(KeyringError::NoPublic(_)) if !stored.id().is_default() => {}
                Err(why) => errors.push(why),
            }
        }
        (keys, errors)
    }

    /// Whether an award will ask for a passphrase.
    ///
    /// # Errors
    /// When the key cannot be read.
    pub fn needs_passphrase(&self) -> Result<bool, DeskError> {
        let key = self.own_key();
        Ok(key.exists()? && key.is_encrypted()?)
    }

    /// Whom the user trusts, and the user's own keys.
    pub fn trust(&mut self) -> TrustList {
        let (mut list, errors) = TrustList::embedded();
        self.notices.extend(errors.iter().map(|e| Notice::new(e.to_string())));
        self.notices.extend(issuers::load(&self.paths.trust_dir(), &mut list));
        let (own, errors) = self.own_keys();
        let (organisations, unread) = self.organisations();
        self.notices.extend(unread);
        let mut theirs = Vec::new();
        // The user's own file says more of an organisation than that it is one of this machine's.
        for organisation in organisations {
            theirs.extend(organisation.key.public());
            let listed = organisation.issuer.keys.iter().any(|term| list.by_key(&term.key).is_some());
            if !listed {
                let _ = list.add(organisation.issuer);
            }
        }
        own.into_iter().filter(|key| !theirs.contains(key)).for_each(|key| list.add_yourself(key));
        self.notices.extend(errors.iter().map(|why| {
            Notice::new(format!(
                "your own key cannot be read, so your own badges look like a stranger's: {why}"
            ))
        }));
        list
    }
}
